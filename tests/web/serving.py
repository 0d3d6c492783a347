"""A server in a thread of its own, as the command runs it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from framsyn.web.app import create_app
from framsyn.web.server import Server, ServerConfig
from framsyn.web.settings import Settings

#: Seconds until a server that does not start or end is given up.
HANG = 60.0


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """The address of a server that runs meanwhile."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(ServerConfig(create_app(settings), settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + HANG
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.stop()
        thread.join(HANG)
