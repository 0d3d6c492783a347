"""Safe by default: who may ask, how much, and what a browser may do with the answer."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from framsyn.errors import FramsynError
from framsyn.web.refusals import refusal
from framsyn.web.settings import Settings

#: Nothing from outside, nothing inline, nothing evaluated.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HARMLESS = ("GET", "HEAD", "OPTIONS")
JSON = "application/json"


class Guard:
    """Refuses what should not be asked, and dresses every answer in the headers of `HEADERS`."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            status, error = refused
            await refusal(scope, status, error)(scope, receive, dressed)
            return
        await self.app(scope, self._bounded(receive), dressed)

    def _refused(self, scope: Scope) -> tuple[int, FramsynError] | None:
        headers = Headers(scope=scope)
        host = _name_of(headers.get("host", ""))
        if host not in self.settings.hosts:
            return 421, FramsynError(
                "This server is not called {host}. Start it with --host or --name to let it be.",
                host=host[:100],
            )
        length = len(scope["path"]) + len(scope.get("query_string", b""))
        if length > self.settings.most_address:
            return 414, FramsynError(
                "The address has {letters} characters, {most} at most.",
                letters=length,
                most=self.settings.most_address,
            )
        body = headers.get("content-length", "0")
        if not body.isascii() or not body.isdigit() or int(body[:12]) > self.settings.most_body:
            return 413, FramsynError("A request may hold {most} bytes.", most=self.settings.most_body)
        return None if scope["method"] in HARMLESS else _foreign(headers, host)

    def _bounded(self, receive: Receive) -> Receive:
        """A body without a told length ends where it is too long."""
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.settings.most_body:
                return {"type": "http.disconnect"}
            return message

        return bounded


def _name_of(host: str) -> str:
    """The name of a host without its port."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name.lower()


def _foreign(headers: Headers, host: str) -> tuple[int, FramsynError] | None:
    """Why a request that changes something is refused: another site's page may not send it."""
    origin = headers.get("origin")
    if origin and _name_of(origin.partition("://")[2]) != host:
        return 403, FramsynError("A page of another site may not ask this of the server.")
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return 403, FramsynError("A page of another site may not ask this of the server.")
    # A form cannot send JSON, and a strange page's script must first ask whether it may.
    if headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        return 415, FramsynError("Send the request as {type}.", type=JSON)
    return None
