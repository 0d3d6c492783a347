"""Where work that can be done again is kept between runs: compiled equations, compiled charts."""

import os
from pathlib import Path


def cache_folder(name: str, beside: Path) -> Path | None:
    """A writable folder called `name`: in `beside`'s `__pycache__`, else the user's cache, else None."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "framsyn"
    for folder in (beside / "__pycache__" / name, home / name):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None
