"""Cohort component: ages grow a year older with the region's ratios and the place's own deviations.

Ratios hold survival and net migration at once (Hamilton and Perry 1962); births follow women by age.
A total that the ages must meet is met along the ages that move, so that what a total knows better is
treated as migration and never spread over pensioners.
"""

from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.fitting import sum_by
from framsyn.calibrate.model_schedules import model_fertility
from framsyn.core.arrays import Floats, Ints
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.local_pattern import RATIO_LIMITS, LocalPattern
from framsyn.foresee.forecast.moving import MOVING, stepwise, tilt
from framsyn.foresee.forecast.structures import (
    LARGEST_RATIO,
    Series,
    cohort_ratio,
    newborns,
    older,
    usual_ratio,
)
from framsyn.model.layout import AGES

#: Years whose ratios are pooled, and years of births that tell the local level.
RATIO_YEARS, BIRTH_YEARS, LEVEL_YEARS = 5, 8, 3
#: Persons of the country who are mixed into each cell of a region's ratio, so that small regions borrow.
BORROWED = 50.0
#: Ages at which ratios are mostly survival, and how much of the fall of mortality is carried on.
FIRST_OLD = 62
TREND_AGES, TREND_WIDTH = (64, 69, 74, 79, 84, 89, 94), 2
#: The fall of mortality: years that a trend is read from, and the part of it that goes on. Late years rule
#: at first, the long run far ahead: the late part shrinks to TREND_LEFT of itself each year.
TREND_YEARS, TREND_KEPT, LONG_YEARS, LONG_KEPT, TREND_LEFT = 10, 0.5, 30, 0.7, 0.9
TREND_LIMITS, LEAST_TREND_YEARS, LEAST_LOSS = (-0.04, 0.005), 6, 1e-4
LOCAL_BIRTHS = 60.0
#: A level that rests on fewer births than these is drawn toward the usual one.
FEW_BIRTHS = 60.0
#: Years whose ratios are pooled at old ages, and how far their middle lies behind the year before the base.
OLD_RATIO_YEARS, OLD_RATIO_AGE = 3, 1.0
#: Yearly damping of a deviation by start age: families and pensioners drift back to the region.
DAMPING: tuple[tuple[int, float], ...] = ((0, 0.95), (16, 1.0), (36, 0.90))


@dataclass(frozen=True)
class CohortRates:
    """What ages live by; P places, R regions.

    Attributes:
        ratio: [R, 2, 101] yearly cohort ratio of the regions by start age.
        improvement: [2, 101] yearly change of the logarithm of losses by age, of late years and of the
            long run; 0 below the old ages.
        deviation: [P, 101] local deviation of the logarithm of the ratio by start age.
        fertility: [P, 101] children alive at year end per woman-year at the age of the mother.
        boys: [P] share of boys among them.
    """

    ratio: Floats
    improvement: Floats
    deviation: Floats
    fertility: Floats
    boys: Floats

    def at(self, horizon: int) -> Floats:
        """[R, 2, 101] ratios of the regions in the year `horizon` years after the base."""
        late = float(np.sum(TREND_LEFT ** np.arange(1, horizon + 1)))
        better = np.exp(self.improvement[0] * (OLD_RATIO_AGE + late) + self.improvement[1] * (horizon - late))
        lived = 1.0 - (1.0 - self.ratio) * better
        return np.asarray(np.where(self.ratio < 1.0, lived, self.ratio))


def cohort_rates(history: History, series: Series, pattern: LocalPattern) -> CohortRates:
    """Rates of the late years."""
    ratio = _ratio(series)
    fertility, boys = _fertility(history, series)
    late, long = _fall(series, TREND_YEARS, TREND_KEPT), _fall(series, LONG_YEARS, LONG_KEPT)
    return CohortRates(ratio, np.stack([late, long]), pattern.by_age(), fertility, boys)


def _ratio(series: Series) -> Floats:
    """[R, 2, 101] pooled over the last years: fewer at old ages, where a year of many deaths passes soon."""
    ratio = _pooled(series, RATIO_YEARS)
    ratio[..., FIRST_OLD:] = _pooled(series, OLD_RATIO_YEARS)[..., FIRST_OLD:]
    return ratio


def _pooled(series: Series, pooled: int) -> Floats:
    """[R, 2, 101] pooled over as many last years, small regions borrowing from the country."""
    years = series.regional[-(pooled + 1) :]
    if len(years) < 2:
        return np.broadcast_to(usual_ratio(years.sum(axis=1)), years[0].shape).copy()
    start, end = years[:-1].sum(axis=0), years[1:].sum(axis=0)
    whole = cohort_ratio(start.sum(axis=0), end.sum(axis=0))
    own = cohort_ratio(start, end)
    persons = start.copy()
    persons[..., -2:] = (start[..., -2] + start[..., -1])[..., None]
    mixed = (persons * own + BORROWED * whole) / (persons + BORROWED)
    return np.asarray(np.minimum(mixed, LARGEST_RATIO))


def _fall(series: Series, years: int, kept: float) -> Floats:
    """[101] a part of the yearly slope of the country's log losses at old ages, linear in age."""
    country = series.regional.sum(axis=1)[-(years + 1) :]
    slope = np.zeros(AGES)
    if len(country) <= LEAST_TREND_YEARS:
        return slope
    loss = np.maximum(1.0 - cohort_ratio(country[:-1], country[1:]), LEAST_LOSS)
    around = [loss[..., age - TREND_WIDTH : age + TREND_WIDTH + 1] for age in TREND_AGES]
    logs = np.stack([np.log(ages).mean(axis=(1, 2)) for ages in around], axis=1)
    yearly = np.polyfit(np.arange(len(logs)), logs, 1)[0]
    line = np.polyval(np.polyfit(TREND_AGES, yearly, 1), np.arange(AGES))
    slope[FIRST_OLD:] = kept * np.clip(line, *TREND_LIMITS)[FIRST_OLD:]
    return slope


def _fertility(history: History, series: Series) -> tuple[Floats, Floats]:
    """Children per woman-year [P, 101], and the share of boys [P]."""
    region, regions = history.region, history.regions
    schedule = _schedules(history)
    last = series.last_year
    span = min(BIRTH_YEARS, len(series.local) - 1)
    years = range(last - span + 1, last + 1) if span else range(last, last + 1)
    expected, born = np.zeros(len(region)), np.zeros(len(region))
    level = np.zeros((2, regions))
    for year in years:
        women = series.at(year)[:, 1]
        if year > series.first_year:
            women = 0.5 * (women + series.at(year - 1)[:, 1])
        told = newborns(history, year)
        children = series.at(year)[:, :, 0].sum(axis=1) if told is None else told
        should = np.einsum("pa,pa->p", women, schedule[region])
        expected += should
        born += children
        if year > last - LEVEL_YEARS:
            level += np.stack([sum_by(children, region, regions), sum_by(should, region, regions)])
    scale = _region_level(level, np.array([children.sum(), should.sum()]))
    local = _local_level(history, expected, born)
    newborn = series.regional[-LEVEL_YEARS:, :, :, 0].sum(axis=0)
    boys = (newborn[:, 0] + 51.2) / (newborn.sum(axis=1) + 100.0)
    return schedule[region] * (scale[region] * local)[:, None], boys[region]


def _region_level(level: Floats, latest: Floats) -> Floats:
    """[R] births over those of the schedule: of the regions in the late years, of the country in the last.

    Where few are expected the region's level is drawn toward the country's, and the last year's toward the
    late years', since nobody born in three years does not mean that nobody ever will be.

    Args:
        level: [2, R] births and those of the schedule in the late years.
        latest: [2] the same of the country in the last year.
    """

    def ratio(births: Floats) -> Floats:
        return np.asarray((births[0] + 1e-9) / np.maximum(births[1], 1e-9))

    def drawn(births: Floats, usual: Floats) -> Floats:
        own = np.minimum(births[1] * usual / FEW_BIRTHS, 1.0)
        return np.asarray(own * ratio(births) + (1.0 - own) * usual)

    country = ratio(level.sum(axis=1))
    return np.asarray(drawn(level, country) * (drawn(latest, country) / country))


def _schedules(history: History) -> Floats:
    """[R, 101] age patterns of fertility: the regions' own of the last year, else a model schedule."""
    if history.fertility:
        return history.fertility[max(history.fertility)]
    return np.broadcast_to(model_fertility(), (history.regions, AGES)).copy()


def _local_level(history: History, expected: Floats, born: Floats) -> Floats:
    """[P] local over regional births to the same women, shrunk toward what places of the size have."""
    region, regions = history.region, history.regions
    whole = sum_by(born, region, regions) / np.maximum(sum_by(expected, region, regions), 1e-9)
    usual = np.maximum(expected * whole[region], 1e-9)
    ratio = born / usual
    z = np.log(np.maximum(history.base, 1.0)) - 9.0
    design = np.stack([np.ones_like(z), z, z**2], axis=1)[:, : 3 if len(z) >= 30 else 1]
    weight = np.sqrt(usual)[:, None]
    prior = design @ np.linalg.lstsq(design * weight, ratio * weight[:, 0], rcond=None)[0]
    own = usual / (usual + LOCAL_BIRTHS)
    level = own * ratio + (1.0 - own) * np.clip(prior, 0.5, 2.0)
    mean = sum_by(level * usual, region, regions) / np.maximum(sum_by(usual, region, regions), 1e-9)
    return np.asarray(level / mean[region])


def yearly_ratios(rates: CohortRates, region: int, place: int, horizon: int, damping: Floats) -> Floats:
    """Expected cohort ratios [H, 2, 101] of one place, its deviations fading by `damping` [101] a year."""
    found = np.empty((horizon, 2, AGES))
    for step in range(1, horizon + 1):
        own = np.exp(rates.deviation[place] * damping**step)
        found[step - 1] = np.clip(rates.at(step)[region], *RATIO_LIMITS_OPEN) * own
    return found


@dataclass(frozen=True)
class Plan:
    """How a path is lived: `level` of the deviations, yearly `damping` [101], `totals` [P, H] to meet."""

    level: float = 1.0
    damping: Floats | None = None
    totals: Floats | None = None


def live_cohorts(start: Floats, region: Ints, rates: CohortRates, horizon: int, plan: Plan) -> Floats:
    """Expected population [P, H, 2, 101] from `start` [P, 2, 101]; not below zero.

    With totals, each year's discrepancy is spread over ages as migration of that year.
    """
    path = np.empty((len(start), horizon, 2, AGES))
    now = start
    damping = np.ones(AGES) if plan.damping is None else plan.damping
    moving = stepwise(MOVING)
    for step in range(1, horizon + 1):
        deviation = plan.level * rates.deviation * damping ** (step if plan.damping is not None else 0)
        ratio = np.clip(rates.at(step), *RATIO_LIMITS_OPEN)[region] * np.exp(deviation)[:, None, :]
        after = older(now * ratio)
        women = 0.5 * (now[:, 1] + after[:, 1])
        born = np.einsum("pa,pa->p", women, rates.fertility)
        after[:, 0, 0] = born * rates.boys
        after[:, 1, 0] = born * (1.0 - rates.boys)
        if plan.totals is not None:
            after = tilt(after, plan.totals[:, step - 1], moving)
        path[:, step - 1] = now = after
    return path


#: Ratios of a region in one year are kept inside these.
RATIO_LIMITS_OPEN = (0.0, RATIO_LIMITS[1])
