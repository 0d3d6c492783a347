"""What is asked of a search: parameters of an address or of a body, and what they mean."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from framsyn.choose.choosing import Asked, check_asked
from framsyn.choose.council_terms import next_turn
from framsyn.choose.measures import OBJECTIVES, read_keeps, read_objectives, read_weights
from framsyn.choose.own_lines import own_in
from framsyn.foresee.futures import check_request
from framsyn.foresee.postures import AS_IS, Posture
from framsyn.places.municipality import Municipality
from framsyn.web.api.asking import MOST_SEED
from framsyn.web.cost import cost_of

Text = Annotated[str, Field(max_length=120)]


class ChoiceRequest(BaseModel):
    """What is wanted, what must hold, and how much is searched; the same words as in the command line."""

    is_job: ClassVar[bool] = True

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    objective: list[Text] = Field(
        list(OBJECTIVES),
        min_length=1,
        max_length=12,
        description="What is wanted: indicators, such as participation, loans:min or cash_flow@least.",
    )
    keep: list[Text] = Field(
        [], max_length=12, description='What must hold beside the law: "loans < 6000 in 2035 in 80 %".'
    )
    weight: list[Text] = Field(
        [], max_length=12, description="How much an objective counts: participation=3; for all or none."
    )
    strategy: list[Annotated[str, Field(max_length=1500)]] = Field(
        [], max_length=6, description="Strategies of one's own in lines, compared with the others."
    )
    budget: int = Field(8_000, ge=200, le=20_000, description="Strategies to compute in the search.")
    worlds: int = Field(100, ge=10, le=200, description="Worlds of the search.")
    fresh: int = Field(1_000, ge=10, le=1_000, description="Fresh worlds in which those found are compared.")
    years: int = Field(20, ge=1, le=50, description="Years after the base year.")
    turn: int | None = Field(
        None,
        ge=2000,
        le=2200,
        description="Year from which a strategy may change. Default: the next council's first budget.",
    )
    seed: int = Field(1, ge=0, le=MOST_SEED, description="Seed of the worlds and of the search.")

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.worlds, self.years, self.budget

    def cost(self, draws: int) -> int:
        """Microseconds of one thread that it takes with so many draws."""
        return cost_of(draws, self.years, self.budget)


class ChoiceQuestion(NamedTuple):
    """A request, understood.

    Attributes:
        asked: of the search.
        own: strategies of one's own by id.
        arguments: the same as JSON can hold it, with what was left to the default, for the job.
    """

    asked: Asked
    own: dict[str, Posture]
    arguments: dict[str, Any]


def question_of(m: Municipality, request: ChoiceRequest) -> ChoiceQuestion:
    """What a request asks of a municipality's search.

    Raises:
        FramsynError: something that cannot be searched.
    """
    base = m.bundle.base_year
    check_request((AS_IS,), request.years, 1, request.seed)
    wanted = read_objectives(request.objective, request.years)
    asked = Asked(
        objectives=wanted,
        keeps=read_keeps(request.keep, base, request.years),
        turn=next_turn(base) if request.turn is None else request.turn,
        budget=request.budget,
        worlds=request.worlds,
        fresh=request.fresh,
        seed=request.seed,
        weights=read_weights(request.weight, wanted),
    )
    check_asked(asked, base)
    arguments = {"code": m.code, **request.model_dump(), "turn": asked.turn}
    return ChoiceQuestion(asked, own_in(request.strategy), arguments)


def request_of(arguments: Mapping[str, Any]) -> ChoiceRequest:
    """The request of a job's arguments."""
    return ChoiceRequest(**{name: value for name, value in arguments.items() if name != "code"})
