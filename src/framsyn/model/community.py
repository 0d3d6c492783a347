"""Live together: turnout, trust, cohesion, cooperation, offences, safety, exclusion, digital reach, one year.

The evidence is weak here, so the effects are small, and their intervals hold zero or nearly so. Stocks move
slowly towards what the year's decisions and economy imply, from a start that is published or drawn.
"""

import numpy as np

from framsyn.model.coefficients import (
    COHESION_TO_EXCLUSION,
    COHESION_TO_OFFENCES,
    COHESION_TO_SAFETY,
    COMMUNITY_ADJUSTMENT,
    DIGITAL_TO_REACH,
    ENGAGEMENT_TO_COOPERATION,
    ENGAGEMENT_TO_PARTICIPATION,
    EXCLUSION_TO_COHESION,
    EXCLUSION_TO_OFFENCES,
    OFFENCES_TO_SAFETY,
    PARTICIPATION_TO_COHESION,
    PARTICIPATION_TO_TRUST,
    QUALIFICATION_TO_EXCLUSION,
    SERVICES_TO_TRUST,
    SERVICES_TO_YOUTH,
    SPENDING_TO_OFFENCES,
    TURNOUT_TO_COOPERATION,
    UNEMPLOYMENT_TO_EXCLUSION,
    UNEMPLOYMENT_TO_YOUTH,
    YOUTH_TO_OFFENCES,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ART,
    BASIC_EDUCATION,
    BASIC_ONLY,
    C_COHESION,
    C_COOPERATION,
    C_EXCLUSION,
    C_REACH,
    C_SAFETY,
    C_TRUST,
    C_TURNOUT,
    C_YOUTH,
    COHESION,
    COOPERATION,
    CULTURE,
    DIGITAL_REACH,
    EARLY_CHILDHOOD,
    EXCLUSION,
    LEVER_ENGAGEMENT,
    LEVER_SAFETY,
    LIBRARY,
    OFFENCES,
    PARTICIPATION,
    QUALITY,
    S_COHESION,
    S_COOPERATION,
    S_SAFETY,
    S_TRUST,
    S_TURNOUT,
    SAFETY_FELT,
    SPORT_YOUTH,
    TRUST,
    TURNOUT,
    UNEMPLOYMENT_RATE,
    YOUTH_OUTSIDE,
    Floats,
)
from framsyn.model.life import Draw, Life

#: Services that residents judge the municipality by.
JUDGED_BY = (EARLY_CHILDHOOD, BASIC_EDUCATION, SPORT_YOUTH)
#: Library, art and other culture, which count together as one of them.
CULTURAL = (LIBRARY, ART, CULTURE)
#: Euros per resident of engagement and of digital capital for which the register states effects.
ENGAGEMENT_UNIT, DIGITAL_UNIT = 10.0, 10.0
#: Services, spending on safety and offences are compared in steps of this many percent.
SERVICE_UNIT = 10.0
#: Index points for which the register states effects, and at which they end: 1.5 standard deviations.
INDEX_UNIT, INDEX_ENDS = 10.0, 15.0
#: An index is compared with a start of at least this.
LEAST_INDEX = 1.0


@compiled
def within(value: float) -> float:
    """The value within 0…100."""
    return min(100.0, max(0.0, value))


@compiled
def steady(points: float) -> float:
    """A change of an index in points, which does no more beyond where the effects of an index end."""
    return min(INDEX_ENDS, max(-INDEX_ENDS, points))


@compiled
def index_steps(points: float) -> float:
    """A change of an index in the steps for which the register states effects, as far as it does anything."""
    return steady(points) / INDEX_UNIT


@compiled
def judged_quality(row: Floats) -> float:
    """Change of the resources per user of everyday services since the base year, percent."""
    total, cultural = 0.0, 0.0
    for area in JUDGED_BY:
        total += row[QUALITY + area] - 100.0
    for area in CULTURAL:
        cultural += row[QUALITY + area] - 100.0
    return (total + cultural / len(CULTURAL)) / (len(JUDGED_BY) + 1)


@compiled
def more_offences(row: Floats, starts: Floats, together: float, effects: Floats) -> float:
    """Change of the offences of the year since the base year, logarithm.

    They follow low income and youth outside work and study, as Finnish municipalities have shown since the
    1990s, and perhaps cohesion (`together`, tens of index points) and what is spent on safety.
    """
    change = effects[EXCLUSION_TO_OFFENCES] * (row[EXCLUSION] - starts[C_EXCLUSION])
    change += effects[YOUTH_TO_OFFENCES] * (row[YOUTH_OUTSIDE] - starts[C_YOUTH])
    change += effects[COHESION_TO_OFFENCES] * together
    change += effects[SPENDING_TO_OFFENCES] * (row[LEVER_SAFETY] - 100.0) / SERVICE_UNIT
    return float(change / 100.0)


@compiled
def live_together(year: int, draw: Draw, life: Life, record: Floats) -> None:
    """Move the slow stocks towards what the year's decisions and economy imply; write the record."""
    starts, effects, digital, stock = draw.start, draw.effects, life.digital, life.stock
    row = record[year]
    speed = effects[COMMUNITY_ADJUSTMENT]
    engaged = (row[LEVER_ENGAGEMENT] - record[0, LEVER_ENGAGEMENT]) / ENGAGEMENT_UNIT
    out_of_work = row[UNEMPLOYMENT_RATE] - record[0, UNEMPLOYMENT_RATE]
    youth_services = (row[QUALITY + SPORT_YOUTH] - 100.0) / SERVICE_UNIT
    together = index_steps(stock[S_COHESION] - starts[C_COHESION])
    poor = starts[C_EXCLUSION] + effects[UNEMPLOYMENT_TO_EXCLUSION] * out_of_work
    poor += effects[QUALIFICATION_TO_EXCLUSION] * (row[BASIC_ONLY] - record[0, BASIC_ONLY])
    row[EXCLUSION] = within(poor * (1.0 + effects[COHESION_TO_EXCLUSION] / 100.0 * together))
    row[YOUTH_OUTSIDE] = within(
        starts[C_YOUTH]
        + effects[UNEMPLOYMENT_TO_YOUTH] * out_of_work
        + effects[SERVICES_TO_YOUTH] * youth_services
    )
    turnout = starts[C_TURNOUT] + effects[ENGAGEMENT_TO_PARTICIPATION] * engaged
    stock[S_TURNOUT] += speed * (turnout - stock[S_TURNOUT])
    voting = stock[S_TURNOUT] - starts[C_TURNOUT]
    cooperation = starts[C_COOPERATION] + effects[ENGAGEMENT_TO_COOPERATION] * engaged
    cooperation += effects[TURNOUT_TO_COOPERATION] * voting
    stock[S_COOPERATION] += speed * (cooperation - stock[S_COOPERATION])
    trust = starts[C_TRUST] + effects[PARTICIPATION_TO_TRUST] * voting
    trust += effects[SERVICES_TO_TRUST] * judged_quality(row)
    stock[S_TRUST] += speed * (trust - stock[S_TRUST])
    poorer = row[EXCLUSION] - starts[C_EXCLUSION]
    cohesion = starts[C_COHESION] + effects[PARTICIPATION_TO_COHESION] * voting
    cohesion += effects[EXCLUSION_TO_COHESION] * poorer
    stock[S_COHESION] += speed * (cohesion - stock[S_COHESION])
    safety = starts[C_SAFETY] + effects[COHESION_TO_SAFETY] * (stock[S_COHESION] - starts[C_COHESION])
    more = more_offences(row, starts, together, effects)
    row[OFFENCES] = record[0, OFFENCES] * np.exp(more)
    safety += effects[OFFENCES_TO_SAFETY] * 100.0 * more / SERVICE_UNIT
    stock[S_SAFETY] += speed * (safety - stock[S_SAFETY])
    row[TURNOUT] = within(stock[S_TURNOUT])
    row[COOPERATION] = within(stock[S_COOPERATION])
    row[QUALITY + PARTICIPATION] = 100.0 * row[COOPERATION] / max(starts[C_COOPERATION], LEAST_INDEX)
    row[TRUST] = within(stock[S_TRUST])
    row[COHESION] = within(stock[S_COHESION])
    row[SAFETY_FELT] = within(stock[S_SAFETY])
    capital = digital[year - 1] - digital[0]
    row[DIGITAL_REACH] = within(starts[C_REACH] + effects[DIGITAL_TO_REACH] * capital / DIGITAL_UNIT)
