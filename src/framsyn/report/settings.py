"""A strategy's levers in words: what it sets otherwise than today, and when."""

from framsyn.choose.candidates import Candidate, differences
from framsyn.choose.lever_settings import LeverSet, Value
from framsyn.choose.levers import Lever
from framsyn.foresee.setting import Setting
from framsyn.i18n.translator import Words
from framsyn.report.listing import looks
from framsyn.report.strategy_words import setting as plain

#: Units that begin so are told in percent.
SHARE = "share"


def name_of(candidate: Candidate, words: Words) -> str:
    """What a strategy is called: a vision by its name, others by their id."""
    own = () if candidate.kind in ("today", "vision") else (candidate.id,)
    return words.gettext(looks((candidate.id,), own)[candidate.id].label)


def told_settings(candidate: Candidate, setting: Setting, words: Words) -> list[tuple[str, str]]:
    """Name and setting of every lever that differs from today, such as `110 %, from 2030 120 %`."""
    first_year = setting.municipality.bundle.base_year + 1
    moved = differences(candidate.posture, setting.place, first_year)
    return [(words.gettext(one.lever.label), _phases(one, words)) for one in moved]


def _phases(told: LeverSet, words: Words) -> str:
    (_, first), *later = told.phases
    text = _value(told.lever, first, words)
    for year, value in later:
        text = words.gettext("{before}, from {year} {after}").format(
            before=text, year=year, after=_value(told.lever, value, words)
        )
    return text


def _value(lever: Lever, value: Value, words: Words) -> str:
    if isinstance(value, tuple):
        inside, *_, outside = (_value(lever, one, words) for one in value)
        text = words.gettext("{core} in the core task, {elsewhere} elsewhere")
        return text.format(core=inside, elsewhere=outside)
    if lever.unit.startswith(SHARE) and isinstance(value, float):
        return words.percent(100.0 * value, 0)
    told = plain(lever, value, words)
    unit = "" if lever.kind == "choice" or lever.unit.startswith(SHARE) else words.gettext(lever.unit)
    return f"{told} {unit}".strip()
