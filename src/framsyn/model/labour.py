"""Labour: jobs here, employed residents, commuting, unemployment, earnings and the income tax base, one year.

Jobs follow a random walk of their own, the country's cycle, and the people who live here, in every draw; what
decisions make comes on top. Unemployment is the country's cycle and the municipality's own deviation, and
hardly answers to local jobs: people move or commute instead.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    BUSINESS_TO_JOBS,
    COOPERATION_TO_BUSINESS,
    DECLINE_TO_PROPERTY_TAX,
    EARNINGS_OF_IMMIGRANTS,
    EMPLOYMENT_TO_TAX_BASE,
    ENGAGEMENT_TO_JOBS,
    GROWTH_TO_PROPERTY_TAX,
    INTEGRATION_TO_EARNINGS,
    JOBS_ADJUSTMENT,
    JOBS_TO_LABOUR_FORCE,
    JOBS_TO_UNEMPLOYMENT,
    PEOPLE_TO_JOBS,
    PEOPLE_TO_JOBS_AT_ONCE,
    PUBLIC_JOBS_TO_PRIVATE,
    TRADABLE_TO_LOCAL,
)
from framsyn.model.community import index_steps
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    AGES,
    B_POPULATION,
    B_TAX_PROFILE,
    B_WORKING_AGE,
    BUSINESS,
    C_COOPERATION,
    EARNINGS_INDEX,
    EMPLOYED,
    FEMALE,
    FIRST_WORKING_AGE,
    G_JOBS,
    IN_COMMUTERS,
    INCOME_TAX_BASE,
    JOBS,
    JOBS_TRADABLE,
    LAST_WORKING_AGE,
    LEVER_BUSINESS,
    LEVER_ENGAGEMENT,
    MALE,
    MUNICIPAL_JOBS,
    OUT_COMMUTERS,
    POPULATION,
    S_COOPERATION,
    S_FOLLOWING,
    S_INTEGRATED,
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
from framsyn.model.signals import signal_of
from framsyn.model.skills import earnings_of_skills

BUSINESS_LAG = effect("business_spending_to_jobs").lag_years_min
ENGAGEMENT_LAG = effect("engagement_to_jobs").lag_years_min
#: Euros for which the register states the jobs made, and euros per resident of engagement.
BUSINESS_UNIT, ENGAGEMENT_UNIT = 100_000.0, 10.0
#: Part of the gap that jobs close in a year, of how they follow people.
FOLLOWING_SPEED = 1.0 / 3.0
#: A place whose jobs or labour force vanish is not divided by.
LEAST_JOBS = 1.0


@compiled
def jobs_from_decisions(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> float:
    """Jobs beside the municipality's own that decisions make in the long run, against the baseline.

    The local multiplier of municipal jobs; business services (lag 3), whose firms sell elsewhere and so make
    local jobs in turn, and succeed more where cooperation is better; engagement (a null, lag 3).
    """
    effects, reference, last = draw.effects, draw.reference, year - 1
    funded, engaged = max(0, year - BUSINESS_LAG), max(0, year - ENGAGEMENT_LAG)
    municipal = record[last, MUNICIPAL_JOBS] - reference[last, MUNICIPAL_JOBS]
    business = (record[funded, LEVER_BUSINESS] - reference[funded, LEVER_BUSINESS]) / 100.0
    engagement = record[engaged, LEVER_ENGAGEMENT] - reference[engaged, LEVER_ENGAGEMENT]
    cooperating = index_steps(life.stock[S_COOPERATION] - draw.start[C_COOPERATION])
    success = max(0.0, 1.0 + effects[COOPERATION_TO_BUSINESS] / 100.0 * cooperating)
    firms = business * place.costs[BUSINESS] / BUSINESS_UNIT * effects[BUSINESS_TO_JOBS] * success
    return float(
        municipal * effects[PUBLIC_JOBS_TO_PRIVATE]
        + firms * (1.0 + effects[TRADABLE_TO_LOCAL])
        + engagement / ENGAGEMENT_UNIT * effects[ENGAGEMENT_TO_JOBS] / 100.0 * place.jobs
    )


@compiled
def follow_people(year: int, effects: Floats, life: Life, record: Floats) -> float:
    """Factor on jobs from residents against the base year: a part at once, the rest by thirds a year."""
    people = np.log(record[year, POPULATION] / life.base[B_POPULATION])
    at_once = min(effects[PEOPLE_TO_JOBS_AT_ONCE], effects[PEOPLE_TO_JOBS])
    later = (effects[PEOPLE_TO_JOBS] - at_once) * people
    followed = life.stock[S_FOLLOWING]
    life.stock[S_FOLLOWING] += FOLLOWING_SPEED * (later - followed)
    return float(np.exp(at_once * people + followed))


@compiled
def work(year: int, place: Place, draw: Draw, feedback: float, life: Life, record: Floats) -> None:
    """Write jobs, employed residents, commuting, unemployment and earnings of `year` into `record`.

    `feedback` 0 cuts the answer of jobs to decisions, and of unemployment to jobs.
    """
    world, effects, reference = draw.world[year], draw.effects, draw.reference
    stock, row = life.stock, record[year]
    last = year - 1
    aim = feedback * jobs_from_decisions(year, place, draw, life, record)
    stock[S_JOBS] += effects[JOBS_ADJUSTMENT] * (aim - stock[S_JOBS])
    trend = place.jobs_recovery[year] * world[W_JOBS] * follow_people(year, effects, life, record)
    others = reference[last, MUNICIPAL_JOBS]
    municipal = others + feedback * (record[last, MUNICIPAL_JOBS] - others)
    private = (place.jobs - place.municipal_jobs) * trend
    row[JOBS_TRADABLE] = place.jobs_tradable * trend
    row[JOBS] = max(0.0, private + municipal + stock[S_JOBS])
    row[EARNINGS_INDEX] = 100.0 * world[W_EARNINGS]
    employ(year, place, draw, feedback, life, record)


@compiled
def employ(year: int, place: Place, draw: Draw, feedback: float, life: Life, record: Floats) -> None:
    """Write employed residents, unemployment and commuting.

    The labour force follows the ages, and a little the jobs per resident of working age. Unemployment is the
    draw's, and answers a little to jobs beyond the baseline's of last year.
    """
    effects, row, below = draw.effects, record[year], life.below[year % 2]
    growth = between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE) / life.base[B_WORKING_AGE]
    drawn_in = effects[JOBS_TO_LABOUR_FORCE] * place.local_share * (row[JOBS] - place.jobs * growth)
    labour_force = max(LEAST_JOBS, place.labour_force * growth + drawn_in)
    rate = 1.0 / (1.0 + np.exp(-draw.world[year, W_UNEMPLOYMENT]))
    steeper = 1.0 / (rate * (1.0 - rate))
    answer = effects[JOBS_TO_UNEMPLOYMENT] * signal_of(life.signals, year - 1, G_JOBS) * steeper
    rate = 1.0 / (1.0 + np.exp(-(draw.world[year, W_UNEMPLOYMENT] + feedback * answer)))
    row[EMPLOYED] = labour_force * (1.0 - rate)
    row[UNEMPLOYMENT_RATE] = 100.0 * rate
    write_commuters(row, place)


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
    """Income tax base of the year, real euros: ages × earnings × employment × skills against the base year.

    Immigrants whose programme was fuller than today's earn more than they would have.
    """
    world, effects, now = draw.world[year], draw.effects, year % 2
    profile = tax_profile_sum(life.people[now], place)
    skilled = earnings_of_skills(year, place, effects, life, record) / profile
    integrated = effects[INTEGRATION_TO_EARNINGS] / 100.0 * effects[EARNINGS_OF_IMMIGRANTS]
    integrated *= life.stock[S_INTEGRATED] / record[year, POPULATION]
    rate = record[year, EMPLOYED] / between(life.below[now], FIRST_WORKING_AGE, LAST_WORKING_AGE)
    rate_then = place.employed / life.base[B_WORKING_AGE]
    employment = 1.0 + effects[EMPLOYMENT_TO_TAX_BASE] * (rate / rate_then - 1.0)
    taxed = place.income_tax_base * profile / life.base[B_TAX_PROFILE] * (1.0 + skilled + integrated)
    taxed *= world[W_EARNINGS] * world[W_LOCAL_INCOME] * employment
    record[year, INCOME_TAX_BASE] = taxed / record[year, POPULATION]
    return float(taxed)


@compiled
def property_tax_base(record: Floats, year: int, base: Floats, effects: Floats) -> float:
    """Taxed buildings and land against the base year: they follow growth in part, decline hardly."""
    residents = record[year, POPULATION] / base[B_POPULATION] - 1.0
    growing = residents > 0.0
    return float(1.0 + residents * effects[GROWTH_TO_PROPERTY_TAX if growing else DECLINE_TO_PROPERTY_TAX])
