"""How well a figure tells two groups of lives apart, and how much of that chance alone can do.

The measure is the area under the ROC curve (AUC; Hanley & McNeil 1982): the chance that a figure of a life
of one group is above that of a life of the other, ties half. 0.5 tells nothing.
"""

from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from framsyn.model.layout import Floats

Mask = NDArray[np.bool_]
#: Chance that anything at all is told where nothing is there.
LEVEL = 0.05
#: Fewer lives than this in either group tell nothing.
LEAST_CASES = 10
#: Newton steps of the logistic curve, and the ridge that keeps it finite.
STEPS, RIDGE = 30, 1e-3
#: The curve is not told beyond what this share of the lives has seen.
SEEN = 0.99


def middle_ranks(values: Floats) -> Floats:
    """[n, K] ranks 1…n within each column, equal values alike."""
    ranks = np.empty(values.shape)
    for column in range(values.shape[1]):
        _, place, count = np.unique(values[:, column], return_inverse=True, return_counts=True)
        last = np.cumsum(count)
        ranks[:, column] = (last - (count - 1) / 2.0)[place]
    return ranks


def auc(values: Floats, found: Mask) -> Floats:
    """[K] area under the ROC curve of each column of `values` [n, K] for the lives `found` [n]."""
    inside, outside = int(found.sum()), int((~found).sum())
    if not inside or not outside:
        return np.full(values.shape[1], np.nan)
    above = middle_ranks(values)[found].sum(axis=0) - inside * (inside + 1) / 2.0
    return np.asarray(above / (inside * outside))


def pairwise_auc(values: Floats, classes: NDArray[np.int64], count: int) -> Floats:
    """[K] mean over pairs of classes of how far the AUC is from telling nothing (Hand & Till 2001)."""
    pairs = [(one, other) for one in range(count) for other in range(one)]
    told = np.zeros(values.shape[1])
    for one, other in pairs:
        among = (classes == one) | (classes == other)
        told += np.abs(auc(values[among], classes[among] == one) - 0.5)
    return np.asarray(0.5 + told / len(pairs))


def noise(inside: int, outside: int, tests: int) -> float:
    """How far from 0.5 the best of `tests` AUCs gets by chance, at LEVEL (Mann–Whitney, Bonferroni)."""
    spread = sqrt((inside + outside + 1) / (12.0 * inside * outside))
    return NormalDist().inv_cdf(1.0 - LEVEL / (2.0 * max(tests, 1))) * spread


def enough(found: Mask) -> bool:
    """Whether both groups have lives enough to be told apart."""
    return bool(min(found.sum(), (~found).sum()) >= LEAST_CASES)


def best_cut(values: Floats, found: Mask, above: bool) -> float:
    """The value [n] at which hits less false alarms are most (Youden 1950).

    Args:
        values: [n] of one figure.
        found: [n] the lives to be hit.
        above: whether a value above the cut is the alarm.
    """
    levels = np.unique(values)
    if len(levels) == 1:
        return float(levels[0])
    cuts = (levels[1:] + levels[:-1]) / 2.0
    inside, outside = np.sort(values[found]), np.sort(values[~found])
    gained = np.searchsorted(outside, cuts) / len(outside) - np.searchsorted(inside, cuts) / len(inside)
    return float(cuts[int(np.argmax(gained if above else -gained))])


def rates(alarm: Mask, found: Mask) -> tuple[float, float]:
    """Share of `found` with an alarm, and share of the others with one; NaN of none."""

    def share(among: Mask) -> float:
        return float(alarm[among].mean()) if among.any() else float("nan")

    return share(found), share(~found)


def half_at(values: Floats, found: Mask) -> float:
    """The value [n] at which a logistic curve puts half of the lives; NaN where no life has been there."""
    scale = float(values.std())
    if scale == 0.0:
        return float("nan")
    middle = float(values.mean())
    design = np.stack([np.ones(len(values)), (values - middle) / scale], axis=1)
    weights = np.zeros(2)
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30.0, 30.0)))
        slope = design.T @ (found - chance) - RIDGE * weights
        bend = (design * (chance * (1.0 - chance))[:, None]).T @ design + RIDGE * np.eye(2)
        weights = weights + np.linalg.solve(bend, slope)
    if weights[1] == 0.0:
        return float("nan")
    told = middle - scale * float(weights[0] / weights[1])
    low, high = np.quantile(values, (1.0 - SEEN, SEEN)).tolist()
    return told if low <= told <= high else float("nan")
