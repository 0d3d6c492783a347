"""How much chance there is in local economies, and in the country's employment."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.economy_panel import Panel

Floats = NDArray[np.float64]

#: Spread is measured over these many years ahead.
HORIZONS = (1, 2, 3, 5, 8, 10)
#: Size at which an innovation is told, residents.
TYPICAL = 10_000.0
#: Mean of ln |z| of a standard normal z, and its 90th percentile.
MEAN_LN_ABS, Q90 = -0.6352, 1.2816
#: Persistences tried, a year.
TRIED = np.linspace(0.5, 1.0, 101)
#: Smaller changes of ln are taken as this, so that a logarithm is defined.
LEAST_CHANGE = 1e-4


class Spread(NamedTuple):
    """Chance in a place's deviation: yearly innovation at 10,000 residents, size exponent, persistence."""

    innovation: float
    exponent: float
    persistence: float

    def sd(self, ahead: float, residents: Floats) -> Floats:
        """[P] standard deviation of ln after `ahead` years."""
        grown = np.sqrt(growth_of_variance(self.persistence, ahead))
        sd: Floats = self.innovation * grown * (residents / TYPICAL) ** -self.exponent
        return sd


class National(NamedTuple):
    """The country's ln employment rate as a first-order autoregression around its mean."""

    innovation: float
    persistence: float
    mean: float

    def ahead(self, rate: float, years: int) -> float:
        """The expected rate after some years."""
        left = self.persistence**years
        return float(np.exp(left * np.log(rate) + (1.0 - left) * np.log(self.mean)))

    def sd(self, years: float) -> float:
        """Standard deviation of its ln after some years."""
        return float(self.innovation * np.sqrt(growth_of_variance(self.persistence, years)))


def growth_of_variance(persistence: float, ahead: float) -> float:
    """Variance after `ahead` years over that of one year's innovation: (1 − φ²ʰ) / (1 − φ²)."""
    if persistence >= 1.0:
        return ahead
    return float((1.0 - persistence ** (2.0 * ahead)) / (1.0 - persistence**2))


def spread_of(panel: Panel, until: int, change: Callable[[int, int], Floats]) -> Spread:
    """The spread of changes that grow over the horizons as a first-order autoregression's.

    Args:
        panel: the panel; windows end by `until`.
        until: the last year used.
        change: gives [P] the change of ln over a window, from its first and last year.
    """
    exponent = size_exponent(*_changes(panel, until, change, 1))
    measured = np.array(
        [standard_sd(*_changes(panel, until, change, ahead), exponent) for ahead in HORIZONS],
        dtype=np.float64,
    )
    growth = np.array([[growth_of_variance(one, ahead) for ahead in HORIZONS] for one in TRIED])
    gap = np.log(measured) - 0.5 * np.log(growth)
    best = int(np.argmin(gap.var(axis=1)))
    return Spread(float(np.exp(gap[best].mean())), exponent, float(TRIED[best]))


def size_exponent(change: Floats, residents: Floats) -> float:
    """Minus the slope of ln |change| on ln residents, not below zero."""
    y = np.log(np.maximum(np.abs(change), LEAST_CHANGE)) - MEAN_LN_ABS
    return float(max(0.0, -np.polyfit(np.log(residents / TYPICAL), y, 1)[0]))


def standard_sd(change: Floats, residents: Floats, exponent: float) -> float:
    """Half the width between the 10th and 90th percentile of changes brought to 10,000 residents."""
    typical = change * (residents / TYPICAL) ** exponent
    low, high = np.quantile(typical, [0.1, 0.9])
    return float((high - low) / (2.0 * Q90))


def national_employment(panel: Panel, until: int) -> National:
    """The country's employment rate of ages 18–64 until `until`."""
    years = [year for year in panel.years if year <= until]
    employed = np.array([np.nansum(panel.employed[:, panel.at(year)]) for year in years])
    people = np.array([np.nansum(panel.working_age(year)) for year in years])
    rate = np.log(employed / people)
    mean = float(rate.mean())
    before, after = rate[:-1] - mean, rate[1:] - mean
    persistence = float(np.clip((before @ after) / (before @ before), 0.0, 1.0))
    return National(float(np.std(after - persistence * before)), persistence, float(np.exp(mean)))


def _changes(
    panel: Panel, until: int, change: Callable[[int, int], Floats], ahead: int
) -> tuple[Floats, Floats]:
    """Changes over every window of `ahead` years, and the residents at its start, finite only."""
    found = [
        (change(year, year + ahead), panel.residents(year))
        for year in panel.years
        if year + ahead <= until and year + ahead in panel.years
    ]
    values, residents = (np.concatenate(parts) for parts in zip(*found, strict=True))
    known = np.isfinite(values) & (residents > 0)
    return values[known], residents[known]
