"""Homes: how many stand, how many are empty, what they cost, and whom new ones bring; one year.

Homes are built as the people who live here need them, as they have been everywhere, on plots that planning
gives. Land beyond today's gives more plots, after the years that plots take; the market builds on them the
more, the further the price is above the cost of building and the tighter the market is. Less planning or land
leaves a part of the need unbuilt. Homes beyond the need bring residents where the market is tight, hardly any
where it is slack, and lower the price, which ends it.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    BUILDING_COST_OF_HOME,
    DECLINE_TO_HOUSEHOLDS,
    DECLINE_TO_PRICES,
    GROWTH_TO_HOUSEHOLDS,
    GROWTH_TO_PRICES,
    HOMES_SLACK,
    HOMES_TIGHT,
    INVESTMENT_PER_RESIDENT,
    PERSONS_PER_HOME,
    PLOTS_TO_HOMES,
    SCRAPPING,
    SUPPLY,
    TAX_TO_PRICES,
    TIGHT_VACANCY,
    TIGHT_WIDTH,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    B_POPULATION,
    G_CHEAP,
    G_FALL,
    G_HOMES,
    HOMES,
    HOMES_COMPLETED,
    HOUSE_PRICE_INDEX,
    INCOME_TAX_RATE,
    LEVER_HOUSING,
    LEVER_PLANNING,
    POPULATION,
    S_HOMES,
    S_HOMES_NEEDED,
    VACANCY,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life
from framsyn.model.signals import add_signal

PLOTS_LAG = effect("plots_to_homes").lag_years_min
#: Years over which the market builds what its price calls for.
SUPPLY_YEARS = 0.5 * (effect("supply_elasticity").lag_years_min + effect("supply_elasticity").lag_years_max)
#: Years over which owners compare the price of their home.
PRICE_MEMORY = 5
#: The register states that prices fall no further than to this, base year = 100.
LEAST_PRICE = 15.0


@compiled
def tightness(vacant: float, effects: Floats) -> float:
    """Share of a market that is tight, from its empty homes in percent."""
    return float(1.0 / (1.0 + np.exp((vacant - effects[TIGHT_VACANCY]) / effects[TIGHT_WIDTH])))


@compiled
def occupied_homes(residents: float, place: Place, effects: Floats) -> float:
    """Homes that are lived in, from residents against the base year: they follow decline less than growth."""
    follows = effects[GROWTH_TO_HOUSEHOLDS] if residents > 1.0 else effects[DECLINE_TO_HOUSEHOLDS]
    return float(place.households * residents**follows)


@compiled
def homes_needed(place: Place, effects: Floats, life: Life, residents: float) -> float:
    """Homes that last year's residents, against the base year, call for this year beyond what stands.

    They grow into new homes, and scrapped ones are replaced where the need has not fallen.
    """
    stock = life.stock
    left = (1.0 - effects[SCRAPPING]) * stock[S_HOMES_NEEDED]
    as_dense = occupied_homes(residents, place, effects) * place.homes / max(place.households, 1.0)
    stock[S_HOMES_NEEDED] = max(left, as_dense)
    return float(stock[S_HOMES_NEEDED] - left)


@compiled
def homes_completed(
    year: int, place: Place, effects: Floats, needed: float, life: Life, record: Floats
) -> float:
    """Homes of the year: the needed as far as earlier planning and land let them, and those beyond."""
    before, planned = record[year - 1], max(0, year - PLOTS_LAG)
    share = effects[PLOTS_TO_HOMES]
    per_home = effects[INVESTMENT_PER_RESIDENT] * effects[PERSONS_PER_HOME]
    planning = share * (record[planned, LEVER_PLANNING] / 100.0 - 1.0) * needed
    land = share * record[planned, LEVER_HOUSING] * record[planned, POPULATION] / per_home
    price = place.house_price * before[HOUSE_PRICE_INDEX] / 100.0
    profit = max(0.0, np.log(price / effects[BUILDING_COST_OF_HOME]))
    tight = tightness(before[VACANCY], effects)
    wanted = life.stock[S_HOMES] * effects[SUPPLY] * profit * tight / SUPPLY_YEARS
    return float(max(0.0, needed + min(planning + land, wanted)))


@compiled
def build_homes(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> None:
    """Build, scrap and fill the year's homes; write them, and whom those beyond the need bring."""
    effects, stock, other = draw.effects, life.stock, draw.reference[year]
    row, before = record[year], record[year - 1]
    needed = homes_needed(place, effects, life, before[POPULATION] / life.base[B_POPULATION])
    completed = homes_completed(year, place, effects, needed, life, record)
    tight = tightness(before[VACANCY], effects)
    stock[S_HOMES] += completed - effects[SCRAPPING] * stock[S_HOMES]
    occupied = occupied_homes(row[POPULATION] / life.base[B_POPULATION], place, effects)
    empty = place.vacancy + place.households / max(place.homes, 1.0) - occupied / max(stock[S_HOMES], 1.0)
    row[HOMES] = stock[S_HOMES]
    row[HOMES_COMPLETED] = completed
    row[VACANCY] = 100.0 * max(0.0, empty)
    filled = tight * effects[HOMES_TIGHT] + (1.0 - tight) * effects[HOMES_SLACK]
    beyond = (completed - needed) * filled
    stock[S_HOMES_NEEDED] += beyond  # those who come to live there need no other home
    add_signal(life.signals, year, G_HOMES, beyond * effects[PERSONS_PER_HOME])
    house_prices(year, place, draw, life, record)
    own = np.log(row[HOUSE_PRICE_INDEX] / other[HOUSE_PRICE_INDEX])
    add_signal(life.signals, year, G_CHEAP, (1.0 - tight) * max(0.0, -own))
    add_signal(life.signals, year, G_FALL, fall(year, record) - fall(year, draw.reference))


@compiled
def fall(year: int, record: Floats) -> float:
    """Logarithm by which the price has fallen over the years that owners remember."""
    then = record[max(0, year - PRICE_MEMORY), HOUSE_PRICE_INDEX]
    return float(max(0.0, np.log(then / record[year, HOUSE_PRICE_INDEX])))


@compiled
def house_prices(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> None:
    """Housing price against the country's (base year = 100): people per home, asymmetrically, and tax."""
    effects, row, other = draw.effects, record[year], draw.reference[year]
    crowding = np.log(row[POPULATION] / life.base[B_POPULATION]) - np.log(row[HOMES] / max(other[HOMES], 1.0))
    slope = effects[GROWTH_TO_PRICES] if crowding > 0.0 else -effects[DECLINE_TO_PRICES]
    tax = record[year - 1, INCOME_TAX_RATE] - place.income_tax_rate
    price = 100.0 * np.exp(slope * crowding + effects[TAX_TO_PRICES] / 100.0 * tax)
    row[HOUSE_PRICE_INDEX] = max(LEAST_PRICE, price)
