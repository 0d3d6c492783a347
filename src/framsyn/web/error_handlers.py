"""The handlers of errors: every one is answered with a text that helps."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from framsyn.errors import FramsynError
from framsyn.i18n.translator import Words, words
from framsyn.web.disconnects import DisconnectedError
from framsyn.web.methods import allowed_methods
from framsyn.web.queue import BusyError
from framsyn.web.refusals import (
    CANNOT_BE_USED,
    CLIENT_CLOSED,
    NOT_ALLOWED,
    NOT_FOUND,
    PAUSE,
    STATUS,
    TOO_MANY,
    UNAVAILABLE,
    UNEXPECTED,
    by_status,
    language_of,
    refusal,
)
from framsyn.web.response_headers import HEADERS

#: Where the interface is described.
DESCRIPTION = "/api/v1/openapi.json"


def install(app: FastAPI) -> None:
    """Answer every error of the app with a text that helps."""
    app.add_exception_handler(FramsynError, _bad)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(DisconnectedError, _gone)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _bad(request: Request, error: Exception) -> Response:
    """Answer what cannot be used."""
    known = error if isinstance(error, FramsynError) else FramsynError("Unknown error.")
    status = STATUS.get(type(known), CANNOT_BE_USED)
    return refusal(request.scope, status, known, PAUSE if status == TOO_MANY else None)


async def _busy(request: Request, error: Exception) -> Response:
    """Answer where there is no turn, or no time left."""
    late = isinstance(error, BusyError) and error.late
    told = (
        FramsynError("The answer did not come in time: the server has much to do. Try again in a moment.")
        if late
        else FramsynError("Many are asking just now. Try again in a moment.")
    )
    return refusal(request.scope, UNAVAILABLE, told, error.after if isinstance(error, BusyError) else 2)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Answer nobody: the client has hung up."""
    return Response(status_code=CLIENT_CLOSED)  # nobody reads it


async def _malformed(request: Request, error: Exception) -> Response:
    """Answer parameters that cannot be read."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    if any(one.get("loc", ("",))[0] == "path" for one in found):
        return refusal(request.scope, NOT_FOUND, by_status(NOT_FOUND))
    return refusal(request.scope, CANNOT_BE_USED, _told(found, words(language_of(request.scope))))


async def _http(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses."""
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    answer = refusal(request.scope, status, by_status(status))
    if status == NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(allowed_methods(request.app, request.scope))
    return answer


async def _unexpected(request: Request, _: Exception) -> Response:
    """Answer a fault of ours."""
    answer = refusal(request.scope, UNEXPECTED, by_status(UNEXPECTED))
    answer.headers.update(HEADERS)  # made outside of what dresses all other answers
    return answer


def _told(found: Sequence[Any], said: Words) -> FramsynError:
    """The first thing that is wrong with the parameters of a request."""
    if not found:
        return FramsynError("The request cannot be read.")
    first = found[0]
    if first.get("type") == "json_invalid":
        return FramsynError("The body is not JSON. Send JSON as {address} describes it.", address=DESCRIPTION)
    name = ".".join(str(part) for part in first.get("loc", ())[1:]) or "?"
    if first.get("type") == "missing":
        return FramsynError("{name} is missing: it is needed.", name=name)
    given = str(first.get("input", ""))[:100]
    reason = _reason(str(first.get("type", "")), first.get("ctx") or {}, said)
    return FramsynError("{name} cannot be {given}: {reason}.", name=name, given=given or "–", reason=reason)


def _reason(kind: str, limits: dict[str, Any], said: Words) -> str:
    """Why a value cannot be used, in words."""
    told = {
        "extra_forbidden": said.gettext("there is no such parameter"),
        "int_parsing": said.gettext("a whole number is needed"),
        "int_from_float": said.gettext("a whole number is needed"),
        "float_parsing": said.gettext("a number is needed"),
        "finite_number": said.gettext("a finite number is needed"),
    }
    if kind in told:
        return told[kind]
    bound = next((limits[key] for key in ("ge", "gt", "min_length") if key in limits), None)
    if bound is not None:
        return said.gettext("{bound} at least").format(bound=bound)
    bound = next((limits[key] for key in ("le", "lt", "max_length") if key in limits), None)
    if bound is not None:
        return said.gettext("{bound} at most").format(bound=bound)
    if "expected" in limits:
        return said.gettext("choose among {known}").format(known=limits["expected"])
    return said.gettext("see {address}").format(address=DESCRIPTION)
