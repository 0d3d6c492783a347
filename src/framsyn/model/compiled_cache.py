"""Compiled functions on disk, each file with its digest, so that one cut short or zeroed is compiled again.

Numba unpickles what it finds, whole or not, and so would a half file end every later run. Here what is not
whole is a miss: it is compiled again and written over. Files are renamed into place, as Numba does, so
several processes may read and write at once.
"""

import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba.core import caching

from framsyn.core.cached_text import discard, sealed, unsealed

#: Numba's own, which have no types.
FILE: Any = caching.IndexDataCacheFile
FUNCTION: Any = caching.FunctionCache
#: What unpickling whole bytes of another version can still raise.
UNREADABLE = (
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    ValueError,
    TypeError,
)


class SealedCacheFile(FILE):  # type: ignore[misc]
    """Numba's index and data files, sealed."""

    def load(self, key: Any) -> Any:
        """The entry of a key; None where there is none that is whole."""
        try:
            return super().load(key)
        except UNREADABLE:
            return None

    def _load_index(self) -> dict[Any, str]:
        """The names of data files by key; none where the index is absent, broken or of other sources."""
        content = self._read(self._index_path)
        if content is None:
            return {}
        version, stamp, overloads = pickle.loads(content)  # noqa: S301  (our own, and whole)
        same = (version, stamp) == (self._version, self._source_stamp)
        found: dict[Any, str] = overloads if same else {}
        return found

    def _save_index(self, overloads: dict[Any, str]) -> None:
        content = self._dump((self._version, self._source_stamp, overloads))
        with self._open_for_write(self._index_path) as stream:
            stream.write(sealed(content))

    def _load_data(self, name: str) -> Any:
        content = self._read(self._data_path(name))
        return None if content is None else pickle.loads(content)  # noqa: S301

    def _save_data(self, name: str, data: Any) -> None:
        with self._open_for_write(self._data_path(name)) as stream:
            stream.write(sealed(self._dump(data)))

    def _read(self, path: str) -> bytes | None:
        """The content of a file; None where it is absent, or broken and thrown away."""
        try:
            content = unsealed(Path(path).read_bytes())
        except FileNotFoundError:
            return None
        except OSError:
            content = None
        if content is None:
            discard(Path(path))
        return content


class SealedCache(FUNCTION):  # type: ignore[misc]
    """The cache of one compiled function. Where nothing can be written, nothing is stored."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self._cache_file = SealedCacheFile(
            cache_path=self._cache_path,
            filename_base=self._impl.filename_base,
            source_stamp=self._impl.locator.get_source_stamp(),
        )

    def save_overload(self, sig: Any, data: Any) -> None:
        """Store what was compiled for a signature."""
        with suppress(OSError):
            super().save_overload(sig, data)


def use_sealed_cache(dispatcher: Any, function: Callable[..., Any]) -> None:
    """Let a function that Numba compiles be stored in, and loaded from, a `SealedCache`."""
    dispatcher._cache = SealedCache(function)
