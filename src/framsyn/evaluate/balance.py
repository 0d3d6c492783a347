"""What a decline is measured by: the balance beneath today's correction, and what is owed and lacking.

A law that forces a municipality to raise its tax or cut its services moves the burden from its books to its
residents; it does not lift it. So the underlying balance is that of a year with today's tax rate, today's
spending per user and today's assets kept up, whatever has been done about it.
"""

import numpy as np

from framsyn.model.layout import (
    ADMINISTRATION,
    ANNUAL_MARGIN,
    ART,
    BASIC_EDUCATION,
    BUSINESS,
    CASH,
    CULTURE,
    DEPRECIATION,
    EARLY_CHILDHOOD,
    EMPLOYMENT,
    ENVIRONMENT,
    INCOME_TAX_BASE,
    INCOME_TAX_RATE,
    LEVER_ART,
    LEVER_BUSINESS,
    LEVER_CULTURE,
    LEVER_EDUCATION,
    LEVER_EMPLOYMENT,
    LEVER_ENGAGEMENT,
    LEVER_ENVIRONMENT,
    LEVER_LIBRARY,
    LEVER_SAFETY,
    LEVER_SAVING,
    LEVER_SPORT_YOUTH,
    LIBRARY,
    LOANS,
    POPULATION,
    REPAIR_DEBT,
    SAFETY,
    SPORT_YOUTH,
    UPPER_SECONDARY,
    Floats,
    Place,
)

PERCENT = 100.0
#: The recorded lever of each area's spending per user, percent of today's.
AMBITIONS = (
    (EARLY_CHILDHOOD, LEVER_EDUCATION),
    (BASIC_EDUCATION, LEVER_EDUCATION),
    (UPPER_SECONDARY, LEVER_EDUCATION),
    (LIBRARY, LEVER_LIBRARY),
    (ART, LEVER_ART),
    (CULTURE, LEVER_CULTURE),
    (SPORT_YOUTH, LEVER_SPORT_YOUTH),
    (ENVIRONMENT, LEVER_ENVIRONMENT),
    (SAFETY, LEVER_SAFETY),
    (BUSINESS, LEVER_BUSINESS),
    (EMPLOYMENT, LEVER_EMPLOYMENT),
)


def taken(records: Floats) -> Floats:
    """[draw, year] income tax beyond what the base year's rate would give, real euros per resident."""
    above = records[..., INCOME_TAX_RATE] - records[:, :1, INCOME_TAX_RATE]
    return np.asarray(above / PERCENT * records[..., INCOME_TAX_BASE])


def done_without(records: Floats, place: Place) -> Floats:
    """[draw, year] spending on today's users that has been saved, real euros per resident."""
    gross = (place.costs + place.incomes) / place.population.sum()
    saved = gross[ADMINISTRATION] * records[..., LEVER_SAVING] / PERCENT
    saved += records[:, :1, LEVER_ENGAGEMENT] - records[..., LEVER_ENGAGEMENT]
    for area, lever in AMBITIONS:
        saved += gross[area] * (1.0 - records[..., lever] / PERCENT)
    return np.asarray(saved)


def underlying_balance(records: Floats, place: Place) -> Floats:
    """[draw, year] result of the year with today's tax rate, spending per user and depreciation.

    Real euros per resident; that of the base year is its result. Today's depreciation stands for assets
    that are kept up, so that neglecting them is no gain.

    Args:
        records: [draw, year, indicator] of lives.
        place: the municipality at the base year.
    """
    residents = records[:, :1, POPULATION] / records[..., POPULATION]
    kept_up = records[:, :1, DEPRECIATION] * residents
    margin = records[..., ANNUAL_MARGIN]
    return np.asarray(margin - kept_up - taken(records) - done_without(records, place))


def owed_and_lacking(records: Floats) -> Floats:
    """[draw, year] loans and repair debt less cash, real euros per resident."""
    return np.asarray(records[..., LOANS] + records[..., REPAIR_DEBT] - records[..., CASH])
