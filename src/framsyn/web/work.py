"""Work in turn: a bounded queue, so that heavy requests cannot starve the others or fill the memory."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class BusyError(Exception):
    """The queue is full, or the work took longer than it may.

    Args:
        after: seconds after which to try again.
        late: whether the work was begun and took too long.
    """

    def __init__(self, after: int, *, late: bool = False) -> None:
        super().__init__(after)
        self.after = after
        self.late = late


class Lane:
    """One queue: `workers` at a time, `waiting` behind them, each done within `seconds`.

    Work that takes too long is answered as such, and keeps its place until it ends, since a thread cannot be
    stopped: bounds on what is asked keep it short.
    """

    def __init__(self, workers: int, waiting: int, seconds: float) -> None:
        self._pool = ThreadPoolExecutor(workers)
        self._room = workers + waiting
        self._taken = 0
        self._seconds = seconds

    async def do(self, work: Callable[[], T]) -> T:
        """Do the work in its turn.

        Raises:
            BusyError: no room to wait in, or the time is out.
        """
        if self._taken >= self._room:
            raise BusyError(after=2)
        self._taken += 1
        doing = asyncio.get_running_loop().run_in_executor(self._pool, work)
        doing.add_done_callback(self._left)
        try:
            return await asyncio.wait_for(asyncio.shield(doing), self._seconds)
        except TimeoutError as error:
            raise BusyError(after=5, late=True) from error

    def _left(self, done: "asyncio.Future[T]") -> None:
        self._taken -= 1
        if not done.cancelled():
            done.exception()  # heard, also where nobody waits any longer

    def close(self) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=False, cancel_futures=True)
