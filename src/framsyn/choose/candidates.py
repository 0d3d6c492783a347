"""The strategies that are compared: the visions, going on as today, a user's own, and those found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from framsyn.choose.lever_settings import LeverSet, lever_set
from framsyn.choose.levers import levers
from framsyn.foresee.postures import AS_IS, VISIONS, Posture, shipped
from framsyn.model.layout import Floats, Place

CORE_AMBITION = "core_ambition"
Kind = Literal["today", "vision", "own", "found"]


@dataclass(frozen=True)
class Candidate:
    """One strategy that is compared.

    Attributes:
        id: of the posture, or S01, S02, … for those found.
        kind: going on as today, a vision, a user's own, or found by the search.
        posture: the strategy as it is written.
        estimate: [objective] what the search itself made of it, in the indicators' units; None where the
            search did not choose it.
    """

    id: str
    kind: Kind
    posture: Posture
    estimate: Floats | None = None


def known_candidates(own: Mapping[str, Posture]) -> list[Candidate]:
    """Going on as today, the four visions, and a user's own strategies."""
    written = shipped()
    told = [Candidate(AS_IS, "today", written[AS_IS])]
    told += [Candidate(one, "vision", written[one]) for one in VISIONS]
    told += [Candidate(one, "own", posture) for one, posture in own.items() if one not in (AS_IS, *VISIONS)]
    return told


def differences(posture: Posture, place: Place, first_year: int) -> list[LeverSet]:
    """The levers that a strategy ever sets otherwise than going on as today, in the order of the table.

    The ambition of a core task is told with the areas of the task.
    """
    told = (lever_set(one, posture, place, first_year) for one in levers() if one != CORE_AMBITION)
    return [one for one in told if one.moved]
