"""What the server is allowed to take on."""

from dataclasses import dataclass

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
        jobs_waiting, jobs_by_client, job_seconds: searches that may wait, those of one client, and how long
            one may run.
        jobs_kept: finished jobs that are remembered.
        answers_bytes, worlds_bytes, lives_bytes: memory for answers, for worlds that are kept ready, and for
            what is read of lives.
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
    jobs_waiting: int = 6
    jobs_by_client: int = 3
    job_seconds: float = 900.0
    jobs_kept: int = 40
    answers_bytes: int = 64_000_000
    worlds_bytes: int = 400_000_000
    lives_bytes: int = 60_000_000
