"""How moves and births answer to jobs, services, taxes, housing and schools, against going on as today.

Every answer is to the *difference* from the life lived as today in the same world, with the lag that
the evidence gives, so that a municipality that decides as today moves exactly as the forecast says.
Services, tax and housing steer moves inside a labour market, hardly the long ones: their answers reach
the short moves alone.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    CLOSURE_TO_POPULATION,
    HOUSING_TO_MOVES,
    JOB_LOSS_TO_MOVING,
    SERVICES_TO_MOVES,
    SHORT_MOVES,
    TAX_TO_MOVES,
    UNEMPLOYMENT_TO_FERTILITY,
    UNEMPLOYMENT_TO_MOVES,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    B_OUT_SHARE,
    B_TFR,
    CLOSED_PLACES,
    CULTURE,
    EARLY_CHILDHOOD,
    ENVIRONMENT,
    INCOME_TAX_RATE,
    JOBS,
    LEVER_HOUSING,
    POPULATION,
    QUALITY,
    SPORT_YOUTH,
    UNEMPLOYMENT_RATE,
    Floats,
    Place,
)
from framsyn.model.life import Draw

_moves = effect("unemployment_gap_to_in_migration")
_closure = effect("village_school_closure_to_population")
MIGRATION_LAG_FIRST, MIGRATION_LAG_LAST = _moves.lag_years_min, _moves.lag_years_max
CLOSURE_LAG_FIRST, CLOSURE_LAG_LAST = _closure.lag_years_min, _closure.lag_years_max
FERTILITY_LAG = effect("unemployment_to_tfr").lag_years_min
HOUSING_LAG = effect("housing_to_in_migration").lag_years_min
#: Out-migration is not taken for less than this share, so that a closed school cannot divide by nothing;
#: nor is fertility, children per woman.
LEAST_OUT_SHARE, LEAST_TFR = 1e-3, 0.1
#: Services that residents choose among places by (Carlsen 2005, Fyhr 2020), weighted by their cost.
CHOSEN_BY = (EARLY_CHILDHOOD, CULTURE, SPORT_YOUTH, ENVIRONMENT)


@compiled
def service_level(row: Floats, place: Place) -> float:
    """Quality of the services that steer moves, weighted by the base year's cost; 100 = base year."""
    level, weights = 0.0, 0.0
    for area in CHOSEN_BY:
        weight = max(place.costs[area], 0.0) + 1.0
        level += weight * row[QUALITY + area]
        weights += weight
    return float(level / weights)


@compiled
def unemployment_gap(year: int, record: Floats, reference: Floats) -> float:
    """Log ratio of unemployment to that of going on as today, mean over the evidence's lags."""
    total = 0.0
    for lag in range(MIGRATION_LAG_FIRST, MIGRATION_LAG_LAST + 1):
        seen = max(0, year - lag)
        total += np.log(record[seen, UNEMPLOYMENT_RATE] / reference[seen, UNEMPLOYMENT_RATE])
    return float(total / (MIGRATION_LAG_LAST - MIGRATION_LAG_FIRST + 1))


@compiled
def in_migration_multiplier(year: int, place: Place, draw: Draw, record: Floats) -> float:
    """Multiplier of in-migration in `year`: unemployment (lag 2–4), services, tax and housing."""
    effects, reference, last = draw.effects, draw.reference, year - 1
    services = 100.0 * (service_level(record[last], place) / service_level(reference[last], place) - 1.0)
    tax = record[last, INCOME_TAX_RATE] - reference[last, INCOME_TAX_RATE]
    planned = max(0, year - HOUSING_LAG)
    housing = record[planned, LEVER_HOUSING] - reference[planned, LEVER_HOUSING]
    short = effects[SERVICES_TO_MOVES] * services + effects[TAX_TO_MOVES] * tax
    short += effects[HOUSING_TO_MOVES] * housing
    answer = effects[UNEMPLOYMENT_TO_MOVES] * unemployment_gap(year, record, reference)
    return float(np.exp(answer + effects[SHORT_MOVES] * short / 100.0))


@compiled
def fertility_multiplier(year: int, draw: Draw, base: Floats, record: Floats) -> float:
    """Multiplier of fertility in `year`: unemployment (lag 1) against the baseline."""
    effects, reference = draw.effects, draw.reference
    seen = max(0, year - FERTILITY_LAG)
    more = record[seen, UNEMPLOYMENT_RATE] - reference[seen, UNEMPLOYMENT_RATE]
    return float(max(0.0, 1.0 + effects[UNEMPLOYMENT_TO_FERTILITY] * more / max(base[B_TFR], LEAST_TFR)))


@compiled
def displaced(year: int, place: Place, record: Floats, reference: Floats) -> float:
    """Residents who lost their job last year beyond those of going on as today, share of residents."""
    last = year - 1
    before = max(0, year - 2)
    lost = (record[before, JOBS] - reference[before, JOBS]) - (record[last, JOBS] - reference[last, JOBS])
    return float(max(0.0, lost) * place.local_share / record[last, POPULATION])


@compiled
def closed_schools(year: int, place: Place, record: Floats, reference: Floats) -> float:
    """Share of residents whose school closed in the years that tell now, beyond going on as today.

    The share of places closed stands for the share of village catchments; in urban settlements another
    school is near. A decision closes the year after.
    """
    closed = 0.0
    for lag in range(CLOSURE_LAG_FIRST, CLOSURE_LAG_LAST + 1):
        decided = year - lag - 1
        if decided > 0:
            closed += record[decided, CLOSED_PLACES] - reference[decided, CLOSED_PLACES]
    return closed / 100.0 * place.village_share


@compiled
def out_migration_multiplier(year: int, place: Place, draw: Draw, base: Floats, record: Floats) -> float:
    """Multiplier of out-migration in `year`: displaced workers (lag 1), closed schools (lag 6–10), tax."""
    effects, reference, last = draw.effects, draw.reference, year - 1
    yearly = -effects[CLOSURE_TO_POPULATION] / 100.0 / (CLOSURE_LAG_LAST - CLOSURE_LAG_FIRST + 1)
    leaving = (
        yearly * closed_schools(year, place, record, reference) / max(base[B_OUT_SHARE], LEAST_OUT_SHARE)
    )
    moving = (effects[JOB_LOSS_TO_MOVING] - 1.0) * displaced(year, place, record, reference)
    tax = record[last, INCOME_TAX_RATE] - reference[last, INCOME_TAX_RATE]
    short = effects[SHORT_MOVES] * effects[TAX_TO_MOVES] * tax / 100.0
    return float(max(0.0, 1.0 + moving + leaving) * np.exp(-short))
