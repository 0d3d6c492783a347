"""What the requests of one server share: queues, answers and draws held ready, jobs."""

from fastapi import Request

from framsyn.choose.evaluation import Worlds, worlds_of
from framsyn.foresee.setting import prepare
from framsyn.places.municipality import Municipality
from framsyn.web.cache import LruCache, SingleFlight
from framsyn.web.futures_summary import FuturesSummary, summarised_futures
from framsyn.web.jobs import Jobs
from framsyn.web.queue import QueueLimits, WorkQueue
from framsyn.web.representation import Representation
from framsyn.web.settings import Settings


class AppState:
    """Shared by the requests of one server.

    Attributes:
        settings: its bounds.
        quick, slow: queues of work that takes milliseconds, and seconds.
        answers: representations by the key of their request, each computed once.
        draws: of municipalities, with the trajectories of the baseline in them.
        summaries: of municipalities' futures under every posture, as their pages show them.
        jobs: work that takes long, in a process of its own.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.quick = WorkQueue(
            QueueLimits(settings.workers, settings.waiting, settings.waiting_by_client, settings.seconds)
        )
        self.slow = WorkQueue(
            QueueLimits(
                settings.slow_workers,
                settings.slow_waiting,
                settings.slow_waiting_by_client,
                settings.slow_seconds,
            )
        )
        self.answers: SingleFlight[Representation] = SingleFlight(
            LruCache(settings.answers_bytes, lambda one: one.nbytes)
        )
        self.draws: LruCache[Worlds] = LruCache(settings.worlds_bytes, _size)
        self.summaries: LruCache[FuturesSummary] = LruCache(settings.lives_bytes, lambda one: one.nbytes)
        self.jobs = Jobs(settings)

    def draws_of(self, m: Municipality, years: int, draws: int, seed: int) -> Worlds:
        """The draws of a municipality with the baseline's trajectories in them, held or computed."""
        key = (m.code, years, draws, seed)
        return self.draws.get_or_compute(key, lambda: worlds_of(prepare(m, years, seed), range(draws)))

    def summary_of(self, m: Municipality, years: int, draws: int, seed: int) -> FuturesSummary:
        """The summary of a municipality's futures under every posture, held or computed."""
        key = (m.code, years, draws, seed)
        return self.summaries.get_or_compute(key, lambda: summarised_futures(m, years, draws, seed))

    def close(self) -> None:
        """Let go of the threads, and end what runs beside them."""
        self.quick.close()
        self.slow.close()
        self.jobs.close()


def state_of(request: Request) -> AppState:
    """What the requests of the server share."""
    state: AppState = request.app.state.shared
    return state


def _size(worlds: Worlds) -> int:
    return worlds.as_today.nbytes + sum(part.nbytes for part in worlds.drawn)
