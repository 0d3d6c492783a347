"""Facts are data files: how the rows of one that lies in a room of the package are read."""

import csv
from importlib.resources import files


def rows(room: str, name: str) -> list[dict[str, str]]:
    """The rows of the CSV file `name` in the package `room`, such as `framsyn.law`; blanks stay blank."""
    text = files(room).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
