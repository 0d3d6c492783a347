"""Who beats whom: Pareto dominance, and the part of objective space that a set dominates."""

import numpy as np
from moocore import hv_approx, is_nondominated
from moocore import hypervolume as exact_hypervolume
from numpy.typing import NDArray

from framsyn.model.layout import Floats

Places = NDArray[np.intp]

#: The reference point lies this far beyond the worst of the set, in shares of the range: the usual choice,
#: so that the extremes count too (Ishibuchi et al. 2018, How to specify a reference point).
BEYOND = 0.1
#: Exact hypervolume takes long on large sets of many objectives; above this many points by objectives
#: it is estimated along this many fixed directions.
EXACT = {1: 10**6, 2: 10**6, 3: 10**5, 4: 5_000, 5: 2_000}
EXACT_OF_MORE = 200
DIRECTIONS = 4096


def nondominated(objectives: Floats) -> Places:
    """Places of rows [row, objective] that no other row beats; of equal rows the first."""
    if not len(objectives):
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(is_nondominated(objectives, keep_weakly=False))


class Scale:
    """Objectives in shares of a range: 0 at the best of each, 1 at the worst of each."""

    def __init__(self, objectives: Floats) -> None:
        self.best: Floats = objectives.min(axis=0)
        spread = objectives.max(axis=0) - self.best
        self.range: Floats = np.where(spread > 0.0, spread, 1.0)

    def __call__(self, objectives: Floats) -> Floats:
        """The shares, of the same shape as the objectives."""
        shares: Floats = (objectives - self.best) / self.range
        return shares


def hypervolume(objectives: Floats, reference: Floats, *, exact: bool = True) -> float:
    """Volume of what the rows [row, objective] dominate inside a reference point; rows beyond it add nothing.

    Exact for sets of usual size (the algorithms of moocore), otherwise estimated along fixed directions, so
    that the same set always gives the same number and a grown set never a smaller one.

    Args:
        objectives: [row, objective], less is better.
        reference: [objective].
        exact: False to estimate whatever the size, so that sets of different sizes compare.
    """
    inside = objectives[(objectives < reference).all(axis=1)]
    if not len(inside):
        return 0.0
    if exact and len(inside) <= EXACT.get(inside.shape[1], EXACT_OF_MORE):
        return float(exact_hypervolume(inside, ref=reference))
    return float(hv_approx(inside, ref=reference, nsamples=DIRECTIONS))


def hypervolume_share(objectives: Floats, scale: Scale, *, exact: bool = True) -> float:
    """Hypervolume as a share 0…1 of the box from the best of the scale to a tenth beyond its worst."""
    count = objectives.shape[1]
    edge = np.full(count, 1.0 + BEYOND)
    return hypervolume(scale(objectives), edge, exact=exact) / float(np.prod(edge))
