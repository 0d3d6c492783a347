"""Connections that hold half a request, and what a visitor and the log notice of them.

A server that may have few descriptors is met by many connections: with half a head, with half a body, with
one that comes letter by letter, and with answers that nobody reads. Told are how long a visitor waits, when
the last of them is ended, and how many lines the log has grown by. For Linux.

Run: python bench/starve_connections.py [connections] [descriptors]
"""

import resource
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import httpx2

PORT = 8779
BASE = f"http://127.0.0.1:{PORT}"
HEAD = b"POST /api/v1/strategies HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
PAGE = b"GET /api/v1/indicators HTTP/1.1\r\nHost: localhost\r\n\r\n"
#: What a connection sends at first, and then every half second.
KINDS = {
    "half a head": (HEAD, b""),
    "half a body": (HEAD + b"Content-Length: 60000\r\n\r\n{", b""),
    "a head by letters": (HEAD + b"X-More: ", b"x"),
    "a body by letters": (HEAD + b"Content-Length: 60000\r\n\r\n{", b"x"),
    "answers unread": (PAGE * 60, b""),
}
#: Seconds after which those that are still open are told.
LONGEST, PAUSE = 60.0, 0.5


def main() -> None:
    """Print a row for each kind of connection."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    descriptors = int(sys.argv[2]) if len(sys.argv) > 2 else 256
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4 * many + 100), most))
    command = [str(Path(sys.executable).with_name("framsyn")), "serve", "--port", str(PORT)]
    limited = ["bash", "-c", f'ulimit -n {descriptors} && exec "$@"', "bash", *command]
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(limited, stdout=subprocess.DEVNULL, stderr=log)  # noqa: S603
        try:
            _wait()
            print(f"{many} connections, {descriptors} descriptors, {_lines(log)} lines of log before")
            for kind, (first, later) in KINDS.items():
                before = _lines(log)
                waited, ended, left = _met(server, many, first, later)
                grown = _lines(log) - before
                print(
                    f"{kind:20} visitor {waited:5.2f} s, last ended after {ended:5.1f} s,"
                    f" {left} left, log +{grown}"
                )
        finally:
            server.terminate()
            server.wait()


def _wait() -> None:
    while True:
        try:
            if httpx2.get(f"{BASE}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.2)


def _lines(log: IO[str]) -> int:
    log.seek(0)
    return sum(1 for _ in log)


def _sockets(server: subprocess.Popen[bytes]) -> int:
    """Sockets that the server has open, also those whose other end does not read that they are ended."""
    found = 0
    for descriptor in Path(f"/proc/{server.pid}/fd").iterdir():
        with suppress(OSError):
            found += str(descriptor.readlink()).startswith("socket:")
    return found


def _met(server: subprocess.Popen[bytes], many: int, first: bytes, later: bytes) -> tuple[float, float, int]:
    """Seconds that a visitor waits, and until the server has ended all connections; how many are left."""
    before, began = _sockets(server), time.monotonic()
    held = []
    for _ in range(many):
        made = socket.create_connection(("127.0.0.1", PORT))
        made.setblocking(False)
        _send(made, first)
        held.append(made)
    asked = time.monotonic()
    httpx2.get(f"{BASE}/api/v1/facts", timeout=LONGEST).raise_for_status()
    waited = time.monotonic() - asked
    while (left := _sockets(server) - before) > 0 and time.monotonic() - began < LONGEST:
        time.sleep(PAUSE)
        for each in held:
            _send(each, later)
    ended = time.monotonic() - began
    for each in held:
        each.close()
    return waited, ended, max(left, 0)


def _send(each: socket.socket, text: bytes) -> None:
    try:
        each.send(text)
    except OSError:
        return


if __name__ == "__main__":
    main()
