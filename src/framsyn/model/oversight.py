"""What the law watches in the books, § 110 and § 118 of the Local Government Act, and the end of the road.

A criterion of § 118, or loans above what any lender has seen, begins an assessment procedure: a programme
that forces the result up, a discretionary grant now and then, and in each year a chance that the municipality
merges with a neighbour. The procedure ends when no criterion is met, loans are below the ceiling and the
result covers itself. Where the act of the mainland does not hold, there is neither: there loans above the
ceiling force the result up by themselves, since nobody lends more, and the government of the region carries
what is still short. The figures of the municipal group are the municipality's own, but for loans: the group's
other loans stay as they were, in real euros. Leases are left out.
"""

import math

import numpy as np

from framsyn.law import balance
from framsyn.model.coefficients import (
    DISCRETIONARY_CHANCE,
    DISCRETIONARY_GRANT,
    LOAN_CEILING,
    LOAN_CEILING_WIDTH,
    PROCEDURE_TO_MERGER,
)
from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    ACCUMULATED_SURPLUS,
    ANNUAL_MARGIN,
    B_POPULATION,
    DEFICIT_TOO_LARGE,
    DEFICIT_UNCOVERED,
    DEFICIT_YEARS,
    DEPRECIATION,
    FOUR_LIMITS,
    INCOME_TAX_RATE,
    INTEREST,
    LOANS,
    MERGED,
    POPULATION,
    PROCEDURE,
    RESULT,
    S_DEFICIT_YEARS,
    S_DISCRETIONARY,
    S_LIMITS_MET,
    S_MERGED,
    S_PROCEDURE,
    SERVICING_COVERAGE,
    W_DISCRETIONARY,
    W_MERGER,
    W_PROCEDURE,
    Floats,
    Place,
)
from framsyn.model.life import Draw, Life, Town

deficit_too_large = compiled(balance.deficit_too_large)
four_limits = compiled(balance.four_limits)
last_year_to_cover = compiled(balance.last_year_to_cover)
servicing_coverage = compiled(balance.servicing_coverage)
two_years_in_a_row = compiled(balance.two_years_in_a_row)

#: Columns of `LawPath.limits`.
DEFICIT, DEFICIT_BEFORE, MARGIN, TAX, DEBT, COVERAGE, INSTALMENT_YEARS = range(7)
#: What is told where there is nothing to serve, instead of infinity.
MOST_COVERAGE = 99.0
#: Residents below which a merger is twice as likely.
SMALL, SMALL_TIMES = 2000.0, 2.0


@compiled
def group_debt(row: Floats, place: Place, base: Floats) -> float:
    """Loans of the municipal group, real euros per resident."""
    return float(row[LOANS] + max(0.0, place.group_loans - place.loans) / base[B_POPULATION])


@compiled
def watch(year: int, town: Town, life: Life, record: Floats) -> None:
    """Count the years of an accumulated deficit; write the criteria met (0 or 1), where the act holds."""
    place, law, stock = town.place, town.law, life.stock
    row, before = record[year], record[year - 1]
    if row[ACCUMULATED_SURPLUS] < 0.0:
        stock[S_DEFICIT_YEARS] += 1.0
    else:
        stock[S_DEFICIT_YEARS] = 0.0
    row[DEFICIT_YEARS] = stock[S_DEFICIT_YEARS]
    debt = group_debt(row, place, life.base)
    coverage = servicing_coverage(row[ANNUAL_MARGIN], row[INTEREST], debt, law.limits[INSTALMENT_YEARS])
    met = four_limits(
        row[ANNUAL_MARGIN] / max(row[DEPRECIATION], 1.0),
        row[INCOME_TAX_RATE] - law.mean_income_tax_rate[year],
        debt / max(place.mean_group_loans, 1.0),
        coverage,
        (law.limits[MARGIN], law.limits[TAX], law.limits[DEBT], law.limits[COVERAGE]),
    )
    holds = 1.0 - place.self_governing
    row[FOUR_LIMITS] = holds if two_years_in_a_row(met, stock[S_LIMITS_MET] > 0.0) else 0.0
    stock[S_LIMITS_MET] = 1.0 if met else 0.0
    begun = year + 1.0 - stock[S_DEFICIT_YEARS]
    late = year >= last_year_to_cover(begun, law.cover_years[year])
    row[DEFICIT_UNCOVERED] = holds if late and stock[S_DEFICIT_YEARS] > 0.0 else 0.0
    too_large = deficit_too_large(
        row[ACCUMULATED_SURPLUS], before[ACCUMULATED_SURPLUS], law.limits[DEFICIT], law.limits[DEFICIT_BEFORE]
    )
    row[DEFICIT_TOO_LARGE] = holds if too_large else 0.0
    row[SERVICING_COVERAGE] = min(MOST_COVERAGE, coverage)


@compiled
def assessed(row: Floats) -> bool:
    """Whether any criterion of § 118 is met, so that the state may start an assessment procedure."""
    return bool(row[DEFICIT_UNCOVERED] + row[DEFICIT_TOO_LARGE] + row[FOUR_LIMITS] > 0.0)


@compiled
def happens(normal: float, chance: float) -> bool:
    """Whether what has a chance happens, decided by a standard normal."""
    return 0.5 * math.erfc(-normal / math.sqrt(2.0)) < chance


@compiled
def above_ceiling(row: Floats, effects: Floats) -> float:
    """Loans above the ceiling, real euros per resident."""
    return float(max(0.0, row[LOANS] - effects[LOAN_CEILING]))


@compiled
def creditors_refuse(row: Floats, effects: Floats, place: Place) -> bool:
    """Whether loans above the ceiling force the result up where no procedure exists."""
    return place.self_governing > 0.0 and above_ceiling(row, effects) > 0.0


@compiled
def begins(row: Floats, effects: Floats, world: Floats) -> bool:
    """Whether an assessment procedure begins: a criterion is met, or loans are too far above the ceiling."""
    likely = 1.0 - np.exp(-above_ceiling(row, effects) / effects[LOAN_CEILING_WIDTH])
    return bool(assessed(row) or happens(world[W_PROCEDURE], likely))


@compiled
def follow_procedure(year: int, place: Place, draw: Draw, life: Life, record: Floats) -> None:
    """Begin, go on with or end an assessment procedure; grant; merge. It bears on the years that come."""
    stock, row, effects, world = life.stock, record[year], draw.effects, draw.world[year]
    stock[S_DISCRETIONARY] = 0.0
    if place.self_governing == 0.0 and stock[S_MERGED] == 0.0:
        if stock[S_PROCEDURE] > 0.0:
            chance = effects[PROCEDURE_TO_MERGER] * (SMALL_TIMES if row[POPULATION] < SMALL else 1.0)
            covered = row[RESULT] >= 0.0 and not assessed(row)
            if happens(world[W_MERGER], chance):
                stock[S_MERGED] = 1.0
                stock[S_PROCEDURE] = 0.0
            elif covered and above_ceiling(row, effects) == 0.0:
                stock[S_PROCEDURE] = 0.0
            elif row[RESULT] < 0.0 and happens(world[W_DISCRETIONARY], effects[DISCRETIONARY_CHANCE]):
                stock[S_DISCRETIONARY] = effects[DISCRETIONARY_GRANT]
        elif begins(row, effects, world):
            stock[S_PROCEDURE] = 1.0
    if place.self_governing > 0.0:
        stock[S_PROCEDURE] = 1.0 if creditors_refuse(row, effects, place) else 0.0
    row[PROCEDURE] = stock[S_PROCEDURE]
    row[MERGED] = stock[S_MERGED]
