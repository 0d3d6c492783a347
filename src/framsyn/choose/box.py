"""A box in a table of cases: limits on some columns, and how well they tell failures from the rest.

A box keeps the cases between `low` and `high` of every column, limits included; −inf and inf leave a side
open. Several columns may belong to one dimension: those that `indicators` makes of a category.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Box:
    """Limits and what lies within them.

    Attributes:
        low, high: [column] limits, −inf and inf where a side is open.
        cases, failures: number of cases within, and of failures among them.
        coverage: share of all failures that lie within.
        density: share of failures among the cases within.
        mass: share of all cases that lie within.
        correlation: see `correlation`, among the cases that remain.
    """

    low: Floats
    high: Floats
    cases: int
    failures: int
    coverage: float
    density: float
    mass: float
    correlation: float

    @property
    def restricted(self) -> tuple[int, ...]:
        """Columns with a limit."""
        return tuple(int(column) for column in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)))

    @property
    def product(self) -> float:
        """Coverage × density: 1 where the box holds every failure and nothing else."""
        return self.coverage * self.density


@dataclass(frozen=True, eq=False)
class Cases:
    """A table of cases to find boxes in.

    Attributes:
        x: [case, column] finite values, column after column in memory.
        failing: [case] which are of interest.
        dimension: [column] the dimension that a column belongs to.
        whole: [column] whether all of its values are whole numbers, so that its limits are.
        remaining: [case] cases that no earlier box has taken.
    """

    x: Floats
    failing: Bools
    dimension: NDArray[np.int64]
    whole: Bools
    remaining: Bools

    def box(self, low: Floats, high: Floats) -> Box:
        """The box with these limits."""
        within = inside(self.x, low, high) & self.remaining
        return self.counted(low, high, int(within.sum()), int(self.failing[within].sum()))

    def counted(self, low: Floats, high: Floats, cases: int, failures: int) -> Box:
        """The box with these limits, its cases counted already."""
        return Box(
            low=low,
            high=high,
            cases=cases,
            failures=failures,
            coverage=failures / max(int(self.failing.sum()), 1),
            density=failures / max(cases, 1),
            mass=cases / len(self.x),
            correlation=float(
                correlation(np.float64(cases), np.float64(failures), self.total, self.failures)
            ),
        )

    @cached_property
    def total(self) -> int:
        """Number of cases that remain."""
        return int(self.remaining.sum())

    @cached_property
    def failures(self) -> int:
        """Number of failures among the cases that remain."""
        return int(self.failing[self.remaining].sum())

    def part(self, places: NDArray[np.int64]) -> "Cases":
        """Some of the cases, as a table of its own."""
        x = np.asfortranarray(self.x[places])
        return Cases(x, self.failing[places], self.dimension, self.whole, self.remaining[places])

    def without(self, box: Box) -> "Cases":
        """The same table, the cases of a box taken."""
        left = self.remaining & ~inside(self.x, box.low, box.high)
        return Cases(self.x, self.failing, self.dimension, self.whole, left)

    def dimensions(self, low: Floats, high: Floats) -> int:
        """How many dimensions these limits restrict."""
        return len(np.unique(self.dimension[np.isfinite(low) | np.isfinite(high)]))


def inside(x: Floats, low: Floats, high: Floats) -> Bools:
    """[case] whether a case lies within the limits; only restricted columns are looked at."""
    within = np.ones(len(x), dtype=np.bool_)
    for column in np.flatnonzero(np.isfinite(low) | np.isfinite(high)):
        within &= (x[:, column] >= low[column]) & (x[:, column] <= high[column])
    return within


def correlation(cases: Any, failures: Any, all_cases: int, all_failures: int) -> Any:
    """Correlation φ between lying within a box and failing: 1 = the same, 0 = what chance gives.

    Its square is coverage × density where both are few; unlike that product it is 0, and not the share of
    failures, for a box of all cases. Takes numbers or arrays of them.
    """
    spread = np.sqrt(cases * (all_cases - cases) * float(all_failures) * (all_cases - all_failures))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (failures * float(all_cases) - cases * float(all_failures)) / spread
    return np.where(spread > 0.0, found, 0.0)


def indicators(codes: NDArray[np.int64]) -> Floats:
    """[case, category] 0 or 1 of a category told by numbers from 0: to peel 1 leaves that category out."""
    return np.asarray(codes[:, None] == np.arange(codes.max() + 1), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Violations:
    """Which limit each case breaks: enough to tell what dropping one limit would let in.

    Attributes:
        columns: the restricted columns.
        low, high: [case, restricted column] whether the case lies below or above the limit.
        count: [case] number of limits broken.
    """

    columns: NDArray[np.int64]
    low: Bools
    high: Bools
    count: NDArray[np.int64]


def violations(cases: Cases, low: Floats, high: Floats) -> Violations:
    """The limits that each remaining case breaks."""
    columns = np.flatnonzero(np.isfinite(low) | np.isfinite(high))
    values = cases.x[:, columns]
    below, above = values < low[columns], values > high[columns]
    return Violations(columns, below, above, below.sum(axis=1) + above.sum(axis=1))


def quasi_p(cases: Cases, low: Floats, high: Floats) -> Floats:
    """[column, side] chance of a density as high or higher were that one limit dropped; NaN = no limit.

    A one-sided binomial test: n cases and k failures within, against the share of failures among the cases
    within the box that lacks the limit (Bryant & Lempert 2010, Technol. Forecast. Soc. Change 77: 34–49).
    Limits are found by looking for a high density, so that a small value does not prove a limit; a large
    one shows that it is not needed.
    """
    found = np.full((len(low), 2), np.nan)
    broken = violations(cases, low, high)
    within = (broken.count == 0) & cases.remaining
    n, k = int(within.sum()), int(cases.failing[within].sum())
    once = (broken.count == 1) & cases.remaining
    for place, column in enumerate(broken.columns):
        for side, (limit, breaks) in enumerate(((low, broken.low), (high, broken.high))):
            if np.isfinite(limit[column]):
                let_in = once & breaks[:, place]
                share = (k + int(cases.failing[let_in].sum())) / max(n + int(let_in.sum()), 1)
                found[column, side] = at_least(k, n, share)
    return found


def at_least(k: int, n: int, share: float) -> float:
    """P(X ≥ k) for X of the binomial distribution of n trials with this chance."""
    return 1.0 if k <= 0 else float(bdtrc(k - 1, n, share))
