"""What a search promised against what its choices give in worlds it never saw: the winner's curse."""

from typing import NamedTuple

import numpy as np

from framsyn.choose.dominance import Scale, hypervolume_share, nondominated
from framsyn.errors import FramsynError
from framsyn.model.layout import Floats


class Optimism(NamedTuple):
    """How much better the search's own estimates were than fresh ones."""

    difference: Floats  # [objective] mean of fresh less own, in its unit; > 0: the search promised too much
    still_best: float  # share of the rows that no other row beats in the fresh worlds
    still_kept: float  # share of the rows that keep every constraint in the fresh worlds
    hypervolume_own: float  # share of one common box that the own estimates dominate
    hypervolume_fresh: float  # share of the same box that rows still keeping the constraints dominate


def optimism(own: Floats, fresh: Floats, fresh_violations: Floats | None = None) -> Optimism:
    """Compare the estimates by which rows were chosen with estimates from worlds the search never saw.

    A row is chosen partly because its worlds were kind to it, so its own estimate is too good on average
    (Smith & Winkler 2006, The optimizer's curse). Both hypervolumes are shares of the box around own and
    fresh estimates together. A row that breaks a constraint in the fresh worlds beats nothing there.

    Args:
        own: [row, objective] estimates of the search, less is better.
        fresh: [row, objective] of the same rows in fresh worlds.
        fresh_violations: [row, constraint] in fresh worlds, kept where ≤ 0.
    """
    if own.shape != fresh.shape or not len(own):
        raise FramsynError(
            "Own and fresh estimates must be of the same rows, at least one: they are {own} and {fresh}.",
            own=own.shape,
            fresh=fresh.shape,
        )
    violations = np.zeros((len(own), 0)) if fresh_violations is None else fresh_violations
    kept = (violations <= 0.0).all(axis=1)
    # Equal rows do not beat each other: count on the distinct ones.
    distinct, back = np.unique(fresh[kept], axis=0, return_inverse=True)
    best = np.zeros(len(distinct), dtype=bool)
    best[nondominated(distinct)] = True
    scale = Scale(np.vstack([own, fresh]))
    return Optimism(
        difference=(fresh - own).mean(axis=0),
        still_best=float(best[back].sum() / len(own)),
        still_kept=float(kept.mean()),
        hypervolume_own=hypervolume_share(own, scale),
        hypervolume_fresh=hypervolume_share(fresh[kept], scale) if kept.any() else 0.0,
    )
