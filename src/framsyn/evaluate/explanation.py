"""Why a figure is what it is: its change since the base year, split into causes that sum to it.

A trajectory is determined by its draw and its policy, so causes can be switched off and on again in the same
draws. Since causes act on one another, each gets its Owen value (`shares`) in every draw; shown are the means
over the draws with an 80 % interval. What is left when every cause is off is a cause too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache

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
from framsyn.evaluate.blocks import Split, blocks_of, interval, joined, sharing_of
from framsyn.evaluate.causes import GROUPS, WORLD, Cause, causes, switched
from framsyn.evaluate.evidence_answered import effects_answered
from framsyn.evaluate.explained_figure import Figure, figure_named
from framsyn.evaluate.reversion import expected_paths
from framsyn.evaluate.shares import mask
from framsyn.evaluate.switches import (
    World,
    changes_nothing,
    course_without,
    effects_without,
    world_without,
)
from framsyn.evidence.register import Effect
from framsyn.foresee.futures import check_request, strategies_of, told_core_task
from framsyn.foresee.postures import AS_IS, Posture, posture_ids, shipped, strategy_of
from framsyn.foresee.setting import Setting, prepare
from framsyn.foresee.starts import Assessment
from framsyn.law.parameters import Law
from framsyn.model.course import Course, Strategy
from framsyn.model.indicators import Indicator
from framsyn.model.layout import AGES, INDICATORS, SEXES, Floats
from framsyn.places.municipality import Fact, Municipality
from framsyn.processors import processors

#: Orders of the causes in a group for each order of the groups.
ROUNDS = 2


@dataclass(frozen=True)
class CauseShare:
    """One cause and how much of the change is due to it.

    Attributes:
        id, group, label, off: as in `causes.Cause`.
        amount: mean over the draws, in the indicator's unit.
        p10, p90: the interval that holds 80 % of the draws.
        evidence: effects of the register that it works through, and that the indicator answers to.
        law: law parameters, in the base year and in the year explained.
        parameters: parameters of the draws' draws.
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
    """Why a figure is what it is: `base` plus the amounts of all `causes` is `value`.

    Attributes:
        municipality, indicator: whose number, and which; its unit is that of every amount.
        posture, core_task: how the municipality is run; the core task is blank where there is none.
        against: the policy with which it is compared; blank where it is compared with the base year.
        base_year, year: from when to when; the same year where two policies are compared.
        draws, seed: of the simulation.
        base: mean over the draws in the base year, or under the policy compared with.
        value, p10, p90: mean and 80 % interval in `year`.
        causes: in the order of their table.
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
    causes: tuple[CauseShare, ...]
    against: str = ""

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
    """Split the change of a figure since the base year into its causes.

    Args:
        m: the municipality.
        indicator: its id, with or without `_per_resident`, or its name in any language.
        year: a year after the base year, at most 50 years after.
        posture: id or name of the policy by which the municipality is run.
        draws: the first ones of `foresee` with the same seed.
        seed: the seed of the draws.
        known: policies by id beside the shipped ones.
        core_task: the core task of a policy that has one, instead of its own.
        law: dated law; the standing one by default.
        assessment: the municipality's own assessment of its community.
        threads: threads to simulate in, all processors by default; the result does not depend on it.

    Raises:
        FramsynError: an unknown indicator, policy or core task, an indicator that is not known in the
            base year, or a year, number of draws or seed out of range.
    """
    figure = figure_named(indicator)
    check_year(m, year)
    (posture,) = posture_ids((posture,), known)
    check_request([posture], year - m.bundle.base_year, draws, seed)
    strategy = strategies_of([posture], known, core_task)[posture]
    setting = prepare(m, year - m.bundle.base_year, seed, law, assessment)
    course = CausesSwitched(setting, strategy, posture == AS_IS, figure)
    with ThreadPoolExecutor(threads or processors()) as pool:
        splits = pool.map(with_current_token(course.split), blocks_of(draws))
        first = setting.draw(blocks_of(draws)[0])
        answered = effects_answered(
            lambda effects: course.value(World(setting, first._replace(effects=effects), 1.0)),
            first.effects,
            pool,
        )
        base, end, shares = joined(splits)
    start = float(base.mean())
    if not np.isfinite(start):
        raise FramsynError(
            "{indicator} is not known in the base year, so that its change cannot be told. Choose a stock"
            " or an amount of money, such as population or annual_margin.",
            indicator=figure.indicator.id,
        )
    low, high = interval(end)
    return Explanation(
        municipality=m,
        indicator=figure.indicator,
        posture=posture,
        core_task=told_core_task([posture], known, core_task),
        base_year=m.bundle.base_year,
        year=year,
        draws=draws,
        seed=seed,
        base=start,
        value=float(end.mean()),
        p10=low,
        p90=high,
        causes=causes_shared(causes(), shares, m, law or Law.standing(), year, answered),
    )


def check_year(m: Municipality, year: int) -> None:
    """Raise FramsynError where the year does not come after the base year."""
    base = m.bundle.base_year
    if year <= base:
        raise FramsynError(
            "The year must come after the base year {base}; {year} was given.", base=base, year=year
        )


@dataclass(frozen=True)
class CausesSwitched:
    """A figure in the last year of a course under every coalition of causes that is asked for.

    Courses depend on no draw, so that all draws share them.
    """

    setting: Setting
    strategy: Strategy
    is_baseline: bool
    figure: Figure
    _courses: dict[tuple[int, float, bool], Course] = field(default_factory=dict, init=False)

    def split(self, draws: range) -> Split:
        """The figure in the base year and in the last, and every cause's amount."""
        coalitions, weights = sharing_of(draws, self.setting.seed, switched_by_group(), ROUNDS)
        values, base = self._values(draws, coalitions)
        none = values[0]
        # Differences from the empty coalition keep large numbers from hiding small shares.
        shares = weights @ (values - none)
        return Split(base, values[-1], np.vstack([shares, none - base]))

    def value(self, world: World) -> Floats:
        """The figure in the last year with every cause on [draw]."""
        everything = mask(range(len(switched())))
        reference = world.setting.live(world.drawn, self._course(everything, 1.0, baseline=True))
        if self.is_baseline:
            return self.figure.of(reference[:, -1])
        return self.figure.of(
            world.setting.live(world.drawn, self._course(everything, 1.0), reference)[:, -1]
        )

    def _course(self, on: int, ageing: float, *, baseline: bool = False) -> Course:
        """The course of the policy, or of the baseline, under a coalition."""
        key = on | _of_group(WORLD), ageing, baseline
        if key not in self._courses:
            strategy = baseline_strategy() if baseline else self.strategy
            self._courses[key] = course_without(self.setting, strategy, without(on), ageing)
        return self._courses[key]

    def _idle(self, strategy: Strategy) -> int:
        """The causes that change nothing under a strategy."""
        place = self.setting.place
        return mask([i for i, cause in enumerate(switched()) if changes_nothing(cause, strategy, place)])

    def _values(self, draws: range, coalitions: tuple[int, ...]) -> tuple[Floats, Floats]:
        """Values [coalition, draw], and those of the base year [draw]."""
        drawn = self.setting.draw(draws)
        records = Records(self.setting, len(draws))
        values = np.empty((len(coalitions), len(draws)))
        rows = {on: row for row, on in enumerate(coalitions)}
        baseline_idle = self._idle(baseline_strategy())
        idle = baseline_idle & self._idle(self.strategy)
        beyond = mask([i for i, cause in enumerate(switched()) if cause.beyond_baseline])
        expected = expected_paths(self.setting)
        # What coalitions share is simulated once: the baseline in the same draws, and equal courses in it.
        for baseline, alike in grouped(coalitions, lambda on: on | baseline_idle | beyond):
            world = world_without(self.setting, drawn, without(baseline), expected)
            course = self._course(baseline, world.ageing, baseline=True)
            world.setting.live(world.drawn, course, None, records.reference, records.ages)
            for on, equal in grouped(alike, lambda on: on | idle):
                values[[rows[coalition] for coalition in equal]] = self._under(world, on, records)
        return values, self.figure.of(records.reference[:, 0]).copy()

    def _under(self, world: World, on: int, records: "Records") -> Floats:
        """The figure in the last year of the policy [draw], beside the baseline in `records`."""
        if self.is_baseline:
            return self.figure.of(records.reference[:, -1])
        drawn = world.drawn._replace(effects=effects_without(world.drawn.effects, without(on)))
        world.setting.live(
            drawn, self._course(on, world.ageing), records.reference, records.own, records.ages
        )
        return self.figure.of(records.own[:, -1])


class Records:
    """Arrays that simulations of a block write into again and again."""

    def __init__(self, setting: Setting, draws: int) -> None:
        shape = (draws, setting.years + 1, INDICATORS)
        self.reference, self.own, self.other = np.empty(shape), np.empty(shape), np.empty(shape)
        self.ages = np.zeros((setting.years + 1, SEXES, AGES))


def grouped(coalitions: Iterable[int], key: Callable[[int], int]) -> Iterator[tuple[int, list[int]]]:
    """The coalitions by a key, each with those that have it."""
    found: dict[int, list[int]] = {}
    for on in coalitions:
        found.setdefault(key(on), []).append(on)
    yield from found.items()


@cache
def switched_by_group() -> tuple[int, ...]:
    """How many causes are switched in each group."""
    return tuple(sum(cause.group == group for cause in switched()) for group in GROUPS)


@cache
def _of_group(group: str) -> int:
    """The coalition of a group's causes."""
    return mask([i for i, cause in enumerate(switched()) if cause.group == group])


def baseline_strategy() -> Strategy:
    """The strategy of the baseline."""
    return strategy_of(shipped()[AS_IS])


def without(on: int) -> list[Cause]:
    """The causes that a coalition lacks."""
    return [cause for i, cause in enumerate(switched()) if not on >> i & 1]


def causes_shared(
    among: Sequence[Cause], shares: Floats, m: Municipality, law: Law, year: int, answered: frozenset[str]
) -> tuple[CauseShare, ...]:
    """The causes with their shares [cause, draw] and what they rest on, of the effects `answered` to."""
    return tuple(
        _cause_share(cause, share, m, law, year, answered) for cause, share in zip(among, shares, strict=True)
    )


def _cause_share(
    cause: Cause, share: Floats, m: Municipality, law: Law, year: int, answered: frozenset[str]
) -> CauseShare:
    low, high = interval(share)
    return CauseShare(
        id=cause.id,
        group=cause.group,
        label=cause.label,
        off=cause.off,
        amount=float(share.mean()),
        p10=low,
        p90=high,
        evidence=tuple(effect for effect in evidence_behind(cause) if effect.id in answered),
        law=law_behind(cause, m, law, year),
        parameters=parameters_behind(cause, m),
        facts=facts_behind(cause, m),
    )
