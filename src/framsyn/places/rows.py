"""Where the rows of a table stand in its file."""

from typing import NamedTuple

import polars as pl


class Rows(NamedTuple):
    """A table's name in errors, and the row of the file that each of its rows stands in."""

    file: str
    numbers: pl.Series

    def first(self, wrong: pl.Series) -> tuple[int, int] | None:
        """The index of the first true value and its row in the file; None when all are false."""
        found = wrong.fill_null(False).arg_true()
        return None if found.is_empty() else (int(found[0]), int(self.numbers[int(found[0])]))
