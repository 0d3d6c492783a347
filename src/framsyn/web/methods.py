"""HEAD and OPTIONS at every address, and which methods an address takes."""

from starlette.applications import Starlette
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Methods that a route may be declared with.
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed_methods(app: Starlette, scope: Scope) -> list[str]:
    """Methods of the address of a request, with those that follow from them; empty where nothing is there."""
    found = [
        method
        for method in METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in app.routes)
    ]
    if "GET" in found:
        found.insert(1, "HEAD")
    return [*found, "OPTIONS"] if found else []


class Methods:
    """Answers HEAD as GET without its body, and OPTIONS with the methods of the address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        method = scope.get("method") if scope["type"] == "http" else None
        if method == "HEAD":
            await self._head(scope, receive, send)
        elif method == "OPTIONS" and (found := allowed_methods(scope["app"], scope)):
            headers = [(b"allow", ", ".join(found).encode())]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body"})
        else:
            await self.app(scope, receive, send)

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The headers of GET; what answers it hears that the reader has gone, so no stream goes on."""
        sent = False

        async def headers_only(message: Message) -> None:
            nonlocal sent
            if message["type"] == "http.response.start":
                await send(message)
            elif message["type"] == "http.response.body" and not sent:
                sent = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        async def gone_after() -> Message:
            return {"type": "http.disconnect"} if sent else await receive()

        await self.app({**scope, "method": "GET"}, gone_after, headers_only)
