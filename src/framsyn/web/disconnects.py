"""Work whose asker hangs up is dropped."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from fastapi import Request

T = TypeVar("T")


class DisconnectedError(Exception):
    """Who asked has gone, so that nobody waits for the answer."""


async def unless_disconnected(request: Request, work: Awaitable[T]) -> T:
    """What the work gives; it is cancelled as soon as the client disconnects.

    The body of the request has been read before, so that the next message can only be that the client goes.

    Raises:
        DisconnectedError: the client has gone.
    """
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise DisconnectedError
        return working.result()
    finally:
        gone.cancel()
        if not working.done():
            working.cancel()


async def _disconnected(request: Request) -> None:
    """Wait until the client disconnects."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
