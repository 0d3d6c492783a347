"""Municipal taxes: pure arithmetic on floats and arrays, compiles under Numba as it stands."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)


def income_tax(tax_base: Number, rate_pct: float) -> Number:
    """Municipal income tax, EUR a year: rate / 100 × taxed income after deductions.

    Income Tax Act 1535/1992 § 130.
    """
    return tax_base * (rate_pct / 100.0)


def income_tax_base(revenue: Number, rate_pct: Number) -> Number:
    """The base, EUR a year, on which a rate in percent (above 0) gives `revenue`."""
    return revenue / (rate_pct / 100.0)


def rate_before_2023(rate_pct: Number, cut_pp: float, mean_change_pp: float) -> Number:
    """The rate before the reform of 2023, percent: today's, plus the cut, less the mean change since.

    The cut (12.64 percentage points) was the same for every municipality of the mainland.
    """
    return rate_pct + (cut_pp - mean_change_pp)


def corporate_tax_at_share(tax: Number, share_then_pct: float, share_now_pct: float) -> Number:
    """Corporate tax under another share of the municipalities, EUR, with the same profits.

    Act on the Tax Recipients' Shares 532/1998 § 12.
    """
    return tax * (share_now_pct / share_then_pct)


def corporate_tax_factor(
    rate_pct: Number, share_pct: Number, base_rate_pct: float, base_share_pct: float
) -> Number:
    """Municipalities' corporate tax under a rate and share over that under others, same profits.

    Rate × share / (base rate × base share); Acts 1535/1992 § 124 and 532/1998 §§ 12 and 12 f.
    """
    return rate_pct * share_pct / (base_rate_pct * base_share_pct)


def corporate_tax(profits: Number, rate_pct: float, share_pct: float, own_share_pct: Number) -> Number:
    """A municipality's corporate tax, EUR a year.

    Profits taxed in the country × rate × the municipalities' share × this one's part of that share, all in
    percent. Acts 1535/1992 § 124 and 532/1998 §§ 12–13.
    """
    return profits * (rate_pct * share_pct / 10_000.0) * own_share_pct / 100.0


def rate_in_range(rate_pct: float, least_pct: float, most_pct: float) -> float:
    """The property tax rate nearest to `rate_pct` within its legal range, percent. Act 654/1992 §§ 11–14."""
    return min(max(rate_pct, least_pct), most_pct)


def property_tax(taxable_value: Number, rate_pct: float, least_pct: float, most_pct: float) -> Number:
    """Property tax, EUR a year, at the rate held within its legal range. Act 654/1992 §§ 11–14."""
    return taxable_value * (min(max(rate_pct, least_pct), most_pct) / 100.0)
