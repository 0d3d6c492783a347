"""HEAD and OPTIONS at every address, and 405 with what may be asked instead."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from framsyn.web import api, pages, statics
from framsyn.web.methods import Methods
from framsyn.web.response_headers import HEADERS

#: What stands in the place of each part of a path.
PARTS = {
    "{lang}": "sv",
    "{name}": "545",
    "{identity}": "0123456789abcdef",
    "{strategy}": "S01",
    "{digest}": "x",
    "{name:path}": "page.js",
}
#: Parameters that make the heavy addresses light.
LIGHT = {"draws": "2", "years": "1"}
#: Refused, since the answer itself takes seconds.
HEAVY = {"/api/v1/municipalities/{name}/report": {"kind": "none"}}
HEALTH = {"/healthz": {"GET"}, "/readyz": {"GET"}, "/api/v1/openapi.json": {"GET"}}


def routes_of(routes: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    """Path and methods of every route, also of those that are included."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes, prefix)
        elif hasattr(route, "methods"):
            yield prefix + route.path, set(route.methods)


def every_address() -> dict[str, set[str]]:
    """The methods of every address of the server by its path."""
    found: dict[str, set[str]] = {path: set(methods) for path, methods in HEALTH.items()}
    for router in (statics.router, api.router, pages.router):
        for path, methods in routes_of(router.routes):
            written = path if router is not api.router or path.startswith("/api/") else f"/api/v1{path}"
            found.setdefault(written, set()).update(methods - {"HEAD"})
    return found


ADDRESSES = every_address()


def address(path: str) -> str:
    for name, value in PARTS.items():
        path = path.replace(name, value)
    assert "{" not in path
    return path


def test_every_route_is_walked() -> None:
    assert len(ADDRESSES) > 40
    assert ADDRESSES["/{lang}/municipality/{name}/levers"] == {"GET"}
    assert ADDRESSES["/api/v1/choices/{identity}"] == {"GET", "DELETE"}
    assert "/static/{digest}/{name:path}" in ADDRESSES


@pytest.mark.parametrize("path", [path for path, methods in ADDRESSES.items() if "GET" in methods])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, path: str) -> None:
    light = HEAVY.get(path, LIGHT if "municipality" in path or "municipalities/" in path else {})
    got = client.get(address(path), params=light)
    head = client.head(address(path), params=light)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    if "content-encoding" not in got.headers and got.content:
        assert int(head.headers["content-length"]) == len(got.content)


@pytest.mark.parametrize(("path", "methods"), ADDRESSES.items())
def test_options_and_405_tell_every_method_of_an_address(
    client: TestClient, path: str, methods: set[str]
) -> None:
    allowed = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
    options = client.options(address(path))
    refused = client.put(address(path), json={})
    assert options.status_code == 204
    assert options.content == b""
    assert set(options.headers["allow"].split(", ")) == allowed
    assert refused.status_code == 405
    assert set(refused.headers["allow"].split(", ")) == allowed
    assert {name: refused.headers[name] for name in HEADERS} == HEADERS


def test_what_is_nowhere_is_nowhere_for_every_method(client: TestClient) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        assert client.request(method, "/nothing/at/all").status_code == 404
    assert client.head("/api/v1/municipalities/545/choices", params={"lang": "de"}).status_code == 422


def test_head_of_a_stream_that_never_ends_is_answered() -> None:
    ended: list[bool] = []

    async def endless() -> AsyncIterator[str]:
        try:
            while True:
                yield "data: 1\n\n"
                await asyncio.sleep(0.01)
        finally:
            ended.append(True)

    async def events(_: Request) -> StreamingResponse:
        return StreamingResponse(endless(), media_type="text/event-stream")

    app = Starlette(routes=[Route("/events", events)], middleware=[Middleware(Methods)])
    head = TestClient(app).head("/events")
    assert head.headers["content-type"].startswith("text/event-stream")
    assert head.content == b""
    assert ended == [True]
