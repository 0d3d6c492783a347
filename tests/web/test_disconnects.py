"""Work whose asker hangs up is dropped, unless somebody else waits for it."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.types import Message

from framsyn.core.cancellation import CancelledWorkError, check_cancelled
from framsyn.web import error_handlers
from framsyn.web.answers import answer
from framsyn.web.client import client_of
from framsyn.web.settings import Settings
from framsyn.web.state import AppState
from framsyn.web.typed_request import TypedRoute

#: Ends a hang, and measures nothing.
HANG = 60.0


class Endless:
    """An application with one question, whose work goes on until it is stopped or let go."""

    def __init__(self) -> None:
        self.began, self.stopped, self.go = threading.Event(), threading.Event(), threading.Event()
        self.app = FastAPI()
        self.app.state.shared = AppState(Settings())
        self.app.router.route_class = TypedRoute
        error_handlers.install(self.app)

        @self.app.get("/work")
        async def work(request: Request) -> Any:
            return await answer(request, self._work)

    def _work(self) -> str:
        self.began.set()
        try:
            while not self.go.wait(0.001):
                check_cancelled()
        except CancelledWorkError:
            self.stopped.set()
            raise
        return "done"


class Visitor:
    """One request, whose connection can be hung up."""

    def __init__(self, app: FastAPI, client: str = "192.0.2.1") -> None:
        self._gone = asyncio.Event()
        self._asked = False
        self.sent: list[Message] = []
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/work",
            "raw_path": b"/work",
            "query_string": b"",
            "headers": [],
            "client": (client, 1),
            "server": ("localhost", 80),
            "scheme": "http",
            "http_version": "1.1",
            "root_path": "",
        }
        self.task = asyncio.ensure_future(app(scope, self._receive, self._send))

    def hang_up(self) -> None:
        self._gone.set()

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


async def until(holds: Callable[[], bool]) -> None:
    async def looked_at() -> None:
        while not holds():
            await asyncio.sleep(0.001)

    await asyncio.wait_for(looked_at(), HANG)


def test_the_work_of_one_who_has_gone_stops() -> None:
    async def scenario() -> bool:
        endless = Endless()
        visitor = Visitor(endless.app)
        await until(endless.began.is_set)
        visitor.hang_up()
        await asyncio.wait_for(visitor.task, HANG)
        await until(endless.stopped.is_set)
        endless.app.state.shared.close()
        return endless.stopped.is_set()

    assert asyncio.run(scenario())


def test_work_goes_on_while_somebody_waits_for_it() -> None:
    async def scenario() -> tuple[bytes, bool]:
        endless = Endless()
        leaves, stays = Visitor(endless.app), Visitor(endless.app, "192.0.2.2")
        await until(endless.began.is_set)
        await until(lambda: stays._asked and leaves._asked)
        leaves.hang_up()
        await asyncio.wait_for(leaves.task, HANG)
        endless.go.set()
        await asyncio.wait_for(stays.task, HANG)
        endless.app.state.shared.close()
        return stays.sent[-1]["body"], endless.stopped.is_set()

    assert asyncio.run(scenario()) == (b"done", False)


def test_who_joins_what_another_asked_for_does_not_wait_behind_that_ones_other_work() -> None:
    async def scenario() -> tuple[bytes, int]:
        endless = Endless()
        queue = endless.app.state.shared.quick
        hold = threading.Event()

        async def other(client: str) -> None:
            await queue.run(client, lambda: hold.wait(HANG))

        # Every thread is taken by clients of their own, and one of those who ask has more waiting.
        others = [*(f"holder {number}" for number in range(queue.limits.workers)), *["192.0.2.1"] * 5]
        holding = [asyncio.ensure_future(other(client)) for client in others]
        await asyncio.sleep(0)
        first = Visitor(endless.app, "192.0.2.1")
        await until(lambda: bool(queue._by_key))
        second = Visitor(endless.app, "192.0.2.2")
        await until(lambda: "192.0.2.2" in queue._waiting)
        endless.go.set()
        hold.set()
        await asyncio.wait_for(asyncio.gather(first.task, second.task, *holding), HANG)
        endless.app.state.shared.close()
        return second.sent[-1]["body"], len(first.sent)

    assert asyncio.run(scenario()) == (b"done", 2)


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_version_6(host: str, client: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1), "headers": []})) == client


def test_one_without_an_address_is_a_client_too() -> None:
    assert client_of(Request({"type": "http", "client": None, "headers": []})) == ""
