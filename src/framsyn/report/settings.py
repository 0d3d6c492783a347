"""A strategy's levers in words: what it sets otherwise than today, before and after the turn."""

from functools import cache
from typing import Any

from framsyn.choose.candidates import Candidate, differences
from framsyn.choose.levers import Lever, levers
from framsyn.datafile import rows
from framsyn.report.listing import looks
from framsyn.report.words import N_, Words

#: Units that begin so are told in percent.
SHARES = ("share",)


def name_of(candidate: Candidate, words: Words) -> str:
    """What a strategy is called: a vision by its name, others by their id."""
    own = () if candidate.kind in ("today", "vision") else (candidate.id,)
    return words.gettext(looks((candidate.id,), own)[candidate.id].label)


def kind_of(candidate: Candidate, words: Words) -> str:
    """What kind of strategy it is, in a word."""
    kinds = {"today": N_("today"), "vision": N_("vision"), "own": N_("own"), "found": N_("found")}
    return words.gettext(kinds[candidate.kind])


def told_settings(candidate: Candidate, words: Words) -> list[tuple[str, str]]:
    """Name and setting of every lever that differs from today, such as `110 %, later 120 %`."""
    return [
        (words.gettext(levers()[identity].label), _told(levers()[identity], first, later, words))
        for identity, (first, later) in differences(candidate.posture).items()
    ]


def _told(lever: Lever, first: Any, later: Any, words: Words) -> str:
    before = setting(lever, first, words)
    if first == later:
        return before
    return words.gettext("{setting}, then {later}").format(setting=before, later=setting(lever, later, words))


def setting(lever: Lever, value: Any, words: Words) -> str:
    """One setting with its unit."""
    if lever.kind == "choice":
        return words.gettext(_choices().get((lever.id, str(value)), str(value)))
    if float(value) < 0.0 and lever.low >= 0.0:
        return words.gettext("as today")
    if lever.unit.startswith(SHARES):
        return words.percent(100.0 * float(value), 0)
    decimals = 1 if lever.step < 1.0 else 0
    return f"{words.number(float(value), decimals)} {words.gettext(lever.unit)}"


@cache
def _choices() -> dict[tuple[str, str], str]:
    return {(row["lever"], row["choice"]): row["label"] for row in rows("framsyn.choose", "choices.csv")}
