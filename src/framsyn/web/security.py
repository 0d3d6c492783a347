"""Safe by default: who may ask, how much, and what a browser may do with the answer."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from framsyn.errors import FramsynError
from framsyn.web.base_path import route_path
from framsyn.web.bodies import (
    BodyTooLongError,
    BodyTooSlowError,
    ClientGoneError,
    check_json,
    read_body,
    replayed,
)
from framsyn.web.readiness import HEALTH
from framsyn.web.refusals import CANNOT_BE_USED, refusal
from framsyn.web.response_headers import HEADERS
from framsyn.web.settings import Settings

HARMLESS = ("GET", "HEAD", "OPTIONS")
JSON = "application/json"
#: Ports that an address without one means.
PORTS = {"http": 80, "https": 443}
#: Digits of a length that is told.
MAX_DIGITS = 12


def dressed(send: Send) -> Send:
    """Gives every answer the headers of `HEADERS`, where it has not its own."""

    async def dress(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return dress


class Guard:
    """Refuses what should not be asked, reads bodies within bounds, and dresses every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = dressed(send)
        try:
            self._check_head(scope)
            receive = await self._read(scope, receive)
        except _RefusedError as refused:
            answer = refusal(scope, refused.status, refused.error)
            answer.headers["Connection"] = "close"  # what has not been read of the body is never read
            await answer(scope, receive, send)
        except ClientGoneError:
            return
        else:
            await self.app(scope, receive, send)

    def _check_head(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        name = _name_of(headers.get("host", ""))
        if name not in self.settings.hosts and route_path(scope) not in HEALTH:
            error = FramsynError(
                "This server is not called {host}. Start it with --host or --name to let it be.",
                host=name[:100],
            )
            raise _RefusedError(421, error)
        length = len(scope["path"]) + len(scope.get("query_string", b""))
        if length > self.settings.most_address:
            error = FramsynError(
                "The address has {letters} characters, {most} at most.",
                letters=length,
                most=self.settings.most_address,
            )
            raise _RefusedError(414, error)
        body = headers.get("content-length", "0")
        if (
            not body.isascii()
            or not body.isdigit()
            or len(body) > MAX_DIGITS
            or int(body) > self.settings.most_body
        ):
            raise self._too_long()
        if scope["method"] not in HARMLESS:
            _check_sender(scope, headers)

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        """The body, where there is one, read and looked at before anything is done with it."""
        headers = Headers(scope=scope)
        if headers.get("content-length", "0").strip("0") == "" and "transfer-encoding" not in headers:
            return receive
        try:
            body = await read_body(receive, self.settings.most_body, self.settings.body_seconds)
            if scope["method"] not in HARMLESS:
                check_json(body, self.settings.json_depth)
        except BodyTooLongError:
            raise self._too_long() from None
        except BodyTooSlowError:
            late = FramsynError(
                "The request was not received in full within {seconds} seconds. Try again.",
                seconds=f"{self.settings.body_seconds:g}",
            )
            raise _RefusedError(408, late) from None
        except FramsynError as error:
            raise _RefusedError(CANNOT_BE_USED, error) from None
        return replayed(body, receive)

    def _too_long(self) -> "_RefusedError":
        most = self.settings.most_body
        return _RefusedError(413, FramsynError("A request may hold {most} bytes.", most=most))


class _RefusedError(Exception):
    """A request that is not let through."""

    def __init__(self, status: int, error: FramsynError) -> None:
        super().__init__(status, error)
        self.status, self.error = status, error


def _name_of(host: str) -> str:
    """The name of a host without its port."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name.lower()


def _check_sender(scope: Scope, headers: Headers) -> None:
    """Refuse a request that changes something and that another site's page may have sent."""
    origin = headers.get("origin")
    own = _origin_of(f"{scope['scheme']}://{headers.get('host', '')}")
    if (origin and _origin_of(origin) != own) or (
        headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    ):
        error = FramsynError("A page of another site may not ask this of the server.")
        raise _RefusedError(403, error)
    # A form cannot send JSON, and a strange page's script must first ask whether it may. No form deletes.
    if (
        scope["method"] != "DELETE"
        and headers.get("content-type", "").partition(";")[0].strip().lower() != JSON
    ):
        raise _RefusedError(415, FramsynError("Send the request as {type}.", type=JSON))


def _origin_of(address: str) -> tuple[str, str, int] | None:
    """Scheme, name and port of an address; None where it has none, as the origin `null`."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.hostname is None or port is None:
        return None
    return parts.scheme, parts.hostname, port
