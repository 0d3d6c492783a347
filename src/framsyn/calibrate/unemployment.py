"""Usual unemployment of each municipality, its loading on the national cycle, and the law of both."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.economy_history import Parameter
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, FactTable, column, fact_table
from framsyn.calibrate.places import Places, open_places
from framsyn.calibrate.unemployment_cycle import Cycle, fitted_cycle
from framsyn.calibrate.unemployment_local import (
    CLASSES,
    FEW,
    LocalLaw,
    fitted_law,
    means_of,
    posterior,
)
from framsyn.calibrate.unemployment_panel import UnemploymentPanel, national_series, unemployment_panel
from framsyn.datafile import rows
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def unemployment_facts(tables: Tables, population: Floats) -> FactTable:
    """Usual logit of the unemployment rate and loading on the national cycle.

    Args:
        tables: the folder of tables; uses `unemployment_monthly` and `unemployment` where they are.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    panel = unemployment_panel(places)
    cycle, law = laws(places, panel)
    if panel is None:
        level = np.full(len(places.codes), cycle.mean)
        return _facts(level, np.ones(len(level)), np.zeros(len(level), dtype=np.bool_))
    deviation = panel.national_logit - cycle.mean
    first = _first_levels(panel, deviation, cycle.mean)
    usual = means_of(first, region_index(places))
    usual_sd = float(np.std(first - usual))
    found, own = posterior(
        panel.years, panel.logit, deviation, panel.unemployed, places.size, usual, usual_sd, law
    )
    return _facts(found[:, 0], found[:, 1], own)


def unemployment_parameters(tables: Tables, population: Floats) -> dict[str, Parameter]:
    """The national cycle, its state at the base year, and the law of local deviations, by name.

    Args:
        tables: the folder of tables.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    panel = unemployment_panel(places)
    cycle, law = fitted(places, panel)
    values = {**_cycle_values(cycle), **_law_values(law)}
    return {
        name: replace(one, value=values[name])
        if name in values
        else replace(one, status="assumed", method=f"Finland's value, tables lacking. {one.method}")
        for name, one in defaults().items()
    }


def laws(places: Places, panel: UnemploymentPanel | None) -> tuple[Cycle, LocalLaw]:
    """The fitted cycle and local law; where tables lack, Finland's."""
    cycle, law = fitted(places, panel)
    value = {name: one.value for name, one in defaults().items()}
    if cycle is None:
        cycle = Cycle(
            value["unemployment_mean"],
            value["unemployment_first_lag"],
            value["unemployment_second_lag"],
            value["unemployment_innovation_sd"],
            *(0.0,) * 4,
            value["unemployment_state"],
            value["unemployment_state_before"],
        )
    if law is None:
        law = LocalLaw(
            value["unemployment_local_persistence"],
            0.0,
            np.array([value[f"unemployment_local_innovation_sd_{one}"] for one in range(1, CLASSES + 1)]),
            value["unemployment_shared_in_sub_region"],
            value["unemployment_shared_in_region"],
            value["unemployment_loading_sd"],
        )
    return cycle, law


def fitted(places: Places, panel: UnemploymentPanel | None) -> tuple[Cycle | None, LocalLaw | None]:
    """What the tables show of the cycle and of local deviations; None where they are too few."""
    if panel is None:
        return None, None
    cycle = fitted_cycle(*national_series(panel))
    if cycle is None:
        return None, None
    deviation = panel.national_logit - cycle.mean
    many = np.nanmean(panel.unemployed, axis=1) >= FEW
    logit = np.where(many[:, None], panel.logit, np.nan)
    law = fitted_law(
        panel.years, logit, deviation, places.size, region_index(places), sub_region_index(places)
    )
    return cycle, law


def defaults() -> Mapping[str, Parameter]:
    """The parameters by name, from `unemployment.csv`: what Finland's tables gave."""
    return {
        row["id"]: Parameter(
            row["id"], float(row["value"]), row["unit"], row["status"], row["source"], row["method"]
        )
        for row in rows("framsyn.calibrate", "unemployment.csv")
    }


def region_index(places: Places) -> Ints:
    """[P] index of the region."""
    return np.unique(np.array(places.regions), return_inverse=True)[1].reshape(-1).astype(np.int64)


def sub_region_index(places: Places) -> Ints:
    """[P] index of the sub-region; of the region where the table has none."""
    frame = places.tables.need("municipalities").sort("code")
    if "subregion_code" not in frame.columns or frame["subregion_code"].null_count():
        return region_index(places)
    codes = np.array(frame["subregion_code"].to_list())
    return np.unique(codes, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _first_levels(panel: UnemploymentPanel, deviation: Floats, mean: float) -> Floats:
    """[P] mean logit less the cycle over the years published; the country's mean where there are none."""
    apart = panel.logit - deviation
    available = np.isfinite(apart)
    total = np.where(available, apart, 0.0).sum(axis=1)
    found: Floats = np.divide(
        total, available.sum(axis=1), out=np.full(len(total), mean), where=available.any(axis=1)
    )
    return found


def _facts(level: Floats, loading: Floats, own: NDArray[np.bool_]) -> FactTable:
    status = np.where(own, ESTIMATED, ASSUMED).astype(np.uint8)
    return fact_table(
        {"unemployment_usual_logit": column(level, status), "unemployment_loading": column(loading, status)}
    )


def _cycle_values(cycle: Cycle | None) -> dict[str, float]:
    if cycle is None:
        return {}
    return {
        "unemployment_mean": cycle.mean,
        "unemployment_mean_se": cycle.mean_se,
        "unemployment_first_lag": cycle.first,
        "unemployment_first_lag_se": cycle.first_se,
        "unemployment_second_lag": cycle.second,
        "unemployment_second_lag_se": cycle.second_se,
        "unemployment_innovation_sd": cycle.innovation,
        "unemployment_innovation_sd_se": cycle.innovation_se,
        "unemployment_state": cycle.state,
        "unemployment_state_before": cycle.before,
    }


def _law_values(law: LocalLaw | None) -> dict[str, float]:
    if law is None:
        return {}
    return {
        "unemployment_local_persistence": law.persistence,
        "unemployment_local_persistence_se": law.persistence_se,
        "unemployment_shared_in_sub_region": law.shared,
        "unemployment_shared_in_region": law.shared_in_region,
        "unemployment_loading_sd": law.loading_sd,
        **{
            f"unemployment_local_innovation_sd_{one}": float(sd)
            for one, sd in enumerate(law.innovation, start=1)
        },
    }
