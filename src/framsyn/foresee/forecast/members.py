"""The members of the ensemble and the rivals of every backtest: one signature, past in, totals out."""

from collections.abc import Callable, Mapping

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.foresee.forecast import trends
from framsyn.foresee.forecast.boosting import boosting
from framsyn.foresee.forecast.cohort import DAMPING, Plan, live_cohorts
from framsyn.foresee.forecast.moving import stepwise
from framsyn.foresee.forecast.past import Past
from framsyn.foresee.forecast.structures import LEAST, cohort_ratio, older
from framsyn.model.layout import AGES

Method = Callable[[Past], Floats]

#: Part of a local deviation that is held on to when it is carried on undamped.
HELD = 0.8
TREND_YEARS, RIVAL_YEARS, LONG_RIVAL_YEARS = 15, 5, 10


def trend(past: Past) -> Floats:
    """LIN/EXP over 15 years, summing to the country's path."""
    return trends.controlled(
        trends.linear_exponential(past.history.totals, past.horizon, TREND_YEARS), past.country
    )


def shrunk_growth(past: Past) -> Floats:
    """Own late growth of the share, shrunk toward size and region."""
    return trends.shrunk_growth(past.history.totals, past.history.region, past.country)


def cohort_held(past: Past) -> Floats:
    """Cohort component; four fifths of the local deviations go on."""
    return _cohort_total(past, Plan(level=HELD))


def cohort_fading(past: Past) -> Floats:
    """Cohort component; local deviations fade with time by age."""
    return _cohort_total(past, Plan(damping=stepwise(DAMPING)))


def _cohort_total(past: Past, plan: Plan) -> Floats:
    path = live_cohorts(past.base_structure, past.history.region, past.rates, past.horizon, plan)
    return trends.controlled(path.sum(axis=(2, 3)), past.country)


MEMBERS: Mapping[str, Method] = {
    "trend": trend,
    "shrunk_growth": shrunk_growth,
    "boosting": boosting,
    "cohort_held": cohort_held,
    "cohort_fading": cohort_fading,
}


def no_change(past: Past) -> Floats:
    """Everyone stays."""
    return trends.no_change(past.history.totals, past.horizon)


def linear(past: Past) -> Floats:
    """The mean yearly change of five years goes on."""
    return trends.linear(past.history.totals, past.horizon, RIVAL_YEARS)


def growth(past: Past) -> Floats:
    """The mean yearly growth rate of five years goes on."""
    return trends.exponential(past.history.totals, past.horizon, RIVAL_YEARS)


def lin_exp(past: Past) -> Floats:
    """LIN/EXP over ten years."""
    return trends.linear_exponential(past.history.totals, past.horizon, LONG_RIVAL_YEARS)


def csp_vsg(past: Past) -> Floats:
    """Mean of constant share and variable share of growth over ten years (Wilson 2017)."""
    totals, country = past.history.totals, past.country
    constant = trends.constant_share(totals, country)
    return 0.5 * (constant + trends.variable_share(totals, country, LONG_RIVAL_YEARS))


def hamilton_perry(past: Past) -> Floats:
    """Total of `hamilton_perry_ages`."""
    return np.asarray(hamilton_perry_ages(past).sum(axis=(2, 3)))


RIVALS: Mapping[str, Method] = {
    "no_change": no_change,
    "linear": linear,
    "g5": growth,
    "lin_exp": lin_exp,
    "csp_vsg": csp_vsg,
    "hamilton_perry": hamilton_perry,
}

CHILDBEARING = slice(20, 45)
LARGEST = 3.0


def hamilton_perry_ages(past: Past) -> Floats:
    """Population [P, H, 2, 101] by each place's own cohort ratios and child–woman ratio of five years."""
    series = past.series
    path = np.empty((series.local.shape[1], past.horizon, 2, AGES))
    now = past.base_structure.astype(np.float64)
    local = series.local[series.alike(RIVAL_YEARS + 1)].astype(np.float64)
    if len(local) < 2:
        return np.repeat(now[:, None], past.horizon, axis=1)
    ratio = np.minimum(cohort_ratio(local[:-1].sum(axis=0), local[1:].sum(axis=0)), LARGEST)
    women = local[1:, :, 1, CHILDBEARING].sum(axis=(0, 2))
    children = local[1:, :, :, 0].sum(axis=0) / np.maximum(women, LEAST)[:, None]
    for step in range(past.horizon):
        now = older(now * ratio)
        now[:, :, 0] = children * now[:, 1, CHILDBEARING].sum(axis=1)[:, None]
        path[:, step] = now
    return path
