"""Pay: taxes, grant, cost, investment, loans. The books balance in every life and year.

Amounts are nominal euros inside a year; the record holds base-year prices per resident.
"""

from framsyn.law import grants
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    ANNUAL_MARGIN,
    B_COST,
    B_POPULATION,
    CASH,
    CASH_FLOW,
    DEPRECIATION,
    FEMALE,
    FIXED_ASSETS,
    INCOME_TAX_RATE,
    INVESTMENT,
    JOBS,
    LOANS,
    MALE,
    NET_OPERATING_COST,
    POPULATION,
    REPAIR_DEBT,
    RESULT,
    S_ASSETS,
    S_CASH,
    S_DEFICIT_YEARS,
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
    W_PRICE,
    Floats,
    Place,
)

calculated_costs = compiled(grants.calculated_costs)
equalisation = compiled(grants.equalisation)


@compiled
def calculated_costs_of(people: Floats, place: Place) -> float:
    """Calculated costs of the state grant for both sexes of `people` [sex, 102], base-year euros."""
    men = calculated_costs(place.grant_prices, people[MALE])
    return men + calculated_costs(place.grant_prices, people[FEMALE])


@compiled
def state_grant(
    year: int,
    place: Place,
    base: Floats,
    world: Floats,
    people: Floats,
    population: float,
    calculated_tax: float,
) -> float:
    """State grant for basic services, nominal euros.

    `calculated_tax` is income tax at the country's mean rate and corporate tax, nominal euros.
    """
    price = world[W_PRICE]
    by_age = calculated_costs_of(people, place) * place.grant_share * world[W_GRANT] * price * world[W_COST]
    mean = place.equalisation_mean[year] * world[W_EARNINGS] * price
    evened = equalisation(
        calculated_tax / population, mean, place.equalisation_added, place.equalisation_deducted
    )
    other = place.grant_other * price * population / base[B_POPULATION]
    return float(by_age + evened * population + other)


@compiled
def revenue(
    year: int,
    place: Place,
    base: Floats,
    world: Floats,
    levers: Floats,
    people: Floats,
    tax_base: float,
    record: Floats,
    books: Floats,
) -> None:
    """Write into `books` [0] taxes and [1] the state grant of the year, nominal euros.

    `tax_base` is the income tax base in real euros.
    """
    price = world[W_PRICE]
    population = record[year, POPULATION]
    jobs = record[year, JOBS] / max(place.jobs, 1.0)
    corporate = place.corporate_tax * world[W_CORPORATE] * jobs * price
    property_tax = place.property_tax * price
    nominal_base = tax_base * price
    books[0] = levers[TAX_RATE] / 100.0 * nominal_base + corporate + property_tax
    calculated = place.equalisation_rate * nominal_base + corporate
    books[1] = state_grant(year, place, base, world, people, population, calculated)


@compiled
def settle(
    place: Place,
    base: Floats,
    world: Floats,
    books: Floats,
    net_cost: float,
    investment: float,
    stock: Floats,
) -> None:
    """Close the year's books: `books` [2…6] margin, depreciation, result, investment, cash flow.

    Liquidity is kept at its base-year share of cost: a shortage is borrowed, an excess pays loans
    back. So assets + cash − loans changes by exactly the result. Nominal euros.
    """
    interest = world[W_INTEREST] * stock[S_LOANS]
    margin = books[0] + books[1] + place.financial_income * world[W_PRICE] - interest - net_cost
    life = place.depreciation / max(place.fixed_assets, 1.0)
    depreciation = min(1.0, life) * stock[S_ASSETS]
    result = margin - depreciation
    flow = margin - investment
    liquidity = place.cash / base[B_COST] * net_cost
    change = max(-stock[S_LOANS], liquidity - (stock[S_CASH] + flow))
    stock[S_LOANS] += change
    stock[S_CASH] += flow + change
    stock[S_ASSETS] += investment - depreciation
    stock[S_SURPLUS] += result
    stock[S_DEFICIT_YEARS] = stock[S_DEFICIT_YEARS] + 1.0 if stock[S_SURPLUS] < 0.0 else 0.0
    books[2] = margin
    books[3] = depreciation
    books[4] = result
    books[5] = investment
    books[6] = flow


@compiled
def write_books(
    year: int,
    world: Floats,
    levers: Floats,
    books: Floats,
    net_cost: float,
    stock: Floats,
    record: Floats,
) -> None:
    """Write the year's money into `record`, base-year prices per resident."""
    real = 1.0 / (world[W_PRICE] * record[year, POPULATION])
    record[year, NET_OPERATING_COST] = net_cost * real
    record[year, TAX_REVENUE] = books[0] * real
    record[year, STATE_GRANT] = books[1] * real
    record[year, ANNUAL_MARGIN] = books[2] * real
    record[year, DEPRECIATION] = books[3] * real
    record[year, RESULT] = books[4] * real
    record[year, INVESTMENT] = books[5] * real
    record[year, CASH_FLOW] = books[6] * real
    record[year, LOANS] = stock[S_LOANS] * real
    record[year, CASH] = stock[S_CASH] * real
    record[year, FIXED_ASSETS] = stock[S_ASSETS] * real
    record[year, ACCUMULATED_SURPLUS] = stock[S_SURPLUS] * real
    record[year, REPAIR_DEBT] = stock[S_REPAIR_DEBT] / record[year, POPULATION]
    record[year, INCOME_TAX_RATE] = levers[TAX_RATE]
