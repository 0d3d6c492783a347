"""Live together: participation, trust, exclusion and digital reach, slow stocks, one year.

The evidence is weak here, so the effects are small, and their intervals hold zero or nearly so.
"""

from framsyn.model.coefficients import (
    COMMUNITY_ADJUSTMENT,
    DIGITAL_TO_REACH,
    ENGAGEMENT_TO_PARTICIPATION,
    PARTICIPATION_TO_TRUST,
    SERVICES_TO_TRUST,
    UNEMPLOYMENT_TO_EXCLUSION,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    AMBITION_EDUCATION,
    AMBITION_LEISURE,
    DIGITAL_REACH,
    ENGAGEMENT,
    EXCLUSION,
    PARTICIPATION,
    S_EXCLUSION,
    S_PARTICIPATION,
    S_TRUST,
    TRUST,
    UNEMPLOYMENT_RATE,
    Floats,
    Place,
)

NEUTRAL_REACH = 50.0


@compiled
def live_together(
    year: int,
    place: Place,
    effects: Floats,
    levers: Floats,
    digital: Floats,
    record: Floats,
    stock: Floats,
) -> None:
    """Move the slow stocks towards what the year's decisions and economy imply; write the record."""
    turnout = (
        place.participation
        + effects[ENGAGEMENT_TO_PARTICIPATION] * (levers[ENGAGEMENT] - place.engagement) / 10.0
    )
    stock[S_PARTICIPATION] += effects[COMMUNITY_ADJUSTMENT] * (turnout - stock[S_PARTICIPATION])
    saved = 1.0 - 0.5 * (levers[AMBITION_EDUCATION] + levers[AMBITION_LEISURE])
    trust = (
        place.trust
        + effects[PARTICIPATION_TO_TRUST] * (stock[S_PARTICIPATION] - place.participation)
        + effects[SERVICES_TO_TRUST] * 100.0 * saved
    )
    stock[S_TRUST] += effects[COMMUNITY_ADJUSTMENT] * (trust - stock[S_TRUST])
    unemployment = record[year, UNEMPLOYMENT_RATE] - record[0, UNEMPLOYMENT_RATE]
    stock[S_EXCLUSION] = place.exclusion + effects[UNEMPLOYMENT_TO_EXCLUSION] * unemployment
    reach = NEUTRAL_REACH + effects[DIGITAL_TO_REACH] / 10.0 * (digital[year] - digital[0])
    record[year, PARTICIPATION] = min(100.0, max(0.0, stock[S_PARTICIPATION]))
    record[year, TRUST] = min(100.0, max(0.0, stock[S_TRUST]))
    record[year, EXCLUSION] = min(100.0, max(0.0, stock[S_EXCLUSION]))
    record[year, DIGITAL_REACH] = min(100.0, max(0.0, reach))
