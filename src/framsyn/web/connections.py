"""Connections of a server: bounded in number and in time, so that nobody who waits can keep others out.

uvicorn's protocol knows no deadline but that between two requests. This one keeps what a connection waits for
and since when; the server looks at all of them every second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from framsyn.web.client import client_at
from framsyn.web.response_headers import HEADERS

if TYPE_CHECKING:
    from framsyn.web.server import ServerConfig


class Phase(Enum):
    """What a connection waits for; in all but one phase for its client."""

    HEAD = "head of a request"
    BODY = "body of a request"
    ANSWER = "answer"
    IDLE = "next request"


class BoundedProtocol(H11Protocol):
    """A connection with deadlines, that makes room for others where it waits.

    Attributes:
        phase: what it waits for.
        since: loop time from which it has waited for that.
    """

    config: ServerConfig

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.phase, self.since = Phase.HEAD, self.loop.time()
        self._unsent, self._unsent_since = 0, 0.0

    @cached_property  # every new connection asks it of all others
    def host(self) -> str:
        """Who the client is, by its address; blank for a trusted proxy, behind which there are many."""
        host = self.client[0] if self.client else ""
        own = client_at(host)
        return "" if host in self.config.proxies or own in self.config.proxies else own

    @property
    def unsent(self) -> int:
        """Bytes that are written and that the client has not taken."""
        return self.transport.get_write_buffer_size()

    @property
    def over(self) -> bool:
        """Whether it is ended, with nothing left to send: its descriptor is free in a moment."""
        return self.transport.is_closing() and not self.unsent

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection in, and end the one that has waited longest where there are too many."""
        super().connection_made(transport)
        self.phase, self.since = Phase.HEAD, self.loop.time()
        for surplus in self._surplus():
            surplus.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        super().data_received(data)
        self._note()

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        super().on_response_complete()
        self._note()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request of HTTP."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        headers = [*HEADERS.items(), ("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=msg.encode("ascii", "replace")),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def check(self, now: float) -> None:
        """End the connection where its client has kept it waiting too long.

        Args:
            now: loop time.
        """
        settings = self.config.settings
        limits = {
            Phase.HEAD: settings.head_seconds,
            # The application answers a body that is late, and then the connection is ended without.
            Phase.BODY: settings.body_seconds + 1.0,
            Phase.IDLE: settings.idle_seconds,
        }
        if self._stalled(now):
            self.transport.abort()
        elif self.phase in limits and now - self.since > limits[self.phase]:
            self._end()

    def _end(self) -> None:
        """End the connection, when what is written to it has been sent."""
        if self.phase is Phase.IDLE:
            self.transport.close()
        else:
            self.transport.abort()

    def _stalled(self, now: float) -> bool:
        """Whether the client has stopped, or nearly stopped, to read what it is sent."""
        unsent, settings = self.unsent, self.config.settings
        if not unsent or unsent <= self._unsent - settings.stall_bytes or not self._unsent:
            self._unsent, self._unsent_since = unsent, now
            return False
        return now - self._unsent_since > settings.stall_seconds

    def _note(self) -> None:
        """Keep what the connection waits for: another part of the same thing does not prolong it."""
        phase = self._phase_now()
        if phase is not self.phase:
            self.phase, self.since = phase, self.loop.time()

    def _phase_now(self) -> Phase:
        if self.cycle is not None and not self.cycle.response_complete:
            return Phase.BODY if self.cycle.more_body else Phase.ANSWER
        begun = self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]
        return Phase.HEAD if begun or self.cycle is None else Phase.IDLE

    def _surplus(self) -> list[BoundedProtocol]:
        """Connections to end, so that there are no more than may be."""
        every = [other for other in self.connections if isinstance(other, BoundedProtocol)]
        every = [other for other in every if not other.over]
        found: list[BoundedProtocol] = []
        if self.host:
            own = [other for other in every if other.host == self.host]
            found += _longest_waiting(self, own, self.config.client_capacity)
        return found or _longest_waiting(self, every, self.config.capacity)


def _longest_waiting(
    newest: BoundedProtocol, among: Collection[BoundedProtocol], most: int
) -> list[BoundedProtocol]:
    """The connections that have waited for their clients longest, where there are more than `most`.

    Those that are still sending an answer come last; the newest goes where all others are being answered.
    """
    if len(among) <= most:
        return []
    waiting = [each for each in among if each is not newest and each.phase is not Phase.ANSWER]
    waiting.sort(key=lambda each: (each.unsent > 0, each.since))
    return waiting[: len(among) - most] or [newest]
