"""What numbers and reports are made with: the version of Framsyn, of its equations and words, the bundle."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from framsyn import __version__
from framsyn.places.bundle import Bundle, shipped_bundle

#: Rooms whose files decide the numbers, and the one that decides how they are told.
DECIDING = ("law", "evidence", "model", "foresee", "evaluate", "choose")
TELLING = ("report",)
NUMBERS = (".py", ".csv", ".toml")
WORDS = (*NUMBERS, ".po", ".j2", ".css", ".typ", ".json")


def edition(bundle: Bundle | None = None) -> str:
    """With what reports are made, in one word such as `0.1.0.5f3a9c21.2025-1a2b3c4d`.

    Args:
        bundle: the start of every municipality; the shipped one by default.
    """
    told = _digest(((DECIDING, NUMBERS), (TELLING, WORDS)))
    return f"{__version__}.{told}.{(bundle or shipped_bundle()).version}"


def numbers_made_with() -> str:
    """With what numbers are made, in one word: as `edition`, whatever is said of them."""
    return f"{__version__}.{_digest(((DECIDING, NUMBERS),))}.{shipped_bundle().version}"


@cache
def _digest(told: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]) -> str:
    """The first eight digits of the SHA-256 of every file of these rooms with one of these endings."""
    digest = hashlib.sha256()
    for rooms, endings in told:
        for room in rooms:
            for file in _files(files(f"framsyn.{room}"), endings):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def _files(folder: Traversable, endings: Sequence[str]) -> list[Traversable]:
    found: list[Traversable] = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            found += [] if one.name.startswith("__") else _files(one, endings)
        elif one.name.endswith(tuple(endings)):
            found.append(one)
    return found
