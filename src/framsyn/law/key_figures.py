"""Key figures of municipal accounts: plain floats, compiles under Numba as it stands.

Formulas of the Accounting Board's guideline for municipalities, indicative until checked against it. A
ratio over nothing is infinite, and without a sign to it (0 / 0) not a number.
"""


def ratio(part: float, whole: float) -> float:
    """Part over whole; infinite with the sign of `part` where `whole` is 0, NaN where both are."""
    if whole != 0.0:
        return part / whole
    if part == 0.0:
        return float("nan")
    return float("inf") if part > 0.0 else -float("inf")


def margin_of_depreciation(annual_margin: float, depreciation: float) -> float:
    """Annual margin in percent of depreciation (vuosikate prosenttia poistoista), all in EUR."""
    return 100.0 * ratio(annual_margin, depreciation)


def self_financing(annual_margin: float, investment: float) -> float:
    """Self-financing of investment, percent: margin over own acquisition cost, all in EUR."""
    return 100.0 * ratio(annual_margin, investment)


def equity_ratio(
    equity: float,
    depreciation_difference: float,
    voluntary_reserves: float,
    minority: float,
    balance_total: float,
    advances_received: float,
) -> float:
    """Equity ratio, percent, all in EUR.

    (Equity + depreciation difference + voluntary reserves, and in a group the minority's share) over
    (balance sheet total − advances received).
    """
    own = equity + depreciation_difference + voluntary_reserves + minority
    return 100.0 * ratio(own, balance_total - advances_received)


def relative_indebtedness(
    liabilities: float, advances_received: float, operating_income: float, taxes: float, grants: float
) -> float:
    """Relative indebtedness, percent, all in EUR.

    (Liabilities − advances received) over (operating income + taxes + operating state grants).
    """
    return 100.0 * ratio(liabilities - advances_received, operating_income + taxes + grants)


def cash_days(cash: float, payments: float) -> float:
    """Days that the cash lasts: 365 × cash / the year's payments, all in EUR."""
    return 365.0 * ratio(cash, payments)
