"""Answers that are the same for the same question: made once, kept, and known by their tag."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from fastapi import Request
from starlette.responses import Response

from framsyn.web.made import made_with

if TYPE_CHECKING:
    from framsyn.web.house import House

JSON, HTML = "application/json", "text/html; charset=utf-8"


async def answer(
    request: Request,
    make: Callable[[], str | bytes],
    media: str = JSON,
    *,
    slow: bool = False,
    beside: str = "",
) -> Response:
    """Answer a question whose answer hangs on the address, and on what is told beside it.

    Args:
        request: the question; its path and parameters, and what it was made with, are the key.
        make: makes the answer, in a thread of the quick or the slow queue.
        media: type of the answer.
        slow: whether making takes seconds.
        beside: what else the answer hangs on, such as the day.

    Raises:
        BusyError: the queue is full.
        FramsynError: what `make` raises.
    """
    house = house_of(request)
    lane = house.slow if slow else house.quick
    return await answered(request, lambda: lane.do(lambda: _bytes(make())), media, beside)


async def answered(
    request: Request, make: Callable[[], Awaitable[bytes]], media: str = JSON, beside: str = ""
) -> Response:
    """As `answer`, where making is awaited."""
    key = f"{key_of(request)}\n{beside}" if beside else key_of(request)
    tag = f'"{hashlib.sha256(key.encode()).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known:
        # Only what was answered before has this tag, so it need not be made again.
        return Response(status_code=304, headers=headers)
    content = await house_of(request).answers.get(key, make)
    return Response(content, media_type=media, headers=headers)


def key_of(request: Request) -> str:
    """What an answer hangs on: what it is made with, the path, and the parameters in one order."""
    told = sorted(request.query_params.multi_items(), key=lambda one: one[0])
    return "\n".join((made_with(), request.url.path, *(f"{name}={value}" for name, value in told)))


def house_of(request: Request) -> "House":
    """What the server's requests share."""
    house: House = request.app.state.house
    return house


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
