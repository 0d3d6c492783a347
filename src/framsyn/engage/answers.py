"""Answers to the self-assessment: who answered, in which group, what; and how a record is checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framsyn.core.note import Note
from framsyn.core.numerals import NumberFormat
from framsyn.engage.statements import HIGHEST, LOWEST, Floats, statements
from framsyn.engage.vocabulary import (
    ANSWER_WORDS,
    GROUP,
    GROUP_WORDS,
    RESPONDENT,
    SCALE_WORDS,
    accepted,
    listed,
    plain,
)
from framsyn.errors import FramsynError

#: A number of the scale with its label: `5 – helt av samma åsikt`, `1 (täysin eri mieltä)`.
_LABELLED = re.compile(r"([1-5])\s*(?:[-–=:.)]\s*|\s+)\(?[^\W\d_].*", re.DOTALL)
#: How much of what somebody wrote an error repeats, characters.
REPEATED = 40


class Record(NamedTuple):
    """One row of a file: its number there, and what it holds by column id."""

    row: int
    cells: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Answers:
    """Checked answers.

    Attributes:
        respondents: ids, none twice.
        groups: each respondent's group, an id of `vocabulary.GROUPS`.
        values: [respondent, statement] as written, 1–5; NaN = don't know.
        notes: what was read otherwise than it was written.
    """

    respondents: tuple[str, ...]
    groups: tuple[str, ...]
    values: Floats
    notes: tuple[Note, ...] = ()


def answers_of(file: str, records: Sequence[Record], notes: tuple[Note, ...] = ()) -> Answers:
    """Check the records of a file.

    Args:
        file: what errors call it.
        records: its rows.
        notes: of reading it.

    Raises:
        FramsynError: no record, a respondent without an id or there twice, an unknown group, an answer
            that is neither 1–5 nor "don't know"; or nobody has answered anything.
    """
    if not records:
        raise FramsynError(
            "{file} holds no answers: write one row for each respondent below the statements.", file=file
        )
    rows: dict[str, int] = {}
    for record in records:
        _own_id(file, record, rows)
    groups = tuple(_group(file, record) for record in records)
    values = np.array([_values(file, record) for record in records], dtype=np.float64)
    if not np.isfinite(values).any():
        raise FramsynError(
            "Nobody in {file} has answered any statement: every answer is blank or don't know.", file=file
        )
    return Answers(tuple(rows), groups, values, (*notes, *_notes(records, values)))


def _own_id(file: str, record: Record, rows: dict[str, int]) -> None:
    name = _text(record.cells[RESPONDENT])
    if not name:
        raise FramsynError(
            "{file}, row {row}: the respondent has no id. Write a number or a word that nobody else has.",
            file=file,
            row=record.row,
        )
    if name in rows:
        raise FramsynError(
            "{file}, row {row}: respondent {id} stands in row {first} too. Take one of the rows away, or"
            " give it another id.",
            file=file,
            row=record.row,
            id=name[:REPEATED],
            first=rows[name],
        )
    rows[name] = record.row


def _group(file: str, record: Record) -> str:
    told = _text(record.cells[GROUP])
    found = accepted(GROUP_WORDS).get(plain(told))
    if found is None:
        raise FramsynError(
            '{file}, row {row}: "{value}" is no group. Write one of: {known}.',
            file=file,
            row=record.row,
            value=told[:REPEATED],
            known=listed(GROUP_WORDS),
        )
    return found


def _values(file: str, record: Record) -> list[float]:
    return [_value(file, record, one.id) for one in statements()]


def _value(file: str, record: Record, column: str) -> float:
    told = record.cells[column]
    text = _text(told)
    if not text or accepted(ANSWER_WORDS).get(plain(text)):
        return float("nan")
    number = None if isinstance(told, bool) else _whole(text)
    if number is None or not LOWEST <= number <= HIGHEST:
        raise FramsynError(
            '{file}, row {row}, column {column}: "{value}" is no answer. Write a whole number from {low} to'
            " {high}, or: {unknown}.",
            file=file,
            row=record.row,
            column=column,
            value=text[:REPEATED],
            low=LOWEST,
            high=HIGHEST,
            unknown=listed(ANSWER_WORDS),
        )
    return number


def _whole(text: str) -> float | None:
    """The whole number that an answer is: as spreadsheets write it (`4,0`), or with or as its label."""
    labelled = _LABELLED.fullmatch(text)
    if labelled:
        return float(labelled[1])
    label = accepted(SCALE_WORDS).get(plain(text).rstrip("."))
    number = float(label) if label else NumberFormat().number(text)
    return number if number is not None and number.is_integer() else None


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _notes(records: Sequence[Record], values: Floats) -> tuple[Note, ...]:
    """What was taken for what, and who answered in a way that tells little."""
    blanks = sum(not _text(record.cells[one.id]) for record in records for one in statements())
    answered = np.isfinite(values)
    silent = int((~answered.any(axis=1)).sum())
    told = (
        (blanks, Note("Blank cells taken as don't know: {count}.", count=blanks)),
        (silent, Note("Respondents who answered no statement, counted as none: {count}.", count=silent)),
    )
    return tuple(note for count, note in told if count)
