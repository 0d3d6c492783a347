"""Values computed once and held within a number of bytes: those last used stay."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class LruCache(Generic[V]):
    """Values by key, at most `most` bytes of them; usable from several threads."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> V | None:
        """The value, which is now the last used; None where it is not held."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def get_or_compute(self, key: Hashable, compute: Callable[[], V]) -> V:
        """The value of a key, held or computed now."""
        found = self.get(key)
        if found is None:
            found = compute()
            self.put(key, found)
        return found

    def put(self, key: Hashable, value: V) -> None:
        """Hold a value, and let go of those not used for longest."""
        with self._lock:
            if key in self._values:
                self._bytes -= self._size(self._values.pop(key))
            self._values[key] = value
            self._bytes += self._size(value)
            while self._bytes > self._most and len(self._values) > 1:
                _, old = self._values.popitem(last=False)
                self._bytes -= self._size(old)


class SingleFlight(Generic[V]):
    """Computes what several request at the same time once, and holds it in a cache.

    The computation belongs to all who wait for it: it is cancelled when the last of them has gone.
    """

    def __init__(self, cache: LruCache[V]) -> None:
        self._cache = cache
        self._flights: dict[Hashable, _Flight[V]] = {}

    async def get(
        self, key: Hashable, compute: Callable[[], Awaitable[V]], joined: Callable[[], None] | None = None
    ) -> V:
        """The value of a key, held, being computed, or computed now.

        Args:
            key: whatever identifies the value.
            compute: awaited where the value is neither held nor being computed; cancelled when everybody who
                waits for it is.
            joined: called where the value is being computed already, after the computation has begun.
        """
        found = self._cache.get(key)
        if found is not None:
            return found
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(self._compute(key, compute)))
        elif joined is not None:
            asyncio.get_running_loop().call_soon(joined)
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0:
                self._leave(key, flight)

    async def _compute(self, key: Hashable, compute: Callable[[], Awaitable[V]]) -> V:
        value = await compute()
        self._cache.put(key, value)
        return value

    def _leave(self, key: Hashable, flight: "_Flight[V]") -> None:
        """Nobody waits any longer: who asks from now on begins anew."""
        if self._flights.get(key) is flight:
            del self._flights[key]
        if not flight.task.done():
            flight.task.cancel()
        elif not flight.task.cancelled():
            flight.task.exception()  # retrieved, also where everybody had gone


class _Flight(Generic[V]):
    """One computation and how many wait for it."""

    def __init__(self, task: "asyncio.Future[V]") -> None:
        self.task = task
        self.waiting = 0
