"""Worlds: draws of everything that a municipality cannot decide.

A world holds the country's shocks, shared by every municipality, the municipality's own persistent
deviations and small-number noise, and how large each effect of the evidence register really is. The
multipliers have mean 1, so that worlds spread around the forecast without moving it.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from framsyn.evidence.register import effect
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.processes import autoregressive, multiplier, small_numbers
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import WORLD_COLUMNS, Floats

COUNTRY = "country"
NATIONAL = (
    "fertility",
    "mortality",
    "mobility",
    "immigration",
    "emigration",
    "inflation",
    "earnings",
    "earnings_trend",
    "cost",
    "employment",
    "interest",
    "grant",
    "corporate",
)
LOCAL = (
    "local_fertility",
    "local_moves_in",
    "local_moves_out",
    "local_immigration",
    "local_employment",
    "noise_births",
    "noise_deaths",
    "noise_moves_in",
    "noise_moves_out",
    "noise_immigration",
    "noise_emigration",
)


@cache
def economic_parameters() -> Mapping[str, float]:
    """Parameters of the economic shocks by id, from `world_parameters.csv`."""
    text = files("framsyn.foresee").joinpath("world_parameters.csv").read_text("utf-8")
    return {row["id"]: float(row["value"]) for row in csv.DictReader(text.splitlines())}


def draw_worlds(
    code: str,
    expected_flows: Floats,
    demography: Mapping[str, float],
    years: int,
    draws: range,
    seed: int,
) -> Floats:
    """Worlds [draw, year, column] of one municipality; row 0 is the base year, undisturbed.

    Args:
        code: the municipality's code; its own shocks hang on it.
        expected_flows: [6] births, deaths, moves in, moves out, immigration, emigration a year.
        demography: parameters of the demographic shocks, from the bundle.
        years: years after the base year.
        draws: numbers of the draws; each is the same whatever the others are.
        seed: the seed.
    """
    country = _columns(standard_normals(seed, draws, years, NATIONAL, COUNTRY), NATIONAL)
    local = _columns(standard_normals(seed, draws, years, LOCAL, code), LOCAL)
    worlds = np.ones((len(draws), years + 1, WORLD_COLUMNS))
    _demography(worlds[:, 1:], country, local, demography, expected_flows)
    _economy(worlds, country, local, economic_parameters())
    return worlds


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


def _demography(
    worlds: Floats,
    country: Mapping[str, Floats],
    local: Mapping[str, Floats],
    p: Mapping[str, float],
    flows: Floats,
) -> None:
    def shock(name: str, normals: Floats) -> Floats:
        return multiplier(normals, p[f"{name}_persistence"], p[f"{name}_sd"])

    births, deaths, moves_in, moves_out, immigration, emigration = flows
    mobility = shock("mobility", country["mobility"])
    years = np.arange(1, worlds.shape[1] + 1)
    share = np.exp(-years / p["immigration_adjustment_years"])
    wave = share + p["immigration_long_run_factor"] * (1.0 - share)
    worlds[:, :, layout.W_FERTILITY] = (
        shock("fertility", country["fertility"])
        * shock("local_fertility", local["local_fertility"])
        * small_numbers(local["noise_births"], births)
    )
    worlds[:, :, layout.W_MORTALITY] = shock("mortality", country["mortality"]) * small_numbers(
        local["noise_deaths"], deaths
    )
    worlds[:, :, layout.W_MOVES_IN] = (
        mobility
        * shock("local_moves_in", local["local_moves_in"])
        * small_numbers(local["noise_moves_in"], moves_in)
    )
    worlds[:, :, layout.W_MOVES_OUT] = (
        mobility
        * shock("local_moves_out", local["local_moves_out"])
        * small_numbers(local["noise_moves_out"], moves_out)
    )
    worlds[:, :, layout.W_IMMIGRATION] = (
        wave
        * shock("immigration", country["immigration"])
        * shock("local_immigration", local["local_immigration"])
        * small_numbers(local["noise_immigration"], immigration)
    )
    worlds[:, :, layout.W_EMIGRATION] = shock("emigration", country["emigration"]) * small_numbers(
        local["noise_emigration"], emigration
    )


def _economy(
    worlds: Floats, country: Mapping[str, Floats], local: Mapping[str, Floats], p: Mapping[str, float]
) -> None:
    def shock(name: str, normals: Floats) -> Floats:
        return autoregressive(normals, p[f"{name}_persistence"], p[f"{name}_sd"])

    inflation = p["inflation_mean"] + shock("inflation", country["inflation"])
    trend = p["earnings_growth_mean"] + p["earnings_growth_uncertainty"] * country["earnings_trend"][:, :1]
    earnings = trend + p["earnings_growth_sd"] * country["earnings"]
    cost = p["cost_follows_earnings"] * earnings + p["cost_growth_sd"] * country["cost"]
    worlds[:, 1:, layout.W_PRICE] = np.exp(np.cumsum(inflation, axis=1))
    worlds[:, 1:, layout.W_EARNINGS] = np.exp(np.cumsum(earnings, axis=1))
    worlds[:, 1:, layout.W_COST] = np.exp(np.cumsum(cost, axis=1))
    worlds[:, 1:, layout.W_EMPLOYMENT] = np.exp(
        shock("employment", country["employment"]) + shock("local_employment", local["local_employment"])
    )
    interest = p["interest_mean"] + shock("interest", country["interest"])
    worlds[:, 0, layout.W_INTEREST] = p["interest_mean"]
    worlds[:, 1:, layout.W_INTEREST] = np.maximum(0.0, interest)
    worlds[:, 1:, layout.W_GRANT] = multiplier(country["grant"], p["grant_persistence"], p["grant_sd"])
    worlds[:, 1:, layout.W_CORPORATE] = multiplier(
        country["corporate"], p["corporate_persistence"], p["corporate_sd"]
    )
