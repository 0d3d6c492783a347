"""Files are written beside their place and then renamed into it, so that none is left half written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from framsyn.errors import FramsynError


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write; it takes the place of `path` when all went well, else it goes."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check_writable(folder: Path) -> None:
    """Raise FramsynError where nothing can be written in a folder that exists."""
    if not os.access(folder, os.W_OK):
        raise FramsynError(
            "Nothing can be written in {folder}: choose another folder with --out.", folder=folder
        )
