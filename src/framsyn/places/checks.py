"""Small checks that turn a frame of text into a typed table: one mistake, one named error.

A row is told by its line in the file; the header is line 1.
"""

import polars as pl

from framsyn.errors import FramsynError
from framsyn.places.schema import Column, TableSchema

FIRST_ROW = 2
TYPES: dict[str, type[pl.DataType]] = {"integer": pl.Int64, "number": pl.Float64}


def typed(frame: pl.DataFrame, schema: TableSchema, file: str) -> pl.DataFrame:
    """The table with its declared types, after every check that needs only the table itself.

    Raises:
        FramsynError: a missing column, a blank key, text in a number, a value under the
            minimum, or a key that stands twice.
    """
    check_columns(frame, schema, file)
    for header in frame.columns:
        column = schema.column(header)
        if column is None:
            continue
        if column.key:
            check_filled(frame, header, file)
        if column.type != "text":
            frame = frame.with_columns(numbers(frame, header, column, file))
    check_unique(frame, schema, file)
    return frame


def check_columns(frame: pl.DataFrame, schema: TableSchema, file: str) -> None:
    """Raise when a required column is missing."""
    for column in schema.columns:
        if column.required and not any(column.covers(header) for header in frame.columns):
            raise FramsynError(
                "{file} has no column {column} ({meaning}). It has: {columns}. Name the column"
                " so, and separate columns by commas.",
                file=file,
                column=column.name,
                meaning=column.meaning,
                columns=", ".join(frame.columns[:12]),
            )


def check_filled(frame: pl.DataFrame, header: str, file: str) -> None:
    """Raise when a column that names rows has a blank."""
    row = first_row(frame[header].is_null())
    if row is not None:
        raise FramsynError(
            "{file}, column {column}, row {row}: blank, but this column names the row. Fill it"
            " in or remove the row.",
            file=file,
            column=header,
            row=row,
        )


def numbers(frame: pl.DataFrame, header: str, column: Column, file: str) -> pl.Series:
    """A column of text as numbers; a blank stays null.

    Raises:
        FramsynError: text that is no number, or a number under the declared minimum.
    """
    text = frame[header]
    values = text.cast(TYPES[column.type], strict=False)
    wrong = text.is_not_null() & values.is_null()
    if column.type == "number":
        wrong |= ~values.is_finite().fill_null(True)
    row = first_row(wrong)
    if row is not None:
        raise FramsynError(
            "{file}, column {column}, row {row}: {value!r} is not {kind}. Write digits with a"
            " decimal point, or leave it blank where nothing is published.",
            file=file,
            column=header,
            row=row,
            value=text[row - FIRST_ROW],
            kind="a whole number" if column.type == "integer" else "a number",
        )
    if column.minimum is not None:
        check_minimum(values, header, column.minimum, file)
    return values


def check_minimum(values: pl.Series, header: str, minimum: float, file: str) -> None:
    """Raise when a value lies under the minimum of its column."""
    row = first_row((values < minimum).fill_null(False))
    if row is not None:
        raise FramsynError(
            "{file}, column {column}, row {row}: {value} is less than {minimum}. Correct it, or"
            " leave it blank where nothing is published.",
            file=file,
            column=header,
            row=row,
            value=values[row - FIRST_ROW],
            minimum=f"{minimum:g}",
        )


def check_unique(frame: pl.DataFrame, schema: TableSchema, file: str) -> None:
    """Raise when two rows have the same key."""
    keys = [key for key in schema.keys if key in frame.columns]
    row = first_row(~frame.select(pl.struct(keys).is_first_distinct()).to_series())
    if row is None:
        return
    value = frame.row(row - FIRST_ROW, named=True)
    raise FramsynError(
        "{file}, row {row}: {key} stands twice. Keep one of the rows.",
        file=file,
        row=row,
        key=", ".join(f"{key} {value[key]}" for key in keys),
    )


def first_row(wrong: pl.Series) -> int | None:
    """The line in the file of the first true value; None when all are false."""
    found = wrong.arg_true()
    return None if found.is_empty() else int(found[0]) + FIRST_ROW
