"""Figures of the whole country that every municipality's life uses: earnings by age, grant, equalisation."""

import numpy as np

from framsyn.calibrate.fact_table import FactTable
from framsyn.calibrate.setting import AGES, Floats
from framsyn.law import grants
from framsyn.law.parameters import value
from framsyn.places.tables import Tables

ADULT = 18


def tax_profile(tables: Tables) -> Floats:
    """Mean taxed earnings by age [age 0…100] over their plain mean.

    Where `earnings_by_age` is absent every adult is taken to earn the same.
    """
    table = tables.get("earnings_by_age")
    profile = np.where(np.arange(AGES) >= ADULT, 1.0, 0.0)
    if table is not None:
        ages = table["age"].to_numpy()
        profile = np.interp(np.arange(AGES), ages, table["mean_taxed_earnings_eur"].to_numpy())
    return profile / profile.mean()


def grant_prices(year: int, population: Floats) -> Floats:
    """Calculated cost of the state grant by age [age], EUR/resident, for the year's law.

    Args:
        year: base year.
        population: [P, 2, age] persons; the country's ages scale the prices to the year's total.

    """
    residents = population.sum(axis=(0, 1))
    total = value("calculated_costs_eur", year).value
    prices: Floats = grants.scale_prices(grants.relative_prices(), residents, total)
    return prices


def national_figures(facts: FactTable, population: Floats, year: int) -> dict[str, float]:
    """Grant share, equalisation and mean calculated tax, for the manifest of the bundle.

    The mean income tax rate is weighted by the municipalities' tax bases.
    """
    rate, base = column(facts, "income_tax_rate_pct"), column(facts, "income_tax_base_eur")
    mean_rate = float(rate @ base / base.sum())
    calculated = grants.calculated_tax(base, mean_rate, column(facts, "corporate_tax_eur"))
    return {
        "grant_share": value("state_grant_pct", year).value / 100.0,
        "equalisation_rate": mean_rate / 100.0,
        "equalisation_added": value("equalisation_added_share", year).value,
        "equalisation_deducted": value("equalisation_deducted_share", year).value,
        "mean_calculated_tax_eur_per_resident": float(calculated.sum() / population.sum()),
    }


def column(facts: FactTable, identity: str) -> Floats:
    """The values [P] of one fact."""
    return facts.values[:, facts.ids.index(identity)]
