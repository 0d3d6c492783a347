"""Local fertility: regional rates by age, scaled to each municipality by its own births.

Rates are births per woman-year at completed age, for the account births = Σ f·(W_start + W_end)/2.
"""

import numpy as np
import polars as pl

from framsyn.calibrate.model_schedules import model_fertility
from framsyn.calibrate.setting import (
    AGES,
    ASSUMED,
    ESTIMATED,
    FEMALE,
    MALE,
    Floats,
    LocalRates,
    Setting,
)
from framsyn.calibrate.shrinkage import Shrunk, shrink_ratios

#: Latest years of regional rates that are averaged, and years of births that tell the local level.
RATE_YEARS = 3
BIRTH_YEARS = 6
#: Births of a region that weigh as much as the national age pattern.
PATTERN_BIRTHS = 1000.0
#: Largest ratio of an age's rate to its inner neighbour's at the young and the old end.
YOUNG_STEP, OLD_STEP = 0.55, 0.65
FERTILE = slice(15, 50)
LEAST_RATE = 1e-6


def local_fertility(setting: Setting) -> LocalRates:
    """Fertility rates [P, 101] of every municipality.

    Regional TFR and age pattern of the latest years, times the municipality's posterior ratio of
    births to expected births; the nation then gives the births published for the last year.
    """
    births = births_history(setting)
    years = sorted(births)[-BIRTH_YEARS:]
    schedules = regional_fertility(setting)
    expected = {y: expected_births(setting, schedules, y) for y in years}
    level = local_level(setting, births, expected, years)
    rate = base_schedule(setting, schedules)[setting.region] * level.ratio[:, None]
    rate *= births[years[-1]].sum() / births_of(setting, rate, years[-1]).sum()
    rate[:, FERTILE] = np.maximum(rate[:, FERTILE], LEAST_RATE)
    note = (
        f"regional rates of the latest {RATE_YEARS} years × local ratio of births to expected births "
        f"in {years[0]}–{years[-1]} (k = {level.shape:.0f} births); sums to {years[-1]}'s births"
    )
    return LocalRates(rate, level.weight, note, ESTIMATED if schedules else ASSUMED)


def births_history(setting: Setting) -> dict[int, Floats]:
    """Births [P] by year: registered, else the children aged 0 at the end of observed years."""
    registered = setting.component("births")
    if registered:
        return registered
    return {year: people[:, :, 0].sum(axis=1) for year, people in setting.observed.items()}


def male_birth_share(setting: Setting) -> float:
    """Share of boys among those aged 0 in the observed years (pooled)."""
    young = [people[:, :, 0].sum(axis=0) for people in setting.observed.values()]
    young += [people[:, :, 0].sum(axis=0) for people in setting.region_observed.values()]
    total = np.sum(young, axis=0)
    return float(total[MALE] / total.sum())


def regional_fertility(setting: Setting) -> dict[int, Floats]:
    """Age-specific rates [R, 101] by year from TFR and age pattern; empty where a table lacks."""
    levels, patterns = setting.tables.get("region_tfr"), setting.tables.get("region_fertility_age")
    if levels is None or patterns is None:
        return {}
    joined = patterns.join(levels, on=["region_code", "year"], how="inner").drop_nulls()
    joined = joined.filter(pl.col("region_code").is_in(list(setting.regions)))
    index = {code: i for i, code in enumerate(setting.regions)}
    found: dict[int, Floats] = {}
    for (year,), part in joined.group_by("year"):
        rates = np.zeros((len(setting.regions), AGES))
        row = [index[code] for code in part["region_code"].to_list()]
        value = part["tfr"].to_numpy() * part["percent_of_tfr"].to_numpy() / 100.0
        rates[row, part["age"].to_numpy()] = value
        if (rates.sum(axis=1) > 0).all():
            found[int(str(year))] = rates
    return dict(sorted(found.items()))


def women_years(setting: Setting, year: int) -> Floats:
    """[P, 101] women-years lived in a year: the mean of its start and end.

    Women grow older in the year but both stocks are by completed age, as in the account.
    """
    mean: Floats = (setting.structure(year - 1) + setting.structure(year))[:, FEMALE] / 2.0
    return mean


def births_of(setting: Setting, rate: Floats, year: int) -> Floats:
    """[P] births that rates [P, 101] give in a year."""
    births: Floats = (rate * women_years(setting, year)).sum(axis=1)
    return births


def expected_births(setting: Setting, schedules: dict[int, Floats], year: int) -> Floats:
    """[P] births a municipality's women would have at the region's rates of the year."""
    if not schedules:
        return births_of(setting, np.broadcast_to(model_fertility(), (len(setting.codes), AGES)), year)
    nearest = min(schedules, key=lambda known: abs(known - year))
    return births_of(setting, schedules[nearest][setting.region], year)


def local_level(
    setting: Setting, births: dict[int, Floats], expected: dict[int, Floats], years: list[int]
) -> Shrunk:
    """Ratio of births to expected births, shrunk to that of places of the size; regional mean 1."""
    scale = {y: births[y].sum() / expected[y].sum() for y in years}
    observed = np.sum([births[y] for y in years], axis=0)
    wanted = np.sum([expected[y] * scale[y] for y in years], axis=0)
    shrunk = shrink_ratios(observed, wanted, setting.size_design())
    mean, own = setting.by_region(shrunk.ratio * wanted), setting.by_region(observed)
    # the region's own sum is well known: only the split inside it is borrowed
    ratio = shrunk.ratio * ((own + 1.0) / (mean + 1.0))[setting.region]
    return Shrunk(ratio, shrunk.weight, shrunk.prior, shrunk.shape)


def base_schedule(setting: Setting, schedules: dict[int, Floats]) -> Floats:
    """[R, 101] rates by age of the latest years; small regions borrow the national age pattern."""
    if not schedules:
        return np.broadcast_to(model_fertility(), (len(setting.regions), AGES)).copy()
    latest = sorted(schedules)[-RATE_YEARS:]
    mean = np.mean([schedules[y] for y in latest], axis=0)
    region_women = setting.by_region(setting.population[:, FEMALE])
    births = mean * region_women
    national = births.sum(axis=0) / np.maximum(region_women.sum(axis=0), 1.0)
    total = births.sum(axis=1, keepdims=True) * RATE_YEARS
    weight = total / (total + PATTERN_BIRTHS)
    borrowed = national * (mean.sum(axis=1, keepdims=True) / national.sum())
    return taper(weight * mean + (1.0 - weight) * borrowed)


def taper(rate: Floats) -> Floats:
    """Fertility rates [R, 101] that fall outward at both ends of the fertile ages.

    The published patterns are splines that rise again below 15 and above 49. Outward from 17 and 44
    each age has at most a fixed share of its neighbour.
    """
    tapered = rate.copy()
    for age in range(16, 9, -1):
        tapered[:, age] = np.minimum(tapered[:, age], YOUNG_STEP * tapered[:, age + 1])
    for age in range(45, 55):
        tapered[:, age] = np.minimum(tapered[:, age], OLD_STEP * tapered[:, age - 1])
    return tapered
