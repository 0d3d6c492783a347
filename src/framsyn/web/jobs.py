"""Jobs: work that takes long, one at a time in a process of its own, followed and ended by its followers.

A part of the server that has such work writes a function `work(arguments, report) -> bytes`, where
`arguments` is what JSON can hold and `report(done, total, stage, **details)` says how far it is. It starts it
with

    started = state.jobs.start("choice", "framsyn.web.api.choosing:search_strategies", arguments, client)

The same question again gives the same job, waiting, running or done, and a secret of its own; a job that
failed or was cancelled is begun anew. `jobs.get(id)` finds it, `jobs.follow(id, client)` gives every change,
and `jobs.leave(id, secret)` ends it where nobody else has asked for it. `api/job_answers.py` shows all that
to a reader.
"""

import asyncio
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from framsyn.errors import FramsynError
from framsyn.web.job import ENDED, INTERRUPTED, UNFOLLOWED, Job, job_id
from framsyn.web.job_followers import Followers
from framsyn.web.job_queue import fair_order
from framsyn.web.job_run import GRACE, JobRun
from framsyn.web.job_store import JobStore
from framsyn.web.queue import BusyError
from framsyn.web.refused import NotFoundError, TooManyError
from framsyn.web.settings import Settings

#: Seconds between two looks at what a follower has not been sent.
HEAR = 0.25
#: Seconds after which one who finds the queue full may try again.
PAUSE = 15


class Started(NamedTuple):
    """A job, and the secret with which this caller can leave it; None where it is over."""

    job: Job
    token: str | None


class Jobs:
    """The jobs of one server; usable from several threads.

    Args:
        settings: its bounds, and where results are kept.
        clock: seconds that only rise, by which followers are lost.

    Raises:
        FramsynError: the settings name a folder that cannot be written.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._store = (
            JobStore(settings.jobs_folder, settings.jobs_bytes, settings.jobs_age_seconds)
            if settings.jobs_folder
            else None
        )
        self._followers = Followers(settings, clock)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: list[str] = []  # as they came
        self._run: JobRun | None = None
        self._served: str | None = None  # the client whose job runs, or ran last
        self._closed = False
        self._lock = threading.RLock()

    def start(self, kind: str, function: str, arguments: Mapping[str, Any], client: str) -> Started:
        """Begin a job, or join the one that was begun by the same question.

        Args:
            kind: what it is.
            function: `package.module:function`, see `job_process.Work`.
            arguments: what it is asked, validated, as JSON can hold it.
            client: the address of who asks.

        Raises:
            BusyError: too many are waiting.
            TooManyError: too many of this client's are waiting or running, or too many follow this one.
        """
        identity = job_id(kind, function, arguments)
        with self._lock:
            self._end_unfollowed()
            job = self._find(identity)
            if job is None or job.state in ("failed", "cancelled"):
                self._check_room(client)
                self._followers.forget(identity)
                job = self._jobs[identity] = Job(identity, kind, function, dict(arguments), client)
                self._queue.append(identity)
                if self._store:
                    self._store.begin(job)
            token = None if job.over else self._followers.join(identity, client)
            self._jobs.move_to_end(identity)
            self._forget()
            self._next()
            return Started(self._placed(self._jobs[identity]), token)

    def get(self, identity: str) -> Job:
        """The job of an id as it stands; who asks follows it for a while.

        Raises:
            NotFoundError: there is none, or it is remembered no longer.
        """
        with self._lock:
            job = self._find(identity)
            if job is None:
                raise NotFoundError("There is no such work, or it is remembered no longer. Begin it again.")
            self._followers.see(identity)
            return self._placed(job)

    def leave(self, identity: str, token: str) -> Job:
        """Follow a job no longer: it ends where nobody else has asked for it, and goes on for those who have.

        Args:
            identity: of the job; one that is over stays as it is.
            token: the secret that `start` gave.

        Raises:
            NotFoundError: there is none.
            ForbiddenError: the secret is not one of this job's.
        """
        with self._lock:
            job = self.get(identity)
            self._followers.leave(identity, token)
            others = self._followers.clients(identity)
            if not job.over and not others:
                self._cancel(identity)
            elif not job.over and job.client not in others:
                self._jobs[identity] = replace(self._jobs[identity], client=others[0])
            return self._placed(self._jobs[identity])

    async def follow(self, identity: str, client: str, silence: float = 15.0) -> AsyncGenerator[Job | None]:
        """Every change of a job, the first at once, until it is over; at most a few a second.

        Args:
            identity: of the job.
            client: the address of who follows.
            silence: seconds without a change after which None is given.

        Raises:
            NotFoundError: there is none, or it was forgotten meanwhile.
            TooManyError: this client follows as many as it may.
        """
        with self._lock:
            self._followers.open_stream(client)
        try:
            before: Job | None = None
            sent = time.monotonic()
            while before is None or not before.over:
                job = self.get(identity)
                if job != before:
                    before, sent = job, time.monotonic()
                    yield job
                elif time.monotonic() - sent > silence:
                    sent = time.monotonic()
                    yield None
                if not job.over:
                    await asyncio.sleep(HEAR)
        finally:
            with self._lock:
                self._followers.close_stream(client)

    def check_follow(self, identity: str, client: str) -> None:
        """Raise what `follow` would raise at once."""
        self.get(identity)
        with self._lock:
            self._followers.check_stream(client)

    @property
    def streams(self) -> int:
        """How many follow a job just now."""
        return self._followers.streams

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits, and no process is ending."""
        with self._lock:
            return self._run is None and not self._queue

    def close(self) -> None:
        """End what runs, and begin nothing more; after a restart both are found as interrupted."""
        with self._lock:
            self._closed, run = True, self._run
            for identity in [*self._queue, *([run.job.id] if run and not run.over.is_set() else [])]:
                self._stop(identity, "failed", INTERRUPTED)
        if run is not None:
            run.join(2 * GRACE)

    def _find(self, identity: str) -> Job | None:
        """The job of an id, from memory or from disk."""
        if identity not in self._jobs and self._store is not None:
            stored = self._store.find(identity)
            if stored is not None:
                self._jobs[identity] = stored
                self._forget()
        return self._jobs.get(identity)

    def _check_room(self, client: str) -> None:
        """The second half of the queue is open only to clients that have nothing in it."""
        busy = Counter(job.client for job in self._jobs.values() if not job.over)
        if busy[client] >= self._settings.jobs_by_client:
            raise TooManyError(
                "{count} searches of yours are waiting or running: let one end, or cancel one.",
                count=busy[client],
            )
        room = self._settings.jobs_waiting + (self._run is None)
        if self._closed or len(self._queue) >= (room if not busy[client] else (room + 1) // 2):
            raise BusyError(after=PAUSE)

    def _order(self) -> list[Job]:
        return fair_order((self._jobs[identity] for identity in self._queue), self._served)

    def _placed(self, job: Job) -> Job:
        """The job with its place in the queue."""
        if job.state != "waiting":
            return job
        order = [other.id for other in self._order()]
        return replace(job, ahead=order.index(job.id) + (self._run is not None))

    def _forget(self) -> None:
        """Let go of the oldest that are over; those done are found on disk."""
        over = [job.id for job in self._jobs.values() if job.over]
        for identity in over[: max(0, len(over) - self._settings.jobs_remembered)]:
            del self._jobs[identity]
            self._followers.forget(identity)

    def _end_unfollowed(self) -> None:
        """End what nobody follows any longer."""
        running = [self._run.job.id] if self._run and not self._run.over.is_set() else []
        for identity in [*self._queue, *running]:
            if self._followers.lost(identity):
                self._stop(identity, "cancelled", UNFOLLOWED)

    def _next(self) -> None:
        """Begin the first in the queue, where nothing runs."""
        if self._run is not None or not self._queue:
            return
        first = self._order()[0]
        self._queue.remove(first.id)
        job = self._jobs[first.id] = replace(first, state="running", began=time.monotonic())
        self._served = job.client
        run = self._run = JobRun(
            job, self._settings.job_seconds, self._change_run, self._look, self._finished
        )
        run.start()

    def _look(self) -> None:
        with self._lock:
            self._end_unfollowed()

    def _finished(self) -> None:
        """The process is gone: begin the next job."""
        with self._lock:
            self._run = None
            self._end_unfollowed()
            self._forget()
            if not self._closed:
                self._next()

    def _cancel(self, identity: str) -> None:
        self._stop(identity, "cancelled", None)

    def _stop(self, identity: str, state: str, error: FramsynError | None) -> None:
        """End a job that waits or runs."""
        if identity in self._queue:
            self._queue.remove(identity)
            self._change(identity, state=state, error=error, ended=time.monotonic())
        elif self._run is not None and self._run.job.id == identity:
            self._change_run(state=state, error=error)

    def _change_run(self, **changes: Any) -> None:
        """Change the job that runs; once it is over it stays as it is, and may have been begun anew."""
        with self._lock:
            run = self._run
            if run is None or run.over.is_set():
                return
            if changes.get("state") in ENDED:
                changes["ended"] = time.monotonic()
                run.over.set()
            if changes.get("state") == "done":
                changes["done"] = self._jobs[run.job.id].total
            self._change(run.job.id, **changes)

    def _change(self, identity: str, **changes: Any) -> None:
        job = self._jobs[identity] = replace(self._jobs[identity], **changes)
        if self._store is None or not job.over or self._closed:
            return
        if job.state == "done":
            self._store.save(job)
        else:
            self._store.unmark(identity)
