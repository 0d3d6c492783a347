"""How strong a municipality's start is among all of them: a plain mean of its ranks.

Six figures of the bundle count alike: the residents' trend, the result of a normal year, loans and repair
debt, unemployment, the share of the old, and the income tax rate.
"""

import numpy as np

from framsyn.model.layout import LAST_WORKING_AGE, Floats
from framsyn.places.bundle import Bundle

TREND_YEARS = 10


def strength(bundle: Bundle) -> Floats:
    """[place] mean of the municipality's ranks, 0 = weakest in everything … 1 = strongest in everything.

    A figure that cannot be compared is left out of the mean: the tax rate of self-governing regions,
    whose municipalities have other tasks.
    """
    return np.asarray(np.nanmean([ranks(figure) for figure in figures(bundle).values()], axis=0))


def ranks(values: Floats) -> Floats:
    """[place] rank of each value from 0 to 1, equal values alike; NaN stays NaN."""
    known = np.sort(values[np.isfinite(values)])
    below = np.searchsorted(known, values, side="left")
    up_to = np.searchsorted(known, values, side="right")
    middle = (below + up_to - 1) / 2.0 / max(len(known) - 1, 1)
    return np.where(np.isfinite(values), middle, np.nan)


def figures(bundle: Bundle) -> dict[str, Floats]:
    """[place] the figures that strength is made of, by id, each turned so that more is stronger."""
    people = bundle["population"].sum(axis=1)
    residents = people.sum(axis=1)

    def fact(identity: str) -> Floats:
        column = list(map(str, bundle["fact_id"])).index(identity)
        return np.asarray(bundle["facts"][:, column], dtype=np.float64)

    tax = np.where(bundle["state_grant_by_law"], fact("income_tax_rate_pct"), np.nan)
    return {
        "population_trend": residents / past_residents(bundle) - 1.0,
        "result": (fact("annual_margin_eur") - fact("depreciation_eur")) / residents,
        "debt": -(fact("loans_eur") + fact("repair_debt_eur")) / residents,
        "unemployment": -(1.0 - fact("employed") / fact("labour_force")),
        "share_65_plus": -people[:, LAST_WORKING_AGE + 1 :].sum(axis=1) / residents,
        "tax_rate": -tax,
    }


def past_residents(bundle: Bundle) -> Floats:
    """[place] residents ten years before the base year, or in the last year before that all are known."""
    known = np.isfinite(bundle["history_population"]).all(axis=0)
    past = known & (bundle["history_years"] <= bundle.base_year - TREND_YEARS)
    return np.asarray(bundle["history_population"][:, np.flatnonzero(past)[-1]], dtype=np.float64)


def tenths(values: Floats) -> list[list[int]]:
    """The places in ten parts of nearly the same size, the weakest first."""
    return [part.tolist() for part in np.array_split(np.argsort(values, kind="stable"), 10)]
