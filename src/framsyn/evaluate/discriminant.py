"""Which class a case belongs to by a few figures: the linear discriminant (Fisher 1936), lightly shrunk.

Classes count alike, whatever their number of cases. Figures are taken in one by one while they make the
forecast of classes better in cases that were left out (folds), by more than its standard error.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.model.layout import Floats

Ints = NDArray[np.int64]
#: Part by which correlations are pulled to nil, so that twin figures do no harm.
SHRINKAGE = 0.02
FOLDS, MOST = 5, 4
#: A probability is not taken below this in the score, so that one case does not decide.
LEAST_CHANCE = 1e-4


@dataclass(frozen=True)
class Discriminant:
    """A learned rule.

    Attributes:
        columns: [d] the figures that it looks at.
        means: [class, d].
        precision: [d, d] inverse of the covariance within classes.
    """

    columns: tuple[int, ...]
    means: Floats
    precision: Floats

    def chances(self, values: Floats) -> Floats:
        """[case, class] probability of each class by values [case, K], classes alike beforehand."""
        off = values[:, None, list(self.columns)] - self.means
        score = -0.5 * np.einsum("ncd,de,nce->nc", off, self.precision, off)
        weight = np.exp(score - score.max(axis=1, keepdims=True))
        return np.asarray(weight / weight.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Moments:
    """What is learned of all figures at once: means [class, K] and covariance within classes [K, K]."""

    means: Floats
    within: Floats

    def rule(self, columns: Sequence[int]) -> Discriminant:
        """The rule by some of the figures."""
        chosen = list(columns)
        return Discriminant(
            tuple(chosen),
            self.means[:, chosen],
            np.asarray(np.linalg.inv(self.within[np.ix_(chosen, chosen)]), dtype=np.float64),
        )


def moments(values: Floats, classes: Ints, count: int) -> Moments:
    """Means and covariance within the classes 0…`count` − 1 of values [case, K]."""
    means = np.stack([values[classes == one].mean(axis=0) for one in range(count)])
    within = np.zeros((values.shape[1], values.shape[1]))
    for one in range(count):
        off = values[classes == one] - means[one]
        within += off.T @ off / len(off) / count
    scale = np.diag(within).copy()
    scale[scale <= 0.0] = 1.0
    within *= 1.0 - SHRINKAGE
    within[np.diag_indices_from(within)] = scale
    return Moments(means, within)


def select(
    values: Floats, classes: Ints, count: int, fold: Ints, among: Sequence[int], most: int = MOST
) -> tuple[int, ...]:
    """The few figures among those of values [case, K] that best foretell the class together.

    Args:
        values: [case, K].
        classes: [case] 0…`count` − 1.
        count: number of classes.
        fold: [case] 0…FOLDS − 1: a case is foretold from the other folds.
        among: the figures that may be taken.
        most: no more than this.
    """
    learned = [moments(values[fold != one], classes[fold != one], count) for one in range(FOLDS)]
    share = np.bincount(classes, minlength=count) * count / len(classes)
    weight = 1.0 / share[classes]

    def loss(columns: Sequence[int]) -> Floats:
        lost = np.empty(len(values))
        for one, known in enumerate(learned):
            left = fold == one
            told = known.rule(columns).chances(values[left])
            lost[left] = -np.log(np.maximum(told[np.arange(left.sum()), classes[left]], LEAST_CHANCE))
        return np.asarray(lost * weight)

    chosen: tuple[int, ...] = ()
    now = np.full(len(values), np.log(count)) * weight
    while len(chosen) < most:
        tried = [(loss((*chosen, one)), one) for one in among if one not in chosen]
        if not tried:
            break
        best, taken = min(tried, key=lambda pair: float(pair[0].mean()))
        gain = now - best
        if gain.mean() <= gain.std() / np.sqrt(len(gain)):
            break
        chosen, now = (*chosen, taken), best
    return chosen
