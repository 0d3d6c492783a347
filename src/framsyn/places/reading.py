"""A CSV file, plain or gzip, as a frame of text; each way a file can be broken is a named error."""

import gzip
import zlib
from pathlib import Path

import polars as pl

from framsyn.errors import FramsynError

SUFFIXES = (".csv", ".csv.gz")


def stem_of(path: Path) -> str | None:
    """The file name without `.csv` or `.csv.gz`; None for any other file."""
    for suffix in SUFFIXES:
        if path.name.endswith(suffix):
            return path.name.removesuffix(suffix)
    return None


def read_text(path: Path) -> pl.DataFrame:
    """Every column as text with outer spaces cut; a blank is null.

    Raises:
        FramsynError: the file cannot be opened or unpacked, is empty, is not UTF-8 or not a table.
    """
    text = _decoded(path, _content(path))
    if not text.strip():
        raise FramsynError("{file} is empty: put the table in it or take the file away.", file=path.name)
    if text.count("\n") == 0 or not text.split("\n", 1)[1].strip():
        raise FramsynError("{file} has a header but no rows: add rows or take the file away.", file=path.name)
    try:
        frame = pl.read_csv(text.encode(), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise FramsynError(
            "{file} cannot be read as a table: {why}. Save it as comma-separated CSV with the"
            " same number of fields on every line.",
            file=path.name,
            why=str(error).split("\n", 1)[0].rstrip("."),
        ) from error
    stripped = pl.all().str.strip_chars()
    return frame.rename(str.strip).select(pl.when(stripped != "").then(stripped).name.keep())


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.name.endswith(".gz") else content
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FramsynError(
            "{file} cannot be unpacked ({why}): it is broken or no gzip file. Copy it again.",
            file=path.name,
            why=error,
        ) from error
    except OSError as error:
        raise FramsynError(
            "{file} cannot be opened ({why}): check that it is a file you may read.",
            file=path.name,
            why=error.strerror or error,
        ) from error


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FramsynError(
            "{file}, row {row}: a character is not UTF-8. Save the file with encoding UTF-8.",
            file=path.name,
            row=content.count(b"\n", 0, error.start) + 1,
        ) from error
