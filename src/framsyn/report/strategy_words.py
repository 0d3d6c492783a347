"""The draft of a strategy in words: sentences bound to conditions on its numbers, and single values."""

import math
from collections.abc import Mapping, Sequence

from framsyn.choose.lever_settings import LeverSet, Value
from framsyn.choose.levers import Lever
from framsyn.choose.statute import Draft, Figure, Range, Section
from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.model.indicators import Indicator
from framsyn.report.listing import core_tasks

#: What at least nine of ten worlds say of the strategy against going on as today, in this order.
AGAINST: Mapping[str, str] = {
    "better": N_("Better than when going on as today in at least nine of ten futures: {names}."),
    "worse": N_("Worse than when going on as today in at least nine of ten futures: {names}."),
    "higher": N_("Higher than when going on as today in at least nine of ten futures: {names}."),
    "lower": N_("Lower than when going on as today in at least nine of ten futures: {names}."),
    "unclear": N_("No sure difference from going on as today: {names}."),
    "same": N_("As when going on as today: {names}."),
}
#: What at least nine of ten worlds say of the change since the base year when going on as today.
COURSE: Mapping[str, str] = {
    "higher": N_("Rises by {year} in at least nine of ten futures: {names}."),
    "lower": N_("Falls by {year} in at least nine of ten futures: {names}."),
    "unclear": N_("May rise or fall by {year}: {names}."),
    "same": N_("Stays about the same by {year}: {names}."),
    "none": N_("How it changes from the base year is not known: {names}."),
}
CHOICES = {
    "none": N_("None"),
    "plan": N_("What the plan foresees is corrected"),
    "after_deficit": N_("A deficit is corrected when it has come"),
    "law": N_("A deficit is corrected when the law forces it"),
    "everywhere": N_("Everywhere"),
    "protected": N_("On what saving spares"),
}


def label(one: Indicator, words: Words) -> str:
    """An indicator's name with its id, by which its number can be found in the data."""
    return f"{words.gettext(one.label)} (`{one.id}`)"


def number(one: Indicator, value: float, words: Words) -> str:
    """A value with the indicator's decimals; its unit stands elsewhere."""
    return words.number(value, one.decimals)


def ends(one: Indicator, told: Range, draws: int, words: Words) -> str:
    """The 80 % interval; a single life has none."""
    return NOT_KNOWN if draws == 1 else words.interval(told.p10, told.p90, one.decimals)


def signed(one: Indicator, value: float, words: Words) -> str:
    """A difference with its sign."""
    return words.signed(value, one.decimals)


def against_sentences(section: Section, draft: Draft, words: Words) -> list[str]:
    """How the strategy differs from going on as today in the same worlds, one sentence a verdict."""
    if draft.is_today:
        return [words.gettext(N_("The strategy is to go on as today: there is nothing to compare with."))]
    if draft.draws == 1:
        return [words.gettext(N_("A single future was drawn: it cannot tell what is sure."))]
    return _listed(AGAINST, {one.indicator.id: one.verdict for one in section.figures}, section, "", words)


def course_sentences(section: Section, draft: Draft, words: Words) -> list[str]:
    """What comes whatever is decided here, one sentence a course."""
    if draft.draws == 1:
        return [words.gettext(N_("A single future was drawn: it cannot tell what is sure."))]
    courses = {one.indicator.id: one.course for one in section.figures}
    return _listed(COURSE, courses, section, str(draft.horizon), words)


def _listed(
    messages: Mapping[str, str], verdicts: Mapping[str, str], section: Section, year: str, words: Words
) -> list[str]:
    told = []
    for verdict, message in messages.items():
        names = [_name(one, words) for one in section.figures if verdicts[one.indicator.id] == verdict]
        if names:
            told.append(words.gettext(message).format(names="; ".join(names), year=year))
    return told


def _name(figure: Figure, words: Words) -> str:
    text = words.gettext(figure.indicator.label)
    return text[:1].lower() + text[1:]


def setting(lever: Lever, value: Value, words: Words) -> str:
    """A lever's value in words."""
    if isinstance(value, tuple):
        return " / ".join(setting(lever, one, words) for one in value)
    if lever.kind == "choice":
        named = {**CHOICES, **core_tasks()}
        chosen = str(value) or "none"
        return words.gettext(named.get(chosen, chosen))
    return NOT_KNOWN if isinstance(value, str) else words.number(value, lever_decimals(lever, value))


def lever_decimals(lever: Lever, value: float) -> int:
    """Those of the lever's step, and one where a number of today lies between the steps."""
    step = next(n for n in range(4) if math.isclose(lever.step, round(lever.step, n)))
    return step if step or float(value).is_integer() else 1


def phases(told: LeverSet, words: Words) -> str:
    """What the strategy sets, with the year of every change."""
    first, *later = told.phases
    text = setting(told.lever, first[1], words)
    for year, value in later:
        text += "; " + words.gettext(N_("from {year}: {value}")).format(
            year=year, value=setting(told.lever, value, words)
        )
    return text


def moved(levers: Sequence[LeverSet]) -> list[LeverSet]:
    """The levers that the strategy sets otherwise than today."""
    return [one for one in levers if one.moved]
