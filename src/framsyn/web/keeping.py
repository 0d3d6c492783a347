"""What is made once and kept within a number of bytes: the last used stays."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key, at most `most` bytes of them; usable from several threads."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> V | None:
        """The value, which is now the last used; None where it is not kept."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def made(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key, kept or made now."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def put(self, key: Hashable, value: V) -> None:
        """Keep a value, and let go of those not used for longest."""
        with self._lock:
            if key in self._values:
                self._bytes -= self._size(self._values.pop(key))
            self._values[key] = value
            self._bytes += self._size(value)
            while self._bytes > self._most and len(self._values) > 1:
                _, old = self._values.popitem(last=False)
                self._bytes -= self._size(old)


class Once(Generic[V]):
    """Makes what is asked for by many at the same time once, and keeps it."""

    def __init__(self, kept: Kept[V]) -> None:
        self._kept = kept
        self._making: dict[Hashable, asyncio.Future[V]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[V]]) -> V:
        """The value of a key, kept or made; whoever asks while it is made waits for the same."""
        found = self._kept.get(key)
        if found is not None:
            return found
        if key not in self._making:
            self._making[key] = asyncio.ensure_future(self._make(key, make))
        return await asyncio.shield(self._making[key])

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[V]]) -> V:
        try:
            value = await make()
            self._kept.put(key, value)
            return value
        finally:
            del self._making[key]
