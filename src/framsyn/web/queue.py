"""Work in turn: a bounded queue that is fair between clients; none can take every thread."""

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from framsyn.core.cancellation import CancellationToken, CancelledWorkError, cancelled_by
from framsyn.web.refused import TooManyError

T = TypeVar("T")
#: Seconds after which to try again where the queue is full, and where the work took too long.
FULL_PAUSE, LATE_PAUSE = 2, 5


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


@dataclass(frozen=True)
class QueueLimits:
    """Bounds of a queue.

    Attributes:
        workers: threads.
        waiting, waiting_by_client: work that may wait, in all and of one client.
        seconds: from its arrival until work is answered.
    """

    workers: int
    waiting: int
    waiting_by_client: int
    seconds: float


@dataclass(eq=False)
class _Item:
    """Work that waits or runs.

    Attributes:
        clients: those who wait for it; it waits in the turn of each.
        work: what is done.
        key: by which others join it.
        runs_for: the client in whose turn it runs; None while it waits.
        token: stops it.
        future: what it gives.
    """

    clients: list[str]
    work: Callable[[], Any]
    key: Hashable | None
    runs_for: str | None = None
    token: CancellationToken = field(default_factory=CancellationToken)
    future: "Future[Any]" = field(default_factory=Future)


class WorkQueue:
    """Clients take turns, whatever each has waiting; one client runs in all threads but one at most.

    Work whose asker has gone, or has waited too long, leaves the queue; where it runs already its token is
    cancelled, so that it stops at its next check.
    """

    def __init__(self, limits: QueueLimits) -> None:
        self.limits = limits
        self._pool = ThreadPoolExecutor(limits.workers, thread_name_prefix="work")
        self._waiting: OrderedDict[str, deque[_Item]] = OrderedDict()
        self._running: Counter[str] = Counter()
        self._by_key: dict[Hashable, _Item] = {}
        self._closed = False
        self._lock = threading.RLock()

    async def run(self, client: str, work: Callable[[], T], key: Hashable | None = None) -> T:
        """Do the work of a client in its turn, in a thread; cancelling the awaiting task cancels the work.

        Args:
            client: whose turn it takes.
            work: what is done.
            key: by which others may `join` it while it waits.

        Raises:
            TooManyError: too much of this client's is waiting.
            BusyError: too much is waiting, or the time is out.
        """
        item = self._enter(client, work, key)
        try:
            result: T = await asyncio.wait_for(asyncio.wrap_future(item.future), self.limits.seconds)
        except TimeoutError as error:
            begun = self._withdraw(item)
            raise BusyError(LATE_PAUSE, late=begun) from error
        except asyncio.CancelledError:
            self._withdraw(item)
            raise
        return result

    def join(self, key: Hashable, client: str) -> None:
        """Let work wait in the turn of one client more, so that nobody waits behind another's other work."""
        with self._lock:
            item = self._by_key.get(key)
            own = len(self._waiting.get(client, ()))
            if item is None or client in item.clients or own >= self.limits.waiting_by_client:
                return
            item.clients.append(client)
            self._waiting.setdefault(client, deque()).append(item)
            self._start_next()

    def close(self) -> None:
        """Take no more work, and stop what runs at its next check."""
        with self._lock:
            self._closed = True
            waiting = [item for items in self._waiting.values() for item in items]
            self._waiting.clear()
            self._by_key.clear()
        for item in waiting:
            item.future.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _enter(self, client: str, work: Callable[[], Any], key: Hashable | None) -> _Item:
        with self._lock:
            own = len(self._waiting.get(client, ()))
            if own >= self.limits.waiting_by_client:
                raise TooManyError(
                    "{count} requests from your address are waiting. Let them be answered first.", count=own
                )
            if self._closed or not self._has_room_for(own):
                raise BusyError(FULL_PAUSE)
            item = _Item([client], work, key)
            self._waiting.setdefault(client, deque()).append(item)
            if key is not None:
                self._by_key[key] = item
            self._start_next()
            return item

    def _has_room_for(self, own: int) -> bool:
        """Whether one more may wait; where all is full, whoever has most waiting gives up their last."""
        if sum(map(len, self._waiting.values())) < self.limits.waiting:
            return True
        longest = max(self._waiting.values(), key=len)
        if len(longest) <= own + 1:
            return False
        last = longest[-1]
        self._leave(last)
        if last.future.set_running_or_notify_cancel():
            last.future.set_exception(BusyError(FULL_PAUSE))
        return True

    def _start_next(self) -> None:
        """Begin as much as there are threads for, one client after another."""
        while self._running.total() < self.limits.workers and (item := self._next()) is not None:
            self._pool.submit(self._do, item)

    def _next(self) -> _Item | None:
        """The first of the client whose turn it is."""
        most = max(1, self.limits.workers - 1)
        for client, items in self._waiting.items():
            if self._running[client] < most:
                item = items[0]
                self._waiting.move_to_end(client)
                self._leave(item)
                item.runs_for = client
                self._running[client] += 1
                return item
        return None

    def _leave(self, item: _Item) -> None:
        """Work waits no longer, in nobody's turn."""
        for client in item.clients:
            items = self._waiting[client]
            items.remove(item)
            if not items:
                del self._waiting[client]
        if self._by_key.get(item.key) is item:
            del self._by_key[item.key]

    def _do(self, item: _Item) -> None:
        """Do the work in this thread, and begin the next."""
        try:
            if item.future.set_running_or_notify_cancel():
                self._finish(item)
        finally:
            with self._lock:
                self._running[str(item.runs_for)] -= 1
                self._running += Counter()  # lets go of clients of whom nothing runs
                if not self._closed:
                    self._start_next()

    def _finish(self, item: _Item) -> None:
        try:
            with cancelled_by(item.token):
                result = item.work()
        except CancelledWorkError:
            item.future.set_exception(BusyError(LATE_PAUSE, late=True))  # nobody waits for it
        except BaseException as error:
            item.future.set_exception(error)
        else:
            item.future.set_result(result)

    def _withdraw(self, item: _Item) -> bool:
        """Take work out of the queue, or let it stop where it runs; whether it had begun."""
        item.token.cancel()
        with self._lock:
            if not any(item in self._waiting.get(client, ()) for client in item.clients):
                return True
            self._leave(item)
            item.future.cancel()
            return False
