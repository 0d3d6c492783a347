"""Serve: need, capacity, staff, cost and quality of each area, building, closing and upkeep, one year.

The first three areas have places; spending in all is sized for users, falls more slowly than they do
(remanence) and costs more for each where they are few (scale). Operating income follows users at once.
Volumes are real euros before municipal cost inflation.
"""

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    ADMINISTRATION_SCALE,
    BASIC_SCALE,
    BOUGHT_PREMIUM,
    BOUGHT_TO_QUALITY,
    BUILDING_COST,
    CLOSING_SPEED,
    COOPERATION_TO_COST,
    DIGITAL_RETURN,
    DIGITAL_WEAR,
    EARLY_SCALE,
    FORCED_REPAIR,
    INVESTMENT_PER_RESIDENT,
    INVESTMENT_PERSISTENCE,
    LASTING_REMANENCE,
    LEAST_GROUP,
    LIBRARY_SCALE,
    PLANNING_COST,
    PREVENTION_TO_COST,
    REACH_TO_DIGITAL,
    REMANENCE,
    REPAIR_DEBT_COST,
    REPAIR_DEBT_TO_QUALITY,
    TRUST_TO_TURNOVER,
    TURNOVER_COST,
    UNSAFE_REPAIR_DEBT,
    WEAR,
)
from framsyn.model.community import index_steps
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ADMINISTRATION,
    AGES,
    AMBITION,
    AREAS,
    ART,
    B_NEED,
    BASIC_EDUCATION,
    BUSINESS,
    C_COOPERATION,
    C_REACH,
    C_TRUST,
    CLOSED_PLACES,
    COST,
    CULTURE,
    DIGITAL,
    DIGITAL_REACH,
    EARLY_CHILDHOOD,
    EMPLOYMENT,
    ENGAGEMENT,
    ENVIRONMENT,
    FEMALE,
    FIRST_AGE,
    FIRST_WORKING_AGE,
    FIRST_YOUNG,
    G_HOMES,
    G_PREVENTION,
    HEALTH_SOCIAL,
    HOUSING,
    INVESTMENT_KEPT,
    LAST_AGE,
    LAST_WORKING_AGE,
    LAST_YOUNG,
    LIBRARY,
    MALE,
    PARTICIPATION,
    PLANNING,
    POPULATION,
    QUALITY,
    REPAIR_DEBT,
    S_COOPERATION,
    S_REPAIR_DEBT,
    S_TRUST,
    SAFETY,
    SCHOOLS,
    SERVICES,
    SPORT_YOUTH,
    UPKEEP,
    Floats,
    Place,
)
from framsyn.model.life import TOTAL, Draw, Life
from framsyn.model.moves import HOMES_LAGS
from framsyn.model.population import between
from framsyn.model.signals import add_signal, lagged

_prevention = effect("prevention_to_cost")
PREVENTION_LAGS = (_prevention.lag_years_min, _prevention.lag_years_max)
#: Years from digital capital to its saving.
DIGITAL_LAG = effect("digital_return").lag_years_min
#: Years from an order to the first child in a built place, and from a decision to a closed one.
BUILDING_YEARS = effect("building_cost_of_place").lag_years_max
CLOSING_YEARS = effect("closing_speed").lag_years_max
#: Repair debt, euros per resident, for which the register states its effect on quality.
REPAIR_UNIT = 1000.0


@compiled
def count_users(place: Place, people: Floats, below: Floats, users: Floats) -> None:
    """Write into `users` [area] whom each area is for, persons (weighted in sport and youth, and care)."""
    for area in range(SCHOOLS):
        users[area] = between(below, FIRST_AGE[area], LAST_AGE[area])
    everyone = below[len(below) - 1]
    for area in (LIBRARY, ART, CULTURE, ENVIRONMENT, SAFETY, PARTICIPATION, ADMINISTRATION):
        users[area] = everyone
    users[SPORT_YOUTH] = everyone + between(below, FIRST_YOUNG, LAST_YOUNG)
    users[BUSINESS] = between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE)
    users[EMPLOYMENT] = users[BUSINESS]
    care = 0.0
    for age in range(AGES):
        care += place.care_weights[age] * (people[MALE, age] + people[FEMALE, age])
    users[HEALTH_SOCIAL] = care


@compiled
def move_places(year: int, effects: Floats, life: Life, record: Floats) -> float:
    """Let ordered places arrive, then order or close towards the aim; return places paid this year.

    Args:
        year: years since the base year.
        effects: the life's draw of effects.
        life: capacity, and the places that are coming, are changed for the areas with places.
        record: the share of basic-education places closed is written, percent.

    Returns:
        Places whose building is paid this year (in equal parts over the years it takes).

    """
    capacity, coming = life.capacity, life.coming
    paid = 0.0
    record[year, CLOSED_PLACES] = 0.0
    for area in range(SCHOOLS):
        capacity[area] += coming[area, 0]
        standing = capacity[area]
        for ahead in range(BUILDING_YEARS - 1):
            coming[area, ahead] = coming[area, ahead + 1]
            standing += coming[area, ahead]
            paid += max(0.0, coming[area, ahead]) / BUILDING_YEARS
        coming[area, BUILDING_YEARS - 1] = 0.0
        gap = life.levers[area] * life.base[B_NEED + area] - standing
        if gap > 0.0:
            coming[area, BUILDING_YEARS - 1] = gap
            paid += gap / BUILDING_YEARS
        elif gap < 0.0:
            closed = min(-gap, effects[CLOSING_SPEED] * capacity[area])
            coming[area, CLOSING_YEARS - 1] -= closed
            if area == BASIC_EDUCATION and capacity[area] > 0.0:
                record[year, CLOSED_PLACES] = 100.0 * closed / capacity[area]
    return paid


@compiled
def follow_users(effects: Floats, life: Life) -> None:
    """Write for how many users spending is sized: it follows growth at once, decline in part and then more.

    A part stays for good: of the places that stand empty, elsewhere of the base year's users.
    """
    users, sized = life.users, life.sized
    for area in range(AREAS):
        room = life.capacity[area] if area < SCHOOLS else life.base[B_NEED + area]
        lasting = users[area] + effects[LASTING_REMANENCE] * max(0.0, room - users[area])
        sized[area] = lasting + effects[REMANENCE] * max(0.0, sized[area] - lasting)


@compiled
def gross_cost(area: int, place: Place) -> float:
    """Operating cost of an area in the base year, euros."""
    return float(place.costs[area] + place.incomes[area])


@compiled
def unit_cost(area: int, place: Place, base: Floats, effects: Floats) -> float:
    """Cost of one more or fewer child served, real euros: today's mean, over a group at the least."""
    return float(gross_cost(area, place) / max(base[B_NEED + area], effects[LEAST_GROUP]))


@compiled
def scale(area: int, place: Place, effects: Floats) -> float:
    """Elasticity of an area's cost per user on its users, by the municipality's class of size."""
    if area == BASIC_EDUCATION:
        return float(effects[BASIC_SCALE + place.size_class])
    if area == EARLY_CHILDHOOD:
        return float(effects[EARLY_SCALE + place.size_class])
    if area == LIBRARY:
        return float(effects[LIBRARY_SCALE + place.size_class])
    if area == ADMINISTRATION:
        return float(effects[ADMINISTRATION_SCALE + place.size_class])
    return 0.0


@compiled
def dearer(area: int, place: Place, effects: Floats, life: Life) -> float:
    """Factor on an area's cost per user from how many there are, against the base year."""
    elasticity = scale(area, place, effects)
    if elasticity == 0.0:
        return 1.0
    users = max(life.users[area], effects[LEAST_GROUP]) / max(life.base[B_NEED + area], effects[LEAST_GROUP])
    return float(users**elasticity)


@compiled
def school_costs(place: Place, effects: Floats, life: Life) -> None:
    """Gross cost of the areas with places, real euros: users that spending is sized for, and places bought.

    Need above places is bought elsewhere at a premium, since the service is statutory. Those served here are
    what is staffed here.
    """
    users, capacity, gross, staffed = life.users, life.capacity, life.gross, life.staffed
    for area in range(SCHOOLS):
        ambition = life.levers[AMBITION + area]
        bought = max(0.0, users[area] - capacity[area])
        served = life.sized[area] - bought
        unit = unit_cost(area, place, life.base, effects) * dearer(area, place, effects, life)
        few = gross_cost(area, place) - unit_cost(area, place, life.base, effects) * life.base[B_NEED + area]
        staffed[area] = few + unit * ambition * served
        gross[area] = staffed[area] + unit * (ambition + effects[BOUGHT_PREMIUM]) * bought


@compiled
def other_costs(place: Place, effects: Floats, population: float, life: Life) -> None:
    """Gross cost of the areas without places, real euros: users, scale, ambition; all of it staffed here.

    Participation is spent per resident as decided.
    """
    levers, gross, staffed = life.levers, life.gross, life.staffed
    for area in range(SCHOOLS, AREAS):
        sized = life.sized[area] / max(life.base[B_NEED + area], 1.0) * dearer(area, place, effects, life)
        gross[area] = gross_cost(area, place) * sized * levers[AMBITION + area]
        staffed[area] = gross[area]
    gross[PARTICIPATION] = levers[ENGAGEMENT] * population + place.incomes[PARTICIPATION]
    staffed[PARTICIPATION] = gross[PARTICIPATION]
    gross[ENVIRONMENT] += effects[PLANNING_COST] * (levers[PLANNING] - 1.0) * population


@compiled
def add_community(year: int, draw: Draw, life: Life, record: Floats) -> None:
    """Change the gross costs by what the community of last year makes cheaper or dearer.

    Cooperation bears on services that residents can help with, trust on how long staff stay, and spending on
    prevention beyond the base year's per resident avoids cost later.
    """
    effects, stock, gross = draw.effects, life.stock, life.gross
    cooperating = index_steps(stock[S_COOPERATION] - draw.start[C_COOPERATION])
    cheaper = 1.0 + effects[COOPERATION_TO_COST] / 100.0 * cooperating
    gross[LIBRARY] *= cheaper
    gross[ART] *= cheaper
    gross[CULTURE] *= cheaper
    gross[SPORT_YOUTH] *= cheaper
    gross[ENVIRONMENT] *= cheaper
    staff = 0.0
    for area in range(AREAS):
        staff += max(0.0, life.staffed[area])
    turnover = effects[TRUST_TO_TURNOVER] / 100.0 * index_steps(stock[S_TRUST] - draw.start[C_TRUST])
    avoided = effects[PREVENTION_TO_COST] * lagged(life.signals, year, G_PREVENTION, PREVENTION_LAGS)
    gross[ADMINISTRATION] += effects[TURNOVER_COST] / 100.0 * turnover * staff - avoided
    usual = record[0, COST + SPORT_YOUTH] + record[0, COST + PARTICIPATION]
    spent = gross[SPORT_YOUTH] + gross[PARTICIPATION]
    spent -= life.incomes[SPORT_YOUTH] + life.incomes[PARTICIPATION]
    add_signal(life.signals, year, G_PREVENTION, spent - usual * record[year, POPULATION])


@compiled
def operating_incomes(place: Place, life: Life) -> None:
    """Write fees and other operating income by area, real euros: they follow users at once."""
    for area in range(AREAS):
        life.incomes[area] = place.incomes[area] * life.users[area] / max(life.base[B_NEED + area], 1.0)


@compiled
def running_cost_of_repair_debt(debt: float, place: Place, effects: Floats) -> float:
    """Extra running cost of premises from repair debt above today's, real euros a year."""
    return float(effects[REPAIR_DEBT_COST] * (debt - place.repair_debt))


@compiled
def digital_saving(year: int, draw: Draw, life: Life, record: Floats) -> float:
    """Operating cost saved by digital capital above today's, real euros per resident a year.

    Services that more residents reach save more.
    """
    effects, digital, seen = draw.effects, life.digital, max(0, year - DIGITAL_LAG)
    reached = index_steps(record[year - 1, DIGITAL_REACH] - draw.start[C_REACH])
    used = max(0.0, 1.0 + effects[REACH_TO_DIGITAL] / 100.0 * reached)
    return float(effects[DIGITAL_RETURN] * used * (digital[seen] - digital[0]))


@compiled
def invest_digital(year: int, effects: Floats, levers: Floats, digital: Floats) -> None:
    """Write `digital[year]`: digital capital, real euros per resident."""
    digital[year] = digital[year - 1] * (1.0 - effects[DIGITAL_WEAR]) + levers[DIGITAL]


@compiled
def write_quality(year: int, effects: Floats, life: Life, record: Floats) -> None:
    """Write the quality of each service, 100 = the base year's.

    Resources decided for each user, where places are bought elsewhere a little worse, all of it in premises
    that repair debt makes worse. What costs more because users are few is not better. That of participation
    is the cooperation reached: see `community`.
    """
    levers, users, capacity = life.levers, life.users, life.capacity
    debt = (record[year, REPAIR_DEBT] - record[0, REPAIR_DEBT]) / REPAIR_UNIT
    premises = max(0.0, 1.0 - effects[REPAIR_DEBT_TO_QUALITY] / 100.0 * debt)
    for area in range(SERVICES):
        if area == PARTICIPATION:
            continue
        resources = levers[AMBITION + area]
        if area < SCHOOLS:
            bought = max(0.0, users[area] - capacity[area]) / max(users[area], 1.0)
            resources *= 1.0 - effects[BOUGHT_TO_QUALITY] * bought
        record[year, QUALITY + area] = 100.0 * resources * premises


@compiled
def renewal(year: int, place: Place, effects: Floats, levers: Floats) -> float:
    """Renewal and other investment decided for the year, real euros, without what growth asks for.

    A share of wear, and what is kept of the difference between the base year's investment and what wear and
    growth then asked for, which fades as building programmes end.
    """
    wear = effects[WEAR] * place.depreciation
    growing = effects[INVESTMENT_PER_RESIDENT] * max(0.0, place.people_expected[1] - place.people_expected[0])
    beyond = (place.investment - wear - growing) * effects[INVESTMENT_PERSISTENCE] ** (year - 1)
    return float(max(0.0, levers[UPKEEP] * wear + levers[INVESTMENT_KEPT] * beyond))


@compiled
def keep_up(
    year: int,
    place: Place,
    effects: Floats,
    population: float,
    paid_places: float,
    lumps: float,
    life: Life,
) -> float:
    """Renew buildings and networks; return net investment of the year, real euros.

    What is not renewed becomes repair debt; beyond a limit the duty of safe premises forces repairs. More
    residents ask for investment, of which places are a part; land has paid for those whom its homes bring.
    Land is an investment too, below 0 a sparing; `lumps` are the draw's beyond the decided, per resident.
    """
    wear = effects[WEAR] * place.depreciation
    levers, stock = life.levers, life.stock
    renewed = renewal(year, place, effects, levers)
    unsafe = max(0.0, stock[S_REPAIR_DEBT] - effects[UNSAFE_REPAIR_DEBT] * population)
    renewed += effects[FORCED_REPAIR] * unsafe
    stock[S_REPAIR_DEBT] = max(0.0, stock[S_REPAIR_DEBT] + wear - renewed)
    housed = max(0.0, lagged(life.signals, year, G_HOMES, HOMES_LAGS))
    grown = max(0.0, population - life.below[(year - 1) % 2, TOTAL] - housed)
    growth = max(effects[INVESTMENT_PER_RESIDENT] * grown, effects[BUILDING_COST] * paid_places)
    return float(max(0.0, renewed + growth + (levers[HOUSING] + lumps) * population))
