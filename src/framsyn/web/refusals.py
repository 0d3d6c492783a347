"""What is said when something cannot be answered: what was wrong, where, and what to do."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from framsyn.errors import FramsynError
from framsyn.i18n.translator import DEFAULT_LANGUAGE, LANGUAGES, Words, words
from framsyn.places.municipality import Municipality, municipality
from framsyn.web.disconnects import DisconnectedError
from framsyn.web.queue import BusyError
from framsyn.web.refused import NotFoundError, TooManyError
from framsyn.web.templating import render

API, CLIENT_CLOSED = "/api/", 499
NOT_FOUND, CANNOT_BE_USED, TOO_MANY, UNAVAILABLE = 404, 422, 429, 503
#: Status by kind of error, where it is not that the question cannot be used.
STATUS: dict[type[FramsynError], int] = {NotFoundError: NOT_FOUND, TooManyError: TOO_MANY}
#: Seconds after which one who asks for too much at once may try again.
PAUSE = 15


def language_of(scope: Scope) -> str:
    """The language of a request: of its path, of `lang`, of what the browser asks for, else Swedish."""
    first = scope["path"].lstrip("/").partition("/")[0]
    asked = QueryParams(scope.get("query_string", b"")).get("lang", "")
    for told in (first, asked):
        if told in LANGUAGES:
            return str(told)
    for one in Headers(scope=scope).get("accept-language", "").split(","):
        code = one.partition(";")[0].strip().partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE


def refusal(scope: Scope, status: int, error: FramsynError, after: int | None = None) -> Response:
    """The answer that tells an error: as JSON of the interface, as a page else.

    Args:
        scope: the request's.
        status: of HTTP.
        error: what is told.
        after: seconds after which to try again.
    """
    said = words(language_of(scope))
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(after)} if after else {})
    text = _encodable(said.error(error))
    if scope["path"].startswith(API):
        return JSONResponse({"error": text, "status": status}, status, headers)
    page = render(
        "refused.html.j2",
        Request(scope),
        said,
        title=said.gettext("This cannot be shown"),
        text=text,
        near=[(m.name(said.lang), m.code) for m in named_in(error)],
    )
    return HTMLResponse(page, status, headers)


def _encodable(text: str) -> str:
    """The text, with what no encoding holds (half a pair of surrogates, from JSON) written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()


def named_in(error: FramsynError) -> list[Municipality]:
    """The municipalities that an error names instead of the one asked for, by their codes in brackets."""
    told = error.parts.get("nearest") or error.parts.get("found") or ""
    codes = re.findall(r"\((\w+)\)", str(told)) if isinstance(error, NotFoundError) else []
    return [municipality(code) for code in codes]


def install(app: FastAPI) -> None:
    """Answer every error of the app with a text that helps."""

    async def bad(request: Request, error: Exception) -> Response:
        known = error if isinstance(error, FramsynError) else FramsynError("Unknown error.")
        status = STATUS.get(type(known), CANNOT_BE_USED)
        return refusal(request.scope, status, known, PAUSE if status == TOO_MANY else None)

    async def busy(request: Request, error: Exception) -> Response:
        late = isinstance(error, BusyError) and error.late
        told = (
            FramsynError("The answer did not come in time: the server has much to do. Try again in a moment.")
            if late
            else FramsynError("Many are asking just now. Try again in a moment.")
        )
        return refusal(request.scope, UNAVAILABLE, told, error.after if isinstance(error, BusyError) else 2)

    async def malformed(request: Request, error: Exception) -> Response:
        found = error.errors() if isinstance(error, RequestValidationError) else []
        if any(one.get("loc", ("",))[0] == "path" for one in found):
            return refusal(request.scope, NOT_FOUND, _by_status(NOT_FOUND))
        return refusal(request.scope, CANNOT_BE_USED, _told(found, words(language_of(request.scope))))

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
        return refusal(request.scope, status, _by_status(status))

    app.add_exception_handler(FramsynError, bad)
    app.add_exception_handler(BusyError, busy)
    app.add_exception_handler(DisconnectedError, _gone)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http)


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=CLIENT_CLOSED)  # nobody reads it


def _by_status(status: int) -> FramsynError:
    if status == NOT_FOUND:
        return FramsynError("There is nothing at this address. Begin at the start page.")
    return FramsynError("The request cannot be answered (HTTP {status}).", status=status)


def _told(found: Sequence[Any], said: Words) -> FramsynError:
    """The first thing that is wrong with the parameters of a request."""
    if not found:
        return FramsynError("The request cannot be read.")
    first = found[0]
    name = ".".join(str(part) for part in first.get("loc", ())[1:]) or "?"
    given = str(first.get("input", ""))[:100]
    reason = _reason(str(first.get("type", "")), first.get("ctx") or {}, said)
    return FramsynError("{name} cannot be {given}: {reason}.", name=name, given=given or "–", reason=reason)


def _reason(kind: str, limits: dict[str, Any], said: Words) -> str:
    """Why a value cannot be used, in words."""
    told = {
        "missing": said.gettext("it is needed"),
        "extra_forbidden": said.gettext("there is no such parameter"),
        "int_parsing": said.gettext("a whole number is needed"),
        "int_from_float": said.gettext("a whole number is needed"),
        "float_parsing": said.gettext("a number is needed"),
        "finite_number": said.gettext("a finite number is needed"),
        "json_invalid": said.gettext("the body is not JSON"),
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
    return said.gettext("see {address}").format(address="/api/v1/docs")
