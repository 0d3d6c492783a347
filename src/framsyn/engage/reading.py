"""Files of answers, CSV or JSON, to checked answers; each way a file can be wrong is a named error.

Rows are told as a spreadsheet numbers them; in JSON, as the answers stand in the list.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from framsyn.engage.answers import REPEATED, Answers, Record, answers_of
from framsyn.engage.statements import statements
from framsyn.engage.vocabulary import COLUMN_WORDS, GROUP, RESPONDENT, accepted, listed, plain
from framsyn.errors import FramsynError

#: A CSV row whose first cell begins so (never an id such as #12) is told to the respondent and never counts.
ASIDE = "# "
SEPARATORS = ";,\t"
#: Keys of a JSON file; the others are told to the respondent and never count.
ANSWERS_KEY = "answers"
TOLD_KEYS = ("about", "groups", "statements", "example")


def read_answers(path: Path) -> Answers:
    """The answers of a CSV or JSON file in the form that `template` writes.

    CSV may be separated by semicolons, commas or tabs, and begin with a byte order mark. Words for columns,
    groups and don't know may be Swedish, Finnish or English.

    Raises:
        FramsynError: the file cannot be read as such, or holds something else than answers.
    """
    text = _text(path)
    if not text.strip():
        raise FramsynError(
            "{file} is empty: fill in a template that 'framsyn assess template' writes.", file=path.name
        )
    is_json = path.suffix.lower() == ".json" or text.lstrip()[0] in "{["
    return answers_of(path.name, _from_json(path.name, text) if is_json else _from_csv(path.name, text))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FramsynError(
            "{file} cannot be opened ({why}): check that it is a file you may read.",
            file=path.name,
            why=error.strerror or error,
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FramsynError(
            "{file}, row {row}: a character is not UTF-8. In Excel, choose Save as and the file type"
            " CSV UTF-8.",
            file=path.name,
            row=content.count(b"\n", 0, error.start) + 1,
        ) from error


def _from_csv(file: str, text: str) -> list[Record]:
    separator = max(SEPARATORS, key=text.lstrip().split("\n", 1)[0].count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise FramsynError(
            "{file} cannot be read as CSV ({why}): look for a quotation mark without its pair.",
            file=file,
            why=error,
        ) from error
    numbered = [(row, line) for row, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)]
    (first, header), *rest = numbered
    columns = _columns(file, first, _trimmed(header))
    told = [(row, _trimmed(line)) for row, line in rest if not line[0].lstrip().startswith(ASIDE)]
    return [Record(row, _cells(file, row, line, columns)) for row, line in told]


def _trimmed(line: Sequence[str]) -> list[str]:
    """The line without the blank cells at its end, which spreadsheets add."""
    last = max((place for place, cell in enumerate(line) if cell.strip()), default=-1)
    return list(line[: last + 1])


def _cells(file: str, row: int, line: Sequence[str], columns: Sequence[str]) -> dict[str, object]:
    if len(line) > len(columns):
        raise FramsynError(
            "{file}, row {row} has {found} cells, but there are {count} columns: take away what is too much.",
            file=file,
            row=row,
            found=len(line),
            count=len(columns),
        )
    padded = [*line, *[""] * (len(columns) - len(line))]
    return dict(zip(columns, padded, strict=True))


def _columns(file: str, row: int, names: Iterable[str]) -> list[str]:
    """The ids that the names of columns stand for: all there, none twice, none unknown."""
    known = {one.id for one in statements()}
    found: list[str] = []
    for name in names:
        column = accepted(COLUMN_WORDS).get(plain(name), plain(name))
        if column not in {RESPONDENT, GROUP, *known}:
            raise FramsynError(
                '{file}, row {row}: "{column}" is no column of the self-assessment. The columns are'
                " {named}, and the statements {ids}.",
                file=file,
                row=row,
                column=name.strip()[:REPEATED],
                named=listed(COLUMN_WORDS),
                ids=", ".join(one.id for one in statements()),
            )
        if column in found:
            raise FramsynError(
                "{file}, row {row}: the column {column} stands there twice. Take one of them away.",
                file=file,
                row=row,
                column=column,
            )
        found.append(column)
    _check_complete(file, row, found)
    return found


def _check_complete(file: str, row: int, found: Sequence[str]) -> None:
    lacking = [one for one in (RESPONDENT, GROUP, *(one.id for one in statements())) if one not in found]
    if lacking:
        raise FramsynError(
            "{file}, row {row}: missing {columns}. Add what is missing, as 'framsyn assess template' writes"
            " it; a statement nobody was asked may be left blank.",
            file=file,
            row=row,
            columns=", ".join(lacking),
        )


def _from_json(file: str, text: str) -> list[Record]:
    told = _document(file, text)
    answers = told.get(ANSWERS_KEY) if isinstance(told, dict) else None
    strange = [key for key in told if key not in (ANSWERS_KEY, *TOLD_KEYS)] if isinstance(told, dict) else []
    if strange or not isinstance(answers, list):
        raise FramsynError(
            '{file} must be an object with the key "{key}" and a list of answers in it; beside it only'
            " {others} may stand, as 'framsyn assess template --format json' writes them.",
            file=file,
            key=ANSWERS_KEY,
            others=", ".join(TOLD_KEYS),
        )
    return [_record(file, row, one) for row, one in enumerate(answers, start=1)]


def _record(file: str, row: int, told: Any) -> Record:
    if not isinstance(told, dict):
        raise FramsynError(
            "{file}, row {row} is no object: write the keys respondent, group and every statement in braces.",
            file=file,
            row=row,
        )
    return Record(row, dict(zip(_columns(file, row, told), told.values(), strict=True)))


def _document(file: str, text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FramsynError(
            "{file} cannot be read as JSON ({why}): mend it there, or begin anew with"
            " 'framsyn assess template --format json'.",
            file=file,
            why=error,
        ) from error


def _once(pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    """The pairs as an object; a key that stands there twice would hide an answer."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'"{twice}" twice')
    return told
