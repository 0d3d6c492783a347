"""Figures of the municipality's own books that the model does not know: read from a small TOML file.

    [prior_year]                 # the amended budget of the year before the budget year, thousand euros
    operating_income = 5900
    operating_expenses = 34100

    [shares]                     # of the model's lines that the model does not split
    service_purchases = 0.31     # share of operating expenses
    gross_investment = 1.08      # gross over net investment

`[budget]`, `[plan_1]` and `[plan_2]` may give amounts of the plan's own years.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framsyn.choose.plan_lines import COLUMNS, lines
from framsyn.core.toml_reader import load_toml
from framsyn.errors import FramsynError

SHARES = "shares"
#: Thousand euros; more than the whole country's municipalities spend in a year.
MOST_KEUR = 100_000_000.0
MOST_SHARE = 5.0


@dataclass(frozen=True)
class OwnFigures:
    """What a municipality has given.

    Attributes:
        cells: thousand euros by line and column.
        shares: by line, its share of another line (`Line.share_of`).
    """

    cells: Mapping[tuple[str, str], float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)


def read_own(path: Path) -> OwnFigures:
    """The figures of a TOML file.

    Raises:
        FramsynError: no such file, not TOML, an unknown table or line, or a value that is no amount.
    """
    told = _document(path)
    tables = (*COLUMNS, SHARES)
    for table, content in told.items():
        if table not in tables or not isinstance(content, dict):
            raise FramsynError(
                "In {path}, {table} is no table of own figures. There are: {known}.",
                path=path,
                table=table,
                known=", ".join(f"[{one}]" for one in tables),
            )
    cells = {
        (line, column): _amount(path, column, line, value)
        for column in COLUMNS
        for line, value in told.get(column, {}).items()
    }
    shares = {line: _share(path, line, value) for line, value in told.get(SHARES, {}).items()}
    if not cells and not shares:
        raise FramsynError(
            "{path} holds no own figures: begin with a line such as [prior_year], then operating_income ="
            " 5900 (thousand euros).",
            path=path,
        )
    return OwnFigures(cells, shares)


def _document(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FramsynError(
            "The file of own figures {path} cannot be read ({why}): name a TOML file in UTF-8.",
            path=path,
            why=getattr(error, "strerror", None) or error,
        ) from error
    return load_toml(text, str(path))


def _amount(path: Path, column: str, line: str, value: object) -> float:
    known = lines()
    if line not in known:
        raise FramsynError(
            "In {path}, {table} names the line {line}, which no plan has. There are: {known}.",
            path=path,
            table=f"[{column}]",
            line=line,
            known=", ".join(known),
        )
    return _number(path, column, line, value, MOST_KEUR)


def _share(path: Path, line: str, value: object) -> float:
    known = [one.id for one in lines().values() if one.share_of]
    if line not in known:
        raise FramsynError(
            "In {path}, {table} names the line {line}, which no plan has. There are: {known}.",
            path=path,
            table=f"[{SHARES}]",
            line=line,
            known=", ".join(known),
        )
    share = _number(path, SHARES, line, value, MOST_SHARE)
    if share < 0.0:
        raise FramsynError(
            "In {path}, the share {line} is {value}: give a share from 0 on, such as 0.31.",
            path=path,
            line=line,
            value=value,
        )
    return share


def _number(path: Path, table: str, line: str, value: object, most: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(float(value)) or abs(float(value)) > most:  # type: ignore[arg-type]
        raise FramsynError(
            "In {path}, {line} of {table} is {value}: give a number of at most {most}; leave out a line that"
            " you do not know.",
            path=path,
            line=line,
            table=f"[{table}]",
            value=value,
            most=f"{most:.0f}",
        )
    return float(value)  # type: ignore[arg-type]
