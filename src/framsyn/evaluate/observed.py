"""Newly published figures of one municipality, from a file of indicator, year and value."""

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from framsyn.core.file_limits import HANDWRITTEN
from framsyn.core.note import Note
from framsyn.core.numerals import LONGEST, NumberFormat, is_missing, number_format
from framsyn.errors import FramsynError
from framsyn.evaluate.observables import Observable, observable

if TYPE_CHECKING:
    from framsyn.core.table_file import TableFile

NEEDED, PRICES = ("indicator", "year", "value"), "prices"
#: What Swedish and Finnish files call the columns.
COLUMNS = {
    "indikator": "indicator",
    "år": "year",
    "värde": "value",
    "priser": "prices",
    "indikaattori": "indicator",
    "vuosi": "year",
    "arvo": "value",
    "hinnat": "prices",
}


class Figure(NamedTuple):
    """One published figure.

    Attributes:
        observable: which.
        year: the year it is of.
        value: as published; money in euros of `prices`.
        prices: year whose prices money is in.
    """

    observable: Observable
    year: int
    value: float
    prices: int


class Observed(NamedTuple):
    """What a file holds.

    Attributes:
        figures: those that are published.
        blank: rows without a value, or with a mark such as `..`: not published.
        notes: what was taken for what.
    """

    figures: tuple[Figure, ...]
    blank: int
    notes: tuple[Note, ...] = ()


def read_observed(path: Path, base_year: int, last_year: int) -> Observed:
    """Read published figures.

    The file is a table with the columns indicator, year, value (in any of the languages), in any dialect of
    `core.table_file`. Money is in the prices of its own year, or of the base year where a column `prices`
    says so. A blank value, or an agency's mark such as `..`, is not published, and left out.

    Args:
        path: the file.
        base_year: the year that lives start from; figures are of later years.
        last_year: the last year that can be compared.

    Raises:
        FramsynError: the file cannot be read, lacks a column, or holds an unknown figure, a year outside,
            a value that is no number or cannot be, or one figure twice.
    """
    table = _table(path)
    records = list(table.records())
    form = number_format((cells["value"] for _, cells in records), table.separator)
    found: dict[tuple[str, int], Figure] = {}
    blank = 0
    for row, cells in records:
        if is_missing(cells["value"]):
            blank += 1
            continue
        figure = _Where(path.name, row, base_year, last_year, form).figure(cells)
        key = (figure.observable.id, figure.year)
        if key in found:
            raise FramsynError(
                "{file}, row {row}: {id} of {year} stands there twice. Keep one of them.",
                file=path.name,
                row=row,
                id=cells["indicator"],
                year=figure.year,
            )
        found[key] = figure
    if not found:
        raise FramsynError(
            "{file} holds no published figure: give rows of indicator, year and value.", file=path.name
        )
    return Observed(tuple(found.values()), blank, table.notes)


def _table(path: Path) -> "TableFile":
    from framsyn.core.table_file import read_table  # the kinds of figures are needed without any table

    table = read_table(path, HANDWRITTEN).renamed(_column)
    table.check_once()
    lacking = [name for name in NEEDED if name not in table.columns]
    if lacking:
        raise FramsynError(
            "{file} lacks the column {columns}: its first line must name indicator, year and value.",
            file=path.name,
            columns=", ".join(lacking),
        )
    return table


def _column(name: str) -> str:
    """The id of a column by its name in any of the languages."""
    lower = unicodedata.normalize("NFC", name).lower()
    return COLUMNS.get(lower, lower)


class _Where(NamedTuple):
    """A row of the file, the years that can be compared, and how its numbers are written."""

    file: str
    row: int
    first: int
    last: int
    form: NumberFormat

    def figure(self, row: dict[str, str]) -> Figure:
        one = self._observable(row["indicator"])
        year = self._year(row["year"])
        if not one.told_of(year):
            raise FramsynError(
                "{file}, row {row}: {id} is published every {every} years, and not of {year}.",
                file=self.file,
                row=self.row,
                id=row["indicator"],
                every=one.every,
                year=year,
            )
        return Figure(one, year, self._value(row["value"], one), self._prices(row.get(PRICES, ""), year))

    def _observable(self, text: str) -> Observable:
        try:
            return observable(text)
        except FramsynError as error:
            raise FramsynError("{file}, row {row}: {why}", file=self.file, row=self.row, why=error) from error

    def _year(self, text: str) -> int:
        year = self.form.number(text)
        if year is None or not (year.is_integer() and self.first < year <= self.last):
            raise FramsynError(
                "{file}, row {row}: the year {year} is not among those that can be compared, {first}–{last}.",
                file=self.file,
                row=self.row,
                year=text[:LONGEST] or "–",
                first=self.first + 1,
                last=self.last,
            )
        return int(year)

    def _value(self, text: str, one: Observable) -> float:
        value = self.form.number(text)
        if value is None:
            raise FramsynError(
                "{file}, row {row}: {value} is no number, or could be two. Write digits with one decimal mark"
                " throughout the file.",
                file=self.file,
                row=self.row,
                value=text[:LONGEST],
            )
        if not one.minimum <= value <= one.maximum:
            raise FramsynError(
                "{file}, row {row}: {id} cannot be {value}. A published figure lies between {least} and"
                " {most}: correct it, or leave it blank where nothing is published.",
                file=self.file,
                row=self.row,
                id=one.id,
                value=text,
                least=round(one.minimum),
                most=round(one.maximum),
            )
        return value

    def _prices(self, text: str, year: int) -> int:
        told = self.form.number(text)
        if is_missing(text) or told == year:
            return year
        if told != self.first:
            raise FramsynError(
                "{file}, row {row}: prices of {prices} cannot be compared. Give money in euros of its own"
                " year, or of {base}.",
                file=self.file,
                row=self.row,
                prices=text[:LONGEST],
                base=self.first,
            )
        return self.first
