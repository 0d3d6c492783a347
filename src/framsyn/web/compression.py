"""Packing of what carries no tag: the framework's own, for clients that take it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Message, Receive, Scope, Send

from framsyn.web.representation import accepts_gzip


class Compression(GZipMiddleware):
    """As the framework's, but `gzip;q=0` is a no, so that no tag comes with other bytes than its own."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and pack its response where that is wanted."""
        if scope["type"] != "http" or accepts_gzip(Headers(scope=scope)):
            await super().__call__(scope, receive, send)
            return

        async def varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "accept-encoding" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        await self.app(scope, receive, varying)
