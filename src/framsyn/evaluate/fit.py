"""Which future fits published figures best: a weight for each, the same for all beforehand.

The lives of each future are taken as a multivariate Student distribution with their mean and covariance,
over all figures and years at once, so that figures that hang together do not count twice. Its tails keep
a figure that no future holds from crowning the least wrong one. How far off the figures are from a future
at all is told apart from the weights: as the share of its lives that are at least as far off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import lgamma, log, pi

import numpy as np

from framsyn.evaluate.shift import DEFINITION
from framsyn.model.layout import Floats

#: Degrees of freedom of the tails.
FREEDOM = 10.0


@dataclass(frozen=True)
class Fit:
    """How well one future fits.

    Attributes:
        weight: its probability among the futures asked about, which were alike beforehand.
        at_least_as_far: share of its lives that are at least as far from its middle as the figures.
    """

    weight: float
    at_least_as_far: float


@dataclass(frozen=True)
class _Cloud:
    """The lives of one future: mean [figure] and covariance [figure, figure]."""

    mean: Floats
    covariance: Floats

    def distance(self, values: Floats) -> Floats:
        """[case] squared Mahalanobis distance of values [case, figure]."""
        off = values - self.mean
        return np.asarray(np.einsum("nf,nf->n", off, np.linalg.solve(self.covariance, off.T).T))

    def log_density(self, values: Floats) -> float:
        """Logarithm of the Student density at values [figure]."""
        count = len(values)
        spread = self.covariance * (FREEDOM - 2.0) / FREEDOM
        _, log_det = np.linalg.slogdet(spread)
        far = float(self.distance(values[None])[0]) * FREEDOM / (FREEDOM - 2.0)
        told = lgamma((FREEDOM + count) / 2.0) - lgamma(FREEDOM / 2.0) - 0.5 * count * log(FREEDOM * pi)
        return told - 0.5 * float(log_det) - 0.5 * (FREEDOM + count) * log(1.0 + far / FREEDOM)


def fits(lives: Mapping[str, Floats], values: Floats, slack: Floats) -> dict[str, Fit]:
    """How well each future fits.

    Args:
        lives: [draw, figure] by future.
        values: [figure] as published.
        slack: [figure] half of the last decimal published.
    """
    floor = slack + DEFINITION * np.abs(np.median(np.concatenate(list(lives.values())), axis=0))
    clouds = {name: cloud(one, floor) for name, one in lives.items()}
    told = np.array([one.log_density(values) for one in clouds.values()])
    weights = np.exp(told - told.max())
    weights /= weights.sum()
    return {
        name: Fit(float(weight), at_least_as_far(lives[name], values, floor))
        for name, weight in zip(lives, weights, strict=True)
    }


def cloud(lives: Floats, floor: Floats) -> _Cloud:
    """Mean and covariance of lives [draw, figure], shrunk to a diagonal (Ledoit & Wolf 2004)."""
    mean = lives.mean(axis=0)
    scale = np.hypot(lives.std(axis=0), floor)
    standard = (lives - mean) / scale
    raw = standard.T @ standard / len(lives)
    target = np.diag(np.diag(raw))
    spread = float(((raw - target) ** 2).sum())
    chance = (standard**2).T @ (standard**2) / len(lives) - raw**2
    noise = float(chance.sum() - np.trace(chance)) / len(lives)
    part = min(1.0, noise / spread) if spread > 0.0 else 1.0
    shrunk = (1.0 - part) * raw + part * target
    return _Cloud(mean, (shrunk * np.outer(scale, scale)) + np.diag(floor**2))


def at_least_as_far(lives: Floats, values: Floats, floor: Floats) -> float:
    """Share of lives [draw, figure] that are at least as far off as values [figure].

    The distance is learned on half of the lives and compared with those of the other half, to which it is
    as strange as to the figures.
    """
    known = cloud(lives[::2], floor)
    others = known.distance(lives[1::2])
    far = float(known.distance(values[None])[0])
    return float((1 + (others >= far).sum()) / (1 + len(others)))
