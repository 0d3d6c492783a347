"""Facts of the bundle, and the registers: indicators, postures and levers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from framsyn import __version__
from framsyn.choose.levers import levers
from framsyn.foresee.futures import DEFAULT_POSTURES
from framsyn.i18n.translator import words
from framsyn.model.indicators import indicators
from framsyn.places.bundle import shipped_bundle
from framsyn.report.listing import looks, visions
from framsyn.web.answers import answer
from framsyn.web.api.asking import Asked
from framsyn.web.made import made_with
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["facts"], route_class=TypedRoute)


class Facts(BaseModel):
    """What this server makes its answers with."""

    made: str
    framsyn_version: str
    bundle_version: str
    base_year: int
    municipalities: int


class IndicatorTold(BaseModel):
    """One indicator; `direction` tells whether higher or lower is better for residents, or neither."""

    id: str
    label: str
    area: str
    unit: str
    decimals: int
    kind: str
    direction: str


class Indicators(BaseModel):
    """Every indicator, in the order of the record."""

    made: str
    indicators: list[IndicatorTold]


class PostureTold(BaseModel):
    """One posture: what the brochure states of it, and what is our reading."""

    id: str
    label: str
    colour: str
    dash: str
    stated: str
    inferred: str


class Postures(BaseModel):
    """Going on as today, and the four visions."""

    made: str
    postures: list[PostureTold]


class Choice(BaseModel):
    """What a lever may be set to, where it is a choice."""

    id: str
    label: str


class LeverTold(BaseModel):
    """One lever; `searched` tells whether the search may move it."""

    id: str
    label: str
    unit: str
    kind: str
    low: float
    high: float
    step: float
    choices: list[Choice]
    searched: bool
    law: str
    acts: str
    note: str


class Levers(BaseModel):
    """Everything that a council can set."""

    made: str
    levers: list[LeverTold]


@router.get("/facts", response_model=Facts, summary="Versions, base year, number of municipalities")
async def facts(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Tell what answers are made with."""
    bundle = shipped_bundle()
    told = Facts(
        made=made_with(),
        framsyn_version=__version__,
        bundle_version=bundle.version,
        base_year=bundle.base_year,
        municipalities=len(bundle),
    )
    return await answer(request, told.model_dump_json)


@router.get("/indicators", response_model=Indicators, summary="Every indicator")
async def every_indicator(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Tell every indicator."""
    return await answer(request, lambda: indicators_told(asked.lang).model_dump_json())


@router.get("/postures", response_model=Postures, summary="The postures")
async def every_posture(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Tell the postures."""
    return await answer(request, lambda: postures_told(asked.lang).model_dump_json())


@router.get("/levers", response_model=Levers, summary="Every lever, with bounds and law")
async def every_lever(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Tell every lever."""
    return await answer(request, lambda: levers_told(asked.lang).model_dump_json())


def indicators_told(lang: str) -> Indicators:
    """The dictionary of indicators in a language."""
    said = words(lang)
    told = [
        IndicatorTold(
            id=one.id,
            label=said.gettext(one.label),
            area=one.area,
            unit=said.gettext(one.unit),
            decimals=one.decimals,
            kind=one.kind,
            direction=one.direction,
        )
        for one in indicators().values()
    ]
    return Indicators(made=made_with(), indicators=told)


def postures_told(lang: str) -> Postures:
    """The postures in a language."""
    said, known = words(lang), visions()
    told = [
        PostureTold(
            id=look.id,
            label=said.gettext(look.label),
            colour=look.colour,
            dash=look.dash,
            stated=said.gettext(known.get(look.id, {}).get("stated", "")),
            inferred=said.gettext(known.get(look.id, {}).get("inferred", "")),
        )
        for look in looks(DEFAULT_POSTURES).values()
    ]
    return Postures(made=made_with(), postures=told)


def levers_told(lang: str) -> Levers:
    """The levers in a language."""
    from framsyn.report.strategy_words import setting

    said = words(lang)
    told = [
        LeverTold(
            id=one.id,
            label=said.gettext(one.label),
            unit=said.gettext(one.unit),
            kind=one.kind,
            low=one.low,
            high=one.high,
            step=one.step,
            choices=[Choice(id=each, label=setting(one, each, said)) for each in one.choices],
            searched=one.searched,
            law=said.gettext(one.law),
            acts=said.gettext(one.acts),
            note=said.gettext(one.note),
        )
        for one in levers().values()
    ]
    return Levers(made=made_with(), levers=told)
