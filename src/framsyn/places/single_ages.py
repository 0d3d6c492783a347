"""Tables of single years of age whose ages are grouped after all: refused with that as the reason."""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from framsyn.errors import FramsynError
from framsyn.places.rows import Rows
from framsyn.places.schema import AGE_GROUP

#: Columns of the schema that hold, or are, single ages.
AGE_COLUMNS = ("age", "{age}")
#: Fewer ages than this in a year tell no step between them.
LEAST_AGES = 6
#: Groups that an error lists.
LISTED = 3


def check_headers(columns: Sequence[str], file: str) -> None:
    """Raise where a table without single ages has columns of age groups."""
    groups = [header for header in columns if AGE_GROUP.fullmatch(header.replace("–", "-"))]
    if groups:
        raise FramsynError(
            "{file}: the ages are grouped (columns {groups}), but single years of age are needed. Order the"
            " table by single year of age; groups belong in a table called population_groups.",
            file=file,
            groups=_listed(groups),
        )


def check_cells(frame: pl.DataFrame, rows: Rows) -> None:
    """Raise where the column of single ages, as text, holds groups such as 0-4."""
    text = frame["age"].str.replace_all("[–−]", "-").str.replace_all(" ", "")
    grouped = text.str.contains(r"^[0-9]{1,3}-[0-9]{1,3}$").fill_null(False)
    found = rows.first(grouped)
    if found is not None:
        raise FramsynError(
            "{file}, column age, row {row}: the ages are grouped ({groups}), but single years of age are"
            " needed. Order the table by single year of age.",
            file=rows.file,
            row=found[1],
            groups=_listed(frame["age"].filter(grouped).unique(maintain_order=True).to_list()),
        )


def check_steps(frame: pl.DataFrame, file: str) -> None:
    """Raise where every age of a year is a multiple of five, the first of a group: 0, 5, 10."""
    by_year = frame.group_by("year").agg(pl.col("age").unique().sort())
    for year, ages in by_year.sort("year").iter_rows():
        if len(ages) >= LEAST_AGES and all(age % 5 == 0 for age in ages):
            raise FramsynError(
                "{file}, column age: the ages of {year} are grouped ({groups}), but single years of age are"
                " needed. Order the table by single year of age.",
                file=file,
                year=year,
                groups=_listed([f"{first}–{last - 1}" for first, last in pairwise(ages)]),
            )


def _listed(groups: Sequence[str]) -> str:
    return ", ".join(groups[:LISTED]) + (" …" if len(groups) > LISTED else "")
