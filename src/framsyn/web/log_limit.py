"""A log that nobody can fill: so many messages in so long a time, and the number of those left out."""

import logging
import time
from collections import Counter
from collections.abc import Callable

#: How many messages of one kind are written in a window.
ALIKE = 3


class LogLimit(logging.Filter):
    """Lets a few messages of each kind through in each window of time, and some in all.

    The first message of a later window tells how many were left out.

    Args:
        most: messages in a window.
        seconds: length of a window.
        clock: seconds from any beginning.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most, self._seconds, self._clock = most, seconds, clock
        self._until = clock() + seconds
        self._written: Counter[tuple[str, int, str]] = Counter()
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message is written."""
        now = self._clock()
        if now >= self._until:
            self._until = now + self._seconds
            self._written.clear()
        kind = (record.name, record.levelno, str(record.msg)[:60])
        if self._written.total() >= self._most or self._written[kind] >= ALIKE:
            self._left_out += 1
            return False
        self._written[kind] += 1
        if self._left_out:
            record.msg = f"{record.getMessage()} ({self._left_out} messages were left out before this one)"
            record.args = ()
            self._left_out = 0
        return True
