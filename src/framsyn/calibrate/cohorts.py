"""How cohorts change from one year to the next: in the region, and locally beside the region.

A ratio of age a carries those aged a at the start of the year to the end of it, a year older.
Ages 99 and 100+ at the start go to 100+ together. Ratios hold survival and net migration at once
(Hamilton and Perry 1962, Public Health Reports 77:163–170).
"""

from itertools import pairwise

import numpy as np

from framsyn.calibrate.fitting import sum_by
from framsyn.calibrate.known import LAST_AGE, Floats, Ints, Known

# Persons who follow the region exactly, added to each local cohort: small places borrow.
BORROWED = 40.0
# Years after its base that an edition of the projection speaks of the place's own pattern.
PATTERN_YEARS = 5
LEAST_RATIO = 0.05


def grow_older(count: Floats, ratio: Floats) -> Floats:
    """Age persons [.., 101] by one year with a cohort ratio; age 0 is left empty."""
    moved = count * ratio
    older = np.zeros_like(moved)
    older[..., 1:] = moved[..., :-1]
    older[..., LAST_AGE] += moved[..., LAST_AGE]
    return older


def region_ratios(known: Known, year: int) -> Floats:
    """Cohort ratios [R, 2, 101] of the regions over `year`.

    From the regions' own structures where both ends are known; otherwise from the last pair
    of observed years, as if the year were like it.
    """
    ends = known.regional.get(year - 1), known.regional.get(year)
    if ends[0] is not None and ends[1] is not None:
        return _ratio(*_cohorts(ends[0], ends[1]))
    before, after = list(known.observed.values())[-2:]
    regions = int(known.region_of.max()) + 1
    years = list(known.observed)[-1] - list(known.observed)[-2]
    if years != 1:
        return np.ones((regions, *before.shape[1:]))
    return _ratio(*(sum_by(part, known.region_of, regions) for part in _cohorts(before, after)))


def local_ratios(known: Known) -> Floats | None:
    """The local cohort ratio over the region's [P, 101], shrunk toward 1; None when unknown.

    Pooled over the observed pairs of years and the first years of the official projections,
    whose local rates rest on earlier observation. Both sexes together, smoothed over three ages
    (weights ¼, ½, ¼).
    """
    pairs = _pairs(known)
    if not pairs:
        return None
    parts = [_cohorts(before, after) for before, after in pairs]
    usable = [np.isfinite(end) & np.isfinite(start) for end, start in parts]
    end = sum(np.where(ok, part[0], 0.0) for part, ok in zip(parts, usable, strict=True))
    start = sum(np.where(ok, part[1], 0.0) for part, ok in zip(parts, usable, strict=True))
    return _shrunk(np.asarray(end), np.asarray(start), known.region_of)


def _shrunk(end: Floats, start: Floats, region_of: Ints) -> Floats:
    regions = int(region_of.max()) + 1
    borrowed = _ratio(sum_by(end, region_of, regions), sum_by(start, region_of, regions))
    expected = start * borrowed[region_of]
    local = (_smooth(end) + BORROWED) / (_smooth(expected) + BORROWED)
    local[:, LAST_AGE] = local[:, LAST_AGE - 1]
    return np.asarray(np.maximum(local, LEAST_RATIO))


def _smooth(values: Floats) -> Floats:
    smoothed = values.copy()
    smoothed[:, 1:-1] = values[:, :-2] / 4 + values[:, 1:-1] / 2 + values[:, 2:] / 4
    return smoothed


def _pairs(known: Known) -> list[tuple[Floats, Floats]]:
    both = {year: count.sum(axis=1) for year, count in known.observed.items()}
    pairs = [(both[a], both[b]) for a, b in pairwise(both) if b == a + 1]
    for edition in known.projections:
        years = [y for y in edition.years if y <= edition.base + PATTERN_YEARS + 1]
        steps = [(a, b) for a, b in pairwise(years) if b == a + 1]
        pairs += [(edition.years[a], edition.years[b]) for a, b in steps]
    return pairs


def _cohorts(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    # Persons at the end and at the start, both indexed by age at the start; 99 holds 99 and 100+.
    end, start = np.zeros_like(before), before.copy()
    end[..., :LAST_AGE] = after[..., 1:]
    start[..., LAST_AGE - 1] = before[..., LAST_AGE - 1] + before[..., LAST_AGE]
    end[..., LAST_AGE] = end[..., LAST_AGE - 1]
    start[..., LAST_AGE] = start[..., LAST_AGE - 1]
    return end, start


def _ratio(end: Floats, start: Floats) -> Floats:
    ratio: Floats = np.where(start > 0, end / np.maximum(start, 1e-9), 1.0)
    return ratio


def newborns(known: Known, year: int) -> Floats:
    """Persons aged 0 at the end of `year` [P, 2].

    Local births, between known years by straight line, summing to the region's newborns where
    they are known. Without births: as many as in the last observed year.
    """
    last = known.observed[known.origin][:, :, 0]
    births = _births(known, year)
    regions = int(known.region_of.max()) + 1
    local = last.sum(axis=1) if births is None else births
    regional = known.regional.get(year)
    wanted = sum_by(last, known.region_of, regions) if regional is None else regional[:, :, 0]
    sums = sum_by(local, known.region_of, regions)
    if regional is None:
        boys = wanted / np.maximum(wanted.sum(axis=1, keepdims=True), 1e-9)
        return np.asarray(local[:, None] * boys[known.region_of])
    per_birth = wanted / np.maximum(sums, 1e-9)[:, None]
    return np.asarray(local[:, None] * per_birth[known.region_of])


def _births(known: Known, year: int) -> Floats | None:
    years = [y for y, births in known.births.items() if np.isfinite(births).all()]
    if not years:
        return None
    stacked = np.stack([known.births[y] for y in years])
    columns = range(stacked.shape[1])
    return np.array([np.interp(year, years, stacked[:, place]) for place in columns])


def mobility(local: Floats | None) -> Floats:
    """How strongly each age [101] takes part in a place's unexpected growth or loss, 0–1.1.

    The spread of local ratios among the municipalities; even when they are unknown.
    """
    if local is None:
        return np.ones(LAST_AGE + 1)
    spread = np.log(local).std(axis=0)
    return np.asarray(spread / max(float(spread.max()), 1e-9) + 0.1)


def absorb(count: Floats, total: Floats, weight: Floats) -> Floats:
    """Tilt persons [P, 2, 101] by exp(λ · weight) so that they sum to `total` [P]."""
    tilted = count.copy()
    for _ in range(25):
        missing = total - tilted.sum(axis=(1, 2))
        step = missing / np.maximum((tilted * weight).sum(axis=(1, 2)), 1e-9)
        tilted *= np.exp(np.clip(step, -1.0, 1.0)[:, None, None] * weight)
    return tilted
