"""Empirical Bayes: how much a small municipality says about itself, and how much it borrows.

Counts (births, deaths, moves) follow gamma–Poisson: observed ~ Poisson(expected · λ) with λ gamma of
mean 1 and shape k, so that the posterior ratio is w·(observed/expected) + (1 − w), w = E/(E + k).
Net rates, which may be negative, follow normal–normal by age band.

Sources: Clayton & Kaldor (1987), Biometrics 43:671–681, doi:10.2307/2532003 (gamma–Poisson); Fay &
Herriot (1979), JASA 74:269–277, doi:10.1080/01621459.1979.10482505 (normal with known noise).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Search range of the gamma shape k. At the upper end places do not differ: all weight is borrowed.
SHAPE_RANGE = (1e-2, 1e7)
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_log_gamma = np.vectorize(math.lgamma, otypes=[np.float64])


@dataclass(frozen=True)
class Shrunk:
    """Ratios after borrowing.

    Attributes:
        ratio: [P] posterior ratio to the expected count, positive and finite.
        weight: [P] weight of the municipality's own count, 0…1.
        prior: [P] the ratio borrowed from places of its kind.
        shape: gamma shape k; the variance between places around the prior is 1/k (relative).

    """

    ratio: Floats
    weight: Floats
    prior: Floats
    shape: float


def maximise(function: Callable[[float], float], low: float, high: float) -> float:
    """Argument of the maximum of a unimodal function on [low, high], by golden section."""
    for _ in range(60):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if function(left) < function(right):
            low = left
        else:
            high = right
    return (low + high) / 2.0


def gamma_shape(observed: Floats, expected: Floats) -> float:
    """Gamma shape k by maximum likelihood of the negative binomial with mean `expected`.

    Args:
        observed: [P] counts, ≥ 0; effective (weighted) counts need not be whole.
        expected: [P] expected counts; places with none say nothing and are left out.

    Returns:
        k within `SHAPE_RANGE`; the relative variance between places is 1/k.

    """
    known = expected > 0
    o, e = observed[known], expected[known]

    def log_likelihood(log_k: float) -> float:
        k = math.exp(log_k)
        terms = _log_gamma(o + k) - math.lgamma(k) + k * log_k - (o + k) * np.log(e + k)
        return float(terms.sum())

    return math.exp(maximise(log_likelihood, math.log(SHAPE_RANGE[0]), math.log(SHAPE_RANGE[1])))


def shrink_weight(expected: Floats, shape: float) -> Floats:
    """Weight of a place's own count, w = E/(E + k), 0…1 (1 for the large, 0 for the small)."""
    weight: Floats = expected / (expected + shape)
    return weight


def log_linear_prior(observed: Floats, expected: Floats, design: Floats, shape: float) -> Floats:
    """Ratio that places of a kind share: ln ratio = design · β, by negative-binomial scoring.

    Args:
        observed, expected: [P] counts.
        design: [P, C] covariates, the first column ones.
        shape: gamma shape k; large places weigh as k, small ones as their expected count.

    Returns:
        [P] ratios, positive and finite.

    """
    beta = np.zeros(design.shape[1])
    beta[0] = math.log(max(observed.sum(), 0.5) / max(expected.sum(), 1e-9))
    ridge = 1e-3 * np.eye(design.shape[1])
    ridge[0, 0] = 1e-9
    for _ in range(25):
        mean = np.maximum(expected * np.exp(np.clip(design @ beta, -5, 5)), 1e-9)
        pull = 1.0 / (1.0 + mean / shape)
        score = design.T @ ((observed - mean) * pull) - ridge @ beta
        information = (design * (mean * pull)[:, None]).T @ design + ridge
        step = np.linalg.solve(information, score)
        beta = beta + np.clip(step, -1.0, 1.0)
    prior: Floats = np.exp(np.clip(design @ beta, -3, 3))
    return prior


def shrink_ratios(observed: Floats, expected: Floats, design: Floats | None = None) -> Shrunk:
    """Posterior ratios observed/expected, each place pulled to the prior of its kind.

    Args:
        observed: [P] counts ≥ 0.
        expected: [P] expected counts ≥ 0; where 0 the prior stands alone.
        design: [P, C] covariates of the prior (first column ones); None gives one common prior.

    Returns:
        Ratios, weights, prior and shape. No ratio is 0 or infinite.

    """
    columns = np.ones((len(observed), 1)) if design is None else design
    shape = 50.0
    prior = np.ones(len(observed))
    for _ in range(4):
        prior = log_linear_prior(observed, expected, columns, shape)
        shape = gamma_shape(observed, expected * prior)
    own = expected * prior
    ratio = prior * (observed + shape) / (own + shape)
    return Shrunk(ratio, shrink_weight(own, shape), prior, shape)


def effective_counts(counts: Floats, expected: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Add years of unequal weight so that the sums still vary as Poisson counts.

    Args:
        counts, expected: [P, Y].
        weights: [P, Y] > 0.

    Returns:
        Observed and expected [P], both times Σ wE / Σ w²E, which makes the variance equal the mean.

    """
    total = (expected * weights).sum(axis=1)
    spread = (expected * weights**2).sum(axis=1)
    scale = np.divide(total, spread, out=np.ones_like(total), where=total > 0)
    return scale * (counts * weights).sum(axis=1), scale * total


@dataclass(frozen=True)
class NormalPosterior:
    """Net rates after borrowing: `mean` [P, B], `weight` [P, B] of the own observation (0…1)."""

    mean: Floats
    weight: Floats


def shrink_normal(observed: Floats, noise: Floats, design: Floats, rounds: int = 25) -> NormalPosterior:
    """Posterior of correlated deviations with known noise, the prior learnt from all places (EM).

    Args:
        observed: [P, B] observed deviations; any finite number.
        noise: [P, B] variance of each observation, > 0.
        design: [P, C] covariates of the prior mean, first column ones.
        rounds: rounds of expectation–maximisation.

    Returns:
        Posterior means and the diagonal of the gain, clipped to 0…1.

    """
    places, bands = observed.shape
    mean = np.zeros((places, bands))
    cov = np.diag(np.maximum(observed.var(axis=0) - noise.mean(axis=0), 1e-6))
    posterior, gain = observed, np.zeros((places, bands, bands))
    eye = np.eye(bands)
    for _ in range(rounds):
        total = cov[None] + noise[:, :, None] * eye
        gain = np.swapaxes(np.linalg.solve(total, np.broadcast_to(cov, total.shape)), 1, 2)
        posterior = mean + np.einsum("pij,pj->pi", gain, observed - mean)
        left = np.einsum("pij,jk->pik", eye - gain, cov)
        coefficients = np.linalg.lstsq(design, posterior, rcond=None)[0]
        mean = design @ coefficients
        apart = posterior - mean
        empirical = (apart.T @ apart + left.sum(axis=0)) / places
        cov = 0.9 * empirical + 0.1 * np.diag(np.diag(empirical)) + 1e-9 * eye
    weight = np.clip(np.einsum("pii->pi", gain), 0.0, 1.0)
    return NormalPosterior(posterior, weight)
