"""The country when everybody chooses the same: courses of all municipalities for a map, and the totals."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from framsyn.foresee.country_totals import totals
from framsyn.foresee.postures import AS_IS, posture_id
from framsyn.i18n.translator import words
from framsyn.places.bundle import shipped_bundle
from framsyn.report.summary import Spread
from framsyn.web.answers import answer, state_of
from framsyn.web.api.asking import Asked
from framsyn.web.api.country_living import (
    FUNCTION,
    KIND,
    CountryRequest,
    country_job,
    country_result,
    forecast,
)
from framsyn.web.api.futures import SpreadTold, rounded
from framsyn.web.api.job_answers import (
    EVENTS,
    LEAVING,
    JobResponse,
    StartedResponse,
    Token,
    events,
    job_answer,
    started_answer,
)
from framsyn.web.client import client_of
from framsyn.web.country_result import CountryResult
from framsyn.web.country_showing import shown
from framsyn.web.made import made_with
from framsyn.web.refused import NotFoundError
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["country"], route_class=TypedRoute)

#: What can be shown before the country is lived.
FORECAST = "forecast"
Identity = Annotated[str, Path(max_length=40, description="Id of the job.")]
Lives = Annotated[str, Path(max_length=40, description="Id of a job that is done, or `forecast`.")]
BUSY: dict[int | str, dict[str, Any]] = {
    429: {"description": "Too much work of yours is waiting or running."},
    503: {"description": "Too much work is waiting."},
}
Way = Literal["level", "change", "against"]


class AskedCountryMap(Asked):
    """What is shown of the country's lives."""

    posture: str = Field(AS_IS, max_length=40, description="Id or name of a posture.")
    indicator: str = Field("population", max_length=60, description="Id or name of an indicator.")
    show: Way = Field(
        "change", description="Its level, its change since the base year, or its distance from as today."
    )


class CountryMapTold(BaseModel):
    """One indicator of every municipality through the years.

    `values` by code, in the order of `years`, null = not known; `limits` part the `classes` of colours, which
    hold for every posture and year.
    """

    made: str
    base_year: int
    draws: int
    seed: int
    posture: str
    indicator: str
    label: str
    show: str
    unit: str
    decimals: int
    years: list[int]
    limits: list[float]
    classes: list[str]
    values: dict[str, list[float | None]]


class TotalTold(BaseModel):
    """One total of the country by posture."""

    id: str
    label: str
    unit: str
    decimals: int
    postures: dict[str, SpreadTold]


class CountryTotalsTold(BaseModel):
    """The country's totals through the years; money in base-year prices."""

    made: str
    base_year: int
    draws: int
    seed: int
    years: list[int]
    totals: list[TotalTold]


@router.post(
    "/country",
    status_code=202,
    response_model=StartedResponse,
    responses=BUSY,
    summary="Simulate every municipality under every policy, or join who began it already",
)
async def begin(
    request: Request, asked: Annotated[Asked, Query()], country: Annotated[CountryRequest, Body()]
) -> Response:
    """Begin to simulate the country."""
    arguments, client = country.model_dump(), client_of(request)
    started = state_of(request).jobs.start(KIND, FUNCTION, arguments, client)
    return started_answer(started, "country", words(asked.lang))


@router.get("/country/{identity}", response_model=JobResponse, summary="The simulation as it stands")
async def show(request: Request, identity: Identity, asked: Annotated[Asked, Query()]) -> Response:
    """Show how far the simulation is."""
    return job_answer(country_job(state_of(request), identity), words(asked.lang))


@router.get(
    "/country/{identity}/events",
    responses={200: {"content": {EVENTS: {}}, "description": "An event at every change."}},
    response_class=Response,
    summary="The simulation as it goes on, by server-sent events",
)
async def follow(request: Request, identity: Identity, asked: Annotated[Asked, Query()]) -> Response:
    """Follow the simulation."""
    state = state_of(request)
    return events(state.jobs, country_job(state, identity).id, request, words(asked.lang))


@router.delete(
    "/country/{identity}",
    response_model=JobResponse,
    responses=LEAVING,
    summary="End a simulation that one has begun, or leave it to others who asked the same",
)
async def leave(
    request: Request, identity: Identity, asked: Annotated[Asked, Query()], token: Token = ""
) -> Response:
    """End a simulation that waits or runs."""
    state = state_of(request)
    job = country_job(state, identity)
    return job_answer(state.jobs.leave(job.id, token), words(asked.lang))


@router.get(
    "/country/{identity}/map",
    response_model=CountryMapTold,
    summary="One indicator of every municipality through the years",
)
async def country_map(
    request: Request, identity: Lives, asked: Annotated[AskedCountryMap, Query()]
) -> Response:
    """Tell the courses of all municipalities."""
    result = result_named(request, identity)
    shown(result, asked.posture, asked.indicator, asked.show)
    return await answer(request, lambda: map_told(result, asked).model_dump_json())


@router.get("/country/{identity}/totals", response_model=CountryTotalsTold, summary="The country's totals")
async def country_totals(request: Request, identity: Lives, asked: Annotated[Asked, Query()]) -> Response:
    """Tell the country's totals."""
    result = result_named(request, identity)
    return await answer(request, lambda: totals_told(result, asked.lang).model_dump_json())


def result_named(request: Request, identity: str) -> CountryResult:
    """The lives of an id.

    Raises:
        NotFoundError: there are none, or they are not done.
    """
    if identity == FORECAST:
        return forecast()
    found = country_result(state_of(request), identity)
    if found is None:
        raise NotFoundError("The country has not been lived so. Begin it with POST /api/v1/country.")
    return found


def map_told(result: CountryResult, asked: AskedCountryMap) -> CountryMapTold:
    """One indicator of every municipality through the years."""
    one, said = shown(result, asked.posture, asked.indicator, asked.show), words(asked.lang)
    return CountryMapTold(
        made=made_with(),
        base_year=result.years[0],
        draws=result.draws,
        seed=result.seed,
        posture=posture_id(asked.posture, result.postures),
        indicator=one.indicator,
        label=said.gettext(one.label),
        show=one.way,
        unit=said.gettext(one.unit),
        decimals=one.decimals,
        years=list(result.years),
        limits=list(one.shades.limits),
        classes=list(one.shades.classes),
        values={
            str(code): rounded(course)
            for code, course in zip(shipped_bundle()["code"], one.values, strict=True)
        },
    )


def spread_of(result: CountryResult, posture: int, total: int) -> dict[str, list[float | None]]:
    """Mean and quantiles of one total of one posture by year."""
    return {
        name: rounded(result.totals[posture, total, :, place]) for place, name in enumerate(Spread._fields)
    }


def totals_told(result: CountryResult, lang: str) -> CountryTotalsTold:
    """The country's totals in a language."""
    said = words(lang)
    told = [
        TotalTold(
            id=one.id,
            label=said.gettext(one.label),
            unit=said.gettext(one.unit),
            decimals=one.decimals,
            postures={
                posture: SpreadTold(**spread_of(result, at, number))
                for at, posture in enumerate(result.postures)
            },
        )
        for number, one in enumerate(totals()[: result.totals.shape[1]])
    ]
    return CountryTotalsTold(
        made=made_with(),
        base_year=result.years[0],
        draws=result.draws,
        seed=result.seed,
        years=list(result.years),
        totals=told,
    )
