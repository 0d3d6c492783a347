"""Where work that can be done again is kept between runs: compiled equations, compiled charts."""

import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

#: Files that were being written when a process was killed: Numba's, and ours.
PART = re.compile(r"\.tmp\.[0-9a-f]{16}$|\.stored\.\w{8}$")
#: No file takes so many seconds to write.
LONGEST_WRITING = 60.0


def cache_folder(kind: str, digest: str, beside: Path) -> Path | None:
    """A writable folder for `kind` with the contents `digest`; None where nothing can be written.

    In `beside`'s `__pycache__`, where folders of other contents are stale and go; else in the user's
    cache, which several installations may share.
    """
    home = _users_cache()
    for place in filter(None, (beside / "__pycache__", home)):
        folder = place / f"{kind}-{digest}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            if place != home:
                _remove_stale(place, kind, folder)
            _remove_parts(folder)
            return folder
    return None


def _users_cache() -> Path | None:
    """The user's own cache; None for one who has no home, such as a service."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "framsyn"
    except RuntimeError:
        return None


def _remove_stale(place: Path, kind: str, kept: Path) -> None:
    for other in place.glob(f"{kind}-*"):
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)


def _remove_parts(folder: Path) -> None:
    for part in folder.rglob("*"):
        with suppress(OSError):
            if PART.search(part.name) and time.time() - part.stat().st_mtime > LONGEST_WRITING:
                part.unlink()
