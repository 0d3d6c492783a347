"""Why a number is what it is: its change since the base year, split into causes that sum to it.

A life is determined by its world and its posture, so causes can be switched off and on again in the same
worlds. Since causes act on one another, each gets its Owen value (`shares`) in every world; the means over
the worlds are told, with an 80 % interval. What is left when every cause is off is told as a cause too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import compress

import numpy as np

from framsyn.core.cancellation import with_current_token
from framsyn.errors import FramsynError
from framsyn.evaluate.behind import (
    Ruled,
    WorldParameter,
    evidence_behind,
    facts_behind,
    law_behind,
    parameters_behind,
)
from framsyn.evaluate.causes import FEEDBACK, GROUPS, WORLD, Cause, causes, switched
from framsyn.evaluate.shares import mask, owen_weights
from framsyn.evaluate.switches import World, changes_nothing, course_without, world_without
from framsyn.evidence.register import Effect
from framsyn.foresee.futures import CHUNK, check_request, strategies_of, told_core_task
from framsyn.foresee.postures import AS_IS, Posture, posture_ids, shipped, strategy_of
from framsyn.foresee.setting import Setting, prepare
from framsyn.foresee.starts import Assessment
from framsyn.law.parameters import Law
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.course import Course, Strategy
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import Indicator, indicators
from framsyn.model.layout import AGES, INDICATORS, SEXES, Floats
from framsyn.places.municipality import Fact, Municipality
from framsyn.processors import processors

LOW, HIGH = 0.1, 0.9
#: An effect is made this much of itself to see whether a number answers; below NOTHING it does not.
A_LITTLE_LESS, NOTHING = 0.99, 1e-9


@dataclass(frozen=True)
class CauseTold:
    """One cause and how much of the change is due to it.

    Attributes:
        id, group, label, off: as in `causes.Cause`.
        amount: mean over the worlds, in the indicator's unit.
        p10, p90: the interval that holds 80 % of the worlds.
        evidence: effects of the register that it works through, and that the indicator answers to.
        law: law parameters, in the base year and in the year told.
        parameters: parameters of the worlds' draws.
        facts: facts of the municipality.
    """

    id: str
    group: str
    label: str
    off: str
    amount: float
    p10: float
    p90: float
    evidence: tuple[Effect, ...]
    law: tuple[Ruled, ...]
    parameters: tuple[WorldParameter, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Explanation:
    """Why an indicator has changed: `base` plus the amounts of all `causes` is `value`.

    Attributes:
        municipality, indicator: whose number, and which; its unit is that of every amount.
        posture, core_task: how the municipality is run; the core task is blank where there is none.
        base_year, year: from when to when.
        draws, seed: the worlds.
        base: mean over the worlds in the base year.
        value, p10, p90: mean and 80 % interval in `year`.
        causes: in the order of `causes.csv`.
    """

    municipality: Municipality
    indicator: Indicator
    posture: str
    core_task: str
    base_year: int
    year: int
    draws: int
    seed: int
    base: float
    value: float
    p10: float
    p90: float
    causes: tuple[CauseTold, ...]

    @property
    def change(self) -> float:
        """What the causes sum to."""
        return self.value - self.base

    def of_group(self, group: str) -> float:
        """The sum of the causes of one group."""
        return sum(one.amount for one in self.causes if one.group == group)


def explain_change(
    m: Municipality,
    indicator: str,
    year: int,
    posture: str = AS_IS,
    *,
    draws: int = 100,
    seed: int = 1,
    known: Mapping[str, Posture] | None = None,
    core_task: str | None = None,
    law: Law | None = None,
    assessment: Assessment | None = None,
    threads: int | None = None,
) -> Explanation:
    """Split the change of an indicator since the base year into its causes.

    Args:
        m: the municipality.
        indicator: its id, with or without `_per_resident`, or its name in any language.
        year: a year after the base year, at most 50 years after.
        posture: id or name of the posture under which the municipality lives.
        draws: worlds; the first ones of `foresee` with the same seed.
        seed: the seed of the worlds.
        known: postures by id beside the shipped ones.
        core_task: the core task of a posture that has one, instead of its own.
        law: dated law; the standing one by default.
        assessment: the municipality's own assessment of its community.
        threads: threads to live in, all processors by default; the result does not depend on it.

    Raises:
        FramsynError: an unknown indicator, posture or core task, an indicator that is not known in the
            base year, or a year, number of draws or seed out of range.
    """
    told = indicator_named(indicator)
    base_year = m.bundle.base_year
    if year <= base_year:
        raise FramsynError(
            "The year must come after the base year {base}; {year} was given.", base=base_year, year=year
        )
    (posture,) = posture_ids((posture,), known)
    check_request([posture], year - base_year, draws, seed)
    strategy = strategies_of([posture], known, core_task)[posture]
    setting = prepare(m, year - base_year, seed, law, assessment)
    valued = _Valued(setting, strategy, posture == AS_IS, list(indicators()).index(told.id))
    chunks = [range(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]
    with ThreadPoolExecutor(threads or processors()) as pool:
        split = pool.map(with_current_token(valued.of), chunks)
        answering = EffectsAnswered(valued, chunks[0])
        answers = pool.map(with_current_token(answering.answers_to), range(len(COEFFICIENTS)))
        base, ends, amounts = zip(*split, strict=True)
        answered = frozenset(compress(COEFFICIENTS, answers))
    end, shares = np.concatenate(ends), np.concatenate(amounts, axis=1)
    start = float(np.concatenate(base).mean())
    if not np.isfinite(start):
        raise FramsynError(
            "{indicator} is not known in the base year, so that its change cannot be told. Choose a stock"
            " or an amount of money, such as population or annual_margin.",
            indicator=told.id,
        )
    told_causes = tuple(
        _told(cause, share, m, law or Law.standing(), year, answered)
        for cause, share in zip(causes(), shares, strict=True)
    )
    low, high = _interval(end)
    return Explanation(
        municipality=m,
        indicator=told,
        posture=posture,
        core_task=told_core_task([posture], known, core_task),
        base_year=base_year,
        year=year,
        draws=draws,
        seed=seed,
        base=start,
        value=float(end.mean()),
        p10=low,
        p90=high,
        causes=told_causes,
    )


@dataclass(frozen=True)
class _Valued:
    """The value of one indicator in the last year under every coalition of causes.

    What is outside the council's power changes no course but by whether people age, so coalitions that differ
    in that alone share a course, in all draws.
    """

    setting: Setting
    strategy: Strategy
    as_today: bool
    column: int
    _courses: dict[tuple[int, float, bool], Course] = field(default_factory=dict, init=False)

    def course(self, on: int, ageing: float, *, as_is: bool = False) -> Course:
        """The course of the posture, or of going on as today, under a coalition."""
        key = on | _of_group(WORLD), ageing, as_is
        if key not in self._courses:
            strategy = strategy_of(shipped()[AS_IS]) if as_is else self.strategy
            self._courses[key] = course_without(self.setting, strategy, _off(key[0]), ageing)
        return self._courses[key]

    def of(self, draws: range) -> tuple[Floats, Floats, Floats]:
        """The indicator [draw] in the base year and in the last, and every cause's amount [cause, draw]."""
        counted = tuple(sum(cause.group == group for cause in switched()) for group in GROUPS)
        coalitions, weights = owen_weights(counted)
        values, base = self._values(draws, coalitions)
        none, everything = values[0], values[-1]
        # Differences from the empty coalition keep large numbers from hiding small shares.
        shares = weights @ (values - none)
        return base, everything, np.vstack([shares, none - base])

    def _idle(self, strategy: Strategy) -> int:
        """The causes that change nothing under a strategy."""
        place = self.setting.place
        return mask([i for i, cause in enumerate(switched()) if changes_nothing(cause, strategy, place)])

    def _values(self, draws: range, coalitions: tuple[int, ...]) -> tuple[Floats, Floats]:
        """Values [coalition, draw], and those of the base year [draw]."""
        drawn = self.setting.draw(draws)
        shape = (len(draws), self.setting.years + 1, INDICATORS)
        lived = _Lived(self, np.empty(shape), np.empty(shape), np.zeros((shape[1], SEXES, AGES)))
        values = np.empty((len(coalitions), len(draws)))
        places = {on: place for place, on in enumerate(coalitions)}
        outer, answers = _of_group(WORLD), _of_group(FEEDBACK)
        as_is = self._idle(strategy_of(shipped()[AS_IS]))
        both = as_is & self._idle(self.strategy)
        # What coalitions share is lived once: the same worlds, and in them the same lives as today.
        for world, alike in _by(coalitions, lambda on: on & outer):
            held = world_without(self.setting, drawn, _off(world, outer))
            for today, same in _by(alike, lambda on: (on | as_is) & ~answers):
                lived.as_is(held, today)
                for on, equal in _by(same, lambda on: on | both):
                    values[[places[one] for one in equal]] = lived.under(held, on)
        return values, lived.reference[:, 0, self.column].copy()


def _by(coalitions: Iterable[int], key: Callable[[int], int]) -> Iterator[tuple[int, list[int]]]:
    """The coalitions by a key, each with those that have it."""
    found: dict[int, list[int]] = {}
    for on in coalitions:
        found.setdefault(key(on), []).append(on)
    yield from found.items()


@cache
def _of_group(group: str) -> int:
    """The coalition of a group's causes."""
    return mask([i for i, cause in enumerate(switched()) if cause.group == group])


@dataclass(frozen=True)
class _Lived:
    """Lives under one coalition: `reference` as today, `records` under the posture."""

    valued: _Valued
    reference: Floats
    records: Floats
    ages: Floats

    def as_is(self, held: World, on: int) -> None:
        """Live as today with the same causes off; answers to its own course there are none."""
        course = self.valued.course(on, held.ageing, as_is=True)
        held.setting.live(held.drawn, course, None, self.reference, self.ages)

    def under(self, held: World, on: int) -> Floats:
        """The indicator in the last year under the posture [draw]."""
        if self.valued.as_today:
            return self.reference[:, -1, self.valued.column]
        course = self.valued.course(on, held.ageing)
        held.setting.live(held.drawn, course, self.reference, self.records, self.ages)
        return self.records[:, -1, self.valued.column]


class EffectsAnswered:
    """Whether the indicator in the last year answers to an effect of the register at all.

    An effect is evidence for a number only where the number would be another without it.
    """

    def __init__(self, valued: _Valued, draws: range) -> None:
        self._valued = valued
        self._drawn = valued.setting.draw(draws)
        self._usual = self._value(self._drawn.effects)

    def answers_to(self, effect: int) -> bool:
        """Whether it does, in any of the draws, to the effect of this column of `COEFFICIENTS`."""
        less = self._drawn.effects.copy()
        less[:, effect] *= A_LITTLE_LESS
        change = np.abs(self._value(less) - self._usual)
        return bool(np.any(change > NOTHING * np.maximum(1.0, np.abs(self._usual))))

    def _value(self, effects: Floats) -> Floats:
        valued, everything = self._valued, mask(range(len(switched())))
        changed = self._drawn._replace(effects=effects)
        lives = valued.setting.live(changed, valued.course(everything, 1.0, as_is=True))
        if not valued.as_today:
            lives = valued.setting.live(changed, valued.course(everything, 1.0), lives)
        return lives[:, -1, valued.column]


def _off(on: int, among: int = -1) -> list[Cause]:
    """The causes that a coalition lacks, of those `among`."""
    return [cause for i, cause in enumerate(switched()) if not on >> i & 1 and among >> i & 1]


def _interval(values: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, (LOW, HIGH)).tolist()
    return low, high


def _told(
    cause: Cause, share: Floats, m: Municipality, law: Law, year: int, answered: frozenset[str]
) -> CauseTold:
    low, high = _interval(share)
    return CauseTold(
        id=cause.id,
        group=cause.group,
        label=cause.label,
        off=cause.off,
        amount=float(share.mean()),
        p10=low,
        p90=high,
        evidence=tuple(one for one in evidence_behind(cause) if one.id in answered),
        law=law_behind(cause, m, law, year),
        parameters=parameters_behind(cause, m),
        facts=facts_behind(cause, m),
    )
