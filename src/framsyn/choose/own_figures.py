"""Figures of the municipality's own books that the model does not know: read from a small TOML file.

    [prior_year]                 # the amended budget of the year before the budget year, thousand euros
    operating_income = 5900
    operating_expenses = 34100

    [shares]                     # of the model's lines that the model does not split
    service_purchases = 0.31     # share of operating expenses
    gross_investment = 1.08      # gross over net investment

`[budget]`, `[plan_1]` and `[plan_2]` may give amounts of the plan's own years.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framsyn.choose.plan_lines import COLUMNS, line_index, lines
from framsyn.core.file_limits import SETTINGS_BYTES
from framsyn.core.numerals import LONGEST
from framsyn.core.text_file import read_text_file
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
        (line, column): _number(path, column, line, value, MOST_KEUR)
        for column in COLUMNS
        for line, value in _lines(path, column, told.get(column, {}), tuple(lines())).items()
    }
    shared = tuple(one.id for one in lines().values() if one.share_of)
    shares = {
        line: _share(path, line, value)
        for line, value in _lines(path, SHARES, told.get(SHARES, {}), shared).items()
    }
    if not cells and not shares:
        raise FramsynError(
            "{path} holds no own figures: begin with a line such as [prior_year], then operating_income ="
            " 5900 (thousand euros).",
            path=path,
        )
    return OwnFigures(cells, shares)


def _document(path: Path) -> dict[str, Any]:
    return load_toml(read_text_file(path, SETTINGS_BYTES).text, str(path))


def _lines(path: Path, table: str, content: Mapping[str, object], ids: tuple[str, ...]) -> dict[str, object]:
    """The values of a table by the ids of their lines, which may be written by any name.

    Raises:
        FramsynError: a line that is not among `ids`, or one that stands there twice.
    """
    found: dict[str, object] = {}
    for written, value in content.items():
        if not line_index(ids).holds(written):
            raise FramsynError(
                "In {path}, {table} names the line {line}, which no plan has. There are: {known}.",
                path=path,
                table=f"[{table}]",
                line=written,
                known=", ".join(ids),
            )
        line = line_index(ids).id_of(written)
        if line in found:
            raise FramsynError(
                "In {path}, {table} has the line {line} twice: remove one of them.",
                path=path,
                table=f"[{table}]",
                line=line,
            )
        found[line] = value
    return found


def _share(path: Path, line: str, value: object) -> float:
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
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= most:
        raise FramsynError(
            "In {path}, {line} of {table} is {value}: give a number of at most {most}; leave out a line that"
            " you do not know.",
            path=path,
            line=line,
            table=f"[{table}]",
            value=str(value)[:LONGEST],
            most=f"{most:.0f}",
        )
    return float(value)
