"""The schema of the tables, read from `tables.csv` and `table_list.csv` beside this module."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from framsyn.datafile import rows

AGE = re.compile(r"\d{1,3}")
AGE_GROUP = re.compile(r"\d{1,3}(-\d{1,3}|\+)")


@dataclass(frozen=True)
class Column:
    """One column of a table; `name` is a header, or `{age}`, `{age_group}`, `*` for many headers."""

    name: str
    type: str
    required: bool
    key: bool
    minimum: float | None
    refers: str
    unit: str
    meaning: str

    @property
    def wide(self) -> bool:
        """Whether the declaration stands for many headers."""
        return self.name in ("{age}", "{age_group}", "*")

    def covers(self, header: str) -> bool:
        """Whether a header of a file falls under this declaration."""
        if self.name == "{age}":
            return AGE.fullmatch(header) is not None
        if self.name == "{age_group}":
            return AGE_GROUP.fullmatch(header) is not None
        return self.name in ("*", header)


@dataclass(frozen=True)
class TableSchema:
    """One table: its columns, whether it is required, whether many editions may lie side by side."""

    name: str
    required: bool
    editions: bool
    improves: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> list[str]:
        """Columns that together name a row."""
        return [column.name for column in self.columns if column.key]

    def column(self, header: str) -> Column | None:
        """The declaration that a header falls under, the exact name first; None when undeclared."""
        exact = [column for column in self.columns if column.name == header]
        wide = [column for column in self.columns if column.wide and column.covers(header)]
        return next(iter(exact + wide), None)

    def matches(self, stem: str) -> bool:
        """Whether a file name without its ending begins with the words of this table's name."""
        return fnmatchcase(stem, self.name) or fnmatchcase(stem, f"{self.name}[-_. ]*")


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        type=row["type"],
        required=row["required"] == "yes",
        key=row["key"] == "yes",
        minimum=float(row["minimum"]) if row["minimum"] else None,
        refers=row["refers"],
        unit=row["unit"],
        meaning=row["meaning"],
    )


@cache
def schemas() -> dict[str, TableSchema]:
    """Every table that Framsyn knows, by name."""
    columns = rows("framsyn.places", "tables.csv")
    return {
        row["table"]: TableSchema(
            name=row["table"],
            required=row["required"] == "yes",
            editions=row["editions"] == "yes",
            improves=row["improves"],
            columns=tuple(_column(c) for c in columns if c["table"] == row["table"]),
        )
        for row in rows("framsyn.places", "table_list.csv")
    }


def schema_of(stem: str) -> TableSchema | None:
    """The table that a file name without its ending belongs to; the longest matching name wins."""
    found = [schema for schema in schemas().values() if schema.matches(stem)]
    return max(found, key=lambda schema: len(schema.name), default=None)
