"""Local unemployment beside the country's: usual level, loading on the national cycle, and own deviation.

logit = level_i + loading_i × national cycle + deviation, the deviation a first-order autoregression whose
innovations are larger in small municipalities. Persistence and innovations are those whose spread grows over
one to ten years as the changes of logits have spread; so a persistence that a few years on end hide shows
itself. Levels and loadings are posterior means, drawn to the region's level and to one.
"""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: Upper limits of the size classes, residents; the last has none.
CLASS_LIMITS = (2_000, 5_000, 10_000, 20_000)
CLASSES = len(CLASS_LIMITS) + 1
#: Persistences tried, a year.
TRIED = np.linspace(0.3, 0.98, 69)
#: Changes over at most so many years are read.
LONGEST = 10
#: Below this many unemployed the chance of the count itself is added, and the law is not fitted.
FEW = 20.0
LEAST_PLACES, LEAST_YEARS = 30, 5
LEAST_SQUARE, LEAST_SD = 1e-5, 1e-3
ROUNDS = 4


class LocalLaw(NamedTuple):
    """How local logits deviate.

    Attributes:
        persistence: part of the own deviation that is left a year later.
        persistence_se: its standard error, by leaving out one region at a time.
        innovation: [5] yearly innovation by size class.
        shared: share of an innovation's variance that is common to a sub-region.
        shared_in_region: the same of a region.
        loading_sd: standard deviation of the loadings around one.
    """

    persistence: float
    persistence_se: float
    innovation: Floats
    shared: float
    shared_in_region: float
    loading_sd: float


class Changes(NamedTuple):
    """Mean squares of changes beside the cycle [N]: size class, years apart, square of the cycle's change."""

    of_class: Ints
    apart: Floats
    cycle: Floats
    square: Floats
    places: Floats


class Spread(NamedTuple):
    """Persistence, variance of the deviation by class [5], and variance of the loadings."""

    persistence: float
    variance: Floats
    loading: float


def size_class(residents: Floats) -> Ints:
    """[P] class of size, 0 the smallest."""
    return np.searchsorted(np.array(CLASS_LIMITS), residents, side="right").astype(np.int64)


def fitted_law(
    years: tuple[int, ...], logit: Floats, cycle: Floats, size: Floats, region: Ints, sub_region: Ints
) -> LocalLaw | None:
    """The law of local deviations; None with too few municipalities or years.

    Args:
        years: the years, which need not follow on each other.
        logit: [P, Y] local logits; a municipality with a NaN is left out.
        cycle: [Y] the country's deviation from its mean.
        size: [P] residents.
        region, sub_region: [P] index of each.
    """
    complete = np.isfinite(logit).all(axis=1)
    if complete.sum() < LEAST_PLACES or len(years) < LEAST_YEARS:
        return None
    own, of_class = logit[complete] - cycle, size_class(size[complete])
    region, sub_region = region[complete], sub_region[complete]
    found = spread_of_changes(changes_of(years, own, cycle, of_class))
    left = [
        spread_of_changes(changes_of(years, own[region != out], cycle, of_class[region != out])).persistence
        for out in np.unique(region)
    ]
    error = ((len(left) - 1) / len(left) * ((np.array(left) - np.mean(left)) ** 2).sum()) ** 0.5
    innovation = np.sqrt(found.variance * (1.0 - found.persistence**2))
    shared, in_region = (
        shared_within(years, own, found.persistence, innovation[of_class], group)
        for group in (sub_region, region)
    )
    return LocalLaw(found.persistence, float(error), innovation, shared, in_region, found.loading**0.5)


def changes_of(years: tuple[int, ...], own: Floats, cycle: Floats, of_class: Ints) -> Changes:
    """Mean squares by class of every change over one to ten years, each change less its mean of all.

    Args:
        years: the years.
        own: [P, Y] logits less the country's cycle.
        cycle: [Y] the cycle.
        of_class: [P] class of size.
    """
    rows: list[tuple[float, ...]] = []
    for start, end in combinations(range(len(years)), 2):
        apart = years[end] - years[start]
        if apart > LONGEST:
            continue
        change = own[:, end] - own[:, start]
        change = change - change.mean()
        for one in np.unique(of_class):
            here = of_class == one
            square = float((change[here] ** 2).mean())
            rows.append((one, apart, (cycle[end] - cycle[start]) ** 2, square, here.sum()))
    columns = np.array(rows, dtype=np.float64).T
    return Changes(columns[0].astype(np.int64), *columns[1:])


def spread_of_changes(changes: Changes) -> Spread:
    """The spread whose mean squares 2·variance·(1 − φ^years) + loading·cycle² come nearest the observed.

    Nearest in gamma deviance, since a mean square varies in proportion to itself. A class without
    municipalities has the variance of all.
    """
    best, least = Spread(0.0, np.zeros(CLASSES), 0.0), np.inf
    for persistence in TRIED:
        spread, deviance = _at_persistence(changes, float(persistence))
        if deviance < least:
            best, least = spread, deviance
    empty = np.bincount(changes.of_class, minlength=CLASSES) == 0
    typical = float(np.median(best.variance[~empty]))
    return best._replace(variance=np.where(empty, typical, best.variance))


def _at_persistence(changes: Changes, persistence: float) -> tuple[Spread, float]:
    design = np.zeros((len(changes.square), CLASSES + 1))
    design[np.arange(len(design)), changes.of_class] = 2.0 * (1.0 - persistence**changes.apart)
    design[:, -1] = changes.cycle
    expected = np.full(len(design), changes.square.mean())
    found = np.zeros(CLASSES + 1)
    for _ in range(ROUNDS):
        root = np.sqrt(changes.places) / expected
        found = np.linalg.lstsq(design * root[:, None], changes.square * root, rcond=None)[0]
        expected = np.maximum(design @ found, LEAST_SQUARE)
    ratio = np.maximum(changes.square, LEAST_SQUARE) / expected
    deviance = float((changes.places * (ratio - 1.0 - np.log(ratio))).sum())
    return Spread(persistence, np.maximum(found[:-1], LEAST_SQUARE), max(float(found[-1]), 0.0)), deviance


def autocorrelation(years: tuple[int, ...], persistence: float) -> Floats:
    """[Y, Y] covariance of an AR(1) between years, for an innovation of variance one."""
    apart = np.abs(np.subtract.outer(years, years)).astype(np.float64)
    found: Floats = np.power(persistence, apart) / (1.0 - persistence**2)
    return found


def means_of(values: Floats, group: Ints) -> Floats:
    """[P] mean of the values of each one's group."""
    _, index = np.unique(group, return_inverse=True)
    index = index.reshape(-1)
    found: Floats = (np.bincount(index, values) / np.bincount(index))[index]
    return found


def shared_within(
    years: tuple[int, ...], own: Floats, persistence: float, innovation: Floats, group: Ints
) -> float:
    """Mean product of two innovations of a year in one group, over the mean square: the common share."""
    at = {year: i for i, year in enumerate(years)}
    steps = [(at[year - 1], at[year]) for year in years if year - 1 in at]
    shocks = np.stack([own[:, end] - persistence * own[:, start] for start, end in steps], axis=1)
    shocks -= shocks.mean(axis=1, keepdims=True)
    shocks = (shocks - shocks.mean(axis=0)) / innovation[:, None]
    products, pairs = 0.0, 0
    for one in np.unique(group):
        inside = shocks[group == one]
        products += float((inside.sum(axis=0) ** 2 - (inside**2).sum(axis=0)).sum())
        pairs += len(inside) * (len(inside) - 1) * shocks.shape[1]
    square = float((shocks**2).mean())
    return float(np.clip(products / pairs / square, 0.0, 1.0)) if pairs and square > 0.0 else 0.0


def posterior(
    years: tuple[int, ...],
    logit: Floats,
    cycle: Floats,
    unemployed: Floats,
    size: Floats,
    usual: Floats,
    usual_sd: float,
    law: LocalLaw,
) -> tuple[Floats, Booleans]:
    """[P, 2] level and loading of each municipality, and whether it has any year of its own.

    Args:
        years: the years.
        logit: [P, Y] local logits; NaN where not published.
        cycle: [Y] the country's deviation from its mean.
        unemployed: [P, Y] persons; where few, the chance of the count (1 / count) is added.
        size: [P] residents.
        usual: [P] level to which the municipality's is drawn.
        usual_sd: how far levels lie from it.
        law: how local logits deviate.
    """
    correlation = autocorrelation(years, law.persistence)
    design = np.stack([np.ones(len(years)), cycle], axis=1)
    precision = np.diag([1.0 / max(usual_sd, LEAST_SD) ** 2, 1.0 / max(law.loading_sd, LEAST_SD) ** 2])
    innovation = law.innovation[size_class(size)]
    found = np.stack([usual, np.ones(len(usual))], axis=1)
    available = np.isfinite(logit)
    for place in np.flatnonzero(available.any(axis=1)):
        here = available[place]
        count = float(unemployed[place, here].mean())
        chance = 1.0 / (count + 0.5) if count < FEW else 0.0
        covariance = innovation[place] ** 2 * correlation[np.ix_(here, here)] + chance * np.eye(here.sum())
        x = design[here]
        weighted = np.linalg.solve(covariance, x)
        right = weighted.T @ logit[place, here] + precision @ found[place]
        found[place] = np.linalg.solve(x.T @ weighted + precision, right)
    return found, np.asarray(available.any(axis=1))
