"""How a command is run: what its exit status is, and what is said when it cannot go on.

Exit status: 0 all went well, 2 bad input or nothing can be written (one message on standard error), 130
stopped by Ctrl-C, 141 the reader of the output has gone away (as `head` does; nothing is said). A command may
have others.
"""

import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from framsyn.cli.line import INTERRUPTED
from framsyn.cli.output import print_error
from framsyn.cli.reader import REQUESTED, requested_on, words_for_errors
from framsyn.cli.streams import OutputLostError, guarded_output
from framsyn.errors import FramsynError

BAD_INPUT, READER_GONE = 2, 141
#: Signals that ask a program to end; the command tidies up first.
ENDING = ("SIGTERM", "SIGHUP")


class EndedBySignal(BaseException):
    """Somebody has asked the process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(command: Any, arguments: Sequence[str]) -> int:
    """Run a command line and return its exit status; whatever goes wrong is said on standard error.

    Args:
        command: the tree of commands, as the library has it.
        arguments: of the line, without the program's name.
    """
    token = REQUESTED.set(requested_on(arguments))
    try:
        with guarded_output(), _ending_tidily(), warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")  # meant for those who write programs
            return _status(command, list(arguments))
    except EndedBySignal as ended:
        signal.signal(ended.number, signal.SIG_DFL)
        os.kill(os.getpid(), ended.number)  # whoever waits sees that it was ended, and by what
        return 128 + ended.number
    finally:
        REQUESTED.reset(token)


def _status(command: Any, arguments: list[str]) -> int:
    try:
        return _refusals_said(command, arguments)
    except OutputLostError as lost:
        if lost.reader_gone:
            return READER_GONE
        return _refused(_unwritten(lost.reason))
    except (KeyboardInterrupt, typer.Abort):
        print_error(words_for_errors().gettext("Stopped."))
        return INTERRUPTED


def _refusals_said(command: Any, arguments: list[str]) -> int:
    try:
        ended = command.main(arguments, prog_name="framsyn", standalone_mode=False)
        sys.stdout.flush()
    except FramsynError as error:
        return _refused(error)
    except OSError as error:
        return _refused(_of_system(error))
    return ended if isinstance(ended, int) else 0


def _refused(error: FramsynError) -> int:
    print_error(words_for_errors().error(error))
    return BAD_INPUT


def _unwritten(reason: str) -> FramsynError:
    return FramsynError(
        "The output cannot be written ({reason}): free some space or send it somewhere else.", reason=reason
    )


def _of_system(error: OSError) -> FramsynError:
    """What the system refuses: a file that cannot be read or written, and why."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return FramsynError(
            "The system refused what the command needs ({reason}): free space or memory and try again.",
            reason=reason,
        )
    return FramsynError(
        "{path} cannot be read or written ({reason}): check that it is there and that you may use it.",
        path=os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename,
        reason=reason,
    )


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Let a signal that ends the process first take away what is half written.

    One that is ignored, as `nohup` does, stays ignored; only the main thread can be asked.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is signal.SIG_DFL:
                signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    raise EndedBySignal(number)
