"""Facts are data files: how one that lies in a room of the package is read."""

import csv
import tomllib
from importlib.resources import files
from typing import Any


def rows(room: str, name: str) -> list[dict[str, str]]:
    """The rows of the CSV file `name` in the package `room`, such as `framsyn.law`; blanks stay blank."""
    text = files(room).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def sections(room: str, name: str) -> dict[str, dict[str, Any]]:
    """The sections of the TOML file `name` in the package `room`, by their names."""
    return tomllib.loads(files(room).joinpath(name).read_text("utf-8"))
