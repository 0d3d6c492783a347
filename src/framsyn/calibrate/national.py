"""Figures of the whole country that every municipality's life uses: earnings by age, grant, equalisation."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import FactTable
from framsyn.calibrate.setting import AGES, Floats
from framsyn.law import grants
from framsyn.law.components import calculated_parts
from framsyn.law.parameters import Law, exempt_regions, value
from framsyn.places.tables import Tables

ADULT = 18
#: How the components of the grant that go by age are named.
AGE_PARTS = "costs_age"


def tax_profile(tables: Tables) -> Floats:
    """Mean taxed earnings by age [age 0…100] over their plain mean.

    Where `earnings_by_age` is absent every adult is taken to earn the same.
    """
    table = tables.get("earnings_by_age")
    profile = np.where(np.arange(AGES) >= ADULT, 1.0, 0.0)
    if table is not None:
        ages = table["age"].to_numpy()
        profile = np.interp(np.arange(AGES), ages, table["mean_taxed_earnings_eur"].to_numpy())
    relative: Floats = profile / profile.mean()
    return relative


def grant_prices(year: int, population: Floats) -> Floats:
    """Calculated cost of the state grant by age [age], EUR/resident, for the year's law.

    The costs of the other criteria (about a sixth) are not in these prices.

    Args:
        year: base year.
        population: [P, 2, age] persons under the law; their ages scale the prices to the year's total,
            in proportion to the country's residents.

    """
    residents = population.sum(axis=(0, 1))
    parts = calculated_parts(Law.standing(), year, residents)
    by_age = sum(one.eur for one in parts if one.id.startswith(AGE_PARTS))
    total = by_age * residents.sum() / anchor("population")
    prices: Floats = grants.scale_prices(grants.relative_prices(), residents, total)
    return prices


def national_figures(
    facts: FactTable, population: Floats, year: int, under_law: NDArray[np.bool_]
) -> dict[str, float]:
    """Grant share, equalisation and mean calculated tax, for the manifest of the bundle.

    Over the municipalities to which the law applies; the mean income tax rate is weighted by tax bases.
    """
    rate, base, corporate = (
        facts[name][under_law] for name in ("income_tax_rate_pct", "income_tax_base_eur", "corporate_tax_eur")
    )
    mean_rate = float(rate @ base / base.sum())
    calculated = grants.calculated_tax(base, mean_rate, corporate)
    return {
        "grant_share": value("state_grant_pct", year).value / 100.0,
        "equalisation_rate": mean_rate / 100.0,
        "equalisation_added": value("equalisation_added_share", year).value,
        "equalisation_deducted": value("equalisation_deducted_share", year).value,
        "mean_calculated_tax_eur_per_resident": float(calculated.sum() / population[under_law].sum()),
    }


def under_the_law(tables: Tables) -> NDArray[np.bool_]:
    """[P] whether the state grant and its equalisation reach the municipality (not self-governing)."""
    regions = tables.need("municipalities").sort("code")["region_code"].to_list()
    return np.array([code not in exempt_regions() for code in regions])
