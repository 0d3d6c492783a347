"""One reader of tables for every file that a person or an agency hands over: CSV in any usual dialect.

Cells are parted by commas, semicolons or tabs, quoted or not; the file may be packed with gzip and in any
encoding of `text_file`. Rows are counted as a spreadsheet numbers them: the first is 1, blank ones count,
and a cell with line breaks does not make a row of its own.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

import polars as pl

from framsyn.core.file_limits import FileLimits
from framsyn.core.note import Note
from framsyn.core.text_file import WINDOWS, TextFile, read_text_file
from framsyn.errors import FramsynError

SEPARATORS = (";", ",", "\t")
#: Rows by which the separator is recognised.
LOOKED_AT = 50
#: Characters that these may take.
SAMPLE = 200_000
#: What Excel writes, and reads, on a line above the table.
SEPARATOR_LINE = "sep="
#: What keeps a table from being read in one go: other line ends, blank lines, and what Python alone trims.
SLOW_SIGNS = ("\r", "\n\n", "\x1c", "\x1d", "\x1e", "\x1f")
#: Columns that an error lists.
LISTED = 12
#: Characters of a cell that an error repeats.
REPEATED = 40


@dataclass(frozen=True, eq=False)
class TableFile:
    """A table of text.

    Attributes:
        file: what errors call it.
        separator: what stands between its cells.
        columns: the header, trimmed.
        header_row: the row that the header stands in.
        cells: a column of texts for each of `columns`, trimmed; blank = null.
        rows: the row that each row of `cells` stands in.
        encoding: that it was read in.
    """

    file: str
    separator: str
    columns: tuple[str, ...]
    header_row: int
    cells: tuple[pl.Series, ...]
    rows: pl.Series
    encoding: str

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was taken for what."""
        if self.encoding != WINDOWS:
            return ()
        return (
            Note("{file} is not in UTF-8 and was read as Windows-1252: check å, ä and ö.", file=self.file),
        )

    def frame(self) -> pl.DataFrame:
        """The table as a frame of text; FramsynError where a column is named twice."""
        self.check_once()
        return pl.DataFrame([one.alias(name) for name, one in zip(self.columns, self.cells, strict=True)])

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

    def renamed(self, name_of: Callable[[str], str]) -> "TableFile":
        """The table with every column named anew."""
        return replace(self, columns=tuple(map(name_of, self.columns)))

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows one by one: in which row of the file it stands, and its cells by column, blank = ""."""
        columns = [one.fill_null("").to_list() for one in self.cells]
        for place, row in enumerate(self.rows.to_list()):
            yield row, {name: column[place] for name, column in zip(self.columns, columns, strict=True)}


def shortened(names: Sequence[str]) -> str:
    """Names as errors list them: none longer than is read at a glance, and only the first of many."""
    short = [name if len(name) <= REPEATED else name[:REPEATED] + "…" for name in names]
    return ", ".join(short[:LISTED]) + (" …" if len(short) > LISTED else "")


def read_table(path: Path, limits: FileLimits, aside: str | None = None) -> TableFile:
    """The table in a file.

    Args:
        path: the file.
        limits: how large it may be.
        aside: rows whose first cell begins so are left out; None = no row is.

    Raises:
        FramsynError: it cannot be opened, is too large or empty, or is no table; the row is told.
    """
    return table_of(read_text_file(path, limits.content), path.name, limits, aside)


def table_of(text: TextFile, file: str, limits: FileLimits, aside: str | None = None) -> TableFile:
    """The table in a text; see `read_table`."""
    content = text.text.lstrip("\ufeff")
    if not content.strip():
        raise FramsynError("{file} is empty: put the table in it or take the file away.", file=file)
    separator, content = _separator(content)
    quick = _quick(content, separator, limits) if aside is None else None
    header_row, columns, cells, rows = quick or _slow(content, separator, file, limits, aside)
    if rows.is_empty():
        raise FramsynError("{file} has a header but no rows: add rows or take the file away.", file=file)
    columns, cells = _named(file, header_row, columns, cells)
    return TableFile(file, separator, columns, header_row, cells, rows, text.encoding)


_Parts = tuple[int, tuple[str, ...], tuple[pl.Series, ...], pl.Series]


def _quick(content: str, separator: str, limits: FileLimits) -> _Parts | None:
    """A table without blank lines or cells of several lines, read in one go; None where it has such."""
    plain = content.replace("\r\n", "\n")
    lines = plain.count("\n")
    wide = plain.partition("\n")[0].count(separator) >= limits.columns  # a frame of that takes gigabytes
    if wide or any(sign in plain for sign in SLOW_SIGNS) or not 1 <= lines < limits.rows:
        return None
    if '"' in plain and '"' in _quoted(separator).sub("", plain):
        return None
    try:
        frame = pl.read_csv(plain.encode(), separator=separator, infer_schema=False, has_header=False)
    except (pl.exceptions.PolarsError, UnicodeEncodeError):
        return None  # read row by row, which tells what is wrong
    if frame.height != lines + (not plain.endswith("\n")) or frame.width > limits.columns:
        return None
    longest = frame.select(pl.max_horizontal(pl.all().str.len_chars().max())).item()
    if longest is not None and longest > csv.field_size_limit():
        return None
    body = frame.slice(1).select(_stripped(pl.all()))
    if body.height == 0 or body.select(pl.all_horizontal(pl.all().is_null()).any()).item():
        return None
    header = tuple((cell or "").strip() for cell in frame.row(0))
    if not any(header):
        return None
    rows = pl.int_range(2, frame.height + 1, eager=True, dtype=pl.Int64)
    return 1, header, tuple(body.get_columns()), rows


@cache
def _quoted(separator: str) -> re.Pattern[str]:
    """A cell in quotation marks that have their pairs, on one line."""
    return re.compile(rf'(?:(?<=[{separator}\n])|\A)"(?:[^"\n]|"")*"(?=[{separator}\n]|\Z)')


def _stripped(column: pl.Expr) -> pl.Expr:
    text = column.str.strip_chars()
    return pl.when(text != "").then(text).name.keep()


def _slow(content: str, separator: str, file: str, limits: FileLimits, aside: str | None) -> _Parts:
    """Row by row, with every check."""
    found = [
        (number, line)
        for number, line in _numbered(content, separator, file, limits)
        if line and not (aside and line[0].startswith(aside))
    ]
    if not found:
        raise FramsynError("{file} is empty: put the table in it or take the file away.", file=file)
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
    padded = [line + [""] * (width - len(line)) for _, line in rest]
    columns = zip(*padded, strict=True) if padded else [()] * width
    series = [pl.Series(values=column, dtype=pl.String) for column in columns]
    cells = pl.DataFrame([one.alias(str(place)) for place, one in enumerate(series)]).select(
        _stripped(pl.all())
    )
    rows = pl.Series(values=[number for number, _ in rest], dtype=pl.Int64)
    return header_row, tuple(header), tuple(cells.get_columns()), rows


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


def _named(
    file: str, row: int, columns: Sequence[str], cells: Sequence[pl.Series]
) -> tuple[tuple[str, ...], tuple[pl.Series, ...]]:
    """The columns that have a name; FramsynError where one without holds anything."""
    for place, (name, column) in enumerate(zip(columns, cells, strict=True), start=1):
        if not name and column.null_count() < len(column):
            raise FramsynError(
                "{file}, row {row}: column {column} has no name, but holds values. Name it in the first row.",
                file=file,
                row=row,
                column=place,
            )
    kept = [pair for pair in zip(columns, cells, strict=True) if pair[0]]
    return tuple(name for name, _ in kept), tuple(column for _, column in kept)


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
