"""Moves to and from abroad, by municipality, sex and age.

Totals are published by municipality; the nation's *net* by sex and age is the sum of the regions'
net migration (moves inside the country cancel). Emigrants by age are an assumption of form, and
immigrants are then net + emigrants.
"""

from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.model_schedules import model_migration, parameters
from framsyn.calibrate.setting import (
    AGES,
    ASSUMED,
    ESTIMATED,
    OPEN_AGE,
    Floats,
    LocalRates,
    Setting,
    by_year,
    recency,
    recency_by_size,
    smooth,
)
from framsyn.calibrate.shrinkage import Shrunk, effective_counts, shrink_ratios

#: Years of totals used for local levels.
LEVEL_YEARS = 6
#: Least share of the mean that an age may have of the immigrants (no zero rate).
LEAST_SHARE = 0.02


@dataclass(frozen=True)
class Abroad:
    """Moves abroad in the base year.

    Attributes:
        immigration: rate [P, 2, 101], persons a year by age at the start of the year.
        emigration: rate [P, 2, 101], probability by age at the start of the year.
        immigrant_shape: [2, 101] sum 1, national.
        emigration_shape: [101] relative risk by age, national.
        status: of the level of both.

    """

    immigration: LocalRates
    emigration: LocalRates
    immigrant_shape: Floats
    emigration_shape: Floats


def local_abroad(setting: Setting) -> Abroad:
    """Immigration and emigration of every municipality at the level of the last published year."""
    out_shape = model_migration("emigration")
    emigrants = national_totals(setting, "emigration")
    in_shape = immigrant_shape(setting, out_shape, emigrants)
    immigration = local_immigration(setting, in_shape)
    emigration = local_emigration(setting, out_shape, max(emigrants.items())[1])
    return Abroad(immigration, emigration, in_shape, out_shape)


def national_totals(setting: Setting, name: str) -> dict[int, float]:
    """Persons a year moving abroad or from abroad; an assumed level where no table tells it."""
    known = {year: float(count.sum()) for year, count in setting.component(name).items()}
    if known:
        return known
    return {setting.base_year: parameters("abroad")["emigrants_per_resident"] * setting.size.sum()}


def persons_by_risk(setting: Setting, risk: Floats, year: int) -> Floats:
    """[2, 101] shares of emigrants by sex and age at the start of the year, sum 1."""
    movers = setting.national(year - 1) * risk
    share: Floats = movers / movers.sum()
    return share


def immigrant_shape(setting: Setting, risk: Floats, emigrants: dict[int, float]) -> Floats:
    """[2, 101] shares of immigrants by sex and age at the start of the year, positive, sum 1.

    The nation's net migration abroad plus the assumed emigrants, recent years weighing more. The
    net table's ages are those at the end of the year, in five-year groups that are smoothed here.
    """
    table = by_year(setting.tables.get("region_net_migration_age_sex"), "region_code", setting.regions)
    years = [y for y in sorted(emigrants) if y in table][-LEVEL_YEARS:]
    if not years:
        return persons_by_risk(setting, risk, setting.base_year)
    parts = []
    for year in years:
        at_end = smooth(table[year].sum(axis=0), 3)
        net = np.append(at_end[:, 1:], at_end[:, -1:] * 0.0, axis=1)
        parts.append(net + emigrants[year] * persons_by_risk(setting, risk, year))
    total = np.tensordot(recency(years), np.stack(parts), axes=1)
    total = np.maximum(total, LEAST_SHARE * total.mean())
    # few immigrants are old: let the floor fade with the people there are
    total[:, 75:] *= 0.9 ** np.arange(1, OPEN_AGE - 75 + 2)
    shape: Floats = total / total.sum()
    return shape


def recent_level(setting: Setting, name: str, expected: dict[int, Floats]) -> Shrunk:
    """Posterior ratio of recent moves to those expected, the latest years weighing most."""
    counts = setting.component(name)
    years = sorted(expected)
    scaled = [expected[y] * counts[y].sum() / expected[y].sum() for y in years]
    observed, wanted = effective_counts(
        np.stack([counts[y] for y in years], axis=1),
        np.stack(scaled, axis=1),
        recency_by_size(years, setting.size),
    )
    return shrink_ratios(observed, wanted, setting.size_design())


def local_immigration(setting: Setting, shape: Floats) -> LocalRates:
    """Immigrants a year [P, 2, 101]: the national total of the last year by recent local shares."""
    years = sorted(setting.component("immigration"))[-LEVEL_YEARS:]
    ones = np.ones(len(setting.codes))
    if not years:
        net = net_abroad_minimum(setting)
        level = setting.size / setting.size.sum() * net
        rate = level[:, None, None] * shape
        return LocalRates(rate, 0.0 * ones, "assumed level, by population", ASSUMED)
    expected = {y: setting.structure(y).sum(axis=(1, 2)) for y in years}
    shrunk = recent_level(setting, "immigration", expected)
    level = shrunk.ratio * setting.size
    level *= setting.component("immigration")[years[-1]].sum() / level.sum()
    note = (
        f"nation as in {years[-1]}, local share of {years[0]}–{years[-1]} with the latest weighing "
        f"most (k = {shrunk.shape:.1f} persons); age shape = net abroad + assumed emigrants"
    )
    return LocalRates(level[:, None, None] * shape, shrunk.weight, note, ESTIMATED)


def net_abroad_minimum(setting: Setting) -> float:
    """Persons a year from abroad where no table tells it: as many as leave."""
    return parameters("abroad")["emigrants_per_resident"] * float(setting.size.sum())


def local_emigration(setting: Setting, risk: Floats, national: float) -> LocalRates:
    """Probability of emigrating [P, 2, 101]: assumed age form, level by municipality."""
    years = sorted(setting.component("emigration"))[-LEVEL_YEARS:]
    status, weight, ratio = ASSUMED, np.zeros(len(setting.codes)), np.ones(len(setting.codes))
    shape_note = "age form assumed (Rogers–Castro, late labour peak)"
    if years:
        expected = {y: (setting.structure(y - 1) * risk).sum(axis=(1, 2)) for y in years}
        shrunk = recent_level(setting, "emigration", expected)
        ratio, weight, status = shrunk.ratio, shrunk.weight, ESTIMATED
        shape_note += f"; local level of {years[0]}–{years[-1]} (k = {shrunk.shape:.1f} persons)"
    rate = np.broadcast_to(risk, (len(ratio), 2, AGES)) * ratio[:, None, None]
    rate = rate * (national / (rate * setting.population).sum())
    return LocalRates(np.clip(rate, 1e-7, 0.5), weight, shape_note, status)


def abroad_net(setting: Setting, abroad: Abroad, years: tuple[int, ...]) -> Floats:
    """[P, 2, 101] net persons from abroad by age over past years, from local totals and shapes."""
    total = np.zeros_like(setting.population)
    came, left = setting.component("immigration"), setting.component("emigration")
    for year in years:
        start = setting.structure(year - 1) * abroad.emigration_shape
        start = start / np.maximum(start.sum(axis=(1, 2), keepdims=True), 1e-9)
        if year in came and year in left:
            total += came[year][:, None, None] * abroad.immigrant_shape
            total -= left[year][:, None, None] * start
    return total
