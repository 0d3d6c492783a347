"""Where a municipality stands among the visions: a cloud in three dimensions, not a label."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from framsyn.errors import FramsynError
from framsyn.evaluate.cloud import (
    NOTHING,
    SCALE,
    Basis,
    Measured,
    combine,
    distances_of,
    draw,
    nearest_shares,
)
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.movers import Cloud, Mover, movers
from framsyn.evaluate.standing import Evaluation, Standing, evaluate, evaluate_all
from framsyn.evaluate.visions import assumptions, dimensions, places
from framsyn.foresee.postures import VISIONS
from framsyn.model.layout import Floats
from framsyn.places.municipality import Municipality

MOST_DRAWS = 100_000
Assessed = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Near:
    """How near one vision is: share of the draws nearest to it, and the distance in points.

    `low` and `high` hold 80 % of the draws' distances, `distance` is their median. `gaps` tells for each
    dimension how far the vision stands above (+) or below (−) the municipality's mean.
    """

    vision: str
    probability: float
    distance: float
    low: float
    high: float
    gaps: dict[str, float]


@dataclass(frozen=True)
class Position:
    """The place of one municipality among the visions.

    Attributes:
        mean, sd: of the cloud by dimension, points.
        cloud: [draw, dimension] in the order of `DIMENSIONS`.
        basis: what each dimension rests on.
        visions: each vision's nearness, the most likely first.
        movers: dimensions, then indicators with the largest shift first.
    """

    municipality: Municipality
    draws: int
    seed: int
    mean: dict[str, float]
    sd: dict[str, float]
    cloud: Floats = field(repr=False)
    basis: dict[str, Basis]
    visions: tuple[Near, ...]
    movers: tuple[Mover, ...]

    @property
    def nearest(self) -> str:
        """The vision that most draws are nearest to."""
        return self.visions[0].vision

    @property
    def probabilities(self) -> dict[str, float]:
        """Probability of each vision; they sum to 1."""
        return {one.vision: one.probability for one in self.visions}

    @property
    def distances(self) -> dict[str, float]:
        """Median distance to each vision, points."""
        return {one.vision: one.distance for one in self.visions}


def position(
    m: Municipality,
    assessed: Assessed | None = None,
    draws: int = 2000,
    seed: int = 1,
    standing: Standing | None = None,
    evaluation: Evaluation | None = None,
) -> Position:
    """Place a municipality among the visions, as a cloud of draws.

    Args:
        m: the municipality.
        assessed: mean and standard deviation (points 0–100) of the dimensions that the municipality's people
            have assessed, by the ids of `DIMENSIONS`; None = no self-assessment.
        draws: points of the cloud. Draw k of a seed is the same in any number of draws.
        seed: of the draws.
        standing: `evaluate_all(m.bundle)` where it is made already.
        evaluation: `evaluate(m, …)` with self-chosen peers, whose best quarter the movers then aim at.

    Raises:
        FramsynError: an assessed dimension that there is not, a mean outside 0–100, a negative or not finite
            spread, or a number of draws out of range.
    """
    _check(assessed or {}, draws, seed)
    whole = standing or evaluate_all(m.bundle)
    read = evaluation or evaluate(m, standing=whole)
    basis = {one: _basis(one, m, whole, assessed or {}) for one in DIMENSIONS}
    cloud = draw([one.combined for one in basis.values()], draws, seed)
    shares = nearest_shares(cloud)
    mean = cloud.mean(axis=0)
    order = np.argsort(-shares, kind="stable")
    visions = tuple(_near(int(place), float(shares[place]), cloud, mean) for place in order)
    return Position(
        municipality=m,
        draws=draws,
        seed=seed,
        mean=dict(zip(DIMENSIONS, map(float, mean), strict=True)),
        sd=dict(zip(DIMENSIONS, map(float, cloud.std(axis=0)), strict=True)),
        cloud=cloud,
        basis=basis,
        visions=visions,
        movers=movers(read, basis, Cloud(cloud, seed, int(order[0]))),
    )


def _check(assessed: Assessed, draws: int, seed: int) -> None:
    if not 1 <= draws <= MOST_DRAWS:
        raise FramsynError(
            "From 1 to {most} draws can be made; {draws} was asked.", most=MOST_DRAWS, draws=draws
        )
    if seed < 0:
        raise FramsynError("A seed is 0 or more; {seed} was given.", seed=seed)
    for dimension, (mean, sd) in assessed.items():
        if dimension not in DIMENSIONS:
            raise FramsynError(
                "There is no dimension {id} to assess: choose among {known}.",
                id=dimension,
                known=", ".join(DIMENSIONS),
            )
        if not (0.0 <= mean <= SCALE and math.isfinite(sd) and sd >= 0.0):
            raise FramsynError(
                "The assessment of {id} must be a mean from 0 to 100 and a standard deviation of at least 0; "
                "{mean} and {sd} were given.",
                id=dimension,
                mean=mean,
                sd=sd,
            )


def _basis(dimension: str, m: Municipality, standing: Standing, assessed: Assessed) -> Basis:
    place = DIMENSIONS.index(dimension)
    count = int(standing.counted[m.index, place])
    data = NOTHING
    if count:
        spread = math.hypot(dimensions()[dimension].shared_sd, assumptions()["single_sd"] / math.sqrt(count))
        data = Measured(float(standing.dimensions[m.index, place]), spread)
    answers = NOTHING
    if dimension in assessed:
        mean, sd = assessed[dimension]
        answers = Measured(float(mean), math.hypot(sd, assumptions()["assessment_sd"]))
    kinds = {(True, True): "both", (True, False): "data", (False, True): "assessment"}
    kind = kinds.get((count > 0, dimension in assessed), "nothing")
    return Basis(dimension, kind, data, count, answers, combine(data, answers))


def _near(vision: int, probability: float, cloud: Floats, mean: Floats) -> Near:
    low, middle, high = np.percentile(distances_of(cloud)[:, vision], [10.0, 50.0, 90.0])
    gaps = dict(zip(DIMENSIONS, map(float, places()[vision] - mean), strict=True))
    return Near(VISIONS[vision], probability, float(middle), float(low), float(high), gaps)
