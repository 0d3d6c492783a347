"""Put the bundle together: every part of the calibration, in order, and where each figure comes from."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.community import community_facts
from framsyn.calibrate.economy import economy_facts
from framsyn.calibrate.economy_history import economy_parameters
from framsyn.calibrate.fact_table import FactTable, dictionary
from framsyn.calibrate.fertility import local_fertility, male_birth_share
from framsyn.calibrate.finance import finance_facts
from framsyn.calibrate.grant_criteria import grant_criteria_facts
from framsyn.calibrate.growth import growth_facts
from framsyn.calibrate.history import finance_history, population_history
from framsyn.calibrate.homes import homes_facts
from framsyn.calibrate.languages import language_facts
from framsyn.calibrate.long_term import long_term_facts
from framsyn.calibrate.migration import LocalMigration, local_migration
from framsyn.calibrate.mortality import local_mortality
from framsyn.calibrate.mover_pool import (
    POOL_YEARS,
    BaseRates,
    decaying_path,
    mover_pool,
    project_deterministic,
)
from framsyn.calibrate.national import grant_prices, national_figures, tax_profile, under_the_law
from framsyn.calibrate.offences import offence_facts, offence_history
from framsyn.calibrate.population import BasePopulation, base_population
from framsyn.calibrate.setting import LocalRates, Setting, open_setting
from framsyn.calibrate.short_moves import short_move_facts
from framsyn.calibrate.tiles import tiles
from framsyn.calibrate.uncertainty import as_values, uncertainty
from framsyn.calibrate.unemployment import unemployment_facts, unemployment_parameters
from framsyn.calibrate.youth_outside import youth_facts
from framsyn.places.bundle import Bundle, make_bundle
from framsyn.places.schema import schemas
from framsyn.places.tables import Tables

Arrays = dict[str, NDArray[Any]]
#: Makes the forecast's arrays and section of the manifest.
ForecastPart = Callable[[Tables, BasePopulation], tuple[Arrays, dict[str, Any]]]
#: What makes the facts of each part.
FACTS = (
    finance_facts,
    economy_facts,
    community_facts,
    homes_facts,
    growth_facts,
    short_move_facts,
    unemployment_facts,
    long_term_facts,
    offence_facts,
    language_facts,
    youth_facts,
    grant_criteria_facts,
)
NAMES = ("name_fi", "name_sv", "name_en")
REGIONS = ("region_fi", "region_sv", "region_en")


def build_bundle(
    tables: Tables, forecast: ForecastPart, progress: Callable[[], None] = lambda: None
) -> Bundle:
    """The bundle of a folder of tables.

    Args:
        tables: the folder; at the least `municipalities` and two years of `population_age_sex`.
        forecast: makes the arrays and the manifest's section of the forecast (`foresee.forecast.anchor`),
            given by the caller since that room lies above this one.
        progress: called after each part.

    Raises:
        FramsynError: a table that is needed is absent or has a mistake.

    """
    base = base_population(tables)
    progress()
    setting = open_setting(tables, base.count, base.base_year)
    rates, moves, parts = demographic_rates(setting)
    progress()
    parameters = uncertainty(setting)
    values = as_values(parameters)
    path = decaying_path(
        POOL_YEARS, values["immigration_long_run_factor"], values["immigration_adjustment_years"]
    )
    progress()
    facts = all_facts(tables, base)
    economy = economy_parameters(tables) | unemployment_parameters(tables, base.count)
    law = under_the_law(tables)
    laid = tiles(tables.need("municipalities").sort("code"))
    progress()
    forecast_arrays, forecast_manifest = forecast(tables, base)
    progress()
    arrays: Arrays = {
        **texts(tables),
        **shrinkage(moves, parts),
        **histories(tables, base),
        **demographic_arrays(rates, path),
        "tax_profile": tax_profile(tables).astype(np.float32),
        "grant_prices": grant_prices(base.base_year, base.count[law]).astype(np.float32),
        "facts": facts.values,
        "fact_status": facts.status,
        "fact_id": np.array(facts.ids),
        "state_grant_by_law": law,
        "tile_row": laid.row,
        "tile_column": laid.column,
        **forecast_arrays,
    }
    progress()
    manifest = {
        "base_year": base.base_year,
        "population": {
            "method": base.method,
            "status": "observed" if base.observed else "estimated",
            "errors": base.errors,
        },
        "rates": {name: {"note": part.note, "status": part.status} for name, part in parts.items()},
        "facts": dictionary(facts.ids),
        "national": national_figures(facts, base.count, base.base_year, law),
        "uncertainty": {one.name: told(one) for one in parameters},
        "economy": {name: told(one) for name, one in economy.items()},
        "forecast": forecast_manifest,
        "tables": tables.names(),
        "lacking": lacking(tables),
        "notes": [*base.notes, *laid.notes, *tables.notes],
    }
    return make_bundle(arrays, manifest)


def demographic_rates(setting: Setting) -> tuple[BaseRates, LocalMigration, dict[str, LocalRates]]:
    """Local rates of every municipality; its moves; and each shrunk component by name."""
    fertility = local_fertility(setting)
    mortality = local_mortality(setting)
    moves = local_migration(setting, mortality.mortality.rate)
    rates = BaseRates(
        population=setting.population,
        fertility=fertility.rate,
        male_birth_share=male_birth_share(setting),
        mortality=mortality.mortality.rate,
        mortality_newborn=mortality.newborn,
        mortality_improvement=mortality.improvement,
        out_rate=moves.out_rate.rate,
        in_count=moves.in_count.rate,
        immigration=moves.abroad.immigration.rate,
        emigration_rate=moves.abroad.emigration.rate,
    )
    return rates, moves, components(fertility, mortality.mortality, moves)


def shrinkage(moves: LocalMigration, parts: Mapping[str, LocalRates]) -> Arrays:
    """Weight of the municipality's own data in each component."""
    weights: Arrays = {f"shrinkage_{name}": part.weight.astype(np.float32) for name, part in parts.items()}
    return {**weights, "shrinkage_age_pattern": moves.net_weight.astype(np.float32)}


def components(fertility: LocalRates, mortality: LocalRates, moves: LocalMigration) -> dict[str, LocalRates]:
    """The shrunk components by name."""
    return {
        "fertility": fertility,
        "mortality": mortality,
        "out_migration": moves.out_rate,
        "in_migration": moves.in_count,
        "immigration": moves.abroad.immigration,
        "emigration": moves.abroad.emigration,
    }


def demographic_arrays(rates: BaseRates, immigration: NDArray[np.float64]) -> Arrays:
    """Population, rates and the country's own course, as stored."""
    country = project_deterministic(rates, POOL_YEARS, immigration).sum(axis=1)
    stored: Arrays = {
        name: getattr(rates, name).astype(np.float32)
        for name in (
            "fertility",
            "mortality",
            "mortality_newborn",
            "mortality_improvement",
            "out_rate",
            "in_count",
            "immigration",
            "emigration_rate",
        )
    }
    return {
        **stored,
        "population": rates.population,
        "male_birth_share": np.array(rates.male_birth_share),
        "mover_pool": mover_pool(rates, POOL_YEARS, immigration).astype(np.float32),
        "country_population": country.astype(np.float32),
    }


def texts(tables: Tables) -> Arrays:
    """Codes and names of municipalities and regions; blank where the data has none."""
    places = tables.need("municipalities").sort("code")
    plain = places["name"] if "name" in places.columns else None
    found: Arrays = {"code": column(places, "code"), "region_code": column(places, "region_code")}
    sub_region = column(places, "subregion_code")
    found["subregion_code"] = np.where(sub_region == "", found["region_code"], sub_region)
    for name in (*NAMES, *REGIONS):
        found[name] = column(places, name)
    if plain is not None and not any(name in places.columns for name in NAMES):
        found["name_en"] = column(places, "name")
    return found


def column(places: pl.DataFrame, name: str) -> NDArray[Any]:
    """A text column; blanks where it is absent or empty."""
    if name not in places.columns:
        return np.full(len(places), "", dtype="<U1")
    return np.array(places[name].fill_null("").to_list(), dtype=np.str_)


def histories(tables: Tables, base: BasePopulation) -> Arrays:
    """Population, finance and offences of earlier years; NaN where not published."""
    years, population = population_history(tables, list(base.codes))
    finance_years, margin, loans = finance_history(tables, list(base.codes))
    offence_years, offences = offence_history(tables, list(base.codes))
    return {
        "history_years": years.astype(np.int32),
        "history_population": population,
        "finance_years": finance_years.astype(np.int32),
        "history_annual_margin": margin.astype(np.float32),
        "history_loans": loans.astype(np.float32),
        "offence_years": offence_years,
        "history_offences": offences.astype(np.float32),
    }


def all_facts(tables: Tables, base: BasePopulation) -> FactTable:
    """Every part's facts of every municipality, side by side."""
    parts = [make(tables, base.count) for make in FACTS]
    return reduce(FactTable.beside, parts)


def lacking(tables: Tables) -> dict[str, str]:
    """Tables of the schema that the folder has not, and what each would improve."""
    present = {name for name in schemas() if tables.editions(name)}
    return {name: schema.improves for name, schema in schemas().items() if name not in present}


def told(parameter: Any) -> Mapping[str, Any]:
    """A parameter as plain values for the manifest."""
    return {key: value for key, value in vars(parameter).items() if key != "name"}
