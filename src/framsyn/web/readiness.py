"""Whether the server is alive, and whether it is ready: what is answered until the model is compiled."""

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from framsyn.errors import FramsynError
from framsyn.web.base_path import route_path
from framsyn.web.refusals import NOT_ALLOWED, UNAVAILABLE, by_status, refusal
from framsyn.web.warming import Warming

#: Addresses for whoever watches over the server: answered under any name of a host.
ALIVE, READY = "/healthz", "/readyz"
HEALTH = (ALIVE, READY)
#: What the page that asks for patience is made of.
STATIC = "/static/"
NEVER_KEPT = {"Cache-Control": "no-store"}
ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}


class Gate:
    """Answers `/healthz` and `/readyz`, and all else with a page of patience until it is ready.

    `/healthz` is 200 as long as the process answers; `/readyz` is 200 once a trajectory has been simulated in
    it and every other address is answered too, and 503 before.
    """

    def __init__(self, app: ASGIApp, warming: Warming, retry_seconds: int) -> None:
        self.app, self.warming, self.retry_seconds = app, warming, retry_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = route_path(scope)
        if path in HEALTH:
            await self._health(path, scope)(scope, receive, send)
        elif self.warming.under_way and not path.startswith(STATIC):
            error = FramsynError(
                "The server is starting: the model is being compiled, which takes about a minute the first"
                " time. Try again in a moment."
            )
            answer = refusal(scope, UNAVAILABLE, error, self.retry_seconds, starting=True)
            answer.headers.update(NEVER_KEPT)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _health(self, path: str, scope: Scope) -> Response:
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=ALLOWED)
        if scope["method"] not in ("GET", "HEAD"):
            answer = refusal(scope, NOT_ALLOWED, by_status(NOT_ALLOWED))
            answer.headers.update(ALLOWED)
            return answer
        if path == ALIVE or self.warming.ready:
            return JSONResponse({"status": "ok"}, headers=NEVER_KEPT)
        retry = {"Retry-After": str(self.retry_seconds)}
        return JSONResponse({"status": "starting"}, UNAVAILABLE, NEVER_KEPT | retry)
