"""Futures: how a municipality fares under postures and under strategies of one's own."""

import math
from collections.abc import Sequence
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from framsyn.choose.evaluation import Worlds
from framsyn.choose.strategy_text import strategy_in
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.foresee.postures import AS_IS, shipped, strategy_of
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import indicators
from framsyn.model.layout import Floats
from framsyn.places.municipality import Municipality
from framsyn.report.listing import shown
from framsyn.report.summary import Spread, quantiles
from framsyn.web.answers import answer, state_of
from framsyn.web.api.asking import AskedLives, InPath
from framsyn.web.cost import cost_of
from framsyn.web.made import made_with
from framsyn.web.state import AppState
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["futures"], route_class=TypedRoute)

#: Digits of a number, as in indicators.csv.
DIGITS = 10
#: Indicators told where none is asked for: those that the page draws as fans.
USUAL = ("population", *shown("finance"), "participation")


class AskedFutures(AskedLives):
    """Which futures are asked for."""

    strategy: list[Annotated[str, Field(max_length=1500)]] = Field(
        default=list(DEFAULT_POSTURES),
        max_length=8,
        description="A posture, or a posture and levers set on it: focused*digital.40*from.2030*housing.20.",
    )
    indicator: list[Annotated[str, Field(max_length=60)]] = Field(
        default=list(USUAL), max_length=120, description="Ids or names of indicators; `all` for every one."
    )

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        """Draws, years and strategies."""
        return self.draws, self.years, len(self.strategy)

    def cost(self, draws: int) -> int:
        """Microseconds that it takes with so many draws."""
        shown_ = len(indicators()) if "all" in self.indicator else len(self.indicator)
        return cost_of(draws, self.years, len(self.strategy), shown_)


class SpreadTold(BaseModel):
    """Mean and quantiles over the worlds by year; null = not known."""

    mean: list[float | None]
    p10: list[float | None]
    p25: list[float | None]
    p50: list[float | None]
    p75: list[float | None]
    p90: list[float | None]


class Future(BaseModel):
    """One strategy's future, by indicator."""

    strategy: str
    indicators: dict[str, SpreadTold]


class Futures(BaseModel):
    """Futures of one municipality in the same worlds; money in base-year prices."""

    made: str
    code: str
    base_year: int
    years: list[int]
    draws: int
    seed: int
    futures: list[Future]


@router.get("/municipalities/{name}/futures", response_model=Futures, summary="The futures of a municipality")
async def futures(request: Request, m: InPath, asked: Annotated[AskedFutures, Query()]) -> Response:
    """Live the futures asked for, all in the same worlds."""
    state, columns = state_of(request), columns_of(asked.indicator)
    for one in asked.strategy:
        strategy_in(one)
    return await answer(request, lambda: futures_told(state, m, asked, columns).model_dump_json())


def columns_of(asked: Sequence[str]) -> dict[str, int]:
    """Columns of the record by indicator.

    Raises:
        FramsynError: an indicator that there is not.
    """
    known = list(indicators())
    wanted = known if "all" in asked else [indicator_named(text).id for text in asked]
    return {identity: known.index(identity) for identity in wanted}


def futures_told(state: AppState, m: Municipality, asked: AskedFutures, columns: dict[str, int]) -> Futures:
    """The futures of a municipality."""
    worlds = state.draws_of(m, asked.years, asked.draws, asked.seed)
    base = m.bundle.base_year
    return Futures(
        made=made_with(),
        code=m.code,
        base_year=base,
        years=list(range(base, base + asked.years + 1)),
        draws=asked.draws,
        seed=asked.seed,
        futures=[
            Future(strategy=one, indicators=_spreads(records_of(worlds, one), columns))
            for one in asked.strategy
        ],
    )


def records_of(worlds: Worlds, text: str) -> Floats:
    """[draw, year, indicator] the lives of a strategy, told in one line, in these worlds."""
    posture = strategy_in(text)
    if posture == shipped()[AS_IS]:
        return worlds.as_today
    return worlds.setting.live(worlds.drawn, worlds.setting.course(strategy_of(posture)), worlds.as_today)


def _spreads(records: Floats, columns: dict[str, int]) -> dict[str, SpreadTold]:
    chosen = np.ascontiguousarray(records[..., list(columns.values())].transpose(2, 1, 0))
    means = chosen.mean(axis=-1, keepdims=True)
    spreads = np.concatenate([means, quantiles(chosen)], axis=-1)
    return {
        one: SpreadTold(**{part: rounded(spreads[at, :, place]) for place, part in enumerate(Spread._fields)})
        for at, one in enumerate(columns)
    }


def rounded(values: Floats) -> list[float | None]:
    """Numbers with `DIGITS` digits, None where not known."""
    return [float(f"{one:.{DIGITS}g}") if math.isfinite(one) else None for one in values.tolist()]
