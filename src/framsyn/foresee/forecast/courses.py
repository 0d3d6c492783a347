"""How deviations run through the years: paths made of independent normals, standardised where asked."""

import numpy as np

from framsyn.core.arrays import Floats


def autoregressive_weights(years: int, persistence: float) -> Floats:
    """[H, H] weights of the innovations in x_t = persistence · x_(t−1) + e_t, from x_0 = 0."""
    lag = np.subtract.outer(np.arange(years), np.arange(years))
    return np.where(lag >= 0, persistence ** np.maximum(lag, 0), 0.0)


def integrated_weights(years: int, persistence: float) -> Floats:
    """[H, H] weights of the innovations in the running sum of an autoregressive path."""
    return np.asarray(np.cumsum(autoregressive_weights(years, persistence), axis=0))


def standard(weights: Floats) -> Floats:
    """Weights whose path has variance 1 in every year."""
    return np.asarray(weights / np.sqrt((weights**2).sum(axis=1, keepdims=True)))


def path(normals: Floats, weights: Floats) -> Floats:
    """Paths [..., H] from independent standard normals [..., H].

    Summed in the order of the years, so that a longer path begins with the same bits.
    """
    found = np.zeros_like(normals)
    for year in range(normals.shape[-1]):
        for earlier in range(year + 1):
            if weights[year, earlier] != 0.0:
                found[..., year] += weights[year, earlier] * normals[..., earlier]
    return found
