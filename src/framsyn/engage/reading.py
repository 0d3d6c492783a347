"""Files of answers, CSV or JSON, to checked answers; each way a file can be wrong is a named error.

Rows are told as a spreadsheet numbers them; in JSON, as the answers stand in the list.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from framsyn.core.file_limits import HANDWRITTEN
from framsyn.core.note import Note
from framsyn.core.table_file import table_of
from framsyn.core.table_rows import shortened
from framsyn.core.text_file import TextFile, read_text_file
from framsyn.engage.answers import Answers, Record, answers_of
from framsyn.engage.columns import Columns, recognised
from framsyn.engage.respondents import is_personal, numbered
from framsyn.engage.vocabulary import RESPONDENT
from framsyn.errors import FramsynError

#: A CSV row whose first cell begins so (never an id such as #12) is told to the respondent and never counts.
ASIDE = "# "
#: Keys of a JSON file; the others are told to the respondent and never count.
ANSWERS_KEY = "answers"
TOLD_KEYS = ("about", "groups", "statements", "example")


def read_answers(path: Path) -> Answers:
    """The answers of a CSV or JSON file: of a template, or what a survey program exports.

    CSV may be in any dialect and encoding of `core.table_file`. Columns may be called by their ids or by the
    texts of the statements; others are left out and named in a note. Words for columns, groups and answers
    may be Swedish, Finnish or English. Ids that could tell who answered are replaced by numbers.

    Raises:
        FramsynError: the file cannot be read as such, or holds something else than answers.
    """
    content = read_text_file(path, HANDWRITTEN.content)
    if not content.text.strip():
        raise FramsynError(
            "{file} is empty: fill in a template that 'framsyn assess template' writes.", file=path.name
        )
    is_json = path.suffix.lower() == ".json" or content.text.lstrip()[0] in "{["
    records, notes = (_from_json if is_json else _from_csv)(path.name, content)
    records, more = _without_names(records)
    return answers_of(path.name, records, (*notes, *more))


def _from_csv(file: str, content: TextFile) -> tuple[list[Record], list[Note]]:
    table = table_of(content, file, HANDWRITTEN, ASIDE)
    cells = [column.fill_null("").to_list() for column in table.cells]
    columns = recognised(file, table.header_row, table.columns, cells)
    rows = table.rows.to_list()
    records = [_record(row, columns, [column[place] for column in cells]) for place, row in enumerate(rows)]
    return records, [*table.notes, *_notes(columns)]


def _record(row: int, columns: Columns, cells: Sequence[object]) -> Record:
    """One row; where no column holds respondents' ids, its number is the id."""
    own = {name: cell for name, cell in zip(columns.ids, cells, strict=True) if name is not None}
    return Record(row, {RESPONDENT: f"{row:05d}", **own})


def _notes(columns: Columns) -> list[Note]:
    """What was left out, and what stands in for ids."""
    found = []
    if columns.left_out:
        found.append(
            Note(
                "Columns that are not part of the self-assessment were left out: {columns}.",
                columns=shortened(columns.left_out),
            )
        )
    if RESPONDENT not in columns.ids:
        found.append(Note("No column holds respondents' ids: each row counts as one respondent."))
    return found


def _without_names(records: Sequence[Record]) -> tuple[list[Record], list[Note]]:
    """The records with numbers for ids where any id could tell who answered."""
    texts = ["" if (told := one.cells[RESPONDENT]) is None else str(told).strip() for one in records]
    personal = sum(map(is_personal, texts))
    if not personal:
        return list(records), []
    ids = [number if text else "" for text, number in zip(texts, numbered(texts), strict=True)]
    hidden = [
        one._replace(cells={**one.cells, RESPONDENT: new}) for one, new in zip(records, ids, strict=True)
    ]
    note = Note(
        "Respondents' ids that look like names, addresses or numbers of persons: {count}. All ids were"
        " replaced by numbers. Answers are best collected without names.",
        count=personal,
    )
    return hidden, [note]


def _from_json(file: str, content: TextFile) -> tuple[list[Record], list[Note]]:
    told = _document(file, content.text)
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
    notes: dict[str, Note] = {}
    records = []
    for row, one in enumerate(answers, start=1):
        columns = _json_columns(file, row, one)
        records.append(_record(row, columns, list(one.values())))
        notes |= {str(note): note for note in _notes(columns)}
    return records, list(notes.values())


def _json_columns(file: str, row: int, told: Any) -> Columns:
    if not isinstance(told, dict):
        raise FramsynError(
            "{file}, row {row} is no object: write the keys respondent, group and every statement in braces.",
            file=file,
            row=row,
        )
    return recognised(file, row, list(told), [[str(cell)] for cell in told.values()])


def _document(file: str, text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise FramsynError(
            "{file}, line {line}, column {column} cannot be read as JSON: correct it there, or begin again"
            " with 'framsyn assess template --format json'.",
            file=file,
            line=error.lineno,
            column=error.colno,
        ) from error
    except _TwiceError as error:
        raise FramsynError(
            '{file}: the key "{key}" is there twice in one answer. Take one of them away.',
            file=file,
            key=str(error),
        ) from error
    except (ValueError, RecursionError) as error:
        raise FramsynError(
            "{file} cannot be read as JSON: a number is too long, or brackets are too deep in each other.",
            file=file,
        ) from error


class _TwiceError(ValueError):
    """A key that stands twice in an object."""


def _once(pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    """The pairs as an object; a key that stands there twice would hide an answer."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1)[:40])
    return told
