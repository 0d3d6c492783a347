"""A folder of tables: found by the first words of their file names, checked against the schema."""

import re
from pathlib import Path

import polars as pl

from framsyn.core.file_limits import STATISTICS
from framsyn.core.table_file import read_table
from framsyn.errors import FramsynError
from framsyn.places.checks import Typed, check_filled, check_unique, typed
from framsyn.places.code_forms import normal_codes, own_codes
from framsyn.places.rows import Rows
from framsyn.places.schema import TableSchema, schema_of, schemas

SUFFIXES = (".csv", ".csv.gz")
#: Columns of the list of municipalities that name them and their regions.
OWN_CODES = ("code", "region_code")
#: Columns of codes that may be unknown today.
OLD_CODES = ("old_code", "code_2026")
NAME_COLUMNS = ("name_fi", "name_sv", "name_en", "name")


class Tables:
    """The tables of one folder, each read and checked when first asked for.

    Attributes:
        folder: where the files lie.
        notes: what was left out while reading, in English sentences.
    """

    def __init__(self, folder: Path, paths: dict[str, Path]) -> None:
        self.folder = folder
        self.notes: list[str] = []
        self._paths = paths
        self._frames: dict[str, pl.DataFrame] = {}

    @classmethod
    def open(cls, folder: Path) -> "Tables":
        """The tables in a folder; `municipalities` is read at once.

        Raises:
            FramsynError: no such folder, no `municipalities`, or two files for one table.
        """
        if not folder.is_dir():
            raise FramsynError(
                "There is no folder {folder}: give the folder where the tables lie.", folder=folder
            )
        paths = _find(folder)
        tables = cls(folder, paths)
        tables.need("municipalities")
        return tables

    def names(self) -> list[str]:
        """Tables present; a table that may have editions is named by its whole file name."""
        return sorted(self._paths)

    def editions(self, name: str) -> list[str]:
        """The present editions of a table, such as `official_projection_2019`, oldest first."""
        return [found for found in self.names() if _schema(found).name == name]

    def path(self, name: str) -> Path | None:
        """The file behind a table; None when the folder has none.

        `name` is a table's name or the whole file name without its ending.

        Raises:
            FramsynError: no table of that name in the schema, or several editions of it.
        """
        found = self._resolve(name)
        return None if found is None else self._paths[found]

    def year(self, name: str) -> int:
        """The last year of a table: from its column `year`, otherwise from its file name.

        Raises:
            FramsynError: the table is absent or tells no year.
        """
        frame = self.need(name)
        if "year" in frame.columns:
            last = frame["year"].drop_nulls().max()
            if isinstance(last, int):
                return last
        path = self.path(name)
        years = re.findall(r"(?<!\d)(?:1[89]|2\d)\d\d(?!\d)", path.name if path else "")
        if not years:
            raise FramsynError(
                "{file} tells no year: add a column year, or the year to the file name.",
                file=path.name if path else name,
            )
        return int(years[-1])

    def need(self, name: str) -> pl.DataFrame:
        """The checked table.

        Raises:
            FramsynError: the table is absent or broken; says which file is looked for.
        """
        frame = self.get(name)
        if frame is None:
            raise FramsynError(
                "The table {table} is missing: no file {pattern}.csv or {pattern}.csv.gz in"
                " {folder}. docs/data.md tells its columns.",
                table=name,
                pattern=f"{name}*",
                folder=self.folder,
            )
        return frame

    def get(self, name: str) -> pl.DataFrame | None:
        """The checked table, or None when the folder has no such file. Blanks are null.

        Rows of municipalities and regions that `municipalities` does not know are left out
        and told in `notes`.

        Raises:
            FramsynError: the file is broken; names file, column and row.
        """
        found = self._resolve(name)
        if found is None:
            return None
        if found not in self._frames:
            path = self._paths[found]
            schema = _schema(found)
            self._frames[found] = self._known_only(self._checked(path, schema), schema, path.name)
        return self._frames[found]

    def whole(self, name: str) -> pl.DataFrame | None:
        """As `get`, with the rows of municipalities and regions that `municipalities` does not know."""
        found = self._resolve(name)
        return None if found is None else self._checked(self._paths[found], _schema(found))

    def _checked(self, path: Path, schema: TableSchema) -> pl.DataFrame:
        """The table in a file, typed, with codes as the municipalities have them, each row once."""
        table = read_table(path, STATISTICS)
        checked = typed(table, schema)
        frame = self._with_normal_codes(checked.frame, schema)
        check_unique(frame, schema, checked.rows)
        if schema.name == "municipalities":
            _check_municipalities(frame, checked.rows)
        self._note(checked, [str(note) for note in table.notes])
        return frame

    def _note(self, checked: Typed, notes: list[str]) -> None:
        if checked.marks:
            notes = [
                *notes,
                f"{checked.rows.file}: {checked.marks} cells with a mark such as .. are not published",
            ]
        self.notes += [note for note in notes if note not in self.notes]

    def _with_normal_codes(self, frame: pl.DataFrame, schema: TableSchema) -> pl.DataFrame:
        if schema.name == "municipalities":
            return frame.with_columns(own_codes(frame[column]) for column in OWN_CODES)
        refers = {column.name: _SOURCES[column.refers] for column in schema.columns if column.refers}
        refers |= dict.fromkeys(OLD_CODES, "code")
        present = {column: source for column, source in refers.items() if column in frame.columns}
        if not present:
            return frame
        listed = self.need("municipalities")
        return frame.with_columns(
            normal_codes(frame[column], listed[source]) for column, source in present.items()
        )

    def _resolve(self, name: str) -> str | None:
        if name in self._paths:
            return name
        schema = _schema(name)
        found = self.editions(schema.name)
        if name != schema.name:
            # A whole file name was asked for: the table's file must be that very one.
            found = [n for n in found if stem_of(self._paths[n]) == name]
        if len(found) > 1:
            raise FramsynError(
                "There are several editions of {table}: ask for one of {editions}.",
                table=name,
                editions=", ".join(found),
            )
        return found[0] if found else None

    def _known_only(self, frame: pl.DataFrame, schema: TableSchema, file: str) -> pl.DataFrame:
        for column in schema.columns:
            if column.refers and column.name in frame.columns:
                frame = self._without_unknown(frame, column.name, column.refers, file)
        return frame

    def _without_unknown(self, frame: pl.DataFrame, column: str, refers: str, file: str) -> pl.DataFrame:
        known = self.need("municipalities")[_SOURCES[refers]].unique()
        unknown = sorted(frame.filter(~pl.col(column).is_in(known.implode()))[column].unique())
        if not unknown:
            return frame
        kept = frame.filter(pl.col(column).is_in(known.implode()))
        if kept.is_empty():
            raise FramsynError(
                "{file}, column {column}: none of its codes ({codes} …) is in municipalities."
                " Keep leading zeros and use the same codes in both.",
                file=file,
                column=column,
                codes=", ".join(unknown[:5]),
            )
        self.notes.append(
            f"{file}: left out {frame.height - kept.height} rows of {len(unknown)} codes in"
            f" {column} that municipalities does not know: {', '.join(unknown)}"
        )
        return kept


_SOURCES = {"municipality": "code", "region": "region_code"}


def stem_of(path: Path) -> str | None:
    """The file name without `.csv` or `.csv.gz`; None for any other file."""
    for suffix in SUFFIXES:
        if path.name.endswith(suffix):
            return path.name.removesuffix(suffix)
    return None


def _check_municipalities(frame: pl.DataFrame, rows: Rows) -> None:
    names = [column for column in NAME_COLUMNS if column in frame.columns]
    if not names:
        raise FramsynError(
            "{file} has no name column: add name_fi, name_sv, name_en or name.", file=rows.file
        )
    check_filled(frame, "region_code", rows)
    nameless = rows.first(frame.select(pl.all_horizontal(pl.col(names).is_null())).to_series())
    if nameless is not None:
        raise FramsynError(
            "{file}, row {row}: municipality {code} has no name. Fill in {columns}.",
            file=rows.file,
            row=nameless[1],
            code=frame["code"][nameless[0]],
            columns=" or ".join(names),
        )


def _schema(name: str) -> TableSchema:
    schema = schemas().get(name) or schema_of(name)
    if schema is None:
        raise FramsynError(
            "{table} is no table of the schema. Tables: {tables}.",
            table=name,
            tables=", ".join(schemas()),
        )
    return schema


def _find(folder: Path) -> dict[str, Path]:
    paths: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        stem = stem_of(path)
        schema = schema_of(stem) if stem else None
        if stem is None or schema is None:
            continue
        name = stem if schema.editions or "*" in schema.name else schema.name
        if name in paths:
            raise FramsynError(
                "Two files hold the table {table}: {first} and {second}. Keep one of them.",
                table=name,
                first=paths[name].name,
                second=path.name,
            )
        paths[name] = path
    return paths
