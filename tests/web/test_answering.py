"""How one request is answered: its key, its queue, what is held, and who waits for it."""

import asyncio
import hashlib
import threading
from collections.abc import Callable, Hashable, Mapping
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from framsyn.web.answers import HTML, answer, in_turn
from framsyn.web.cache import LruCache, SingleFlight
from framsyn.web.disconnects import DisconnectedError
from framsyn.web.queue import QueueLimits, WorkQueue
from framsyn.web.representation import Representation, tag_of
from framsyn.web.settings import Settings
from framsyn.web.typed_request import NOTED, TypedRequest

T = TypeVar("T")
#: Ends a hang, and measures nothing.
HANG = 60.0


class Simulated(BaseModel):
    """A request that costs so many microseconds."""

    microseconds: int

    @property
    def cost_dimensions(self) -> tuple[int, int, int]:
        return 1, 1, 1

    def cost(self, draws: int) -> int:
        return draws * self.microseconds


class LoggedQueue(WorkQueue):
    """A queue that notes whose work it ran under which key, and who joined it."""

    def __init__(self) -> None:
        super().__init__(QueueLimits(2, 10, 10, HANG))
        self.ran: list[tuple[str, Hashable | None]] = []
        self.joined: list[tuple[Hashable, str]] = []

    async def run(self, client: str, work: Callable[[], T], key: Hashable | None = None) -> T:
        self.ran.append((client, key))
        return await super().run(client, work, key)

    def join(self, key: Hashable, client: str) -> None:
        self.joined.append((key, client))
        super().join(key, client)


class Server:
    """What the requests of one server share, as far as answering needs it."""

    def __init__(self) -> None:
        self.settings = Settings(quick_cost=500)
        self.quick, self.slow = LoggedQueue(), LoggedQueue()
        self.answers: SingleFlight[Representation] = SingleFlight(LruCache(1_000_000, lambda one: one.nbytes))

    def request(
        self,
        typed: TypedRequest,
        client: str = "192.0.2.1",
        headers: Mapping[str, str] | None = None,
        gone: bool = False,
    ) -> Request:
        """A request as it was validated; `gone`: its client has hung up."""

        async def receive() -> Any:
            if not gone:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "app": SimpleNamespace(state=SimpleNamespace(shared=self)),
            "client": (client, 1),
            "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
            NOTED: typed,
        }
        return Request(scope, receive)

    def close(self) -> None:
        self.quick.close()
        self.slow.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("framsyn.web.answers.made_with", lambda: "1.0")
    opened = Server()
    yield opened
    opened.close()


QUESTION = TypedRequest("question", {"a": 1})


def answered(request: Request, compute: Callable[[], str | bytes] = lambda: "x", **options: Any) -> Response:
    return asyncio.run(asyncio.wait_for(answer(request, compute, **options), HANG))


def test_a_key_is_the_digest_of_edition_operation_parameters_and_what_else_it_depends_on() -> None:
    written = '["1.0","question",{"a":1,"b":["å",null]},{"day":"2026-11-29"}]'.encode()
    found = TypedRequest("question", {"b": ["å", None], "a": 1}).key("1.0", {"day": "2026-11-29"})
    assert found == hashlib.sha256(written).hexdigest()
    with pytest.raises(ValueError, match="JSON compliant"):
        TypedRequest("question", {"a": float("nan")}).key("1.0")


def test_a_number_s_answer_is_computed_once_in_its_client_s_turn_and_held_under_its_key(
    server: Server,
) -> None:
    computed: list[int] = []

    def compute() -> str:
        computed.append(threading.get_ident())
        return "answer"

    first = answered(server.request(QUESTION), compute)
    assert (first.status_code, first.body, first.media_type) == (200, b"answer", "application/json")
    assert first.headers["etag"] == tag_of(b"answer")
    again = answered(server.request(QUESTION, client="192.0.2.2"), compute)
    assert again.body == b"answer"
    assert server.quick.ran == [("192.0.2.1", QUESTION.key("1.0"))]
    assert server.slow.ran == []
    assert len(computed) == 1
    assert computed[0] != threading.get_ident()


def test_who_holds_the_bytes_is_told_so_and_further_headers_go_with_content_alone(server: Server) -> None:
    options: dict[str, Any] = {"media_type": HTML, "headers": {"X-More": "1"}}
    first = answered(server.request(QUESTION), **options)
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert first.headers["x-more"] == "1"
    known = server.request(QUESTION, headers={"if-none-match": tag_of(b"x")})
    same = answered(known, **options)
    assert (same.status_code, same.body) == (304, b"")
    assert "x-more" not in same.headers


def test_edition_parameters_operation_and_what_is_named_beside_them_part_answers(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[str] = []

    def asked(typed: TypedRequest = QUESTION, **options: Any) -> bytes:
        def compute() -> str:
            answers.append(f"answer {len(answers)}")
            return answers[-1]

        return bytes(answered(server.request(typed), compute, **options).body)

    assert asked() == asked() == b"answer 0"
    assert asked(TypedRequest("question", {"a": 2})) == b"answer 1"
    assert asked(TypedRequest("other", {"a": 1})) == b"answer 2"
    assert asked(depends_on={"day": "2026-11-29"}) == b"answer 3"
    assert asked(depends_on={"day": "2026-11-30"}) == b"answer 4"
    decided = TypedRequest("question", {"a": 3})
    assert asked(typed=decided) == asked(decided) == asked(TypedRequest("question", {"a": 3}))
    monkeypatch.setattr("framsyn.web.answers.made_with", lambda: "2.0")
    assert asked() == b"answer 6"


@pytest.mark.parametrize(
    ("cost", "slow", "is_slow"), [(500, False, False), (501, False, True), (0, True, True)]
)
def test_what_costs_more_than_a_quick_question_or_is_slow_by_nature_waits_among_its_like(
    server: Server, cost: int, slow: bool, is_slow: bool
) -> None:
    typed = TypedRequest("question", {"parameters": Simulated(microseconds=cost)})
    answered(server.request(typed), slow=slow)
    assert asyncio.run(asyncio.wait_for(worked(server.request(typed), slow), HANG)) == "done"
    used, other = (server.slow, server.quick) if is_slow else (server.quick, server.slow)
    assert used.ran == [("192.0.2.1", typed.key("1.0")), ("192.0.2.1", None)]
    assert other.ran == []


async def worked(request: Request, slow: bool) -> str:
    return await (in_turn(request, lambda: "done", slow=True) if slow else in_turn(request, lambda: "done"))


def test_two_who_ask_the_same_at_once_wait_for_one_in_the_turns_of_both(server: Server) -> None:
    async def scenario() -> list[bytes]:
        go = threading.Event()
        computed: list[int] = []

        def compute() -> str:
            computed.append(1)
            go.wait(HANG)
            return f"answer {len(computed)}"

        first = asyncio.ensure_future(answer(server.request(QUESTION), compute))
        while not computed:
            await asyncio.sleep(0.001)
        second = asyncio.ensure_future(answer(server.request(QUESTION, client="192.0.2.2"), compute))
        while not server.quick.joined:
            await asyncio.sleep(0.001)
        go.set()
        return [bytes((await one).body) for one in (first, second)]

    assert asyncio.run(asyncio.wait_for(scenario(), HANG)) == [b"answer 1", b"answer 1"]
    assert server.quick.joined == [(QUESTION.key("1.0"), "192.0.2.2")]


def test_who_has_gone_is_not_waited_for(server: Server) -> None:
    go = threading.Event()

    def compute() -> str:
        go.wait(HANG)
        return "x"

    try:
        with pytest.raises(DisconnectedError):
            answered(server.request(QUESTION, gone=True), compute)
    finally:
        go.set()
