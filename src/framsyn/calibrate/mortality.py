"""Local mortality: regional death rates turned into cohort probabilities, scaled by local deaths.

Probabilities are for those aged a at the start of the year, as the account wants them: half of the
year is lived at age a and half at a + 1. Source of the conversion: Preston, Heuveline & Guillot
(2001), Demography, chapters 3 and 6.
"""

from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.model_schedules import model_mortality
from framsyn.calibrate.setting import (
    ASSUMED,
    ESTIMATED,
    OPEN_AGE,
    Floats,
    LocalRates,
    Setting,
    by_year,
    smooth,
)
from framsyn.calibrate.shrinkage import Shrunk, shrink_ratios

RATE_YEARS = 3
DEATH_YEARS = 6
TREND_YEARS = 30
LEAST, MOST = 1e-6, 0.9
#: Improvement fades linearly to nothing between these ages (the oldest have hardly gained).
FADE_FROM, FADE_TO = 85, 101


@dataclass(frozen=True)
class LocalMortality:
    """Mortality of every municipality.

    Attributes:
        mortality: rates [P, 2, 101], probability of dying in the year by age at its start.
        newborn: [P, 2] probability that a child born in the year dies before its end.
        improvement: [2, 101] yearly decline of ln mortality, ≥ 0.

    """

    mortality: LocalRates
    newborn: Floats
    improvement: Floats


def local_mortality(setting: Setting) -> LocalMortality:
    """Probabilities of death of every municipality; the nation gives the last published deaths."""
    rates = regional_mortality(setting)
    latest = sorted(rates)[-RATE_YEARS:]
    base = np.mean([rates[y] for y in latest], axis=0)
    level = local_level(setting, rates)
    probability = cohort_probability(base)[setting.region] * level.ratio[:, None, None]
    newborn = newborn_probability(base[..., 0])[setting.region] * level.ratio[:, None]
    scale = national_scale(setting, probability, newborn)
    rate = np.clip(probability * scale, LEAST, MOST)
    tabled = setting.tables.get("region_mortality_modelled") is not None
    note = (
        f"regional death rates of {latest[0]}–{latest[-1]} × local ratio of deaths to expected deaths "
        f"(k = {level.shape:.0f} deaths); the nation gives the last published deaths"
    )
    status = ESTIMATED if tabled else ASSUMED
    local = LocalRates(rate, level.weight, note, status)
    return LocalMortality(local, np.clip(newborn * scale, LEAST, MOST), improvement(setting, rates))


def regional_mortality(setting: Setting) -> dict[int, Floats]:
    """Death rates [R, 2, 101] by year; the model schedule in the base year where no table."""
    table = setting.tables.get("region_mortality_modelled")
    known = by_year(table, "region_code", setting.regions)
    known = {y: np.clip(m, LEAST, None) for y, m in known.items() if np.isfinite(m).all()}
    if known:
        return known
    shape = (len(setting.regions), 2, OPEN_AGE + 1)
    return {setting.base_year: np.broadcast_to(model_mortality(), shape).copy()}


def cohort_probability(rate: Floats) -> Floats:
    """Probability of dying in the year by age at its start, from death rates [..., 101] by age.

    q_a = 1 − exp(−(m_a + m_{a+1})/2); in the open age 1 − exp(−m). Those aged 0 at the start have
    already lived their first, most dangerous weeks: of m_0 they bear only the share a0 that falls
    after the year of birth.
    """
    force = rate.copy()
    force[..., :OPEN_AGE] = (rate[..., :OPEN_AGE] + rate[..., 1:]) / 2.0
    later = infant_mean_age(rate[..., 0])
    force[..., 0] = later * rate[..., 0] + rate[..., 1] / 2.0
    probability: Floats = -np.expm1(-force)
    return probability


def infant_mean_age(rate: Floats) -> Floats:
    """Mean age at death in the first year of life, years (a0), for low infant mortality.

    Andreev & Kingkade (2015), Demographic Research 33:363–390, doi:10.4054/DemRes.2015.33.13,
    mean of the sexes at rates under 0.017.
    """
    years: Floats = np.clip(0.149 - 2.04 * rate, 0.05, 0.15)
    return years


def newborn_probability(infant_rate: Floats) -> Floats:
    """Probability that a child born in the year dies before its end.

    With births spread evenly over the year, the share of infant deaths before its end is 1 − a0.
    """
    probability: Floats = -np.expm1(-infant_rate * (1.0 - infant_mean_age(infant_rate)))
    return probability


def expected_deaths(setting: Setting, year: int, rate: Floats) -> Floats:
    """[P] deaths in a year among those present at its start and those born, at rates [R, 2, 101]."""
    start = setting.structure(year - 1)
    born = setting.structure(year)[..., 0]
    among = (start * cohort_probability(rate)[setting.region]).sum(axis=(1, 2))
    total: Floats = among + (born * newborn_probability(rate[..., 0])[setting.region]).sum(axis=1)
    return total


def local_level(setting: Setting, rates: dict[int, Floats]) -> Shrunk:
    """Posterior ratio of deaths to expected deaths; without deaths everyone has the regional rate."""
    deaths = setting.component("deaths")
    years = sorted(deaths)[-DEATH_YEARS:]
    if not years:
        one = np.ones(len(setting.codes))
        return Shrunk(one, np.zeros_like(one), one, np.inf)
    nearest = {y: rates[min(rates, key=lambda known: abs(known - y))] for y in years}
    expected = {y: expected_deaths(setting, y, nearest[y]) for y in years}
    scaled = [expected[y] * deaths[y].sum() / expected[y].sum() for y in years]
    observed = np.sum([deaths[y] for y in years], axis=0)
    return shrink_ratios(observed, np.sum(scaled, axis=0), setting.size_design())


def national_scale(setting: Setting, probability: Floats, newborn: Floats) -> float:
    """Factor that makes the last published year's expected deaths equal the published ones."""
    deaths = setting.component("deaths")
    if not deaths:
        return 1.0
    year = max(deaths)
    # the local stock at the start of the year is interpolated; the nation's is known and older
    start = setting.structure(year - 1)
    start = start * (setting.national(year - 1) / np.maximum(start.sum(axis=0), 1e-9))
    born = setting.structure(year)[..., 0]
    expected = (start * probability).sum() + (born * newborn).sum()
    return float(deaths[year].sum() / expected)


def improvement(setting: Setting, rates: dict[int, Floats]) -> Floats:
    """[2, 101] yearly decline of ln mortality over the latest decades; nil where no history.

    The slope of the nation's ln death rate, smoothed over age, never negative, fading out between
    85 and 100.
    """
    years = [y for y in sorted(rates) if y > max(rates) - TREND_YEARS]
    if len(years) < 10:
        return np.zeros((2, OPEN_AGE + 1))
    people = setting.by_region(setting.population) + 1.0
    share = people / people.sum(axis=0)
    log_rate = np.log([(rates[y] * share).sum(axis=0) for y in years])
    centred = np.array(years) - np.mean(years)
    slope = np.einsum("y,ysa->sa", centred, log_rate) / (centred**2).sum()
    fade = np.clip((FADE_TO - np.arange(OPEN_AGE + 1)) / (FADE_TO - FADE_FROM), 0.0, 1.0)
    decline: Floats = np.maximum(smooth(-slope, 4), 0.0) * fade
    return decline
