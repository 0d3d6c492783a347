"""The process in which a job is done, and the progress that it reports to the server through a pipe.

It leads a process group of its own, and ends that group as soon as the server is gone, however the server
ended: the operating system then closes the pipe that `multiprocessing.parent_process()` waits at.
"""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, Protocol

from framsyn.core.child_process import die_with_parent
from framsyn.errors import FramsynError

#: How much nicer than the server the process is: quick requests keep the processors.
NICER = 10
#: Seconds between two reports of progress.
BETWEEN = 0.2


class Report(Protocol):
    """Takes a job's progress."""

    def __call__(self, done: int, total: int, stage: str, **details: int) -> None:
        """Report that so much of the total is done, what is being done now, and numbers of that stage."""


Work = Callable[[Mapping[str, Any], Report], bytes]


def run(function: str, arguments: Mapping[str, Any], pipe: Connection) -> None:
    """Do a job's work in this process, and send its outcome.

    Sends `("progress", done, total, stage, details)` meanwhile, and in the end `("done", bytes)`,
    `("refused", template, parts)` or `("broken",)`.

    Args:
        function: `package.module:function`, a `Work`.
        arguments: its first argument.
        pipe: where all that is sent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it
    if hasattr(os, "nice"):
        os.nice(NICER)
    die_with_parent(group=True)
    try:
        pipe.send(("done", work_of(function)(arguments, _reporter(pipe))))
    except BrokenPipeError:
        return
    except FramsynError as error:
        pipe.send(("refused", error.template, {name: str(part) for name, part in error.parts.items()}))
    except Exception:
        logging.getLogger(__name__).exception("A job failed: %s", function)
        pipe.send(("broken",))


def work_of(function: str) -> Work:
    """The function of a path such as `framsyn.web.api.choosing:search_strategies`."""
    module, _, name = function.partition(":")
    work: Work = getattr(import_module(module), name)
    return work


def _reporter(pipe: Connection) -> Report:
    """Sends progress, but not more often than anybody can see."""
    last, stage_before = 0.0, ""

    def report(done: int, total: int, stage: str, **details: int) -> None:
        nonlocal last, stage_before
        now = time.monotonic()
        if now - last >= BETWEEN or stage != stage_before or done >= total:
            pipe.send(("progress", done, total, stage, details))
            last, stage_before = now, stage

    return report
