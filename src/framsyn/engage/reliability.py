"""How much of the difference between respondents' scores is more than noise: alpha and omega."""

from typing import NamedTuple

import numpy as np

from framsyn.engage.statements import Floats

#: The fewest respondents who must have answered each pair of statements.
LEAST_PAIRS = 10
MOST_ROUNDS, PRECISION = 5_000, 1e-10


class Reliability(NamedTuple):
    """Alpha and omega of a dimension, NaN where they cannot be told; from how many respondents."""

    alpha: float
    omega: float
    respondents: int


def reliability(items: Floats) -> Reliability:
    """Reliability of the sum of items.

    Args:
        items: [respondent, item], all pointing the same way, NaN = don't know.
    """
    count = int(np.isfinite(items).any(axis=1).sum())
    covariance = pairwise_covariance(items)
    if not np.isfinite(covariance).all():
        return Reliability(float("nan"), float("nan"), count)
    return Reliability(alpha(covariance), omega(covariance), count)


def pairwise_covariance(items: Floats) -> Floats:
    """Covariance of each pair over those who answered both; NaN where they are fewer than `LEAST_PAIRS`."""
    known = np.isfinite(items).astype(np.float64)
    filled = np.where(known > 0.0, items, 0.0)
    counts = known.T @ known
    safe = np.maximum(counts, 2.0)
    sums = filled.T @ known  # [i, j]: sum of item i over those who answered i and j
    products = filled.T @ filled
    covariance = (products - sums * sums.T / safe) / (safe - 1.0)
    return np.where(counts >= LEAST_PAIRS, covariance, np.nan)


def alpha(covariance: Floats) -> float:
    """Cronbach's alpha: k/(k − 1) · (1 − trace/total) of the covariance of k items (Cronbach 1951)."""
    items, total = len(covariance), float(covariance.sum())
    if items < 2 or total <= 0.0:
        return float("nan")
    return items / (items - 1) * (1.0 - float(np.trace(covariance)) / total)


def omega(covariance: Floats) -> float:
    """McDonald's omega of one common factor: (Σλ)² / ((Σλ)² + Σψ) (McDonald 1999).

    Loadings λ by iterated principal axes of the correlations, whose fixed point is the unweighted
    least-squares solution, brought back to the items' own scale; ψ = variance − λ².
    """
    spread = np.sqrt(np.diag(covariance))
    if np.count_nonzero(spread) < 3:  # one factor of two items is not determined
        return float("nan")
    loadings = spread * one_factor(_correlation(covariance, spread))
    common = float(loadings.sum()) ** 2
    unique = float((spread**2 - loadings**2).sum())
    return common / (common + unique)


def one_factor(correlation: Floats) -> Floats:
    """Standardised loadings of one common factor by iterated principal axes; communalities at most 1."""
    loadings = np.zeros(len(correlation))
    communality = np.abs(correlation - np.eye(len(correlation))).max(axis=0)
    for _ in range(MOST_ROUNDS):
        reduced = correlation.copy()
        np.fill_diagonal(reduced, communality)
        values, vectors = np.linalg.eigh(reduced)
        loadings = np.sqrt(max(float(values[-1]), 0.0)) * vectors[:, -1]
        settled = np.minimum(loadings**2, 1.0)
        if np.abs(settled - communality).max() < PRECISION:
            break
        communality = settled
    return np.clip(loadings, -1.0, 1.0)


def _correlation(covariance: Floats, spread: Floats) -> Floats:
    """Correlations; an item that everybody answers alike goes with none."""
    safe = np.where(spread > 0.0, spread, 1.0)
    correlation: Floats = covariance / np.outer(safe, safe)
    np.fill_diagonal(correlation, 1.0)
    return correlation
