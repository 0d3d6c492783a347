"""Worlds: draws of everything that a municipality cannot decide.

A world holds the country's shocks, shared by every municipality, the municipality's own persistent
deviations and small-number noise, and how large each effect of the evidence register really is. The
multipliers have mean 1, so that worlds spread around the forecast without moving it. What is drawn hangs
together: the country's cycle drives unemployment, jobs and money, and a municipality's jobs move with its
residents of the same draw.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.evidence.register import effect
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.forecast.draws import local_births
from framsyn.foresee.labour_draws import (
    draw_cycle,
    jobs_multiplier,
    labour_law,
    own_unemployment,
    unemployment_logit,
)
from framsyn.foresee.labour_market import LabourMarket
from framsyn.foresee.money_draws import TOGETHER, together, write_money
from framsyn.foresee.processes import multiplier, small_numbers
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import WORLD_COLUMNS, Floats
from framsyn.places.bundle import Bundle

COUNTRY = "country"
NATIONAL = (
    "mobility",
    "immigration",
    "emigration",
    "earnings_trend",
    *TOGETHER,
    "depression",
    "depression_depth",
)
#: What neighbours share, by region and sub-region.
SHARED = ("shared_unemployment",)
#: Local levels that wander, and the world columns that they multiply.
WANDERING = {
    "local_moves_in": layout.W_MOVES_IN,
    "local_moves_out": layout.W_MOVES_OUT,
    "local_immigration": layout.W_IMMIGRATION,
}
#: Flows with small-number noise, in the order of the kernel's flows, and their columns.
COUNTED = (
    layout.W_FERTILITY,
    layout.W_MORTALITY,
    layout.W_MOVES_IN,
    layout.W_MOVES_OUT,
    layout.W_IMMIGRATION,
    layout.W_EMIGRATION,
)
#: What wanders in a municipality's own economy, and the columns that it multiplies.
OWN = {
    "local_cost": layout.W_LOCAL_COST,
    "local_income": layout.W_LOCAL_INCOME,
}
LOCAL = (
    *WANDERING,
    *(f"count_{column}" for column in COUNTED),
    "local_unemployment",
    "local_jobs",
    *OWN,
    "one_off",
)
#: Local standard deviations are stated for this size, and not scaled beyond the least.
REFERENCE_SIZE, LEAST_SIZE = 10_000.0, 100.0


class Moved(NamedTuple):
    """Standard normals [draw, year] that a municipality shares with its neighbours or its own residents."""

    region: Floats
    subregion: Floats | None
    residents: Floats


@cache
def economic_parameters() -> Mapping[str, float]:
    """Parameters of the economic shocks by id, from `world_parameters.csv`."""
    return {row["id"]: float(row["value"]) for row in rows("framsyn.foresee", "world_parameters.csv")}


def demographic_parameters(bundle: Bundle) -> dict[str, float]:
    """Parameters of the demographic shocks by name, as calibrated in the bundle."""
    return {name: float(told["value"]) for name, told in bundle.manifest["uncertainty"].items()}


def draw_worlds(
    anchor: Anchor,
    market: LabourMarket,
    size: float,
    expected_flows: Floats,
    demography: Mapping[str, float],
    draws: range,
    seed: int,
) -> tuple[Floats, Floats]:
    """Worlds [draw, year, column] of one municipality, and the totals [draw, year] of the forecast in them.

    Row 0 is the base year, undisturbed. The tilt to the totals is left at 1: `model.kernel.anchor` sets it.

    Args:
        anchor: the municipality's forecast; fertility and mortality of the country are its draws.
        market: where its unemployment and the country's stand at the base year.
        size: residents; local deviations are larger where there are few.
        expected_flows: [6] births, deaths, moves in, moves out, immigration, emigration a year.
        demography: parameters of the demographic shocks, from the bundle.
        draws: numbers of the draws; each is the same whatever the others are.
        seed: the seed.
    """
    years, code = len(anchor.totals), anchor.code
    country = _columns(standard_normals(seed, draws, years, NATIONAL, COUNTRY), NATIONAL)
    local = _columns(standard_normals(seed, draws, years, LOCAL, code), LOCAL)
    worlds = np.ones((len(draws), years + 1, WORLD_COLUMNS))
    shared = anchor.shared(draws, seed)
    births = local_births(float(expected_flows[0]), code, draws, seed)
    worlds[:, 1:, layout.W_FERTILITY] *= shared.fertility * births[:, None]
    worlds[:, 1:, layout.W_MORTALITY] *= shared.mortality
    _national_demography(worlds[:, 1:], country, demography)
    _local_demography(worlds[:, 1:], local, demography, size)
    for column, expected in zip(COUNTED, expected_flows, strict=True):
        worlds[:, 1:, column] *= small_numbers(local[f"count_{column}"], float(expected))
    moved = _moved(anchor, market, draws, seed, years)
    relative = max(size, LEAST_SIZE) / REFERENCE_SIZE
    _economy(worlds, country, local, market, moved, economic_parameters(), relative)
    totals = np.full((len(draws), years + 1), size)
    totals[:, 1:] = anchor.drawn_totals(shared, draws, seed)
    return worlds, totals


def draw_effects(draws: range, seed: int) -> Floats:
    """How large each effect is in each world: [draw, coefficient], from the register's priors."""
    normals = standard_normals(seed, draws, 1, COEFFICIENTS, COUNTRY)[:, 0]
    values = np.empty_like(normals)
    for column, identity in enumerate(COEFFICIENTS):
        prior = effect(identity)
        values[:, column] = [prior.at(float(z)) for z in normals[:, column]]
    return values


def _columns(normals: Floats, names: tuple[str, ...]) -> dict[str, Floats]:
    return {name: np.ascontiguousarray(normals[:, :, i]) for i, name in enumerate(names)}


def _national_demography(worlds: Floats, country: Mapping[str, Floats], p: Mapping[str, float]) -> None:
    """Multiply `worlds` [draw, year, column] by the country's demographic shocks, each of mean 1."""

    def shock(name: str) -> Floats:
        return multiplier(country[name], p[f"{name}_persistence"], p[f"{name}_sd"])

    mobility = shock("mobility")
    worlds[:, :, layout.W_MOVES_IN] *= mobility
    worlds[:, :, layout.W_MOVES_OUT] *= mobility
    worlds[:, :, layout.W_IMMIGRATION] *= immigration_path(worlds.shape[1], p) * shock("immigration")
    worlds[:, :, layout.W_EMIGRATION] *= shock("emigration")


def immigration_path(years: int, demography: Mapping[str, float]) -> Floats:
    """Factor [year] on base-year immigration: from today's wave towards the long-run level."""
    left = np.exp(-np.arange(1.0, years + 1.0) / demography["immigration_adjustment_years"])
    path: Floats = left + demography["immigration_long_run_factor"] * (1.0 - left)
    return path


def _local_demography(
    worlds: Floats, local: Mapping[str, Floats], p: Mapping[str, float], size: float
) -> None:
    """Multiply `worlds` by the municipality's own wandering levels, wider where it is small."""
    relative = max(size, LEAST_SIZE) / REFERENCE_SIZE
    for name, column in WANDERING.items():
        sd = p[f"{name}_sd"] * relative ** -p[f"{name}_size_exponent"]
        worlds[:, :, column] *= multiplier(local[name], p[f"{name}_persistence"], sd)


def _economy(
    worlds: Floats,
    country: Mapping[str, Floats],
    local: Mapping[str, Floats],
    market: LabourMarket,
    moved: Moved,
    p: Mapping[str, float],
    relative: float,
) -> None:
    """Write the economic columns; `relative` is the municipality's size over the reference size."""
    shocks = together(country)
    law = labour_law(p, relative)
    cycle = draw_cycle(law, market, shocks["cycle"], country["depression"], country["depression_depth"])
    write_money(worlds, p, shocks, country["earnings_trend"][:, :1], cycle)
    own = own_unemployment(law, market, moved.region, moved.subregion, local["local_unemployment"])
    worlds[:, 0, layout.W_UNEMPLOYMENT] = market.base
    worlds[:, 1:, layout.W_UNEMPLOYMENT] = unemployment_logit(market, cycle, own)
    worlds[:, 1:, layout.W_JOBS] = jobs_multiplier(law, market, cycle, local["local_jobs"], moved.residents)
    for name, column in OWN.items():
        sd = p[f"{name}_sd"] * relative ** -p[f"{name}_size_exponent"]
        worlds[:, 1:, column] = multiplier(local[name], p[f"{name}_persistence"], sd)
    worlds[:, 0, layout.W_ONE_OFF] = 0.0
    one_off = p["one_off_sd"] * relative ** -p["one_off_size_exponent"]
    worlds[:, 1:, layout.W_ONE_OFF] = one_off * local["one_off"]


def _moved(anchor: Anchor, market: LabourMarket, draws: range, seed: int, years: int) -> Moved:
    def shared(area: str) -> Floats:
        return standard_normals(seed, draws, years, SHARED, area)[:, :, 0]

    return Moved(
        shared(f"region {market.region}"),
        shared(f"subregion {market.subregion}") if market.subregion else None,
        anchor.own_innovations(draws, seed),
    )
