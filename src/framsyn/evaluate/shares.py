"""How a change is shared among causes that act on one another, whatever the order in which they come.

The Owen value (Owen 1977, Values of games with a priori unions) is the Shapley value for causes that come in
groups: the mean of what a cause adds over every order in which the groups, and the causes inside each group,
can come. With thirty causes there are far too many orders, so some are drawn, each with its reverse
(Mitchell, Cooper, Frank & Holmes 2022, Sampling permutations for Shapley value estimation). Along every
order the steps sum to the change, and so do their means. Every order of the groups is taken, so a group's
sum is its own Shapley value. Inside a group the mean over an order and its reverse is exact as long as no
three causes act together, and unbiased always; else the orders add to the interval of a cause, never to
the sum.
"""

from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np

from framsyn.model.layout import Floats

Order = tuple[int, ...]


class Sharing(NamedTuple):
    """Which coalitions must be simulated, and how their values become shares: weights @ values."""

    coalitions: tuple[int, ...]  # bit i says that cause i is on; the empty one first, all causes last
    weights: Floats  # [cause, coalition]


def owen_sharing(groups: Sequence[int], priorities: Floats) -> Sharing:
    """The coalitions and weights of orders drawn by `priorities`.

    Args:
        groups: the number of causes in each group; causes are counted through, group after group.
        priorities: [round, pair, cause] independent numbers: causes of a group come by rising number, and
            pairs are as many as `pairs_of_orders`.
    """
    pairs = pairs_of_orders(len(groups))
    orders: list[Order] = []
    for numbers in priorities:
        for order, priority in zip(pairs, numbers, strict=True):
            forward = order_of(groups, order, priority)
            orders += [forward, forward[::-1]]
    return sharing_along(orders)


def pairs_of_orders(groups: int) -> tuple[Order, ...]:
    """One of each pair of an order of the groups and its reverse."""
    return tuple(order for order in permutations(range(groups)) if order <= order[::-1])


def order_of(groups: Sequence[int], order: Order, priority: Floats) -> Order:
    """The causes in the order of their groups, inside a group by rising `priority` [cause]."""
    edges = np.cumsum([0, *groups]).tolist()
    members = [range(first, last) for first, last in pairwise(edges)]
    return tuple(cause for group in order for cause in sorted(members[group], key=lambda i: priority[i]))


def sharing_along(orders: Sequence[Order]) -> Sharing:
    """The coalitions along some orders of the causes, and the weights of each cause's mean step."""
    reached = {mask(order[:at]) for order in orders for at in range(len(order) + 1)}
    coalitions = tuple(sorted(reached))
    column = {coalition: at for at, coalition in enumerate(coalitions)}
    weights = np.zeros((len(orders[0]), len(coalitions)))
    for order in orders:
        on = 0
        for cause in order:
            weights[cause, column[on]] -= 1.0 / len(orders)
            on |= 1 << cause
            weights[cause, column[on]] += 1.0 / len(orders)
    return Sharing(coalitions, weights)


def mask(causes: Sequence[int]) -> int:
    """The coalition of these causes."""
    return sum(1 << cause for cause in causes)
