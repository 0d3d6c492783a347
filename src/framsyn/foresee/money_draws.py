"""Draws of prices and money: inflation, earnings, costs, interest, grants and corporate tax, with the cycle.

What a year brings to each is correlated as `world_correlations.csv` says; a depression lowers corporate tax,
grants and real earnings beside.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from framsyn.datafile import rows
from framsyn.foresee.crisis import CrisisLaw
from framsyn.foresee.labour_draws import Cycle, crisis_law
from framsyn.foresee.processes import autoregressive, centred_walk
from framsyn.model import layout
from framsyn.model.layout import Floats

#: What is drawn together, the country's cycle first so that it is a draw of its own.
TOGETHER = ("cycle", "inflation", "earnings", "cost", "interest", "grant", "corporate")


@cache
def correlations() -> Floats:
    """[shock, shock] correlations of what a year brings, in the order of `TOGETHER`."""
    matrix = np.eye(len(TOGETHER))
    for row in rows("framsyn.foresee", "world_correlations.csv"):
        first, second = TOGETHER.index(row["first"]), TOGETHER.index(row["second"])
        matrix[first, second] = matrix[second, first] = float(row["value"])
    return matrix


@cache
def mixing() -> Floats:
    """[shock, independent normal] lower triangle that gives the correlations (Cholesky)."""
    return np.asarray(np.linalg.cholesky(correlations()))


def together(normals: Mapping[str, Floats]) -> dict[str, Floats]:
    """Correlated standard normals [draw, year] by name, from independent ones under the same names."""
    weights = mixing()
    mixed = {}
    for row, name in enumerate(TOGETHER):
        total = weights[row, row] * normals[name]
        for column in range(row):
            if weights[row, column] != 0.0:
                total += weights[row, column] * normals[TOGETHER[column]]
        mixed[name] = total
    return mixed


def write_money(
    worlds: Floats,
    p: Mapping[str, float],
    shocks: Mapping[str, Floats],
    trend: Floats,
    cycle: Cycle,
) -> None:
    """Write the country's prices and money into `worlds` [draw, year, column], from the base year on.

    Args:
        worlds: written.
        p: parameters by id, from `world_parameters.csv`.
        shocks: correlated standard normals [draw, year] by name.
        trend: standard normals [draw, 1] of the growth of earnings over all years.
        cycle: the country's.
    """
    crisis = crisis_law(p)
    inflation = p["inflation_mean"] + autoregressive(
        shocks["inflation"], p["inflation_persistence"], p["inflation_sd"]
    )
    usual = p["earnings_growth_mean"] + p["earnings_growth_uncertainty"] * trend
    growth = usual + p["earnings_growth_sd"] * shocks["earnings"]
    costs = p["cost_follows_earnings"] * growth + p["cost_growth_sd"] * shocks["cost"]
    worlds[:, 1:, layout.W_PRICE] = np.exp(np.cumsum(inflation, axis=1))
    fallen = felt(p["depression_to_earnings"], crisis, cycle)
    worlds[:, 1:, layout.W_EARNINGS] = np.exp(np.cumsum(growth, axis=1) + fallen)
    worlds[:, 1:, layout.W_COST] = np.exp(np.cumsum(costs, axis=1) + p["cost_follows_earnings"] * fallen)
    worlds[:, 0, layout.W_INTEREST] = p["interest_mean"]
    for column, name in (
        (layout.W_INTEREST, "interest"),
        (layout.W_GRANT, "grant"),
        (layout.W_CORPORATE, "corporate"),
    ):
        walk = centred_walk(shocks[name], p[f"{name}_persistence"], p[f"{name}_sd"])
        if name != "interest":
            walk += felt(p[f"depression_to_{name}"], crisis, cycle)
        worlds[:, 1:, column] = np.exp(walk)
    worlds[:, 1:, layout.W_INTEREST] *= p["interest_mean"]


def felt(loading: float, crisis: CrisisLaw, cycle: Cycle) -> Floats:
    """What a depression does to a logarithm [draw, year]; exp of it has mean 1."""
    years = cycle.depression.shape[1]
    return np.asarray(loading * cycle.depression - crisis.log_mean(years, loading))
