"""The statements of the self-assessment: what each covers, and what is expected of it in each vision."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.foresee.postures import VISIONS

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 1, 5


class Statement(NamedTuple):
    """One statement.

    Attributes:
        id: what the column of its answers is called.
        dimension: one of `evaluate.dictionary.DIMENSIONS`.
        reversed: whether agreeing with it speaks against the municipality.
        covers: the brochure's word or sentence that it stands for.
        mark: `stated` in the brochure, or `inferred` by us.
        text: what is answered, as a message id.
        expected: the answer that we expect in each vision, 1–5: our reading.
        start: the start value of the community that it informs, blank = none.
    """

    id: str
    dimension: str
    reversed: bool
    covers: str
    mark: str
    text: str
    expected: Mapping[str, int]
    start: str


@cache
def statements() -> tuple[Statement, ...]:
    """Every statement, in the order in which they are asked."""
    return tuple(
        Statement(
            row["id"],
            row["dimension"],
            row["reversed"] == "1",
            row["covers"],
            row["mark"],
            row["text"],
            {vision: int(row[vision]) for vision in VISIONS},
            row["start"],
        )
        for row in rows("framsyn.engage", "statements.csv")
    )


@cache
def started() -> tuple[str, ...]:
    """Ids of the start values of the community that statements inform."""
    return tuple(dict.fromkeys(one.start for one in statements() if one.start))


def columns_of(dimension: str = "", start: str = "") -> list[int]:
    """Places of the statements of a dimension, or of those that inform a start value."""
    return [
        place
        for place, one in enumerate(statements())
        if (dimension and one.dimension == dimension) or (start and one.start == start)
    ]


def flipped(values: Floats) -> Floats:
    """Answers [respondent, statement] with those to reversed statements mirrored on the scale."""
    mirror = np.array([one.reversed for one in statements()])
    return np.where(mirror, LOWEST + HIGHEST - values, values)


def percent_of_scale(values: Floats) -> Floats:
    """Answers 1–5 as 0–100."""
    return 100.0 * (values - LOWEST) / (HIGHEST - LOWEST)


def expected_answers(vision: str) -> Floats:
    """The answers expected in a vision, as they would be written: [statement]."""
    return np.array([one.expected[vision] for one in statements()], dtype=np.float64)


@cache
def expected_scores() -> Mapping[str, Mapping[str, float]]:
    """The score of each dimension, 0–100, that the expected answers of each vision give."""
    told = {vision: percent_of_scale(flipped(expected_answers(vision))) for vision in VISIONS}
    return {
        vision: {dimension: float(scores[columns_of(dimension)].mean()) for dimension in DIMENSIONS}
        for vision, scores in told.items()
    }
