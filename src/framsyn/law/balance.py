"""Balance, §§ 110 and 118 of the Municipal Act 410/2015: one municipality, plain floats.

Compiles under Numba as it stands. The § 118 figures are those of the municipal group.
"""


def last_year_to_cover(accounts_year: int, cover_years: int) -> int:
    """The year by whose end a deficit in the accounts of `accounts_year` must be covered.

    Municipal Act § 110: within `cover_years` from the start of the year after the accounts are
    confirmed, which happens in the year after `accounts_year`.
    """
    return accounts_year + 1 + cover_years


def cover_years_with_extension(cover_years: int, extension_years: int, granted: bool) -> int:
    """Years to cover a deficit, longer where the ministry has granted the extension.

    Municipal Act §§ 110 and 110 a (pandemic, in force until 31 December 2025).
    """
    return cover_years + extension_years if granted else cover_years


def deficit_uncovered(
    accumulated_surplus: float, first_deficit_year: int, year: int, cover_years: int
) -> bool:
    """Whether a deficit from `first_deficit_year` still stands at the end of its last year to cover it.

    Municipal Act §§ 110 and 118 (criterion A).
    """
    return accumulated_surplus < 0.0 and year >= last_year_to_cover(first_deficit_year, cover_years)


def deficit_too_large(surplus: float, surplus_before: float, limit: float, limit_before: float) -> bool:
    """Criterion B of § 118: accumulated deficit at or above both limits, all in EUR/resident.

    Args:
        surplus: accumulated surplus in the latest accounts (negative = deficit).
        surplus_before: the same the year before.
        limit: least deficit that counts in the latest accounts, a positive number.
        limit_before: the same the year before.
    """
    return -surplus >= limit and -surplus_before >= limit_before


def servicing_coverage(annual_margin: float, interest: float, loans: float, instalment_years: float) -> float:
    """Calculated loan-servicing coverage of § 118: (margin + interest) / (interest + loans / years).

    All in EUR, or all in EUR/resident. Infinite where there is nothing to serve.
    """
    service = interest + loans / instalment_years
    return (annual_margin + interest) / service if service > 0.0 else float("inf")


def four_limits(
    margin_to_depreciation: float,
    tax_above_mean_pp: float,
    debt_to_mean: float,
    coverage: float,
    limits: tuple[float, float, float, float],
) -> bool:
    """Criterion C of § 118 in one year; it takes two years in a row.

    Args:
        margin_to_depreciation: annual margin / depreciation; below its limit counts.
        tax_above_mean_pp: income tax rate less the weighted mean, percentage points; at or above.
        debt_to_mean: loans and leases per resident / the mean of all; at or above.
        coverage: see `servicing_coverage`; below.
        limits: the four limits in the same order.
    """
    return (
        margin_to_depreciation < limits[0]
        and tax_above_mean_pp >= limits[1]
        and debt_to_mean >= limits[2]
        and coverage < limits[3]
    )


def four_limits_until_2021(
    margin: float,
    tax_above_mean_pp: float,
    loans_to_mean: float,
    relative_indebtedness_pct: float,
    limits: tuple[float, float, float, float],
) -> bool:
    """Criterion C of § 118 as applied until 2021, in one year; it took two years in a row.

    Args:
        margin: annual margin without discretionary grant; below its limit (0) counts.
        tax_above_mean_pp: income tax rate less the weighted mean, percentage points; at or above.
        loans_to_mean: loans per resident / the mean of all, leases left out; at or above.
        relative_indebtedness_pct: percent; at or above.
        limits: the four limits in the same order.
    """
    return (
        margin < limits[0]
        and tax_above_mean_pp >= limits[1]
        and loans_to_mean >= limits[2]
        and relative_indebtedness_pct >= limits[3]
    )


def two_years_in_a_row(this_year: bool, year_before: bool) -> bool:
    """Criterion C of § 118: all four limits in the latest accounts and in those before."""
    return this_year and year_before


def may_be_assessed(uncovered: bool, too_large: bool, limits_now: bool, limits_before: bool) -> bool:
    """Whether the assessment procedure may begin: any of A, B and C. Municipal Act § 118.

    Args:
        uncovered: criterion A, see `deficit_uncovered`.
        too_large: criterion B, see `deficit_too_large`.
        limits_now: all four limits of criterion C in the latest accounts.
        limits_before: the same in the accounts before.
    """
    return uncovered or too_large or (limits_now and limits_before)
