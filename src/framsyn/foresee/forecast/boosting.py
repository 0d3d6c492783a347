"""Gradient boosting: one model for all places of how a place's share of the country goes on.

Learned from every earlier year: features of the share's own change, of its neighbours', of size and age
structure; the target is the mean yearly change of the share over the next one, two and three years.
Absolute loss, since a few places change far more than the others. Beyond three years the yearly change
fades slowly.

Source of the library: Ke et al. (2017), LightGBM, Advances in Neural Information Processing Systems 30.
"""

import warnings
from typing import Any

import numpy as np

from framsyn.calibrate.fitting import sum_by
from framsyn.core.arrays import Floats, Ints
from framsyn.foresee.forecast.local_pattern import MOBILITY
from framsyn.foresee.forecast.past import Past
from framsyn.foresee.forecast.structures import grouped
from framsyn.foresee.forecast.trends import controlled, log_shares

#: Years ahead that are learned, and the part of the yearly change left after each year beyond them.
STEPS, LEFT = (1, 2, 3), 0.95
#: A training year this much earlier weighs half.
HALF_LIFE_YEARS = 15.0
#: Totals of this many years must lie behind the first training year; fewer samples are no school.
LAGS, LEAST_HISTORY, LEAST_SAMPLES = (1, 2, 3, 5, 10, 15), 10, 400
NEIGHBOUR_LAGS = (3, 10)
VOLATILE_YEARS = 10
SEEDS = 3
SETTINGS: dict[str, Any] = {
    "objective": "regression_l1",
    "learning_rate": 0.04,
    "num_leaves": 7,
    "min_data_in_leaf": 60,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "lambda_l2": 1.0,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
    "num_threads": 1,
}
TREES = 150


def library() -> Any | None:
    """The boosting library; None where it, or what it needs of the system, is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import lightgbm
    except (ImportError, OSError):
        return None
    return lightgbm


def can_boost(past: Past) -> bool:
    """Whether the history is long enough to learn from, and the library is there."""
    years = past.history.totals.shape[1] - LEAST_HISTORY - max(STEPS)
    return years > 0 and years * len(past.history.codes) >= LEAST_SAMPLES and library() is not None


def boosting(past: Past) -> Floats:
    """Totals [P, H] by gradient boosting, summing to the country's path."""
    history = past.history
    shares = log_shares(history.totals)
    seen = features(past, shares)
    yearly = [_learn(seen, shares, step) for step in STEPS]
    last = shares[:, -1]
    path = np.empty((len(last), past.horizon))
    for ahead in range(1, past.horizon + 1):
        if ahead <= len(STEPS):
            path[:, ahead - 1] = last + ahead * yearly[ahead - 1]
        else:
            beyond = np.sum(LEFT ** np.arange(1, ahead - len(STEPS) + 1))
            path[:, ahead - 1] = last + (len(STEPS) + beyond) * yearly[-1]
    return controlled(np.exp(path), past.country)


def features(past: Past, shares: Floats) -> Floats:
    """What each place looked like at the end of each year: [P, Y, F]; NaN = not known."""
    history = past.history
    size = np.log(history.totals) - 9.0
    columns = [(shares - shifted(shares, lag)) / lag for lag in LAGS]
    columns += [(shifted(shares, 5) - shifted(shares, 10)) / 5, size, size**2]
    for neighbours in (history.region, history.cluster):
        if neighbours is not None:
            columns += [_of_neighbours(history.totals, shares, neighbours, lag) for lag in NEIGHBOUR_LAGS]
    ages = _age_shares(past)
    columns += [ages[:, :, group] for group in range(ages.shape[2])]
    columns += [ages[:, :, group] - shifted(ages[:, :, group], 5) for group in (0, 2, 7)]
    columns.append(_volatility(shares))
    return np.stack(columns, axis=2)


def shifted(values: Floats, years: int) -> Floats:
    """Values [P, Y] of as many years before; NaN where there is no earlier year."""
    earlier = np.full_like(values, np.nan)
    if years < values.shape[1]:
        earlier[:, years:] = values[:, :-years]
    return earlier


def _of_neighbours(totals: Floats, shares: Floats, group: Ints, lag: int) -> Floats:
    """Mean yearly change of the share of the others in the same group, weighted by residents."""
    change = (shares - shifted(shares, lag)) / lag
    weight = np.where(np.isfinite(change), np.nan_to_num(totals), 0.0)
    moved = weight * np.nan_to_num(change)
    groups = int(group.max()) + 1
    others = sum_by(moved, group, groups)[group] - moved
    mass = sum_by(weight, group, groups)[group] - weight
    return np.where(mass > 0, others / np.maximum(mass, 1e-9), np.nan)


def _age_shares(past: Past) -> Floats:
    """Logarithm of each age group's share over the country's: [P, Y, 8]; NaN in years without ages."""
    history, series = past.history, past.series
    shares = np.full((*history.totals.shape, len(MOBILITY)), np.nan)
    for column, year in enumerate(history.years):
        told = history.groups.get(int(year)) if history.bounds == MOBILITY else None
        if told is None and series.first_year <= year:
            told = grouped(series.at(int(year)).sum(axis=1), MOBILITY)
        if told is None:
            continue
        whole = np.nansum(told, axis=0)
        own = np.maximum(told, 0.5) / np.maximum(told.sum(axis=1, keepdims=True), 0.5)
        shares[:, column] = np.log(own) - np.log(np.maximum(whole, 0.5) / whole.sum())
    return shares


def _volatility(shares: Floats) -> Floats:
    """Standard deviation of the last ten yearly changes of the share."""
    change = np.diff(shares, axis=1)
    spread = np.full_like(shares, np.nan)
    if change.shape[1] >= VOLATILE_YEARS:
        windows = np.lib.stride_tricks.sliding_window_view(change, VOLATILE_YEARS, axis=1)
        spread[:, VOLATILE_YEARS:] = windows.std(axis=2)
    return spread


def _learn(seen: Floats, shares: Floats, step: int) -> Floats:
    """Expected mean yearly change [P] of the share over the next `step` years."""
    lightgbm = library()
    if lightgbm is None:
        raise ModuleNotFoundError("lightgbm")
    last = seen.shape[1] - 1
    years = range(LEAST_HISTORY, last - step + 1)
    told = np.concatenate([seen[:, year] for year in years])
    target = np.concatenate([(shares[:, year + step] - shares[:, year]) / step for year in years])
    weight = np.repeat([0.5 ** ((last - step - year) / HALF_LIFE_YEARS) for year in years], len(shares))
    usable = np.isfinite(target)
    told, target, weight = told[usable], target[usable], weight[usable]
    scale = float(target.std()) or 1.0
    settings = {**SETTINGS, "min_data_in_leaf": min(60, max(5, len(target) // 40))}
    found = np.zeros(len(shares))
    for seed in range(SEEDS):
        data = lightgbm.Dataset(told, target / scale, weight=weight, free_raw_data=False)
        model = lightgbm.train({**settings, "seed": seed}, data, num_boost_round=TREES)
        found += model.predict(seen[:, last]) * scale
    return found / SEEDS
