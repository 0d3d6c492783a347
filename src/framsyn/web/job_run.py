"""One run of a job: its process, watched from a thread of the server until it ends or is ended."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from framsyn.errors import FramsynError
from framsyn.web.job import UNEXPECTED, Job
from framsyn.web.job_process import run
from framsyn.web.refused import FailedError

#: Seconds between two looks at what a process sends.
LOOK = 0.1
#: Seconds that a process has to end by itself once it is told to.
GRACE = 3.0

Change = Callable[..., None]


class JobRun:
    """Runs one job in a process, and passes on every change.

    Args:
        job: the job.
        most_seconds: how long it may take.
        change: takes the attributes of the job that change.
        look: called at every look, about ten times a second; may end the run.
        finished: called when the process is gone.
    """

    def __init__(
        self,
        job: Job,
        most_seconds: float,
        change: Change,
        look: Callable[[], None],
        finished: Callable[[], None],
    ) -> None:
        self.job = job
        #: Set when the outcome is known; the process may still be ending.
        self.over = threading.Event()
        self._most_seconds = most_seconds
        self._change, self._look, self._finished = change, look, finished
        self._paced = job.paced
        self._thread = threading.Thread(target=self._work, daemon=True, name="job")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait until the process is gone, at most so long."""
        self._thread.join(seconds)

    def _work(self) -> None:
        try:
            self._watch()
        finally:
            self._change(state="failed", error=UNEXPECTED)  # where nothing else became of it
            self._finished()

    def _watch(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=run, args=(self.job.function, self.job.arguments, theirs), daemon=True
        )
        process.start()
        theirs.close()
        try:
            until = time.monotonic() + self._most_seconds
            while not self.over.is_set():
                self._look()
                if time.monotonic() > until:
                    self._change(state="failed", error=_too_long(self._most_seconds))
                elif ours.poll(LOOK):
                    self._receive(ours)
        finally:
            _end(process)
            ours.close()

    def _receive(self, pipe: Connection) -> None:
        """Take what the process sends; where it ended without a word the job failed."""
        try:
            kind, *parts = pipe.recv()
        except (EOFError, OSError):
            kind, parts = "broken", []
        if kind == "progress":
            self._progress(*parts)
        elif kind == "done":
            self._change(state="done", result=parts[0])
        elif kind == "refused":
            self._change(state="failed", error=FailedError(parts[0], **parts[1]))
        else:
            self._change(state="failed", error=UNEXPECTED)

    def _progress(self, done: int, total: int, stage: str, details: dict[str, Any]) -> None:
        if done and not self._paced[0]:
            self._paced = (time.monotonic(), done)
        self._change(done=done, total=total, stage=stage, details=details, paced=self._paced)


def _too_long(seconds: float) -> FramsynError:
    return FramsynError(
        "The work took longer than the {minutes} minutes that it may: ask for less.",
        minutes=f"{seconds / 60.0:g}",
    )


def _end(process: BaseProcess) -> None:
    """End a process and all that it has started, gently at first."""
    _signal_group(process, "SIGTERM")
    process.join(GRACE)
    if process.is_alive():
        _signal_group(process, "SIGKILL")
        process.join(GRACE)
    process.close()


def _signal_group(process: BaseProcess, name: str) -> None:
    """Signal the process and its group; the process alone where it leads none (yet)."""
    if process.pid is not None and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, getattr(signal, name))
    if name == "SIGTERM":
        process.terminate()
    else:
        process.kill()
