"""Pay: taxes, grant, cost, investment, loans. The books balance in every life and year.

Amounts are nominal euros inside a year; the record holds base-year prices per resident.
"""

from framsyn.law import grants
from framsyn.model.compiled import compiled
from framsyn.model.economy import property_tax_base
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    ANNUAL_MARGIN,
    AREAS,
    B_COST,
    B_POPULATION,
    CASH,
    CASH_FLOW,
    CORPORATE_TAX,
    COST,
    DEPRECIATION,
    FEMALE,
    FINANCIAL_INCOME,
    FIXED_ASSETS,
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
    S_LOANS,
    S_REPAIR_DEBT,
    S_SURPLUS,
    STATE_GRANT,
    TAX_RATE,
    TAX_REVENUE,
    W_CORPORATE,
    W_COST,
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
    FLOW_BOOKED,
) = range(16)
BOOKS = 16
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

    Nominal euros. The rest of the base year's grant follows residents and prices; what law has decided
    since (§ 32 and proposals) is added per resident.
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
    other = place.grant_other * price / life.base[B_POPULATION]
    other += law.fixed_term[year] - law.fixed_term[0] + law.decided[year] * price
    books[BY_AGE_BOOKED] = by_age
    books[EVENED_BOOKED] = evened
    books[GRANT_BOOKED] = by_age + evened + other * population


@compiled
def close_books(place: Place, world: Floats, loans_charged: float, population: float, life: Life) -> None:
    """Close the year's books from operating cost, taxes, grant and investment, nominal euros.

    Liquidity is kept at its base-year share of cost: a shortage is borrowed, an excess pays loans
    back. So assets + cash − loans changes by exactly the result. Interest is paid on `loans_charged`.
    One-off items are booked among financial items. `world` is the year's row.
    """
    books, stock = life.books, life.stock
    one_off = world[W_ONE_OFF] * population
    books[FINANCIAL_BOOKED] = (place.financial_income + one_off) * world[W_PRICE]
    books[INTEREST_BOOKED] = world[W_INTEREST] * loans_charged
    taxes = books[INCOME_TAX_BOOKED] + books[CORPORATE_BOOKED] + books[PROPERTY_BOOKED]
    margin = (
        taxes + books[GRANT_BOOKED] + books[FINANCIAL_BOOKED] - books[INTEREST_BOOKED] - books[NET_BOOKED]
    )
    wear = place.depreciation / max(place.fixed_assets, 1.0)
    depreciation = min(1.0, wear) * stock[S_ASSETS]
    result = margin - depreciation
    flow = margin - books[INVESTMENT_BOOKED]
    liquidity = place.cash / life.base[B_COST] * books[NET_BOOKED]
    change = max(-stock[S_LOANS], liquidity - (stock[S_CASH] + flow))
    stock[S_LOANS] += change
    stock[S_CASH] += flow + change
    stock[S_ASSETS] += books[INVESTMENT_BOOKED] - depreciation
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
