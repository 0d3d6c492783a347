"""Base prices of the state grant by age, dated: the classes of a year and their prices by single age."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.core.text_file import TextFile
from framsyn.errors import FramsynError
from framsyn.law.files import Line, lines_of
from framsyn.law.known import STATUSES, filled, number, word, year

Floats = NDArray[np.float64]

AGES = 101
COLUMNS = ("from_year", "first_age", "last_age", "eur_per_resident", "status", "source", "note")
NUMBERS = ("from_year", "first_age", "last_age", "eur_per_resident")


class AgeClass(NamedTuple):
    """Ages first…last (100 = 100 and over) and their price, EUR/resident, from one year on."""

    from_year: int
    first: int
    last: int
    price: float
    status: str
    source: str
    note: str


def read_age_prices(text: TextFile, file: str) -> tuple[AgeClass, ...]:
    """The age classes of the file, by year and age.

    Raises:
        FramsynError: a cell cannot stand, or the classes of a year leave an age out or hold it twice.
    """
    lines = lines_of(text, COLUMNS, file, NUMBERS)
    classes = tuple(sorted(_age_class(line, file) for line in lines))
    for start in sorted({one.from_year for one in classes}):
        _check_cover([one for one in classes if one.from_year == start], file)
    return classes


def classes_of(classes: tuple[AgeClass, ...], in_year: int) -> tuple[AgeClass, ...]:
    """The age classes of a year: the latest set in that year or before.

    Raises:
        FramsynError: none is as early as `in_year`.
    """
    starts = [one.from_year for one in classes if one.from_year <= in_year]
    if not starts:
        raise FramsynError(
            "Base prices by age are known from {first} on: ask for that year or a later one, not {year}.",
            first=min(one.from_year for one in classes),
            year=in_year,
        )
    return tuple(one for one in classes if one.from_year == max(starts))


def by_single_age(classes: tuple[AgeClass, ...]) -> Floats:
    """[age 0…100] price, EUR/resident."""
    prices = np.zeros(AGES)
    for one in classes:
        prices[one.first : one.last + 1] = one.price
    return prices


def _age_class(line: Line, file: str) -> AgeClass:
    return AgeClass(
        from_year=year(line, file),
        first=_age(line, "first_age", file),
        last=_age(line, "last_age", file),
        price=_price(line, file),
        status=word(line, "status", STATUSES, file),
        source=filled(line, "source", file),
        note=line.cells["note"],
    )


def _age(line: Line, column: str, file: str) -> int:
    found = number(line, column, file)
    if not (found.is_integer() and 0 <= found < AGES):
        raise FramsynError(
            "{file}, line {line}: {column} is {found}. Write an age, 0–100.",
            file=file,
            line=line.row,
            column=column,
            found=line.cells[column],
        )
    return int(found)


def _price(line: Line, file: str) -> float:
    found = number(line, "eur_per_resident", file)
    if found < 0:
        raise FramsynError(
            "{file}, line {line}: a price below zero. Write the price in EUR/resident.",
            file=file,
            line=line.row,
        )
    return found


def _check_cover(classes: list[AgeClass], file: str) -> None:
    held = np.zeros(AGES, dtype=int)
    for one in classes:
        held[one.first : one.last + 1] += 1
    if not (held == 1).all():
        raise FramsynError(
            "{file}: the age classes from {year} do not hold age {age} exactly once. Let them cover 0–100 "
            "without gap or overlap.",
            file=file,
            year=classes[0].from_year,
            age=int(np.argmax(held != 1)),
        )
