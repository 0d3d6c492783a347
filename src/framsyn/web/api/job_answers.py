"""Jobs as the interface tells them: as they stand, and as they go on, by server-sent events."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal

from fastapi import Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from framsyn.i18n.translator import Words
from framsyn.web.job import Job
from framsyn.web.jobs import Jobs
from framsyn.web.made import made_with

#: Seconds of silence after which a line is sent that says nothing, so that nobody hangs up.
HEARTBEAT = 15.0
EVENTS = "text/event-stream"
NEVER_KEPT = {"Cache-Control": "no-store"}


class JobTold(BaseModel):
    """Work that takes long, as it stands."""

    made: str
    id: str
    kind: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    ahead: int = Field(description="Jobs before it, while it waits.")
    done: int
    total: int = Field(description="0 = not known yet.")
    told: dict[str, Any] = Field(description="What else is told of its progress.")
    seconds: float = Field(description="Worked on so far.")
    seconds_left: float | None = Field(description="At the pace so far; null = not known.")
    error: str = Field(description="Why it failed, in the language asked for; else blank.")


def job_told(job: Job, said: Words) -> JobTold:
    """A job in a language."""
    return JobTold(
        made=made_with(),
        id=job.id,
        kind=job.kind,
        state=job.state,
        ahead=job.ahead,
        done=job.done,
        total=job.total,
        told=dict(job.told),
        seconds=round(job.seconds, 1),
        seconds_left=None if job.seconds_left is None else round(job.seconds_left, 1),
        error=said.error(job.error) if job.error else "",
    )


def job_answer(
    job: Job, said: Words, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A job as it stands, which nobody keeps."""
    told = job_told(job, said).model_dump_json()
    return Response(told, status, NEVER_KEPT | dict(headers or {}), media_type="application/json")


def events(jobs: Jobs, identity: str, said: Words) -> Response:
    """A job as it goes on: an event at every change, each with the whole job, until it is over.

    One who comes back is told the job as it stands, so that nothing is missed.

    Raises:
        NotFoundError: there is no such job.
    """
    jobs.get(identity)
    headers = NEVER_KEPT | {"X-Accel-Buffering": "no"}
    return StreamingResponse(_written(jobs, identity, said), media_type=EVENTS, headers=headers)


async def _written(jobs: Jobs, identity: str, said: Words) -> AsyncIterator[str]:
    number = 0
    changes = jobs.follow(identity, silence=HEARTBEAT)
    async for job in changes:
        if job is None:
            yield ": …\n\n"
            continue
        number += 1
        yield f"id: {number}\nevent: job\ndata: {job_told(job, said).model_dump_json()}\n\n"


def client_of(request: Request) -> str:
    """The address of who asks."""
    return request.client.host if request.client else ""
