"""Who may have children: champions of directions spread over the objectives, and loners between them."""

import numpy as np

from framsyn.choose.dominance import Places, Scale, nondominated
from framsyn.choose.thinning import extremes, farthest
from framsyn.model.layout import Floats

#: Directions are picked from this many times as many random ones, so that they lie evenly.
CANDIDATES = 20
#: The least share of a direction on an objective, and the weight on the sum that parts equals.
LEAST, AUGMENT = 1e-3, 1e-3


def directions(count: int, objectives: int, rng: np.random.Generator) -> Floats:
    """Directions [row, objective] that sum to 1, evenly over the simplex, its corners among them."""
    drawn = rng.exponential(size=(CANDIDATES * count, objectives))
    drawn = np.vstack([np.eye(objectives), drawn / drawn.sum(axis=1, keepdims=True)])
    return drawn[farthest(drawn, max(count, objectives), list(range(objectives)))]


def champions(shares: Floats, toward: Floats) -> Places:
    """Places of the rows [row, objective] that reach farthest along each direction, each place once.

    The measure is the augmented achievement function of Wierzbicki (1980): the largest share over the
    direction's, plus a little of the sum. Rows that win a sliver in one objective by losing much in
    another, of which many objectives breed very many, are no champions.
    """
    worst = np.full((len(toward), len(shares)), -np.inf)
    for objective in range(shares.shape[1]):
        along = np.maximum(toward[:, None, objective], LEAST)
        np.maximum(worst, shares[None, :, objective] / along, out=worst)
    worst += AUGMENT * shares.sum(axis=1)
    return np.unique(worst.argmin(axis=1))


def spread_out(objectives: Floats, size: int, toward: Floats) -> Places:
    """Places of `size` rows of a front: its champions and extremes, then those farthest from them.

    Loners are looked for only where champions are found, in shares of the champions' own ranges.
    """
    if len(objectives) <= size:
        return np.arange(len(objectives))
    best = np.union1d(champions(Scale(objectives)(objectives), toward), extremes(objectives))
    if len(best) >= size:
        return best
    shares = Scale(objectives[best])(objectives)
    pool = np.union1d(np.flatnonzero((shares <= 1.0).all(axis=1)), best)
    order = farthest(shares[pool], size, list(np.searchsorted(pool, best)))
    return pool[order]


def fit(objectives: Floats, violation: Floats, size: int, toward: Floats) -> Places:
    """Places of about `size` rows that may have children.

    Rows that keep every constraint come first, front after front, the last front spread out; then the
    others by how little they violate (the rule of Deb 2000).
    """
    left = np.flatnonzero(violation <= 0.0)
    kept: list[int] = []
    while len(left) and len(kept) < size:
        front = left[nondominated(objectives[left])]
        kept.extend(front[spread_out(objectives[front], size - len(kept), toward)].tolist())
        left = np.setdiff1d(left, front, assume_unique=True)
    if len(kept) < size:
        broken = np.flatnonzero(violation > 0.0)
        least = broken[np.argsort(violation[broken], kind="stable")]
        kept.extend(least[: size - len(kept)].tolist())
    return np.array(kept, dtype=np.intp)
