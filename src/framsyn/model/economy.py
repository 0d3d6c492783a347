"""Work: jobs here, employed residents, unemployment, the tax base and housing prices, one year."""

import numpy as np

from framsyn.model.coefficients import (
    BUSINESS_TO_JOBS,
    DECLINE_TO_PRICES,
    EMPLOYMENT_TO_TAX_BASE,
    ENGAGEMENT_TO_JOBS,
    GROWTH_TO_PRICES,
    JOBS_ADJUSTMENT,
    LOCAL_SHARE,
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
    EMPLOYED,
    FEMALE,
    HOUSE_PRICE_INDEX,
    INCOME_TAX_RATE,
    JOBS,
    LEVER_BUSINESS,
    LEVER_ENGAGEMENT,
    MALE,
    MUNICIPAL_JOBS,
    POPULATION,
    S_JOBS,
    UNEMPLOYMENT_RATE,
    W_EARNINGS,
    W_EMPLOYMENT,
    Floats,
    Place,
)
from framsyn.model.population import between

#: Unemployment never falls below this share of the labour force.
LEAST_UNEMPLOYMENT = 0.01
#: Nor does employment fall below this share of it.
LEAST_EMPLOYMENT = 0.5


@compiled
def jobs_from_decisions(year: int, place: Place, record: Floats, reference: Floats, effects: Floats) -> float:
    """Jobs that decisions make or lose in the long run against going on as today.

    Municipal jobs with their local multiplier, business services, and engagement (a null).
    """
    last = year - 1
    municipal = record[last, MUNICIPAL_JOBS] - reference[last, MUNICIPAL_JOBS]
    business = (record[last, LEVER_BUSINESS] - reference[last, LEVER_BUSINESS]) / 100.0
    engagement = record[last, LEVER_ENGAGEMENT] - reference[last, LEVER_ENGAGEMENT]
    return float(
        municipal * (1.0 + effects[PUBLIC_JOBS_TO_PRIVATE])
        + business * place.costs[BUSINESS] / 100_000.0 * effects[BUSINESS_TO_JOBS]
        + engagement / 10.0 * effects[ENGAGEMENT_TO_JOBS] / 100.0 * place.jobs
    )


@compiled
def work(
    year: int,
    place: Place,
    base: Floats,
    world: Floats,
    effects: Floats,
    below: Floats,
    record: Floats,
    reference: Floats,
    stock: Floats,
) -> None:
    """Write jobs, employed residents and unemployment of `year` into `record`.

    `below` are the sums of population by age at the end of the year; `world` is the year's row.
    """
    aim = jobs_from_decisions(year, place, record, reference, effects)
    stock[S_JOBS] += effects[JOBS_ADJUSTMENT] * (aim - stock[S_JOBS])
    growth = between(below, 18, 64) / base[B_WORKING_AGE]
    labour_force = place.labour_force * growth
    employed = place.employed * growth * world[W_EMPLOYMENT] + effects[LOCAL_SHARE] * stock[S_JOBS]
    employed = min((1.0 - LEAST_UNEMPLOYMENT) * labour_force, employed)
    employed = max(LEAST_EMPLOYMENT * labour_force, employed)
    population = record[year, POPULATION] / base[B_POPULATION]
    local = place.jobs * world[W_EMPLOYMENT] * population ** effects[POPULATION_TO_JOBS]
    record[year, EMPLOYED] = employed
    record[year, UNEMPLOYMENT_RATE] = 100.0 * (1.0 - employed / labour_force)
    record[year, JOBS] = max(0.0, local + stock[S_JOBS])


@compiled
def tax_profile_sum(people: Floats, place: Place) -> float:
    """Taxed earnings of the residents if each age earned as the country's mean of that age."""
    total = 0.0
    for age in range(AGES):
        total += place.tax_profile[age] * (people[MALE, age] + people[FEMALE, age])
    return total


@compiled
def income_tax_base(
    year: int,
    place: Place,
    base: Floats,
    world: Floats,
    effects: Floats,
    people: Floats,
    working_age: float,
    record: Floats,
) -> float:
    """Income tax base of the year, real euros: ages × earnings × employment against the base year."""
    ages = tax_profile_sum(people, place) / base[B_TAX_PROFILE]
    rate = record[year, EMPLOYED] / working_age
    rate_then = place.employed / base[B_WORKING_AGE]
    employment = 1.0 + effects[EMPLOYMENT_TO_TAX_BASE] * (rate / rate_then - 1.0)
    return float(place.income_tax_base * ages * world[W_EARNINGS] * employment)


@compiled
def house_prices(year: int, effects: Floats, record: Floats, reference: Floats) -> None:
    """Housing price against going on as today (= 100): population, asymmetrically, and tax."""
    population = record[year, POPULATION] / reference[year, POPULATION] - 1.0
    slope = effects[GROWTH_TO_PRICES] if population > 0.0 else -effects[DECLINE_TO_PRICES]
    tax = record[year, INCOME_TAX_RATE] - reference[year, INCOME_TAX_RATE]
    answer = slope * population + effects[TAX_TO_PRICES] / 100.0 * tax
    record[year, HOUSE_PRICE_INDEX] = 100.0 * np.exp(answer)
