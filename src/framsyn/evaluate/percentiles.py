"""Percentiles: the share of the others that stand lower, those equal counted half."""

import numpy as np
from numpy.typing import NDArray

from framsyn.evaluate.dictionary import HIGHER, LOWER
from framsyn.evaluate.strength import ranks
from framsyn.model.layout import Floats


def among_all(values: Floats) -> Floats:
    """[place, indicator] 0 = lowest … 100 = highest of those known; NaN where the value is missing.

    A missing value moves nobody else's percentile. Where only one is known it is in the middle, 50.
    """
    return np.stack([_column(column) for column in values.T], axis=1)


def _column(values: Floats) -> Floats:
    if np.isfinite(values).sum() == 1:
        return np.where(np.isfinite(values), 50.0, np.nan)
    return 100.0 * ranks(values)


def among_peers(values: Floats, peers: NDArray[np.intp]) -> Floats:
    """[place, indicator] each place's percentile among its own peers' known values.

    Args:
        values: [place, indicator], NaN = missing.
        peers: [place, peer] indices of the peers, the place itself not among them.

    NaN where the place's own value is missing, or no peer's is known.
    """
    return among(values, values[peers])


def among(own: Floats, others: Floats) -> Floats:
    """[…, indicator] percentile of `own` among `others` […, peer, indicator]; NaN = missing."""
    known = np.isfinite(others)
    below = (others < own[..., None, :]) & known
    equal = (others == own[..., None, :]) & known
    count = known.sum(axis=-2)
    told = np.isfinite(own) & (count > 0)
    share = (below.sum(axis=-2) + 0.5 * equal.sum(axis=-2)) / np.maximum(count, 1)
    return np.where(told, 100.0 * share, np.nan)


def favourable(percentile: Floats, direction: str) -> Floats:
    """The percentile turned so that 100 is the best; NaN where neither end is better."""
    if direction == HIGHER:
        return percentile
    return 100.0 - percentile if direction == LOWER else np.full_like(percentile, np.nan)
