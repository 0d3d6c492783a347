"""The start of a life: the base year's figures, stocks, levers and first row of the record."""

import numpy as np

from framsyn.model.coefficients import DIGITAL_WEAR, WEAR
from framsyn.model.community import NEUTRAL_REACH
from framsyn.model.compiled import compiled, compiled_maker
from framsyn.model.economy import tax_profile_sum
from framsyn.model.finance import calculated_costs_of, equalisation
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    AGES,
    ANNUAL_MARGIN,
    AREAS,
    B_COST,
    B_NEED,
    B_OUT_SHARE,
    B_POPULATION,
    B_TAX_PROFILE,
    B_WORKING_AGE,
    BASE_COLUMNS,
    CASH,
    CASH_FLOW,
    COVERAGE_EARLY_CHILDHOOD,
    DEPRECIATION,
    DIGITAL,
    DIGITAL_REACH,
    EMPLOYED,
    ENGAGEMENT,
    ENVIRONMENT,
    EXCLUSION,
    FIXED_ASSETS,
    HOUSE_PRICE_INDEX,
    INCOME_TAX_RATE,
    INVESTMENT,
    JOBS,
    LEISURE,
    LEVER_BUSINESS,
    LEVER_CAPACITY,
    LEVER_DIGITAL,
    LEVER_ENGAGEMENT,
    LEVER_ENVIRONMENT,
    LEVER_LEISURE,
    LEVER_SAVING,
    LEVER_TAX_CHANGE,
    LEVER_UPKEEP,
    LEVERS,
    LOANS,
    MUNICIPAL_JOBS,
    NET_OPERATING_COST,
    PARTICIPATION,
    POPULATION,
    REPAIR_DEBT,
    RESULT,
    S_ASSETS,
    S_BUSINESS,
    S_CASH,
    S_CHILD_RATIO,
    S_ENVIRONMENT,
    S_EXCLUSION,
    S_LEISURE,
    S_LOANS,
    S_NEWBORN,
    S_PARTICIPATION,
    S_REPAIR_DEBT,
    S_SURPLUS,
    S_TRUST,
    S_USERS,
    SCHOOLS,
    SEXES,
    SPENDING_ENVIRONMENT,
    SPENDING_LEISURE,
    STATE_GRANT,
    STOCKS,
    TAX_RATE,
    TAX_REVENUE,
    TRUST,
    UNEMPLOYMENT_RATE,
    W_INTEREST,
    Floats,
    Place,
    Rates,
)
from framsyn.model.population import FLOWS, accumulate, between
from framsyn.model.posture import MOST_AHEAD
from framsyn.model.year import Life, write_population


@compiled_maker
def new_life(years: int) -> Life:
    """Working arrays for lives of `years` years."""
    return Life(
        people=np.zeros((2, SEXES, AGES + 1)),
        below=np.zeros((2, AGES + 2)),
        flows=np.zeros(FLOWS),
        multipliers=np.ones(FLOWS),
        base=np.zeros(BASE_COLUMNS),
        stock=np.zeros(STOCKS),
        growth=np.ones(MOST_AHEAD + 1),
        levers=np.zeros(LEVERS),
        places=np.zeros(SCHOOLS),
        coming=np.zeros((SCHOOLS, 2)),
        need=np.zeros((years + 1, SCHOOLS)),
        costs=np.zeros(AREAS),
        books=np.zeros(7),
        closures=np.zeros(years + 2),
        digital=np.zeros(years + 1),
        tax_base=np.zeros(years + 1),
    )


@compiled_maker
def begin(place: Place, rates: Rates, world: Floats, effects: Floats, life: Life, record: Floats) -> None:
    """Set `life` and row 0 of `record` to the base year; flows of people are not known there (NaN)."""
    life.people[0, :, :AGES] = place.population
    life.people[0, :, AGES] = 0.0
    accumulate(life.people[0], life.below[0])
    life.flows[:] = np.nan
    write_population(0, life, life.below[0], record)
    begin_base(place, rates, life)
    begin_stocks(place, life)
    begin_levers(place, effects, life)
    begin_record(place, effects, record)
    begin_money(place, world, life, record)


@compiled_maker
def begin_base(place: Place, rates: Rates, life: Life) -> None:
    """Base-year sums that later years are compared with."""
    base = life.base
    base[B_POPULATION] = life.below[0, AGES + 1]
    base[B_WORKING_AGE] = max(1.0, between(life.below[0], 18, 64))
    base[B_TAX_PROFILE] = tax_profile_sum(life.people[0], place)
    base[B_COST] = np.sum(place.costs)
    moving = 0.0
    for sex in range(SEXES):
        for age in range(AGES):
            moving += rates.out_rate[1, sex, age] * place.population[sex, age]
    base[B_OUT_SHARE] = moving / base[B_POPULATION]
    for area in range(SCHOOLS):
        base[B_NEED + area] = life.need[0, area]
        life.places[area] = life.need[0, area]
    life.coming[:] = 0.0
    life.growth[:] = 1.0
    life.closures[:] = 0.0
    life.costs[:] = place.costs
    life.tax_base[0] = place.income_tax_base


@compiled
def begin_stocks(place: Place, life: Life) -> None:
    """Stocks at the end of the base year."""
    stock = life.stock
    stock[:] = 0.0
    stock[S_LOANS] = place.loans
    stock[S_CASH] = place.cash
    stock[S_ASSETS] = place.fixed_assets
    stock[S_SURPLUS] = place.accumulated_surplus
    stock[S_REPAIR_DEBT] = place.repair_debt
    stock[S_USERS] = life.base[B_POPULATION]
    stock[S_PARTICIPATION] = place.participation
    stock[S_TRUST] = place.trust
    stock[S_EXCLUSION] = place.exclusion
    stock[S_CHILD_RATIO] = 1.0
    stock[S_NEWBORN] = between(life.below[0], 0, 0)
    stock[S_LEISURE] = 1.0
    stock[S_ENVIRONMENT] = 1.0
    stock[S_BUSINESS] = 1.0


@compiled
def begin_levers(place: Place, effects: Floats, life: Life) -> None:
    """Levers as they stand today."""
    life.levers[:] = 1.0
    life.levers[DIGITAL] = place.digital
    life.levers[ENGAGEMENT] = place.engagement
    life.levers[TAX_RATE] = place.income_tax_rate
    life.digital[0] = place.digital / effects[DIGITAL_WEAR]


@compiled
def begin_record(place: Place, effects: Floats, record: Floats) -> None:
    """Row 0 of the record: economy, services, levers, community."""
    row = record[0]
    row[EMPLOYED] = place.employed
    row[JOBS] = place.jobs
    row[UNEMPLOYMENT_RATE] = 100.0 * (1.0 - place.employed / place.labour_force)
    row[HOUSE_PRICE_INDEX] = 100.0
    for area in range(SCHOOLS):
        row[COVERAGE_EARLY_CHILDHOOD + area] = 100.0
    row[SPENDING_LEISURE] = place.costs[LEISURE] / row[POPULATION]
    row[SPENDING_ENVIRONMENT] = place.costs[ENVIRONMENT] / row[POPULATION]
    row[MUNICIPAL_JOBS] = place.municipal_jobs
    row[DIGITAL_REACH] = NEUTRAL_REACH
    row[PARTICIPATION] = place.participation
    row[TRUST] = place.trust
    row[EXCLUSION] = place.exclusion
    row[LEVER_CAPACITY] = 100.0
    row[LEVER_LEISURE] = 100.0
    row[LEVER_ENVIRONMENT] = 100.0
    row[LEVER_BUSINESS] = 100.0
    row[LEVER_UPKEEP] = 100.0 * place.investment / max(effects[WEAR] * place.depreciation, 1.0)
    row[LEVER_DIGITAL] = place.digital
    row[LEVER_ENGAGEMENT] = place.engagement
    row[LEVER_TAX_CHANGE] = 0.0
    row[LEVER_SAVING] = 0.0


@compiled
def begin_money(place: Place, world: Floats, life: Life, record: Floats) -> None:
    """Row 0 of the record: money, real euros per resident."""
    row = record[0]
    share = 1.0 / row[POPULATION]
    calculated = place.equalisation_rate * place.income_tax_base + place.corporate_tax
    taxes = place.income_tax_rate / 100.0 * place.income_tax_base + place.corporate_tax + place.property_tax
    evened = equalisation(
        calculated * share,
        place.equalisation_mean[0],
        place.equalisation_added,
        place.equalisation_deducted,
    )
    grant = (
        calculated_costs_of(life.people[0], place) * place.grant_share
        + evened * row[POPULATION]
        + place.grant_other
    )
    interest = world[0, W_INTEREST] * place.loans
    margin = taxes + grant + place.financial_income - interest - life.base[B_COST]
    row[NET_OPERATING_COST] = life.base[B_COST] * share
    row[INCOME_TAX_RATE] = place.income_tax_rate
    row[TAX_REVENUE] = taxes * share
    row[STATE_GRANT] = grant * share
    row[ANNUAL_MARGIN] = margin * share
    row[DEPRECIATION] = place.depreciation * share
    row[RESULT] = (margin - place.depreciation) * share
    row[INVESTMENT] = place.investment * share
    row[CASH_FLOW] = (margin - place.investment) * share
    row[LOANS] = place.loans * share
    row[CASH] = place.cash * share
    row[FIXED_ASSETS] = place.fixed_assets * share
    row[ACCUMULATED_SURPLUS] = place.accumulated_surplus * share
    row[REPAIR_DEBT] = place.repair_debt * share
