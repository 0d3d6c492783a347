"""Processes that make the reports of a batch beside each other, each with its share of the processors.

One that dies, for want of memory perhaps, takes only the report with it that it was making.
"""

import gc
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from framsyn.core.child_process import die_with_parent
from framsyn.errors import FramsynError
from framsyn.i18n.translator import N_
from framsyn.processors import processors, sharing
from framsyn.report.batch_made import Batch, Outcome, Task, made_of

#: Municipalities after which a process gives its place to a fresh one, so that no memory piles up.
MOST = 60
#: Seconds that a process that has been told to end may take.
ENDING = 5.0
READY = "ready"
DIED = N_("The process that made it ended ({code}): there may be too little memory.")


def spread(batch: Batch, folder: Path, tasks: Sequence[Task], jobs: int) -> Generator[Outcome, None, None]:
    """Make the reports of tasks in so many processes; tell each outcome as it comes.

    However it ends, no process is left behind.

    Args:
        batch: which reports.
        folder: where they are written.
        tasks: municipality by municipality.
        jobs: processes; 0 = in this one.

    Raises:
        FramsynError: a process cannot begin at all.
    """
    if jobs == 0:
        for task in tasks:
            yield from made_of(batch, folder, task)
        return
    with sharing(max(1, processors() // jobs)):
        workers = list[_Worker]()
        try:
            yield from _beside(batch, folder, deque(tasks), jobs, workers)
        finally:
            for worker in workers:
                worker.end()


def _beside(
    batch: Batch, folder: Path, waiting: "deque[Task]", jobs: int, workers: list["_Worker"]
) -> Iterator[Outcome]:
    """Give each worker something to do, and go on with what each says."""
    while waiting and len(workers) < jobs:
        workers.append(_Worker(batch, folder))
        workers[-1].give(waiting.popleft())
    while workers:
        for worker in _speaking(workers):
            outcome = worker.hear()
            if outcome is not None:
                yield outcome
            if not worker.busy:
                _go_on(worker, workers, waiting)


def _speaking(workers: Sequence["_Worker"]) -> list["_Worker"]:
    """Those of which something is heard; waits for the first."""
    heard = wait([one.pipe for one in workers])
    return [one for one in workers if one.pipe in heard]


def _go_on(worker: "_Worker", workers: list["_Worker"], waiting: "deque[Task]") -> None:
    """Give the worker's place more to do; to a fresh one where it has died or has done enough."""
    if worker.left is not None:
        waiting.appendleft(worker.left)
    if waiting and worker.fit:
        worker.give(waiting.popleft())
        return
    worker.end()
    workers.remove(worker)
    if waiting:
        workers.append(_Worker(worker.batch, worker.folder))
        workers[-1].give(waiting.popleft())


class _Worker:
    """A process and what it has been given.

    Attributes:
        pipe: what is heard of it.
        busy: whether it is at work.
        left: what it was given and has not done yet.
    """

    def __init__(self, batch: Batch, folder: Path) -> None:
        self.batch, self.folder = batch, folder
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(batch, folder, theirs), daemon=True)
        with _interrupts_held():
            self._process.start()
        theirs.close()
        self.busy = False
        self.left: Task | None = None
        self._begun, self._dead, self._done = False, False, 0

    @property
    def fit(self) -> bool:
        """Whether it can do more."""
        return not self._dead and self._done < MOST

    def give(self, task: Task) -> None:
        """Give it the reports of a municipality to make."""
        self.left, self.busy = task, True
        with suppress(OSError):  # where it has died, that is what is heard of it next
            self.pipe.send(task)

    def hear(self) -> Outcome | None:
        """What it says: an outcome; or nothing, where it is ready or has done what it was given."""
        try:
            said: Outcome | str | None = self.pipe.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(said, Outcome):
            self._tick_off(said.lang)
            return said
        if said == READY:
            self._begun = True
        else:
            self._done += 1
            self.busy = False
        return None

    def end(self) -> None:
        """Stop it, whatever it does."""
        self._process.terminate()
        self._process.join(ENDING)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.pipe.close()

    def _died(self) -> Outcome | None:
        self._process.join(ENDING)
        code = str(self._process.exitcode)
        if not self._begun:
            raise FramsynError(
                "The processes that make the reports cannot begin ({code}): try fewer with --jobs.", code=code
            )
        self.busy, self._dead = False, True
        if self.left is None:
            return None
        lost = Outcome(self.left.at, self.left.langs[0], DIED, (("code", code),))
        self._tick_off(lost.lang)
        return lost

    def _tick_off(self, lang: str) -> None:
        """One of the languages has been tried."""
        if self.left is not None:
            langs = tuple(one for one in self.left.langs if one != lang)
            self.left = self.left._replace(langs=langs) if langs else None


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Begin a process that never hears Ctrl-C: who has begun it ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(batch: Batch, folder: Path, pipe: Connection) -> None:
    """Make what is asked for through the pipe, until nobody asks any longer."""
    die_with_parent()
    pipe.send(READY)
    while True:
        try:
            task: Task = pipe.recv()
        except EOFError:
            return
        for outcome in made_of(batch, folder, task):
            pipe.send(outcome)
        pipe.send(None)
        gc.collect()  # the lives of a municipality are large
