"""The server: uvicorn with connections that are bounded, and a log that is."""

import asyncio
import logging
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from framsyn.web.connections import BoundedProtocol
from framsyn.web.log_limit import LogLimit
from framsyn.web.proxies import TrustedProxies
from framsyn.web.settings import Settings

#: Connections that are taken in at a time. The event loop takes as many as it listens for, all before it does
#: anything about one of them: with more than there are descriptors it would fail, and say so for each.
AT_ONCE = 16
#: Connections that the system lets wait to be taken in.
QUEUE = 1_024
#: Descriptors for files, jobs and the event loop, and turns of the loop until an ended connection's is free.
RESERVED, TURNS = 64, 4
#: The fewest connections of a server, and descriptors where the system does not say how many there may be.
MIN_CONNECTIONS, UNKNOWN_LIMIT = 8, 512
#: Bytes of a request's head besides its address.
HEADERS_BYTES = 16_384
#: Turns of uvicorn's own clock between two looks at the connections: a second.
TICKS = 10


def descriptor_limit() -> int:
    """How many descriptors this process may have."""
    try:
        import resource
    except ImportError:  # not there on Windows
        return UNKNOWN_LIMIT
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return UNKNOWN_LIMIT * UNKNOWN_LIMIT if soft == resource.RLIM_INFINITY else soft


class ServerConfig(uvicorn.Config):
    """How a server runs.

    Attributes:
        settings: its bounds.
        proxies: servers in front of it whose connections are not counted as one client's.
        capacity, client_capacity: connections at the same time, and those of one address.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.settings = settings
        self.proxies = TrustedProxies(settings.proxies)
        spare = descriptor_limit() - RESERVED - TURNS * AT_ONCE
        self.capacity = max(MIN_CONNECTIONS, min(settings.connections, spare))
        self.client_capacity = max(MIN_CONNECTIONS // 2, int(self.capacity * settings.client_share))
        options: dict[str, Any] = {
            "loop": "asyncio",
            "http": BoundedProtocol,
            "ws": "none",
            "lifespan": "on",
            "log_config": None,
            "log_level": "warning",
            "access_log": False,
            "proxy_headers": False,  # Forwarded reads them, and only from whom it trusts
            "server_header": False,
            "backlog": AT_ONCE,
            "timeout_keep_alive": max(1, int(settings.idle_seconds)),
            "timeout_graceful_shutdown": 3,
            "h11_max_incomplete_event_size": settings.most_address + HEADERS_BYTES,
        }
        super().__init__(app, **options)


class Server(uvicorn.Server):
    """A server whose connections are looked at every second."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(QUEUE)

    def stop(self) -> None:
        """End, from any thread, as soon as what is being answered has been."""
        self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Look at the connections; whether the server is to end."""
        if counter % TICKS == 0:
            now = asyncio.get_running_loop().time()
            for connection in list(self.server_state.connections):
                if isinstance(connection, BoundedProtocol):
                    connection.check(now)
        return await super().on_tick(counter)


def bound_log(settings: Settings) -> None:
    """Write warnings and errors to the terminal, within bounds."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(LogLimit(settings.log_lines, settings.log_seconds))
    logging.getLogger().addHandler(handler)
