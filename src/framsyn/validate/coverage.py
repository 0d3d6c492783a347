"""How often an 80 % interval held what came, by size of the municipality and years ahead."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framsyn.calibrate.unemployment_local import CLASSES, size_class
from framsyn.model.layout import Floats

#: The ends of the interval, as quantiles of the draws.
LOW, HIGH = 0.1, 0.9
#: Size classes as they are written, residents.
SIZE_NAMES = ("under 2,000", "2,000–5,000", "5,000–10,000", "10,000–20,000", "20,000 or more")


class Outcome(NamedTuple):
    """What came in one municipality and year, and the interval that was drawn for it.

    Attributes:
        base: year from which it was drawn.
        ahead: years from there.
        residents: of the municipality.
        observed: what came.
        low, high: 10 and 90 % of the draws.
        beside_low, beside_high: the same where the country's course is given.
    """

    base: int
    ahead: int
    residents: float
    observed: float
    low: float
    high: float
    beside_low: float
    beside_high: float

    @property
    def held(self) -> bool:
        """Whether the interval held it."""
        return self.low <= self.observed <= self.high

    @property
    def held_beside(self) -> bool:
        """Whether the interval held it, given the country's course."""
        return self.beside_low <= self.observed <= self.beside_high


def interval(draws: Floats) -> tuple[Floats, Floats]:
    """[year] ends of the 80 % interval of draws [draw, year]."""
    low, high = np.quantile(draws, [LOW, HIGH], axis=0)
    return low, high


def at_year(ends: tuple[Floats, Floats], year: int) -> tuple[float, float]:
    """Both ends of an interval [year] in one year."""
    low, high = ends
    return float(low[year]), float(high[year])


def shares(outcomes: Sequence[Outcome], aheads: Sequence[int], beside: bool) -> list[list[float]]:
    """Percent held, [size class and all, years ahead and all]; NaN where there is no outcome.

    Args:
        outcomes: of any base years.
        aheads: the years ahead that have a column.
        beside: whether the country's course is given.
    """
    held = np.array([one.held_beside if beside else one.held for one in outcomes], dtype=np.float64)
    ahead = np.array([one.ahead for one in outcomes])
    of_class = size_class(np.array([one.residents for one in outcomes]))
    rows = [of_class == one for one in range(CLASSES)] + [np.ones(len(held), dtype=np.bool_)]
    columns = [ahead == one for one in aheads] + [np.ones(len(held), dtype=np.bool_)]
    return [[_percent(held[row & column]) for column in columns] for row in rows]


def coverage_table(outcomes: Sequence[Outcome], aheads: Sequence[int], beside: bool) -> list[str]:
    """The shares as lines of a Markdown table."""
    heads = ["residents", *(f"{ahead} years" if ahead > 1 else "1 year" for ahead in aheads), "all years"]
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for name, row in zip((*SIZE_NAMES, "all"), shares(outcomes, aheads, beside), strict=True):
        cells = ["–" if np.isnan(share) else f"{share:.0f}" for share in row]
        lines.append("| " + " | ".join([name, *cells]) + " |")
    return lines


def _percent(held: Floats) -> float:
    return 100.0 * float(held.mean()) if held.size else float("nan")
