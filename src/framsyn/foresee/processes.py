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
    return innovation**2 * np.cumsum(powers)


def multiplier(normals: Floats, persistence: float, innovation: float) -> Floats:
    """Positive paths [draw, year] whose logarithm is autoregressive and whose mean is 1 in each year."""
    variance = autoregressive_variance(normals.shape[1], persistence, innovation)
    return np.exp(autoregressive(normals, persistence, innovation) - 0.5 * variance)


def yearly(normals: Floats, sd: float) -> Floats:
    """Positive multipliers with mean 1 whose logarithms are independent with standard deviation `sd`."""
    return np.exp(sd * normals - 0.5 * sd**2)


def integrated(normals: Floats, correlation: float, sd: float) -> Floats:
    """Positive paths [draw, year] with mean 1 whose yearly changes of the logarithm are correlated.

    Args:
        normals: standard normals [draw, year].
        correlation: between the changes of one year and the next.
        sd: standard deviation of a year's change in the long run.

    """
    changes = autoregressive(normals, correlation, sd * np.sqrt(1.0 - correlation**2))
    weights = np.cumsum(correlation ** np.arange(normals.shape[1]))
    variance = sd**2 * (1.0 - correlation**2) * np.cumsum(weights**2)
    return np.exp(np.cumsum(changes, axis=1) - 0.5 * variance)


#: Share of the lasting deviation's variance that is not known today: the base level is estimated from
#: late years, which tell about half of it.
UNKNOWN_TODAY = 0.5


def wandering(start: Floats, normals: Floats, persistence: float, sd: float) -> Floats:
    """Positive paths [draw, year] with mean 1 around an uncertain level of today.

    Args:
        start: standard normals [draw] of today's unknown deviation.
        normals: standard normals [draw, year].
        persistence: of the logarithm from year to year.
        sd: long-run standard deviation of the logarithm.

    """
    years = np.arange(1, normals.shape[1] + 1)
    innovation = sd * np.sqrt(1.0 - persistence**2)
    known = persistence**years
    paths = autoregressive(normals, persistence, innovation)
    paths += np.sqrt(UNKNOWN_TODAY) * sd * start[:, None] * known
    variance = autoregressive_variance(len(years), persistence, innovation)
    return np.exp(paths - 0.5 * (variance + UNKNOWN_TODAY * sd**2 * known**2))


def small_numbers(normals: Floats, expected: float) -> Floats:
    """Positive multipliers with mean 1 and the relative variance 1/expected of a Poisson count.

    Args:
        normals: standard normals of any shape.
        expected: expected count a year, > 0.
    """
    variance = np.log1p(1.0 / expected)
    return np.exp(np.sqrt(variance) * normals - 0.5 * variance)
