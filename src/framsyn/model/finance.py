"""Pay: taxes, grant, cost, investment, loans. The books balance in every life and year.

Amounts are nominal euros inside a year; the record holds base-year prices per resident.
"""

from framsyn.law import grants
from framsyn.model.coefficients import (
    DEFICIT_BORROWED,
    INTEREST_SPREAD,
    LOAN_CEILING,
    SALES_PER_RESIDENT,
    SURPLUS_REPAID,
)
from framsyn.model.compiled import compiled
from framsyn.model.labour import property_tax_base
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    ANNUAL_MARGIN,
    AREAS,
    ASSET_SALES,
    B_POPULATION,
    CASH,
    CASH_FLOW,
    CORPORATE_TAX,
    COST,
    DEPRECIATION,
    FEMALE,
    FINANCIAL_INCOME,
    FIXED_ASSETS,
    G_HOMES,
    GRANT_BY_AGE,
    GRANT_EQUALISATION,
    INCOME_TAX,
    INCOME_TAX_RATE,
    INTEREST,
    INVESTMENT,
    JOBS,
    LOANS,
    MALE,
    NET_OPERATING_COST,
    OPERATING_COST,
    OPERATING_INCOME,
    POPULATION,
    PROPERTY_TAX,
    REPAIR_DEBT,
    RESULT,
    S_ASSETS,
    S_CASH,
    S_DISCRETIONARY,
    S_LOANS,
    S_MERGED,
    S_PROCEDURE,
    S_REPAIR_DEBT,
    S_SPEAKERS,
    S_SURPLUS,
    STATE_GRANT,
    TAX_RATE,
    TAX_REVENUE,
    UNEMPLOYMENT_RATE,
    W_CORPORATE,
    W_COST,
    W_COUNTRY_UNEMPLOYMENT,
    W_EARNINGS,
    W_GRANT,
    W_INTEREST,
    W_LOCAL_COST,
    W_ONE_OFF,
    W_PRICE,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life, Town
from framsyn.model.signals import signal_of

#: Loans, euros per resident, for which the register states what lenders add to the interest.
SPREAD_UNIT = 1000.0

calculated_costs = compiled(grants.calculated_costs)
equalisation = compiled(grants.equalisation)

#: The year's books, nominal euros.
(
    INCOME_BOOKED,
    GROSS_BOOKED,
    NET_BOOKED,
    INCOME_TAX_BOOKED,
    CORPORATE_BOOKED,
    PROPERTY_BOOKED,
    BY_AGE_BOOKED,
    EVENED_BOOKED,
    GRANT_BOOKED,
    FINANCIAL_BOOKED,
    INTEREST_BOOKED,
    MARGIN_BOOKED,
    DEPRECIATION_BOOKED,
    RESULT_BOOKED,
    INVESTMENT_BOOKED,
    SALES_BOOKED,
    FLOW_BOOKED,
) = range(17)
BOOKS = 17
#: Columns of the record that hold the books, in their order.
COLUMNS = (
    OPERATING_INCOME,
    OPERATING_COST,
    NET_OPERATING_COST,
    INCOME_TAX,
    CORPORATE_TAX,
    PROPERTY_TAX,
    GRANT_BY_AGE,
    GRANT_EQUALISATION,
    STATE_GRANT,
    FINANCIAL_INCOME,
    INTEREST,
    ANNUAL_MARGIN,
    DEPRECIATION,
    RESULT,
    INVESTMENT,
    ASSET_SALES,
    CASH_FLOW,
)


@compiled
def calculated_costs_of(people: Floats, place: Place) -> float:
    """Calculated costs of the state grant for both sexes of `people` [sex, 102], base-year euros."""
    men = calculated_costs(place.grant_prices, people[MALE])
    return men + calculated_costs(place.grant_prices, people[FEMALE])


@compiled
def book_taxes(year: int, town: Town, draw: Draw, life: Life, record: Floats) -> None:
    """Write income, corporate and property tax of the year into the books, nominal euros.

    Corporate tax follows the jobs here.
    """
    place, law, world, books = town.place, town.law, draw.world[year], life.books
    price = world[W_PRICE]
    jobs = record[year, JOBS] / max(place.jobs, 1.0)
    corporate = place.corporate_tax * law.corporate_factor[year] * world[W_CORPORATE]
    books[INCOME_TAX_BOOKED] = life.levers[TAX_RATE] / 100.0 * life.tax_base[year] * price
    books[CORPORATE_BOOKED] = corporate * jobs * price
    base = property_tax_base(record, year, life.base, draw.effects)
    books[PROPERTY_BOOKED] = place.property_tax * base * price


@compiled
def book_grant(year: int, town: Town, draw: Draw, life: Life, record: Floats) -> None:
    """Write the state grant for basic services into the books: by age, equalisation, all of it.

    Nominal euros. Of the rest of the base year's grant, what unemployment gives follows unemployment against
    the country's, what foreign languages give follows their speakers, and the rest residents; all follows
    prices. What law has decided since (§ 32 and proposals) is added per resident, and so is a discretionary
    grant.
    """
    place, law, world, books = town.place, town.law, draw.world[year], life.books
    price = world[W_PRICE]
    population = record[year, POPULATION]
    share = law.grant_share[year] * world[W_GRANT]
    by_age = calculated_costs_of(life.people[year % 2], place) * share * price * world[W_COST]
    calculated = place.equalisation_rate * life.tax_base[year] * price + books[CORPORATE_BOOKED]
    mean = place.equalisation_mean[year] * world[W_EARNINGS] * price
    added, deducted = law.equalisation_added[year], law.equalisation_deducted[year]
    evened = equalisation(calculated / population, mean, added, deducted) * population
    unemployed = record[year, UNEMPLOYMENT_RATE] / record[0, UNEMPLOYMENT_RATE]
    unemployed /= world[W_COUNTRY_UNEMPLOYMENT]
    speakers = life.stock[S_SPEAKERS] / max(place.speakers, 1.0) * life.base[B_POPULATION] / population
    changed = place.grant_unemployment * (unemployed - 1.0) + place.grant_speakers * (speakers - 1.0)
    other = (place.grant_other + changed) * price / life.base[B_POPULATION]
    other += law.fixed_term[year] - law.fixed_term[0] + law.decided[year] * price
    other += life.stock[S_DISCRETIONARY] * price
    books[BY_AGE_BOOKED] = by_age
    books[EVENED_BOOKED] = evened
    books[GRANT_BOOKED] = by_age + evened + other * population


@compiled
def asset_sales(year: int, place: Place, draw: Draw, life: Life) -> float:
    """Sales of land and other assets, real euros: today's, and of land to those whom homes beyond bring."""
    homes = signal_of(life.signals, year, G_HOMES)
    sold = place.asset_sales + draw.effects[SALES_PER_RESIDENT] * homes
    return float(min(max(0.0, sold), max(0.0, life.stock[S_ASSETS] / draw.world[year, W_PRICE])))


@compiled
def finance_flow(flow: float, carried: bool, effects: Floats, stock: Floats) -> None:
    """Borrow for a cash flow below zero, or repay from one above, in part; cash takes the rest.

    It is never below zero.

    What is short is `carried` by somebody else after a merger, by the neighbour, and where lenders have
    refused a municipality that another government answers for, by that government.
    """
    if flow < 0.0:
        if carried:
            return
        stock[S_LOANS] -= effects[DEFICIT_BORROWED] * flow
        stock[S_CASH] += (1.0 - effects[DEFICIT_BORROWED]) * flow
    else:
        repaid = min(stock[S_LOANS], effects[SURPLUS_REPAID] * flow)
        stock[S_LOANS] -= repaid
        stock[S_CASH] += flow - repaid
    short = max(0.0, -stock[S_CASH])
    stock[S_LOANS] += short
    stock[S_CASH] += short


@compiled
def interest_rate(place: Place, draw: Draw, year: int, loans_charged: float, population: float) -> float:
    """Interest on loans: the draw's, and a little more where loans are above the country's.

    It rises no further than to the ceiling of loans: nobody has been seen to lend above it at any price.
    """
    effects = draw.effects
    loans = loans_charged / (draw.world[year, W_PRICE] * population)
    above = min(loans, effects[LOAN_CEILING]) - place.mean_group_loans
    spread = effects[INTEREST_SPREAD] / 100.0 * max(0.0, above / SPREAD_UNIT)
    return float(draw.world[year, W_INTEREST] + spread)


@compiled
def close_books(
    year: int, place: Place, draw: Draw, loans_charged: float, population: float, life: Life
) -> None:
    """Close the year's books from operating cost, taxes, grant, investment and sales, nominal euros.

    Assets + cash − loans changes by exactly the result, but for what somebody else carries. Interest is
    paid on `loans_charged`. One-off items are booked among financial items.
    """
    books, stock, world = life.books, life.stock, draw.world[year]
    one_off = world[W_ONE_OFF] * population
    books[FINANCIAL_BOOKED] = (place.financial_income + one_off) * world[W_PRICE]
    rate = interest_rate(place, draw, year, loans_charged, population)
    books[INTEREST_BOOKED] = rate * loans_charged
    taxes = books[INCOME_TAX_BOOKED] + books[CORPORATE_BOOKED] + books[PROPERTY_BOOKED]
    margin = (
        taxes + books[GRANT_BOOKED] + books[FINANCIAL_BOOKED] - books[INTEREST_BOOKED] - books[NET_BOOKED]
    )
    wear = place.depreciation / max(place.fixed_assets, 1.0)
    depreciation = min(1.0, wear) * stock[S_ASSETS]
    result = margin - depreciation
    flow = margin - books[INVESTMENT_BOOKED] + books[SALES_BOOKED]
    carried = stock[S_MERGED] > 0.0 or (place.self_governing > 0.0 and stock[S_PROCEDURE] > 0.0)
    finance_flow(flow, carried, draw.effects, stock)
    stock[S_ASSETS] += books[INVESTMENT_BOOKED] - books[SALES_BOOKED] - depreciation
    stock[S_SURPLUS] += result
    books[MARGIN_BOOKED] = margin
    books[DEPRECIATION_BOOKED] = depreciation
    books[RESULT_BOOKED] = result
    books[FLOW_BOOKED] = flow


@compiled
def write_books(year: int, world: Floats, rate_pct: float, life: Life, record: Floats) -> None:
    """Write the year's money into `record`, base-year prices per resident; `world` is the year's row."""
    books, stock = life.books, life.stock
    population = record[year, POPULATION]
    real = 1.0 / (world[W_PRICE] * population)
    local = world[W_COST] * world[W_LOCAL_COST]
    for item in range(BOOKS):
        record[year, COLUMNS[item]] = books[item] * real
    for area in range(AREAS):
        record[year, COST + area] = (life.gross[area] - life.incomes[area]) * local / population
    taxes = books[INCOME_TAX_BOOKED] + books[CORPORATE_BOOKED] + books[PROPERTY_BOOKED]
    record[year, TAX_REVENUE] = taxes * real
    record[year, LOANS] = stock[S_LOANS] * real
    record[year, CASH] = stock[S_CASH] * real
    record[year, FIXED_ASSETS] = stock[S_ASSETS] * real
    record[year, ACCUMULATED_SURPLUS] = stock[S_SURPLUS] * real
    record[year, REPAIR_DEBT] = stock[S_REPAIR_DEBT] / population
    record[year, INCOME_TAX_RATE] = rate_pct
