"""Files are written beside their place and then renamed into it, so that none is left half written."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
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


def write_together(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write texts by their path within `folder`, all or none, and return the paths written.

    The folder is made where it does not exist; files of the same names are replaced.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".framsyn-", dir=folder))
        try:
            for name, text in texts.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (beside / name).write_text(text, encoding="utf-8")
            for name in texts:
                (beside / name).replace(folder / name)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise FramsynError(
            "{folder} cannot be written ({why}): free some space or choose another folder with --out.",
            folder=folder,
            why=error.strerror or error,
        ) from error
    return [folder / name for name in texts]
