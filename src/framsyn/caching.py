"""Where work that can be done again is kept between runs: compiled equations, compiled charts."""

import os
import shutil
import tempfile
from pathlib import Path


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
            return folder
    return None


def _users_cache() -> Path | None:
    """The user's own cache; None for one who has no home, such as a service."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "framsyn"
    except RuntimeError:
        return None


def keep(path: Path, text: str) -> None:
    """Keep a text; several processes and threads may keep the same at the same time."""
    number, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as part:
        part.write(text)
    Path(name).chmod(0o644)  # whoever may read the folder may read it
    Path(name).replace(path)


def _remove_stale(place: Path, kind: str, kept: Path) -> None:
    for other in place.glob(f"{kind}-*"):
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)
