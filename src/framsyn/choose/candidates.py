"""The strategies that are compared: the visions, going on as today, a user's own, and those found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from framsyn.choose.levers import Lever, levers
from framsyn.choose.space import NO_TASK
from framsyn.foresee.postures import AS_IS, ELSEWHERE, VISIONS, Posture, phases_of, shipped
from framsyn.model.layout import Floats

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


def settings(posture: Posture) -> dict[str, tuple[Any, Any]]:
    """By lever, where a strategy sets it from the start and in its last phase."""
    phases = phases_of(posture)
    return {
        lever.id: (_setting(lever, phases[0][1]), _setting(lever, phases[-1][1]))
        for lever in levers().values()
    }


def differences(posture: Posture) -> dict[str, tuple[Any, Any]]:
    """The settings that differ from going on as today; without a core task its ambition is none."""
    today = settings(shipped()[AS_IS])
    return {
        lever: told
        for lever, told in settings(posture).items()
        if told != today[lever] and not (lever == "core_ambition" and not posture.core_task)
    }


def _setting(lever: Lever, written: Posture) -> Any:
    table, _, area = lever.fields[0].partition(".")
    value = getattr(written, table)
    if area:
        return value.get(area, value.get(ELSEWHERE, 1.0))
    return value or NO_TASK if lever.id == "core_task" else value
