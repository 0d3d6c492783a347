"""Homes: how many stand, how many are empty, what they cost, and whom new ones bring; one year.

What the market would build depends on how far the price is above the cost of building and on how tight the market
is; what can be built, on the plots that are zoned and serviced. The baseline zones what the forecast's growth needs;
land and planning beyond that give more plots, after the years that plots take. Homes beyond the baseline's bring
residents where the market is tight, hardly any where it is slack, and lower the price, which ends it.
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
    VACANCY,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life

PLOTS_LAG = effect("plots_to_homes").lag_years_min
_supply = effect("supply_elasticity")
#: Years over which the market builds what its price calls for.
SUPPLY_YEARS = 0.5 * (_supply.lag_years_min + _supply.lag_years_max)
#: Years over which owners compare the price of their home.
PRICE_MEMORY = 5


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
def plots(year: int, place: Place, effects: Floats, life: Life, record: Floats) -> float:
    """Homes that the year's plots have room for."""
    standing = life.stock[S_HOMES]
    grown = max(0.0, place.people_expected[year] / place.people_expected[year - 1] - 1.0)
    usual = standing * (grown * effects[GROWTH_TO_HOUSEHOLDS] + effects[SCRAPPING])
    planned = max(0, year - PLOTS_LAG)
    planning = record[planned, LEVER_PLANNING] / 100.0 - 1.0
    per_home = effects[INVESTMENT_PER_RESIDENT] * effects[PERSONS_PER_HOME]
    land = record[planned, LEVER_HOUSING] * record[planned, POPULATION] / per_home
    return float(max(0.0, usual + effects[PLOTS_TO_HOMES] * (planning * usual + land)))


@compiled
def build_homes(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> None:
    """Build, scrap and fill the year's homes; write them, and whom those beyond the baseline's bring."""
    effects, stock, row, before, other = draw.effects, life.stock, record[year], record[year - 1], draw.reference[year]
    price = place.house_price * before[HOUSE_PRICE_INDEX] / 100.0
    profit = max(0.0, np.log(price / effects[BUILDING_COST_OF_HOME]))
    tight = tightness(before[VACANCY], effects)
    wanted = stock[S_HOMES] * effects[SUPPLY] * profit * tight / SUPPLY_YEARS
    completed = min(wanted, plots(year, place, effects, life, record))
    stock[S_HOMES] += completed - effects[SCRAPPING] * stock[S_HOMES]
    occupied = occupied_homes(row[POPULATION] / life.base[B_POPULATION], place, effects)
    empty = place.vacancy + place.households / max(place.homes, 1.0) - occupied / max(stock[S_HOMES], 1.0)
    row[HOMES] = stock[S_HOMES]
    row[HOMES_COMPLETED] = completed
    row[VACANCY] = 100.0 * max(0.0, empty)
    filled = tight * effects[HOMES_TIGHT] + (1.0 - tight) * effects[HOMES_SLACK]
    life.signals[year, G_HOMES] = (completed - other[HOMES_COMPLETED]) * effects[PERSONS_PER_HOME] * filled
    house_prices(year, place, draw, life, record)
    own = np.log(row[HOUSE_PRICE_INDEX] / other[HOUSE_PRICE_INDEX])
    life.signals[year, G_CHEAP] = (1.0 - tight) * max(0.0, -own)
    life.signals[year, G_FALL] = fall(year, record) - fall(year, draw.reference)


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
    row[HOUSE_PRICE_INDEX] = 100.0 * np.exp(slope * crowding + effects[TAX_TO_PRICES] / 100.0 * tax)
