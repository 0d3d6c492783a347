"""What the server is allowed to take on."""

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")


@dataclass(frozen=True)
class Settings:
    """Bounds of a server.

    Attributes:
        hosts: names under which it may be asked, without port; others are refused, so that a strange page
            cannot reach it under a name of its own.
        most_body: bytes of a request's body.
        most_address: characters of an address.
        most_draws, most_years: worlds and years of one request.
        most_strategies: strategies of one request.
        waiting, seconds: quick requests that may wait for their turn, and how long one may take.
        slow_waiting, slow_seconds: the same for those that take seconds.
        answers_bytes, worlds_bytes, lives_bytes: memory for answers, for worlds that are kept ready, and for
            what is read of lives.

        jobs_waiting, jobs_by_client: jobs that may wait, and those of one client that may wait or run; the
            second half of the queue is open only to clients that have nothing in it.
        job_seconds: how long a job may run.
        job_unfollowed_seconds: how long a job goes on when nobody looks at it.
        job_followers, job_followers_by_client: those who may follow one job, and of them those of one client,
            which is also how many streams of progress it may have open.
        jobs_remembered: jobs that are over, in memory.
        jobs_folder: where results are kept; None = in memory alone.
        jobs_bytes, jobs_age_seconds: how much is kept there, and how long.
    """

    hosts: tuple[str, ...] = LOOPBACK
    most_body: int = 64_000
    most_address: int = 16_000
    most_draws: int = 1_000
    most_years: int = 50
    most_strategies: int = 8
    waiting: int = 200
    seconds: float = 30.0
    slow_waiting: int = 12
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
    jobs_remembered: int = 8
    jobs_folder: Path | None = None
    jobs_bytes: int = 500_000_000
    jobs_age_seconds: float = 30 * 86_400.0
