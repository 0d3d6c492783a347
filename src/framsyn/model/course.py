"""A course: the rules of a trajectory over its years, levers that are held, and what is switched off."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.model.compiled import compiled
from framsyn.model.layout import LEVERS, Floats
from framsyn.model.rule import Rule, Rules, packed


class Course(NamedTuple):
    """Under what a life is lived: its rules over time, levers that are held, and what is switched off."""

    rules: Rules  # [phase]
    phases: NDArray[np.int64]  # [year] the phase that rules in it
    pinned: Floats  # [year, lever] levers held at a value; NaN where the rule decides
    feedback: float  # 1; 0 = moves and jobs do not answer to the life's own course
    ageing: float  # 1; 0 = nobody is born, dies, ages or moves
    debt_feedback: float  # 1; 0 = interest and premises' running cost do not answer to its own debt


@compiled
def rule_in(course: Course, year: int) -> Rule:
    """The rule that holds in a year; it is a record that looks into the course."""
    rule: Rule = course.rules[course.phases[year]]
    return rule


class Phase(NamedTuple):
    """A rule and the calendar year from which it holds."""

    first_year: int
    rule: Rule


#: Rules over time, in the order of their years: a posture is one rule for all years.
Strategy = tuple[Phase, ...]
#: How a municipality is run: by one rule in every year, or by rules over time.
Conduct = Rule | Strategy


def course_over(strategy: Strategy, base_year: int, years: int) -> Course:
    """The course of a strategy over `years` years after the base year, with no lever held.

    The first phase rules from the start whatever its year.
    """
    phases = np.zeros(years + 1, dtype=np.int64)
    for number, phase in enumerate(strategy):
        phases[max(0, phase.first_year - base_year) if number else 0 :] = number
    pinned = np.full((years + 1, LEVERS), np.nan)
    return Course(packed([phase.rule for phase in strategy]), phases, pinned, 1.0, 1.0, 1.0)


def strategy_from(of: Conduct) -> Strategy:
    """A rule for all years as a strategy; a strategy as it is."""
    return (Phase(0, of),) if isinstance(of, Rule) else of


def switched(first: Conduct, second: Conduct, year: int) -> Strategy:
    """The first until the calendar year `year`, then the second as it would stand by then."""
    until, then = strategy_from(first), strategy_from(second)
    before = (until[0], *(phase for phase in until[1:] if phase.first_year < year))
    stands = [then[0], *(phase for phase in then[1:] if phase.first_year <= year)][-1]
    after = tuple(phase for phase in then[1:] if phase.first_year > year)
    return (*before, Phase(year, stands.rule), *after)
