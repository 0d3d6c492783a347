"""A life at the base year: working arrays, stocks and levers as they stand, row 0 of the record."""

import numpy as np

from framsyn.law.path import LawPath
from framsyn.model.coefficients import DIGITAL_WEAR, WEAR
from framsyn.model.compiled import compiled, compiled_maker
from framsyn.model.finance import (
    BOOKS,
    BY_AGE_BOOKED,
    CORPORATE_BOOKED,
    DEPRECIATION_BOOKED,
    EVENED_BOOKED,
    FINANCIAL_BOOKED,
    FLOW_BOOKED,
    GRANT_BOOKED,
    GROSS_BOOKED,
    INCOME_BOOKED,
    INCOME_TAX_BOOKED,
    INTEREST_BOOKED,
    INVESTMENT_BOOKED,
    MARGIN_BOOKED,
    NET_BOOKED,
    PROPERTY_BOOKED,
    RESULT_BOOKED,
    SALES_BOOKED,
    calculated_costs_of,
    equalisation,
    write_books,
)
from framsyn.model.labour import tax_profile_sum, write_commuters
from framsyn.model.layout import (
    AGES,
    AMBITION_LEVERS,
    AREAS,
    B_COST,
    B_GRANT_PRICE,
    B_GROSS,
    B_IMMIGRATION,
    B_IN,
    B_NEED,
    B_OUT,
    B_POPULATION,
    B_TAX_PROFILE,
    B_TFR,
    B_WORKING_AGE,
    BASE_COLUMNS,
    BASIC_ONLY,
    C_COHESION,
    C_COOPERATION,
    C_EXCLUSION,
    C_REACH,
    C_SAFETY,
    C_TRUST,
    C_TURNOUT,
    C_YOUTH,
    CLOSED_PLACES,
    COHESION,
    COOPERATION,
    COVERAGE,
    DEFICIT_TOO_LARGE,
    DEFICIT_UNCOVERED,
    DEFICIT_YEARS,
    DIGITAL,
    DIGITAL_REACH,
    EARNINGS_INDEX,
    EMPLOYED,
    ENGAGEMENT,
    EXCLUSION,
    FEMALE,
    FIRST_AGE,
    FIRST_WORKING_AGE,
    FOREIGN_LANGUAGE,
    FOUR_LIMITS,
    HOMES,
    HOMES_COMPLETED,
    HOUSE_PRICE_INDEX,
    HOUSING,
    INCOME_TAX_BASE,
    INTEGRATION,
    JOBS,
    JOBS_TRADABLE,
    LAST_AGE,
    LAST_WORKING_AGE,
    LEVER_CAPACITY,
    LEVER_DIGITAL,
    LEVER_ENGAGEMENT,
    LEVER_HOUSING,
    LEVER_INTEGRATION,
    LEVER_PLANNING,
    LEVER_SAVING,
    LEVER_TAX_CHANGE,
    LEVER_UPKEEP,
    LEVERS,
    LONG_TERM,
    MALE,
    MERGED,
    MULTIPLIERS,
    MUNICIPAL_JOBS,
    OFFENCES,
    PARTICIPATION,
    POPULATION,
    PROCEDURE,
    QUALITY,
    REPAIR_DEBT,
    S_ADULT_RATIO,
    S_ASSETS,
    S_CASH,
    S_CHILD_RATIO,
    S_COHESION,
    S_COOPERATION,
    S_DEFICIT_YEARS,
    S_HOMES,
    S_HOMES_NEEDED,
    S_LOANS,
    S_NEWBORN,
    S_REPAIR_DEBT,
    S_SAFETY,
    S_SPEAKERS,
    S_SURPLUS,
    S_TRUST,
    S_TURNOUT,
    SAFETY_FELT,
    SCHOOLS,
    SERVICES,
    SERVICING_COVERAGE,
    SEXES,
    SIGNALS,
    SKILLS,
    STAFF,
    STOCKS,
    TAX_RATE,
    TRUST,
    TURNOUT,
    UNEMPLOYMENT_RATE,
    VACANCY,
    W_INTEREST,
    YOUTH_OUTSIDE,
    Floats,
    Place,
    Rates,
)
from framsyn.model.life import Draw, Life, Town
from framsyn.model.moves import LEAST_FLOW
from framsyn.model.oversight import (
    INSTALMENT_YEARS,
    MOST_COVERAGE,
    group_debt,
    servicing_coverage,
)
from framsyn.model.population import FLOWS, accumulate, between
from framsyn.model.rule import MOST_AHEAD
from framsyn.model.services import BUILDING_YEARS, gross_cost
from framsyn.model.skills import SCHOOLING_ROWS
from framsyn.model.year import write_population

#: Unemployment of the base year, percent, is not taken for nothing: it is compared with.
LEAST_RATE = 0.1


@compiled_maker
def new_life(years: int) -> Life:
    """Working arrays for lives of `years` years."""
    return Life(
        people=np.zeros((2, SEXES, AGES + 1)),
        below=np.zeros((2, AGES + 2)),
        flows=np.zeros(FLOWS),
        multipliers=np.ones(MULTIPLIERS),
        moves=np.ones((2, AGES)),
        signals=np.zeros((years + 1, SIGNALS)),
        schooling=np.zeros((SCHOOLING_ROWS, years + 1)),
        base=np.zeros(BASE_COLUMNS),
        stock=np.zeros(STOCKS),
        growth=np.ones(MOST_AHEAD + 1),
        levers=np.zeros(LEVERS),
        ambitions=np.ones(AREAS),
        users=np.zeros(AREAS),
        capacity=np.zeros(SCHOOLS),
        sized=np.zeros(AREAS),
        coming=np.zeros((SCHOOLS, BUILDING_YEARS)),
        gross=np.zeros(AREAS),
        incomes=np.zeros(AREAS),
        staffed=np.zeros(AREAS),
        books=np.zeros(BOOKS),
        digital=np.zeros(years + 1),
        tax_base=np.zeros(years + 1),
    )


@compiled
def begin(town: Town, draw: Draw, life: Life, record: Floats) -> None:
    """Set `life` and row 0 of `record` to the base year; flows of people are not known there (NaN)."""
    place, effects, start = town.place, draw.effects, draw.start
    for sex in range(SEXES):
        for age in range(AGES):
            life.people[0, sex, age] = place.population[sex, age]
        life.people[0, sex, AGES] = 0.0
    accumulate(life.people[0], life.below[0])
    life.flows[:] = np.nan
    write_population(0, place, life, record)
    begin_base(place, town.rates, life)
    begin_stocks(place, start, life)
    begin_levers(place, effects, life)
    begin_services(place, effects, life, record)
    begin_economy(place, record)
    begin_community(place, start, record)
    begin_money(place, town.law, draw.world[0], life, record)


@compiled
def begin_base(place: Place, rates: Rates, life: Life) -> None:
    """Base-year sums that later years are compared with."""
    base, below = life.base, life.below[0]
    base[B_POPULATION] = below[AGES + 1]
    base[B_WORKING_AGE] = max(1.0, between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE))
    base[B_TAX_PROFILE] = tax_profile_sum(life.people[0], place)
    base[B_TFR] = 0.0
    for age in range(AGES):
        base[B_TFR] += rates.fertility[age]
    leaving, coming, immigrating = 0.0, 0.0, 0.0
    for sex in range(SEXES):
        for age in range(AGES):
            leaving += rates.out_rate[1, sex, age] * place.population[sex, age]
            coming += rates.moves_in[1, sex, age]
            immigrating += rates.immigration[sex, age]
    base[B_OUT] = max(LEAST_FLOW, leaving)
    base[B_IN] = max(LEAST_FLOW, coming)
    base[B_IMMIGRATION] = immigrating
    base[B_COST] = 0.0
    base[B_GROSS] = 0.0
    for area in range(AREAS):
        base[B_NEED + area] = life.users[area]
        base[B_COST] += place.costs[area]
        base[B_GROSS] += gross_cost(area, place)
    for area in range(SCHOOLS):
        priced = 0.0
        for age in range(FIRST_AGE[area], LAST_AGE[area] + 1):
            here = place.population[MALE, age] + place.population[FEMALE, age]
            priced += place.grant_prices[age] * here
        base[B_GRANT_PRICE + area] = priced / max(life.users[area], 1.0)
    life.growth[:] = 1.0
    life.tax_base[0] = place.income_tax_base


@compiled
def begin_stocks(place: Place, starts: Floats, life: Life) -> None:
    """Stocks at the end of the base year."""
    stock = life.stock
    stock[:] = 0.0
    stock[S_LOANS] = place.loans
    stock[S_CASH] = place.cash
    stock[S_ASSETS] = place.fixed_assets
    stock[S_SURPLUS] = place.accumulated_surplus
    stock[S_REPAIR_DEBT] = place.repair_debt
    stock[S_HOMES] = place.homes
    stock[S_HOMES_NEEDED] = place.homes
    stock[S_SPEAKERS] = place.speakers
    stock[S_TURNOUT] = starts[C_TURNOUT]
    stock[S_TRUST] = starts[C_TRUST]
    stock[S_COHESION] = starts[C_COHESION]
    stock[S_COOPERATION] = starts[C_COOPERATION]
    stock[S_SAFETY] = starts[C_SAFETY]
    stock[S_DEFICIT_YEARS] = 1.0 if place.accumulated_surplus < 0.0 else 0.0
    stock[S_CHILD_RATIO] = 1.0
    stock[S_ADULT_RATIO] = 1.0
    stock[S_NEWBORN] = between(life.below[0], 0, 0)


@compiled
def begin_levers(place: Place, effects: Floats, life: Life) -> None:
    """Levers as they stand today."""
    levers = life.levers
    levers[:] = 1.0
    levers[HOUSING] = 0.0
    levers[INTEGRATION] = 0.0
    levers[DIGITAL] = place.digital
    levers[ENGAGEMENT] = place.costs[PARTICIPATION] / life.base[B_POPULATION]
    levers[TAX_RATE] = place.income_tax_rate
    life.ambitions[:] = 1.0
    life.digital[0] = place.digital / effects[DIGITAL_WEAR]


@compiled
def begin_services(place: Place, effects: Floats, life: Life, record: Floats) -> None:
    """Capacity meets need, and spending is as it is; row 0 of the record: services and levers."""
    row = record[0]
    life.coming[:] = 0.0
    life.signals[:] = 0.0
    life.schooling[:] = 0.0
    for area in range(SCHOOLS):
        life.capacity[area] = life.users[area]
    for area in range(AREAS):
        life.sized[area] = life.users[area]
        life.gross[area] = gross_cost(area, place)
        life.incomes[area] = place.incomes[area]
        life.staffed[area] = life.gross[area]
    for area in range(SERVICES):
        row[COVERAGE + area] = 100.0
        row[STAFF + area] = place.municipal_jobs * life.gross[area] / life.base[B_GROSS]
        row[QUALITY + area] = 100.0
    row[MUNICIPAL_JOBS] = place.municipal_jobs
    row[CLOSED_PLACES] = 0.0
    row[LEVER_CAPACITY] = 100.0
    for column in AMBITION_LEVERS:
        row[column] = 100.0
    row[LEVER_UPKEEP] = 100.0 * place.investment / max(effects[WEAR] * place.depreciation, 1.0)
    row[LEVER_HOUSING] = 0.0
    row[LEVER_PLANNING] = 100.0
    row[LEVER_INTEGRATION] = 0.0
    row[LEVER_DIGITAL] = place.digital
    row[LEVER_ENGAGEMENT] = life.levers[ENGAGEMENT]
    row[LEVER_TAX_CHANGE] = 0.0
    row[LEVER_SAVING] = 0.0


@compiled
def begin_economy(place: Place, record: Floats) -> None:
    """Row 0 of the record: jobs, employment, earnings, prices."""
    row = record[0]
    row[EMPLOYED] = place.employed
    row[JOBS] = place.jobs
    row[JOBS_TRADABLE] = place.jobs_tradable
    row[UNEMPLOYMENT_RATE] = max(LEAST_RATE, 100.0 * (1.0 - place.employed / place.labour_force))
    row[LONG_TERM] = 100.0 * place.long_term_share
    row[FOREIGN_LANGUAGE] = 100.0 * place.speakers / row[POPULATION]
    row[SKILLS] = 100.0
    row[BASIC_ONLY] = place.basic_only
    row[HOMES] = place.homes
    row[HOMES_COMPLETED] = np.nan
    row[VACANCY] = 100.0 * place.vacancy
    row[EARNINGS_INDEX] = 100.0
    row[HOUSE_PRICE_INDEX] = 100.0
    row[INCOME_TAX_BASE] = place.income_tax_base / row[POPULATION]
    write_commuters(row, place)


@compiled
def begin_community(place: Place, starts: Floats, record: Floats) -> None:
    """Row 0 of the record: the community's start."""
    row = record[0]
    row[DIGITAL_REACH] = starts[C_REACH]
    row[TURNOUT] = starts[C_TURNOUT]
    row[COOPERATION] = starts[C_COOPERATION]
    row[TRUST] = starts[C_TRUST]
    row[COHESION] = starts[C_COHESION]
    row[EXCLUSION] = starts[C_EXCLUSION]
    row[YOUTH_OUTSIDE] = starts[C_YOUTH]
    row[OFFENCES] = place.offences
    row[SAFETY_FELT] = starts[C_SAFETY]


@compiled
def begin_money(place: Place, law: LawPath, world: Floats, life: Life, record: Floats) -> None:
    """Row 0 of the record: money, real euros per resident; `world` is the base year's row."""
    row, books, population = record[0], life.books, record[0, POPULATION]
    calculated = place.equalisation_rate * place.income_tax_base + place.corporate_tax
    books[GROSS_BOOKED] = life.base[B_GROSS]
    books[INCOME_BOOKED] = life.base[B_GROSS] - life.base[B_COST]
    books[NET_BOOKED] = life.base[B_COST]
    books[INCOME_TAX_BOOKED] = place.income_tax_rate / 100.0 * place.income_tax_base
    books[CORPORATE_BOOKED] = place.corporate_tax
    books[PROPERTY_BOOKED] = place.property_tax
    books[BY_AGE_BOOKED] = calculated_costs_of(life.people[0], place) * law.grant_share[0]
    books[EVENED_BOOKED] = population * equalisation(
        calculated / population,
        place.equalisation_mean[0],
        law.equalisation_added[0],
        law.equalisation_deducted[0],
    )
    books[GRANT_BOOKED] = books[BY_AGE_BOOKED] + books[EVENED_BOOKED] + place.grant_other
    books[FINANCIAL_BOOKED] = place.financial_income
    books[INTEREST_BOOKED] = world[W_INTEREST] * place.loans
    taxes = books[INCOME_TAX_BOOKED] + books[CORPORATE_BOOKED] + books[PROPERTY_BOOKED]
    incomes = taxes + books[GRANT_BOOKED] + books[FINANCIAL_BOOKED]
    books[MARGIN_BOOKED] = incomes - books[INTEREST_BOOKED] - books[NET_BOOKED]
    books[DEPRECIATION_BOOKED] = place.depreciation
    books[RESULT_BOOKED] = books[MARGIN_BOOKED] - place.depreciation
    books[INVESTMENT_BOOKED] = place.investment
    books[SALES_BOOKED] = place.asset_sales
    books[FLOW_BOOKED] = books[MARGIN_BOOKED] - place.investment + place.asset_sales
    write_books(0, world, place.income_tax_rate, life, record)
    row[REPAIR_DEBT] = place.repair_debt / population
    row[DEFICIT_YEARS] = life.stock[S_DEFICIT_YEARS]
    debt = group_debt(row, place, life.base)
    margin, interest = books[MARGIN_BOOKED] / population, books[INTEREST_BOOKED] / population
    coverage = servicing_coverage(margin, interest, debt, law.limits[INSTALMENT_YEARS])
    row[SERVICING_COVERAGE] = min(MOST_COVERAGE, coverage)
    row[DEFICIT_UNCOVERED] = 0.0
    row[DEFICIT_TOO_LARGE] = 0.0
    row[FOUR_LIMITS] = 0.0
    row[PROCEDURE] = 0.0
    row[MERGED] = 0.0
