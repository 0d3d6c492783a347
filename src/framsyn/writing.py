"""Files are written beside their place and then renamed into it, so that none is left half written.

What is being written is a *part*: a file or folder whose name begins with `PREFIX`, locked by the process
that writes it. A lock ends with its process, whatever ends that; so a part that nobody holds was left by a
process that was killed, and whoever writes into the same folder next takes it away.
"""

import errno
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from framsyn.errors import FramsynError

if sys.platform != "win32":  # which has no such locks: there parts are judged by their age
    import fcntl

PREFIX = ".framsyn-"
#: Seconds after which a part is taken to be left behind where no lock can tell.
OLD = 24 * 60 * 60.0


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write; it takes the place of `path` when all went well, else it goes.

    The folder is made where it does not exist, and goes again where nothing could be written.

    Raises:
        FramsynError: a device or a pipe stands at `path`, which a file must not replace; or
            its name is no text.
        OSError: nothing can be written there.
    """
    _refuse_nameless(path)
    _refuse_device(path)
    with _made(path.parent):
        clear_leftovers(path.parent)
        with _part(path.parent, folder=False) as part:
            yield part
            part.replace(path)


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """Give a folder to write in; all its files are moved into `folder` when all went well, else none is.

    `folder` is made where it does not exist, and goes again where nothing could be written; files of the same
    names are replaced.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    _refuse_nameless(folder)
    try:
        with _made(folder):
            clear_leftovers(folder)
            with _part(folder, folder=True) as part:
                yield part
                _move_all(part, folder)
    except OSError as error:
        raise FramsynError(
            "{folder} cannot be written ({why}): free some space or choose another folder with --out.",
            folder=folder,
            why=error.strerror or error,
        ) from error


def _move_all(part: Path, folder: Path) -> None:
    """Move every file of a part into a folder, once it is known that none meets a folder of its name."""
    moves = [(path, folder / path.relative_to(part)) for path in sorted(part.rglob("*")) if path.is_file()]
    for _path, into in moves:
        if into.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(into))
    for path, into in moves:
        into.parent.mkdir(parents=True, exist_ok=True)
        path.replace(into)


def write_together(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write contents by their path within `folder`, all or none, and return the paths; see `together`."""
    with together(folder) as part:
        for name, content in contents.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return [folder / name for name in contents]


def check_writable(folder: Path) -> None:
    """Raise FramsynError where nothing can be written in a folder, or where it cannot be made."""
    _refuse_nameless(folder)
    there = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not there.is_dir():
        raise FramsynError(
            "{folder} is a file, not a folder: choose another folder with --out.", folder=there
        )
    if not os.access(there, os.W_OK | os.X_OK):
        raise FramsynError(
            "Nothing can be written in {folder}: choose another folder with --out.", folder=there
        )


def clear_leftovers(folder: Path) -> None:
    """Take away the parts in a folder that a process which was killed has left; those being written stay."""
    with suppress(OSError):
        for part in folder.glob(f"{PREFIX}*"):
            with suppress(OSError):
                _clear(part)


def _clear(part: Path) -> None:
    if sys.platform == "win32":
        _remove_old(part)
        return
    held = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(part)
    except BlockingIOError:  # somebody is writing it
        pass
    except OSError:
        _remove_old(part)
    finally:
        os.close(held)


def _remove_old(part: Path) -> None:
    if time.time() - part.stat().st_mtime > OLD:
        _remove(part)


@contextmanager
def _part(place: Path, *, folder: bool) -> Iterator[Path]:
    """A new part in a folder, locked until it has been renamed or removed."""
    part, held = _begun(place, folder)
    try:
        yield part
    finally:
        _remove(part)
        if held is not None:
            os.close(held)


def _begun(place: Path, folder: bool) -> tuple[Path, int | None]:
    """A new part, and the descriptor that holds its lock; None where there are no locks."""
    while True:
        part = place / f"{PREFIX}{secrets.token_hex(8)}"
        if folder:
            part.mkdir()
        else:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        if sys.platform == "win32":
            return part, None
        with suppress(FileNotFoundError):  # somebody took it away before it was locked: make another
            held = os.open(part, os.O_RDONLY)
            with suppress(OSError):  # the file system knows no locks
                fcntl.flock(held, fcntl.LOCK_EX)
            if part.exists():
                return part, held
            os.close(held)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; where what follows fails, those that were made go again if empty."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for one in missing:
            with suppress(OSError):
                one.rmdir()
        raise


def _refuse_nameless(path: Path) -> None:
    """Refuse a name that is no text, before anything is made: not every library takes it."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        raise FramsynError(
            "{path} is not a name in UTF-8, and cannot be written to: choose another with --out.",
            path=str(path).encode("utf-8", "backslashreplace").decode(),
        ) from None


def _refuse_device(path: Path) -> None:
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise FramsynError(
                "{path} is a device or a pipe, and no file can take its place: choose another with --out.",
                path=path,
            )
