"""Newly published figures of one municipality, from a file of indicator, year and value."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from framsyn.errors import FramsynError
from framsyn.evaluate.observables import Observable, observable

NEEDED, PRICES = ("indicator", "year", "value"), "prices"
FIRST_ROW = 2
MINUS = "−"


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
    """The figures of a file, and how many of its rows have no value: not published."""

    figures: tuple[Figure, ...]
    blank: int


def read_observed(path: Path, base_year: int, last_year: int) -> Observed:
    """Read published figures.

    The file is CSV with the columns indicator, year, value, parted by `,`, or by `;`, where a decimal comma
    is understood. Money is in the prices of its own year, or of the base year where a column `prices` says
    so. A blank value is not published, and left out.

    Args:
        path: the file.
        base_year: the year that lives start from; figures are of later years.
        last_year: the last year that can be compared.

    Raises:
        FramsynError: the file cannot be read, lacks a column, or holds an unknown figure, a year outside,
            a value that is no number, or one figure twice.
    """
    found: dict[tuple[str, int], Figure] = {}
    blank = 0
    for number, row in enumerate(_rows(path), FIRST_ROW):
        where = _Where(path.name, number, base_year, last_year)
        if not row["value"]:
            blank += 1
            continue
        figure = where.figure(row)
        key = (figure.observable.id, figure.year)
        if key in found:
            raise FramsynError(
                "{file}, row {row}: {id} of {year} stands there twice. Keep one of them.",
                file=path.name,
                row=number,
                id=row["indicator"],
                year=figure.year,
            )
        found[key] = figure
    if not found:
        raise FramsynError(
            "{file} holds no published figure: give rows of indicator, year and value.", file=path.name
        )
    return Observed(tuple(found.values()), blank)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise FramsynError(
            "The file {file} cannot be read ({why}): name a CSV file in UTF-8.",
            file=path,
            why=getattr(problem, "strerror", None) or problem,
        ) from problem
    lines = text.splitlines()
    delimiter = ";" if lines and ";" in lines[0] else ","
    reader = csv.DictReader(lines, delimiter=delimiter)
    heads = [head.strip().lower() for head in reader.fieldnames or ()]
    lacking = [name for name in NEEDED if name not in heads]
    if lacking:
        raise FramsynError(
            "{file} lacks the column {columns}: its first line must name indicator, year and value.",
            file=path.name,
            columns=", ".join(lacking),
        )
    for row in reader:
        told = {head: (cell or "").strip() for head, cell in zip(heads, row.values(), strict=False)}
        if delimiter == ";":
            told["value"] = told["value"].replace(",", ".")
        if any(told.values()):
            yield told


class _Where(NamedTuple):
    """A row of the file, and the years that can be compared."""

    file: str
    row: int
    first: int
    last: int

    def figure(self, row: dict[str, str]) -> Figure:
        one = observable(row["indicator"])
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
        return Figure(one, year, self._value(row["value"]), self._prices(row.get(PRICES, ""), year))

    def _year(self, text: str) -> int:
        if not text.isdecimal() or not self.first < int(text) <= self.last:
            raise FramsynError(
                "{file}, row {row}: the year {year} is not among those that can be compared, {first}–{last}.",
                file=self.file,
                row=self.row,
                year=text or "–",
                first=self.first + 1,
                last=self.last,
            )
        return int(text)

    def _value(self, text: str) -> float:
        try:
            value = float(text.replace(MINUS, "-"))
        except ValueError:
            value = float("nan")
        if not abs(value) < float("inf"):
            raise FramsynError(
                "{file}, row {row}: {value} is no number. Write digits without spaces, and a decimal comma"
                " only where columns are parted by semicolons.",
                file=self.file,
                row=self.row,
                value=text,
            )
        return value

    def _prices(self, text: str, year: int) -> int:
        if text in ("", str(year)):
            return year
        if text != str(self.first):
            raise FramsynError(
                "{file}, row {row}: prices of {prices} cannot be compared. Give money in euros of its own"
                " year, or of {base}.",
                file=self.file,
                row=self.row,
                prices=text,
                base=self.first,
            )
        return self.first
