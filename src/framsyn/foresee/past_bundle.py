"""The bundle as it would have stood at the end of an earlier year, of what was known then.

People, their rates and how far these wander, the forecast and the accounts come from rows dated until that
year. What has no date, or does not touch people, is the given bundle's: names, the tax profile, community
facts, and how jobs follow residents. Law of later years is known to the lives; it touches money alone.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.accounts_start import AccountsStart, start_from_accounts
from framsyn.calibrate.build import demographic_arrays, demographic_rates, told
from framsyn.calibrate.mover_pool import POOL_YEARS, decaying_path
from framsyn.calibrate.setting import TableSource, open_setting
from framsyn.calibrate.uncertainty import as_values, uncertainty
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.anchor import YEARS
from framsyn.foresee.forecast.anchor_build import forecast_arrays
from framsyn.foresee.forecast.forecast import fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.hindcast import one_off_items, usual_investment
from framsyn.law import grants
from framsyn.law.parameters import Law
from framsyn.model.layout import Floats
from framsyn.places.bundle import Bundle, make_bundle
from framsyn.places.tables import Tables

Arrays = dict[str, NDArray[Any]]


class Until(TableSource):
    """Tables without any row dated after a year.

    A table without dates is given as it is only where it tells what does not change (`LASTING`).
    """

    LASTING = ("municipalities",)

    def __init__(self, tables: TableSource, year: int) -> None:
        self.tables = tables
        self.last = year

    def get(self, name: str) -> pl.DataFrame | None:
        """The rows of the table until the year; None where there are none, or where none has a date."""
        frame = self.tables.get(name)
        if frame is None or name in self.LASTING:
            return frame
        if "year" not in frame.columns:
            return None
        kept = frame.filter(pl.col("year") <= self.last)
        return None if kept.is_empty() else kept

    def need(self, name: str) -> pl.DataFrame:
        """The rows of the table until the year; FramsynError where there are none."""
        frame = self.get(name)
        if frame is None:
            raise FramsynError("The table {table} has no rows until {year}.", table=name, year=self.last)
        return frame


def past_bundle(tables: Tables, year: int, bundle: Bundle) -> Bundle:
    """The bundle of an earlier year.

    Args:
        tables: the folder of tables.
        year: a year of the accounts and of the population by single year of age.
        bundle: the bundle whose undated parts are kept; of the same municipalities.

    Raises:
        FramsynError: the year has no accounts, or the tables none of its population.
    """
    history = read_history(tables, year)
    forecast = fit_forecast(history, region_codes(tables), YEARS)
    people = forecast.past.base_structure
    setting = open_setting(Until(tables, year), people, year)
    rates, _, _ = demographic_rates(setting)
    parameters = uncertainty(setting)
    values = as_values(parameters)
    path = decaying_path(
        POOL_YEARS, values["immigration_long_run_factor"], values["immigration_adjustment_years"]
    )
    start = start_from_accounts(tables, year)
    arrays, section = forecast_arrays(forecast)
    facts = _facts(start, bundle)
    money, national = _country(start, people, bundle)
    known = bundle["history_years"] <= year
    made = {
        **bundle.arrays,
        **demographic_arrays(rates, path),
        **arrays,
        **money,
        "facts": facts,
        "history_years": bundle["history_years"][known],
        "history_population": bundle["history_population"][:, known],
    }
    manifest = {
        **bundle.manifest,
        "base_year": year,
        "uncertainty": {one.name: told(one) for one in parameters},
        "forecast": section,
        "national": {**bundle.manifest["national"], **national},
    }
    return make_bundle(made, manifest)


def _facts(start: AccountsStart, bundle: Bundle) -> Floats:
    """[P, F] the bundle's facts, with those that the accounts of the year tell in their place."""
    ids = list(map(str, bundle["fact_id"]))
    facts = np.array(bundle["facts"], dtype=np.float64)
    now = dict(zip(start.facts.ids, start.facts.values.T, strict=True))
    now["investment_eur"] = usual_investment(start)
    now["investment_before_sales_eur"] = now["investment_eur"]  # of a year whose sales are apart
    now["net_financial_income_eur"] = now["net_financial_income_eur"] - one_off_items(start)
    for identity, values in now.items():
        if identity in ids:
            column = ids.index(identity)
            facts[:, column] = np.where(np.isfinite(values), values, np.nan)
    return facts


def _country(start: AccountsStart, people: Floats, bundle: Bundle) -> tuple[Arrays, Mapping[str, float]]:
    """Prices of the grant, and the country's figures of the equalisation, of the year of the accounts."""
    law, year, facts = Law.standing(), start.year, start.facts
    known = np.isfinite(facts["income_tax_base_eur"]) & np.isfinite(facts["corporate_tax_eur"])
    rate, base = facts["income_tax_rate_pct"][known], facts["income_tax_base_eur"][known]
    mean_rate = float(rate @ base / base.sum())
    calculated = float(grants.calculated_tax(base, mean_rate, facts["corporate_tax_eur"][known]).sum())
    under = bundle["state_grant_by_law"]
    total = law.value("calculated_costs_eur", year).value
    prices = grants.scale_prices(law.age_prices(year), people[under].sum(axis=(0, 1)), total)
    return (
        {"grant_prices": prices.astype(np.float32)},
        {
            "equalisation_rate": mean_rate / 100.0,
            "mean_calculated_tax_eur_per_resident": calculated / float(start.size[known].sum()),
        },
    )
