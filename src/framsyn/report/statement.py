"""The accounts of a future as a treasurer reads them: income statement, cash flow, balance sheet.

Means over the futures, not medians: only means add up from row to row.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows
from framsyn.i18n.translator import N_
from framsyn.report.cells import Cells

PARTS = {
    "income": N_("Income statement"),
    "cash": N_("Cash flow statement"),
    "balance": N_("At the end of the year"),
}


class Line(NamedTuple):
    """A line of the accounts: `sign` is −1 for what is taken off; `kind` is item, of_which or sum."""

    part: str
    id: str
    sign: int
    kind: str


class Row(NamedTuple):
    """A line in words: `label`, and a value for each column asked for."""

    label: str
    kind: str
    values: list[str]


@cache
def lines() -> tuple[Line, ...]:
    """Every line, in the order of the accounts."""
    told = rows("framsyn.report", "statement.csv")
    return tuple(Line(row["part"], row["id"], int(row["sign"]), row["kind"]) for row in told)


def statement(cells: Cells, columns: Sequence[tuple[str, int]]) -> list[tuple[str, list[Row]]]:
    """Each part of the accounts with its heading; one value per (posture, year) of `columns`."""
    told = []
    for part, heading in PARTS.items():
        own = [_row(cells, line, columns) for line in lines() if line.part == part and cells.has(line.id)]
        if own:
            told.append((cells.words.gettext(heading), own))
    return told


def _row(cells: Cells, line: Line, columns: Sequence[tuple[str, int]]) -> Row:
    means = [line.sign * cells.summary.at(line.id, posture, year).mean for posture, year in columns]
    return Row(cells.label(line.id), line.kind, [cells.words.number(mean) for mean in means])
