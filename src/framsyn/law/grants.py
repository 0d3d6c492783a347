"""State grant for basic services, Act 618/2021: pure arithmetic on floats and arrays.

Every function that computes compiles under Numba as it stands and takes NumPy arrays element-wise.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

AGES = 101


def relative_prices() -> Floats:
    """[age 0…100] base prices of 2022 by age, EUR/resident, of which only the ratios are used.

    Decree 691/2022; from age 16 an assumption, since those prices held health and social care.
    """
    prices = np.zeros(AGES)
    for row in rows("framsyn.law", "base_prices_2022.csv"):
        prices[int(row["first_age"]) : int(row["last_age"]) + 1] = float(row["eur_per_resident"])
    return prices


def scale_prices(relative: Floats, residents: Floats, total: float) -> Floats:
    """[age] prices in the ratios of `relative` that give the country's calculated costs `total`, EUR.

    Interim method until the year's decree is loaded: the result is indicative. Act 618/2021 § 6.

    Args:
        relative: [age] prices of which only the ratios matter.
        residents: [age] residents of the country.
        total: calculated costs of the country, EUR a year.
    """
    return relative * (total / np.sum(relative * residents))


def calculated_costs(prices: Floats, residents: Floats) -> float:
    """Calculated costs by age, EUR a year: Σ price × residents over ages [age]. Act 618/2021 § 6."""
    total = 0.0
    for age in range(len(prices)):
        total += prices[age] * residents[age]
    return total


def grant_of_costs(calculated: Number, grant_pct: float) -> Number:
    """Grant for the calculated costs: grant percentage / 100 × costs, EUR. Act 618/2021 §§ 5, 21."""
    return calculated * (grant_pct / 100.0)


def calculated_tax(tax_base: Number, mean_rate_pct: float, corporate_tax: Number) -> Number:
    """Calculated tax, EUR: income tax at the country's mean rate, and corporate tax.

    The municipality's own rate does not matter. Act 618/2021, tax-revenue equalisation.
    """
    return tax_base * (mean_rate_pct / 100.0) + corporate_tax


def equalisation(own: Number, mean: float, added: float, deducted: float) -> Number:
    """Tax-revenue equalisation, EUR/resident: part of the gap is added, part of the excess deducted.

    Act 618/2021, rule from 2023 (90 % and 10 %).

    Args:
        own: calculated tax of the municipality, EUR/resident.
        mean: that of the country, EUR/resident.
        added: share of the gap below the mean that is added.
        deducted: share of the excess above the mean that is taken.
    """
    gap = mean - own
    return gap * (added * (gap > 0.0) + deducted * (gap <= 0.0))


def fixed_term(residents: Number, eur_per_resident: float) -> Number:
    """Fixed-term addition (+) or deduction (−) by resident, EUR a year. Act 618/2021 § 32."""
    return residents * eur_per_resident
