"""The country as a whole, lived ahead without chance: a check, and the pool that movers come from."""

from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.setting import FEMALE, MALE, Floats, next_age

POOL_YEARS = 50


@dataclass(frozen=True)
class BaseRates:
    """Everything the deterministic account needs; arrays as in the bundle.

    Attributes:
        population: [P, 2, 101] persons at 31 December of the base year.
        fertility: [P, 101] births per woman-year.
        male_birth_share: share of boys among births.
        mortality: [P, 2, 101] probability of dying by age at the start of the year.
        mortality_newborn: [P, 2].
        mortality_improvement: [2, 101] yearly ln-decline.
        out_rate: [P, 2, 101] probability of moving to another municipality.
        in_count: [P, 2, 101] persons coming from other municipalities in the base year.
        immigration: [P, 2, 101] persons a year.
        emigration_rate: [P, 2, 101] probability.

    """

    population: Floats
    fertility: Floats
    male_birth_share: float
    mortality: Floats
    mortality_newborn: Floats
    mortality_improvement: Floats
    out_rate: Floats
    in_count: Floats
    immigration: Floats
    emigration_rate: Floats


def leavers(rates: BaseRates, people: Floats, year: int) -> Floats:
    """[P, 2, 101] persons who move to another municipality in a year, `people` at its start."""
    moved: Floats = survivors(rates, people, year) * rates.out_rate
    return moved


def survivors(rates: BaseRates, people: Floats, year: int) -> Floats:
    """[P, 2, 101] of `people` who live to the end of the year (1 = the first after the base)."""
    alive: Floats = people * (1.0 - rates.mortality * np.exp(-rates.mortality_improvement * year))
    return alive


def live_year(rates: BaseRates, people: Floats, year: int, immigration: float) -> Floats:
    """[P, 2, 101] population after one year: deaths, moves, moves abroad, ageing, births.

    Args:
        rates: rates of the base year.
        people: [P, 2, 101] at the start.
        year: years since the base year, 1 for the first.
        immigration: factor on the base year's immigration.

    """
    alive = survivors(rates, people, year)
    gone = alive * rates.out_rate
    pool = pool_index(rates, gone)
    stay = (alive - gone) * (1.0 - rates.emigration_rate)
    after = next_age(stay + rates.in_count * pool + rates.immigration * immigration)
    women = (people[:, FEMALE] + after[:, FEMALE]) / 2.0
    births = (rates.fertility * women).sum(axis=1)
    calm = np.exp(-rates.mortality_improvement[:, 0] * year)
    share = np.array([rates.male_birth_share, 1.0 - rates.male_birth_share])
    after[:, MALE : FEMALE + 1, 0] = births[:, None] * share * (1 - rates.mortality_newborn * calm)
    return after


def pool_index(rates: BaseRates, gone: Floats) -> Floats:
    """[2, 101] leavers in the country against those of the first year, whom `in_count` holds."""
    came = rates.in_count.sum(axis=0)
    index: Floats = np.divide(gone.sum(axis=0), came, out=np.ones_like(came), where=came > 0.0)
    return index


def project_deterministic(rates: BaseRates, years: int, immigration: Floats | None = None) -> Floats:
    """Population [T + 1, P, 2, 101] of all municipalities, row 0 = base year.

    Args:
        rates: rates of the base year.
        years: T.
        immigration: [T] factor on the base year's immigration in year 1…T; None keeps it at 1.

    """
    path = np.ones(years) if immigration is None else immigration
    people = [rates.population]
    for year in range(1, years + 1):
        people.append(live_year(rates, people[-1], year, float(path[year - 1])))
    return np.stack(people)


def mover_pool(rates: BaseRates, years: int = POOL_YEARS, immigration: Floats | None = None) -> Floats:
    """Index [years + 1, 2, 101] of the country's internal movers by sex and age.

    Row t is for the flows of year t: leavers among those alive at the end of year t − 1 over the
    leavers of year 1. Rows 0 and 1 are 1.
    """
    people = project_deterministic(rates, years, immigration)
    rows = [np.ones(rates.in_count.shape[1:])]
    rows += [pool_index(rates, leavers(rates, people[t - 1], t)) for t in range(1, years + 1)]
    return np.stack(rows)


def decaying_path(years: int, long_run: float, adjustment_years: float) -> Floats:
    """[years] factors from 1 in the base year towards `long_run`, as exp(−t/adjustment_years).

    Args:
        years: number of years ahead.
        long_run: factor far ahead.
        adjustment_years: time in which the gap falls to 37 %.
    """
    left = np.exp(-np.arange(1, years + 1, dtype=np.float64) / adjustment_years)
    path: Floats = long_run + (1.0 - long_run) * left
    return path
