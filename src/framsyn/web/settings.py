"""What the server is allowed to take on."""

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """Bounds of a server.

    Attributes:
        hosts: names under which it may be asked, without port; others are refused, so that a strange page
            cannot reach it under a name of its own.
        most_body: bytes of a request's body.
        most_address: characters of an address.

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

        most_cost, most_job_cost: what a question, and a job, may take of one thread, microseconds (see
            `cost.py`).
        quick_cost: what a question takes at most that waits in the quick queue.
        workers, slow_workers: threads of the two queues, two or more: one client never runs in all.
        waiting, waiting_by_client, seconds: quick requests that may wait in all and of one client, and
            seconds until each is answered.
        slow_waiting, slow_waiting_by_client, slow_seconds: the same for those that take seconds.
        answers_bytes, worlds_bytes, lives_bytes: memory for answers, for draws that are held ready, and for
            summaries of futures.

        jobs_waiting, jobs_by_client: jobs that may wait, and those of one client that may wait or run; the
            second half of the queue is open only to clients that have nothing in it.
        job_seconds: how long a job may run.
        job_unfollowed_seconds: how long a job goes on when nobody looks at it.
        job_followers, job_followers_by_client: those who may follow one job, and of them those of one client,
            which is also how many streams of progress it may have open.
        job_streams: streams of progress in all; the second half only for clients that have none.
        jobs_remembered: jobs that are over, in memory.
        jobs_folder: where results are kept; None = in memory alone.
        jobs_bytes, jobs_age_seconds: how much is kept there, and how long.
    """

    hosts: tuple[str, ...] = LOOPBACK
    most_body: int = 64_000
    most_address: int = 16_000

    most_cost: int = 3_000_000
    most_job_cost: int = 120_000_000
    quick_cost: int = 500_000
    workers: int = 3
    waiting: int = 200
    waiting_by_client: int = 100
    seconds: float = 30.0
    slow_workers: int = 2
    slow_waiting: int = 24
    slow_waiting_by_client: int = 8
    slow_seconds: float = 120.0
    answers_bytes: int = 64_000_000
    worlds_bytes: int = 400_000_000
    lives_bytes: int = 60_000_000

    jobs_waiting: int = 12
    jobs_by_client: int = 3
    job_seconds: float = 900.0
    job_unfollowed_seconds: float = 120.0
    job_followers: int = 400
    job_followers_by_client: int = 40
    job_streams: int = 200
    jobs_remembered: int = 8
    jobs_folder: Path | None = None
    jobs_bytes: int = 500_000_000
    jobs_age_seconds: float = 30 * 86_400.0

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

    def __post_init__(self) -> None:
        if min(self.workers, self.slow_workers) < 2:
            raise ValueError("a queue needs two threads or more, so that no client runs in all of them")
