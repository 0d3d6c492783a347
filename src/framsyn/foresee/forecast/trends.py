"""Forecasts of totals from totals alone: members of the ensemble, and the rivals of every backtest.

Each takes the totals [P, Y] up to the base and gives totals [P, H] of the next years. NaN = not known;
a window that reaches before a place's first figure is cut to what there is.
"""

import numpy as np

from framsyn.calibrate.fitting import sum_by
from framsyn.core.arrays import Floats, Ints

LEAST_SHARE = 1e-9


def no_change(totals: Floats, horizon: int) -> Floats:
    """Everyone stays."""
    return np.repeat(totals[:, -1:], horizon, axis=1)


def yearly_change(values: Floats, window: int) -> Floats:
    """Mean yearly change [P] over the last `window` years, or since the first figure; 0 where one figure."""
    last = values.shape[1] - 1
    known = np.isfinite(values)
    first = np.maximum(np.argmax(known, axis=1), last - window)
    years = last - first
    start = values[np.arange(len(values)), first]
    change = (values[:, -1] - start) / np.maximum(years, 1)
    return np.where((years > 0) & np.isfinite(change), change, 0.0)


def linear(totals: Floats, horizon: int, window: int) -> Floats:
    """The mean yearly change goes on; not below a hundredth of today's."""
    ahead = np.arange(1, horizon + 1)
    path = totals[:, -1:] + yearly_change(totals, window)[:, None] * ahead
    return np.maximum(path, 0.01 * totals[:, -1:])


def exponential(totals: Floats, horizon: int, window: int) -> Floats:
    """The mean yearly growth rate goes on."""
    rate = yearly_change(np.log(totals), window)
    return np.asarray(totals[:, -1:] * np.exp(rate[:, None] * np.arange(1, horizon + 1)))


def linear_exponential(totals: Floats, horizon: int, window: int) -> Floats:
    """LIN/EXP: growth goes on along a line, decline along an exponential (Wilson 2017)."""
    growing = yearly_change(totals, window) >= 0.0
    return np.where(growing[:, None], linear(totals, horizon, window), exponential(totals, horizon, window))


def constant_share(totals: Floats, country: Floats) -> Floats:
    """CSP: every place keeps its share of the country's path [H]."""
    share = totals[:, -1] / totals[:, -1].sum()
    return np.outer(share, country)


def variable_share(totals: Floats, country: Floats, window: int) -> Floats:
    """VSG: growth of the growing and loss of the declining scaled to sum to the country's (plus-minus)."""
    horizon = len(country)
    change = yearly_change(totals, window)
    plus, minus = np.maximum(change, 0.0), np.minimum(change, 0.0)
    path, now = np.empty((len(totals), horizon)), totals[:, -1].astype(np.float64)
    for step in range(horizon):
        wanted = country[step] - now.sum()
        size = plus.sum() - minus.sum()
        root = 0.0
        if size > 0.0:
            a, b = plus.sum(), -minus.sum()
            root = (wanted + np.sqrt(wanted**2 + 4.0 * a * b)) / (2.0 * a) if a > 0.0 else 0.0
        up = plus * root
        down = minus / root if root > 0.0 else np.zeros_like(minus)
        if plus.sum() == 0.0 and minus.sum() < 0.0:
            down = minus * (wanted / minus.sum()) if wanted < 0.0 else minus
        now = np.maximum(now + up + down, 0.01 * totals[:, -1])
        path[:, step] = now
    return path


def controlled(path: Floats, country: Floats) -> Floats:
    """Paths [P, H] scaled to sum to the country's path [H]."""
    return np.asarray(path * (country / path.sum(axis=0)))


def log_shares(totals: Floats) -> Floats:
    """Logarithm [P, Y] of each place's share of the places known in every year that it is known."""
    country = country_totals(totals)
    return np.asarray(np.log(np.maximum(totals, LEAST_SHARE) / country))


def country_totals(totals: Floats) -> Floats:
    """The country's total [Y]; years that lack places are chained on the growth of those known."""
    country = np.empty(totals.shape[1])
    country[-1] = totals[:, -1].sum()
    for year in range(totals.shape[1] - 2, -1, -1):
        both = np.isfinite(totals[:, year]) & np.isfinite(totals[:, year + 1])
        growth = totals[both, year + 1].sum() / totals[both, year].sum() if both.any() else 1.0
        country[year] = country[year + 1] / growth
    return country


#: Shrunk growth: windows that are averaged, and residents who weigh as much as the neighbours.
SHRUNK_WINDOWS, SHRUNK_PERSONS = (3, 15), 1000.0


def shrunk_growth(totals: Floats, region: Ints, country: Floats) -> Floats:
    """Own growth of the share, shrunk toward places of the size and of the region where it is small."""
    horizon = len(country)
    shares = log_shares(totals)
    own = np.mean([yearly_change(shares, window) for window in SHRUNK_WINDOWS], axis=0)
    size = totals[:, -1]
    z = np.log(np.maximum(size, 1.0)) - 9.0
    design = np.stack([np.ones_like(z), z, z**2], axis=1)[:, : 3 if len(z) >= 30 else 1]
    weight = np.sqrt(size)
    root = np.sqrt(weight)[:, None]
    by_size = design @ np.linalg.lstsq(design * root, own * root[:, 0], rcond=None)[0]
    regions = int(region.max()) + 1
    by_region = sum_by(weight * own, region, regions) / sum_by(weight, region, regions)
    prior = 0.5 * by_size + 0.5 * by_region[region]
    trust = size / (size + SHRUNK_PERSONS)
    growth = trust * own + (1.0 - trust) * prior
    path = np.exp(shares[:, -1:] + growth[:, None] * np.arange(1, horizon + 1))
    return controlled(path, country)
