"""The data files of law as text: the shipped ones, a user's edited copy, and how a copy is made."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from framsyn.core.file_limits import HANDWRITTEN
from framsyn.core.numerals import NumberFormat, number_format
from framsyn.core.table_rows import rows_of
from framsyn.core.text_file import UTF_8, TextFile, read_text_file
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


class Line(NamedTuple):
    """One row of a file.

    Attributes:
        row: where it stands, as a spreadsheet numbers rows.
        cells: its cells by column.
        form: how the numbers of the file are written.
    """

    row: int
    cells: dict[str, str]
    form: NumberFormat


def shipped_file(name: str) -> TextFile:
    """The text of the shipped file `name`."""
    return TextFile(files(ROOM).joinpath(name).read_text("utf-8"), UTF_8)


def edited_file(path: Path) -> TextFile:
    """The text of an edited file, in any encoding of `core.text_file`.

    Raises:
        FramsynError: the file cannot be read.
    """
    return read_text_file(path, HANDWRITTEN.content)


def lines_of(text: TextFile, columns: tuple[str, ...], file: str, numbers: tuple[str, ...]) -> list[Line]:
    """The rows of a CSV text under exactly `columns`, in any order and dialect; blank rows are left out.

    Args:
        text: the file's.
        columns: that it must have.
        file: what errors call it.
        numbers: the columns that hold numbers.

    Raises:
        FramsynError: a column is missing, unknown or twice, or a row has more cells than the header.
    """
    table = rows_of(text, file, HANDWRITTEN)
    if set(table.columns) != set(columns):
        raise FramsynError(
            "{file}, line {line}: the columns must be {wanted}, not {found}. Correct the header.",
            file=file,
            line=table.header_row,
            wanted=", ".join(columns),
            found=table.listed_columns,
        )
    form = number_format((cells[column] for _, cells in table.records for column in numbers), table.separator)
    return [Line(row, cells, form) for row, cells in table.records]


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
                part.write_text(shipped_file(target.name).text, "utf-8", newline="\n")
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
