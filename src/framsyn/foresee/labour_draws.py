"""Draws of the labour market: the country's cycle, the municipality's unemployment and its jobs.

One cycle drives both: L_it = m_i + b_i · (N_t + C_t) + x_it is the logit of unemployment, with N the
country's second-order cycle, C a depression and x the municipality's own deviation; jobs fall by what the
country's unemployment rises, and wander by themselves together with the residents of the same draw.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.foresee.crisis import CrisisLaw
from framsyn.foresee.labour_market import LabourMarket, UnemploymentLaw
from framsyn.foresee.processes import (
    autoregressive,
    centred_walk,
    companions,
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
    """Law of the labour market's draws, for a municipality of one size.

    Attributes:
        unemployment: of the country's cycle and the own deviation.
        crisis: of depressions.
        okun: points of the country's unemployment that go with one per cent fewer jobs.
        jobs_persistence: part of a deviation of jobs that is left a year later.
        jobs_sd: standard deviation of what a year brings to ln jobs.
        jobs_with_residents: its correlation with what that and the next years bring to residents.
        residents_years: how many years these are.
    """

    unemployment: UnemploymentLaw
    crisis: CrisisLaw
    okun: float
    jobs_persistence: float
    jobs_sd: float
    jobs_with_residents: float
    residents_years: int


def labour_law(unemployment: UnemploymentLaw, p: Mapping[str, float], relative: float) -> LabourLaw:
    """The law from that of unemployment and the parameters by id of `world_parameters.csv`.

    `relative` is the municipality's size, residents over the reference size.
    """
    return LabourLaw(
        unemployment=unemployment,
        crisis=crisis_law(p),
        okun=p["unemployment_per_jobs"],
        jobs_persistence=p["local_jobs_persistence"],
        jobs_sd=p["local_jobs_sd"] * relative ** -p["local_jobs_size_exponent"],
        jobs_with_residents=p["local_jobs_with_residents"],
        residents_years=int(p["local_jobs_residents_years"]),
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
    own = law.unemployment
    swing = second_order(shocks, own.lags, own.innovation, market.national, market.national_before)
    return Cycle(swing, law.crisis.paths(begins, depth))


def own_unemployment(law: UnemploymentLaw, market: LabourMarket, area: Floats, own: Floats) -> Floats:
    """The municipality's deviation x [draw, year], logits, from standard normals [draw, year].

    Args:
        law: the law.
        market: the base year.
        area: of its area: those who share a part of what each year brings.
        own: its own.
    """
    normals = np.sqrt(law.shared) * area + np.sqrt(1.0 - law.shared) * own
    deviation = autoregressive(normals, law.local_persistence, law.local_innovation)
    left = law.local_persistence ** np.arange(1.0, own.shape[1] + 1.0)
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
    """Multiplier [draw, year], mean 1, of the jobs that are not the municipality's own: see `own_jobs`."""
    return np.exp(own_jobs(law, own, residents) + country_jobs(law, market, cycle))


def own_jobs(law: LabourLaw, own: Floats, residents: Floats) -> Floats:
    """Logarithm [draw, year] of the municipality's jobs against the country's; exp of it has mean 1.

    Args:
        law: the law.
        own: standard normals [draw, year] of the jobs alone.
        residents: standard normals [draw, year] of what each year brings to the residents' total, over
            `residents_years` − 1 years more: residents follow jobs in the years after.
    """
    normals = companions(residents, own, law.jobs_with_residents, law.residents_years)
    return centred_walk(normals, law.jobs_persistence, law.jobs_sd)


def country_jobs(law: LabourLaw, market: LabourMarket, cycle: Cycle) -> Floats:
    """Logarithm [draw, year] of the country's jobs against the expected; exp of it has mean 1."""
    years, own = cycle.swing.shape[1], law.unemployment
    slope = jobs_per_logit(law, market)
    expected = second_order_mean(years, own.lags, market.national, market.national_before)
    variance = second_order_variance(years, own.lags, own.innovation)
    centre = 0.5 * slope**2 * variance + law.crisis.log_mean(years, slope)
    return np.asarray(slope * (cycle.swing - expected + cycle.depression) - centre)


def expected_recovery(law: LabourLaw, market: LabourMarket, years: int) -> Floats:
    """Factor [year] from the base year on by which jobs are expected to recover as the cycle reverts."""
    lags = law.unemployment.lags
    path = second_order_mean(years, lags, market.national, market.national_before)
    reverted = np.concatenate([[market.national], path]) - market.national
    return np.exp(jobs_per_logit(law, market) * reverted)
