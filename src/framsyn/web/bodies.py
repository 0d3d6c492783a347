"""Bodies of requests: read within bounds of size and time, and looked at before any parser is given them."""

import asyncio
import json
import re

from starlette.types import Message, Receive

from framsyn.errors import FramsynError

#: Texts of JSON, in which brackets mean nothing, and brackets. A text without its second quotation mark goes
#: on to the end, so that no byte is looked at twice.
_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|(?P<bracket>[\[\]{}])', re.DOTALL)


class BodyTooLongError(Exception):
    """A body has more bytes than is allowed."""


class BodyTooSlowError(Exception):
    """A body has not come to its end in time."""


class ClientGoneError(Exception):
    """The client left before its body was whole."""


async def read_body(receive: Receive, most: int, seconds: float) -> bytes:
    """The whole body of a request.

    Args:
        receive: of the request.
        most: bytes that are allowed.
        seconds: in which all of it must come, however often a part of it does.

    Raises:
        BodyTooLongError: it is longer.
        BodyTooSlowError: it takes longer.
        ClientGoneError: the client has left.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                body += message.get("body", b"")
                if len(body) > most:
                    raise BodyTooLongError
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise BodyTooSlowError from None


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that has been read, and then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def check_json(body: bytes, max_depth: int) -> None:
    """Refuse JSON that is deeper than is allowed, or that holds what is not text.

    What is not JSON at all is left to whoever parses it.

    Raises:
        FramsynError: brackets are too deep, or the body is not UTF-8, or holds half a character (a lone
            surrogate), which no answer could repeat.
    """
    if _depth(body) > max_depth:
        raise FramsynError("The body has brackets more than {most} deep. Send it with fewer.", most=max_depth)
    try:
        text = body.decode("utf-8")
        if "\0" in text:
            raise FramsynError("The body is not text in UTF-8. Send it as UTF-8.")
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise FramsynError("The body is not text in UTF-8. Send it as UTF-8.") from None
    except (ValueError, RecursionError):
        return


def _depth(body: bytes) -> int:
    """How many brackets stand inside each other at most."""
    depth = deepest = 0
    for token in _TOKENS.finditer(body):
        if bracket := token["bracket"]:
            depth += 1 if bracket in b"[{" else -1
            deepest = max(deepest, depth)
    return deepest
