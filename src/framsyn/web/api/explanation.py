"""Explanation: why a figure is what it is, cause by cause, with what each rests on."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from framsyn.choose.strategy_text import BETWEEN, strategy_in
from framsyn.evaluate.comparison import explain_difference
from framsyn.evaluate.explanation import Explanation, explain_change
from framsyn.foresee.futures import MOST_YEARS
from framsyn.foresee.postures import AS_IS
from framsyn.i18n.translator import words
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import Municipality
from framsyn.report.explanation_json import explanation_document
from framsyn.web.answers import answer
from framsyn.web.api.asking import MOST_SEED, SEED, YEARS, Asked, InPath
from framsyn.web.api.evaluation import NameTold
from framsyn.web.cost import cost_of
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["explanation"], route_class=TypedRoute)

#: Strategies of the user's own among the postures: what is explained, and what it is compared with.
MINE, OTHER = "mine", "other"
#: Simulated futures, at most and where nothing is asked: causes are switched off and on in each, which
#: costs as much as so many strategies.
MOST_DRAWS, DRAWS, COALITIONS = 100, 50, 800


def years_to(year: int) -> int:
    """Years from the base year to a year; a year that cannot be explained costs nothing."""
    years = year - shipped_bundle().base_year if year else YEARS
    return years if 0 < years <= MOST_YEARS else 0


class AskedExplanation(Asked):
    """Which number is explained."""

    indicator: str = Field(default="population", max_length=60, description="Id of an indicator.")
    year: int = Field(
        default=0, ge=0, le=9999, description="A year after the base year; 0 = 20 years after it."
    )
    posture: str = Field(default=AS_IS, max_length=40, description="The posture to live under.")
    strategy: str = Field(
        default="", max_length=1500, description="A strategy in one line, instead of a posture."
    )
    against: str = Field(
        default="",
        max_length=1500,
        description="A posture, or a strategy in one line, to compare with; blank = the base year.",
    )
    draws: int = Field(default=DRAWS, ge=1, le=MOST_DRAWS, description="Worlds.")
    seed: int = Field(default=SEED, ge=0, le=MOST_SEED, description="Seed of the worlds.")

    @property
    def conduct(self) -> str:
        """The strategy that is asked for, or the posture."""
        return self.strategy or self.posture

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, years_to(self.year), 1

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws."""
        return cost_of(draws, years_to(self.year), COALITIONS)


class EffectTold(BaseModel):
    """An effect of the register of evidence; `strength` is A, B, C, 0 or assumption."""

    id: str
    strength: str
    median: float | None
    low: float | None
    high: float | None
    unit: str
    source: str


class RuleTold(BaseModel):
    """A rule of law in the base year, null where there was none, and in the year told."""

    id: str
    base_value: float | None
    value: float
    unit: str
    from_year: int
    carried: bool
    status: str
    source: str


class ParameterTold(BaseModel):
    """A parameter of the worlds' draws; status is observed, estimated or assumed."""

    id: str
    value: float | None
    unit: str
    status: str
    source: str


class StartTold(ParameterTold):
    """A fact of the municipality that its lives start from."""

    year: str
    method: str


class CauseTold(BaseModel):
    """A cause, what holds where it is switched off, and how much of the change is due to it."""

    id: str
    group: str
    label: str
    off: str
    amount: float
    p10: float
    p90: float
    evidence: list[EffectTold]
    law: list[RuleTold]
    parameters: list[ParameterTold]
    facts: list[StartTold]


class ExplanationTold(BaseModel):
    """Why a figure is what it is: `base` plus the amounts of all causes is `value`; means of the draws.

    `against` is the policy compared with, whose figure `base` then is; blank: that of the base year.
    """

    made: str
    municipality: NameTold
    indicator: str
    label: str
    unit: str
    posture: str
    strategy: str
    against: str
    core_task: str
    base_year: int
    year: int
    draws: int
    seed: int
    bundle_version: str
    base: float
    value: float
    p10: float
    p90: float
    change: float
    groups: dict[str, float]
    causes: list[CauseTold]


@router.get(
    "/municipalities/{name}/explanation",
    response_model=ExplanationTold,
    summary="Why a figure is what it is, cause by cause",
)
async def explanation(request: Request, m: InPath, asked: Annotated[AskedExplanation, Query()]) -> Response:
    """Explain a number."""
    for policy in filter(None, (asked.conduct, asked.against)):
        strategy_in(policy)
    return await answer(request, lambda: explanation_told(m, asked).model_dump_json())


def explanation_told(m: Municipality, asked: AskedExplanation) -> ExplanationTold:
    """The explanation of a number."""
    document = explanation_document(explained(m, asked), words(asked.lang))
    named = {"strategy": asked.conduct, "against": asked.against}
    return ExplanationTold.model_validate({"made": made_with(), **document, **named})


def explained(m: Municipality, asked: AskedExplanation) -> Explanation:
    """The explanation as it is asked for; strategies of the user's own are called `MINE` and `OTHER`.

    Raises:
        FramsynError: no such indicator, posture or strategy, or a year out of range.
    """
    year = asked.year or m.bundle.base_year + YEARS
    own = {MINE: asked.conduct, OTHER: asked.against}
    known = {name: strategy_in(line) for name, line in own.items() if BETWEEN in line}
    posture = MINE if MINE in known else asked.conduct
    if not asked.against:
        return explain_change(
            m, asked.indicator, year, posture, draws=asked.draws, seed=asked.seed, known=known
        )
    against = OTHER if OTHER in known else asked.against
    return explain_difference(
        m, asked.indicator, year, posture, against, draws=asked.draws, seed=asked.seed, known=known
    )
