"""Whether a plan stands before §§ 110 and 118 of the Municipal Act: balance, deficit, criteria."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.chosen import Chosen
from framsyn.choose.measures import CRITERIA
from framsyn.law.balance import last_year_to_cover
from framsyn.model.layout import Floats

PERCENT = 100.0


@dataclass(frozen=True)
class YearChecked:
    """One year of the plan; probabilities in percent of the worlds.

    Attributes:
        year: the year.
        in_surplus: the result of the year is at or above zero.
        deficit: an accumulated deficit stands at the end of the year.
        criteria: each criterion of § 118 is met, by indicator.
        any_criterion: at least one of them is.
    """

    year: int
    in_surplus: float
    deficit: float
    criteria: dict[str, float]
    any_criterion: float


@dataclass(frozen=True)
class Deficit:
    """An accumulated deficit and the time that § 110 gives to cover it.

    Attributes:
        keur: the deficit at the end of `year`, thousand euros, above zero.
        year: the accounts in which it is taken to have come.
        deadline: the last year to cover it.
        covered: percent of worlds in which it is covered by then; None where the lives end before.
    """

    keur: float
    year: int
    deadline: int
    covered: float | None


@dataclass(frozen=True)
class Balance:
    """The checks of a plan; probabilities in percent of the worlds.

    Attributes:
        keur: the sum of the plan's results, thousand euros: own figures where they are given.
        own: whether any of these is an own figure; probabilities are the model's all the same.
        p10, p90: the interval of the model's sum; None for a single world.
        standard_error: of the mean of the model's sum, thousand euros; None for a single world.
        in_surplus: probability that the model's sum is at or above zero.
        accumulated: the model's accumulated surplus at the end of the plan, thousand euros.
        opening: the accumulated deficit at the start; None where there is none.
        deadlines: for worlds with a deficit at the end of the plan, the first and last of the years by
            which it must be covered; None where there is no such world.
        years: each year of the plan.
        criteria: probability that each criterion is met in some year of the plan, by indicator.
        any_criterion: that any is met in some year.
    """

    keur: float
    own: bool
    p10: float | None
    p90: float | None
    standard_error: float | None
    in_surplus: float
    accumulated: float
    opening: Deficit | None
    deadlines: tuple[int, int] | None
    years: tuple[YearChecked, ...]
    criteria: dict[str, float]
    any_criterion: float

    @property
    def balanced(self) -> bool:
        """Whether the plan is in balance or surplus, as § 110 asks."""
        return self.keur >= 0.0

    @property
    def unsure(self) -> bool:
        """Whether the worlds are too few to tell on which side of zero the mean sum lies."""
        return not self.own and self.standard_error is not None and abs(self.keur) < 2 * self.standard_error


def balance_of(chosen: Chosen, budget_year: int, results: Sequence[tuple[float, bool]]) -> Balance:
    """The checks of the years from the budget year on.

    Args:
        chosen: the lives of the strategy.
        budget_year: the first year of the plan.
        results: for each year of the plan its result, thousand euros, and whether it is an own figure.
    """
    first = budget_year - chosen.base_year
    rows = range(first, first + len(results))
    window = slice(first, first + len(results))
    sums = chosen.nominal("result_per_resident")[:, window].sum(axis=1)
    met = {name: chosen.values(name)[:, window] > 0.0 for name in CRITERIA}
    together = np.any(np.stack(list(met.values())), axis=0)
    low, high = (float(one) for one in np.quantile(sums, (0.1, 0.9))) if len(sums) > 1 else (None, None)
    stock = chosen.nominal("accumulated_surplus_per_resident")
    return Balance(
        keur=sum(keur for keur, _ in results),
        own=any(own for _, own in results),
        p10=low,
        p90=high,
        standard_error=float(sums.std(ddof=1) / np.sqrt(len(sums))) if len(sums) > 1 else None,
        in_surplus=share(sums >= 0.0),
        accumulated=float(stock[:, rows[-1]].mean()),
        opening=opening_deficit(chosen, stock),
        deadlines=_deadlines(chosen, rows[-1]),
        years=tuple(_year(chosen, row, row - first, met, together) for row in rows),
        criteria={name: share(one.any(axis=1)) for name, one in met.items()},
        any_criterion=share(together.any(axis=1)),
    )


def share(holds: NDArray[np.bool_] | np.bool_) -> float:
    """Percent of the worlds [draw]."""
    return float(PERCENT * np.mean(holds))


def opening_deficit(chosen: Chosen, stock: Floats) -> Deficit | None:
    """The deficit at the start, taken to have come in the base year's accounts; None where there is none.

    Args:
        chosen: the lives.
        stock: [draw, year] accumulated surplus, thousand euros.
    """
    start = float(stock[:, 0].mean())
    if start >= 0.0:
        return None
    deadline = last_year_to_cover(chosen.base_year, int(chosen.setting.law.cover_years[0]))
    covered = None
    if deadline <= chosen.last_year:
        until = stock[:, 1 : deadline - chosen.base_year + 1]
        covered = share((until >= 0.0).any(axis=1))
    return Deficit(-start, chosen.base_year, deadline, covered)


def _year(
    chosen: Chosen,
    row: int,
    place: int,
    met: dict[str, NDArray[np.bool_]],
    together: NDArray[np.bool_],
) -> YearChecked:
    return YearChecked(
        year=chosen.base_year + row,
        in_surplus=share(chosen.values("result_per_resident")[:, row] >= 0.0),
        deficit=share(chosen.values("accumulated_surplus_per_resident")[:, row] < 0.0),
        criteria={name: share(one[:, place]) for name, one in met.items()},
        any_criterion=share(together[:, place]),
    )


def _deadlines(chosen: Chosen, row: int) -> tuple[int, int] | None:
    """First and last deadline among worlds in which a deficit stands at the end of the year of `row`."""
    since = chosen.values("deficit_years")[:, row]
    since = since[since > 0.0].astype(int)
    if not len(since):
        return None
    cover = int(chosen.setting.law.cover_years[row])
    begun = chosen.base_year + row + 1 - since
    return last_year_to_cover(int(begun.min()), cover), last_year_to_cover(int(begun.max()), cover)
