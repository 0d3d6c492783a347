"""Connections: who waits makes room, and waits only so long."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from framsyn.web.connections import BoundedProtocol, Phase
from framsyn.web.log_limit import ALIKE, LogLimit
from framsyn.web.server import AT_ONCE, MIN_CONNECTIONS, RESERVED, TURNS, Server, ServerConfig
from framsyn.web.settings import Settings

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
QUICK = Settings(head_seconds=0.3, body_seconds=0.3, idle_seconds=1.0, stall_seconds=0.3)
#: Bounds that no test reaches.
PATIENT = Settings(head_seconds=600.0, body_seconds=600.0, idle_seconds=600.0, stall_seconds=600.0)
#: Seconds after which a test is ended that would hang.
HANG = 30.0
LARGE = 30_000_000


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with what it was sent; `/large` with more than buffers hold, `/slow` never."""
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body, more = body + message["body"], message["more_body"]
    if scope["path"] == "/slow":
        await receive()
        return
    body = b"x" * LARGE if scope["path"] == "/large" else body
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Served:
    """A server in this event loop, and connections to it."""

    def __init__(self, settings: Settings, connections: int) -> None:
        self.config = ServerConfig(echo, settings)
        self.config.capacity = self.config.client_capacity = connections
        self.server = Server(self.config)
        self.listening = socket.create_server(("127.0.0.1", 0))

        self.writers: list[asyncio.StreamWriter] = []

    @property
    def connections(self) -> set[BoundedProtocol]:
        return {each for each in self.server.server_state.connections if isinstance(each, BoundedProtocol)}

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection that the server need not have taken in."""
        reader, writer = await asyncio.open_connection(*self.listening.getsockname())
        self.writers.append(writer)
        return reader, writer

    async def connect(
        self, sent: bytes, phase: Phase | None = None
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection on which something has been sent, once the server has taken it in (to a phase)."""
        before = self.connections
        reader, writer = await self.opened()
        writer.write(sent)
        await until(lambda: bool(self.connections - before))
        (new,) = self.connections - before
        await until(lambda: phase in (None, new.phase))
        return reader, writer

    async def slow(self) -> asyncio.StreamReader:
        """A connection on which a request is being answered."""
        reader, _ = await self.connect(HEAD.replace(b"/", b"/slow", 1) + b"\r\n", Phase.ANSWER)
        return reader

    def end(self) -> None:
        """End the server, and every connection at both ends."""
        self.server.stop()
        for connection in self.connections:
            connection.transport.abort()
        for writer in self.writers:
            writer.transport.abort()


@asynccontextmanager
async def served(settings: Settings, connections: int = 100) -> AsyncIterator[Served]:
    made = Served(settings, connections)
    running = asyncio.create_task(made.server.serve([made.listening]))
    await until(lambda: made.server.started)
    try:
        yield made
    finally:
        made.end()
        await running


async def until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.01)


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), HANG))


async def closed(reader: asyncio.StreamReader) -> bytes:
    """What comes until the server ends the connection."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    ("sent", "drop"),
    [
        (b"", b""),
        (HEAD, b""),
        (HEAD, b"A"),
        (HEAD + b"Content-Length: 100\r\n\r\n{", b""),
        (HEAD + b"Content-Length: 100000\r\n\r\n{", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
def test_half_a_request_is_ended_also_where_a_little_comes_again_and_again(sent: bytes, drop: bytes) -> None:
    async def test() -> None:
        async with served(QUICK) as here:
            reader, writer = await here.connect(sent)
            ended = asyncio.create_task(closed(reader))
            while not ended.done():
                if drop:
                    writer.write(drop)
                await asyncio.sleep(0.02)
            assert b"200" not in ended.result()

    run(test)


def test_one_who_does_not_read_the_answer_is_ended() -> None:
    async def test() -> None:
        async with served(QUICK) as here:
            await here.connect(HEAD.replace(b"/", b"/large", 1) + b"\r\n")
            await until(lambda: not here.connections)

    run(test)


def test_one_who_reads_gets_the_whole_of_a_large_answer() -> None:
    async def test() -> None:
        async with served(QUICK) as here:
            reader, _ = await here.connect(HEAD.replace(b"/", b"/large", 1) + b"Connection: close\r\n\r\n")
            assert (await reader.read()).endswith(b"x" * LARGE)

    run(test)


def test_one_who_waits_for_an_answer_is_not_ended() -> None:
    async def test() -> None:
        async with served(QUICK) as here:
            reader = await here.slow()
            (connection,) = here.connections
            connection.check(asyncio.get_running_loop().time() + 3_600.0)
            assert not connection.transport.is_closing()
            assert not reader.at_eof()

    run(test)


def test_a_connection_is_used_again_for_the_next_request() -> None:
    async def test() -> None:
        async with served(PATIENT) as here:
            reader, writer = await here.connect(b"")
            for text in (b"first", b"second"):
                writer.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(text) + text)
                await reader.readuntil(b"\r\n\r\n")
                assert await reader.readexactly(len(text)) == text
            writer.write(2 * (HEAD + b"\r\n"))  # one sent before the other is answered
            for _ in range(2):
                assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")

    run(test)


def test_a_newcomer_takes_the_place_of_the_one_who_has_waited_longest() -> None:
    async def test() -> None:
        async with served(PATIENT, connections=3) as here:
            working = await here.slow()
            waiting = [(await here.connect(HEAD))[0] for _ in range(2)]
            reader, _ = await here.connect(HEAD + b"Connection: close\r\n\r\n")
            assert (await reader.read()).startswith(b"HTTP/1.1 200")
            assert await closed(waiting[0]) == b""
            assert not waiting[1].at_eof()
            assert not working.at_eof()

    run(test)


def test_an_answer_that_is_still_sent_gives_way_last_but_counts() -> None:
    async def test() -> None:
        async with served(PATIENT, connections=2) as here:
            await here.connect(HEAD.replace(b"/", b"/large", 1) + b"Connection: close\r\n\r\n", Phase.IDLE)
            (sending,) = here.connections
            assert sending.transport.is_closing()
            assert sending.unsent
            waiting, _ = await here.connect(HEAD)
            await here.connect(HEAD)
            assert await closed(waiting) == b""
            assert sending in here.connections
            await here.slow()
            await here.slow()
            await until(lambda: sending not in here.connections)

    run(test)


def test_a_newcomer_is_turned_away_where_all_others_are_being_answered() -> None:
    async def test() -> None:
        async with served(PATIENT, connections=2) as here:
            working = [await here.slow() for _ in range(2)]
            reader, _ = await here.opened()
            assert await closed(reader) == b""
            assert not any(each.at_eof() for each in working)

    run(test)


def test_what_is_not_http_is_answered_with_the_headers_of_every_answer() -> None:
    async def test() -> None:
        async with served(PATIENT) as here:
            reader, _ = await here.connect(b"\x16\x03\x01 nonsense\r\n\r\n")
            answer = await reader.read()
            assert answer.startswith(b"HTTP/1.1 400")
            assert b"Content-Security-Policy: default-src 'none'" in answer

    run(test)


@pytest.mark.parametrize(
    ("descriptors", "capacity"),
    [(256, 256 - RESERVED - TURNS * AT_ONCE), (1_000_000, 1_000), (64, MIN_CONNECTIONS)],
)
def test_there_are_fewer_connections_than_descriptors(
    monkeypatch: pytest.MonkeyPatch, descriptors: int, capacity: int
) -> None:
    monkeypatch.setattr("framsyn.web.server.descriptor_limit", lambda: descriptors)
    assert ServerConfig(echo, Settings()).capacity == capacity


def test_one_address_has_a_share_of_the_connections_but_a_trusted_proxy_has_all() -> None:
    config = ServerConfig(echo, replace(Settings(), connections=40, proxies=("10.0.0.0/8",)))
    assert config.client_capacity == 20
    assert "10.1.2.3" in config.proxies
    assert "127.0.0.1" not in config.proxies


def message(text: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("server", logging.ERROR, "", 0, text, arguments, None)


def test_a_flood_of_messages_is_written_a_few_times_and_then_counted() -> None:
    now = [0.0]
    limit = LogLimit(most=ALIKE + 2, seconds=60.0, clock=lambda: now[0])
    assert sum(limit.filter(message("too many: %d", number)) for number in range(1_000)) == ALIKE
    others = [limit.filter(message(f"{number} is another")) for number in range(1_000)]
    assert sum(others) == 2
    now[0] = 60.0
    record = message("too many: %d", 5)
    assert limit.filter(record)
    assert record.getMessage().startswith("too many: 5 (")
    assert "998 messages were left out" in record.getMessage()


def test_addresses_of_one_network_are_one_client() -> None:
    """Whoever has one IPv6 address has all those behind it."""
    config = ServerConfig(echo, replace(Settings(), proxies=("10.0.0.0/8",)))

    async def test() -> None:
        found = []
        for host in (
            "2001:db8:1:2::1",
            "2001:db8:1:2:ffff::9",
            "2001:db8:1:3::1",
            "::ffff:10.0.0.1",
            "10.0.0.1",
        ):
            connection = BoundedProtocol(config=config, server_state=ServerState(), app_state={})
            connection.client = (host, 1)
            found.append(connection.host)
        assert found == ["2001:db8:1:2::/64"] * 2 + ["2001:db8:1:3::/64", "", ""]

    run(test)
