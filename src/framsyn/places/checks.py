"""Small checks that turn a table of text into a typed one: one mistake, one named error.

A row is told as a spreadsheet numbers it; the header is usually row 1.
"""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from framsyn.core.numerals import COMMA, LONGEST, NumberFormat, missing_marks, number_format
from framsyn.core.table_file import TableFile
from framsyn.core.table_rows import shortened
from framsyn.errors import FramsynError
from framsyn.places.rows import Rows
from framsyn.places.schema import Column, TableSchema
from framsyn.places.single_ages import AGE_COLUMNS, check_cells, check_headers, check_steps

#: Numbers with a decimal point, and without any mark: read in one go.
POINTED = r"^-?[0-9]{1,25}(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?$"
PLAIN = r"^-?[0-9]{1,25}$"
#: A point that thousands could be parted by.
EITHER = r"^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$"
#: Tables whose ages cannot be but single.
SINGLE_AGES = ("population_age_sex", "region_population_age_sex")
#: Whole numbers larger than this are not exact.
LARGEST = 2.0**53


class Typed(NamedTuple):
    """A checked table.

    Attributes:
        frame: with its declared types; what is not published is null.
        rows: where its rows stand.
        marks: cells that hold a mark for what is not published, such as `..`.
    """

    frame: pl.DataFrame
    rows: Rows
    marks: int


def typed(table: TableFile, schema: TableSchema) -> Typed:
    """The table with its declared types, after every check that needs only the table itself.

    Raises:
        FramsynError: a missing column or one named twice, a blank key, text in a number, or a value
            under the minimum.
    """
    frame, rows = table.frame(), Rows(table.file, table.rows)
    check_columns(frame, schema, table.file)
    columns = {header: column for header in frame.columns if (column := schema.column(header)) is not None}
    numeric = [header for header, column in columns.items() if column.type != "text"]
    form = format_of([frame[header] for header in numeric], table.separator)
    if "age" in numeric:
        check_cells(frame, rows)
    marks = 0
    for header in numeric:
        marks += int(frame[header].is_in(list(missing_marks())).sum())
        frame = frame.with_columns(numbers(frame[header], columns[header], rows, form))
    for header, column in columns.items():
        if column.key:
            check_filled(frame, header, rows)
    if schema.name in SINGLE_AGES:
        check_steps(frame, table.file)
    return Typed(frame, rows, marks)


def check_columns(frame: pl.DataFrame, schema: TableSchema, file: str) -> None:
    """Raise when a required column is missing."""
    for column in schema.columns:
        if column.required and not any(column.covers(header) for header in frame.columns):
            if column.name in AGE_COLUMNS:
                check_headers(frame.columns, file)
            raise FramsynError(
                "{file} has no column {column} ({meaning}). It has: {columns}. Name the column so.",
                file=file,
                column=column.name,
                meaning=column.meaning,
                columns=shortened(frame.columns),
            )


def check_filled(frame: pl.DataFrame, header: str, rows: Rows) -> None:
    """Raise when a column that names rows has a blank."""
    found = rows.first(frame[header].is_null())
    if found is not None:
        raise FramsynError(
            "{file}, column {column}, row {row}: blank, but this column names the row. Fill it"
            " in or remove the row.",
            file=rows.file,
            column=header,
            row=found[1],
        )


def format_of(columns: Sequence[pl.Series], separator: str) -> NumberFormat:
    """How the numbers of a table are written; see `core.numerals`."""
    marked = [column.filter(column.str.contains(r"[.,]").fill_null(False)).unique() for column in columns]
    commas = any(column.str.contains(r",|\..*\.").any() for column in marked)
    if commas:
        return number_format((text for column in marked for text in column.to_list()), separator)
    shown = any((column.str.contains(POINTED) & ~column.str.contains(EITHER)).any() for column in marked)
    return number_format(["0.5"] if shown else [], separator)


def numbers(text: pl.Series, column: Column, rows: Rows, form: NumberFormat) -> pl.Series:
    """A column of text as numbers; blanks and marks for what is not published are null.

    Raises:
        FramsynError: text that is no number, or a number under the declared minimum.
    """
    told = text.set(text.is_in(list(missing_marks())).fill_null(False), None)
    pointed = form.decimal != COMMA and (form.decimal or form.usual) is not None and form.usual != COMMA
    plain = told.str.contains(POINTED if pointed else PLAIN).fill_null(False)
    values = told.set(~plain, None).cast(pl.Float64)
    others = told.filter(~plain).drop_nulls().unique().to_list()
    if others:
        read = {one: form.number(one) for one in others}
        rest = told.set(plain, None).replace_strict(read, default=None, return_dtype=pl.Float64)
        values = pl.select(pl.when(plain).then(values).otherwise(rest)).to_series()
    values = values.alias(text.name)
    _check_numbers(told, values, column, rows)
    if column.minimum is not None:
        check_minimum(values, column.minimum, rows)
    return values.cast(pl.Int64) if column.type == "integer" else values


def _check_numbers(text: pl.Series, values: pl.Series, column: Column, rows: Rows) -> None:
    wrong = text.is_not_null() & (values.is_null() | ~values.is_finite().fill_null(False))
    if column.type == "integer":
        exact = (values == values.round()) & (values.abs() < LARGEST)
        wrong |= text.is_not_null() & ~exact.fill_null(False)
    found = rows.first(wrong)
    if found is not None:
        cell = {"column": text.name, "row": found[1], "value": text[found[0]][:LONGEST]}
        if column.type == "integer":
            raise FramsynError(
                "{file}, column {column}, row {row}: {value!r} is not a whole number. Write digits, or leave"
                " it blank where nothing is published.",
                file=rows.file,
                **cell,
            )
        raise FramsynError(
            "{file}, column {column}, row {row}: {value!r} is not a number, or could be two. Write digits"
            " with one decimal mark throughout the file, or leave it blank where nothing is published.",
            file=rows.file,
            **cell,
        )


def check_minimum(values: pl.Series, minimum: float, rows: Rows) -> None:
    """Raise when a value lies under the minimum of its column."""
    found = rows.first(values < minimum)
    if found is not None:
        raise FramsynError(
            "{file}, column {column}, row {row}: {value} is less than {minimum}. Correct it, or"
            " leave it blank where nothing is published.",
            file=rows.file,
            column=values.name,
            row=found[1],
            value=f"{values[found[0]]:g}",
            minimum=f"{minimum:g}",
        )


def check_unique(frame: pl.DataFrame, schema: TableSchema, rows: Rows) -> None:
    """Raise when two rows have the same key."""
    keys = [key for key in schema.keys if key in frame.columns]
    found = rows.first(~frame.select(pl.struct(keys).is_first_distinct()).to_series())
    if found is None:
        return
    value = frame.row(found[0], named=True)
    raise FramsynError(
        "{file}, row {row}: {key} stands twice. Keep one of the rows.",
        file=rows.file,
        row=found[1],
        key=", ".join(f"{key} {value[key]}" for key in keys),
    )
