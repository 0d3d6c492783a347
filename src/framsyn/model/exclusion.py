"""The bill of unemployment and exclusion, and immigrants who stay; one year.

The municipality pays a share of long benefits, and the state's compensation for it is a fixed sum, so what
changes is wholly its own. A programme for immigrants costs money, keeps more of them, and raises what they
earn.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    ACTIVATION_TO_LONG_TERM,
    INTEGRATION_COST,
    INTEGRATION_TO_RETENTION,
    LONG_TERM_BILL,
    RETENTION,
    UNEMPLOYMENT_TO_LONG_TERM,
    YOUTH_TO_COST,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    AMBITION,
    B_IMMIGRATION,
    C_YOUTH,
    EMIGRATION,
    EMPLOYED,
    EMPLOYMENT,
    FIRST_YOUTH,
    FOREIGN_LANGUAGE,
    G_INTEGRATION,
    IMMIGRATION,
    INTEGRATION,
    LAST_YOUTH,
    LONG_TERM,
    POPULATION,
    S_INTEGRATED,
    S_SPEAKERS,
    UNEMPLOYMENT_RATE,
    YOUTH_OUTSIDE,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life
from framsyn.model.population import between
from framsyn.model.signals import add_signal

YOUTH_LAG = effect("youth_outside_to_cost").lag_years_min
#: Spending on employment services beyond the median at its 90th percentile: the register's unit, share.
FULL_ACTIVATION = 1.16
#: Years over which the register states how many immigrants stay.
RETENTION_YEARS = effect("retention_of_immigrants").lag_years_max


@compiled
def unemployed(row: Floats) -> float:
    """Unemployed residents, from the employed and the rate."""
    rate = row[UNEMPLOYMENT_RATE] / 100.0
    return float(row[EMPLOYED] * rate / (1.0 - rate))


@compiled
def count_long_term(year: int, place: Place, effects: Floats, life: Life, record: Floats) -> None:
    """Write the long-term share of the unemployed, percent: it follows unemployment and activation."""
    row = record[year]
    more = np.log(row[UNEMPLOYMENT_RATE] / record[0, UNEMPLOYMENT_RATE])
    change = effects[UNEMPLOYMENT_TO_LONG_TERM] * more
    active = min(1.0, max(-1.0, (life.levers[AMBITION + EMPLOYMENT] - 1.0) / FULL_ACTIVATION))
    share = (place.long_term_share + change) * (1.0 + effects[ACTIVATION_TO_LONG_TERM] / 100.0 * active)
    row[LONG_TERM] = 100.0 * min(1.0, max(0.0, share))


@compiled
def bill(year: int, draw: Draw, life: Life, record: Floats) -> float:
    """Municipal cost of long unemployment and of youth outside beyond the base year's, real euros."""
    effects, row = draw.effects, record[year]
    long_term = unemployed(row) * row[LONG_TERM] - unemployed(record[0]) * record[0, LONG_TERM]
    seen = max(0, year - YOUTH_LAG)
    youth = between(life.below[year % 2], FIRST_YOUTH, LAST_YOUTH)
    outside = (record[seen, YOUTH_OUTSIDE] - draw.start[C_YOUTH]) / 100.0 * youth
    return float(effects[LONG_TERM_BILL] * long_term / 100.0 + effects[YOUTH_TO_COST] * outside)


@compiled
def integrate(year: int, effects: Floats, life: Life, record: Floats) -> float:
    """Receive the year's immigrants; write who speaks another language; return the cost, real euros."""
    stock, row, base = life.stock, record[year], life.base
    cost = life.levers[INTEGRATION] * row[POPULATION]
    full = effects[INTEGRATION_COST] * max(base[B_IMMIGRATION], 1.0)
    degree = min(1.0, max(-1.0, cost / full))
    add_signal(life.signals, year, G_INTEGRATION, degree)
    stays = effects[RETENTION] + degree * effects[INTEGRATION_TO_RETENTION] / 100.0
    leaving = (1.0 - effects[RETENTION]) / RETENTION_YEARS
    stock[S_INTEGRATED] += degree * row[IMMIGRATION] * effects[RETENTION] - leaving * stock[S_INTEGRATED]
    gone = stock[S_SPEAKERS] * row[EMIGRATION] / row[POPULATION]
    stock[S_SPEAKERS] += row[IMMIGRATION] * stays - gone
    row[FOREIGN_LANGUAGE] = 100.0 * min(1.0, max(0.0, stock[S_SPEAKERS] / row[POPULATION]))
    return float(cost)
