"""What every method forecasts from: a history, its ages by year, and what is learned from them once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.foresee.forecast.cohort import CohortRates, cohort_rates
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.local_pattern import LocalPattern, local_pattern
from framsyn.foresee.forecast.national import country_path
from framsyn.foresee.forecast.structures import Series, structure_series
from framsyn.foresee.forecast.trends import country_totals

#: Part of the places whose total must be published in an origin; the others' are filled.
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Past:
    """A history with what is learned from it; each part is made when first asked for.

    Attributes:
        history: what is known up to the base year.
        series: population by single year of age, ending in the base year.
        horizon: years ahead, H.
    """

    history: History
    series: Series
    horizon: int

    @cached_property
    def pattern(self) -> LocalPattern:
        """Local deviations of cohort change by age."""
        return local_pattern(self.history, self.series)

    @cached_property
    def rates(self) -> CohortRates:
        """What ages live by."""
        return cohort_rates(self.history, self.series, self.pattern)

    @cached_property
    def country(self) -> Floats:
        """[H] expected total of all places."""
        return country_path(country_totals(self.history.totals), self.horizon)

    @property
    def base_structure(self) -> Floats:
        """[P, 2, 101] persons in the base year."""
        return self.series.at(self.history.base_year)


def open_past(history: History, horizon: int) -> Past:
    """The past of a history, its ages estimated where they are not observed."""
    return Past(history, structure_series(history), horizon)


def earlier(past: Past, origin: int, horizon: int) -> Past:
    """The past as it stood at the end of an earlier year."""
    return Past(past.history.until(origin), past.series.until(origin), horizon)


def can_stand(past: Past, origin: int, least_years: int) -> bool:
    """Whether an earlier origin has ages and at least `least_years` years of totals behind it."""
    series, history = past.series, past.history
    has_ages = series.first_year < origin <= series.last_year and origin not in series.looking_back
    known = np.isfinite(history.totals[:, : origin - history.first_year + 1]).all(axis=0)
    told = history.published[:, origin - history.first_year].mean() >= NEARLY_ALL
    return has_ages and bool(told) and int(known.sum()) >= least_years
