"""Blocks of draws that share orders of causes: a draw's shares are the same whatever the number of draws."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from framsyn.evaluate.shares import Sharing, owen_sharing, pairs_of_orders
from framsyn.foresee.counter_random import standard_normals
from framsyn.model.layout import Floats

#: Draws of a block: fewer mean more orders, and more calls for the same number of simulations.
BLOCK = 10
PLACE = "orders"
LOW, HIGH = 0.1, 0.9


class Split(NamedTuple):
    """A figure of some draws, and how it has come about."""

    base: Floats  # [draw] what the change is counted from
    value: Floats  # [draw]
    shares: Floats  # [cause, draw]


def joined(splits: Iterable[Split]) -> Split:
    """The splits of all blocks as one."""
    base, value, shares = zip(*splits, strict=True)
    return Split(np.concatenate(base), np.concatenate(value), np.concatenate(shares, axis=1))


def blocks_of(draws: int) -> list[range]:
    """The blocks of the first draws; the last may be shorter."""
    return [range(first, min(first + BLOCK, draws)) for first in range(0, draws, BLOCK)]


def sharing_of(block: range, seed: int, groups: tuple[int, ...], rounds: int) -> Sharing:
    """Orders of causes in a block, drawn by its number: `rounds` for each pair of orders of the groups."""
    pairs, causes = len(pairs_of_orders(len(groups))), sum(groups)
    names = tuple(f"{pair} {cause}" for pair in range(pairs) for cause in range(causes))
    number = block.start // BLOCK
    normals = standard_normals(seed, range(number, number + 1), rounds, names, PLACE)
    return owen_sharing(groups, normals.reshape(rounds, pairs, causes))


def interval(values: Floats) -> tuple[float, float]:
    """The interval that holds 80 % of some draws."""
    low, high = np.quantile(values, (LOW, HIGH)).tolist()
    return low, high
