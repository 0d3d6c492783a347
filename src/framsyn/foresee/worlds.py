"""Worlds: draws of everything that a municipality cannot decide.

A world holds the country's shocks, shared by every municipality, the municipality's own persistent
deviations and small-number noise, and how large each effect of the evidence register really is. The
multipliers have mean 1, so that worlds spread around the forecast without moving it. What is drawn hangs
together: the country's cycle drives unemployment, jobs and money, and a municipality's jobs move with its
residents of the same draw.
"""

from collections.abc import Mapping

import numpy as np

from framsyn.evidence.register import effect
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.economy_draws import (
    LOCAL_ECONOMY,
    NATIONAL_ECONOMY,
    economic_parameters,
    related_normals,
    write_economy,
    write_own_money,
)
from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.forecast.draws import local_births
from framsyn.foresee.labour_draws import LabourLaw, labour_law
from framsyn.foresee.labour_market import LabourMarket, unemployment_law
from framsyn.foresee.processes import multiplier, small_numbers
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import WORLD_COLUMNS, Floats
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

COUNTRY = "country"
NATIONAL = (
    "mobility",
    "immigration",
    "emigration",
    *NATIONAL_ECONOMY,
)
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
LOCAL = (
    *WANDERING,
    *(f"count_{column}" for column in COUNTED),
    *LOCAL_ECONOMY,
)
#: Local standard deviations are stated for this size, and not scaled beyond the least.
REFERENCE_SIZE, LEAST_SIZE = 10_000.0, 100.0


def demographic_parameters(bundle: Bundle) -> dict[str, float]:
    """Parameters of the demographic shocks by name, as calibrated in the bundle."""
    return {name: float(told["value"]) for name, told in bundle.manifest["uncertainty"].items()}


def draw_worlds(
    anchor: Anchor,
    market: LabourMarket,
    labour: LabourLaw,
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
        labour: law of its labour market.
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
    related = related_normals(anchor, labour, draws, seed)
    write_economy(worlds, country, local, related, market, labour)
    write_own_money(worlds, local, economic_parameters(), relative_size(size))
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


def relative_size(size: float) -> float:
    """Residents over the size that local standard deviations are stated for."""
    return max(size, LEAST_SIZE) / REFERENCE_SIZE


def labour_law_of(m: Municipality) -> LabourLaw:
    """The law of a municipality's labour market."""
    p, relative = economic_parameters(), relative_size(float(m.population.sum()))
    return labour_law(unemployment_law(m, p), p, relative)


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
    relative = relative_size(size)
    for name, column in WANDERING.items():
        sd = p[f"{name}_sd"] * relative ** -p[f"{name}_size_exponent"]
        worlds[:, :, column] *= multiplier(local[name], p[f"{name}_persistence"], sd)
