"""Serve: places against need, spending by area, building, closing and upkeep, one year."""

from framsyn.model.coefficients import (
    ADMINISTRATION_FIXED,
    BOUGHT_PREMIUM,
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
    SPENDING_REMANENCE,
    UNSAFE_REPAIR_DEBT,
    WEAR,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ADMINISTRATION,
    AMBITION_ADMINISTRATION,
    AMBITION_BUSINESS,
    AMBITION_EDUCATION,
    AMBITION_ENVIRONMENT,
    AMBITION_LEISURE,
    AREAS,
    B_NEED,
    B_POPULATION,
    BASIC_EDUCATION,
    BUSINESS,
    DIGITAL,
    ENGAGEMENT,
    ENVIRONMENT,
    FIRST_AGE,
    INVESTMENT_KEPT,
    LAST_AGE,
    LEISURE,
    S_REPAIR_DEBT,
    S_USERS,
    SCHOOLS,
    UPKEEP,
    Floats,
    Place,
)
from framsyn.model.population import between

#: Years from digital capital to its saving.
DIGITAL_LAG = 3


@compiled
def move_places(
    year: int,
    base: Floats,
    effects: Floats,
    levers: Floats,
    places: Floats,
    coming: Floats,
    closures: Floats,
) -> float:
    """Let ordered places arrive, then order or close towards the aim; return places paid this year.

    Args:
        year: years since the base year.
        base: the base year's needs.
        effects: the life's draw of effects.
        levers: this year's levers.
        places: [area] places that stand, changed here.
        coming: [area, 2] change of places next year and the year after, changed here.
        closures: [year] share of basic-education places closed, written for next year.

    Returns:
        Places whose building is paid this year (half when ordered, half the year after).

    """
    paid = 0.0
    for area in range(SCHOOLS):
        places[area] += coming[area, 0]
        coming[area, 0] = coming[area, 1]
        coming[area, 1] = 0.0
        paid += 0.5 * max(0.0, coming[area, 0])
        standing = places[area] + coming[area, 0]
        gap = levers[area] * base[B_NEED + area] - standing
        if gap > 0.0:
            coming[area, 1] = gap
            paid += 0.5 * gap
        elif gap < 0.0:
            closed = min(-gap, effects[CLOSING_SPEED] * places[area])
            coming[area, 0] -= closed
            if area == BASIC_EDUCATION and places[area] > 0.0:
                closures[year + 1] = closed / places[area]
    return paid


@compiled
def unit_cost(area: int, place: Place, base: Floats, effects: Floats) -> float:
    """Cost of one more or fewer child served, real euros: today's mean, over a group at the least."""
    return float(place.costs[area] / max(base[B_NEED + area], effects[LEAST_GROUP]))


@compiled
def school_costs(
    place: Place,
    base: Floats,
    effects: Floats,
    levers: Floats,
    below: Floats,
    places: Floats,
    costs: Floats,
) -> None:
    """Cost of the areas with places, real euros: children served, empty places, places bought.

    Empty places keep their fixed share (remanence); need above places is bought elsewhere at a premium,
    since the service is statutory.
    """
    quality = levers[AMBITION_EDUCATION]
    for area in range(SCHOOLS):
        need = between(below, FIRST_AGE[area], LAST_AGE[area])
        served = min(need, places[area])
        empty = places[area] - served
        bought = need - served
        worth = (
            quality * served
            + effects[PLACES_REMANENCE] * empty
            + (quality + effects[BOUGHT_PREMIUM]) * bought
        )
        then = base[B_NEED + area]
        costs[area] = place.costs[area] + unit_cost(area, place, base, effects) * (worth - then)


@compiled
def follow_users(population: float, effects: Floats, stock: Floats) -> None:
    """Residents for whom spending is sized: follow growth at once, decline only in part a year."""
    change = population - stock[S_USERS]
    stock[S_USERS] += change if change > 0.0 else effects[SPENDING_REMANENCE] * change


@compiled
def other_costs(
    place: Place, base: Floats, effects: Floats, levers: Floats, stock: Floats, costs: Floats
) -> None:
    """Cost of the areas without places, real euros: users, ambition, repair debt."""
    users = stock[S_USERS] / base[B_POPULATION]
    fixed = effects[ENVIRONMENT_FIXED]
    costs[LEISURE] = place.costs[LEISURE] * users * levers[AMBITION_LEISURE]
    costs[ENVIRONMENT] = place.costs[ENVIRONMENT] * (fixed + (1.0 - fixed) * users) * levers[
        AMBITION_ENVIRONMENT
    ] + running_cost_of_repair_debt(place, effects, stock)
    costs[BUSINESS] = place.costs[BUSINESS] * users * levers[AMBITION_BUSINESS]
    fixed = effects[ADMINISTRATION_FIXED]
    costs[ADMINISTRATION] = (
        place.costs[ADMINISTRATION] * (fixed + (1.0 - fixed) * users) * levers[AMBITION_ADMINISTRATION]
    )


@compiled
def staffed_volume(
    place: Place,
    base: Floats,
    effects: Floats,
    levers: Floats,
    below: Floats,
    places: Floats,
    stock: Floats,
    costs: Floats,
) -> float:
    """Spending that employs people here, real euros: not empty or bought places, nor repair debt."""
    volume = 0.0
    for area in range(SCHOOLS):
        need = between(below, FIRST_AGE[area], LAST_AGE[area])
        served = levers[AMBITION_EDUCATION] * min(need, places[area])
        unit = unit_cost(area, place, base, effects)
        volume += place.costs[area] + unit * (served - base[B_NEED + area])
    for area in range(SCHOOLS, AREAS):
        volume += costs[area]
    return float(volume - running_cost_of_repair_debt(place, effects, stock))


@compiled
def running_cost_of_repair_debt(place: Place, effects: Floats, stock: Floats) -> float:
    """Extra running cost of premises from repair debt above today's, real euros a year."""
    return float(effects[REPAIR_DEBT_COST] * (stock[S_REPAIR_DEBT] - place.repair_debt))


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
def programmes(place: Place, levers: Floats) -> float:
    """Spending on digitalisation and engagement beyond today's, real euros per resident."""
    return float(levers[DIGITAL] - place.digital + levers[ENGAGEMENT] - place.engagement)


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
    levers: Floats,
    population: float,
    paid_places: float,
    stock: Floats,
) -> float:
    """Renew buildings and networks; return net investment of the year, real euros.

    What is not renewed becomes repair debt; beyond a limit the duty of safe premises forces repairs.
    """
    wear = effects[WEAR] * place.depreciation
    renewed = renewal(year, place, effects, levers)
    unsafe = max(0.0, stock[S_REPAIR_DEBT] - effects[UNSAFE_REPAIR_DEBT] * population)
    renewed += effects[FORCED_REPAIR] * unsafe
    stock[S_REPAIR_DEBT] = max(0.0, stock[S_REPAIR_DEBT] + wear - renewed)
    return float(renewed + effects[BUILDING_COST] * paid_places)
