"""The process in which a job is done: what runs in it, and what it tells the server through a pipe."""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from framsyn.errors import FramsynError

#: How much nicer than the server the process is: quick requests keep the processors.
NICER = 10
#: Seconds between two tellings of progress.
BETWEEN = 0.2

Told = Mapping[str, Any]
Tell = Callable[[int, int, Told], None]
Work = Callable[[Mapping[str, Any], Tell], bytes]


def do(function: str, arguments: Mapping[str, Any], pipe: Connection) -> None:
    """Do a job's work in this process, and send what becomes of it.

    Sends `("told", done, total, told)` meanwhile, and in the end `("done", bytes)` or
    `("failed", template, parts)`.

    Args:
        function: `package.module:function`, a `Work`.
        arguments: its first argument.
        pipe: where what becomes of it is sent; where nobody listens any longer the process ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it
    if hasattr(os, "nice"):
        os.nice(NICER)
    try:
        pipe.send(("done", found(function)(arguments, _telling(pipe))))
    except BrokenPipeError:
        return
    except FramsynError as error:
        pipe.send(("failed", error.template, {name: str(part) for name, part in error.parts.items()}))
    except Exception:
        logging.getLogger(__name__).exception("A job failed: %s", function)
        pipe.send(("failed", UNEXPECTED.template, {}))


#: What is told of a job that ended in a way that nobody foresaw.
UNEXPECTED = FramsynError("The work ended in an error that is ours. Begin it again; if it stays, tell us.")


def found(function: str) -> Work:
    """The function of a path such as `framsyn.web.api.choosing:searched`."""
    module, _, name = function.partition(":")
    made: Work = getattr(import_module(module), name)
    return made


def _telling(pipe: Connection) -> Tell:
    """Sends progress, but not more often than anybody can see."""
    last = 0.0
    before: Told = {}

    def tell(done: int, total: int, told: Told) -> None:
        nonlocal last, before
        now = time.monotonic()
        if now - last >= BETWEEN or dict(told) != before or done >= total:
            pipe.send(("told", done, total, dict(told)))
            last, before = now, dict(told)

    return tell
