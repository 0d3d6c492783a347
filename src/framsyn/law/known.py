"""One file of dated parameters: what is known of each from which year, read and checked."""

from typing import NamedTuple

from framsyn.core.name_index import NameEntry, NameIndex
from framsyn.core.numerals import LONGEST
from framsyn.core.text_file import TextFile
from framsyn.errors import FramsynError
from framsyn.law.files import Line, lines_of

COLUMNS = ("id", "from_year", "value", "unit", "status", "set", "source", "note")
NUMBERS = ("from_year", "value")
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


def read_known(text: TextFile, file: str) -> tuple[Known, ...]:
    """The rows of one parameter file, in its order.

    Raises:
        FramsynError: a header, number, year, status or duplicate that cannot stand; it names the line.
    """
    found: dict[tuple[str, int], Known] = {}
    for line in lines_of(text, COLUMNS, file, NUMBERS):
        row = _known(line, file)
        if (row.id, row.from_year) in found:
            raise FramsynError(
                "{file}, line {line}: {id} has two values from {year}. Keep one.",
                file=file,
                line=line.row,
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
    found = line.form.number(line.cells[column])
    if found is None:
        raise FramsynError(
            "{file}, line {line}: {column} is {found}, not a number. Write digits with one decimal mark"
            " throughout the file.",
            file=file,
            line=line.row,
            column=column,
            found=line.cells[column][:LONGEST] or "–",
        )
    return found


def year(line: Line, file: str) -> int:
    """The year in the column from_year; FramsynError where it is none."""
    found = line.form.number(line.cells["from_year"])
    if found is None or not (found.is_integer() and FIRST_YEAR <= found <= LAST_YEAR):
        raise FramsynError(
            "{file}, line {line}: from_year is {found}. Write a year, {first}–{last}.",
            file=file,
            line=line.row,
            found=line.cells["from_year"][:LONGEST] or "–",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return int(found)


def word(line: Line, column: str, allowed: tuple[str, ...], file: str) -> str:
    """The word in a column, one of `allowed`; FramsynError where it is another."""
    found = line.cells[column]
    if found not in allowed:
        raise FramsynError(
            "{file}, line {line}: {column} is {found}. Write one of: {allowed}.",
            file=file,
            line=line.row,
            column=column,
            found=found or "–",
            allowed=", ".join(allowed),
        )
    return found


def filled(line: Line, column: str, file: str) -> str:
    """The text in a column; FramsynError where it is blank."""
    if not line.cells[column]:
        raise FramsynError(
            "{file}, line {line}: {column} is blank. Fill it in.", file=file, line=line.row, column=column
        )
    return line.cells[column]


def _known(line: Line, file: str) -> Known:
    return Known(
        id=filled(line, "id", file),
        from_year=year(line, file),
        value=number(line, "value", file),
        unit=filled(line, "unit", file),
        status=word(line, "status", STATUSES, file),
        set=word(line, "set", (YEARLY, STANDING), file),
        source=filled(line, "source", file),
        note=line.cells["note"],
    )
