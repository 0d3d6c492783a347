"""How moves and births answer to jobs, homes, services, schools, tax and community, against the baseline.

Every answer is to a *difference* from the baseline trajectory in the same draw, with the lag that the
evidence gives, so that a municipality on its baseline moves exactly as the forecast says. `write_signals`
writes the differences at the end of a year; the year's moves read them back over the years of their lags.
Services, tax and cheap homes steer moves within a labour market, hardly the long ones: their answers reach
the short moves alone.
"""

import numpy as np

from framsyn.evidence.register import effect
from framsyn.model.coefficients import (
    ALIGNMENT,
    CHEAP_HOMES,
    CLOSURE_TO_POPULATION,
    COHESION_TO_STAY,
    COLLAPSE,
    COLLAPSE_THRESHOLD,
    INTEGRATION_TO_RETENTION,
    JOBS_TO_IN_FLOW,
    JOBS_TO_OUT_FLOW,
    LOCK_IN,
    SAFETY_TO_STAY,
    SCHOOLS_TO_MOVES,
    SERVICES_TO_MOVES,
    TAX_TO_MOVES,
    UNEMPLOYMENT_TO_FERTILITY,
    UNEMPLOYMENT_TO_IN_FLOW,
    UPPER_QUARTER,
)
from framsyn.model.community import index_steps
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ART,
    B_IMMIGRATION,
    B_IN,
    B_OUT,
    B_POPULATION,
    B_TFR,
    BASIC_EDUCATION,
    CLOSED_PLACES,
    COHESION,
    CULTURE,
    EARLY_CHILDHOOD,
    ENVIRONMENT,
    FAMILY_AGES,
    G_ALIGNMENT,
    G_CHEAP,
    G_CLOSED,
    G_COHESION,
    G_FALL,
    G_HOMES,
    G_INTEGRATION,
    G_JOBS,
    G_SAFETY,
    G_SCHOOLS,
    G_SERVICES,
    G_STATUTORY,
    G_TAX,
    G_UNEMPLOYMENT,
    INCOME_TAX_RATE,
    JOBS,
    LEVER_BUSINESS,
    LEVER_ENGAGEMENT,
    LEVER_PLANNING,
    LIBRARY,
    M_FERTILITY,
    M_MOVES_IN,
    M_MOVES_OUT,
    QUALITY,
    SAFETY_FELT,
    SPORT_YOUTH,
    UNEMPLOYMENT_RATE,
    UPPER_SECONDARY,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life
from framsyn.model.signals import add_signal, lagged

#: Rows of `Life.moves`: factors on moves in and out by age at the start of the year.
INWARD, OUTWARD = range(2)
#: Services that residents choose among places by, weighted by their cost; those of families; those that the
#: law gives a right to.
CHOSEN_BY = (LIBRARY, ART, CULTURE, SPORT_YOUTH, ENVIRONMENT)
FAMILIES_BY = (EARLY_CHILDHOOD, BASIC_EDUCATION)
STATUTORY = (EARLY_CHILDHOOD, BASIC_EDUCATION, UPPER_SECONDARY)
#: Shares of a net answer that come as moves in and as moves out.
SERVICES_INWARD, TAX_INWARD = 2.0 / 3.0, 0.5
#: Where answers end: services, schools (share of quality), owners held back, cheap homes (share of the flow).
MOST_SERVICES, MOST_SCHOOLS, MOST_HELD, MOST_CHEAP = 0.25, 0.2, 0.25, 0.08
#: Flows and fertility are not divided by less than this: persons a year, children per woman.
LEAST_FLOW, LEAST_TFR = 1.0, 0.1
#: Areas of conduct that may be aligned.
ALIGNED_AREAS = 4.0
#: Statutory services further below the threshold are counted in steps of this share.
COLLAPSE_STEP = 0.1

_CLOSURE = effect("village_school_closure_to_population")


def _lags(identity: str) -> tuple[int, int]:
    """First and last lag of an effect on moves: those of a year see the years before it."""
    row = effect(identity)
    return max(1, row.lag_years_min), max(1, row.lag_years_max)


SERVICES_LAGS = _lags("services_to_net_short_moves")
SCHOOLS_LAGS = _lags("schools_to_family_moves")
COLLAPSE_LAGS = _lags("collapse_of_services")
TAX_LAGS = _lags("tax_to_net_short_moves")
JOBS_IN_LAGS, JOBS_OUT_LAGS = _lags("jobs_to_in_flow"), _lags("jobs_to_out_flow")
UNEMPLOYMENT_LAGS = _lags("unemployment_to_in_flow")
HOMES_LAGS = _lags("homes_additional_tight")
CHEAP_LAGS, FALL_LAGS = _lags("cheap_homes_to_moves"), _lags("lock_in_of_owners")
COHESION_LAGS, SAFETY_LAGS = _lags("cohesion_to_stay"), _lags("safety_to_stay")
INTEGRATION_LAGS = _lags("integration_to_retention")
ALIGNMENT_LAGS = _lags("alignment")
#: A decision closes the year after, so a closed school is seen a year later.
CLOSURE_LAGS = (_CLOSURE.lag_years_min + 1, _CLOSURE.lag_years_max + 1)
FERTILITY_LAG = effect("unemployment_to_tfr").lag_years_min


@compiled
def mean_quality(row: Floats, areas: tuple[int, ...], place: Place) -> float:
    """Quality of some services, weighted by the base year's cost; 100 = base year."""
    level, weights = 0.0, 0.0
    for area in areas:
        weight = max(place.costs[area], 0.0) + 1.0
        level += weight * row[QUALITY + area]
        weights += weight
    return float(level / weights)


@compiled
def statutory_level(row: Floats, place: Place) -> float:
    """Resources of the services that the law gives a right to, share of the base year's."""
    return mean_quality(row, STATUTORY, place) / 100.0


@compiled
def upper(ratio: float, quarter: float) -> float:
    """How far conduct is from the baseline's, 0, to the upper quarter of municipalities, 1."""
    return float(min(1.0, max(0.0, (ratio - 1.0) / (quarter - 1.0))))


@compiled
def aligned(row: Floats, other: Floats, services: float, quarter: float) -> float:
    """Share of services, planning, business and engagement that stand at their upper quarter at once."""
    return float(
        (
            upper(1.0 + services, quarter)
            + upper(row[LEVER_PLANNING] / max(other[LEVER_PLANNING], 1.0), quarter)
            + upper(row[LEVER_BUSINESS] / max(other[LEVER_BUSINESS], 1.0), quarter)
            + upper(row[LEVER_ENGAGEMENT] / max(other[LEVER_ENGAGEMENT], 1.0), quarter)
        )
        / ALIGNED_AREAS
    )


@compiled
def write_signals(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> None:
    """Write what next years' moves answer to: the year's differences from the baseline.

    The baseline itself has none. Those of homes and integration are written where they arise.
    """
    signals, row, other, effects = life.signals, record[year], draw.reference[year], draw.effects
    services = mean_quality(row, CHOSEN_BY, place) / mean_quality(other, CHOSEN_BY, place) - 1.0
    add_signal(signals, year, G_SERVICES, services)
    add_signal(
        signals,
        year,
        G_SCHOOLS,
        mean_quality(row, FAMILIES_BY, place) / mean_quality(other, FAMILIES_BY, place) - 1.0,
    )
    threshold = effects[COLLAPSE_THRESHOLD]
    below = max(0.0, threshold - statutory_level(row, place))
    add_signal(
        signals,
        year,
        G_STATUTORY,
        (below - max(0.0, threshold - statutory_level(other, place))) / COLLAPSE_STEP,
    )
    add_signal(signals, year, G_TAX, row[INCOME_TAX_RATE] - other[INCOME_TAX_RATE])
    add_signal(signals, year, G_JOBS, np.log(max(row[JOBS], 1.0) / max(other[JOBS], 1.0)))
    add_signal(signals, year, G_UNEMPLOYMENT, np.log(row[UNEMPLOYMENT_RATE] / other[UNEMPLOYMENT_RATE]))
    add_signal(
        signals, year, G_CLOSED, (row[CLOSED_PLACES] - other[CLOSED_PLACES]) / 100.0 * place.village_share
    )
    add_signal(signals, year, G_COHESION, row[COHESION] - other[COHESION])
    add_signal(signals, year, G_SAFETY, row[SAFETY_FELT] - other[SAFETY_FELT])
    add_signal(signals, year, G_ALIGNMENT, aligned(row, other, services, effects[UPPER_QUARTER]))


@compiled
def ending(change: float, most: float) -> float:
    """A change that never passes `most` either way."""
    return float(most * np.tanh(change / most))


@compiled
def write_moves(year: int, place: Place, draw: Draw, life: Life) -> None:
    """Write the factors on the year's moves in and out by age, with the draw's own multipliers in them."""
    signals, effects, base, moves = life.signals, draw.effects, life.base, life.moves
    short = place.short_share
    more = 1.0 + effects[ALIGNMENT] * lagged(signals, year, G_ALIGNMENT, ALIGNMENT_LAGS)
    services = ending(lagged(signals, year, G_SERVICES, SERVICES_LAGS), MOST_SERVICES)
    services *= short * effects[SERVICES_TO_MOVES] * more
    schools = ending(lagged(signals, year, G_SCHOOLS, SCHOOLS_LAGS), MOST_SCHOOLS)
    schools *= short * effects[SCHOOLS_TO_MOVES] * more
    tax = short * effects[TAX_TO_MOVES] / 100.0 * lagged(signals, year, G_TAX, TAX_LAGS)
    collapse = effects[COLLAPSE] / 100.0 * lagged(signals, year, G_STATUTORY, COLLAPSE_LAGS)
    jobs_in = effects[JOBS_TO_IN_FLOW] * lagged(signals, year, G_JOBS, JOBS_IN_LAGS)
    jobs_out = effects[JOBS_TO_OUT_FLOW] * lagged(signals, year, G_JOBS, JOBS_OUT_LAGS)
    unemployment = effects[UNEMPLOYMENT_TO_IN_FLOW] * lagged(signals, year, G_UNEMPLOYMENT, UNEMPLOYMENT_LAGS)
    cheap = min(MOST_CHEAP, short * effects[CHEAP_HOMES] * lagged(signals, year, G_CHEAP, CHEAP_LAGS))
    housed = lagged(signals, year, G_HOMES, HOMES_LAGS) / base[B_IN]
    held = place.owner_share * effects[LOCK_IN] * lagged(signals, year, G_FALL, FALL_LAGS)
    held = min(MOST_HELD, max(-MOST_HELD, held))
    together = index_steps(lagged(signals, year, G_COHESION, COHESION_LAGS))
    safer = index_steps(lagged(signals, year, G_SAFETY, SAFETY_LAGS))
    staying = (effects[COHESION_TO_STAY] * together + effects[SAFETY_TO_STAY] * safer) / 100.0
    integrated = effects[INTEGRATION_TO_RETENTION] / 100.0
    integrated *= lagged(signals, year, G_INTEGRATION, INTEGRATION_LAGS) * base[B_IMMIGRATION] / base[B_OUT]
    closed = -effects[CLOSURE_TO_POPULATION] / 100.0 * base[B_POPULATION] / base[B_OUT]
    closed *= lagged(signals, year, G_CLOSED, CLOSURE_LAGS)
    inward = SERVICES_INWARD * services + TAX_INWARD * tax + jobs_in + unemployment + cheap
    outward = (SERVICES_INWARD - 1.0) * services + (TAX_INWARD - 1.0) * tax + jobs_out + held
    world_in, world_out = life.multipliers[M_MOVES_IN], life.multipliers[M_MOVES_OUT]
    more_out = max(0.0, 1.0 + closed - integrated)
    moves[INWARD, :] = world_in * max(0.0, np.exp(inward) + housed)
    moves[OUTWARD, :] = world_out * np.exp(outward) * more_out
    family_in = np.exp(SERVICES_INWARD * schools - collapse)
    family_out = np.exp((SERVICES_INWARD - 1.0) * schools + collapse + staying)
    for first, last in FAMILY_AGES:
        for age in range(first, last + 1):
            moves[INWARD, age] *= family_in
            moves[OUTWARD, age] *= family_out


@compiled
def write_baseline_moves(life: Life) -> None:
    """Write the factors on the year's moves as the draw alone has them."""
    life.moves[INWARD, :] = life.multipliers[M_MOVES_IN]
    life.moves[OUTWARD, :] = life.multipliers[M_MOVES_OUT]


@compiled
def answer_births(year: int, draw: Draw, life: Life, record: Floats) -> None:
    """Multiply fertility by its answer to unemployment against the baseline."""
    seen = max(0, year - FERTILITY_LAG)
    more = record[seen, UNEMPLOYMENT_RATE] - draw.reference[seen, UNEMPLOYMENT_RATE]
    answer = draw.effects[UNEMPLOYMENT_TO_FERTILITY] * more / max(life.base[B_TFR], LEAST_TFR)
    life.multipliers[M_FERTILITY] *= max(0.0, 1.0 + answer)
