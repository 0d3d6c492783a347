"""Peers: those most alike in residents, ages, villages and trend (`peers.csv`), or self-chosen ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.evaluate.dictionary import ROOM, ratio
from framsyn.evaluate.figures import compute
from framsyn.model.layout import Floats
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

PEERS = 15
LEAST_PEERS = 3


def features(bundle: Bundle) -> tuple[Floats, Floats]:
    """[place, feature] what peers are alike in, mean 0 and sd 1, NaN = not known; [feature] weights."""
    columns, weights = [], []
    for row in rows(ROOM, "peers.csv"):
        values = compute(bundle, ratio(row)).values
        values = np.log(values) if row["logarithm"] else values
        spread = np.nanstd(values) or 1.0
        columns.append((values - np.nanmean(values)) / spread)
        weights.append(float(row["weight"]))
    return np.stack(columns, axis=1), np.array(weights)


def nearest(likeness: Floats, weights: Floats, count: int = PEERS) -> NDArray[np.intp]:
    """[place, count] indices of the nearest others, the nearest first; of equally near the first listed.

    The distance is the root of the weighted mean of squares over the features known of both.

    Args:
        likeness: [place, feature] standardised features, NaN = not known.
        weights: [feature] weight of each.
        count: peers of each place; fewer where there are fewer others.
    """
    known = np.isfinite(likeness)
    filled = np.where(known, likeness, 0.0)
    squares = (filled[:, None] - filled[None]) ** 2
    both = (known[:, None] & known[None]) * weights
    total = both.sum(axis=-1)
    distance = np.full(total.shape, np.inf)
    np.divide((squares * both).sum(axis=-1), total, out=distance, where=total > 0.0)
    np.fill_diagonal(distance, np.inf)
    order = np.argsort(distance, axis=1, kind="stable")
    itself = order == np.arange(len(order))[:, None]
    others = order[~itself].reshape(len(order), -1)
    return np.asarray(others[:, :count])


def chosen(m: Municipality, peers: Sequence[Municipality]) -> NDArray[np.intp]:
    """[peer] indices of self-chosen peers, each once and the municipality itself left out.

    Raises:
        FramsynError: fewer than three others are left.
    """
    others = list(dict.fromkeys(one.index for one in peers if one.index != m.index))
    if len(others) < LEAST_PEERS:
        raise FramsynError(
            "Choose at least {least} peers other than {name} itself; {count} was given.",
            least=LEAST_PEERS,
            name=m.name(),
            count=len(others),
        )
    return np.array(others, dtype=np.intp)
