"""Draws of effects weighted by how near the moments of their histories come to what data say.

Each set of effects is lived in the same few worlds. The mean of a moment over them is compared with its
target; what two worlds tell apart is chance, and is added to the tolerance. A moment that hardly any set of
effects meets says that the structure, not a coefficient, is wrong: it is left out of the weights, and shown.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.model.layout import Floats

#: Distance, in tolerances with chance, within which a draw of effects meets a moment, and the share of draws
#: that must, for the moment to weigh.
NEAR, LEAST_NEAR = 1.0, 0.05
#: Posterior over prior standard deviation below which a coefficient is learned, and permutations that
#: tell what chance would do.
LEARNED, PERMUTATIONS = 0.9, 400
CHANCE = 0.05

Bools = NDArray[np.bool_]


class Weighted(NamedTuple):
    """Draws of effects with their weights.

    Attributes:
        weights: [draw] summing to 1.
        effective: effective sample size, 1 / Σ w².
        used: [moment] whether it weighs.
        before, after: [moment] mean over the draws, unweighted and weighted.
        distance: [draw, moment] from the target, in tolerances with chance.
        chance: [moment] standard deviation between worlds of the mean over the worlds.
    """

    weights: Floats
    effective: float
    used: Bools
    before: Floats
    after: Floats
    distance: Floats
    chance: Floats


def weighted(values: Floats, targets: Floats, tolerances: Floats) -> Weighted:
    """Weigh draws of effects by the moments.

    Args:
        values: [draw, world, moment].
        targets, tolerances: [moment].
    """
    mean, chance = values.mean(axis=1), between_worlds(values)
    distance = (mean - targets) / np.sqrt(tolerances**2 + chance**2)
    used = (np.abs(distance) <= NEAR).mean(axis=0) >= LEAST_NEAR
    weights = from_distance(distance[:, used])
    return Weighted(
        weights, effective_size(weights), used, mean.mean(axis=0), weights @ mean, distance, chance
    )


def between_worlds(values: Floats) -> Floats:
    """[moment] standard deviation of the mean over worlds of [draw, world, moment] that chance makes."""
    worlds = values.shape[1]
    if worlds < 2:
        return np.zeros(values.shape[2])
    return np.asarray(np.sqrt(values.var(axis=1, ddof=1).mean(axis=0) / worlds))


def from_distance(distance: Floats) -> Floats:
    """[draw] weights from distances [draw, moment] of independent normal moments."""
    log = -0.5 * (distance**2).sum(axis=1)
    raw = np.exp(log - log.max()) if log.size else log
    return np.asarray(raw / raw.sum())


def effective_size(weights: Floats) -> float:
    """How many equally weighted draws tell as much."""
    return float(1.0 / np.sum(weights**2))


class Learned(NamedTuple):
    """What the weights say of one coefficient.

    Attributes:
        ratio: posterior over prior standard deviation.
        shift: change of the mean, in prior standard deviations.
        ratio_by_chance: the ratio that weights dealt out at random stay above in 95 of 100.
        shift_by_chance: the shift that they stay below in 95 of 100, either way.
    """

    ratio: float
    shift: float
    ratio_by_chance: float
    shift_by_chance: float

    @property
    def narrower(self) -> bool:
        """Whether the range is narrower than chance makes it, and below `LEARNED`."""
        return self.ratio < min(LEARNED, self.ratio_by_chance)

    @property
    def moved(self) -> bool:
        """Whether the mean moves more than chance moves it."""
        return abs(self.shift) > self.shift_by_chance


def learned(values: Floats, weights: Floats, seed: int = 1) -> Learned:
    """What the weights [draw] say of a coefficient's values [draw]."""
    random = np.random.default_rng(seed)
    dealt = np.array([_moved(values, random.permutation(weights)) for _ in range(PERMUTATIONS)])
    ratio, shift = _moved(values, weights)
    return Learned(
        ratio,
        shift,
        float(np.quantile(dealt[:, 0], CHANCE)),
        float(np.quantile(np.abs(dealt[:, 1]), 1.0 - CHANCE)),
    )


def _moved(values: Floats, weights: Floats) -> tuple[float, float]:
    sd = float(values.std())
    if sd == 0.0:
        return 1.0, 0.0
    mean = float(weights @ values)
    return float(np.sqrt(weights @ (values - mean) ** 2)) / sd, (mean - float(values.mean())) / sd
