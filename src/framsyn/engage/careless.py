"""Answers that may have been given without reading: how they are recognised, and what they may do to a score.

Three signs, as studies of careless responding use them: one answer throughout although some statements are
reversed, agreement with statements and with their reverses, and rows that are the same as another's. Any of
them can be meant, so nobody is left out: the score without them stands beside, and intervals hold both.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.engage.answers import Answers
from framsyn.engage.statements import Floats, statements

Flags = NDArray[np.bool_]

#: An answer from here on agrees.
AGREES = 4.0
#: Fewest pairs of a statement and its reverse that are agreed with, and their share of those answered.
LEAST_PAIRS, LEAST_SHARE = 3, 0.5


@dataclass(frozen=True, eq=False)
class Careless:
    """Which respondents show a sign of answering without reading.

    Attributes:
        straight: [respondent] one answer throughout.
        contradictory: [respondent] agrees with statements and with their reverses.
        identical: [respondent] has the same answers as another, who is not flagged for it.
    """

    straight: Flags
    contradictory: Flags
    identical: Flags

    @property
    def any(self) -> Flags:
        """[respondent] whether there is any sign."""
        return self.straight | self.contradictory | self.identical


def careless(answers: Answers) -> Careless:
    """The signs of every respondent who has answered at least half of the statements."""
    values = answers.values
    enough = 2 * np.isfinite(values).sum(axis=1) >= len(statements())
    return Careless(
        straight=enough & _straight(values),
        contradictory=enough & _contradictory(values),
        identical=enough & _identical(answers),
    )


def _straight(values: Floats) -> Flags:
    highest = np.where(np.isfinite(values), values, -np.inf).max(axis=1)
    lowest = np.where(np.isfinite(values), values, np.inf).min(axis=1)
    return np.asarray(highest == lowest)


def _contradictory(values: Floats) -> Flags:
    upright, turned = values[:, _pairs()[0]], values[:, _pairs()[1]]
    answered = (np.isfinite(upright) & np.isfinite(turned)).sum(axis=1)
    agreed = ((upright >= AGREES) & (turned >= AGREES)).sum(axis=1)
    return np.asarray((agreed >= LEAST_PAIRS) & (agreed >= LEAST_SHARE * answered))


def _identical(answers: Answers) -> Flags:
    """Rows that repeat one of a respondent with an earlier id."""
    found = np.zeros(len(answers.respondents), dtype=bool)
    seen: set[bytes] = set()
    for row in sorted(range(len(found)), key=lambda row: answers.respondents[row]):
        content = np.nan_to_num(answers.values[row], nan=0.0).tobytes()
        found[row] = content in seen
        seen.add(content)
    return found


@cache
def _pairs() -> tuple[list[int], list[int]]:
    """The places of statements, and of their reverses."""
    ids = [one.id for one in statements()]
    pairs = rows("framsyn.engage", "reversed_pairs.csv")
    return [ids.index(row["statement"]) for row in pairs], [ids.index(row["reverse"]) for row in pairs]
