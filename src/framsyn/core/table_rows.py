"""The rows of a table in CSV of any usual dialect, read one by one with every check, as texts.

Cells are parted by commas, semicolons or tabs, quoted or not. Rows are counted as a spreadsheet numbers them:
the first is 1, blank ones count, and a cell with line breaks does not make a row of its own. Small tables are
read so; `table_file` reads large ones into columns.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from framsyn.core.file_limits import FileLimits
from framsyn.core.text_file import TextFile
from framsyn.errors import FramsynError

SEPARATORS = (";", ",", "\t")
#: Rows by which the separator is recognised.
LOOKED_AT = 50
#: Characters that these may take.
SAMPLE = 200_000
#: What Excel writes, and reads, on a line above the table.
SEPARATOR_LINE = "sep="
#: Columns that an error lists.
LISTED = 12
#: Characters of a cell that an error repeats.
REPEATED = 40


@dataclass(frozen=True)
class TableHeader:
    """The header of a table.

    Attributes:
        file: what errors call it.
        columns: the names, trimmed.
        header_row: the row that the header stands in.
    """

    file: str
    columns: tuple[str, ...]
    header_row: int

    @property
    def listed_columns(self) -> str:
        """The columns as errors list them: shortened, and only the first of many."""
        return shortened(self.columns)

    def check_once(self) -> None:
        """Raise FramsynError where two columns have the same name."""
        for place, name in enumerate(self.columns):
            first = self.columns.index(name)
            if first < place:
                raise FramsynError(
                    "{file}, row {row}: the column {column} is there twice, as columns {first} and {second}."
                    " Take one of them away, or name it otherwise.",
                    file=self.file,
                    row=self.header_row,
                    column=shortened([name]),
                    first=first + 1,
                    second=place + 1,
                )


@dataclass(frozen=True)
class TableRows(TableHeader):
    """A table of texts by row.

    Attributes:
        separator: what stands between its cells.
        records: the row of the file that each stands in, and its cells by column, trimmed; blank = "".
    """

    separator: str
    records: tuple[tuple[int, dict[str, str]], ...]


def rows_of(text: TextFile, file: str, limits: FileLimits) -> TableRows:
    """The table in a text, its columns named and each only once.

    Raises:
        FramsynError: it is too large or empty, or is no table; the row is told.
    """
    separator, content = content_of(text, file)
    header_row, header, lines = checked_lines(content, separator, file, limits)
    if not lines:
        raise no_rows(file)
    kept = [
        place
        for place, name in enumerate(header)
        if is_named(file, header_row, place, name, any(cells[place] for _, cells in lines))
    ]
    columns = tuple(header[place] for place in kept)
    TableHeader(file, columns, header_row).check_once()
    records = tuple((row, {header[place]: cells[place] for place in kept}) for row, cells in lines)
    return TableRows(file, columns, header_row, separator, records)


def content_of(text: TextFile, file: str) -> tuple[str, str]:
    """What stands between the cells of a table, and its text; FramsynError where there is none."""
    content = text.text.lstrip("\ufeff")
    if not content.strip():
        raise is_empty(file)
    return _separator(content)


def is_empty(file: str) -> FramsynError:
    """The refusal of a file without anything in it."""
    return FramsynError("{file} is empty: put the table in it or take the file away.", file=file)


def no_rows(file: str) -> FramsynError:
    """The refusal of a table that is only a header."""
    return FramsynError("{file} has a header but no rows: add rows or take the file away.", file=file)


def is_named(file: str, row: int, place: int, name: str, filled: bool) -> bool:
    """Whether a column has a name; FramsynError where one without holds anything."""
    if not name and filled:
        raise FramsynError(
            "{file}, row {row}: column {column} has no name, but holds values. Name it in the first row.",
            file=file,
            row=row,
            column=place + 1,
        )
    return bool(name)


def checked_lines(
    content: str, separator: str, file: str, limits: FileLimits, aside: str | None = None
) -> tuple[int, tuple[str, ...], list[tuple[int, list[str]]]]:
    """The row of the header, the header, and each row below with its number, as wide as the header.

    Args:
        content: the text of the table.
        separator: what stands between its cells.
        file: what errors call it.
        limits: how large it may be.
        aside: rows whose first cell begins so are left out; None = no row is.

    Raises:
        FramsynError: it is empty or too large, or a row cannot be read or is wider than the header.
    """
    found = [
        (number, line)
        for number, line in _numbered(content, separator, file, limits)
        if line and not (aside and line[0].startswith(aside))
    ]
    if not found:
        raise is_empty(file)
    (header_row, header), *rest = found
    width = len(header)
    for number, line in rest:
        if len(line) > width:
            raise FramsynError(
                "{file}, row {row} has {found} cells, but there are {count} columns. Put a text that holds"
                " the separator {separator} in quotation marks, or take away what is too much.",
                file=file,
                row=number,
                found=len(line),
                count=width,
                separator="TAB" if separator == "\t" else separator,
            )
    return header_row, tuple(header), [(number, line + [""] * (width - len(line))) for number, line in rest]


def shortened(names: Sequence[str]) -> str:
    """Names as errors list them: none longer than is read at a glance, and only the first of many."""
    short = [name if len(name) <= REPEATED else name[:REPEATED] + "…" for name in names]
    return ", ".join(short[:LISTED]) + (" …" if len(short) > LISTED else "")


def _numbered(content: str, separator: str, file: str, limits: FileLimits) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, trimmed and without blank cells at their end."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            line = next(reader, None)
        except csv.Error as error:
            raise FramsynError(
                "{file}, row {row} cannot be read: look for a quotation mark without its pair, or a cell of"
                " more than a hundred thousand characters.",
                file=file,
                row=number,
            ) from error
        if line is None:
            return
        if number > limits.rows or len(line) > limits.columns:
            raise FramsynError(
                "{file} is larger than a table may be: at most {rows} rows and {columns} columns are read.",
                file=file,
                rows=limits.rows,
                columns=limits.columns,
            )
        yield number, _trimmed(line)


def _trimmed(line: Sequence[str]) -> list[str]:
    """The cells without outer spaces, and without the blank ones at the end, which spreadsheets add."""
    cells = [cell.strip() for cell in line]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _separator(content: str) -> tuple[str, str]:
    """What stands between the cells, and the text without the line in which Excel may tell it."""
    first, _, rest = content.partition("\n")
    told = first.strip().lower()
    if told.startswith(SEPARATOR_LINE) and told[len(SEPARATOR_LINE) :] in (";", ",", "", "|"):
        named = first.strip("\r")[len(SEPARATOR_LINE) :]
        return (named if named in SEPARATORS else ";"), rest
    return max(SEPARATORS, key=lambda one: _fitness(content, one)), content


def _fitness(content: str, separator: str) -> tuple[bool, float, int]:
    """How well a separator fits: whether it parts the header, in how many rows it does alike, and columns."""
    sample = content[:SAMPLE]
    if len(content) > SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True)
        lines = [line for line in map(_trimmed, islice(reader, LOOKED_AT)) if line]
    except csv.Error:  # such as a quotation mark without its pair
        width = sample.partition("\n")[0].count(separator) + 1
        return width > 1, 0.0, width
    if not lines:
        return False, 0.0, 0
    width = len(lines[0])
    alike = sum(1 < len(line) <= width for line in lines) / len(lines)
    return width > 1, alike, width
