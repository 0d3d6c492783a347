"""Look and decide: what a posture sees, what it foresees, and how it sets the levers.

A rule sees only its own municipality's past and the people who live there. Its forecast is its own: the
people who live here grow older, fewer or more by its own late cohort ratios; its money follows them.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import DECLINE_TO_TAX, PROGRAMME
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    AMBITION,
    AREAS,
    B_GRANT_PRICE,
    B_NEED,
    DIGITAL,
    ENGAGEMENT,
    FIRST_AGE,
    FIRST_WORKING_AGE,
    HEALTH_SOCIAL,
    HOUSING,
    INCOME_TAX,
    INTEGRATION,
    INVESTMENT_KEPT,
    LAST_AGE,
    LAST_CHILD,
    LAST_WORKING_AGE,
    NEED,
    PARTICIPATION,
    PLANNING,
    POPULATION,
    RESULT,
    S_ADULT_RATIO,
    S_CHILD_RATIO,
    S_DEFICIT_YEARS,
    S_NEWBORN,
    S_PROCEDURE,
    S_SAVING,
    S_TAX_PENDING,
    SCHOOLS,
    TAX_RATE,
    UPKEEP,
    Floats,
    Place,
)
from framsyn.model.life import Life, Town
from framsyn.model.oversight import above_ceiling, assessed, creditors_refuse
from framsyn.model.population import between
from framsyn.model.rule import Rule
from framsyn.model.services import gross_cost

#: No forecast for building looks less far than building takes.
BUILDING_YEARS = effect("building_cost_of_place").lag_years_max


PLANS, AFTER_DEFICIT = 2.0, 1.0
#: Years of decline or growth that councils answer to.
MEMORY = effect("decline_to_tax").lag_years_max


@compiled
def see_people(year: int, rule: Rule, life: Life) -> None:
    """Update what the municipality has seen of its people: cohort ratios and newborn residents.

    The children's ratio to the power of 0, 1, 2, … years is written too.
    """
    below, before, stock, growth = life.below[year % 2], life.below[(year - 1) % 2], life.stock, life.growth
    share = 1.0 / rule.memory_years
    children = between(below, 1, LAST_CHILD + 1) / max(between(before, 0, LAST_CHILD), 1.0)
    stock[S_CHILD_RATIO] += share * (children - stock[S_CHILD_RATIO])
    grown = between(below, FIRST_WORKING_AGE + 1, LAST_WORKING_AGE + 1)
    adults = grown / max(between(before, FIRST_WORKING_AGE, LAST_WORKING_AGE), 1.0)
    stock[S_ADULT_RATIO] += share * (adults - stock[S_ADULT_RATIO])
    stock[S_NEWBORN] += share * (between(below, 0, 0) - stock[S_NEWBORN])
    for year in range(1, len(growth)):
        growth[year] = growth[year - 1] * stock[S_CHILD_RATIO]


@compiled
def foreseen_need(below: Floats, ahead: int, area: int, life: Life) -> float:
    """Own forecast of those in need of `area`'s places `ahead` years from now, persons.

    Children already here grow older at the municipality's own cohort ratio; those not yet born are
    the mean of late years' newborn.
    """
    first, last = FIRST_AGE[area], LAST_AGE[area]
    here = 0.0
    if ahead <= last:
        here = between(below, max(first - ahead, 0), last - ahead)
    unborn = max(0, min(last, ahead - 1) - first + 1)
    return float(here * life.growth[ahead] + unborn * life.stock[S_NEWBORN] * life.growth[first])


@compiled
def foreseen_workers(below: Floats, ahead: int, stock: Floats) -> float:
    """Own forecast of those of working age `ahead` years from now: those here, grown older."""
    here = between(below, FIRST_WORKING_AGE - ahead, LAST_WORKING_AGE - ahead)
    return float(here * stock[S_ADULT_RATIO] ** ahead)


@compiled
def aim_places(area: int, year: int, rule: Rule, life: Life, record: Floats) -> float:
    """Places to aim at, share of the base year's need.

    With foresight: enough for the largest foreseen need from when building could be ready, and no
    more than is tolerated. Without: what was needed when last seen.
    """
    below = life.below[(year - 1) % 2]
    standing = life.capacity[area]
    for ahead in range(BUILDING_YEARS):
        standing += life.coming[area, ahead]
    look_ahead = int(rule.look_ahead[area])
    if look_ahead >= 1:
        wanted = 0.0
        for ahead in range(1, look_ahead + 1):
            wanted = max(wanted, foreseen_need(below, ahead, area, life))
        soon = foreseen_need(below, BUILDING_YEARS, area, life)
        least = soon if look_ahead >= BUILDING_YEARS else wanted
    else:
        wanted = record[max(0, year - 1 - int(rule.sees_after)), NEED + area]
        least = wanted
    aim = standing
    if least > standing and rule.builds > 0.0:
        aim = least
    elif standing > wanted * (1.0 + rule.excess_tolerated[area]):
        aim = wanted
    return float(aim / max(life.base[B_NEED + area], 1.0))


@compiled
def foreseen_change(year: int, town: Town, rule: Rule, life: Life, record: Floats) -> float:
    """Change of the yearly result over the plan that the ages of today's people foretell, real euros.

    Fewer children cost less and bring less grant, fewer of working age pay less tax: what law and ages
    give, with today's cost of a child, rate and decided law.
    """
    place, law, base, below = town.place, town.law, life.base, life.below[(year - 1) % 2]
    ahead = int(rule.plan_years)
    last = year - 1
    share = law.grant_share[min(year, len(law.grant_share) - 1)]
    change = 0.0
    for area in range(SCHOOLS):
        children = foreseen_need(below, ahead, area, life) - record[last, NEED + area]
        cost = gross_cost(area, place) / max(base[B_NEED + area], 1.0)
        change += children * (share * base[B_GRANT_PRICE + area] - cost)
    workers = between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE)
    fewer = foreseen_workers(below, ahead, life.stock) / max(workers, 1.0) - 1.0
    gap = 1.0 - law.equalisation_added[min(year, len(law.equalisation_added) - 1)]
    return float(change + fewer * gap * record[last, INCOME_TAX] * record[last, POPULATION])


@compiled
def expected_result(year: int, town: Town, rule: Rule, life: Life, record: Floats) -> float:
    """Result per resident that the rule reckons with, real euros.

    A plan adds what today's ages foretell over its years; others take what they have last seen.
    """
    last = year - 1
    if rule.fiscal_rule < PLANS:
        return float(record[max(0, last - int(rule.sees_after)), RESULT])
    change = foreseen_change(year, town, rule, life, record)
    return float(record[last, RESULT] + change / record[last, POPULATION])


@compiled
def correction(
    expected: float, row: Floats, town: Town, effects: Floats, year: int, rule: Rule, stock: Floats
) -> float:
    """Improvement of the result decided this year, real euros per resident (below 0 eases).

    An excess is spent by every posture. A shortage is met by the plan, or when it has come, or, where nobody
    acts on it, only when the law's time for covering an accumulated deficit runs out (§ 110). The programme
    of an assessment procedure (§ 118) forces every posture. Where creditors lend no more, all that is short
    is met at once.
    """
    cover_years = town.law.cover_years[year]
    short = rule.result_aimed - expected
    deficit = max(0.0, -row[ACCUMULATED_SURPLUS])
    programme = stock[S_PROCEDURE] > 0.0
    forced = programme or stock[S_DEFICIT_YEARS] >= cover_years - 1.0 or assessed(row)
    if forced:
        short = max(short, 0.0) + deficit / cover_years
    if creditors_refuse(row, effects, town.place):
        return float(max(short, 0.0))
    if programme:
        short += above_ceiling(row, effects) / cover_years
        return float(min(short, max(rule.largest_correction, effects[PROGRAMME])))
    if not forced and rule.fiscal_rule < AFTER_DEFICIT:
        short = min(short, 0.0)
    if short > rule.indifference:
        return float(min(short, rule.largest_correction))
    if short < -rule.ease_above and not forced:
        return float(max(rule.ease_share * (short + rule.ease_above), -rule.largest_correction))
    return 0.0


@compiled
def touched(area: int, saving: float, rule: Rule) -> float:
    """Share of an area that general saving touches; below 0 saving is spending more.

    Saving spares what is protected. An excess is spent everywhere, or on what is protected alone. Care
    follows its own law, and participation its own lever.
    """
    if area in (HEALTH_SOCIAL, PARTICIPATION):
        return 0.0
    if saving >= 0.0:
        return float(1.0 - rule.protect[area])
    return 1.0 if rule.spends_widely > 0.0 else float(rule.protect[area])


@compiled
def flexible_spending(rule: Rule, saving: float, gross: Floats) -> float:
    """Spending that general saving touches, real euros, given whether it is above or below 0."""
    total = 0.0
    for area in range(AREAS):
        total += max(0.0, gross[area]) * touched(area, saving, rule)
    return total


@compiled
def set_money(
    wanted: float, place: Place, rule: Rule, tax_base: float, population: float, life: Life
) -> None:
    """Set tax and saving from the correction `wanted`, real euros per resident.

    A correction is split between them. An excess undoes saving, then higher tax, then is spent: councils
    hardly ever lower the rate below where it was (in 2026 five of 308 did).
    """
    stock, levers = life.stock, life.levers
    per_point = max(tax_base / population / 100.0, 1.0)
    rate = levers[TAX_RATE]
    if wanted > 0.0:
        ceiling = max(rate, place.income_tax_rate + rule.tax_ceiling)
        rate = min(ceiling, rate + rule.tax_share * wanted / per_point)
    elif stock[S_SAVING] <= 0.0:
        floor = min(rate, place.income_tax_rate)
        rate = max(floor, rate + wanted / per_point)
    rate = max(0.0, round(rate / rule.tax_step) * rule.tax_step)
    left = wanted - (rate - levers[TAX_RATE]) * per_point
    levers[TAX_RATE] = rate
    saving = stock[S_SAVING]
    flexible = max(flexible_spending(rule, saving if saving != 0.0 else left, life.gross), 1.0)
    saving += left * population / flexible
    stock[S_SAVING] = min(rule.most_saving, max(-rule.most_easing, saving))


@compiled
def growth_of_ten_years(year: int, place: Place, record: Floats) -> float:
    """Change of population in the ten years to the end of `year`, percent; before the base year as it was."""
    then = max(0, year - MEMORY)
    since = np.log(record[year, POPULATION] / record[then, POPULATION])
    earlier = place.growth_10y * max(0.0, MEMORY - year) / MEMORY
    return float(100.0 * since + earlier)


@compiled
def answer_decline(year: int, place: Place, rule: Rule, effects: Floats, life: Life, record: Floats) -> None:
    """Raise the tax rate as the population has declined more in ten years than the year before, or lower it.

    Councils have done so whatever they planned. It is done in whole steps, and within the rule's ceiling.
    """
    stock, levers = life.stock, life.levers
    before = growth_of_ten_years(max(0, year - 2), place, record)
    declined = before - growth_of_ten_years(year - 1, place, record)
    stock[S_TAX_PENDING] += effects[DECLINE_TO_TAX] * declined
    step = rule.tax_step * np.trunc(stock[S_TAX_PENDING] / rule.tax_step)
    ceiling = max(levers[TAX_RATE], place.income_tax_rate + rule.tax_ceiling)
    rate = min(ceiling, max(0.0, levers[TAX_RATE] + step))
    stock[S_TAX_PENDING] -= step
    levers[TAX_RATE] = rate


@compiled
def towards(now: float, aim: float, step: float) -> float:
    """`now` moved towards `aim` by at most `step`."""
    return now + min(step, max(-step, aim - now))


@compiled
def set_ambitions(rule: Rule, life: Life) -> None:
    """Move ambitions towards the posture's, and change them by general saving where it touches."""
    ambitions, levers, saving = life.ambitions, life.levers, life.stock[S_SAVING]
    for area in range(AREAS):
        if area == PARTICIPATION:
            continue
        ambitions[area] = towards(ambitions[area], rule.ambition[area], rule.ambition_step)
        levers[AMBITION + area] = ambitions[area] * (1.0 - saving * touched(area, saving, rule))


@compiled
def restrained(row: Floats, effects: Floats, place: Place, stock: Floats) -> bool:
    """Whether a programme, or creditors who lend no more, stop investment beyond wear."""
    return bool(stock[S_PROCEDURE] > 0.0 or creditors_refuse(row, effects, place))


@compiled
def set_programmes(
    rule: Rule, place: Place, engagement_today: float, restraint: bool, levers: Floats
) -> None:
    """Set upkeep, investment, land and the yearly programmes as the posture wants them.

    Under restraint nothing is invested beyond wear.
    """
    levers[UPKEEP] = min(1.0, rule.upkeep) if restraint else rule.upkeep
    levers[INVESTMENT_KEPT] = 0.0 if restraint else rule.investment_kept
    levers[HOUSING] = min(0.0, rule.housing) if restraint else rule.housing
    levers[PLANNING] = rule.planning
    levers[INTEGRATION] = rule.integration
    levers[DIGITAL] = rule.digital if rule.digital >= 0.0 else place.digital
    engaged = rule.ambition[PARTICIPATION]
    levers[ENGAGEMENT] = engaged if engaged >= 0.0 else engagement_today
