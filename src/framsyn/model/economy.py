"""Work: jobs here, employed residents, commuting, unemployment, earnings, tax base, housing prices.

Jobs in primary production and industry meet the world's shocks; local services follow residents and the
tradable jobs; municipal jobs are the council's own. Of all that differs, residents hold their share.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    BUSINESS_TO_JOBS,
    DECLINE_TO_PRICES,
    DECLINE_TO_PROPERTY_TAX,
    EMPLOYMENT_TO_TAX_BASE,
    ENGAGEMENT_TO_JOBS,
    GROWTH_TO_PRICES,
    GROWTH_TO_PROPERTY_TAX,
    JOBS_ADJUSTMENT,
    JOBS_TO_EMPLOYMENT,
    POPULATION_TO_JOBS,
    PUBLIC_JOBS_TO_PRIVATE,
    TAX_TO_PRICES,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    AGES,
    B_POPULATION,
    B_TAX_PROFILE,
    B_WORKING_AGE,
    BUSINESS,
    EARNINGS_INDEX,
    EMPLOYED,
    FEMALE,
    FIRST_WORKING_AGE,
    HOUSE_PRICE_INDEX,
    IN_COMMUTERS,
    INCOME_TAX_BASE,
    INCOME_TAX_RATE,
    JOBS,
    JOBS_TRADABLE,
    LAST_WORKING_AGE,
    LEVER_BUSINESS,
    LEVER_ENGAGEMENT,
    MALE,
    MUNICIPAL_JOBS,
    OUT_COMMUTERS,
    POPULATION,
    S_JOBS,
    UNEMPLOYMENT_RATE,
    W_EARNINGS,
    W_JOBS,
    W_LOCAL_INCOME,
    W_UNEMPLOYMENT,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life
from framsyn.model.population import between

#: Unemployment never falls below this share of the labour force.
LEAST_UNEMPLOYMENT = 0.01
#: Nor does employment fall below this share of it.
LEAST_EMPLOYMENT = 0.5
BUSINESS_LAG = effect("business_spending_to_jobs").lag_years_min
ENGAGEMENT_LAG = effect("engagement_to_jobs").lag_years_min
#: Euros for which the register states the jobs made, and euros per resident of engagement.
BUSINESS_UNIT, ENGAGEMENT_UNIT = 100_000.0, 10.0


@compiled
def jobs_from_decisions(year: int, place: Place, draw: Draw, record: Floats) -> float:
    """Jobs beside the municipality's own that decisions make in the long run, against going on as today.

    The local multiplier of municipal jobs, business services (lag 3) and engagement (a null, lag 3).
    """
    effects, reference, last = draw.effects, draw.reference, year - 1
    funded, engaged = max(0, year - BUSINESS_LAG), max(0, year - ENGAGEMENT_LAG)
    municipal = record[last, MUNICIPAL_JOBS] - reference[last, MUNICIPAL_JOBS]
    business = (record[funded, LEVER_BUSINESS] - reference[funded, LEVER_BUSINESS]) / 100.0
    engagement = record[engaged, LEVER_ENGAGEMENT] - reference[engaged, LEVER_ENGAGEMENT]
    return float(
        municipal * effects[PUBLIC_JOBS_TO_PRIVATE]
        + business * place.costs[BUSINESS] / BUSINESS_UNIT * effects[BUSINESS_TO_JOBS]
        + engagement / ENGAGEMENT_UNIT * effects[ENGAGEMENT_TO_JOBS] / 100.0 * place.jobs
    )


@compiled
def work(year: int, place: Place, draw: Draw, feedback: float, life: Life, record: Floats) -> None:
    """Write jobs, employed residents, commuting, unemployment and earnings of `year` into `record`.

    `feedback` 0 cuts the answer of jobs to people and decisions.
    """
    world, effects, reference, stock = draw.world[year], draw.effects, draw.reference, life.stock
    last = year - 1
    aim = feedback * jobs_from_decisions(year, place, draw, record)
    stock[S_JOBS] += effects[JOBS_ADJUSTMENT] * (aim - stock[S_JOBS])
    usual = place.jobs_trend[year] * world[W_JOBS]
    residents = record[last, POPULATION] / reference[last, POPULATION]
    local = (place.jobs - place.jobs_tradable - place.municipal_jobs) * usual
    local *= residents ** effects[POPULATION_TO_JOBS]
    others = reference[last, MUNICIPAL_JOBS]
    municipal = feedback * (record[last, MUNICIPAL_JOBS] - others)
    beyond = stock[S_JOBS] + municipal
    record[year, JOBS_TRADABLE] = place.jobs_tradable * usual
    record[year, JOBS] = max(0.0, place.jobs_tradable * usual + local + others + beyond)
    record[year, EARNINGS_INDEX] = 100.0 * world[W_EARNINGS]
    employ(year, place, draw, beyond, life, record)


@compiled
def employ(year: int, place: Place, draw: Draw, beyond: float, life: Life, record: Floats) -> None:
    """Write employed residents, unemployment and commuting: `beyond` is jobs beyond the usual course."""
    below = life.below[year % 2]
    growth = between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE) / life.base[B_WORKING_AGE]
    labour_force = place.labour_force * growth
    employed = labour_force / (1.0 + np.exp(draw.world[year, W_UNEMPLOYMENT]))
    employed += draw.effects[JOBS_TO_EMPLOYMENT] * place.local_share * beyond
    employed = min((1.0 - LEAST_UNEMPLOYMENT) * labour_force, employed)
    employed = max(LEAST_EMPLOYMENT * labour_force, employed)
    record[year, EMPLOYED] = employed
    record[year, UNEMPLOYMENT_RATE] = 100.0 * (1.0 - employed / labour_force)
    write_commuters(record[year], place)


@compiled
def write_commuters(row: Floats, place: Place) -> None:
    """Write who works elsewhere and who comes from elsewhere: residents hold their share of jobs here."""
    at_home = min(place.local_share * row[JOBS], row[EMPLOYED])
    row[OUT_COMMUTERS] = row[EMPLOYED] - at_home
    row[IN_COMMUTERS] = row[JOBS] - at_home


@compiled
def tax_profile_sum(people: Floats, place: Place) -> float:
    """Taxed earnings of the residents if each age earned as the country's mean of that age."""
    total = 0.0
    for age in range(AGES):
        total += place.tax_profile[age] * (people[MALE, age] + people[FEMALE, age])
    return total


@compiled
def income_tax_base(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> float:
    """Income tax base of the year, real euros: ages × earnings × employment against the base year."""
    world, now = draw.world[year], year % 2
    ages = tax_profile_sum(life.people[now], place) / life.base[B_TAX_PROFILE]
    rate = record[year, EMPLOYED] / between(life.below[now], FIRST_WORKING_AGE, LAST_WORKING_AGE)
    rate_then = place.employed / life.base[B_WORKING_AGE]
    employment = 1.0 + draw.effects[EMPLOYMENT_TO_TAX_BASE] * (rate / rate_then - 1.0)
    taxed = place.income_tax_base * ages * world[W_EARNINGS] * world[W_LOCAL_INCOME] * employment
    record[year, INCOME_TAX_BASE] = taxed / record[year, POPULATION]
    return float(taxed)


@compiled
def property_tax_base(record: Floats, year: int, base: Floats, effects: Floats) -> float:
    """Taxed buildings and land against the base year: they follow growth in part, decline hardly."""
    residents = record[year, POPULATION] / base[B_POPULATION] - 1.0
    growing = residents > 0.0
    return float(1.0 + residents * effects[GROWTH_TO_PROPERTY_TAX if growing else DECLINE_TO_PROPERTY_TAX])


@compiled
def house_prices(year: int, place: Place, base: Floats, effects: Floats, record: Floats) -> None:
    """Housing price against the country's (base year = 100): population, asymmetrically, and tax."""
    residents = record[year, POPULATION] / base[B_POPULATION] - 1.0
    slope = effects[GROWTH_TO_PRICES] if residents > 0.0 else -effects[DECLINE_TO_PRICES]
    tax = record[year - 1, INCOME_TAX_RATE] - place.income_tax_rate
    answer = slope * residents + effects[TAX_TO_PRICES] / 100.0 * tax
    record[year, HOUSE_PRICE_INDEX] = 100.0 * np.exp(answer)
