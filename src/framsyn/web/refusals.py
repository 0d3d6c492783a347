"""What is said when something cannot be answered: what was wrong, where, and what to do."""

import re

from fastapi import Request
from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from framsyn.errors import FramsynError
from framsyn.i18n.translator import DEFAULT_LANGUAGE, LANGUAGES, words
from framsyn.places.municipality import Municipality, municipality
from framsyn.web.base_path import route_path
from framsyn.web.refused import ForbiddenError, NotFoundError, TooManyError
from framsyn.web.templating import render

API, CLIENT_CLOSED = "/api/", 499
FORBIDDEN, NOT_FOUND, NOT_ALLOWED, CANNOT_BE_USED, TOO_MANY = 403, 404, 405, 422, 429
UNEXPECTED, UNAVAILABLE = 500, 503
#: Status by kind of error, where it is not that the question cannot be used.
STATUS: dict[type[FramsynError], int] = {
    ForbiddenError: FORBIDDEN,
    NotFoundError: NOT_FOUND,
    TooManyError: TOO_MANY,
}
#: Seconds after which one who asks for too much at once may try again.
PAUSE = 15
#: The last sentence of an error where it names a command, which a reader of a page cannot run.
COMMAND = re.compile(r"(?<=[.!?]) [^.!?]*: framsyn [a-z]+$")


def language_of(scope: Scope) -> str:
    """The language of a request: of its path, of `lang`, of what the browser asks for, else English."""
    first = route_path(scope).lstrip("/").partition("/")[0]
    asked = QueryParams(scope.get("query_string", b"")).get("lang", "")
    for told in (first, asked):
        if told in LANGUAGES:
            return str(told)
    for one in Headers(scope=scope).get("accept-language", "").split(","):
        code = one.partition(";")[0].strip().partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE


def refusal(
    scope: Scope, status: int, error: FramsynError, after: int | None = None, *, starting: bool = False
) -> Response:
    """The answer that tells an error: as JSON of the interface, as a page else.

    Args:
        scope: the request's.
        status: of HTTP.
        error: what is told.
        after: seconds after which to try again.
        starting: whether the server only starts: its page says so, and asks again by itself.
    """
    said = words(language_of(scope))
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(after)} if after else {})
    text = _encodable(said.error(error))
    if route_path(scope).startswith(API):
        return JSONResponse({"error": text, "status": status}, status, headers)
    text = COMMAND.sub("", text)
    page = render(
        "refused.html.j2",
        Request(scope),
        said,
        title=said.gettext("The server is starting") if starting else said.gettext("This cannot be shown"),
        again=after if starting else None,
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


def by_status(status: int) -> FramsynError:
    """What is wrong with a request, where no more is known than the status of its answer."""
    if status == NOT_FOUND:
        return FramsynError("There is nothing at this address. Begin at the start page.")
    if status == UNEXPECTED:
        return FramsynError("The server failed to answer, which is a fault of ours. Try again in a moment.")
    if status == NOT_ALLOWED:
        return FramsynError("This address cannot be asked in that way. Ask with another method of HTTP.")
    return FramsynError("The request cannot be answered (HTTP {status}).", status=status)
