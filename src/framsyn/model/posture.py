"""Look and decide: what a posture sees, what it foresees, and how it sets the levers.

A rule sees only its own municipality's past and the people who live there. Its forecast is its own: the
children who live here grow up, fewer or more by its own late cohort ratio; its money follows its trend.
"""

from typing import NamedTuple

from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    ADMINISTRATION,
    AIM_EARLY,
    AMBITION_ADMINISTRATION,
    AMBITION_BUSINESS,
    AMBITION_EDUCATION,
    AMBITION_ENVIRONMENT,
    AMBITION_LEISURE,
    B_NEED,
    BUSINESS,
    DIGITAL,
    ENGAGEMENT,
    ENVIRONMENT,
    FIRST_AGE,
    INVESTMENT_KEPT,
    LAST_AGE,
    LEISURE,
    RESULT,
    S_BUSINESS,
    S_CHILD_RATIO,
    S_DEFICIT_YEARS,
    S_ENVIRONMENT,
    S_LEISURE,
    S_NEWBORN,
    S_SAVING,
    SCHOOLS,
    TAX_RATE,
    UPKEEP,
    Floats,
    Place,
)
from framsyn.model.population import between

#: Years that a posture can look ahead at most.
MOST_AHEAD = 20
#: Building takes two years: no forecast for building looks less far.
BUILDING_YEARS = 2
#: Years of its own past from which a plan draws the trend of its result.
TREND_YEARS = 3
#: A plan trusts half of that trend.
TREND_TRUST = 0.5
#: Result per resident (real euros) off the aim that is let be.
INDIFFERENCE = 20.0
#: Excess over the aim beyond which saving and tax are eased.
EASE_ABOVE = 75.0
#: Bounds of general saving; below 0 spending per user grows.
SAVING_LEAST, SAVING_MOST = -0.2, 0.3
#: Share of an excess that is spent in a year.
EASE_SHARE = 0.3
#: Years after which a deficit must be covered (§ 110): the law forces when the last one begins.
COVER_YEARS = 4
TAX_STEP = 0.1


class Rule(NamedTuple):
    """How a posture decides; the fields are told in `postures.toml`."""

    look_ahead: float
    sees_after: float
    excess_tolerated: float
    builds: float
    ambition_leisure: float
    ambition_environment: float
    ambition_business: float
    ambition_step: float
    upkeep: float
    investment_kept: float
    digital: float
    engagement: float
    fiscal_rule: float
    result_aimed: float
    tax_share: float
    largest_correction: float
    tax_ceiling: float
    protect_education: float
    protect_leisure: float
    protect_environment: float
    protect_business: float
    spends_widely: float


PLANS, AFTER_DEFICIT = 2.0, 1.0


@compiled
def see_children(below: Floats, before: Floats, stock: Floats, growth: Floats) -> None:
    """Update what the municipality has seen of children: cohort ratio and newborn residents.

    `growth` [years] is written: the ratio to the power of 0, 1, 2, … years.
    """
    ratio = between(below, 1, 15) / max(between(before, 0, 14), 1.0)
    stock[S_CHILD_RATIO] += (ratio - stock[S_CHILD_RATIO]) / TREND_YEARS
    stock[S_NEWBORN] += (between(below, 0, 0) - stock[S_NEWBORN]) / TREND_YEARS
    for year in range(1, len(growth)):
        growth[year] = growth[year - 1] * stock[S_CHILD_RATIO]


@compiled
def foreseen_need(below: Floats, ahead: int, area: int, stock: Floats, growth: Floats) -> float:
    """Own forecast of those in need of `area`'s places `ahead` years from now, persons.

    Children already here grow older at the municipality's own cohort ratio; those not yet born are
    the mean of late years' newborn.
    """
    first, last = FIRST_AGE[area], LAST_AGE[area]
    here = 0.0
    if ahead <= last:
        here = between(below, max(first - ahead, 0), last - ahead)
    unborn = max(0, min(last, ahead - 1) - first + 1)
    return float(here * growth[ahead] + unborn * stock[S_NEWBORN] * growth[first])


@compiled
def aim_places(
    area: int,
    rule: Rule,
    base: Floats,
    below: Floats,
    need: Floats,
    year: int,
    places: Floats,
    coming: Floats,
    stock: Floats,
    growth: Floats,
) -> float:
    """Places to aim at, share of the base year's need.

    With foresight: enough for the largest foreseen need from when building could be ready, and no
    more than is tolerated. Without: what was needed when last seen.
    """
    standing = places[area] + coming[area, 0] + coming[area, 1]
    if rule.look_ahead >= 1.0:
        wanted = 0.0
        for ahead in range(1, int(rule.look_ahead) + 1):
            wanted = max(wanted, foreseen_need(below, ahead, area, stock, growth))
        soon = foreseen_need(below, BUILDING_YEARS, area, stock, growth)
        least = soon if rule.look_ahead >= BUILDING_YEARS else wanted
    else:
        wanted = need[max(0, year - 1 - int(rule.sees_after)), area]
        least = wanted
    aim = standing
    if least > standing and rule.builds > 0.0:
        aim = least
    elif standing > wanted * (1.0 + rule.excess_tolerated):
        aim = wanted
    return float(aim / max(base[B_NEED + area], 1.0))


@compiled
def expected_result(year: int, rule: Rule, record: Floats) -> float:
    """Result per resident that the rule reckons with, real euros.

    A plan carries half of its late trend over its horizon; others take what they have last seen.
    """
    last = year - 1
    if rule.fiscal_rule < PLANS:
        return float(record[max(0, last - int(rule.sees_after)), RESULT])
    span = min(TREND_YEARS, last)
    slope = (record[last, RESULT] - record[last - span, RESULT]) / span if span > 0 else 0.0
    return float(record[last, RESULT] + TREND_TRUST * slope * min(rule.look_ahead, TREND_YEARS))


@compiled
def correction(year: int, rule: Rule, record: Floats, stock: Floats) -> float:
    """Improvement of the result decided this year, real euros per resident (below 0 eases).

    An excess is spent by every posture. A shortage is met by the plan, or when it has come, or, where
    nobody acts on it, only when the law's time for covering an accumulated deficit runs out (§ 110).
    """
    expected = expected_result(year, rule, record)
    short = rule.result_aimed - expected
    deficit = max(0.0, -record[year - 1, ACCUMULATED_SURPLUS])
    late = stock[S_DEFICIT_YEARS] >= COVER_YEARS - 1
    if late:
        short = max(short, 0.0) + deficit / COVER_YEARS
    elif rule.fiscal_rule < AFTER_DEFICIT:
        short = min(short, 0.0)
    if short > INDIFFERENCE:
        return float(min(short, rule.largest_correction))
    if short < -EASE_ABOVE and not late:
        return float(max(EASE_SHARE * (short + EASE_ABOVE), -rule.largest_correction))
    return 0.0


@compiled
def touched(protected: float, saving: float, rule: Rule) -> float:
    """Share of an area that general saving touches; below 0 saving is spending more.

    Saving spares what is protected. An excess is spent everywhere, or on what is protected alone.
    """
    if saving >= 0.0:
        return 1.0 - protected
    return 1.0 if rule.spends_widely > 0.0 else protected


@compiled
def flexible_spending(rule: Rule, saving: float, costs: Floats) -> float:
    """Spending that general saving touches, real euros, given whether it is above or below 0."""
    schools = 0.0
    for area in range(SCHOOLS):
        schools += costs[area]
    return float(
        schools * touched(rule.protect_education, saving, rule)
        + max(0.0, costs[LEISURE]) * touched(rule.protect_leisure, saving, rule)
        + max(0.0, costs[ENVIRONMENT]) * touched(rule.protect_environment, saving, rule)
        + max(0.0, costs[BUSINESS]) * touched(rule.protect_business, saving, rule)
        + max(0.0, costs[ADMINISTRATION]) * touched(0.0, saving, rule)
    )


@compiled
def set_money(
    year: int,
    place: Place,
    rule: Rule,
    costs: Floats,
    tax_base: float,
    population: float,
    record: Floats,
    stock: Floats,
    levers: Floats,
) -> None:
    """Set tax and saving, tax in steps of 0.1 points.

    A correction is split between them. An excess undoes saving, then higher tax, then is spent: councils
    hardly ever lower the rate below where it was (in 2026 five of 308 did).
    """
    wanted = correction(year, rule, record, stock)
    per_point = max(tax_base / population / 100.0, 1.0)
    rate = levers[TAX_RATE]
    if wanted > 0.0:
        ceiling = max(rate, place.income_tax_rate + rule.tax_ceiling)
        rate = min(ceiling, rate + rule.tax_share * wanted / per_point)
    elif stock[S_SAVING] <= 0.0:
        floor = min(rate, place.income_tax_rate)
        rate = max(floor, rate + wanted / per_point)
    rate = max(0.0, round(rate / TAX_STEP) * TAX_STEP)
    left = wanted - (rate - levers[TAX_RATE]) * per_point
    levers[TAX_RATE] = rate
    saving = stock[S_SAVING]
    flexible = max(flexible_spending(rule, saving if saving != 0.0 else left, costs), 1.0)
    stock[S_SAVING] = min(SAVING_MOST, max(SAVING_LEAST, saving + left * population / flexible))


@compiled
def towards(now: float, aim: float, step: float) -> float:
    """`now` moved towards `aim` by at most `step`."""
    return now + min(step, max(-step, aim - now))


@compiled
def set_ambitions(rule: Rule, stock: Floats, levers: Floats) -> None:
    """Move ambitions towards the posture's, and change them by general saving where it touches."""
    step = rule.ambition_step
    stock[S_LEISURE] = towards(stock[S_LEISURE], rule.ambition_leisure, step)
    stock[S_ENVIRONMENT] = towards(stock[S_ENVIRONMENT], rule.ambition_environment, step)
    stock[S_BUSINESS] = towards(stock[S_BUSINESS], rule.ambition_business, step)
    saving = stock[S_SAVING]
    levers[AMBITION_EDUCATION] = 1.0 - saving * touched(rule.protect_education, saving, rule)
    levers[AMBITION_LEISURE] = stock[S_LEISURE] * (1.0 - saving * touched(rule.protect_leisure, saving, rule))
    levers[AMBITION_ENVIRONMENT] = stock[S_ENVIRONMENT] * (
        1.0 - saving * touched(rule.protect_environment, saving, rule)
    )
    levers[AMBITION_BUSINESS] = stock[S_BUSINESS] * (
        1.0 - saving * touched(rule.protect_business, saving, rule)
    )
    levers[AMBITION_ADMINISTRATION] = 1.0 - saving * touched(0.0, saving, rule)


@compiled
def decide(
    year: int,
    place: Place,
    rule: Rule,
    base: Floats,
    below: Floats,
    need: Floats,
    places: Floats,
    coming: Floats,
    costs: Floats,
    tax_base: float,
    record: Floats,
    stock: Floats,
    growth: Floats,
    pinned: Floats,
    levers: Floats,
) -> None:
    """Set `levers` for `year` from what stands at the end of the year before.

    `pinned` [lever] overrides a lever where it is a number; NaN leaves it to the rule.
    """
    for area in range(SCHOOLS):
        levers[AIM_EARLY + area] = aim_places(
            area, rule, base, below, need, year, places, coming, stock, growth
        )
    set_money(year, place, rule, costs, tax_base, below[-1], record, stock, levers)
    set_ambitions(rule, stock, levers)
    levers[UPKEEP] = rule.upkeep
    levers[INVESTMENT_KEPT] = rule.investment_kept
    levers[DIGITAL] = rule.digital if rule.digital >= 0.0 else place.digital
    levers[ENGAGEMENT] = rule.engagement if rule.engagement >= 0.0 else place.engagement
    for lever in range(len(levers)):
        if pinned[lever] == pinned[lever]:
            levers[lever] = pinned[lever]
