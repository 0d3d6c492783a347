"""How a municipality's cohorts change beside its region's, by age: learned by living backwards.

The population by single year at the base is carried back, cohort by cohort, with the region's observed
ratios and the municipality's own deviation; the deviations are those whose past best meets what was
published about it: age groups, newborns. Few facts in small places: the deviations are shrunk toward
what places of their size show, with the covariance between ages learned from all places (empirical
Bayes; maximum a posteriori by Gauss–Newton, robust by Huber weights).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.core.arrays import Floats, Ints
from framsyn.foresee.forecast.history import Bounds, History
from framsyn.foresee.forecast.structures import LEAST, Series, cohort_ratio, grouped, newborns
from framsyn.model.layout import AGES

#: Start ages that share a deviation.
BANDS: Bounds = (
    (0, 5), (6, 11), (12, 15), (16, 16), (17, 17), (18, 18), (19, 19), (20, 20), (21, 21), (22, 23),
    (24, 25), (26, 29), (30, 35), (36, 45), (46, 55), (56, 65), (66, 75), (76, 100),
)  # fmt: skip
#: First guess of the deviations' spread by band: largest where people leave home.
SPREAD = np.array(
    [.008, .005, .006, .02, .04, .06, .08, .06, .05, .04, .03, .02, .012, .007, .004, .004, .005, .01]
)  # fmt: skip
#: Variance of a group's logarithm a year, times its persons, by age; and the region's misfit. Three times
#: what a year alone shows, since the years looked back over tell the same moves again.
MOBILITY: Bounds = ((0, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 100))
GROUP_VARIANCE = np.array([0.30, 1.50, 0.90, 0.36, 0.21, 0.15, 0.15, 0.45])
MISFIT = 0.003
BIRTH_VARIANCE, BIRTH_MISFIT = 0.15, 0.01
CHILDREN: Bounds = ((5, 7), (8, 10), (11, 13), (14, 15), (16, 17))
SMOOTH_VARIANCE, SMOOTH_MISFIT = 30.0, 0.03
RATIO_LIMITS = (0.3, 3.0)
CORRELATION_BANDS = 2.5
ROUNDS, STEPS, LARGEST_STEP, ROBUST = 3, 4, 0.1, 2.5
KEPT_COVARIANCE = 0.2


@dataclass(frozen=True)
class LocalPattern:
    """Yearly deviations of the logarithm of the cohort ratio from the region's.

    Attributes:
        deviation: [P, B] by band of start age.
        variance: [P, B] of the estimate around the truth.
        own: [P] weight of the municipality's own past, 0 borrowed … 1 own.
    """

    deviation: Floats
    variance: Floats
    own: Floats

    def by_age(self) -> Floats:
        """[P, 101] the deviation of each start age."""
        return self.deviation[:, band_of_age()]


def band_of_age() -> Ints:
    """[101] index of each start age's band."""
    index = np.zeros(AGES, dtype=np.int64)
    for band, (first, last) in enumerate(BANDS):
        index[first : last + 1] = band
    return index


@dataclass
class _Facts:
    """What one past year says: logarithms [P, F], their variances, and how to read them off ages."""

    lag: int
    wanted: Floats
    variance: Floats
    bounds: Bounds
    combine: Floats | None = None  # [F, bounds] linear combinations of logarithms of bounds


def local_pattern(history: History, series: Series, spans: Sequence[int] = (5, 8)) -> LocalPattern:
    """The mean of fits over several spans of years.

    Args:
        history: what is known.
        series: its population by single year, ending in the base year.
        spans: years looked back, each a fit of its own.
    """
    fits = [_fit(history, series, span) for span in spans]
    return LocalPattern(
        deviation=np.mean([one.deviation for one in fits], axis=0),
        variance=np.mean([one.variance for one in fits], axis=0),
        own=np.mean([one.own for one in fits], axis=0),
    )


def _fit(history: History, series: Series, span: int) -> LocalPattern:
    size = np.maximum(history.base, 1.0)
    lags = _lags(history, series, span)
    retro = [_retro(history, series, lag) for lag in lags]
    facts = [_facts(history, series, lag, base) for lag, (base, _) in zip(lags, retro, strict=True)]
    count = len(size)
    deviation = np.zeros((count, len(BANDS)))
    mean = np.zeros_like(deviation)
    distance = np.abs(np.subtract.outer(np.arange(len(BANDS)), np.arange(len(BANDS))))
    covariance = np.outer(SPREAD, SPREAD) * np.exp(-distance / CORRELATION_BANDS)
    posterior = np.broadcast_to(covariance, (count, *covariance.shape))
    design = np.stack([np.ones(count), np.log(size) - 9.0, (np.log(size) - 9.0) ** 2], axis=1)
    weight = np.sqrt(size)
    for _ in range(ROUNDS):
        precision = np.linalg.inv(covariance)
        for _ in range(STEPS):
            deviation, posterior = _step(deviation, mean, precision, facts, retro)
        weighted = design * weight[:, None]
        solved = np.linalg.lstsq(weighted.T @ design, weighted.T @ deviation, rcond=None)[0]
        mean = design @ solved
        off = deviation - mean
        learned = (off[:, :, None] * off[:, None, :] + posterior).mean(axis=0)
        covariance = (1.0 - KEPT_COVARIANCE) * learned + KEPT_COVARIANCE * covariance
    variance = np.diagonal(posterior, axis1=1, axis2=2)
    own = 1.0 - np.mean(np.sqrt(variance / np.diag(covariance)), axis=1)
    return LocalPattern(deviation, variance.copy(), np.clip(own, 0.0, 1.0))


def _lags(history: History, series: Series, span: int) -> list[int]:
    """Years back about which something local is known; the nearest one where none is within `span`."""
    base = history.base_year
    known = {base - y for y in (*history.structures, *history.groups) if series.first_year <= y < base}
    near = sorted(lag for lag in known if lag <= span)
    return near or sorted(known)[:1]


def _retro(history: History, series: Series, lag: int) -> tuple[Floats, Floats]:
    """The base carried back `lag` years on the region's ratios alone, and years spent in each band.

    Returns:
        Persons [P, 101] of both sexes by age then, and exposure [101, B] in years by age then.
    """
    now = series.at(series.last_year)
    ratio = np.ones((history.regions, 2, AGES))
    last = len(series.regional) - 1
    exposure = np.zeros((AGES, len(BANDS)))
    index = band_of_age()
    for step in range(lag):
        year = last - lag + step
        yearly = np.clip(cohort_ratio(series.regional[year], series.regional[year + 1]), *RATIO_LIMITS)
        ages = np.minimum(np.arange(AGES) + step, AGES - 1)
        ratio = ratio * yearly[:, :, ages]
        np.add.at(exposure, (np.arange(AGES), index[ages]), 1.0)
    back = np.zeros((len(now), 2, AGES))
    reached = AGES - 1 - lag
    back[..., :reached] = now[..., lag:-1]
    back[..., :reached] /= ratio[history.region][..., :reached]
    # Who is 100 or over now cannot be told apart by age then: the region's profile, the place's level.
    then, old = series.regional[last - lag], slice(max(reached - 10, 0), reached)
    level = back[..., old].sum(axis=-1) / np.maximum(then[history.region][..., old].sum(axis=-1), LEAST)
    back[..., reached:] = then[history.region][..., reached:] * level[..., None]
    return np.maximum(back.sum(axis=1), LEAST), exposure


def _facts(history: History, series: Series, lag: int, back: Floats) -> list[_Facts]:
    year = history.base_year - lag
    found = []
    if year in history.structures:
        observed = grouped(np.nan_to_num(history.structures[year]).sum(axis=1), BANDS)
        found.append(_group_facts(lag, observed, BANDS))
        return found
    if year in history.groups:
        found.append(_group_facts(lag, np.nan_to_num(history.groups[year]), history.bounds))
    born = newborns(history, year)
    if born is not None:
        variance = BIRTH_VARIANCE * lag / np.maximum(born, 1.0) + BIRTH_MISFIT**2
        wanted = np.log(np.maximum(born, 0.5))
        found.append(_Facts(lag, wanted[:, None], _known(variance, born)[:, None], ((0, 0),)))
    if year not in history.structures and _smooth_at(lag):
        found.append(_smooth_facts(series, history, lag, back))
    return found


def _smooth_at(lag: int) -> bool:
    return lag in (5, 3, 8)


def _known(variance: Floats, persons: Floats) -> Floats:
    """Infinite variance where nothing is known."""
    return np.where(persons > 0, variance, np.inf)


def _group_facts(lag: int, observed: Floats, bounds: Bounds) -> _Facts:
    per_age = np.repeat(GROUP_VARIANCE, [last - first + 1 for first, last in MOBILITY])
    yearly = np.array([per_age[first : last + 1].mean() for first, last in bounds])
    variance = yearly * lag / np.maximum(observed, 1.0) + MISFIT**2 * lag**1.5
    wanted = np.log(np.maximum(observed, 0.5))
    return _Facts(lag, wanted, _known(variance, observed), bounds)


def _smooth_facts(series: Series, history: History, lag: int, back: Floats) -> _Facts:
    """Child cohorts run smoothly beside the region's: second differences of their log shares are 0."""
    combine = np.array([[0.0, 0.0, 1.0, -2.0, 1.0], [0.0, 1.0, -2.0, 0.0, 1.0]])
    then = grouped_some(series.regional[len(series.regional) - 1 - lag].sum(axis=1), CHILDREN)
    wanted = np.log(np.maximum(then, 0.5))[history.region] @ combine.T
    persons = back[:, 5:18].sum(axis=1)
    variance = SMOOTH_VARIANCE / np.maximum(persons, 1.0) + SMOOTH_MISFIT**2
    return _Facts(lag, wanted, np.repeat(variance[:, None], 2, axis=1), CHILDREN, combine)


def grouped_some(ages: Floats, bounds: Bounds) -> Floats:
    """Sums [..., G] over groups that need not hold every age."""
    return np.stack([ages[..., first : last + 1].sum(axis=-1) for first, last in bounds], axis=-1)


def _step(
    deviation: Floats,
    mean: Floats,
    precision: Floats,
    facts: list[list[_Facts]],
    retro: list[tuple[Floats, Floats]],
) -> tuple[Floats, Floats]:
    """One Gauss–Newton step; the new deviations and their covariance [P, B, B]."""
    count, bands = deviation.shape
    information = np.broadcast_to(precision, (count, bands, bands)).copy()
    pull = -(deviation - mean) @ precision
    for (back, exposure), told in zip(retro, facts, strict=True):
        moved = back * np.exp(-deviation @ exposure.T)
        for fact in told:
            level, slope = _read(moved, exposure, fact)
            off = fact.wanted - level
            sd = np.sqrt(fact.variance)
            robust = np.minimum(1.0, ROBUST / np.maximum(np.abs(off / sd), 1e-9))
            weight = np.where(np.isfinite(fact.variance), robust / fact.variance, 0.0)
            information += np.einsum("pfb,pf,pfc->pbc", slope, weight, slope, optimize=True)
            pull += np.einsum("pfb,pf->pb", slope, weight * np.where(weight > 0, off, 0.0))
    covariance = np.linalg.inv(information)
    step = np.einsum("pbc,pc->pb", covariance, pull)
    return np.asarray(deviation + np.clip(step, -LARGEST_STEP, LARGEST_STEP)), np.asarray(covariance)


def _read(moved: Floats, exposure: Floats, fact: _Facts) -> tuple[Floats, Floats]:
    """Logarithms [P, F] of a fact in the back-cast, and their slopes [P, F, B] in the deviations."""
    sums = grouped_some(moved, fact.bounds)
    slope = np.stack(
        [-(moved[:, first : last + 1] @ exposure[first : last + 1]) for first, last in fact.bounds], axis=1
    )
    slope /= np.maximum(sums, LEAST)[:, :, None]
    level = np.log(np.maximum(sums, LEAST))
    if fact.combine is None:
        return level, slope
    return level @ fact.combine.T, np.einsum("fg,pgb->pfb", fact.combine, slope)
