"""Which vision the answers alone speak for.

Where there is data on the municipality, `evaluate` places it with both. The visions stand in the same places
here and there, which are our reading of the brochure (`evaluate/visions.csv`).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.engage.statements import Floats
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.visions import places
from framsyn.foresee.postures import VISIONS


class Placement(NamedTuple):
    """Where answers lie among the visions.

    Attributes:
        nearest: the vision whose place is nearest.
        distances: root mean square distance from each vision over the dimensions scored, points of 100.
        shares: percent of the draws in which each vision is nearest.
        dimensions: the dimensions that count.
    """

    nearest: str
    distances: Mapping[str, float]
    shares: Mapping[str, float]
    dimensions: tuple[str, ...]


def place(scores: Mapping[str, float], drawn: Floats) -> Placement | None:
    """Place scores among the visions; None where no dimension is scored.

    Args:
        scores: the score of each dimension that has one, 0–100.
        drawn: draws of the scores [draw, dimension], in the order of `DIMENSIONS`; those of dimensions
            without a score are not looked at.
    """
    used = [place for place, dimension in enumerate(DIMENSIONS) if dimension in scores]
    if not used:
        return None
    names = tuple(DIMENSIONS[place] for place in used)
    visions, homes = VISIONS, places()[:, used]
    apart = _distances(np.array([[scores[name] for name in names]]), homes)[0]
    nearest = _distances(drawn[:, used], homes).argmin(axis=1)
    counted = np.bincount(nearest, minlength=len(visions))
    return Placement(
        visions[int(apart.argmin())],
        {vision: float(one) for vision, one in zip(visions, apart, strict=True)},
        {vision: 100.0 * int(one) / len(drawn) for vision, one in zip(visions, counted, strict=True)},
        names,
    )


def _distances(points: Floats, homes: Floats) -> Floats:
    """[point, vision]."""
    apart: Floats = np.sqrt(((points[:, None, :] - homes[None, :, :]) ** 2).mean(axis=2))
    return apart
