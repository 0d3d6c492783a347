"""Work that nobody waits for any longer stops at its next check.

Who begins the work holds a token. The work, and the threads that it spreads over, call `check_cancelled`
between strategies and between chunks of draws; without a token that costs nothing and changes nothing.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


class CancelledWorkError(Exception):
    """The work was cancelled before it was done."""


class CancellationToken:
    """Cancels the work that runs under it; usable from several threads."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the work is to stop."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Let the work stop at its next check."""
        self._event.set()


_current: ContextVar[CancellationToken | None] = ContextVar("cancellation", default=None)


@contextmanager
def cancelled_by(token: CancellationToken) -> Iterator[None]:
    """Run what is inside under a token."""
    before = _current.set(token)
    try:
        yield
    finally:
        _current.reset(before)


def check_cancelled() -> None:
    """Stop here where the work has been cancelled.

    Raises:
        CancelledWorkError: it has.
    """
    token = _current.get()
    if token is not None and token.cancelled:
        raise CancelledWorkError


def with_current_token(function: Callable[[A], R]) -> Callable[[A], R]:
    """The function, to be called in other threads under the token of this one."""
    token = _current.get()
    if token is None:
        return function

    def under_token(argument: A) -> R:
        with cancelled_by(token):
            check_cancelled()
            return function(argument)

    return under_token
