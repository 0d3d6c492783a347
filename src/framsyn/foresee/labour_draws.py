"""Draws of the labour market: the country's cycle, the municipality's unemployment and its jobs.

One cycle drives both: L_it = m_i + b_i · (N_t + C_t) + x_it is the logit of unemployment, with N the
country's second-order cycle, C a depression and x the municipality's own deviation; jobs fall by what the
country's unemployment rises, and wander by themselves together with the residents of the same draw.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.foresee.crisis import CrisisLaw
from framsyn.foresee.labour_market import LabourMarket
from framsyn.foresee.processes import (
    autoregressive,
    centred_walk,
    second_order,
    second_order_mean,
    second_order_variance,
)
from framsyn.model.layout import Floats


class Cycle(NamedTuple):
    """The country's deviation from its usual unemployment, logits: [draw, year] from the first year on."""

    swing: Floats
    depression: Floats

    @property
    def total(self) -> Floats:
        """Both together."""
        return self.swing + self.depression


class LabourLaw(NamedTuple):
    """Parameters of the labour market's draws, from `world_parameters.csv`; sd for its size."""

    cycle_weights: tuple[float, float]
    cycle_sd: float
    crisis: CrisisLaw
    own_persistence: float
    own_sd: float
    region_share: float
    subregion_share: float
    okun: float
    jobs_persistence: float
    jobs_sd: float
    jobs_with_people: float


def labour_law(p: Mapping[str, float], relative: float) -> LabourLaw:
    """The law for a municipality of `relative` size, residents over the reference size."""
    return LabourLaw(
        cycle_weights=(p["unemployment_cycle_last"], p["unemployment_cycle_next_to_last"]),
        cycle_sd=p["unemployment_cycle_sd"],
        crisis=crisis_law(p),
        own_persistence=p["local_unemployment_persistence"],
        own_sd=p["local_unemployment_sd"] * relative ** -p["local_unemployment_size_exponent"],
        region_share=p["local_unemployment_region_share"],
        subregion_share=p["local_unemployment_subregion_share"],
        okun=p["unemployment_per_jobs"],
        jobs_persistence=p["local_jobs_persistence"],
        jobs_sd=p["local_jobs_sd"] * relative ** -p["local_jobs_size_exponent"],
        jobs_with_people=p["local_jobs_with_residents"],
    )


def crisis_law(p: Mapping[str, float]) -> CrisisLaw:
    """The law of depressions from the parameters by id."""
    return CrisisLaw(
        hazard=p["depression_hazard"],
        build_years=int(p["depression_build_years"]),
        size=p["depression_size"],
        size_sd=p["depression_size_sd"],
        persistence=p["depression_persistence"],
    )


def draw_cycle(law: LabourLaw, market: LabourMarket, shocks: Floats, begins: Floats, depth: Floats) -> Cycle:
    """The country's cycle, the same for every municipality, from standard normals [draw, year]."""
    swing = second_order(shocks, law.cycle_weights, law.cycle_sd, market.national, market.national_before)
    return Cycle(swing, law.crisis.paths(begins, depth))


def own_unemployment(
    law: LabourLaw, market: LabourMarket, region: Floats, subregion: Floats | None, own: Floats
) -> Floats:
    """The municipality's deviation x [draw, year], logits, from standard normals [draw, year].

    A part of what each year brings is the region's and a part the sub-region's, where that is known.
    """
    shared = law.region_share + (0.0 if subregion is None else law.subregion_share)
    normals = np.sqrt(law.region_share) * region + np.sqrt(1.0 - shared) * own
    if subregion is not None:
        normals += np.sqrt(law.subregion_share) * subregion
    deviation = autoregressive(normals, law.own_persistence, law.own_sd)
    left = law.own_persistence ** np.arange(1.0, own.shape[1] + 1.0)
    return np.asarray(deviation + market.own * left)


def unemployment_logit(market: LabourMarket, cycle: Cycle, own: Floats) -> Floats:
    """Logit [draw, year] of the unemployment rate of the baseline course."""
    return np.asarray(market.mean + market.loading * cycle.total + own)


def jobs_per_logit(law: LabourLaw, market: LabourMarket) -> float:
    """Change of ln jobs of the country per logit of its unemployment, < 0.

    A logit is u·(1 − u) of the rate at its usual level, and `okun` points of it go with 1 % of the jobs.
    """
    usual = 1.0 / (1.0 + np.exp(-market.country_mean))
    return float(-usual * (1.0 - usual) / law.okun)


def jobs_multiplier(
    law: LabourLaw, market: LabourMarket, cycle: Cycle, own: Floats, residents: Floats
) -> Floats:
    """Multiplier [draw, year], mean 1, of the jobs that are not the municipality's own.

    Args:
        law: the law.
        market: the base year.
        cycle: the country's.
        own: standard normals [draw, year] of the jobs alone.
        residents: standard normals [draw, year] of what each year brought to the residents' total.
    """
    together = law.jobs_with_people
    normals = together * residents + np.sqrt(1.0 - together**2) * own
    walk = centred_walk(normals, law.jobs_persistence, law.jobs_sd)
    return np.exp(walk + country_jobs(law, market, cycle))


def country_jobs(law: LabourLaw, market: LabourMarket, cycle: Cycle) -> Floats:
    """Logarithm [draw, year] of the country's jobs against the expected; exp of it has mean 1."""
    years = cycle.swing.shape[1]
    slope = jobs_per_logit(law, market)
    expected = second_order_mean(years, law.cycle_weights, market.national, market.national_before)
    variance = second_order_variance(years, law.cycle_weights, law.cycle_sd)
    centre = 0.5 * slope**2 * variance + law.crisis.log_mean(years, slope)
    return np.asarray(slope * (cycle.swing - expected + cycle.depression) - centre)


def expected_recovery(law: LabourLaw, market: LabourMarket, years: int) -> Floats:
    """Factor [year] from the base year on by which jobs are expected to recover as the cycle reverts."""
    path = second_order_mean(years, law.cycle_weights, market.national, market.national_before)
    reverted = np.concatenate([[market.national], path]) - market.national
    return np.exp(jobs_per_logit(law, market) * reverted)
