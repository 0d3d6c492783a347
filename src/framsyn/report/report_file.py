"""A report as a file: its name, its format, and how it is written."""

import os
from pathlib import Path

from framsyn.errors import FramsynError
from framsyn.places.municipality import Municipality
from framsyn.report.files import default_folder
from framsyn.report.making import FORMATS, KINDS, format_id, kind_id
from framsyn.writing import beside


def format_asked(kind: str, form: str | None, out: Path | None) -> str:
    """The format of a report: as asked for, else of the file's ending, else the usual one of its kind.

    Raises:
        FramsynError: there is no such kind or format, or the file's ending tells another format or none.
    """
    kind, form = kind_id(kind), format_id(form) if form else None
    ending = out.suffix.lower().removeprefix(".") if out else ""
    if form and ending in FORMATS and ending != form:
        raise FramsynError(
            "The format asked for is {format}, but {path} ends in .{ending}: give the file another ending or"
            " leave out --format.",
            format=form,
            path=out,
            ending=ending,
        )
    if form or ending in FORMATS:
        return form or ending
    if out is None:
        return KINDS[kind].usual
    raise FramsynError(
        "The ending of {path} tells no format: let it end in one of {known}, or give --format.",
        path=out,
        known=", ".join(f".{one}" for one in FORMATS),
    )


def report_name(m: Municipality, kind: str, form: str, lang: str) -> str:
    """Such as `framsyn-Närpes-foresight-sv.pdf`."""
    return f"{default_folder(m.name(lang))}-{kind}-{lang}.{form}"


def check_file(path: Path) -> None:
    """Raise FramsynError where it can be known before any work that a file cannot be written there."""
    if path.is_dir():
        raise FramsynError(
            "{path} is a folder: name a file in it with --out, such as {example}.",
            path=path,
            example=path / "report.pdf",
        )
    folder = next(one for one in path.absolute().parents if one.exists())
    if not folder.is_dir():
        raise FramsynError(
            "{folder} is a file, not a folder: choose another folder with --out.", folder=folder
        )
    if not os.access(folder, os.W_OK):
        raise FramsynError(
            "Nothing can be written in {folder}: choose another folder with --out.", folder=folder
        )


def write_report(content: bytes, path: Path) -> None:
    """Write a report beside its place, then into it; its folder is made where it does not exist.

    Raises:
        FramsynError: it cannot be written.
    """
    try:
        with beside(path) as part:
            part.write_bytes(content)
    except OSError as error:
        raise FramsynError(
            "{path} cannot be written ({why}): free some space or choose another file with --out.",
            path=path,
            why=error.strerror or error,
        ) from error
