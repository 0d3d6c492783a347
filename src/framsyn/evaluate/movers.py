"""What would move the place: a dimension, or an indicator brought to its peers' best quarter."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from framsyn.evaluate.cloud import Basis, Measured, nearest_shares, redrawn, shifted
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.standing import Evaluation, Reading
from framsyn.evaluate.visions import assumptions
from framsyn.foresee.postures import VISIONS
from framsyn.model.layout import Floats


@dataclass(frozen=True)
class Mover:
    """What would move the place: a dimension by so many points, or an indicator to its peers' best quarter.

    Attributes:
        kind: `dimension` or `indicator`.
        id: which one.
        dimension: the dimension that moves.
        value, target: the indicator's value today and the one it is moved to; NaN for a dimension.
        shift: points that the mean of the cloud moves by in that dimension.
        probabilities: of each vision after the move.
        change: of the probability of the vision that is the most likely today.
    """

    kind: str
    id: str
    dimension: str
    value: float
    target: float
    shift: float
    probabilities: dict[str, float]
    change: float


class Cloud(NamedTuple):
    """A cloud [draw, dimension], the seed it is drawn with, and the index of its likeliest vision."""

    draws: Floats
    seed: int
    likeliest: int


def movers(read: Evaluation, basis: Mapping[str, Basis], cloud: Cloud) -> tuple[Mover, ...]:
    """Each dimension moved up by the step of the assumptions, then indicators, the largest shift first.

    An indicator that is missing, or stands at its peers' best quarter already, moves nothing.
    """
    step, blank = assumptions()["step"], math.nan
    of_dimensions = [
        _moved("dimension", one, one, (blank, blank), cloud, shifted(cloud.draws, one, step))
        for one in DIMENSIONS
    ]
    of_indicators = [
        _moved(
            "indicator",
            one.indicator.id,
            one.indicator.dimension,
            (one.value, one.peer_best_quarter),
            cloud,
            redrawn(cloud.draws, one.indicator.dimension, law, cloud.seed),
        )
        for one, law in _reached(read, basis)
    ]
    of_indicators.sort(key=lambda one: -one.shift)
    return (*of_dimensions, *of_indicators)


def _moved(
    kind: str, identity: str, dimension: str, values: tuple[float, float], cloud: Cloud, after: Floats
) -> Mover:
    place = DIMENSIONS.index(dimension)
    shares = nearest_shares(after)
    return Mover(
        kind=kind,
        id=identity,
        dimension=dimension,
        value=values[0],
        target=values[1],
        shift=float(after[:, place].mean() - cloud.draws[:, place].mean()),
        probabilities=dict(zip(VISIONS, map(float, shares), strict=True)),
        change=float((shares - nearest_shares(cloud.draws))[cloud.likeliest]),
    )


def _reached(read: Evaluation, basis: Mapping[str, Basis]) -> Iterator[tuple[Reading, Measured]]:
    """Indicators below their peers' best quarter, each with its dimension's law once it is reached."""
    for one in read.readings:
        gain = one.best_quarter_score - one.score
        if one.indicator.dimension and math.isfinite(gain) and gain > 0.0:
            known = basis[one.indicator.dimension]
            rise = known.weight_of_data * gain / known.indicators
            yield one, Measured(known.combined.mean + rise, known.combined.sd)
