"""A short list that stands for a long front."""

import numpy as np

from framsyn.choose.dominance import BEYOND, Places, Scale, hypervolume, nondominated
from framsyn.model.layout import Floats

#: A row that adds this share of the most that any could add is taken without looking further.
NEAR = 0.98


def extremes(objectives: Floats) -> list[int]:
    """Places of the best row of each objective, each place once.

    Of rows equally good in it, the one that is best over the other objectives, in shares of their ranges.
    """
    if not len(objectives):
        return []
    shares = Scale(objectives)(objectives)
    total = shares.sum(axis=1)
    best = [int(np.lexsort((total, shares[:, place]))[0]) for place in range(objectives.shape[1])]
    return list(dict.fromkeys(best))


def farthest(shares: Floats, size: int, chosen: list[int]) -> list[int]:
    """`chosen` and more places, each time the one farthest from all before, until there are `size`."""
    kept = list(chosen)
    distance = np.full(len(shares), np.inf)
    for place in kept:
        distance = np.minimum(distance, ((shares - shares[place]) ** 2).sum(axis=1))
    while len(kept) < size:
        place = int(distance.argmax())
        if distance[place] <= 0.0:
            break
        kept.append(place)
        distance = np.minimum(distance, ((shares - shares[place]) ** 2).sum(axis=1))
    return kept


def _added(shares: Floats, kept: list[int], place: int, edge: Floats) -> float:
    """Hypervolume that one row adds to those kept: its own box less what they dominate of it."""
    own = shares[place]
    within = np.maximum(shares[kept], own)
    return float(np.prod(edge - own)) - hypervolume(within, edge)


def thin(objectives: Floats, size: int) -> Places:
    """Places, in order, of at most `size` rows that together dominate nearly as much as all rows.

    The best row of each objective always stays (the first of them, if `size` is less than the objectives).
    The rest are added one by one, each time a row that adds nearly the most hypervolume, as greedy selection
    comes near the best set of its size (Guerreiro, Fonseca & Paquete 2016). Rows that are beaten are left
    out.

    Args:
        objectives: [row, objective], less is better.
        size: how many rows at most.
    """
    front = nondominated(objectives)
    if len(front) <= size:
        return front
    shares = Scale(objectives[front])(objectives[front])
    edge = np.full(shares.shape[1], 1.0 + BEYOND)
    boxes: Floats = np.prod(edge - shares, axis=1)
    # What a row adds only falls as others are kept, so an old figure is a bound, and so is the row's box less
    # what any one row kept dominates of it. Only rows of highest bound are looked at, until one is near it.
    bound, counted = boxes.copy(), np.zeros(len(shares), dtype=bool)
    kept: list[int] = []
    ends = extremes(objectives[front])
    while len(kept) < size:
        at_end = len(kept) < len(ends)
        place = ends[len(kept)] if at_end else int(bound.argmax())
        highest = bound[place]
        if not at_end and not counted[place]:
            bound[place], counted[place] = min(highest, _added(shares, kept, place, edge)), True
        if at_end or bound[place] >= NEAR * highest:
            kept.append(place)
            shared = np.prod(edge - np.maximum(shares, shares[place]), axis=1)
            bound, counted[:] = np.minimum(bound, boxes - shared), False
            bound[kept] = -np.inf
    return np.sort(front[kept])
