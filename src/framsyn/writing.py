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


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """Give a folder to write in; all its files are moved into `folder` when all went well, else none is.

    `folder` is made where it does not exist; files of the same names are replaced.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".framsyn-", dir=folder))
        try:
            yield part
            for path in sorted(one for one in part.rglob("*") if one.is_file()):
                into = folder / path.relative_to(part)
                into.parent.mkdir(parents=True, exist_ok=True)
                path.replace(into)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except (OSError, RuntimeError) as error:  # the NetCDF library raises both
        raise FramsynError(
            "{folder} cannot be written ({why}): free some space or choose another folder with --out.",
            folder=folder,
            why=getattr(error, "strerror", None) or error,
        ) from error


def write_together(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write texts by their path within `folder`, all or none, and return the paths; see `together`."""
    with together(folder) as part:
        for name, text in texts.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
