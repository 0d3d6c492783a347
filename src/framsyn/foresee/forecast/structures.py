"""Population by single year of age and sex in every past year: observed, or estimated from margins.

Where the municipalities' own ages are not published, last year's estimate grows a year older with the
region's cohort ratio and is fitted to what is published: age groups or totals of the municipality, ages
of the region (iterative proportional fitting, Deming and Stephan 1940). A part of each year's estimate
comes from the region's age profile alone, so that errors of the chain die out.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.fitting import sum_by
from framsyn.calibrate.model_schedules import model_mortality
from framsyn.core.arrays import Floats, Ints
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.history import Bounds, History
from framsyn.foresee.forecast.moving import MOVING, stepwise, tilt
from framsyn.model.layout import AGES

#: Weight of the grown-older estimate against the region's profile, by whether births are registered.
CHAINED, CHAINED_BORN = 0.9, 0.98
SWEEPS = 12
LEAST = 1e-6
LARGEST_RATIO = 5.0
#: A year in which more places than this part lack their ages is not used.
MOST_MISSING = 0.3
#: Years whose ratios carry ages on where no region tells them.
USUAL_YEARS = 5


@dataclass(frozen=True)
class Series:
    """Population by year, consecutive, ending in the base year.

    Attributes:
        first_year: the first year.
        local: [Y, P, 2, 101] persons.
        regional: [Y, R, 2, 101] persons.
        observed: years whose local ages are published rather than estimated.
        looking_back: years that lean on a later year, as they lie between two known ones.
    """

    first_year: int
    local: Floats
    regional: Floats
    observed: frozenset[int]
    looking_back: frozenset[int] = frozenset()

    @property
    def last_year(self) -> int:
        """The last year."""
        return self.first_year + len(self.local) - 1

    def at(self, year: int) -> Floats:
        """[P, 2, 101] persons at the end of a year."""
        found: Floats = self.local[year - self.first_year]
        return found

    def alike(self, years: int) -> slice:
        """The last consecutive years, at most as many, all observed or all estimated.

        A change from estimates to observation is no change of people: an only observed last year is left.
        """
        kinds = [self.first_year + k in self.observed for k in range(len(self.local))]
        stop = len(kinds)
        if stop > 2 and kinds[-1] != kinds[-2]:
            stop -= 1
        start = stop - 1
        while start > 0 and stop - start < years and kinds[start - 1] == kinds[stop - 1]:
            start -= 1
        return slice(start, stop)

    def until(self, year: int) -> "Series":
        """The series up to an earlier year; of years that were estimated nothing changes."""
        stop = year - self.first_year + 1
        return replace(self, local=self.local[:stop], regional=self.regional[:stop])


def structure_series(history: History) -> Series:
    """Every year from the first whose ages are known or can be estimated, to the base year."""
    chained = _chain(history) if history.groups and history.regional else {}
    known = dict(sorted((chained | _whole(history)).items()))
    if not known:
        raise FramsynError(
            "The ages of no year up to {year} are known: give population_age_sex, or population_groups with"
            " region_population_age_sex.",
            year=history.base_year,
        )
    years = list(known)
    filled = {years[0]: known[years[0]]}
    for before, after in pairwise(years):
        if after - before > 1:
            filled |= between(known[before], known[after], before, after)
        filled[after] = known[after]
    usual = usual_ratio(np.stack([people.sum(axis=0) for people in filled.values()]))
    for year in range(years[-1] + 1, history.base_year + 1):
        filled[year] = _carried(history, filled[year - 1], year, usual)
    local = np.stack(list(filled.values()))
    regional = np.stack([_region(history, year, people) for year, people in filled.items()])
    inner = set(range(years[0], years[-1] + 1)) - set(years)
    return Series(years[0], local, regional, frozenset(history.structures), frozenset(inner))


def _whole(history: History) -> dict[int, Floats]:
    """Observed years [P, 2, 101] with every place; one that lacks a year is filled from its own others."""
    found = {}
    for year, cube in history.structures.items():
        missing = np.asarray(~np.isfinite(cube).all(axis=(1, 2)))
        if missing.mean() > MOST_MISSING:
            continue
        found[year] = _filled(history, year, cube, missing) if missing.any() else cube
    return found


def _filled(history: History, year: int, cube: Floats, missing: NDArray[np.bool_]) -> Floats:
    """A year's ages of places that lack it: those of their nearest year, else their region's profile."""
    filled = cube.copy()
    regional = sum_by(np.nan_to_num(cube), history.region, history.regions)
    whole = regional.sum(axis=0) + LEAST
    for place in np.flatnonzero(missing):
        years = [y for y, c in history.structures.items() if np.isfinite(c[place]).all()]
        nearest = min(years, key=lambda y: (abs(y - year), y), default=None)
        own = regional[history.region[place]]
        profile = own if own.sum() > 0 else whole
        profile = profile if nearest is None else history.structures[nearest][place]
        total = history.total(year)[place]
        filled[place] = profile * (total / profile.sum() if np.isfinite(total) else 1.0)
    return filled


def _region(history: History, year: int, people: Floats) -> Floats:
    if year in history.regional:
        return history.regional[year]
    return sum_by(people, history.region, history.regions)


def older(people: Floats) -> Floats:
    """Persons [..., 101] one year older; age 0 empty, 100 and over open."""
    after = np.zeros_like(people)
    after[..., 1:] = people[..., :-1]
    after[..., -1] += people[..., -1]
    return after


def cohort_ratio(before: Floats, after: Floats) -> Floats:
    """Ratio [..., 101] of those of a cohort present after a year to before, by age before.

    99 and 100+ go to 100+ together and share a ratio; 1 where nobody was before.
    """
    end = np.concatenate([after[..., 1:], after[..., -1:]], axis=-1)
    start = before.copy()
    start[..., -2] = before[..., -2] + before[..., -1]
    start[..., -1] = start[..., -2]
    end[..., -2] = after[..., -1]
    ratio: Floats = np.where(start > 0, end / np.maximum(start, LEAST), 1.0)
    return np.minimum(ratio, LARGEST_RATIO)


def _chain(history: History) -> dict[int, Floats]:
    """Estimates by year from groups and regions, each resting on earlier years only."""
    years = [y for y in sorted(history.groups) if y in history.regional]
    found: dict[int, Floats] = {}
    before: Floats | None = None
    for year in years:
        regional = history.regional[year]
        groups, bounds = _with_births(history, year, _complete_groups(history, year))
        static = _profile(history, regional, groups, bounds)
        static = fit_groups(static, groups, bounds, regional, history.region)
        now = static
        if before is not None and year - 1 in history.regional:
            ratio = cohort_ratio(history.regional[year - 1], regional)[history.region]
            now = older(before * ratio)
            now[:, :, 0] = static[:, :, 0]
            now = fit_groups(now, groups, bounds, regional, history.region)
            weight = _chained(history, year)
            now = np.maximum(now, LEAST) ** weight * np.maximum(static, LEAST) ** (1.0 - weight)
            now = fit_groups(now, groups, bounds, regional, history.region)
        if year in history.structures and np.isfinite(history.structures[year]).all():
            now = history.structures[year]
        found[year] = before = now
    return found


def _complete_groups(history: History, year: int) -> Floats:
    """Groups [P, G]; where not published, the region's shares of the municipality's total."""
    groups = history.groups[year]
    missing = np.asarray(~np.isfinite(groups).all(axis=1))
    if not missing.any():
        return groups
    share = grouped(history.regional[year].sum(axis=1), history.bounds)
    share /= share.sum(axis=1, keepdims=True)
    total = np.nan_to_num(history.total(year), nan=1.0)
    return np.where(missing[:, None], share[history.region] * total[:, None], groups)


def _with_births(history: History, year: int, groups: Floats) -> tuple[Floats, Bounds]:
    """Split the newborns from the youngest group where the year's births are registered."""
    newborn = newborns(history, year)
    first, last = history.bounds[0]
    if newborn is None or first != 0 or last == 0:
        return groups, history.bounds
    newborn = np.clip(newborn, 0.0, groups[:, 0])
    split = np.concatenate([newborn[:, None], groups[:, :1] - newborn[:, None], groups[:, 1:]], axis=1)
    return split, ((0, 0), (1, last), *history.bounds[1:])


def newborns(history: History, year: int) -> Floats | None:
    """[P] children aged 0 at the end of a year: registered births scaled to the region's; None if unknown."""
    births = history.births.get(year)
    if births is None or year not in history.regional or not np.isfinite(births).all():
        return None
    regional = history.regional[year][:, :, 0].sum(axis=1)
    alive = regional / np.maximum(sum_by(births, history.region, history.regions), LEAST)
    return np.asarray(births * alive[history.region])


def _chained(history: History, year: int) -> Floats:
    """Weight [101] of the grown-older estimate: larger for cohorts whose births are registered."""
    born = np.array([year - age in history.births for age in range(AGES)])
    return np.where(born, CHAINED_BORN, CHAINED)


def _profile(history: History, regional: Floats, groups: Floats, bounds: Bounds) -> Floats:
    """The region's profile inside each group, scaled to the municipality's groups."""
    profile = regional[history.region].astype(np.float64)
    inside = grouped(profile.sum(axis=1), bounds)
    scale = groups / np.maximum(inside, LEAST)
    return np.asarray(profile * scale[:, None, _group_of(bounds)])


def _group_of(bounds: Bounds) -> Ints:
    index = np.zeros(AGES, dtype=np.int64)
    for group, (first, last) in enumerate(bounds):
        index[first : last + 1] = group
    return index


def grouped(ages: Floats, bounds: Bounds) -> Floats:
    """Sums [..., G] of the last axis, single ages, by group."""
    total: Floats = np.add.reduceat(ages, [first for first, _ in bounds], axis=-1)
    return total


def fit_groups(
    people: Floats, groups: Floats, bounds: Bounds, regional: Floats, region: Ints, sweeps: int = SWEEPS
) -> Floats:
    """Fit persons [P, 2, 101] to groups [P, G] of both sexes and ages [R, 2, 101] of the regions."""
    count = np.maximum(people, LEAST)
    index = _group_of(bounds)
    wanted = np.maximum(groups, 0.0)
    for _ in range(sweeps):
        sums = sum_by(count, region, len(regional))
        count = count * (regional / np.maximum(sums, LEAST))[region]
        inside = grouped(count.sum(axis=1), bounds)
        count = count * (wanted / np.maximum(inside, LEAST))[:, None, index]
    return count


def between(before: Floats, after: Floats, first: int, last: int) -> dict[int, Floats]:
    """Structures [P, 2, 101] of the years between two known ones, along cohorts.

    The country's cohorts go on exponential lines, each place's on a straight line times the same bend:
    an exponential line of its own would empty every small place, where many cohorts begin or end with
    nobody. Those born in between stand at their number at the end.
    """
    gap = last - first
    ages = np.arange(AGES)
    found = {}
    for step in range(1, gap):
        part = step / gap
        count = np.zeros_like(before)
        inner = ages[(ages >= step) & (ages + gap - step < AGES - 1)]
        start, end = before[..., inner - step], after[..., inner + gap - step]
        count[..., inner] = ((1 - part) * start + part * end) * _bend(
            start.sum(axis=0), end.sum(axis=0), part
        )
        top = ages[(ages >= step) & (ages + gap - step >= AGES - 1)]
        count[..., top] = (1 - part) * before[..., top] + part * after[..., top]
        young = ages[ages < step]
        count[..., young] = after[..., np.minimum(young + gap - step, AGES - 1)]
        found[first + step] = count
    return found


def _bend(start: Floats, end: Floats, part: float) -> Floats:
    """Where an exponential line between two numbers lies after `part` of the way, over a straight one."""
    start, end = np.maximum(start, LEAST), np.maximum(end, LEAST)
    return np.asarray(start ** (1 - part) * end**part / ((1 - part) * start + part * end))


def usual_ratio(country: Floats) -> Floats:
    """[2, 101] cohort ratio of the last years of a country [Y, 2, 101]; of one year alone, model survival."""
    late = country[-(USUAL_YEARS + 1) :]
    if len(late) < 2:
        return np.asarray(np.exp(-model_mortality()))
    return cohort_ratio(late[:-1].sum(axis=0), late[1:].sum(axis=0))


def _carried(history: History, before: Floats, year: int, usual: Floats) -> Floats:
    """The structure a year on, from the region's change (else the `usual`) and the municipality's total."""
    region = history.region
    earlier = sum_by(before, region, history.regions)
    if year in history.regional and year - 1 in history.regional:
        ratio = cohort_ratio(history.regional[year - 1], history.regional[year])
        newborn = history.regional[year][:, :, 0]
    else:
        ratio = np.broadcast_to(usual, earlier.shape)
        newborn = earlier[:, :, 0]
    after = older(before * ratio[region])
    per_woman = newborn / np.maximum(earlier[:, 1, 20:40].sum(axis=1), LEAST)[:, None]
    after[:, :, 0] = per_woman[region] * before[:, 1, 20:40].sum(axis=1)[:, None]
    total = history.total(year)
    known = np.isfinite(total)
    return tilt(after, np.where(known, total, after.sum(axis=(1, 2))), stepwise(MOVING))
