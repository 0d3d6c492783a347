"""Contents that can be made again, stored between runs with their digest: what is broken is thrown away."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from framsyn.core.note import Note
from framsyn.core.notices import notify_once


def store_text(path: Path, text: str) -> None:
    """Store a text; as `store_bytes`."""
    store_bytes(path, text.encode())


def store_bytes(path: Path, content: bytes) -> None:
    """Store a content; several processes and threads may store the same at the same time.

    Where it cannot be written, nothing is stored.
    """
    with suppress(OSError):
        number, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
        try:
            with os.fdopen(number, "wb") as part:
                part.write(sealed(content))
            Path(name).chmod(0o644)  # whoever may read the folder may read it
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def load_text(path: Path) -> str | None:
    """The text that was stored; as `load_bytes`."""
    content = load_bytes(path)
    return None if content is None else content.decode()


def load_bytes(path: Path) -> bytes | None:
    """The content that was stored; None where there is none, or one that is broken, which is said once."""
    try:
        content = unsealed(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        content = None
    if content is None:
        discard(path)
    return content


def sealed(content: bytes) -> bytes:
    """The content after its digest."""
    return hashlib.sha256(content).digest() + content


def unsealed(content: bytes) -> bytes | None:
    """What was sealed; None where it is not whole."""
    size = hashlib.sha256().digest_size
    digest, rest = content[:size], content[size:]
    return rest if hashlib.sha256(rest).digest() == digest else None


def discard(path: Path) -> None:
    """Throw a broken file of a cache away, and say so once for its folder."""
    with suppress(OSError):
        path.unlink()
    notify_once(
        Note("Work stored in {folder} was broken. It is thrown away and done again.", folder=path.parent)
    )
