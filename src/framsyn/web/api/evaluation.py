"""Evaluation: where a municipality stands by indicator, and its place among the visions."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, BaseModel, Field
from starlette.responses import Response

from framsyn.evaluate.position import Position, position
from framsyn.evaluate.standing import Evaluation, evaluate, evaluate_all
from framsyn.evaluate.visions import projection
from framsyn.i18n.translator import words
from framsyn.places.municipality import Municipality
from framsyn.report.evaluation_json import evaluation_document
from framsyn.web.answers import answer
from framsyn.web.api.asking import LONGEST_NAME, MOST_SEED, Asked, InPath, place
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["evaluation"], route_class=TypedRoute)

#: Points of the cloud where nothing is asked.
POINTS, SEED = 2_000, 1


def _code(name: str) -> str:
    """The code of a municipality by any spelling, so that no spelling makes another request."""
    return place(name).code


class AskedEvaluation(Asked):
    """What the evaluation is made with."""

    peer: list[Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(_code)]] = Field(
        default=[],
        max_length=40,
        description="Municipalities to compare with, three or more; none: the most alike.",
    )
    projection: Literal["resources", "engagement", "H1", "H2"] = Field(
        default="resources", description="What the four-field shows upwards."
    )
    draws: int = Field(default=POINTS, ge=1, le=20_000, description="Points of the cloud.")
    seed: int = Field(default=SEED, ge=0, le=MOST_SEED, description="Seed of the cloud.")


class NameTold(BaseModel):
    """A municipality by code and name."""

    code: str
    name: str


class Peers(BaseModel):
    """With whom it is compared; `chosen` tells whether the asker chose them."""

    chosen: bool
    municipalities: list[NameTold]


class ReadingTold(BaseModel):
    """One indicator: percentiles run from the lowest (0) to the highest, scores to the best (100)."""

    id: str
    label: str
    meaning: str
    unit: str
    direction: str
    dimension: str | None
    peer_group: str
    value: float | None
    status: str
    years: list[str]
    source: str
    percentile: float | None
    peer_percentile: float | None
    score: float | None
    peer_score: float | None
    peer_median: float | None
    peer_best_quarter: float | None


class AreaTold(BaseModel):
    """An area with the mean score of its indicators that have a direction."""

    id: str
    label: str
    score: float | None
    indicators: list[ReadingTold]


class MeasuredTold(BaseModel):
    """A measurement of a dimension, points 0–100."""

    mean: float
    sd: float


class DimensionTold(BaseModel):
    """A dimension of the cloud and what it rests on: data, assessment, both or nothing."""

    id: str
    label: str
    meaning: str
    mean: float
    sd: float
    basis: str
    indicators: int
    weight_of_data: float
    data: MeasuredTold | None
    assessment: MeasuredTold | None


class VisionPlaceTold(BaseModel):
    """A vision's place in a dimension; `mark` tells whether the brochure states it or we infer it."""

    dimension: str
    place: float
    mark: str
    words: str
    reading: str


class VisionTold(BaseModel):
    """How near a vision is: share of the cloud, and distance in points with its 80 % interval."""

    id: str
    label: str
    probability: float
    distance: float
    distance_p10: float
    distance_p90: float
    gaps: dict[str, float]
    places: list[VisionPlaceTold]


class MoverTold(BaseModel):
    """What would move the place, and how it would change the nearest vision's probability."""

    kind: str
    id: str
    dimension: str
    value: float | None
    target: float | None
    shift: float
    change: float
    probabilities: dict[str, float]


class ProjectionTold(BaseModel):
    """The axes of the four-field: our reading, with what speaks for and against it."""

    id: str
    hypothesis: str
    horizontal: str
    vertical: str
    our_reading: bool
    speaks_for: str = Field(alias="for")
    against: str


class PositionTold(BaseModel):
    """The place among the visions."""

    nearest: str
    draws: int
    seed: int
    dimensions: list[DimensionTold]
    visions: list[VisionTold]
    movers: list[MoverTold]
    projection: ProjectionTold


class EvaluationTold(BaseModel):
    """Where a municipality stands."""

    made: str
    municipality: NameTold
    base_year: int
    bundle_version: str
    peers: Peers
    areas: list[AreaTold]
    missing: list[str]
    position: PositionTold


@router.get(
    "/municipalities/{name}/evaluation",
    response_model=EvaluationTold,
    summary="Where a municipality stands by indicator, and its place among the visions",
)
async def evaluation(request: Request, m: InPath, asked: Annotated[AskedEvaluation, Query()]) -> Response:
    """Evaluate a municipality."""
    peers = [place(one) for one in asked.peer]
    return await answer(request, lambda: evaluation_told(m, peers, asked).model_dump_json(by_alias=True))


def evaluation_told(m: Municipality, peers: Sequence[Municipality], asked: AskedEvaluation) -> EvaluationTold:
    """The evaluation of a municipality."""
    read, told = evaluated(m, peers, asked.draws, asked.seed)
    document = evaluation_document(read, told, projection(asked.projection), words(asked.lang))
    return EvaluationTold.model_validate({"made": made_with(), **document})


def evaluated(
    m: Municipality, peers: Sequence[Municipality] = (), draws: int = POINTS, seed: int = SEED
) -> tuple[Evaluation, Position]:
    """Where a municipality stands, and its place among the visions without a self-assessment."""
    standing = evaluate_all(m.bundle)
    read = evaluate(m, list(peers) or None, standing)
    return read, position(m, None, draws, seed, standing, read)
