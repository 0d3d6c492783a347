"""Jobs: work that takes long, done one at a time in a process of its own, followed and stopped by its id.

A part of the server that has such work writes a function `work(arguments, tell) -> bytes`, where `arguments`
is what JSON can hold and `tell(done, total, told)` says how far it is, and begins it with

    job = state.jobs.start("choice", "framsyn.web.api.choosing:searched", arguments, client)

The same question again gives the same job, waiting, running or done; one that failed or was cancelled is
begun anew. `jobs.get(id)` finds it, `jobs.follow(id)` tells every change, `jobs.cancel(id)` ends it.
`api/job_answers.py` says all that to a reader.
"""

import asyncio
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from framsyn.errors import FramsynError
from framsyn.web.job import Job, id_of
from framsyn.web.job_process import UNEXPECTED, do
from framsyn.web.queue import BusyError
from framsyn.web.refused import FailedError, NotFoundError, TooManyError
from framsyn.web.settings import Settings

#: Seconds between two looks at what a process sends, and at what a follower has not heard.
LOOK, HEAR = 0.1, 0.25
#: Seconds that a process has to end by itself once it is told to.
GRACE = 3.0


class Jobs:
    """The jobs of one server; usable from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: list[str] = []
        self._run: _Run | None = None
        self._closed = False
        self._lock = threading.RLock()

    def start(self, kind: str, function: str, arguments: Mapping[str, Any], client: str) -> Job:
        """Begin a job, or find the one that was begun by the same question.

        Args:
            kind: what it is.
            function: `package.module:function`, see `job_process.Work`.
            arguments: what it is asked, as JSON can hold it.
            client: the address of who asks.

        Raises:
            BusyError: too many are waiting.
            TooManyError: too many of this client's are waiting or running.
        """
        identity = id_of(kind, function, arguments)
        with self._lock:
            known = self._jobs.get(identity)
            if known is not None and (known.state == "done" or not known.over):
                self._jobs.move_to_end(identity)
                return self._placed(known)
            self._check_room(client)
            self._jobs[identity] = Job(identity, kind, function, dict(arguments), client)
            self._jobs.move_to_end(identity)
            self._queue.append(identity)
            self._forget()
            self._next()
            return self._placed(self._jobs[identity])

    def get(self, identity: str) -> Job:
        """The job of an id as it stands.

        Raises:
            NotFoundError: there is none, or it is remembered no longer.
        """
        with self._lock:
            if identity not in self._jobs:
                raise NotFoundError("There is no such work, or it is remembered no longer. Begin it again.")
            return self._placed(self._jobs[identity])

    def cancel(self, identity: str) -> Job:
        """End a job that waits or runs; one that is over stays as it is.

        Raises:
            NotFoundError: there is none.
        """
        with self._lock:
            job = self.get(identity)
            if job.state == "waiting":
                self._queue.remove(identity)
                self._jobs[identity] = replace(job, state="cancelled", ahead=0)
            elif self._run is not None and job.state == "running":
                self._end(self._run, state="cancelled")
            return self.get(identity)

    async def follow(self, identity: str, silence: float = 15.0) -> AsyncIterator[Job | None]:
        """Every change of a job, the first at once, until it is over; at most a few a second.

        Args:
            identity: of the job.
            silence: seconds without a change after which None is told.

        Raises:
            NotFoundError: there is none, or it was forgotten meanwhile.
        """
        before: Job | None = None
        told = time.monotonic()
        while before is None or not before.over:
            job = self.get(identity)
            if job != before:
                before, told = job, time.monotonic()
                yield job
            elif time.monotonic() - told > silence:
                told = time.monotonic()
                yield None
            await asyncio.sleep(HEAR)

    def close(self) -> None:
        """End what runs, and begin nothing more."""
        with self._lock:
            self._closed, run = True, self._run
            for identity in [*self._queue, *([run.job.id] if run and not run.over.is_set() else [])]:
                self.cancel(identity)
        if run is not None and run.thread is not None:
            run.thread.join(GRACE)

    def _check_room(self, client: str) -> None:
        busy = Counter(job.client for job in self._jobs.values() if not job.over)
        if busy[client] >= self._settings.jobs_by_client:
            raise TooManyError(
                "{count} searches of yours are waiting or running: let one end, or cancel one.",
                count=busy[client],
            )
        if self._closed or len(self._queue) >= self._settings.jobs_waiting + (self._run is None):
            raise BusyError(after=15)

    def _placed(self, job: Job) -> Job:
        """The job with its place in the queue."""
        if job.state != "waiting":
            return job
        return replace(job, ahead=self._queue.index(job.id) + (self._run is not None))

    def _forget(self) -> None:
        """Let go of the oldest that are over."""
        over = [job.id for job in self._jobs.values() if job.over]
        for identity in over[: max(0, len(over) - self._settings.jobs_kept)]:
            del self._jobs[identity]

    def _next(self) -> None:
        """Begin the first in the queue, where nothing runs."""
        if self._run is not None or not self._queue:
            return
        job = replace(self._jobs[self._queue.pop(0)], state="running", began=time.monotonic())
        self._jobs[job.id] = job
        run = self._run = _Run(job)
        run.thread = threading.Thread(target=self._do, args=(run,), daemon=True, name="job")
        run.thread.start()

    def _do(self, run: "_Run") -> None:
        """Do a job in a process, and then begin the next."""
        try:
            self._watch(run)
        finally:
            with self._lock:
                self._end(run, state="failed", error=UNEXPECTED)
                self._run = None
                self._forget()
                self._next()

    def _watch(self, run: "_Run") -> None:
        job, context = run.job, get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=do, args=(job.function, job.arguments, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            until = time.monotonic() + self._settings.job_seconds
            while not run.over.is_set():
                if time.monotonic() > until:
                    self._end(run, state="failed", error=_too_long(self._settings.job_seconds))
                elif ours.poll(LOOK):
                    self._hear(run, ours)
        finally:
            _ended(process)
            ours.close()

    def _hear(self, run: "_Run", pipe: Connection) -> None:
        """What the process sends; where it ended without a word the job failed."""
        try:
            kind, *parts = pipe.recv()
        except (EOFError, OSError):
            self._end(run, state="failed", error=UNEXPECTED)
            return
        if kind == "told":
            done, total, told = parts
            if done and not run.paced[0]:
                run.paced = (time.monotonic(), done)
            self._change(run, done=done, total=total, told=told, paced=run.paced)
        elif kind == "done":
            self._end(run, state="done", result=parts[0])
        else:
            self._end(run, state="failed", error=FailedError(parts[0], **parts[1]))

    def _end(self, run: "_Run", **changes: Any) -> None:
        self._change(run, ended=time.monotonic(), over=True, **changes)

    def _change(self, run: "_Run", *, over: bool = False, **changes: Any) -> None:
        """Change the job of a run; one that is over stays as it is, and may have been begun anew."""
        with self._lock:
            if not run.over.is_set():
                self._jobs[run.job.id] = replace(self._jobs[run.job.id], **changes)
                if over:
                    run.over.set()


class _Run:
    """One doing of a job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.over = threading.Event()
        self.paced = job.paced
        self.thread: threading.Thread | None = None


def _too_long(seconds: float) -> FramsynError:
    return FramsynError(
        "The work took longer than the {minutes} minutes that it may: ask for less.",
        minutes=f"{seconds / 60.0:g}",
    )


def _ended(process: BaseProcess) -> None:
    """End a process, gently at first."""
    process.terminate()
    process.join(GRACE)
    if process.is_alive():
        process.kill()
        process.join(GRACE)
    process.close()
