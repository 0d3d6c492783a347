"""What is known of a dimension, and the cloud of places that this leaves open.

In each dimension nothing is known at first: every place on the scale 0–100 is as likely. Data and
self-assessment are normal measurements of it, each with a stated standard deviation, so that what is known
is a normal law within the scale, with the mean of the two weighted by their precision (1/sd²). A dimension
of which neither tells anything stays open over the whole scale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.visions import places
from framsyn.foresee.postures import VISIONS
from framsyn.model.layout import Floats

SCALE = 100.0


class Measured(NamedTuple):
    """One measurement of a dimension: points 0–100, and its standard deviation in points."""

    mean: float
    sd: float

    @property
    def precision(self) -> float:
        """1/sd²; 0 where nothing is known."""
        return 1.0 / self.sd**2 if math.isfinite(self.sd) else 0.0


NOTHING = Measured(SCALE / 2.0, math.inf)


@dataclass(frozen=True)
class Basis:
    """What is known of one dimension, and from where.

    Attributes:
        kind: `data`, `assessment`, `both` or `nothing`.
        data: from the indicators, `NOTHING` where none is known.
        indicators: how many indicators that is the mean of.
        assessment: from the self-assessment, with the assumed spread beyond the answers' own.
        combined: the two by precision; within the scale it is what the cloud is drawn from.
    """

    dimension: str
    kind: str
    data: Measured
    indicators: int
    assessment: Measured
    combined: Measured

    @property
    def weight_of_data(self) -> float:
        """Share of the data in the combined mean, 0–1."""
        return self.data.precision / self.combined.precision if self.combined.precision else 0.0


def combine(one: Measured, other: Measured) -> Measured:
    """The two measurements by precision; `NOTHING` where neither tells anything."""
    precision = one.precision + other.precision
    if precision == 0.0:
        return NOTHING
    mean = (one.precision * one.mean + other.precision * other.mean) / precision
    return Measured(mean, 1.0 / math.sqrt(precision))


def draw(laws: Sequence[Measured], draws: int, seed: int) -> Floats:
    """[draw, dimension] draws of normal laws within the scale; of `NOTHING`, even over all of it."""
    uniform = _uniform(draws, seed)
    return np.stack([_within(law, uniform[:, place]) for place, law in enumerate(laws)], axis=1)


def redrawn(cloud: Floats, dimension: str, law: Measured, seed: int) -> Floats:
    """The cloud of this seed with another law for one dimension, at the same probabilities."""
    changed = cloud.copy()
    place = DIMENSIONS.index(dimension)
    changed[:, place] = _within(law, _uniform(len(cloud), seed)[:, place])
    return changed


def _uniform(draws: int, seed: int) -> Floats:
    return np.random.default_rng(seed).random((draws, len(DIMENSIONS)))


def _within(law: Measured, uniform: Floats) -> Floats:
    """The inverse of the normal law cut off at 0 and 100, at these probabilities."""
    if law.precision == 0.0:
        return SCALE * uniform
    normal = NormalDist(law.mean, law.sd)
    low, high = normal.cdf(0.0), normal.cdf(SCALE)
    inside = np.clip(low + uniform * (high - low), 1e-15, 1.0 - 1e-15)
    return np.clip([normal.inv_cdf(float(one)) for one in inside], 0.0, SCALE)


def distances_of(cloud: Floats) -> Floats:
    """[draw, vision] distance of each draw to each vision in the three dimensions, points."""
    return np.asarray(np.linalg.norm(cloud[:, None, :] - places()[None], axis=-1))


def nearest_shares(cloud: Floats) -> Floats:
    """[vision] share of the draws that are nearest to each; they sum to 1."""
    nearest = distances_of(cloud).argmin(axis=1)
    return np.bincount(nearest, minlength=len(VISIONS)) / len(cloud)


def shifted(cloud: Floats, dimension: str, shift: float) -> Floats:
    """The cloud with one dimension moved by so many points, within the scale."""
    moved = cloud.copy()
    place = DIMENSIONS.index(dimension)
    moved[:, place] = np.clip(moved[:, place] + shift, 0.0, SCALE)
    return moved
