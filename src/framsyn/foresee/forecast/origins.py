"""The ensemble at earlier origins: what it would have said, and how wrong it was.

Each origin sees only what was known at its end. These forecasts are the school of the intervals, and
what a backtest scores.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.foresee.forecast.ensemble import Expected, expected, expected_ages
from framsyn.foresee.forecast.history import Bounds, History
from framsyn.foresee.forecast.past import Past, can_stand, earlier
from framsyn.foresee.forecast.structures import grouped
from framsyn.foresee.forecast.trends import log_shares, yearly_change

#: Age groups that services are planned for; together they hold every age once.
SERVICE: Bounds = (
    (0, 5), (6, 6), (7, 12), (13, 15), (16, 18), (19, 24), (25, 64), (65, 74), (75, 84), (85, 100),
)  # fmt: skip
#: Totals of so many years must lie behind an origin that teaches intervals.
LEAST_YEARS = 8
VOLATILE_YEARS = 25
LEAST_VOLATILITY = 0.003


@dataclass(frozen=True)
class AtOrigin:
    """What was forecast at one origin; P places, H years.

    Attributes:
        origin: the base year.
        expected: totals of the ensemble and its members.
        ages: [P, H, 101] persons of both sexes.
        size: [P] persons at the origin.
        volatility: [P] how much the place's share of the country had wandered a year.
    """

    origin: int
    expected: Expected
    ages: Floats
    size: Floats
    volatility: Floats

    def groups(self, horizon: int, bounds: Bounds) -> Floats:
        """[P, G] persons by age group after `horizon` years."""
        return grouped(self.ages[:, horizon - 1], bounds)


def at_origin(past: Past) -> AtOrigin:
    """The forecast of a past, with what tells its uncertainty."""
    told = expected(past)
    ages = expected_ages(past, told.totals).sum(axis=2)
    return AtOrigin(past.history.base_year, told, ages, past.history.base, volatility(past.history))


def volatility(history: History) -> Floats:
    """[P] standard deviation of the last 25 yearly changes of the share, with chance; above 0."""
    shares = log_shares(history.totals)[:, -(VOLATILE_YEARS + 1) :]
    change = np.diff(shares, axis=1)
    change = np.where(np.isfinite(change), change, 0.0)
    wander = change.std(axis=1) if change.shape[1] > 1 else np.abs(yearly_change(shares, 1))
    return np.asarray(np.sqrt(wander**2 + 0.25 / np.maximum(history.base, 1.0)) + LEAST_VOLATILITY)


def possible_origins(past: Past, first: int | None = None) -> list[int]:
    """Earlier years that can be forecast from, oldest first."""
    start = past.series.first_year + 1 if first is None else first
    return [y for y in range(start, past.history.base_year) if can_stand(past, y, LEAST_YEARS)]


def forecast_origins(
    past: Past, origins: Sequence[int], horizon: int, progress: Callable[[], None] = lambda: None
) -> list[AtOrigin]:
    """The ensemble at each of the origins, side by side in two threads."""

    def one(origin: int) -> AtOrigin:
        told = at_origin(earlier(past, origin, horizon))
        progress()
        return told

    with ThreadPoolExecutor() as pool:
        return list(pool.map(one, origins))
