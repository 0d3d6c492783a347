"""Bodies are read within bounds, and looked at before a parser is given them."""

import asyncio
import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message

from framsyn.errors import FramsynError
from framsyn.web.app import create_app
from framsyn.web.bodies import (
    BodyTooLongError,
    BodyTooSlowError,
    ClientGoneError,
    check_json,
    read_body,
    replayed,
)
from framsyn.web.response_headers import HEADERS
from framsyn.web.settings import Settings

POST = "/api/v1/strategies"
JSON = {"Content-Type": "application/json"}
SURROGATE = r'{"toml": "\ud800"}'


class Sent:
    """A `receive` that gives messages, and then waits for ever."""

    def __init__(self, *messages: Message) -> None:
        self.messages = list(messages)

    async def __call__(self) -> Message:
        if not self.messages:
            await asyncio.Event().wait()
        return self.messages.pop(0)


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_parts_is_read_whole_and_given_once_again() -> None:
    async def test() -> None:
        sent = Sent(part(b"ab", more=True), part(b"c", more=False), {"type": "http.disconnect"})
        body = await read_body(sent, 3, 60.0)
        assert body == b"abc"
        again = replayed(body, sent)
        assert await again() == part(b"abc", more=False)
        assert await again() == {"type": "http.disconnect"}

    asyncio.run(test())


def test_a_body_of_parts_without_a_told_length_is_bounded() -> None:
    sent = Sent(part(b"ab", more=True), part(b"cd", more=True))
    with pytest.raises(BodyTooLongError):
        asyncio.run(read_body(sent, 3, 60.0))


def test_a_body_that_does_not_end_is_given_up() -> None:
    with pytest.raises(BodyTooSlowError):
        asyncio.run(read_body(Sent(part(b"ab", more=True)), 3, 0.01))


def test_one_who_leaves_before_the_end_is_noticed() -> None:
    sent = Sent(part(b"ab", more=True), {"type": "http.disconnect"})
    with pytest.raises(ClientGoneError):
        asyncio.run(read_body(sent, 3, 60.0))


@pytest.mark.parametrize(
    "body",
    [
        SURROGATE.encode(),
        rb'{"toml": "\udc00\ud800"}',
        rb'{"\udfff": 1}',
        b'{"toml": "\xed\xa0\x80"}',
        b'{"toml": "\xe5"}',
        '{"toml": "å"}'.encode("utf-16"),
        b'{"toml": "a\0"}',
    ],
)
def test_half_a_character_and_other_encodings_are_refused(client: TestClient, body: bytes) -> None:
    with pytest.raises(FramsynError, match="UTF-8"):
        check_json(body, 16)
    answer = client.post(POST, content=body, headers=JSON, params={"lang": "en"})
    assert answer.status_code == 422
    assert answer.json()["error"] == "The body is not text in UTF-8. Send it as UTF-8."
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("body", [rb'{"toml": "\ud83d\ude00"}', rb'{"toml": "\\ud800"}', '"å😀"'.encode()])
def test_whole_characters_are_let_through(body: bytes) -> None:
    check_json(body, 16)


@pytest.mark.parametrize("body", [b"[" * 17, b'{"a":' * 17, b"[" * 60_000, b"[" * 16 + b"{"])
def test_deep_brackets_are_refused_before_they_are_parsed(client: TestClient, body: bytes) -> None:
    answer = client.post(POST, content=body, headers=JSON, params={"lang": "en"})
    assert answer.status_code == 422
    assert "brackets more than 16 deep" in answer.json()["error"]


@pytest.mark.parametrize("body", [b'"' + b"[" * 100 + b'"', b'{"a": "\\"[[[[[[[[[[[[[[[[[[[[["}', b"[" * 16])
def test_brackets_in_texts_are_not_counted(body: bytes) -> None:
    check_json(body, 16)


def test_a_length_told_in_two_ways_is_refused_and_nothing_after_it_is_read(client: TestClient) -> None:
    headers = JSON | {"Content-Length": "2", "Transfer-Encoding": "chunked"}
    answer = client.post(POST, content=b"{}", headers=headers, params={"lang": "en"})
    assert (answer.status_code, answer.headers["Connection"]) == (400, "close")
    assert "in two ways" in answer.json()["error"]


def test_quotation_marks_without_their_pairs_are_looked_at_once() -> None:
    """Looked at from every one of them anew, this would keep the server from all else for half a minute."""
    check_json(b'"' + b'\\"' * 31_000 + b"[" * 100, 16)


@settings(max_examples=30)
@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.tuples(inner)))
def test_what_json_can_say_within_the_bound_is_let_through(value: object) -> None:
    check_json(json.dumps(value).encode(), 100)
    check_json(json.dumps(value, ensure_ascii=False).encode(), 100)


def test_a_body_that_is_late_is_answered_as_such() -> None:
    """The answer of the guard, which the server's own deadline for connections stands behind."""
    app = create_app(Settings(body_seconds=0.01))
    answered: list[Message] = []

    async def test() -> None:
        scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": POST,
            "raw_path": POST.encode(),
            "query_string": b"lang=en",
            "headers": [
                (b"host", b"localhost"),
                (b"content-length", b"50"),
                (b"content-type", b"application/json"),
            ],
            "client": ("127.0.0.1", 1),
        }

        async def send(message: Message) -> None:
            answered.append(message)

        await app(scope, Sent(part(b"{", more=True)), send)

    asyncio.run(test())
    assert answered[0]["status"] == 408
    headers = {name.decode(): value.decode() for name, value in answered[0]["headers"]}
    assert headers["connection"] == "close"
    assert headers["x-frame-options"] == "DENY"
    assert b"within 0.01 seconds" in answered[1]["body"]


def test_a_body_sent_where_none_is_expected_is_bounded_too(client: TestClient) -> None:
    assert client.request("GET", "/api/v1/facts", content=b"x" * 70_000).status_code == 413
    assert client.request("GET", "/api/v1/facts", content=b"x").status_code == 200
    chunked = (b"x" * 10_000 for _ in range(7))
    assert client.post(POST, content=chunked, headers=JSON).status_code == 413


@pytest.mark.parametrize("length", ["-1", "x", "٣", "1" * 400, ""])
def test_a_length_that_is_no_number_is_refused(client: TestClient, length: str) -> None:
    headers = [(b"content-length", length.encode()), (b"content-type", b"application/json")]
    assert client.post(POST, content=b"{}", headers=headers).status_code == 413


def test_a_fault_of_the_server_is_told_with_the_headers_of_every_answer() -> None:
    app = create_app()

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise ZeroDivisionError

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/broken", params={"lang": "en"})
    assert answer.status_code == 500
    assert answer.json()["error"].startswith("The server failed to answer")
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
