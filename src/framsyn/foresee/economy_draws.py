"""Draws of the economy: unemployment, jobs, prices and money of a municipality on one national cycle."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.labour_draws import (
    Cycle,
    LabourLaw,
    draw_cycle,
    jobs_multiplier,
    own_unemployment,
    unemployment_logit,
)
from framsyn.foresee.labour_market import LabourMarket
from framsyn.foresee.money_draws import TOGETHER, together, write_money
from framsyn.foresee.processes import autoregressive, autoregressive_variance, multiplier
from framsyn.model import layout
from framsyn.model.layout import AREA_IDS, Floats

NATIONAL_ECONOMY = ("earnings_trend", *TOGETHER, "depression", "depression_depth")
#: What wanders in a municipality's own money, and the columns that it multiplies.
OWN = {"local_cost": layout.W_LOCAL_COST, "local_income": layout.W_LOCAL_INCOME}
#: What chance decides at the end of the road.
CHANCES = {
    "procedure": layout.W_PROCEDURE,
    "discretionary_grant": layout.W_DISCRETIONARY,
    "merger": layout.W_MERGER,
}
LOCAL_ECONOMY = (
    "local_unemployment",
    "local_jobs",
    *OWN,
    "one_off",
    "own_investment",
    *CHANCES,
    *(f"cost_of_{area}" for area in AREA_IDS),
)
#: Years over which the spread of areas' costs is stated.
SPREAD_YEARS = 3
#: What the municipalities of an area share.
SHARED = ("shared_unemployment",)


class Related(NamedTuple):
    """Standard normals that a municipality shares with its neighbours, and those of its residents' total.

    Attributes:
        area: [draw, year] what its area shares of unemployment.
        residents: [draw, year] what a year brings to the forecast's total; some years more.
    """

    area: Floats
    residents: Floats


class AreaSpread(NamedTuple):
    """How much an area's cost wanders: sd of its logarithm over `SPREAD_YEARS` at the reference size."""

    sd: float
    exponent: float


@cache
def area_spreads() -> Mapping[str, AreaSpread]:
    """The spread of each area's cost beside the whole's, in the order of areas, from `area_spreads.csv`."""
    told = {row["area"]: row for row in rows("framsyn.foresee", "area_spreads.csv")}
    return {area: AreaSpread(float(told[area]["sd"]), float(told[area]["exponent"])) for area in AREA_IDS}


def innovation_of(sd: float, persistence: float) -> float:
    """The yearly innovation of a first-order walk from 0 that has this sd after `SPREAD_YEARS`."""
    return sd / float(np.sqrt(autoregressive_variance(SPREAD_YEARS, persistence, 1.0)[-1]))


@cache
def economic_parameters() -> Mapping[str, float]:
    """Parameters of the economic shocks by id, from `world_parameters.csv`."""
    return {row["id"]: float(row["value"]) for row in rows("framsyn.foresee", "world_parameters.csv")}


def related_normals(anchor: Anchor, law: LabourLaw, draws: range, seed: int) -> Related:
    """The normals of a municipality's neighbours and residents in these draws."""
    years = len(anchor.totals)
    area = standard_normals(seed, draws, years, SHARED, f"area {law.unemployment.area}")[:, :, 0]
    ahead = law.residents_years - 1
    return Related(area, anchor.own_innovations(years + ahead, draws, seed))


def write_economy(
    worlds: Floats,
    country: Mapping[str, Floats],
    local: Mapping[str, Floats],
    related: Related,
    market: LabourMarket,
    law: LabourLaw,
) -> None:
    """Write unemployment, jobs, prices and the country's money into `worlds` [draw, year, column].

    Args:
        worlds: written, from the base year on.
        country: standard normals [draw, year] by name of `NATIONAL_ECONOMY`, the same everywhere.
        local: the same of `LOCAL_ECONOMY`, the municipality's own.
        related: those of its neighbours and residents.
        market: the base year of unemployment.
        law: of the labour market, for the municipality's size.
    """
    shocks = together(country)
    cycle = draw_cycle(law, market, shocks["cycle"], country["depression"], country["depression_depth"])
    write_money(worlds, economic_parameters(), shocks, country["earnings_trend"][:, :1], cycle)
    own = own_unemployment(law.unemployment, market, related.area, local["local_unemployment"])
    worlds[:, 0, layout.W_UNEMPLOYMENT] = market.base
    worlds[:, 1:, layout.W_UNEMPLOYMENT] = unemployment_logit(market, cycle, own)
    worlds[:, 1:, layout.W_COUNTRY_UNEMPLOYMENT] = country_unemployment(market, cycle)
    worlds[:, 1:, layout.W_JOBS] = jobs_multiplier(law, market, cycle, local["local_jobs"], related.residents)


def write_own_money(
    worlds: Floats, local: Mapping[str, Floats], p: Mapping[str, float], relative: float
) -> None:
    """Write the municipality's own costs, taxed income, investment, one-off items and chances into `worlds`.

    `relative` is its size over the reference size; `p` the parameters by id.
    """
    for name, column in OWN.items():
        sd = p[f"{name}_sd"] * relative ** -p[f"{name}_size_exponent"]
        worlds[:, 1:, column] = multiplier(local[name], p[f"{name}_persistence"], sd)
    for name, column in CHANCES.items():
        worlds[:, 1:, column] = local[name]
    worlds[:, 0, [layout.W_ONE_OFF, layout.W_INVESTMENT]] = 0.0
    persistence = p["own_investment_persistence"]
    lumps = p["own_investment_sd"] * relative ** -p["own_investment_size_exponent"]
    worlds[:, 1:, layout.W_INVESTMENT] = autoregressive(local["own_investment"], persistence, lumps)
    for at, (area, spread) in enumerate(area_spreads().items()):
        sd = innovation_of(spread.sd * relative**-spread.exponent, p["area_cost_persistence"])
        worlds[:, 1:, layout.W_AREA_COSTS + at] = multiplier(
            local[f"cost_of_{area}"], p["area_cost_persistence"], sd
        )
    worlds[:, 1:, layout.W_ONE_OFF] = (
        p["one_off_sd"] * relative ** -p["one_off_size_exponent"] * local["one_off"]
    )


def country_unemployment(market: LabourMarket, cycle: Cycle) -> Floats:
    """The country's rate of unemployment [draw, year] against the base year's."""
    now = 1.0 / (1.0 + np.exp(-(market.country_mean + cycle.total)))
    return np.asarray(now * (1.0 + np.exp(-(market.country_mean + market.national))))
