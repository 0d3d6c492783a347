"""How moves answer to jobs, services, taxes and closed schools, against going on as today.

Every answer is to the *difference* from the life lived as today in the same world, with the lag that
the evidence gives, so that a municipality that decides as today moves exactly as the forecast says.
"""

import numpy as np

from framsyn.model.coefficients import (
    CLOSURE_TO_POPULATION,
    JOB_LOSS_TO_MOVING,
    LOCAL_SHARE,
    SERVICES_TO_MOVES,
    TAX_TO_MOVES,
    UNEMPLOYMENT_TO_MOVES,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    B_OUT_SHARE,
    ENVIRONMENT,
    INCOME_TAX_RATE,
    JOBS,
    LEISURE,
    LEVER_ENVIRONMENT,
    LEVER_LEISURE,
    POPULATION,
    UNEMPLOYMENT_RATE,
    Floats,
    Place,
)

CLOSURE_LAG_FIRST, CLOSURE_LAG_LAST = 6, 10
MIGRATION_LAG_FIRST, MIGRATION_LAG_LAST = 2, 4


@compiled
def service_level(row: Floats, place: Place) -> float:
    """Spending per user on leisure and living environment, percent of the base year's.

    Running cost of repair debt is no service, so the levels are those that the council has decided.
    """
    leisure = max(place.costs[LEISURE], 0.0) + 1.0
    environment = max(place.costs[ENVIRONMENT], 0.0) + 1.0
    level = leisure * row[LEVER_LEISURE] + environment * row[LEVER_ENVIRONMENT]
    return float(level / (leisure + environment))


@compiled
def pull(year: int, place: Place, record: Floats, reference: Floats, effects: Floats) -> float:
    """Multiplier of in-migration in `year`: unemployment (lag 2–4), services and tax (lag 1)."""
    unemployment = 0.0
    for lag in range(MIGRATION_LAG_FIRST, MIGRATION_LAG_LAST + 1):
        seen = max(0, year - lag)
        unemployment += np.log(record[seen, UNEMPLOYMENT_RATE] / reference[seen, UNEMPLOYMENT_RATE])
    unemployment /= MIGRATION_LAG_LAST - MIGRATION_LAG_FIRST + 1
    last = year - 1
    services = service_level(record[last], place) / service_level(reference[last], place) - 1.0
    tax = record[last, INCOME_TAX_RATE] - reference[last, INCOME_TAX_RATE]
    answer = (
        effects[UNEMPLOYMENT_TO_MOVES] * unemployment
        + effects[SERVICES_TO_MOVES] * services
        + effects[TAX_TO_MOVES] / 100.0 * tax
    )
    return float(np.exp(answer))


@compiled
def push(
    year: int,
    record: Floats,
    reference: Floats,
    closures: Floats,
    reference_closures: Floats,
    base: Floats,
    effects: Floats,
) -> float:
    """Multiplier of out-migration in `year`: displaced workers (lag 1), closed schools (lag 6–10), tax.

    `closures` [year] is the share of basic-education places closed, standing for the share of
    residents whose village school closed.
    """
    last = year - 1
    before = max(0, year - 2)
    lost = (record[before, JOBS] - reference[before, JOBS]) - (record[last, JOBS] - reference[last, JOBS])
    displaced = max(0.0, lost) * effects[LOCAL_SHARE] / record[last, POPULATION]
    closed = 0.0
    for lag in range(CLOSURE_LAG_FIRST, CLOSURE_LAG_LAST + 1):
        if year >= lag:
            closed += closures[year - lag] - reference_closures[year - lag]
    yearly = -effects[CLOSURE_TO_POPULATION] / 100.0 / (CLOSURE_LAG_LAST - CLOSURE_LAG_FIRST + 1)
    tax = record[last, INCOME_TAX_RATE] - reference[last, INCOME_TAX_RATE]
    answer = (
        1.0 + (effects[JOB_LOSS_TO_MOVING] - 1.0) * displaced + yearly * closed / max(base[B_OUT_SHARE], 1e-3)
    )
    return float(max(0.0, answer) * np.exp(-effects[TAX_TO_MOVES] / 100.0 * tax))
