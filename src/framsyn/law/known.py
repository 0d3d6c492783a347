"""One file of dated parameters: what is known of each from which year, read and checked."""

import math
from typing import NamedTuple

from framsyn.core.name_index import NameEntry, NameIndex
from framsyn.errors import FramsynError
from framsyn.law.files import Line, lines_of

COLUMNS = ("id", "from_year", "value", "unit", "status", "set", "source", "note")
STATUSES = ("in_force", "proposed", "indicative", "assumption")
YEARLY, STANDING = "yearly", "standing"
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Known(NamedTuple):
    """What is known of a parameter from one year on.

    `status` is in_force, proposed, indicative or assumption; `set` is yearly for what is set anew each
    year and standing for what holds until it is changed.
    """

    id: str
    from_year: int
    value: float
    unit: str
    status: str
    set: str
    source: str
    note: str


def read_known(text: str, file: str) -> tuple[Known, ...]:
    """The rows of one parameter file, in its order.

    Raises:
        FramsynError: a header, number, year, status or duplicate that cannot stand; it names the line.
    """
    found: dict[tuple[str, int], Known] = {}
    for line in lines_of(text, COLUMNS, file):
        row = _known(line, file)
        if (row.id, row.from_year) in found:
            raise FramsynError(
                "{file}, line {line}: {id} has two values from {year}. Keep one.",
                file=file,
                line=line[0],
                id=row.id,
                year=row.from_year,
            )
        found[row.id, row.from_year] = row
    return tuple(found.values())


def check_ids(rows: tuple[Known, ...], shipped: tuple[Known, ...], file: str) -> None:
    """Raise FramsynError unless an edited file has the same parameters as the shipped one."""
    own, wanted = {row.id for row in rows}, {row.id for row in shipped}
    unknown, missing = sorted(own - wanted), sorted(wanted - own)
    if unknown:
        ids = tuple(sorted(wanted))
        near = NameIndex(ids, lambda: [NameEntry(one) for one in ids]).nearest(unknown[0])
        raise FramsynError(
            "{file} has the parameter {id}, which is not in the shipped file. Nearest: {nearest}. List them"
            " with: framsyn law",
            file=file,
            id=unknown[0],
            nearest=", ".join(ids[at] for at in near) or "–",
        )
    if missing:
        raise FramsynError(
            "{file} lacks the parameter {id}. Keep at least one row of every parameter, or leave the whole "
            "file out.",
            file=file,
            id=missing[0],
        )


def number(line: Line, column: str, file: str) -> float:
    """The finite number in a column of a line; FramsynError where there is none."""
    try:
        found = float(line[1][column])
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise FramsynError(
            "{file}, line {line}: {column} is {found}, not a number. Write it with a decimal point.",
            file=file,
            line=line[0],
            column=column,
            found=line[1][column] or "–",
        )
    return found


def year(line: Line, file: str) -> int:
    """The year in the column from_year; FramsynError where it is none."""
    text = line[1]["from_year"]
    if not (text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise FramsynError(
            "{file}, line {line}: from_year is {found}. Write a year, {first}–{last}.",
            file=file,
            line=line[0],
            found=text or "–",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return int(text)


def word(line: Line, column: str, allowed: tuple[str, ...], file: str) -> str:
    """The word in a column, one of `allowed`; FramsynError where it is another."""
    found = line[1][column]
    if found not in allowed:
        raise FramsynError(
            "{file}, line {line}: {column} is {found}. Write one of: {allowed}.",
            file=file,
            line=line[0],
            column=column,
            found=found or "–",
            allowed=", ".join(allowed),
        )
    return found


def filled(line: Line, column: str, file: str) -> str:
    """The text in a column; FramsynError where it is blank."""
    if not line[1][column]:
        raise FramsynError(
            "{file}, line {line}: {column} is blank. Fill it in.", file=file, line=line[0], column=column
        )
    return line[1][column]


def _known(line: Line, file: str) -> Known:
    return Known(
        id=filled(line, "id", file),
        from_year=year(line, file),
        value=number(line, "value", file),
        unit=filled(line, "unit", file),
        status=word(line, "status", STATUSES, file),
        set=word(line, "set", (YEARLY, STANDING), file),
        source=filled(line, "source", file),
        note=line[1]["note"],
    )
