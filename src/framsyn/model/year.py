"""One year of one life, in the order of the house: look, decide, live, work, serve, pay, live together.

Stocks stand at 31 December; flows run between. `Life` holds the arrays of one life, allocated once per
thread and used again.
"""

from framsyn.model.coefficients import WEAR
from framsyn.model.community import live_together
from framsyn.model.compiled import compiled
from framsyn.model.course import Course, rule_in
from framsyn.model.exclusion import bill, count_long_term, integrate
from framsyn.model.finance import (
    GROSS_BOOKED,
    INCOME_BOOKED,
    INVESTMENT_BOOKED,
    NET_BOOKED,
    SALES_BOOKED,
    asset_sales,
    book_grant,
    book_taxes,
    close_books,
    write_books,
)
from framsyn.model.homes import build_homes
from framsyn.model.labour import income_tax_base, work
from framsyn.model.layout import (
    ADMINISTRATION,
    AIM_BASIC,
    AMBITION,
    AREAS,
    ART,
    B_GROSS,
    B_NEED,
    BASIC_EDUCATION,
    BIRTHS,
    BUSINESS,
    COVERAGE,
    CULTURE,
    DIGITAL,
    EMPLOYMENT,
    ENGAGEMENT,
    ENVIRONMENT,
    HOUSING,
    INCOME_TAX_RATE,
    INTEGRATION,
    LAST_CHILD,
    LAST_WORKING_AGE,
    LEVER_ART,
    LEVER_BUSINESS,
    LEVER_CAPACITY,
    LEVER_CULTURE,
    LEVER_DIGITAL,
    LEVER_EDUCATION,
    LEVER_EMPLOYMENT,
    LEVER_ENGAGEMENT,
    LEVER_ENVIRONMENT,
    LEVER_HOUSING,
    LEVER_INTEGRATION,
    LEVER_LIBRARY,
    LEVER_PLANNING,
    LEVER_SAFETY,
    LEVER_SAVING,
    LEVER_SPORT_YOUTH,
    LEVER_TAX_CHANGE,
    LEVER_UPKEEP,
    LIBRARY,
    LOANS,
    M_EMIGRATION,
    M_FERTILITY,
    M_IMMIGRATION,
    M_MORTALITY,
    M_MOVES_IN,
    M_MOVES_OUT,
    MUNICIPAL_JOBS,
    NEED,
    PLANNING,
    POPULATION,
    REPAIR_DEBT,
    S_LOANS,
    S_REPAIR_DEBT,
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
    W_INVESTMENT,
    W_LOCAL_COST,
    W_MORTALITY,
    W_MOVES_IN,
    W_MOVES_OUT,
    W_PRICE,
    Floats,
    Place,
)
from framsyn.model.life import TOTAL, Draw, Life, Town
from framsyn.model.mobility import tilt
from framsyn.model.moves import answer_births, write_baseline_moves, write_moves, write_signals
from framsyn.model.oversight import follow_procedure, watch
from framsyn.model.population import FLOWS, accumulate, advance, between, stand_still
from framsyn.model.posture import (
    aim_places,
    answer_decline,
    correction,
    expected_result,
    restrained,
    see_people,
    set_ambitions,
    set_money,
    set_programmes,
)
from framsyn.model.rule import Rule
from framsyn.model.services import (
    add_community,
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
from framsyn.model.skills import add_schooling


@compiled
def decide(
    year: int, town: Town, effects: Floats, rule: Rule, pinned: Floats, life: Life, record: Floats
) -> None:
    """Set the levers for `year` from what stands at the end of the year before.

    `pinned` [lever] overrides a lever where it is a number; NaN leaves it to the rule.
    """
    levers, population = life.levers, life.below[(year - 1) % 2, TOTAL]
    for area in range(SCHOOLS):
        levers[area] = aim_places(area, year, rule, life, record)
    answer_decline(year, town.place, rule, effects, life, record)
    expected = expected_result(year, town, rule, life, record)
    wanted = correction(expected, record[year - 1], town, effects, year, rule, life.stock)
    set_money(wanted, town.place, rule, life.tax_base[year - 1], population, life)
    set_ambitions(rule, life)
    restraint = restrained(record[year - 1], effects, town.place, life.stock)
    set_programmes(rule, town.place, record[0, LEVER_ENGAGEMENT], restraint, levers)
    for lever in range(len(levers)):
        if pinned[lever] == pinned[lever]:
            levers[lever] = pinned[lever]


@compiled
def world_multipliers(world: Floats, multipliers: Floats) -> None:
    """The draw's own multipliers of demographic rates, as the baseline has them, from the year's row."""
    multipliers[M_FERTILITY] = world[W_FERTILITY]
    multipliers[M_MORTALITY] = world[W_MORTALITY]
    multipliers[M_MOVES_IN] = world[W_MOVES_IN]
    multipliers[M_MOVES_OUT] = world[W_MOVES_OUT]
    multipliers[M_IMMIGRATION] = world[W_IMMIGRATION]
    multipliers[M_EMIGRATION] = world[W_EMIGRATION]


@compiled
def live(year: int, town: Town, draw: Draw, course: Course, life: Life, record: Floats) -> None:
    """Births, deaths and moves of the year: the world's rates, and the answer of moves."""
    before, now = (year - 1) % 2, year % 2
    if course.ageing == 0.0:
        stand_still(life.people[before], life.people[now], life.flows)
        return
    world_multipliers(draw.world[year], life.multipliers)
    if course.feedback > 0.0:
        answer_births(year, draw, life, record)
        write_moves(year, town.place, draw, life)
    else:
        write_baseline_moves(life)
    advance(life.people[before], life.people[now], year, town.rates, life.multipliers, life.moves, life.flows)
    tilt(life.people[now], draw.world[year], life.flows)


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
def serve(year: int, place: Place, draw: Draw, debt: float, life: Life, record: Floats) -> float:
    """Run the year's services: gross cost, income and staffed cost by area; return net investment.

    All in real euros before municipal cost inflation. `debt` is the repair debt that premises run with.
    """
    gross, staffed, effects = life.gross, life.staffed, draw.effects
    population = life.below[year % 2, TOTAL]
    paid = move_places(year, effects, life, record)
    follow_users(effects, life)
    school_costs(place, effects, life)
    other_costs(place, effects, population, life)
    invest_digital(year, effects, life.levers, life.digital)
    programmes = life.levers[DIGITAL] - place.digital - digital_saving(year, draw, life, record)
    gross[ADMINISTRATION] += programmes * population
    staffed[ADMINISTRATION] += programmes * population
    gross[ENVIRONMENT] += running_cost_of_repair_debt(debt, place, effects)
    gross[EMPLOYMENT] += integrate(year, effects, life, record)
    staffed[EMPLOYMENT] = gross[EMPLOYMENT]
    gross[EMPLOYMENT] += bill(year, draw, life, record)
    operating_incomes(place, life)
    add_community(year, draw, life, record)
    lumps = draw.world[year, W_INVESTMENT]
    return keep_up(year, place, effects, population, paid, lumps, life)


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
        standing = life.capacity[area] if area < SCHOOLS else life.sized[area]
        row[COVERAGE + area] = 100.0 * standing / max(life.users[area], 1.0)
        row[STAFF + area] = jobs * life.staffed[area]
    write_quality(year, effects, life, record)
    need = max(row[NEED + BASIC_EDUCATION], 1.0)
    row[LEVER_CAPACITY] = 100.0 * levers[AIM_BASIC] * life.base[B_NEED + BASIC_EDUCATION] / need
    row[LEVER_EDUCATION] = 100.0 * levers[AMBITION + BASIC_EDUCATION]
    row[LEVER_LIBRARY] = 100.0 * levers[AMBITION + LIBRARY]
    row[LEVER_ART] = 100.0 * levers[AMBITION + ART]
    row[LEVER_CULTURE] = 100.0 * levers[AMBITION + CULTURE]
    row[LEVER_SPORT_YOUTH] = 100.0 * levers[AMBITION + SPORT_YOUTH]
    row[LEVER_ENVIRONMENT] = 100.0 * levers[AMBITION + ENVIRONMENT]
    row[LEVER_SAFETY] = 100.0 * levers[AMBITION + SAFETY]
    row[LEVER_BUSINESS] = 100.0 * levers[AMBITION + BUSINESS]
    row[LEVER_EMPLOYMENT] = 100.0 * levers[AMBITION + EMPLOYMENT]
    wear = max(effects[WEAR] * place.depreciation, 1.0)
    row[LEVER_UPKEEP] = 100.0 * renewal(year, place, effects, levers) / wear
    row[LEVER_HOUSING] = levers[HOUSING]
    row[LEVER_PLANNING] = 100.0 * levers[PLANNING]
    row[LEVER_INTEGRATION] = levers[INTEGRATION]
    row[LEVER_DIGITAL] = levers[DIGITAL]
    row[LEVER_ENGAGEMENT] = levers[ENGAGEMENT]
    row[LEVER_TAX_CHANGE] = levers[TAX_RATE] - record[year - 1, INCOME_TAX_RATE]
    row[LEVER_SAVING] = 100.0 * (1.0 - levers[AMBITION + ADMINISTRATION])


@compiled
def with_feedback(own: float, baseline: float, feedback: float) -> float:
    """The municipality's own stock where `feedback` is 1, the baseline's where it is 0."""
    return own if feedback == 1.0 else feedback * own + (1.0 - feedback) * baseline


@compiled
def pay(
    year: int, town: Town, draw: Draw, investment: float, course: Course, life: Life, record: Floats
) -> None:
    """Book the year's cost, taxes, grant and investment, real euros, and close the books."""
    world, last, books = draw.world[year], year - 1, life.books
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
    books[SALES_BOOKED] = asset_sales(year, town.place, draw, life) * world[W_PRICE]
    book_taxes(year, town, draw, life, record)
    book_grant(year, town, draw, life, record)
    reference = draw.reference
    baseline = reference[last, LOANS] * draw.world[last, W_PRICE] * reference[last, POPULATION]
    charged = with_feedback(life.stock[S_LOANS], baseline, course.debt_feedback)
    close_books(year, town.place, draw, charged, record[year, POPULATION], life)
    write_books(year, world, life.levers[TAX_RATE], life, record)


@compiled
def look_and_decide(
    year: int, town: Town, effects: Floats, course: Course, life: Life, record: Floats
) -> None:
    """The first part of a year: the rule that holds now looks, and sets the levers."""
    rule = rule_in(course, year)
    decide(year, town, effects, rule, course.pinned[year], life, record)


@compiled
def work_serve_and_pay(year: int, town: Town, draw: Draw, course: Course, life: Life, record: Floats) -> None:
    """The last part of a year, when it is known who lives here: arguments as in `live_year`."""
    place, effects, reference = town.place, draw.effects, draw.reference
    now, last = year % 2, year - 1
    accumulate(life.people[now], life.below[now])
    see_people(year, rule_in(course, year), life)
    write_population(year, place, life, record)
    work(year, place, draw, course.feedback, life, record)
    count_long_term(year, place, effects, life, record)
    baseline = reference[last, REPAIR_DEBT] * reference[last, POPULATION]
    debt = with_feedback(life.stock[S_REPAIR_DEBT], baseline, course.debt_feedback)
    investment = serve(year, place, draw, debt, life, record)
    write_services(year, place, effects, life, record)
    add_schooling(year, place, life, record)
    build_homes(year, place, draw, life, record)
    life.tax_base[year] = income_tax_base(year, place, draw, life, record)
    pay(year, town, draw, investment, course, life, record)
    watch(year, town, life, record)
    follow_procedure(year, place, draw, life, record)
    live_together(year, draw, life, record)
    write_signals(year, place, draw, life, record)


@compiled
def live_year(year: int, town: Town, draw: Draw, course: Course, life: Life, record: Floats) -> None:
    """Live one year of a trajectory; its record [year, indicator] is written."""
    look_and_decide(year, town, draw.effects, course, life, record)
    live(year, town, draw, course, life, record)
    work_serve_and_pay(year, town, draw, course, life, record)
