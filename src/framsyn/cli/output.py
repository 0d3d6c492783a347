"""The one place where consoles are opened, and where JSON is printed."""

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def console() -> "Console":
    """Where a command prints what it was asked for: standard output."""
    from rich.console import Console

    return Console()


def error_console() -> "Console":
    """Where a command says what went wrong and how far it has come: standard error."""
    from rich.console import Console

    return Console(stderr=True)


def print_error(text: str) -> None:
    """Print what was wrong, in red where there are colours, on one line or as many as the text has."""
    error_console().print(text, style="red", highlight=False, soft_wrap=True, markup=False)


def print_plain(text: str, *, error: bool = False) -> None:
    """Print a text as it stands, without colours or folding; on standard error where it is an error's."""
    stream = sys.stderr if error else sys.stdout
    stream.write(text.removesuffix("\n") + "\n")
    stream.flush()


def print_json(text: str) -> None:
    """Print JSON; in an encoding that is not UTF-8 what is not ASCII is escaped, which means the same.

    Args:
        text: JSON in which nothing outside of strings is beyond ASCII.
    """
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
    if encoding != "utf8":
        text = "".join(one if one.isascii() else json.dumps(one)[1:-1] for one in text)
    print_plain(text)


def progress_of(title: str) -> "Progress":
    """A bar of progress on the error output."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn(title, markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=error_console(),
        transient=True,
    )
