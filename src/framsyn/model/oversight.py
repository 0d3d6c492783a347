"""What the law watches in a life's books: § 110 and the three criteria of § 118 of the Municipal Act.

The figures of the municipal group are the municipality's own, but for loans: the group's other loans stay
as they were, in real euros. Leases are left out.
"""

from framsyn.law import balance
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
    S_DEFICIT_YEARS,
    S_LIMITS_MET,
    SERVICING_COVERAGE,
    Floats,
    Place,
)
from framsyn.model.life import Life, Town

deficit_too_large = compiled(balance.deficit_too_large)
four_limits = compiled(balance.four_limits)
last_year_to_cover = compiled(balance.last_year_to_cover)
servicing_coverage = compiled(balance.servicing_coverage)
two_years_in_a_row = compiled(balance.two_years_in_a_row)

#: Columns of `LawPath.limits`.
DEFICIT, DEFICIT_BEFORE, MARGIN, TAX, DEBT, COVERAGE, INSTALMENT_YEARS = range(7)
#: What is told where there is nothing to serve, instead of infinity.
MOST_COVERAGE = 99.0


@compiled
def group_debt(row: Floats, place: Place, base: Floats) -> float:
    """Loans of the municipal group, real euros per resident."""
    return float(row[LOANS] + max(0.0, place.group_loans - place.loans) / base[B_POPULATION])


@compiled
def watch(year: int, town: Town, life: Life, record: Floats) -> None:
    """Count the years of an accumulated deficit; write the criteria met (0 or 1)."""
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
    row[FOUR_LIMITS] = 1.0 if two_years_in_a_row(met, stock[S_LIMITS_MET] > 0.0) else 0.0
    stock[S_LIMITS_MET] = 1.0 if met else 0.0
    begun = year + 1.0 - stock[S_DEFICIT_YEARS]
    late = year >= last_year_to_cover(begun, law.cover_years[year])
    row[DEFICIT_UNCOVERED] = 1.0 if late and stock[S_DEFICIT_YEARS] > 0.0 else 0.0
    too_large = deficit_too_large(
        row[ACCUMULATED_SURPLUS], before[ACCUMULATED_SURPLUS], law.limits[DEFICIT], law.limits[DEFICIT_BEFORE]
    )
    row[DEFICIT_TOO_LARGE] = 1.0 if too_large else 0.0
    row[SERVICING_COVERAGE] = min(MOST_COVERAGE, coverage)


@compiled
def assessed(row: Floats) -> bool:
    """Whether any criterion of § 118 is met, so that the state may start an assessment procedure."""
    return bool(row[DEFICIT_UNCOVERED] + row[DEFICIT_TOO_LARGE] + row[FOUR_LIMITS] > 0.0)
