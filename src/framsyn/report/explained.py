"""Why a number is what it is, as a page tells it: steps with bars, and everything that they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from framsyn.evaluate.behind import Ruled
from framsyn.evaluate.causes import REST
from framsyn.evaluate.explanation import CauseShare, Explanation
from framsyn.evidence.register import STRENGTHS
from framsyn.i18n.translator import N_, Words
from framsyn.places.municipality import STATUSES
from framsyn.report.evidence_table import MEANINGS, cause_and_effect, size
from framsyn.report.explanation import GROUP_LABELS, STATUS_LABELS, ends, has_group, how, moves, rests_on
from framsyn.report.why import MARK, ROOM

#: Decimals of a rule or a parameter that is not a whole number.
DECIMALS = 3


class CauseRow(NamedTuple):
    """One row of the steps.

    Attributes:
        kind: `at` for a value, `group` for a sum of causes, `more` or `fewer` for a cause.
        label: what it is.
        off: what holds where the cause is switched off; blank for others.
        value, interval: in the indicator's unit, signed where it is a change.
        left, width: where its bar lies, percent of the span; no bar where the width is 0.
        rests_on: letters of evidence, law, the least sure status.
    """

    kind: str
    label: str
    off: str
    value: str
    interval: str
    left: float
    width: float
    rests_on: str


class EffectRow(NamedTuple):
    """An effect of the register: what moves what, how much, and where that is from."""

    id: str
    effect: str
    size: str
    unit: str
    source: str


class LawRow(NamedTuple):
    """A rule of law: its values in the base year and the year told, since when, status and source."""

    id: str
    then: str
    now: str
    unit: str
    from_year: str
    status: str
    source: str


class BehindRow(NamedTuple):
    """A parameter of the worlds or a fact of the municipality."""

    id: str
    value: str
    unit: str
    year: str
    source: str


@dataclass(frozen=True)
class Explained:
    """What a page tells of an explanation.

    Attributes:
        summary: from where to where the mean of the worlds goes.
        how: how the steps are found.
        start: where the base year stands, percent of the span of the bars.
        rows: from the base year to the year told; the values sum but for rounding.
        still: names of the causes that change nothing that is seen.
        evidence: effects by letter of strength and its meaning.
        law: rules.
        parameters, facts: by what they are: observed, estimated or assumed.
    """

    summary: str
    how: str
    start: float
    rows: list[CauseRow]
    still: list[str]
    evidence: list[tuple[str, str, list[EffectRow]]]
    law: list[LawRow]
    parameters: list[tuple[str, list[BehindRow]]]
    facts: list[tuple[str, list[BehindRow]]]


def explained(told: Explanation, words: Words) -> Explained:
    """Tell an explanation in one language."""
    moved = [cause for cause in told.causes if moves(cause, told.indicator)]
    rows, start = _rows(told, words)
    return Explained(
        summary=_summary(told, words),
        how=how(told, words),
        start=start,
        rows=rows,
        still=[words.gettext(cause.label) for cause in told.causes if cause not in moved],
        evidence=_evidence(moved, words),
        law=_law(moved, words),
        parameters=_by_status(_parameters(moved, words), words),
        facts=_by_status(_facts(moved, words), words),
    )


#: In how few words a change, and a difference, is summed up.
CHANGE = N_(
    "In the mean of {draws} worlds it goes from {base} in {base_year} to {value} in {year} ({unit}): a"
    " change of {change}. 80% of these worlds lie at {interval}."
)
DIFFERENCE = N_(
    "In {year} it is {value} in the mean of {draws} simulated futures, and {base} under the policy compared"
    " with ({unit}): a difference of {change}. 80% of these futures lie at {interval}."
)


def _summary(told: Explanation, words: Words) -> str:
    decimals = told.indicator.decimals
    return words.gettext(DIFFERENCE if told.against else CHANGE).format(
        draws=words.number(told.draws),
        base=words.number(told.base, decimals),
        base_year=told.base_year,
        value=words.number(told.value, decimals),
        year=told.year,
        unit=words.gettext(told.indicator.unit),
        change=words.signed(told.change, decimals),
        interval=words.interval(told.p10, told.p90, decimals),
    )


def _rows(told: Explanation, words: Words) -> tuple[list[CauseRow], float]:
    """The rows, and where what they are counted from stands among the bars."""
    levels = [told.base]
    for cause in told.causes:
        levels.append(levels[-1] + cause.amount)
    low, high = min(levels), max(levels)
    room = ROOM * (high - low) or 1.0
    decimals = told.indicator.decimals

    def at(level: float) -> float:
        return round(100.0 * (level - low + room) / (high - low + 2.0 * room), 2)

    def standing(label: str, value: float, interval: str) -> CauseRow:
        shown = words.number(value, decimals)
        return CauseRow("at", label, "", shown, interval, round(at(value) - MARK / 2, 2), MARK, "")

    first, last = ends(told, words)
    rows = [standing(first, told.base, "")]
    for group, label in GROUP_LABELS.items():
        seen = [
            _cause(cause, at(before), at(after), told, words)
            for cause, before, after in zip(told.causes, levels, levels[1:], strict=False)
            if cause.group == group and moves(cause, told.indicator)
        ]
        if group != REST and has_group(told, group):
            amount = words.signed(told.of_group(group), decimals)
            rows.append(CauseRow("group", words.gettext(label), "", amount, "", 0.0, 0.0, ""))
        rows += seen
    interval = words.interval(told.p10, told.p90, decimals)
    return [*rows, standing(last, told.value, interval)], at(told.base)


def _cause(cause: CauseShare, before: float, after: float, told: Explanation, words: Words) -> CauseRow:
    left, right = sorted((before, after))
    decimals = told.indicator.decimals
    return CauseRow(
        kind="more" if cause.amount >= 0 else "fewer",
        label=words.gettext(cause.label),
        off=words.gettext(cause.off),
        value=words.signed(cause.amount, decimals),
        interval=words.interval(cause.p10, cause.p90, decimals),
        left=left,
        width=round(right - left, 2),
        rests_on=rests_on(cause, words),
    )


def _evidence(moved: Sequence[CauseShare], words: Words) -> list[tuple[str, str, list[EffectRow]]]:
    effects = {one.id: one for cause in moved for one in cause.evidence}
    found = []
    for strength in STRENGTHS:
        rows = [
            EffectRow(
                one.id, cause_and_effect(one, words), size(one, words), words.gettext(one.unit), one.source
            )
            for one in effects.values()
            if one.strength == strength
        ]
        if rows:
            found.append((words.gettext(strength), words.gettext(MEANINGS[strength]), rows))
    return found


def _law(moved: Sequence[CauseShare], words: Words) -> list[LawRow]:
    rules = {one.now.id: one for cause in moved for one in cause.law}
    return [_rule(one, words) for one in rules.values()]


def _rule(rule: Ruled, words: Words) -> LawRow:
    then, now = rule.then, rule.now
    status = words.gettext(STATUS_LABELS[now.status])
    if now.carried:
        status += ", " + words.gettext("carried from {year}").format(year=now.from_year)
    return LawRow(
        id=now.id,
        then=_figure(then.value, words) if then else words.gettext(N_("none yet")),
        now=_figure(now.value, words),
        unit=words.gettext(now.unit),
        from_year=str(now.from_year),
        status=status,
        source=now.source,
    )


def _parameters(moved: Sequence[CauseShare], words: Words) -> Iterable[tuple[str, BehindRow]]:
    found = {one.id: one for cause in moved for one in cause.parameters}
    for one in found.values():
        yield one.status, BehindRow(one.id, _figure(one.value, words), one.unit, "", one.source)


def _facts(moved: Sequence[CauseShare], words: Words) -> Iterable[tuple[str, BehindRow]]:
    found = {one.id: one for cause in moved for one in cause.facts}
    for one in found.values():
        yield one.status, BehindRow(one.id, _figure(one.value, words), one.unit, one.year, one.source)


def _by_status(rows: Iterable[tuple[str, BehindRow]], words: Words) -> list[tuple[str, list[BehindRow]]]:
    """The rows under each status that there is, the surest first."""
    told = list(rows)
    grouped = [(status, [row for own, row in told if own == status]) for status in STATUSES]
    return [(words.gettext(STATUS_LABELS[status]), listed) for status, listed in grouped if listed]


def _figure(value: float, words: Words) -> str:
    whole = abs(value) >= 1000.0 or float(value).is_integer()
    return words.number(value, 0 if whole else DECIMALS)
