"""Random paths that worlds are made of, from standard normals [draw, year]."""

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


def multiplier(normals: Floats, persistence: float, innovation: float) -> Floats:
    """Positive paths [draw, year] whose logarithm is autoregressive and whose mean is 1 in each year."""
    variance = autoregressive_variance(normals.shape[1], persistence, innovation)
    return np.exp(autoregressive(normals, persistence, innovation) - 0.5 * variance)


def small_numbers(normals: Floats, expected: float) -> Floats:
    """Positive multipliers with mean 1 and the relative variance 1/expected of a Poisson count.

    Args:
        normals: standard normals of any shape.
        expected: expected count a year, > 0.
    """
    variance = np.log1p(1.0 / expected)
    noise: Floats = np.exp(np.sqrt(variance) * normals - 0.5 * variance)
    return noise
