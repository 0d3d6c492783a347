"""Errors that reading a bundle ends with, wherever it is found out."""

from pathlib import Path

from framsyn.errors import FramsynError


def not_a_bundle(path: Path) -> FramsynError:
    """The error for a file that is something else."""
    return FramsynError(
        "{path} is not a Framsyn bundle. Make one with: framsyn calibrate --data FOLDER --out FILE", path=path
    )


def damaged(path: Path, name: str) -> FramsynError:
    """The error for a bundle of which a part is missing or cannot be read."""
    return FramsynError(
        "The bundle {path} is damaged: its part {name} is missing or cannot be read. Copy it again, or make"
        " it again with framsyn calibrate.",
        path=path,
        name=name,
    )
