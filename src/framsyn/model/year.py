"""One year of one life, in the order of the house: look, decide, live, work, serve, pay, live together.

Stocks stand at 31 December; flows run between. `Life` holds the arrays of one life, allocated once per
thread and used again.
"""

from typing import NamedTuple

from framsyn.law.path import LawPath
from framsyn.model.attraction import bearing, pull, push
from framsyn.model.coefficients import WEAR
from framsyn.model.community import live_together
from framsyn.model.compiled import compiled
from framsyn.model.economy import house_prices, income_tax_base, work
from framsyn.model.finance import (
    GROSS_BOOKED,
    INCOME_BOOKED,
    INVESTMENT_BOOKED,
    NET_BOOKED,
    book_grant,
    book_taxes,
    settle,
    write_books,
)
from framsyn.model.layout import (
    ADMINISTRATION,
    AIM_BASIC,
    AMBITION,
    AREAS,
    B_GROSS,
    B_NEED,
    BASIC_EDUCATION,
    BIRTHS,
    BUSINESS,
    COVERAGE,
    CULTURE,
    DIGITAL,
    ENGAGEMENT,
    ENVIRONMENT,
    FIRST_WORKING_AGE,
    HOUSING,
    INCOME_TAX_RATE,
    LAST_CHILD,
    LAST_WORKING_AGE,
    LEVER_BUSINESS,
    LEVER_CAPACITY,
    LEVER_CULTURE,
    LEVER_DIGITAL,
    LEVER_EDUCATION,
    LEVER_ENGAGEMENT,
    LEVER_ENVIRONMENT,
    LEVER_HOUSING,
    LEVER_SAFETY,
    LEVER_SAVING,
    LEVER_SPORT_YOUTH,
    LEVER_TAX_CHANGE,
    LEVER_UPKEEP,
    LOANS,
    MUNICIPAL_JOBS,
    NEED,
    POPULATION,
    REPAIR_DEBT,
    S_LOANS,
    S_REPAIR_DEBT,
    S_SAVING,
    SAFETY,
    SCHOOLS,
    SERVICES,
    SHARE_65_PLUS,
    SHARE_UNDER_15,
    SPORT_YOUTH,
    STAFF,
    TAX_RATE,
    W_COST,
    W_EMIGRATION,
    W_FERTILITY,
    W_IMMIGRATION,
    W_LOCAL_COST,
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
from framsyn.model.oversight import watch
from framsyn.model.population import FLOWS, accumulate, advance, between, stand_still
from framsyn.model.posture import (
    Course,
    Rule,
    aim_places,
    correction,
    expected_result,
    rule_at,
    see_people,
    set_ambitions,
    set_money,
    set_programmes,
)
from framsyn.model.services import (
    count_users,
    digital_saving,
    follow_users,
    invest_digital,
    keep_up,
    move_places,
    operating_incomes,
    other_costs,
    renewal,
    running_cost_of_repair_debt,
    school_costs,
    write_quality,
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
    ambitions: Floats  # [area] before saving, share of today's spending per user
    users: Floats  # [area]
    capacity: Floats  # [area] places that stand; elsewhere users for whom spending is sized
    coming: Floats  # [school area, BUILDING_YEARS]
    gross: Floats  # [area] operating cost, real euros
    incomes: Floats  # [area] operating income, real euros
    staffed: Floats  # [area] operating cost that employs people here, real euros
    books: Floats  # [BOOKS] nominal euros
    digital: Floats  # [year] digital capital, real euros per resident
    tax_base: Floats  # [year] real euros


@compiled
def decide(
    year: int,
    place: Place,
    law: LawPath,
    rule: Rule,
    pinned: Floats,
    life: Life,
    record: Floats,
) -> None:
    """Set the levers for `year` from what stands at the end of the year before.

    `pinned` [lever] overrides a lever where it is a number; NaN leaves it to the rule.
    """
    before = (year - 1) % 2
    below, levers, stock = life.below[before], life.levers, life.stock
    for area in range(SCHOOLS):
        levers[area] = aim_places(
            area, year, rule, life.base, below, record, life.capacity, life.coming, stock, life.growth
        )
    expected = expected_result(year, place, law, rule, life.base, below, record, stock, life.growth)
    wanted = correction(expected, record[year - 1], law, year, rule, stock)
    set_money(wanted, place, rule, life.gross, life.tax_base[year - 1], below[TOTAL], stock, levers)
    set_ambitions(rule, life.ambitions, stock[S_SAVING], levers)
    set_programmes(rule, place, record[0, LEVER_ENGAGEMENT], levers)
    for lever in range(len(levers)):
        if pinned[lever] == pinned[lever]:
            levers[lever] = pinned[lever]


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
def live(
    year: int,
    place: Place,
    rates: Rates,
    world: Floats,
    effects: Floats,
    course: Course,
    life: Life,
    record: Floats,
    reference: Floats,
) -> None:
    """Births, deaths and moves of the year: the world's rates, and the answer of moves."""
    before, now = (year - 1) % 2, year % 2
    if course.ageing == 0.0:
        stand_still(life.people[before], life.people[now], life.flows)
        return
    world_multipliers(world, life.multipliers)
    if course.feedback > 0.0:
        life.multipliers[0] *= bearing(year, record, reference, life.base, effects)
        life.multipliers[2] *= pull(year, place, record, reference, effects)
        life.multipliers[3] *= push(year, place, record, reference, life.base, effects)
    advance(life.people[before], life.people[now], year, rates, life.multipliers, life.flows)
    tilt(life.people[now], world[W_TILT], life.flows)


@compiled
def write_population(year: int, place: Place, life: Life, record: Floats) -> None:
    """Write the year's population, flows and need of each service into `record`."""
    now = year % 2
    below = life.below[now]
    total = below[TOTAL]
    record[year, POPULATION] = total
    for flow in range(FLOWS):
        record[year, BIRTHS + flow] = life.flows[flow]
    record[year, SHARE_UNDER_15] = 100.0 * between(below, 0, LAST_CHILD) / total
    record[year, SHARE_65_PLUS] = 100.0 * (total - between(below, 0, LAST_WORKING_AGE)) / total
    count_users(place, life.people[now], below, life.users)
    for area in range(SERVICES):
        record[year, NEED + area] = life.users[area]


@compiled
def serve(
    year: int, place: Place, effects: Floats, debt: float, population: float, life: Life, record: Floats
) -> float:
    """Run the year's services: gross cost, income and staffed cost by area; return net investment.

    All in real euros before municipal cost inflation. `debt` is the repair debt that premises run with.
    """
    paid = move_places(year, life.base, effects, life.levers, life.capacity, life.coming, record)
    follow_users(effects, life.users, life.capacity)
    gross, staffed = life.gross, life.staffed
    school_costs(place, life.base, effects, life.levers, life.users, life.capacity, gross, staffed)
    other_costs(place, life.base, effects, life.levers, population, life.capacity, gross, staffed)
    invest_digital(year, effects, life.levers, life.digital)
    programmes = life.levers[DIGITAL] - place.digital - digital_saving(year, effects, life.digital)
    gross[ADMINISTRATION] += programmes * population
    staffed[ADMINISTRATION] += programmes * population
    gross[ENVIRONMENT] += running_cost_of_repair_debt(debt, place, effects)
    operating_incomes(place, life.base, life.users, life.incomes)
    return keep_up(year, place, effects, life.levers, population, paid, life.stock)


@compiled
def write_services(year: int, place: Place, effects: Floats, life: Life, record: Floats) -> None:
    """Write coverage, staff, quality and the levers of the year into `record`."""
    row, levers = record[year], life.levers
    jobs = place.municipal_jobs / life.base[B_GROSS]
    total = 0.0
    for area in range(AREAS):
        total += life.staffed[area]
    row[MUNICIPAL_JOBS] = jobs * max(0.0, total)
    row[REPAIR_DEBT] = life.stock[S_REPAIR_DEBT] / row[POPULATION]
    for area in range(SERVICES):
        row[COVERAGE + area] = 100.0 * life.capacity[area] / max(life.users[area], 1.0)
        row[STAFF + area] = jobs * life.staffed[area]
    write_quality(year, effects, levers, life.users, life.capacity, record)
    need = max(row[NEED + BASIC_EDUCATION], 1.0)
    row[LEVER_CAPACITY] = 100.0 * levers[AIM_BASIC] * life.base[B_NEED + BASIC_EDUCATION] / need
    row[LEVER_EDUCATION] = 100.0 * levers[AMBITION + BASIC_EDUCATION]
    row[LEVER_CULTURE] = 100.0 * levers[AMBITION + CULTURE]
    row[LEVER_SPORT_YOUTH] = 100.0 * levers[AMBITION + SPORT_YOUTH]
    row[LEVER_ENVIRONMENT] = 100.0 * levers[AMBITION + ENVIRONMENT]
    row[LEVER_SAFETY] = 100.0 * levers[AMBITION + SAFETY]
    row[LEVER_BUSINESS] = 100.0 * levers[AMBITION + BUSINESS]
    wear = max(effects[WEAR] * place.depreciation, 1.0)
    row[LEVER_UPKEEP] = 100.0 * renewal(year, place, effects, levers) / wear
    row[LEVER_HOUSING] = levers[HOUSING]
    row[LEVER_DIGITAL] = levers[DIGITAL]
    row[LEVER_ENGAGEMENT] = levers[ENGAGEMENT]
    row[LEVER_TAX_CHANGE] = levers[TAX_RATE] - record[year - 1, INCOME_TAX_RATE]
    row[LEVER_SAVING] = 100.0 * (1.0 - levers[AMBITION + ADMINISTRATION])


@compiled
def felt(own: float, others: float, feedback: float) -> float:
    """What is felt of one's own stock where `feedback` is 1, of that of going on as today where it is 0."""
    return own if feedback == 1.0 else feedback * own + (1.0 - feedback) * others


@compiled
def pay(
    year: int,
    place: Place,
    law: LawPath,
    worlds: Floats,
    effects: Floats,
    investment: float,
    course: Course,
    life: Life,
    record: Floats,
    reference: Floats,
) -> None:
    """Book the year's cost, taxes, grant and investment, and close the books. `worlds` [year, column]."""
    world, last, books = worlds[year], year - 1, life.books
    price = world[W_PRICE] * world[W_COST]
    local = price * world[W_LOCAL_COST]
    gross, income = 0.0, 0.0
    for area in range(AREAS):
        gross += life.gross[area]
        income += life.incomes[area]
    books[GROSS_BOOKED] = gross * local
    books[INCOME_BOOKED] = income * local
    books[NET_BOOKED] = books[GROSS_BOOKED] - books[INCOME_BOOKED]
    books[INVESTMENT_BOOKED] = investment * price
    rate, tax_base = life.levers[TAX_RATE], life.tax_base[year]
    book_taxes(year, place, law, life.base, world, effects, rate, tax_base, record, books)
    book_grant(year, place, law, life.base, world, life.people[year % 2], tax_base, record, books)
    others = reference[last, LOANS] * worlds[last, W_PRICE] * reference[last, POPULATION]
    charged = felt(life.stock[S_LOANS], others, course.debt_feedback)
    settle(place, life.base, world, charged, record[year, POPULATION], books, life.stock)
    write_books(year, world, rate, books, life.gross, life.incomes, life.stock, record)


@compiled
def look_and_decide(
    year: int, place: Place, law: LawPath, course: Course, life: Life, record: Floats
) -> None:
    """The first part of a year: the rule that holds now looks, and sets the levers."""
    rule = rule_at(course.rules[course.phases[year]])
    decide(year, place, law, rule, course.pinned[year], life, record)


@compiled
def work_serve_and_pay(
    year: int,
    place: Place,
    law: LawPath,
    worlds: Floats,
    effects: Floats,
    starts: Floats,
    course: Course,
    life: Life,
    record: Floats,
    reference: Floats,
) -> None:
    """The last part of a year, when it is known who lives here: arguments as in `live_year`."""
    before, now, last = (year - 1) % 2, year % 2, year - 1
    world, below = worlds[year], life.below[now]
    accumulate(life.people[now], below)
    rule = rule_at(course.rules[course.phases[year]])
    see_people(below, life.below[before], rule, life.stock, life.growth)
    write_population(year, place, life, record)
    work(year, place, life.base, world, effects, below, course.feedback, record, reference, life.stock)
    others = reference[last, REPAIR_DEBT] * reference[last, POPULATION]
    debt = felt(life.stock[S_REPAIR_DEBT], others, course.debt_feedback)
    investment = serve(year, place, effects, debt, below[TOTAL], life, record)
    write_services(year, place, effects, life, record)
    workers = between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE)
    life.tax_base[year] = income_tax_base(
        year, place, life.base, world, effects, life.people[now], workers, record
    )
    pay(year, place, law, worlds, effects, investment, course, life, record, reference)
    watch(year, place, law, life.base, life.stock, record)
    house_prices(year, place, life.base, effects, record)
    live_together(year, starts, effects, life.digital, record, life.stock)


@compiled
def live_year(
    year: int,
    place: Place,
    rates: Rates,
    law: LawPath,
    worlds: Floats,
    effects: Floats,
    starts: Floats,
    course: Course,
    life: Life,
    record: Floats,
    reference: Floats,
) -> None:
    """Live one year; arguments as in `kernel.live_lives`, all of one life."""
    look_and_decide(year, place, law, course, life, record)
    live(year, place, rates, worlds[year], effects, course, life, record, reference)
    work_serve_and_pay(year, place, law, worlds, effects, starts, course, life, record, reference)
