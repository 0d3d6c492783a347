"""Choices: a search for the strategies that none beats, as a job that is followed and can be ended."""

import json
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from starlette.responses import Response

from framsyn.i18n.translator import words
from framsyn.web.answers import JSON, state_of
from framsyn.web.api.asking import Asked, Name, place
from framsyn.web.api.choice_question import ChoiceRequest, question_of
from framsyn.web.api.choice_told import ChoiceAnswer, ChoiceTold
from framsyn.web.api.choosing import FUNCTION, KIND
from framsyn.web.api.job_answers import (
    EVENTS,
    LEAVING,
    JobResponse,
    StartedResponse,
    Token,
    events,
    job_answer,
    job_response,
    started_answer,
)
from framsyn.web.api.sending import CSV, TOML, attached
from framsyn.web.client import client_of
from framsyn.web.job import Job, job_id
from framsyn.web.jobs import Jobs
from framsyn.web.refused import NotFoundError
from framsyn.web.representation import represent, respond
from framsyn.web.typed_request import TypedRoute

router = APIRouter(tags=["choices"], route_class=TypedRoute)

Identity = Annotated[str, Path(max_length=40, description="Id of the job.")]
Strategy = Annotated[str, Path(max_length=40, description="Id of a strategy found, such as S01.")]
BUSY: dict[int | str, dict[str, Any]] = {
    429: {"description": "Too many searches of yours are waiting or running."},
    503: {"description": "Too many searches are waiting."},
}


class ChoiceQuery(ChoiceRequest, Asked):
    """The question of a search in an address."""


@router.post(
    "/municipalities/{name}/choices",
    status_code=202,
    response_model=StartedResponse,
    responses=BUSY,
    summary="Begin a search, or join the one of the same question",
)
async def begin(
    request: Request, name: Name, asked: Annotated[Asked, Query()], choice: Annotated[ChoiceRequest, Body()]
) -> Response:
    """Begin a search."""
    arguments = question_of(place(name), choice).arguments
    started = state_of(request).jobs.start(KIND, FUNCTION, arguments, client_of(request))
    return started_answer(started, "choices", words(asked.lang))


@router.get(
    "/municipalities/{name}/choices",
    response_model=JobResponse,
    summary="The search of a question, where it was begun",
)
async def find(request: Request, name: Name, query: Annotated[ChoiceQuery, Query()]) -> Response:
    """Find the job of a question without beginning it."""
    job = state_of(request).jobs.get(search_id(name, query))
    return job_answer(job, words(query.lang))


@router.get("/choices/{identity}", response_model=ChoiceAnswer, summary="A search, and what it found")
async def show(request: Request, identity: Identity, asked: Annotated[Asked, Query()]) -> Response:
    """Show a search as it stands."""
    job = search_job(state_of(request).jobs, identity)
    answer = ChoiceAnswer(job=job_response(job, words(asked.lang)), result=result_of(job, asked.lang))
    content = answer.model_dump_json().encode()
    if job.state != "done":
        return Response(content, headers={"Cache-Control": "no-store"}, media_type=JSON)
    return respond(represent(content), request.headers, JSON)


@router.get(
    "/choices/{identity}/events",
    responses={200: {"content": {EVENTS: {}}, "description": "An event at every change."}},
    response_class=Response,
    summary="A search as it goes on, by server-sent events",
)
async def follow(request: Request, identity: Identity, asked: Annotated[Asked, Query()]) -> Response:
    """Follow a search."""
    jobs = state_of(request).jobs
    return events(jobs, search_job(jobs, identity).id, request, words(asked.lang))


@router.delete(
    "/choices/{identity}",
    response_model=JobResponse,
    responses=LEAVING,
    summary="End a search that one has begun, or leave it to others who asked the same",
)
async def leave(
    request: Request, identity: Identity, asked: Annotated[Asked, Query()], token: Token = ""
) -> Response:
    """End a search that waits or runs."""
    jobs = state_of(request).jobs
    return job_answer(jobs.leave(search_job(jobs, identity).id, token), words(asked.lang))


@router.get(
    "/choices/{identity}/strategies.csv",
    responses={200: {"content": {"text/csv": {}}}},
    response_class=Response,
    summary="Every strategy of a search as a table",
)
async def table(request: Request, identity: Identity, asked: Annotated[Asked, Query()]) -> Response:
    """Give the table that the command line writes."""
    found = result_parts(search_job(state_of(request).jobs, identity))
    return attached(found["table"], "strategies.csv", CSV)


@router.get(
    "/choices/{identity}/strategies/{strategy}.toml",
    responses={200: {"content": {"application/toml": {}}}},
    response_class=Response,
    summary="One strategy found as a file that every command reads",
)
async def strategy_file(
    request: Request, identity: Identity, strategy: Strategy, asked: Annotated[Asked, Query()]
) -> Response:
    """Give the file that the command line writes."""
    found = result_parts(search_job(state_of(request).jobs, identity))["strategies"]
    if strategy not in found:
        raise NotFoundError(
            "The search found no strategy {id}. It found: {known}.", id=strategy, known=", ".join(found)
        )
    return attached(found[strategy][asked.lang], f"{strategy}.toml", TOML)


def search_id(name: str, request: ChoiceRequest) -> str:
    """The id of the job of a question."""
    plain = ChoiceRequest(**{field: getattr(request, field) for field in ChoiceRequest.model_fields})
    return job_id(KIND, FUNCTION, question_of(place(name), plain).arguments)


def search_job(jobs: Jobs, identity: str) -> Job:
    """The search of an id.

    Raises:
        NotFoundError: there is none.
    """
    job = jobs.get(identity)
    if job.kind != KIND:
        raise NotFoundError("There is no such work, or it is remembered no longer. Begin it again.")
    return job


def result_parts(job: Job) -> dict[str, Any]:
    """What a finished search found.

    Raises:
        NotFoundError: it is not finished.
    """
    if job.state != "done":
        raise NotFoundError("The search is not done, so it has found nothing yet.")
    return _parse(job.result)


def result_of(job: Job, lang: str) -> ChoiceTold | None:
    """What a search found, in a language; None where it is not done."""
    return ChoiceTold(**result_parts(job)["choice"][lang]) if job.state == "done" else None


@lru_cache(4)
def _parse(result: bytes) -> dict[str, Any]:
    parts: dict[str, Any] = json.loads(result)
    return parts
