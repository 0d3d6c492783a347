"""Random paths that worlds are made of, from standard normals [draw, year]."""

from functools import cache

import numpy as np

from framsyn.model.layout import Floats


def autoregressive(normals: Floats, persistence: float, innovation: float) -> Floats:
    """Paths [draw, year] of x_t = persistence · x_(t−1) + innovation · normal_t, from x_0 = 0."""
    paths = np.empty_like(normals)
    before = np.zeros(normals.shape[0])
    for year in range(normals.shape[1]):
        before = persistence * before + innovation * normals[:, year]
        paths[:, year] = before
    return paths


def autoregressive_variance(years: int, persistence: float, innovation: float) -> Floats:
    """Variance [year] of `autoregressive` after 1, 2, … years."""
    powers = persistence ** (2.0 * np.arange(years))
    variance: Floats = innovation**2 * np.cumsum(powers)
    return variance


def second_order(
    normals: Floats, weights: tuple[float, float], innovation: float, now: float = 0.0, before: float = 0.0
) -> Floats:
    """Paths [draw, year] of x_t = a·x_(t−1) + b·x_(t−2) + innovation · normal_t.

    Args:
        normals: standard normals [draw, year].
        weights: a and b.
        innovation: standard deviation of what a year brings.
        now: x of the base year.
        before: x of the year before it.
    """
    last, next_to_last = weights
    paths = np.empty_like(normals)
    recent, earlier = np.full(len(normals), now), np.full(len(normals), before)
    for year in range(normals.shape[1]):
        recent, earlier = last * recent + next_to_last * earlier + innovation * normals[:, year], recent
        paths[:, year] = recent
    return paths


def second_order_mean(years: int, weights: tuple[float, float], now: float, before: float) -> Floats:
    """Expected path [year] of `second_order`: how a state reverts to the mean without shocks."""
    path: Floats = second_order(np.zeros((1, years)), weights, 0.0, now, before)[0]
    return path


def second_order_variance(years: int, weights: tuple[float, float], innovation: float) -> Floats:
    """Variance [year] of `second_order` around its expected path after 1, 2, … years."""
    impulse = np.zeros((1, years))
    impulse[0, :1] = 1.0
    response = second_order(impulse, weights, 1.0)[0]
    variance: Floats = innovation**2 * np.cumsum(response**2)
    return variance


def multiplier(normals: Floats, persistence: float, innovation: float) -> Floats:
    """Positive paths [draw, year] whose logarithm is autoregressive and whose mean is 1 in each year."""
    return np.exp(centred_walk(normals, persistence, innovation))


def centred_walk(normals: Floats, persistence: float, innovation: float) -> Floats:
    """The logarithm [draw, year] of `multiplier`."""
    variance = autoregressive_variance(normals.shape[1], persistence, innovation)
    walk: Floats = autoregressive(normals, persistence, innovation) - 0.5 * variance
    return walk


def companions(leading: Floats, own: Floats, correlation: float, years: int) -> Floats:
    """Standard normals [draw, year], independent from year to year, that foretell others.

    Each has `correlation` with the `leading` normal of its own year and of the following `years` − 1.

    Args:
        leading: independent standard normals [draw, year], `years` − 1 more years than `own`.
        own: independent standard normals [draw, year].
        correlation: with each of them; `years` · correlation must be below 1.
        years: how many.
    """
    count = own.shape[1]
    weights = _companion_weights(count, correlation, years)
    normals = np.zeros_like(own)
    for ahead in range(years):
        normals += correlation * leading[:, ahead : ahead + count]
        normals[:, ahead:] += weights[ahead:, ahead] * own[:, : count - ahead]
    return normals


@cache
def _companion_weights(count: int, correlation: float, years: int) -> Floats:
    """Weights [year, years back] of own normals that leave a sum with moving leaders independent by year.

    The banded Cholesky factor of what the leaders leave: 1 − years · c² of a year's variance, and
    −(years − k) · c² between years that lie k apart. Row by row, so that more years begin with the same.
    """
    left = np.array([float(back == 0) - (years - back) * correlation**2 for back in range(years)])
    factor = np.zeros((count, years))
    for year in range(count):
        for back in range(min(years - 1, year), -1, -1):
            earlier = year - back
            shared = sum(
                factor[year, back + more] * factor[earlier, more]
                for more in range(1, min(years - back, earlier + 1))
            )
            rest = left[back] - shared
            factor[year, back] = np.sqrt(rest) if back == 0 else rest / factor[earlier, 0]
    return factor


def small_numbers(normals: Floats, expected: float) -> Floats:
    """Positive multipliers with mean 1 and the relative variance 1/expected of a Poisson count.

    Args:
        normals: standard normals of any shape.
        expected: expected count a year, > 0.
    """
    variance = np.log1p(1.0 / expected)
    noise: Floats = np.exp(np.sqrt(variance) * normals - 0.5 * variance)
    return noise
