"""Lives in which some causes are switched off, in the same worlds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from framsyn.evaluate.causes import Cause
from framsyn.evaluate.reversion import without_reversion
from framsyn.foresee.setting import Drawn, Setting
from framsyn.law.path import LawPath
from framsyn.model.course import Course, Strategy
from framsyn.model.layout import (
    DIGITAL,
    ENGAGEMENT,
    HOUSING,
    INTEGRATION,
    INVESTMENT_KEPT,
    LEVERS,
    PARTICIPATION,
    PLANNING,
    TAX_RATE,
    UPKEEP,
    Floats,
    Place,
)
from framsyn.model.rule import Rule

#: Names of the switches that are neither a world column, a lever nor an effect.
AGEING, NATIONAL_AGES, REVERSION, LAW = "ageing", "national_ages", "reversion", "law"
AMBITION_OF_ITS_OWN, SAVING, DEBT = "ambition", "saving", "debt"


@dataclass(frozen=True)
class World:
    """What is outside the council's power when some causes are off."""

    setting: Setting
    drawn: Drawn
    ageing: float


def world_without(
    setting: Setting, drawn: Drawn, off: Collection[Cause], expected: Mapping[int, Floats]
) -> World:
    """The setting and its draws with these causes held at the base year, and effects where they do nothing.

    `expected` holds the `expected_paths` of unemployment.
    """
    special = {name for cause in off for name in cause.special}
    place, law = setting.place, setting.law
    if NATIONAL_AGES in special:
        place = place._replace(equalisation_mean=np.full_like(place.equalisation_mean, _now(place)))
    if REVERSION in special:
        place = place._replace(jobs_recovery=np.ones_like(place.jobs_recovery))
    if LAW in special:
        law = law_of_base_year(law)
    held = replace(setting, town=setting.town._replace(place=place, law=law))
    switched = drawn._replace(
        worlds=columns_without(setting, drawn.worlds, off, expected),
        effects=effects_without(drawn.effects, off),
    )
    return World(held, switched, 0.0 if AGEING in special else 1.0)


def columns_without(
    setting: Setting, worlds: Floats, off: Collection[Cause], expected: Mapping[int, Floats]
) -> Floats:
    """World columns [draw, year, column] with those of these causes held at their base year.

    Unemployment moves for two reasons: shocks, without which the column is held, and its return to what is
    usual, which the switch of the reversion takes away.
    """
    held = {column for cause in off for column in cause.world}
    reverting = not any(REVERSION in cause.special for cause in off)
    if not held and reverting:
        return worlds
    changed = worlds.copy()
    for column in held:
        changed[:, 1:, column] = worlds[:, :1, column]
    for column, path in expected.items():
        if column in held and reverting:
            changed[:, :, column] = path
        elif column not in held and not reverting:
            changed[:, :, column] = without_reversion(setting, column, path, worlds[:, :, column])
    return changed


def effects_without(effects: Floats, off: Collection[Cause]) -> Floats:
    """Effects [draw, coefficient] with those of these causes at the value with which they do nothing."""
    held = [pair for cause in off for pair in cause.effects]
    if not held:
        return effects
    changed = effects.copy()
    for column, value in held:
        changed[:, column] = value
    return changed


def _now(place: Place) -> float:
    return float(place.equalisation_mean[0])


def law_of_base_year(law: LawPath) -> LawPath:
    """The law of the base year in every year. The limits of § 118 are the same all through anyway."""
    held = {name: np.full_like(rule, rule[0]) for name, rule in law._asdict().items() if name != "limits"}
    return law._replace(**held)


def course_without(
    setting: Setting, strategy: Strategy, off: Collection[Cause], ageing: float = 1.0
) -> Course:
    """The course of a strategy with these decisions held as they stand today, and these answers cut."""
    special = {name for cause in off for name in cause.special}
    held = tuple(phase._replace(rule=rule_without(phase.rule, special)) for phase in strategy)
    today = todays_levers(setting.place)
    pins = {lever: float(today[lever]) for cause in off for lever in cause.levers}
    return setting.course(held, pins)._replace(
        debt_feedback=0.0 if DEBT in special else 1.0,
        ageing=ageing,
    )


def rule_without(rule: Rule, special: Collection[str]) -> Rule:
    """The rule with today's ambition, and without saving, where these are among what is switched off."""
    if AMBITION_OF_ITS_OWN in special:
        rule = rule._replace(ambition=todays_ambition(rule))
    if SAVING in special:
        rule = rule._replace(most_saving=0.0, most_easing=0.0)
    return rule


def todays_ambition(rule: Rule) -> Floats:
    """[area] spending per user as today; that of participation, which has a lever of its own, as ruled."""
    ambition = np.ones_like(rule.ambition)
    ambition[PARTICIPATION] = rule.ambition[PARTICIPATION]
    return ambition


def todays_levers(place: Place) -> Floats:
    """[lever] as they stand in the base year: needs are met, spending is what it is, wear is renewed."""
    levers = np.ones(LEVERS)
    levers[HOUSING] = 0.0
    levers[INTEGRATION] = 0.0
    levers[DIGITAL] = place.digital
    levers[TAX_RATE] = place.income_tax_rate
    levers[ENGAGEMENT] = place.costs[PARTICIPATION] / place.population.sum()
    return levers


def changes_nothing(cause: Cause, strategy: Strategy, place: Place) -> bool:
    """Whether every rule decides what stands today anyway, so that switching the cause is in vain."""
    return all(_changes_nothing(cause, phase.rule, place) for phase in strategy)


def _changes_nothing(cause: Cause, rule: Rule, place: Place) -> bool:
    if cause.special == (AMBITION_OF_ITS_OWN,):
        return bool(np.all(rule.ambition == todays_ambition(rule)))
    today, kept = todays_levers(place), programmes(rule, place)
    decided = all(lever in kept and kept[lever] == today[lever] for lever in cause.levers)
    return bool(cause.levers) and not cause.special and decided


def programmes(rule: Rule, place: Place) -> dict[int, float]:
    """The levers that a rule sets once and for all."""
    today, engaged = todays_levers(place), float(rule.ambition[PARTICIPATION])
    return {
        UPKEEP: rule.upkeep,
        INVESTMENT_KEPT: rule.investment_kept,
        HOUSING: rule.housing,
        PLANNING: rule.planning,
        INTEGRATION: rule.integration,
        DIGITAL: rule.digital if rule.digital >= 0.0 else place.digital,
        ENGAGEMENT: engaged if engaged >= 0.0 else float(today[ENGAGEMENT]),
    }
