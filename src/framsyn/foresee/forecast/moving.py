"""Many places' ages tilted at once to the totals that they must have; see `model.mobility`."""

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.model.layout import AGES
from framsyn.model.mobility import MOVING

__all__ = ["MOVING", "stepwise", "tilt"]

LEAST = 1e-6
TILTS, LARGEST_TILT = 12, 1.0


def stepwise(steps: tuple[tuple[int, float], ...]) -> Floats:
    """[101] a value for each age from (first age, value)."""
    values = np.empty(AGES)
    for first, value in steps:
        values[first:] = value
    return values


def tilt(people: Floats, total: Floats, moving: Floats) -> Floats:
    """Persons [P, 2, 101] times exp(λ · moving), with λ so that they sum to `total` [P] (Newton)."""
    both = people.sum(axis=1)
    strength = np.zeros(len(people))
    for _ in range(TILTS):
        tilted = both * np.exp(strength[:, None] * moving)
        off = total - tilted.sum(axis=1)
        slope = np.maximum(tilted @ moving, LEAST)
        step = np.clip(off / slope, -LARGEST_TILT, LARGEST_TILT)
        strength = strength + step
        if np.abs(step).max() < 1e-13:
            break
    return people * np.exp(strength[:, None] * moving)[:, None, :]
