"""Why a forecast is what it is, and how right such forecasts have been, in words and whole persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framsyn.foresee.forecast.explain import ForecastExplained, PastErrors
from framsyn.i18n.translator import N_, Words
from framsyn.report.horizons import SHOWN, year_runs

#: Years ahead that one sentence tells, where the forecast that is told reaches so far.
TOLD = 7
#: Room beside the bars, as a part of the range that they span, and the width of a standing mark, percent.
ROOM, MARK = 0.04, 1.0

#: What each method of the ensemble does; one that nobody named is shown by its id.
METHODS: Mapping[str, str] = {
    "trend": N_("The trend of the last 15 years goes on"),
    "shrunk_growth": N_("Own growth, drawn toward that of its region and size"),
    "boosting": N_("Machine learning from the past of all municipalities"),
    "cohort_held": N_("Births, deaths and moves go on as lately"),
    "cohort_fading": N_("Births, deaths and moves, what is special to the municipality fading"),
}
#: Sentences for more, as many and fewer.
EXPECTED: Mapping[int, str] = {
    1: N_(
        "{expected} residents are expected at the end of {year} (80% interval {interval}): {change} more"
        " than at the end of {base}."
    ),
    0: N_(
        "{expected} residents are expected at the end of {year} (80% interval {interval}): as many as at"
        " the end of {base}."
    ),
    -1: N_(
        "{expected} residents are expected at the end of {year} (80% interval {interval}): {change} fewer"
        " than at the end of {base}."
    ),
}
PULL: Mapping[int, str] = {
    1: N_("Together the methods expect {count} more than births, deaths and moves alone would give."),
    0: N_("Together the methods expect as many as births, deaths and moves alone would give."),
    -1: N_("Together the methods expect {count} fewer than births, deaths and moves alone would give."),
}


class Step(NamedTuple):
    """One row from the base year to the last: a count, or what is added to it or taken from it.

    Attributes:
        label: what it is.
        value: persons, signed where it is a change.
        kind: `at` for a count, `more` or `fewer` for a change.
        left, width: where its bar lies, percent of the span.
    """

    label: str
    value: str
    kind: str
    left: float
    width: float


class Told(NamedTuple):
    """Years ahead, percent within which 50, 80 and 95 of 100 forecasts lay, and the outcomes counted."""

    horizon: str
    within: tuple[str, str, str]
    outcomes: str


@dataclass(frozen=True)
class Why:
    """What the page tells of a forecast.

    Attributes:
        base, year: the years between which it is told.
        expected: sentence on the expected population.
        interval: its 80 % interval.
        summary: (label, persons) of the natural change, moves, pull and change.
        steps: from the base year to the last; the values sum.
        start: where the base year stands, percent of the span of the bars.
        pull: sentence on what the ensemble adds or takes.
        methods: (what it does, persons expected) of each method.
        record: sentence on how right such forecasts have been, or that it is not known.
        origins: sentence on what the record rests on; blank where there is none.
        past: rows of the table; none where it is not known.
    """

    base: int
    year: int
    expected: str
    interval: str
    summary: list[tuple[str, str]]
    steps: list[Step]
    start: float
    pull: str
    methods: list[tuple[str, str]]
    record: str
    origins: str
    past: list[Told]


def why(explained: ForecastExplained, words: Words) -> Why:
    """Tell a forecast's reasons and record in one language."""
    changes = whole(explained)
    births, deaths, *moves, pull = changes.values()
    change = sum(changes.values())
    told = [one for one in explained.past if one.horizon in SHOWN]
    interval = words.interval(explained.low, explained.high)
    steps, start = _steps(explained, changes, words)
    return Why(
        base=explained.base_year,
        year=explained.year,
        expected=words.gettext(EXPECTED[sign(change)]).format(
            expected=words.number(explained.expected),
            year=explained.year,
            interval=interval,
            change=words.number(abs(change)),
            base=explained.base_year,
        ),
        interval=interval,
        summary=[
            (words.gettext(N_("Births minus deaths")), words.signed(births + deaths)),
            (words.gettext(N_("Net moves")), words.signed(sum(moves))),
            (words.gettext(N_("Adjustment from all methods together")), words.signed(pull)),
            (words.gettext(N_("Change of the population")), words.signed(change)),
        ],
        steps=steps,
        start=start,
        pull=words.gettext(PULL[sign(pull)]).format(count=words.number(abs(pull))),
        methods=[
            (words.gettext(METHODS[name]) if name in METHODS else name, words.number(total))
            for name, total in explained.members.items()
        ],
        record=_record(told, explained.year - explained.base_year, words),
        origins=_origins(told, words),
        past=[_told(one, words) for one in told],
    )


def whole(explained: ForecastExplained) -> dict[str, int]:
    """Whole persons by part, in the order of the steps; they sum to the change of whole persons."""
    parts = {
        N_("Births"): explained.births,
        N_("Deaths"): -explained.deaths,
        **explained.moves,
        N_("Adjustment from all methods together"): explained.pull,
    }
    exact = np.array(list(parts.values()))
    whole = np.rint(exact)
    missing = int(np.rint(explained.expected) - np.rint(explained.population) - whole.sum())
    # What is missing goes to the parts that are nearest to the next whole person.
    nearest = np.argsort(np.sign(missing) * (whole - exact), kind="stable")[: abs(missing)]
    whole[nearest] += np.sign(missing)
    return dict(zip(parts, whole.astype(int).tolist(), strict=True))


def sign(count: int) -> int:
    """−1, 0 or 1."""
    return (count > 0) - (count < 0)


def _steps(
    explained: ForecastExplained, changes: Mapping[str, int], words: Words
) -> tuple[list[Step], float]:
    """The rows, and where the base year stands among their bars."""
    running = np.rint(explained.population) + np.cumsum([0, *changes.values()])
    low, high = float(running.min()), float(running.max())
    room = ROOM * (high - low) or 1.0

    def at(count: float) -> float:
        return round(100.0 * (count - low + room) / (high - low + 2.0 * room), 2)

    def standing(year: int, count: float) -> Step:
        label = words.gettext(N_("Residents at the end of {year}")).format(year=year)
        return Step(label, words.number(count), "at", round(at(count) - MARK / 2, 2), MARK)

    steps = [standing(explained.base_year, running[0])]
    for (part, change), before, after in zip(changes.items(), running, running[1:], strict=False):
        left, right = sorted((at(before), at(after)))
        label = moves_label(part, words) if part in explained.moves else words.gettext(part)
        kind = "more" if change >= 0 else "fewer"
        steps.append(Step(label, words.signed(change), kind, left, round(right - left, 2)))
    return [*steps, standing(explained.year, running[-1])], at(running[0])


def moves_label(ages: str, words: Words) -> str:
    """What net moves of an age group such as `16-19` or `65+` are called."""
    if ages.endswith("+"):
        return words.gettext(N_("Net moves, aged {age} and over")).format(age=ages[:-1])
    return words.gettext(N_("Net moves, aged {ages}")).format(ages=ages.replace("-", "–"))


RECORD_NOT_KNOWN = N_(
    "How right such forecasts have been is not known: too few earlier forecasts of municipalities of this"
    " size have an outcome."
)


def telling_record(told: Sequence[PastErrors], ahead: int) -> PastErrors | None:
    """The past errors that are told: `TOLD` years ahead, or as far as the forecast goes; None = not known."""
    reached = [one for one in told if one.horizon <= min(TOLD, ahead)]
    return reached[-1] if reached else told[0] if told else None


def record_message(one: PastErrors, words: Words) -> str:
    """How right forecasts of such municipalities have been: a sentence to be filled."""
    return words.ngettext(
        "Of 100 municipalities of this size ({size}), in 80 the forecast lay within ±{percent} of the outcome"
        " after {count} year.",
        "Of 100 municipalities of this size ({size}), in 80 the forecast lay within ±{percent} of the outcome"
        " after {count} years.",
        one.horizon,
    )


def _record(told: list[PastErrors], ahead: int, words: Words) -> str:
    one = telling_record(told, ahead)
    if one is None:
        return words.gettext(RECORD_NOT_KNOWN)
    return record_message(one, words).format(
        size=size_told(one, words), count=one.horizon, percent=words.percent(one.within_80)
    )


def size_told(one: PastErrors, words: Words) -> str:
    """The size class in residents."""
    least, most = words.number(one.least_residents), words.number(one.most_residents or 0)
    if one.most_residents is None:
        return words.gettext(N_("{least} residents or more")).format(least=least)
    if one.least_residents == 0:
        return words.gettext(N_("under {most} residents")).format(most=most)
    return words.gettext(N_("{least}–{most} residents")).format(least=least, most=most)


def _origins(told: list[PastErrors], words: Words) -> str:
    if not told:
        return ""
    seen = sorted({origin for one in told for origin in one.origins})
    return words.gettext(
        N_(
            "Forecasts made anew from {years}, each with only what was known then. Neighbouring years and"
            " municipalities turn out alike, so the outcomes weigh less than their number."
        )
    ).format(years=year_runs(seen))


def _told(one: PastErrors, words: Words) -> Told:
    shares = (one.within_50, one.within_80, one.within_95)
    first, second, third = (f"±{words.percent(share)}" for share in shares)
    return Told(str(one.horizon), (first, second, third), words.number(one.outcomes))
