"""What the server is allowed to take on."""

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """Bounds of a server.

    Attributes:
        hosts: names under which it may be asked, without port; others are refused, so that a strange page
            cannot reach it under a name of its own.
        most_body: bytes of a request's body.
        most_address: characters of an address.
        waiting, seconds: quick requests that may wait for their turn, and how long one may take.
        slow_waiting, slow_seconds: the same for those that take seconds.
        jobs_waiting, jobs_by_client, job_seconds: searches that may wait, those of one client, and how long
            one may run.
        jobs_kept: finished jobs that are remembered.
        answers_bytes, worlds_bytes, lives_bytes: memory for answers, for worlds that are kept ready, and for
            what is read of lives.

        proxies: addresses or networks of servers in front of this one that are believed about the visitor.
        root_path: the path under which others reach the server, such as `/framsyn`; blank for the root.
        json_depth: brackets inside each other in a body of JSON.
        head_seconds, body_seconds: within which the head of a request, and its body, must have come, however
            often a part of it does.
        idle_seconds: how long a connection stays open without a request.
        stall_seconds, stall_bytes: one who reads an answer must take so many bytes in so long a time.
        connections: open at the same time; fewer where the process may have fewer descriptors.
        client_share: how large a share of them one address may have.
        log_lines, log_seconds: lines of the log in so long a time; what is more is counted.
        retry_seconds: after which one who asks a server that is starting may ask again.
    """

    hosts: tuple[str, ...] = LOOPBACK
    most_body: int = 64_000
    most_address: int = 16_000
    waiting: int = 200
    seconds: float = 30.0
    slow_waiting: int = 12
    slow_seconds: float = 120.0
    jobs_waiting: int = 6
    jobs_by_client: int = 3
    job_seconds: float = 900.0
    jobs_kept: int = 40
    answers_bytes: int = 64_000_000
    worlds_bytes: int = 400_000_000
    lives_bytes: int = 60_000_000

    # Connections, and the way to the server (server.py, connections.py, security.py, proxies.py).
    proxies: tuple[str, ...] = ()
    root_path: str = ""
    json_depth: int = 16
    head_seconds: float = 10.0
    body_seconds: float = 10.0
    idle_seconds: float = 5.0
    stall_seconds: float = 20.0
    stall_bytes: int = 10_000
    connections: int = 1_000
    client_share: float = 0.5
    log_lines: int = 12
    log_seconds: float = 60.0
    retry_seconds: int = 5
