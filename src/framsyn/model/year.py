"""One year of one life, in the order of the house: look, decide, live, work, serve, pay, live together.

Stocks stand at 31 December; flows run between. `Life` holds the arrays of one life, allocated once per
thread and used again.
"""

from typing import NamedTuple

from framsyn.model.attraction import pull, push
from framsyn.model.coefficients import WEAR
from framsyn.model.community import live_together
from framsyn.model.compiled import compiled
from framsyn.model.economy import house_prices, income_tax_base, work
from framsyn.model.finance import revenue, settle, write_books
from framsyn.model.layout import (
    AMBITION_ADMINISTRATION,
    AMBITION_BUSINESS,
    AMBITION_ENVIRONMENT,
    AMBITION_LEISURE,
    AREAS,
    B_COST,
    BIRTHS,
    COVERAGE_EARLY_CHILDHOOD,
    DIGITAL,
    ENGAGEMENT,
    ENVIRONMENT,
    FIRST_AGE,
    INCOME_TAX_RATE,
    LAST_AGE,
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
    MUNICIPAL_JOBS,
    POPULATION,
    SCHOOLS,
    SHARE_65_PLUS,
    SHARE_UNDER_15,
    SPENDING_ENVIRONMENT,
    SPENDING_LEISURE,
    TAX_RATE,
    W_COST,
    W_EMIGRATION,
    W_FERTILITY,
    W_IMMIGRATION,
    W_MORTALITY,
    W_MOVES_IN,
    W_MOVES_OUT,
    W_PRICE,
    W_TILT,
    Floats,
    Place,
    Rates,
)
from framsyn.model.mobility import tilt
from framsyn.model.population import FLOWS, accumulate, advance, between
from framsyn.model.posture import Rule, decide, see_children
from framsyn.model.services import (
    digital_saving,
    follow_users,
    invest_digital,
    keep_up,
    move_places,
    other_costs,
    programmes,
    renewal,
    school_costs,
    staffed_volume,
)

TOTAL = 102  # column of `below` that holds the whole population


class Life(NamedTuple):
    """Working arrays of one life; written by the year's functions."""

    people: Floats  # [2, sex, 102] population of even and odd years
    below: Floats  # [2, 103] persons younger than each age, of even and odd years
    flows: Floats  # [6] persons
    multipliers: Floats  # [6]
    base: Floats  # [BASE_COLUMNS]
    stock: Floats  # [STOCKS]
    growth: Floats  # [MOST_AHEAD + 1] children's cohort ratio to the power of the years ahead
    levers: Floats  # [LEVERS]
    places: Floats  # [area]
    coming: Floats  # [area, 2]
    need: Floats  # [year, area]
    costs: Floats  # [AREAS] real euros
    books: Floats  # [7] nominal euros
    closures: Floats  # [year + 1]
    digital: Floats  # [year] real euros per resident
    tax_base: Floats  # [year] real euros


@compiled
def world_multipliers(world: Floats, multipliers: Floats) -> None:
    """The world's own multipliers [6] of demographic rates, as a life as today feels them."""
    multipliers[0] = world[W_FERTILITY]
    multipliers[1] = world[W_MORTALITY]
    multipliers[2] = world[W_MOVES_IN]
    multipliers[3] = world[W_MOVES_OUT]
    multipliers[4] = world[W_IMMIGRATION]
    multipliers[5] = world[W_EMIGRATION]


@compiled
def set_multipliers(
    year: int,
    place: Place,
    world: Floats,
    effects: Floats,
    life: Life,
    record: Floats,
    reference: Floats,
    reference_closures: Floats,
) -> None:
    """The year's multipliers of demographic rates: the world's, and the answer of moves."""
    world_multipliers(world, life.multipliers)
    life.multipliers[2] *= pull(year, place, record, reference, effects)
    life.multipliers[3] *= push(
        year, record, reference, life.closures, reference_closures, life.base, effects
    )


@compiled
def write_population(year: int, life: Life, below: Floats, record: Floats) -> None:
    """Write the year's population and flows into `record`, and the need of places into `need`."""
    total = below[TOTAL]
    record[year, POPULATION] = total
    for flow in range(FLOWS):
        record[year, BIRTHS + flow] = life.flows[flow]
    record[year, SHARE_UNDER_15] = 100.0 * between(below, 0, 14) / total
    record[year, SHARE_65_PLUS] = 100.0 * (total - between(below, 0, 64)) / total
    for area in range(SCHOOLS):
        life.need[year, area] = between(below, FIRST_AGE[area], LAST_AGE[area])


@compiled
def write_services(
    year: int, place: Place, effects: Floats, life: Life, staffed: float, record: Floats
) -> None:
    """Write coverage, spending, municipal jobs and the levers of the year into `record`.

    `staffed` is the spending that employs people here, real euros.
    """
    population = record[year, POPULATION]
    for area in range(SCHOOLS):
        record[year, COVERAGE_EARLY_CHILDHOOD + area] = (
            100.0 * life.places[area] / max(life.need[year, area], 1.0)
        )
    levers = life.levers
    record[year, SPENDING_LEISURE] = life.costs[LEISURE] / population
    record[year, SPENDING_ENVIRONMENT] = life.costs[ENVIRONMENT] / population
    record[year, MUNICIPAL_JOBS] = place.municipal_jobs * staffed / life.base[B_COST]
    record[year, LEVER_CAPACITY] = 100.0 * levers[1] * life.need[0, 1] / max(life.need[year, 1], 1.0)
    record[year, LEVER_LEISURE] = 100.0 * levers[AMBITION_LEISURE]
    record[year, LEVER_ENVIRONMENT] = 100.0 * levers[AMBITION_ENVIRONMENT]
    record[year, LEVER_BUSINESS] = 100.0 * levers[AMBITION_BUSINESS]
    wear = max(effects[WEAR] * place.depreciation, 1.0)
    record[year, LEVER_UPKEEP] = 100.0 * renewal(year, place, effects, levers) / wear
    record[year, LEVER_DIGITAL] = levers[DIGITAL]
    record[year, LEVER_ENGAGEMENT] = levers[ENGAGEMENT]
    record[year, LEVER_TAX_CHANGE] = levers[TAX_RATE] - record[year - 1, INCOME_TAX_RATE]
    record[year, LEVER_SAVING] = 100.0 * (1.0 - levers[AMBITION_ADMINISTRATION])


@compiled
def serve(year: int, place: Place, effects: Floats, life: Life, below: Floats) -> tuple[float, float, float]:
    """Run the year's services: net operating cost, what of it is staffed here, net investment.

    All in real euros before municipal cost inflation.
    """
    population = below[TOTAL]
    paid = move_places(year, life.base, effects, life.levers, life.places, life.coming, life.closures)
    follow_users(population, effects, life.stock)
    school_costs(place, life.base, effects, life.levers, below, life.places, life.costs)
    other_costs(place, life.base, effects, life.levers, life.stock, life.costs)
    invest_digital(year, effects, life.levers, life.digital)
    per_resident = programmes(place, life.levers) - digital_saving(year, effects, life.digital)
    total = per_resident * population
    staffed = total + staffed_volume(
        place, life.base, effects, life.levers, below, life.places, life.stock, life.costs
    )
    for area in range(AREAS):
        total += life.costs[area]
    investment = keep_up(year, place, effects, life.levers, population, paid, life.stock)
    return total, staffed, investment


@compiled
def live_year(
    year: int,
    place: Place,
    rates: Rates,
    rule: Rule,
    pinned: Floats,
    world: Floats,
    effects: Floats,
    life: Life,
    record: Floats,
    reference: Floats,
    reference_closures: Floats,
) -> None:
    """Live one year; arguments as in `kernel.live_lives`, all of one life."""
    before = (year - 1) % 2
    now = year % 2
    decide(
        year,
        place,
        rule,
        life.base,
        life.below[before],
        life.need,
        life.places,
        life.coming,
        life.costs,
        life.tax_base[year - 1],
        record,
        life.stock,
        life.growth,
        pinned[year],
        life.levers,
    )
    set_multipliers(year, place, world[year], effects, life, record, reference, reference_closures)
    advance(life.people[before], life.people[now], year, rates, life.multipliers, life.flows)
    tilt(life.people[now], world[year, W_TILT], life.flows)
    below = life.below[now]
    accumulate(life.people[now], below)
    see_children(below, life.below[before], life.stock, life.growth)
    write_population(year, life, below, record)
    work(year, place, life.base, world[year], effects, below, record, reference, life.stock)
    volume, staffed, investment = serve(year, place, effects, life, below)
    write_services(year, place, effects, life, staffed, record)
    life.tax_base[year] = income_tax_base(
        year,
        place,
        life.base,
        world[year],
        effects,
        life.people[now],
        between(below, 18, 64),
        record,
    )
    price = world[year, W_PRICE] * world[year, W_COST]
    revenue(
        year,
        place,
        life.base,
        world[year],
        life.levers,
        life.people[now],
        life.tax_base[year],
        record,
        life.books,
    )
    net_cost = volume * price
    settle(place, life.base, world[year], life.books, net_cost, investment * price, life.stock)
    write_books(year, world[year], life.levers, life.books, net_cost, life.stock, record)
    house_prices(year, effects, record, reference)
    live_together(year, place, effects, life.levers, life.digital, record, life.stock)
