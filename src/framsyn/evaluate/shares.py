"""How a change is shared among causes that act on one another, whatever the order in which they are told.

The Owen value (Owen 1977, Values of games with a priori unions) is the Shapley value for causes that come
in groups: the mean of what a cause adds over every order in which the groups, and the causes inside its
own group, can come. A group's shares sum to the group's own Shapley value, and all of them to the change.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@cache
def owen_weights(groups: tuple[int, ...]) -> tuple[tuple[int, ...], Floats]:
    """Which coalitions must be valued, and how much each counts in every cause's share.

    Args:
        groups: the number of causes in each group; causes are counted through, group after group.

    Returns:
        the coalitions, each a number whose bit *i* tells that cause *i* is on, with the empty one
        first; and weights [cause, coalition] with which shares are weights @ values.
    """
    members = _members(groups)
    told: list[dict[int, float]] = []
    for own in range(len(groups)):
        told += [_of_one(cause, own, members) for cause in members[own]]
    coalitions = tuple(sorted({one for weights in told for one in weights}))
    place = {one: column for column, one in enumerate(coalitions)}
    matrix = np.zeros((len(told), len(coalitions)))
    for cause, weights in enumerate(told):
        for one, weight in weights.items():
            matrix[cause, place[one]] = weight
    return coalitions, matrix


def _members(groups: Sequence[int]) -> list[range]:
    """The causes of each group."""
    edges = np.cumsum([0, *groups]).tolist()
    return [range(first, last) for first, last in pairwise(edges)]


def _of_one(cause: int, own: int, members: Sequence[range]) -> dict[int, float]:
    """The weight of each coalition in the share of one cause of the group `own`."""
    others = [mask(group) for place, group in enumerate(members) if place != own]
    fellows = [1 << one for one in members[own] if one != cause]
    weights: dict[int, float] = {}
    for outer in range(len(others) + 1):
        for inner in range(len(fellows) + 1):
            weight = 1.0 / (len(members) * comb(len(others), outer))
            weight /= len(members[own]) * comb(len(fellows), inner)
            for before in combinations(others, outer):
                for with_it in combinations(fellows, inner):
                    without = sum(before) + sum(with_it)
                    weights[without] = weights.get(without, 0.0) - weight
                    with_cause = without | 1 << cause
                    weights[with_cause] = weights.get(with_cause, 0.0) + weight
    return weights


def mask(causes: Sequence[int]) -> int:
    """The coalition of these causes."""
    return sum(1 << one for one in causes)
