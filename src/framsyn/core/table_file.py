"""One reader of tables for every file that a person or an agency hands over: CSV in any usual dialect.

The file may be packed with gzip and in any encoding of `text_file`; its rows are those of `table_rows`.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import polars as pl

from framsyn.core.file_limits import FileLimits
from framsyn.core.note import Note
from framsyn.core.table_rows import TableHeader, checked_lines, content_of, is_named, no_rows
from framsyn.core.text_file import WINDOWS, TextFile, read_text_file

#: What keeps a table from being read in one go: other line ends, blank lines, and what Python alone trims.
SLOW_SIGNS = ("\r", "\n\n", "\x1c", "\x1d", "\x1e", "\x1f")


@dataclass(frozen=True, eq=False)
class TableFile(TableHeader):
    """A table of text.

    Attributes:
        separator: what stands between its cells.
        cells: a column of texts for each of `columns`, trimmed; blank = null.
        rows: the row that each row of `cells` stands in.
        encoding: that it was read in.
    """

    separator: str
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

    def renamed(self, name_of: Callable[[str], str]) -> "TableFile":
        """The table with every column named anew."""
        return replace(self, columns=tuple(map(name_of, self.columns)))

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows one by one: in which row of the file it stands, and its cells by column, blank = ""."""
        columns = [one.fill_null("").to_list() for one in self.cells]
        for place, row in enumerate(self.rows.to_list()):
            yield row, {name: column[place] for name, column in zip(self.columns, columns, strict=True)}


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
    separator, content = content_of(text, file)
    quick = _quick(content, separator, limits) if aside is None else None
    header_row, columns, cells, rows = quick or _slow(content, separator, file, limits, aside)
    if rows.is_empty():
        raise no_rows(file)
    columns, cells = _named(file, header_row, columns, cells)
    return TableFile(file, columns, header_row, separator, cells, rows, text.encoding)


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
    header_row, header, lines = checked_lines(content, separator, file, limits, aside)
    columns = zip(*(cells for _, cells in lines), strict=True) if lines else [()] * len(header)
    series = [pl.Series(values=column, dtype=pl.String) for column in columns]
    cells = pl.DataFrame([one.alias(str(place)) for place, one in enumerate(series)]).select(
        _stripped(pl.all())
    )
    rows = pl.Series(values=[number for number, _ in lines], dtype=pl.Int64)
    return header_row, header, tuple(cells.get_columns()), rows


def _named(
    file: str, row: int, columns: Sequence[str], cells: Sequence[pl.Series]
) -> tuple[tuple[str, ...], tuple[pl.Series, ...]]:
    """The columns that have a name; FramsynError where one without holds anything."""
    kept = [
        (name, column)
        for place, (name, column) in enumerate(zip(columns, cells, strict=True))
        if is_named(file, row, place, name, column.null_count() < len(column))
    ]
    return tuple(name for name, _ in kept), tuple(column for _, column in kept)
