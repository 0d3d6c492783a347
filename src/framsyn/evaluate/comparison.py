"""Why a figure is another under one policy than under another: their difference in the same draws, split.

Decisions are taken from the one policy or from the other, and the loops, in which people and money answer,
are switched in both, so that a loop has a share by what it makes of the decisions' difference. Both kinds of
causes get their Owen values (`shares`), as the causes of a change over time do, so that no order in which
they are named is favoured: what a loop makes of a decision is shared between the two.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from framsyn.core.cancellation import with_current_token
from framsyn.errors import FramsynError
from framsyn.evaluate.blocks import Split, blocks_of, interval, joined, sharing_of
from framsyn.evaluate.causes import FEEDBACK, Cause, causes
from framsyn.evaluate.decisions import Decision, decisions, differ, mixed
from framsyn.evaluate.evidence_answered import effects_answered
from framsyn.evaluate.explained_figure import Figure, figure_named
from framsyn.evaluate.explanation import (
    Explanation,
    Records,
    baseline_strategy,
    causes_shared,
    check_year,
    grouped,
)
from framsyn.evaluate.shares import mask
from framsyn.evaluate.switches import course_without, effects_without
from framsyn.foresee.futures import check_request, strategies_of, told_core_task
from framsyn.foresee.postures import Posture, posture_ids
from framsyn.foresee.setting import Drawn, Setting, prepare
from framsyn.foresee.starts import Assessment
from framsyn.law.parameters import Law
from framsyn.model.course import Course, Strategy
from framsyn.model.layout import Floats
from framsyn.places.municipality import Municipality
from framsyn.processors import processors

#: Orders of the decisions, and of the loops, for each order of the two.
ROUNDS = 4


def explain_difference(
    m: Municipality,
    indicator: str,
    year: int,
    posture: str,
    against: str,
    *,
    draws: int = 100,
    seed: int = 1,
    known: Mapping[str, Posture] | None = None,
    core_task: str | None = None,
    law: Law | None = None,
    assessment: Assessment | None = None,
    threads: int | None = None,
) -> Explanation:
    """Split the difference of a figure between two policies in a year into its causes.

    Args:
        m: the municipality.
        indicator: its id, with or without `_per_resident`, or its name in any language; `total_burden` too.
        year: a year after the base year, at most 50 years after.
        posture: id or name of the policy that is explained.
        against: of the policy with which it is compared: `base` of the explanation is its figure.
        draws, seed, known, core_task, law, assessment, threads: as in `explain_change`.

    Raises:
        FramsynError: an unknown indicator, policy or core task, the same policy twice, a figure that is not
            known in the year, or a year, number of draws or seed out of range.
    """
    figure = figure_named(indicator)
    check_year(m, year)
    posture, against = posture_ids((posture, against), known)
    check_request([posture, against], year - m.bundle.base_year, draws, seed)
    strategies = strategies_of([posture, against], known, core_task)
    setting = prepare(m, year - m.bundle.base_year, seed, law, assessment)
    compared = PoliciesCompared(setting, strategies[posture], strategies[against], figure)
    with ThreadPoolExecutor(threads or processors()) as pool:
        splits = pool.map(with_current_token(compared.split), blocks_of(draws))
        first = setting.draw(blocks_of(draws)[0])
        answered = effects_answered(
            lambda effects: compared.difference(first._replace(effects=effects)), first.effects, pool
        )
        other, own, shares = joined(splits)
    if not np.isfinite(own).all():
        raise FramsynError("{indicator} is not known in {year}.", indicator=figure.indicator.id, year=year)
    low, high = interval(own)
    return Explanation(
        municipality=m,
        indicator=figure.indicator,
        posture=posture,
        core_task=told_core_task([posture, against], known, core_task),
        base_year=year,
        year=year,
        draws=draws,
        seed=seed,
        base=float(other.mean()),
        value=float(own.mean()),
        p10=low,
        p90=high,
        causes=causes_shared(compared.causes, shares, m, law or Law.standing(), year, answered),
        against=against,
    )


def loops() -> tuple[Cause, ...]:
    """The ways in which people and money answer."""
    return tuple(cause for cause in causes() if cause.group == FEEDBACK)


@dataclass(frozen=True)
class PoliciesCompared:
    """A figure in the last year of two policies, with some decisions of the first and some loops switched on.

    A coalition holds decisions that are as the first policy has them, then loops that are on.
    """

    setting: Setting
    own: Strategy
    other: Strategy
    figure: Figure
    _courses: dict[tuple[int, int], Course] = field(default_factory=dict, init=False)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes in the order of the shares."""
        return (*(decision.cause for decision in decisions()), *loops())

    def split(self, draws: range) -> Split:
        """The figure under the other policy and under the own, and every cause's amount."""
        coalitions, weights = sharing_of(draws, self.setting.seed, (len(decisions()), len(loops())), ROUNDS)
        differences, other = self._differences(self.setting.draw(draws), coalitions)
        return Split(other, other + differences[-1], weights @ differences)

    def difference(self, drawn: Drawn) -> Floats:
        """The difference [draw] with every cause on."""
        everything = mask(range(len(self.causes)))
        differences, _ = self._differences(drawn, (everything,))
        return np.asarray(differences[0])

    def _differences(self, drawn: Drawn, coalitions: Sequence[int]) -> tuple[Floats, Floats]:
        """Differences from the other policy [coalition, draw], and its figure with every loop on [draw]."""
        records = Records(self.setting, len(drawn.worlds))
        found = np.empty((len(coalitions), len(drawn.worlds)))
        rows = {on: row for row, on in enumerate(coalitions)}
        shift, every = len(decisions()), mask(range(len(loops())))
        beyond = mask([i for i, cause in enumerate(loops()) if cause.beyond_baseline])
        idle = mask([i for i, one in enumerate(decisions()) if not differ(self.own, self.other, one)])
        figure = np.empty(0)
        for baseline, alike in grouped(coalitions, lambda on: on >> shift | beyond):
            held = drawn._replace(effects=effects_without(drawn.effects, _loops_off(baseline)))
            self.setting.live(
                held, self._course(baseline, baseline_strategy(), -1), None, records.reference, records.ages
            )
            for on, same_loops in grouped(alike, lambda on: on >> shift):
                switched = drawn._replace(effects=effects_without(drawn.effects, _loops_off(on)))
                other = self._figure(switched, self._course(on, self.other, 0), records)
                figure = other if on == every else figure
                for coalition, equal in grouped(same_loops, lambda on: (on | idle) & ((1 << shift) - 1)):
                    if coalition == idle:
                        found[[rows[one] for one in equal]] = 0.0
                        continue
                    course = self._mixed_course(on, coalition)
                    found[[rows[one] for one in equal]] = self._figure(switched, course, records) - other
        return found, figure

    def _figure(self, drawn: Drawn, course: Course, records: Records) -> Floats:
        """The figure in the last year [draw], beside the baseline in `records`."""
        self.setting.live(drawn, course, records.reference, records.own, records.ages)
        return self.figure.of(records.own[:, -1])

    def _mixed_course(self, loops_on: int, taken: int) -> Course:
        chosen: list[Decision] = [one for i, one in enumerate(decisions()) if taken >> i & 1]
        key = loops_on & self._in_course, taken
        if key not in self._courses:
            strategy = mixed(self.own, self.other, chosen)
            self._courses[key] = course_without(self.setting, strategy, _loops_off(loops_on))
        return self._courses[key]

    def _course(self, loops_on: int, strategy: Strategy, name: int) -> Course:
        key = loops_on & self._in_course, name
        if key not in self._courses:
            self._courses[key] = course_without(self.setting, strategy, _loops_off(loops_on))
        return self._courses[key]

    @property
    def _in_course(self) -> int:
        """The loops that a course switches, instead of an effect."""
        return mask([i for i, cause in enumerate(loops()) if cause.special])


def _loops_off(on: int) -> list[Cause]:
    return [cause for i, cause in enumerate(loops()) if not on >> i & 1]
