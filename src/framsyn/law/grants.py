"""State grant for basic services, Act 618/2021: pure arithmetic on floats and arrays.

Every function that computes compiles under Numba as it stands and takes NumPy arrays element-wise.
"""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from framsyn.law.parameters import Law

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

#: Health and social care left the municipalities.
REFORM = 2023


def relative_prices() -> Floats:
    """[age 0…100] base prices since 2023 by age, EUR/resident, of which only the ratios are used.

    Decree 691/2022; from age 16 an assumption, since those prices held health and social care.
    """
    return Law.standing().age_prices(REFORM)


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


def coefficient_cost(price: float, coefficient: Number, residents: Number) -> Number:
    """Calculated cost of a criterion with a coefficient, EUR a year: price × coefficient × residents.

    Act 618/2021: unemployment § 7 and density § 11 (country = 1), remoteness § 13, job self-sufficiency
    § 14; Act 1704/2009: morbidity, until 2022.
    """
    return price * coefficient * residents


def persons_cost(price: float, persons: Number) -> Number:
    """Calculated cost of a criterion by counted persons, EUR a year: price × persons.

    Act 618/2021: speakers of foreign languages § 8, residents counted as bilingual § 9, residents of an
    archipelago municipality or of an archipelago part § 10, residents without a qualification § 12,
    speakers of Sámi § 17.
    """
    return price * persons


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


def equalisation_until_2022(own: float, mean: float, added: float, deducted: float, log_pp: float) -> float:
    """Tax-revenue equalisation of 2015–2022, EUR/resident: the deduction is lightly progressive.

    Act 1704/2009: below the mean a share of the gap is added (80 %); above it the deducted share of the
    excess is a fixed part (30 %) and the natural logarithm of the excess in percentage points.

    Args:
        own: calculated tax of the municipality, EUR/resident.
        mean: that of the country, EUR/resident.
        added: share of the gap below the mean that is added.
        deducted: fixed share of the excess above the mean that is taken.
        log_pp: percentage points per unit of ln(excess in EUR/resident).
    """
    gap = mean - own
    if gap >= 0.0:
        return gap * added
    # The logarithm of an excess below one euro would lower the share.
    return gap * (deducted + log_pp / 100.0 * math.log(max(-gap, 1.0)))


def fixed_term(residents: Number, eur_per_resident: float) -> Number:
    """Fixed-term addition (+) or deduction (−) by resident, EUR a year. Act 618/2021 § 32."""
    return residents * eur_per_resident


def grant_total(
    calculated: Number, grant_pct: float, add_ons: Number, fixed: Number, evened: Number, other: Number
) -> Number:
    """State grant for basic services, EUR a year. Act 618/2021 §§ 5, 13–17, 21 and 32.

    Args:
        calculated: calculated costs, EUR.
        grant_pct: state grant percentage.
        add_ons: remoteness, jobs, wellbeing, growth and Sámi add-ons, EUR; §§ 13–17.
        fixed: fixed-term additions and deductions, EUR; § 32.
        evened: tax-revenue equalisation, EUR.
        other: transition and other items, EUR.
    """
    return calculated * (grant_pct / 100.0) + add_ons + fixed + evened + other


def cost_of_new_tasks(costs: float, grant_pct: float, change_pp: float) -> float:
    """Cost of new tasks that the state funds in full, EUR, from the change of the grant percentage.

    With X on top of `costs`, the grant must rise by X: (costs + X) × (p + Δ) = costs × p + X, so that
    X = costs × Δ / (1 − p − Δ). Act 618/2021 § 21.

    Args:
        costs: calculated costs without the new tasks, EUR.
        grant_pct: grant percentage before the change.
        change_pp: what the new tasks raise it by, percentage points.
    """
    change = change_pp / 100.0
    return costs * change / (1.0 - grant_pct / 100.0 - change)
