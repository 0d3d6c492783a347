"""Draws of the totals: country, region and municipality wander together, and add up in every draw.

The country's error is the sum of what fertility, mortality and migration bring; each of these is a shared
draw. A municipality's error has the law of its spread (`spread.py`); one part of it is the country's, the
rest its region's and its own. The total of the country in a draw is the sum of its municipalities.

Random numbers are counter-based: draw k of a seed is the same whatever the number of draws and places.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from framsyn.core.arrays import Floats, Ints
from framsyn.datafile import sections
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.forecast import courses
from framsyn.foresee.forecast.spread import NORMAL, Spread

COUNTRY = "country"
SHARED = ("forecast_fertility", "forecast_mortality", "forecast_passing", "forecast_migration")
LOCAL = ("forecast_total", "forecast_births")
#: No total falls below this part of the expected, and it nears it smoothly from this relative error on.
SOFT_FROM = -0.5
#: The country's part of a place's variance is at most this.
MOST_COUNTRY = 0.9
#: Least part of the country's variance that migration brings.
LEAST_MIGRATION = 0.25


@cache
def defaults(section: str) -> Mapping[str, Any]:
    """One section of `forecast_defaults.toml`."""
    return sections("framsyn.foresee.forecast", "forecast_defaults.toml")[section]


@dataclass(frozen=True)
class Shared:
    """What a draw holds for every place alike; D draws, H years.

    Attributes:
        error: [D, H] the country's standardised error, variance 1.
        fertility: [D, H] multiplier of fertility.
        mortality: [D, H] multiplier of losses at old ages.
    """

    error: Floats
    fertility: Floats
    mortality: Floats


def paired_normals(seed: int, draws: range, years: int, names: tuple[str, ...], place: str) -> Floats:
    """Independent standard normals [D, H, variable]; draws 2k and 2k + 1 are each other's mirror.

    So the mean over an even number of draws is the expected path itself.
    """
    pairs = range(draws.start // 2, (draws.stop + 1) // 2)
    normals = standard_normals(seed, pairs, years, names, place)
    number = np.arange(draws.start, draws.stop)
    sign = np.where(number % 2 == 0, 1.0, -1.0)
    return np.asarray(sign[:, None, None] * normals[number // 2 - pairs.start])


def shared_draws(
    spread: Spread, birth_rate: float, death_rate: float, years: int, draws: range, seed: int
) -> Shared:
    """The country's draws.

    Args:
        spread: law of the country's error.
        birth_rate: births a resident and year.
        death_rate: losses at old ages a resident and year.
        years: years ahead.
        draws: numbers of the draws.
        seed: the seed.
    """
    told = defaults("country")
    normals = paired_normals(seed, draws, years, SHARED, COUNTRY)
    fertile = told["fertility_sd"] * courses.autoregressive_weights(years, told["fertility_persistence"])
    mortal = told["mortality_sd"] * courses.integrated_weights(years, told["mortality_persistence"])
    passing = told["mortality_passing_sd"] * np.eye(years)
    fertility = courses.path(normals[:, :, 0], fertile)
    mortality = courses.path(normals[:, :, 1], mortal) + courses.path(normals[:, :, 2], passing)
    born, dead = birth_rate * np.cumsum(fertility, axis=1), death_rate * np.cumsum(mortality, axis=1)
    known = np.array([spread.country_error(h) ** 2 for h in range(1, years + 1)])
    explained = (birth_rate * np.cumsum(fertile, axis=0)) ** 2
    explained = explained + (death_rate * np.cumsum(mortal, axis=0)) ** 2
    explained = explained + (death_rate * np.cumsum(passing, axis=0)) ** 2
    variance = explained.sum(axis=1)
    moved = np.sqrt(np.maximum(known - variance, LEAST_MIGRATION * known))
    wave = courses.path(
        normals[:, :, 3], courses.standard(courses.integrated_weights(years, told["migration_persistence"]))
    )
    error = (born - dead + moved * wave) / np.sqrt(variance + moved**2)
    spread_of = (fertile**2).sum(axis=1), (mortal**2 + passing**2).sum(axis=1)
    return Shared(error, np.exp(fertility - 0.5 * spread_of[0]), np.exp(mortality - 0.5 * spread_of[1]))


def relative_errors(
    spread: Spread,
    scale: Floats | float,
    shared: Shared,
    region: str,
    code: str,
    draws: range,
    seed: int,
) -> Floats:
    """Relative errors [D, H] of one place's total, of the law of `spread` with the place's scale [H]."""
    years = shared.error.shape[1]
    told = defaults("course")
    weights = courses.standard(courses.integrated_weights(years, told["persistence"]))
    of_region, own = (
        courses.path(normals, weights) for normals in _local_normals(years, region, code, draws, seed)
    )
    rest = np.sqrt(told["region_share"]) * of_region + np.sqrt(1.0 - told["region_share"]) * own
    scales = np.broadcast_to(np.asarray(scale), (years,))
    error = np.empty_like(rest)
    for year in range(years):
        widths = scales[year] * spread.half_widths(year + 1)
        part = min(spread.country_error(year + 1) * NORMAL[1] / widths[1], np.sqrt(MOST_COUNTRY))
        normal = part * shared.error[:, year] + np.sqrt(1.0 - part**2) * rest[:, year]
        error[:, year] = at_quantile(normal, widths)
    return soften(error)


def own_innovations(years: int, region: str, code: str, draws: range, seed: int) -> Floats:
    """[D, H] standard normals: what each year brings to the error of `relative_errors` beside the country's.

    The region's and the place's own in the proportion that they have in the error.
    """
    share = defaults("course")["region_share"]
    of_region, own = _local_normals(years, region, code, draws, seed)
    return np.asarray(np.sqrt(share) * of_region + np.sqrt(1.0 - share) * own)


def _local_normals(years: int, region: str, code: str, draws: range, seed: int) -> tuple[Floats, Floats]:
    """Independent standard normals [D, H] of the region and of the place."""
    of_region, own = (
        paired_normals(seed, draws, years, LOCAL[:1], name)[:, :, 0] for name in (f"region {region}", code)
    )
    return of_region, own


def at_quantile(normal: Floats, widths: Floats) -> Floats:
    """Errors at standard normal deviates, linear between the known half-widths and beyond the last."""
    size = np.abs(normal)
    known = np.concatenate([[0.0], widths])
    at = np.concatenate([[0.0], NORMAL])
    inside = np.interp(size, at, known)
    slope = (widths[-1] - widths[-2]) / (NORMAL[-1] - NORMAL[-2])
    beyond = widths[-1] + slope * (size - NORMAL[-1])
    return np.asarray(np.sign(normal) * np.where(size > NORMAL[-1], beyond, inside))


def soften(error: Floats) -> Floats:
    """Relative errors above −1: large losses near the end of everyone smoothly."""
    room = 1.0 + SOFT_FROM
    deep = room * np.exp(np.minimum(error - SOFT_FROM, 0.0) / room) - 1.0
    return np.where(error < SOFT_FROM, deep, error)


def local_births(expected_births: float, code: str, draws: range, seed: int) -> Floats:
    """[D] lasting multiplier of a place's fertility, mean 1."""
    told = defaults("births")
    variance = told["level_sd"] ** 2 + told["few_births_variance"] / max(expected_births, 0.5)
    variance = min(variance, 0.25)
    normals = standard_normals(seed, draws, 1, LOCAL[1:], code)[:, 0, 0]
    return np.asarray(np.exp(np.sqrt(variance) * normals - 0.5 * variance))


def fan(expected: Floats, errors: Floats) -> Floats:
    """Totals [D, H] from expected totals [H] and relative errors [D, H]."""
    return np.asarray(expected * (1.0 + errors))


def lasting_factors(code: str, draws: range, seed: int, bands: Ints) -> Floats:
    """[D, 101] lasting factors of the cohort ratio: country's and own deviations by band of ages.

    `bands` [101] is each start age's band.
    """
    count = int(bands.max()) + 1
    names = tuple(f"forecast_band_{band}" for band in range(count))
    local, country = by_age("local"), by_age("country")
    own = standard_normals(seed, draws, 1, names, code)[:, 0]
    shared = standard_normals(seed, draws, 1, names, COUNTRY)[:, 0]
    return np.asarray(np.exp(own[:, bands] * local + shared[:, bands] * country))


def by_age(name: str) -> Floats:
    """[101] a column of the section `ages` by single age."""
    told = defaults("ages")
    values = np.empty(101)
    for first, value in zip(told["first"], told[name], strict=True):
        values[int(first) :] = float(value)
    return values
