"""The decisions in which two policies differ, from `decisions.csv`, and policies that are mixed of two."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.evaluate.causes import DECISIONS, Cause, causes
from framsyn.i18n.translator import N_
from framsyn.model.course import Phase, Strategy
from framsyn.model.layout import PARTICIPATION
from framsyn.model.rule import Rule

AMBITION, ENGAGEMENT = "ambition", "engagement"
OFF = N_("decided as under the policy compared with")


class Decision(NamedTuple):
    """A decision: the cause that it is, and the fields of a rule that hold it."""

    cause: Cause
    fields: tuple[str, ...]  # `ambition` leaves out participation, which is `engagement`


@cache
def decisions() -> tuple[Decision, ...]:
    """Every decision, in the order of the file: each field of a rule belongs to exactly one."""
    behind = {cause.id: cause for cause in causes()}
    return tuple(
        Decision(
            behind[row["behind"]]._replace(id=row["id"], group=DECISIONS, label=row["label"], off=OFF),
            tuple(row["fields"].split()),
        )
        for row in rows("framsyn.evaluate", "decisions.csv")
    )


def mixed(own: Strategy, other: Strategy, taken: Collection[Decision]) -> Strategy:
    """The strategy with the decisions `taken` from `own` and the rest from `other`, year by year."""
    years = sorted({phase.first_year for phase in (*own[1:], *other[1:])})
    first = Phase(min(own[0].first_year, other[0].first_year), mixed_rule(own[0].rule, other[0].rule, taken))
    later = [Phase(year, mixed_rule(rule_at(own, year), rule_at(other, year), taken)) for year in years]
    return (first, *later)


def rule_at(strategy: Strategy, year: int) -> Rule:
    """The rule that holds in a calendar year; the first holds from the start whatever its year."""
    return [strategy[0], *(phase for phase in strategy[1:] if phase.first_year <= year)][-1].rule


def mixed_rule(own: Rule, other: Rule, taken: Collection[Decision]) -> Rule:
    """The rule with the decisions `taken` from `own` and the rest from `other`."""
    fields = {field for decision in taken for field in decision.fields}
    ambition = (own if AMBITION in fields else other).ambition.copy()
    ambition[PARTICIPATION] = (own if ENGAGEMENT in fields else other).ambition[PARTICIPATION]
    plain = {field: getattr(own, field) for field in fields - {AMBITION, ENGAGEMENT}}
    return other._replace(**plain, ambition=ambition)


def differ(own: Strategy, other: Strategy, decision: Decision) -> bool:
    """Whether two strategies decide differently in any year."""
    only = mixed(own, other, (decision,))
    none = mixed(own, other, ())
    return any(
        not np.array_equal(np.asarray(first), np.asarray(second))
        for one, another in zip(only, none, strict=True)
        for first, second in zip(one.rule, another.rule, strict=True)
    )
