"""Serve: need, capacity, staff, cost and quality of each area, building, closing and upkeep, one year.

The first three areas have places; the others are sized for users. Gross cost falls more slowly than need
(remanence), operating income follows users at once. Volumes are real euros before municipal cost inflation.
"""

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    ADMINISTRATION_FIXED,
    BOUGHT_PREMIUM,
    BOUGHT_TO_QUALITY,
    BUILDING_COST,
    CLOSING_SPEED,
    DIGITAL_RETURN,
    DIGITAL_WEAR,
    ENVIRONMENT_FIXED,
    FORCED_REPAIR,
    INVESTMENT_PERSISTENCE,
    LEAST_GROUP,
    PLACES_REMANENCE,
    REPAIR_DEBT_COST,
    REPAIR_DEBT_TO_QUALITY,
    SPENDING_REMANENCE,
    UNSAFE_REPAIR_DEBT,
    WEAR,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ADMINISTRATION,
    AGES,
    AMBITION,
    AREAS,
    B_NEED,
    BASIC_EDUCATION,
    BUSINESS,
    CLOSED_PLACES,
    CULTURE,
    DIGITAL,
    ENGAGEMENT,
    ENVIRONMENT,
    FEMALE,
    FIRST_AGE,
    FIRST_WORKING_AGE,
    FIRST_YOUNG,
    HEALTH_SOCIAL,
    HOUSING,
    INVESTMENT_KEPT,
    LAST_AGE,
    LAST_WORKING_AGE,
    LAST_YOUNG,
    MALE,
    PARTICIPATION,
    QUALITY,
    REPAIR_DEBT,
    S_REPAIR_DEBT,
    SAFETY,
    SCHOOLS,
    SERVICES,
    SPORT_YOUTH,
    UPKEEP,
    Floats,
    Place,
)
from framsyn.model.life import Life
from framsyn.model.population import between

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
    for area in (CULTURE, ENVIRONMENT, SAFETY, PARTICIPATION, ADMINISTRATION):
        users[area] = everyone
    users[SPORT_YOUTH] = everyone + between(below, FIRST_YOUNG, LAST_YOUNG)
    users[BUSINESS] = between(below, FIRST_WORKING_AGE, LAST_WORKING_AGE)
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
    """Users for whom areas without places are sized: follow growth at once, decline only in part."""
    users, capacity = life.users, life.capacity
    for area in range(SCHOOLS, AREAS):
        change = users[area] - capacity[area]
        capacity[area] += change if change > 0.0 else effects[SPENDING_REMANENCE] * change


@compiled
def gross_cost(area: int, place: Place) -> float:
    """Operating cost of an area in the base year, euros."""
    return float(place.costs[area] + place.incomes[area])


@compiled
def unit_cost(area: int, place: Place, base: Floats, effects: Floats) -> float:
    """Cost of one more or fewer child served, real euros: today's mean, over a group at the least."""
    return float(gross_cost(area, place) / max(base[B_NEED + area], effects[LEAST_GROUP]))


@compiled
def school_costs(place: Place, effects: Floats, life: Life) -> None:
    """Gross cost of the areas with places, real euros: children served, empty places, places bought.

    Empty places keep their fixed share (remanence); need above places is bought elsewhere at a premium,
    since the service is statutory. Those served here are what is staffed here.
    """
    users, capacity, gross, staffed = life.users, life.capacity, life.gross, life.staffed
    for area in range(SCHOOLS):
        ambition = life.levers[AMBITION + area]
        served = min(users[area], capacity[area])
        empty = capacity[area] - served
        bought = users[area] - served
        unit = unit_cost(area, place, life.base, effects)
        usual = gross_cost(area, place) + unit * (ambition * served - life.base[B_NEED + area])
        staffed[area] = usual
        gross[area] = usual + unit * (
            effects[PLACES_REMANENCE] * empty + (ambition + effects[BOUGHT_PREMIUM]) * bought
        )


@compiled
def fixed_share(area: int, effects: Floats) -> float:
    """Share of an area's cost that does not follow its users."""
    if area == ENVIRONMENT:
        return float(effects[ENVIRONMENT_FIXED])
    if area == ADMINISTRATION:
        return float(effects[ADMINISTRATION_FIXED])
    return 0.0


@compiled
def other_costs(place: Place, effects: Floats, population: float, life: Life) -> None:
    """Gross cost of the areas without places, real euros: users, ambition; all of it staffed here.

    Participation is spent per resident as decided.
    """
    levers, gross, staffed = life.levers, life.gross, life.staffed
    for area in range(SCHOOLS, AREAS):
        fixed = fixed_share(area, effects)
        sized = fixed + (1.0 - fixed) * life.capacity[area] / max(life.base[B_NEED + area], 1.0)
        gross[area] = gross_cost(area, place) * sized * levers[AMBITION + area]
        staffed[area] = gross[area]
    gross[PARTICIPATION] = levers[ENGAGEMENT] * population + place.incomes[PARTICIPATION]
    staffed[PARTICIPATION] = gross[PARTICIPATION]


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
def digital_saving(year: int, effects: Floats, digital: Floats) -> float:
    """Operating cost saved by digital capital above today's, real euros per resident a year."""
    seen = max(0, year - DIGITAL_LAG)
    return float(effects[DIGITAL_RETURN] * (digital[seen] - digital[0]))


@compiled
def invest_digital(year: int, effects: Floats, levers: Floats, digital: Floats) -> None:
    """Write `digital[year]`: digital capital, real euros per resident."""
    digital[year] = digital[year - 1] * (1.0 - effects[DIGITAL_WEAR]) + levers[DIGITAL]


@compiled
def write_quality(year: int, effects: Floats, life: Life, record: Floats) -> None:
    """Write the quality of each service, 100 = the base year's.

    Resources for each user, where places are bought elsewhere a little worse, all of it in premises that
    repair debt makes worse. That of participation is the cooperation reached: see `community`.
    """
    levers, users, capacity = life.levers, life.users, life.capacity
    debt = (record[year, REPAIR_DEBT] - record[0, REPAIR_DEBT]) / REPAIR_UNIT
    premises = max(0.0, 1.0 - effects[REPAIR_DEBT_TO_QUALITY] / 100.0 * debt)
    for area in range(SERVICES):
        if area == PARTICIPATION:
            continue
        need = max(users[area], 1.0)
        if area < SCHOOLS:
            bought = max(0.0, users[area] - capacity[area]) / need
            resources = levers[AMBITION + area] * (1.0 - effects[BOUGHT_TO_QUALITY] * bought)
        else:
            resources = levers[AMBITION + area] * capacity[area] / need
        record[year, QUALITY + area] = 100.0 * resources * premises


@compiled
def renewal(year: int, place: Place, effects: Floats, levers: Floats) -> float:
    """Renewal and other investment decided for the year, real euros, places not included.

    A share of wear, and what is kept of the difference between today's investment and wear, which
    fades as building programmes end.
    """
    wear = effects[WEAR] * place.depreciation
    beyond = (place.investment - wear) * effects[INVESTMENT_PERSISTENCE] ** (year - 1)
    return float(max(0.0, levers[UPKEEP] * wear + levers[INVESTMENT_KEPT] * beyond))


@compiled
def keep_up(
    year: int,
    place: Place,
    effects: Floats,
    population: float,
    paid_places: float,
    life: Life,
) -> float:
    """Renew buildings and networks; return net investment of the year, real euros.

    What is not renewed becomes repair debt; beyond a limit the duty of safe premises forces repairs.
    Land and housing are an investment too.
    """
    wear = effects[WEAR] * place.depreciation
    levers, stock = life.levers, life.stock
    renewed = renewal(year, place, effects, levers)
    unsafe = max(0.0, stock[S_REPAIR_DEBT] - effects[UNSAFE_REPAIR_DEBT] * population)
    renewed += effects[FORCED_REPAIR] * unsafe
    stock[S_REPAIR_DEBT] = max(0.0, stock[S_REPAIR_DEBT] + wear - renewed)
    return float(renewed + effects[BUILDING_COST] * paid_places + levers[HOUSING] * population)
