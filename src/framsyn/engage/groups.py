"""Which groups may be shown, so that nobody's answers can be told apart or worked out.

A group with fewer than `LEAST` respondents is not shown. Were it in the total, its mean would follow from the
total and the other groups' means, so it is in no figure at all. Where several groups are that small and
together are not, they are taken together as one group, `OTHERS`, of which only the whole is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.engage.answers import Answers
from framsyn.engage.vocabulary import GROUPS

#: The fewest answers behind a figure that is shown.
LEAST = 5
OTHERS = "others"


@dataclass(frozen=True, eq=False)
class Group:
    """Respondents whose answers are shown together.

    Attributes:
        id: an id of `vocabulary.GROUPS`, or `OTHERS`.
        members: the ids of the groups that it holds.
        places: rows of the answers, in the order of the respondents' ids.
    """

    id: str
    members: tuple[str, ...]
    places: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Grouping:
    """The groups that are shown, those left out of every figure, and those from which nobody answered."""

    shown: tuple[Group, ...]
    left_out: tuple[str, ...]
    silent: tuple[str, ...]


def grouped(answers: Answers) -> Grouping:
    """The groups of those who have answered anything; any order of respondents gives the same."""
    answered = np.isfinite(answers.values).any(axis=1)
    places_by_id = np.flatnonzero(answered).tolist()
    by_id: list[int] = sorted(places_by_id, key=lambda place: answers.respondents[place])
    places = {group: [place for place in by_id if answers.groups[place] == group] for group in GROUPS}
    small = tuple(group for group in GROUPS if 0 < len(places[group]) < LEAST)
    shown = [_group(group, (group,), places[group]) for group in GROUPS if len(places[group]) >= LEAST]
    together = [place for place in by_id if answers.groups[place] in small]
    pooled = len(small) > 1 and len(together) >= LEAST
    if pooled:
        shown.append(_group(OTHERS, small, together))
    silent = tuple(group for group in GROUPS if not places[group])
    return Grouping(tuple(shown), () if pooled else small, silent)


def _group(identity: str, members: tuple[str, ...], places: Sequence[int]) -> Group:
    return Group(identity, members, np.array(places, dtype=np.intp))
