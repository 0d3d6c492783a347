"""With what a view was made: the version of Framsyn, of its equations, and of the bundle."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from framsyn import __version__
from framsyn.places.bundle import shipped_bundle

#: Rooms whose files decide the numbers.
ROOMS = ("law", "evidence", "model", "foresee", "evaluate", "choose")
DECIDING = (".py", ".csv", ".toml")


@cache
def made_with() -> str:
    """Version, equations and bundle in one word, such as `0.1.0.5f3a9c21.2025-1a2b3c4d`."""
    return f"{__version__}.{_equations()}.{shipped_bundle().version}"


def _equations() -> str:
    """The first eight digits of the SHA-256 of every file that decides a number."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for file in _deciding(files(f"framsyn.{room}")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def _deciding(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            found += [] if one.name.startswith("__") else _deciding(one)
        elif one.name.endswith(DECIDING):
            found.append(one)
    return found
