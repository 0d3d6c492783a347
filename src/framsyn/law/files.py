"""The data files of law as text: the shipped ones, a user's edited copy, and how a copy is made."""

import csv
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from framsyn.errors import FramsynError
from framsyn.writing import beside

ROOM = "framsyn.law"
#: Files of dated parameters, all with the same columns.
PARAMETERS = (
    "grants.csv",
    "grant_criteria.csv",
    "decisions.csv",
    "national_grant.csv",
    "taxes.csv",
    "balance.csv",
)
AGE_PRICES = "age_prices.csv"
#: The files that a user may edit.
EDITABLE = (*PARAMETERS, AGE_PRICES)

#: The line of a row in its file (the header is line 1), and its cells by column.
Line = tuple[int, dict[str, str]]


def shipped_text(name: str) -> str:
    """The shipped file `name`."""
    return files(ROOM).joinpath(name).read_text("utf-8")


def edited_text(path: Path) -> str:
    """The text of an edited file in UTF-8, with or without a byte order mark.

    Raises:
        FramsynError: the file cannot be read.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise FramsynError(
            "The law file {file} cannot be read: {reason}. Save it as CSV in UTF-8.",
            file=path,
            reason=getattr(problem, "strerror", None) or "not UTF-8",
        ) from problem


def lines_of(text: str, columns: tuple[str, ...], file: str) -> list[Line]:
    """The rows of a CSV text under exactly `columns`, in any order; empty lines are left out.

    Raises:
        FramsynError: a column is missing, unknown or twice, or a row has another number of cells.
    """
    reader = csv.reader(text.splitlines())
    header = [cell.strip() for cell in next(reader, [])]
    if sorted(header) != sorted(columns):
        raise FramsynError(
            "{file}, line 1: the columns must be {wanted}, not {found}. Mend the header.",
            file=file,
            wanted=", ".join(columns),
            found=", ".join(header) or "–",
        )
    found: list[Line] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            raise FramsynError(
                "{file}, line {line}: {count} cells under {wanted} columns. Put text that holds a comma in "
                "quotation marks.",
                file=file,
                line=reader.line_num,
                count=len(row),
                wanted=len(header),
            )
        found.append((reader.line_num, dict(zip(header, (cell.strip() for cell in row), strict=True))))
    return found


def copy_to(folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
    """Write an editable copy of every law file into `folder`, and tell the files written.

    Args:
        folder: made where it is missing.
        overwrite: replace files that stand there already.

    Raises:
        FramsynError: a file stands there already, or the folder cannot be written.
    """
    targets = tuple(folder / name for name in EDITABLE)
    if not overwrite:
        _refuse_existing(targets)
    try:
        for target in targets:
            with beside(target) as part:
                part.write_text(shipped_text(target.name), "utf-8", newline="\n")
    except OSError as problem:
        raise FramsynError(
            "The law files cannot be written to {folder}: {reason}. Choose another folder.",
            folder=folder,
            reason=problem.strerror,
        ) from problem
    return targets


def _refuse_existing(targets: Iterable[Path]) -> None:
    standing = next((target for target in targets if target.exists()), None)
    if standing is not None:
        raise FramsynError(
            "{file} stands already and may be edited: choose an empty folder, or ask to overwrite it.",
            file=standing,
        )
