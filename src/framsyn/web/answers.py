"""Answers that are the same for the same request: computed once, held, known by the tag of their bytes."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from fastapi import Request
from starlette.responses import Response

from framsyn.web.client import client_of
from framsyn.web.disconnects import unless_disconnected
from framsyn.web.made import made_with
from framsyn.web.queue import WorkQueue
from framsyn.web.representation import Representation, represent, respond
from framsyn.web.state import state_of
from framsyn.web.typed_request import TypedRequest, typed_request

T = TypeVar("T")
JSON, HTML = "application/json", "text/html; charset=utf-8"


async def answer(
    request: Request,
    compute: Callable[[], str | bytes],
    media_type: str = JSON,
    *,
    slow: bool = False,
    typed: TypedRequest | None = None,
    depends_on: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer a request whose answer depends on its validated parameters, and on what is named beside them.

    The answer is computed in its client's turn, once for all who ask the same, and held. Its tag is the
    digest of the bytes that are sent; who holds these very bytes is answered 304, after they were computed.

    Args:
        request: as it came, of a route made with `TypedRoute`.
        compute: gives the answer, in a thread of the quick or the slow queue.
        media_type: of the answer.
        slow: whether computing takes seconds though little or nothing is simulated.
        typed: the request with everything that it left open decided; as it was validated by default.
        depends_on: what else the answer depends on, such as the day, by name.
        headers: further ones of a response with content.

    Raises:
        TooManyError: too much of this client's is waiting.
        BusyError: too much is waiting, or the time is out.
        DisconnectedError: the client has gone.
        FramsynError: what `compute` raises.
    """
    state, known = state_of(request), typed or typed_request(request)
    key, queue, client = known.key(made_with(), depends_on), _queue_of(request, slow=slow), client_of(request)

    async def queued() -> Representation:
        return await queue.run(client, lambda: represent(compute()), key)

    answering = state.answers.get(key, queued, lambda: queue.join(key, client))
    return respond(await unless_disconnected(request, answering), request.headers, media_type, headers)


def in_turn(request: Request, work: Callable[[], T], *, slow: bool = False) -> Awaitable[T]:
    """Do work of a request in its client's turn, in the queue that its cost belongs in.

    Args:
        request: whose work it is.
        work: done in a thread.
        slow: whether it takes seconds though little or nothing is simulated.
    """
    return _queue_of(request, slow=slow).run(client_of(request), work)


def _queue_of(request: Request, *, slow: bool) -> WorkQueue:
    state = state_of(request)
    is_slow = slow or typed_request(request).cost > state.settings.quick_cost
    return state.slow if is_slow else state.quick


__all__ = ["HTML", "JSON", "answer", "in_turn", "state_of", "unless_disconnected"]
