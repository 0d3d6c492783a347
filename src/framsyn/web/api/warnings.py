"""Early warning: how likely the criteria of the Municipal Act are by year, and until when turning works."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from framsyn.evaluate.warning import MOST_TURNS, EarlyWarning, early_warning
from framsyn.i18n.translator import words
from framsyn.places.municipality import Municipality
from framsyn.report.warning_json import warning_document
from framsyn.web.answers import answer
from framsyn.web.api.asking import AskedLives, InPath
from framsyn.web.api.evaluation import NameTold
from framsyn.web.cost import cost_of
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["warnings"], route_class=TypedRoute)

PostureId = Literal["as_is", "engaging", "focused", "lazy", "given_up"]
#: What drives a risk is read off the draws as if so many indicators were summarised.
READ = 75
EVERY: list[PostureId] = ["as_is", "engaging", "focused", "lazy", "given_up"]


class AskedWarnings(AskedLives):
    """Under which postures the risk is told, and to which turning is tried."""

    posture: list[PostureId] = Field(default=EVERY, max_length=5, description="Postures.")
    turn_to: PostureId = Field(default="engaging", description="The posture to which turning is tried.")

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len(self.posture)

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws."""
        return warning_cost(draws, self.years, len(self.posture))


def warning_cost(draws: int, years: int, postures: int) -> int:
    """Microseconds that early warning takes: the futures, and turning in every year in some of the draws."""
    turning = postures * cost_of(min(draws, MOST_TURNS), years, years)
    return cost_of(draws, years, postures, READ) + turning


class ShareTold(BaseModel):
    """A share of the worlds, 0–1, with the 80 % interval that their number leaves."""

    value: float
    low: float
    high: float


class DriverTold(BaseModel):
    """What tells the worlds that meet a criterion from the others."""

    id: str
    kind: str
    label: str
    unit: str
    auc: float
    rises: bool
    risk_lowest_fifth: float
    risk_highest_fifth: float
    half_at: float | None


class RangeTold(BaseModel):
    """Mean and 80 % interval."""

    mean: float | None
    p10: float | None
    p90: float | None


class FedTold(BaseModel):
    """How far a measure departs from going on as today, and how much of that is its own feedback."""

    departure: RangeTold
    feedback: RangeTold
    of_moves: float | None
    of_debt: float | None
    share: RangeTold


class SpiralTold(BaseModel):
    """In how many worlds the economy declines, and in how many the decline feeds itself."""

    declines: ShareTold
    feeds_itself: ShareTold
    measures: dict[str, FedTold]


class TurningTold(BaseModel):
    """Until when turning works: a year, always or never; shares in balance at the end by year of turning."""

    outcome: str
    year: int | None
    years: list[int]
    turned: list[float]
    stayed: float


class PostureWarned(BaseModel):
    """The risk under one posture, by criterion and year after the base year."""

    label: str
    by_year: dict[str, list[ShareTold]]
    ever: dict[str, ShareTold]
    told_apart: bool
    drivers: list[DriverTold]
    spiral: SpiralTold | None
    turning: TurningTold | None


class WarningsTold(BaseModel):
    """Early warning of a municipality."""

    made: str
    municipality: NameTold
    base_year: int
    bundle_version: str
    years: list[int]
    draws: int
    spiral_and_turning_draws: int
    seed: int
    turn_to: str
    criteria: dict[str, str]
    postures: dict[str, PostureWarned]


@router.get(
    "/municipalities/{name}/warnings",
    response_model=WarningsTold,
    summary="How likely the criteria of the Municipal Act are, and until when turning works",
)
async def warnings(request: Request, m: InPath, asked: Annotated[AskedWarnings, Query()]) -> Response:
    """Warn of what may come."""
    return await answer(request, lambda: warnings_told(m, asked).model_dump_json())


def warnings_told(m: Municipality, asked: AskedWarnings) -> WarningsTold:
    """The early warning of a municipality."""
    document = warning_document(warned(m, asked), (), words(asked.lang))
    return WarningsTold.model_validate({"made": made_with(), **document})


def warned(m: Municipality, asked: AskedWarnings) -> EarlyWarning:
    """The early warning as it is asked for."""
    return early_warning(m, asked.posture, asked.years, asked.draws, asked.seed, turn_to=asked.turn_to)
