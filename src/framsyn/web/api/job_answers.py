"""Jobs as the interface shows them: as they stand, and as they go on, by server-sent events."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, suppress
from typing import Annotated, Any, Literal

from fastapi import Header, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from framsyn.i18n.translator import Words
from framsyn.web.client import client_of
from framsyn.web.job import Job
from framsyn.web.job_stages import left_text, stage_text
from framsyn.web.jobs import Jobs, Started
from framsyn.web.made import made_with
from framsyn.web.queue import BusyError
from framsyn.web.refused import NotFoundError, TooManyError

#: Seconds of silence after which a line is sent that says nothing, so that nobody hangs up.
HEARTBEAT = 15.0
EVENTS = "text/event-stream"
NEVER_KEPT = {"Cache-Control": "no-store"}

Token = Annotated[
    str,
    Header(
        alias="Framsyn-Follower",
        max_length=100,
        description="The secret that the answer to POST gave to its caller.",
    ),
]
LEAVING: dict[int | str, dict[str, Any]] = {403: {"description": "The secret is none of this job's."}}


class JobResponse(BaseModel):
    """Work that takes long, as it stands."""

    made: str
    id: str
    kind: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    ahead: int = Field(description="Jobs before it, while it waits.")
    done: int
    total: int = Field(description="0 = not known yet.")
    share: float | None = Field(description="How much is done, 0–1; null = not known.")
    stage: str = Field(description="What is being done, as an id; blank = not known yet.")
    stage_text: str = Field(description="The same in words, in the language asked for.")
    details: dict[str, int] = Field(description="Numbers of the stage.")
    seconds: float = Field(description="Worked on so far.")
    seconds_left: float | None = Field(description="At the pace so far; null = not known.")
    left_text: str = Field(description="The same in words, in the language asked for.")
    error: str = Field(description="Why it failed or was ended, in the language asked for; else blank.")


class StartedResponse(JobResponse):
    """Work that was started, or joined."""

    token: str | None = Field(
        description="Secret of this caller, to be sent when the work is to be ended; null where it is over."
    )


def job_response(job: Job, translator: Words) -> JobResponse:
    """A job in a language."""
    left = job.seconds_left
    return JobResponse(
        made=made_with(),
        id=job.id,
        kind=job.kind,
        state=job.state,
        ahead=job.ahead,
        done=job.done,
        total=job.total,
        share=None if job.share is None else round(job.share, 4),
        stage=job.stage,
        stage_text=stage_text(job, translator),
        details=dict(job.details),
        seconds=round(job.seconds, 1),
        seconds_left=None if left is None else round(left, 1),
        left_text=left_text(job, translator),
        error=translator.error(job.error) if job.error else "",
    )


def job_answer(job: Job, translator: Words) -> Response:
    """A job as it stands, which nobody keeps."""
    return _sent(job_response(job, translator), 200, {})


def started_answer(started: Started, path: str, translator: Words) -> Response:
    """A job that was started or joined, with the secret of this caller.

    The secret is in the body alone, not in a cookie: the site has none, a page of another site cannot read
    it, and a browser then sends it only when its reader ends the work.

    Args:
        started: the job.
        path: of the interface, under which the job is followed by its id.
        translator: of the reader's language.
    """
    shown = job_response(started.job, translator).model_dump()
    location = {"Location": f"/api/v1/{path}/{started.job.id}"}  # `Forwarded` puts the prefix before it
    return _sent(StartedResponse(**shown, token=started.token), 202, location)


def _sent(response: JobResponse, status: int, headers: Mapping[str, str]) -> Response:
    content = response.model_dump_json()
    return Response(content, status, NEVER_KEPT | dict(headers), media_type="application/json")


def events(jobs: Jobs, identity: str, request: Request, translator: Words) -> Response:
    """A job as it goes on: an event at every change, each with the whole job, until it is over.

    One who comes back gets the job as it stands, so that nothing is missed. It ends when the client leaves.

    Raises:
        NotFoundError: there is no such job.
        TooManyError: this client follows as many as it may.
        BusyError: so do all together.
    """
    client = client_of(request)
    jobs.check_follow(identity, client)
    headers = NEVER_KEPT | {"X-Accel-Buffering": "no"}
    return StreamingResponse(_written(jobs, identity, client, translator), media_type=EVENTS, headers=headers)


async def _written(jobs: Jobs, identity: str, client: str, translator: Words) -> AsyncIterator[str]:
    number = 0
    changing = jobs.follow(identity, client, silence=HEARTBEAT)
    # What is refused after the check at its beginning ends it: a client that comes back is told why.
    with suppress(NotFoundError, TooManyError, BusyError):
        async with aclosing(changing) as changes:
            async for job in changes:
                if job is None:
                    yield ": …\n\n"
                    continue
                number += 1
                yield f"id: {number}\nevent: job\ndata: {job_response(job, translator).model_dump_json()}\n\n"
