"""Operating income by area: fees, sales, rents and other income that net operating cost is net of.

The level is the municipality's own, from its accounts without what came with health and social care;
how it falls on areas is a matter of national ratios. Gross operating cost is net cost plus income.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.cost_history import slope
from framsyn.calibrate.costs import AREAS, REFORM, AreaCosts, accounted
from framsyn.calibrate.fact_table import ASSUMED, Column, column
from framsyn.calibrate.levels import clip_to_mean, closed, mean_at_last, winsorised
from framsyn.calibrate.places import Places
from framsyn.datafile import rows

Floats = NDArray[np.float64]

YEARS = 3
#: Income per resident lies within these multiples of the country's mean.
RANGE = (0.4, 2.5)
#: Part of the personnel cost of remaining services at which a municipality is taken to have no staff of
#: its own in health and social care: the lowest tenth of personnel per remaining cost.
WITHOUT_STAFF = 0.1
#: Changes of income are held within these quantiles; a fifth of the changes are real, so few are cut.
ODD = 0.02
#: At most this part of fees, sales and subsidies came with health and social care.
MOST_LEFT = 0.9
#: Areas that take what the others leave get at least this part of what their ratio says.
LEAST_REST = 0.25


@dataclass(frozen=True)
class Ratio:
    """National operating income of an area over its gross operating cost.

    Attributes:
        ratio: 0 … below 1.
        takes_rest: whether the area takes what a municipality has beyond or below the ratios.
    """

    ratio: float
    takes_rest: bool


@cache
def ratios() -> tuple[Ratio, ...]:
    """The ratio of each area, in the order of `AREAS`, from `income_ratios.csv`."""
    by_area = {row["area"]: row for row in rows("framsyn.calibrate", "income_ratios.csv")}
    return tuple(Ratio(float(by_area[area]["ratio"]), by_area[area]["takes_rest"] == "yes") for area in AREAS)


def income_columns(places: Places, accounts: Figures | None, costs: AreaCosts) -> dict[str, Column]:
    """Operating income of each area of the accounts, EUR a year; assumed, since no table tells it by area."""
    level = income_level(places, accounts)
    by_area = spread(costs.cost, level.values)
    return {area: column(by_area[:, i], ASSUMED) for i, area in enumerate(AREAS)}


def spread(cost: Floats, level: Floats) -> Floats:
    """[P, 11] income by area that sums to the municipality's own level.

    Areas keep the national ratio of income to gross cost; those marked to take the rest share what is
    left in proportion. Where the others alone are too much, all are scaled down.

    Args:
        cost: [P, 11] net operating cost, EUR.
        level: [P] operating income of each municipality, EUR.
    """
    usual = cost * np.array([one.ratio / (1.0 - one.ratio) for one in ratios()])
    takes = np.array([one.takes_rest for one in ratios()])
    fixed, open_part = usual[:, ~takes].sum(axis=1), usual[:, takes].sum(axis=1)
    share = np.maximum((level - fixed) / open_part, LEAST_REST)
    income = np.where(takes, usual * share[:, None], usual)
    scaled: Floats = income * (level / income.sum(axis=1))[:, None]
    return scaled


def income_level(places: Places, accounts: Figures | None) -> Column:
    """[P] operating income of the base year, EUR.

    The accounts' last years per resident without what came with health and social care, unchanged in
    euros since (fees and rents rise with prices, but sales have fallen as utilities became companies),
    plus what the wellbeing services counties pay in rent for premises.
    """
    size = places.size
    plain = (anchor("operating_income") + anchor("county_rents")) * places.scale
    if accounts is None:
        return closed(np.full(len(size), np.nan), size, plain)
    staff = health_staff(places, accounts)
    if staff is None:
        return closed(np.full(len(size), np.nan), size, plain)
    then = places.size_in(accounts.years[-YEARS:])
    left = left_income(places, accounts, staff, income_per_staff(places, accounts))
    kept = mean_at_last((accounts["operating_revenue"] - left)[:, -YEARS:])
    own = clip_to_mean(kept / then[:, -1] * size, size, RANGE)
    known = np.isfinite(own)
    total = float(own[known].sum() / size[known].sum() * size.sum())
    held = closed(own, size, total)
    renting = np.where(np.isfinite(staff[:, -1]), staff[:, -1], 0.0) * ~places.exempt
    rents = anchor("county_rents") * places.scale * renting / max(float(renting.sum()), 1.0)
    return column(held.values + rents, held.status)


def health_staff(places: Places, accounts: Figures) -> Floats | None:
    """[P, Y] personnel cost of a municipality's own health and social care, EUR; None without functions.

    Personnel expenses beyond those of the remaining services, which take the same part of remaining net
    cost everywhere: that of municipalities whose health and social care a joint authority runs.
    """
    told = accounted(places, list(accounts.years))
    if told is None or tuple(told.years) != accounts.years:
        return None
    per_cost = accounts["personnel"] / np.maximum(told.remaining, 1.0)
    here = per_cost[~places.exempt]
    usual = np.nanquantile(here, WITHOUT_STAFF, axis=0) if np.isfinite(here).any() else np.zeros(1)
    staff: Floats = np.maximum(accounts["personnel"] - usual * told.remaining, 0.0)
    return staff


def left_income(places: Places, accounts: Figures, staff: Floats, per_staff: float) -> Floats:
    """[P, Y] fees, sales and subsidies that came with health and social care and left with it, EUR.

    Args:
        places: the municipalities.
        accounts: their accounts.
        staff: [P, Y] personnel cost of health and social care, EUR.
        per_staff: EUR of such income per EUR of personnel cost.
    """
    moving = moving_income(accounts)
    before = (np.array(accounts.years) < REFORM) & ~places.exempt[:, None]
    left = np.minimum(per_staff * staff, MOST_LEFT * np.maximum(moving, 0.0))
    return np.where(before, left, 0.0)


def moving_income(accounts: Figures) -> Floats:
    """[P, Y] fees, sales and subsidies, EUR: the income of which a part came with health care."""
    total: Floats = accounts["fees"] + accounts["sales"] + accounts["subsidies"]
    return total


def income_per_staff(places: Places, accounts: Figures) -> float:
    """EUR of fees, sales and subsidies per EUR of personnel in health and social care.

    Many municipalities handed their care to joint authorities in 2015–2019. The slope of the change of
    income on the change of personnel expenses, per resident from the first accounts to the last, tells
    what went with it.
    """
    size = places.size_in(accounts.years)
    income, personnel = moving_income(accounts) / size, accounts["personnel"] / size
    before = ~places.exempt
    change = [(one[:, -1] - one[:, 0])[before] for one in (personnel, income)]
    if len(accounts.years) <= 1 or not np.isfinite(change[0] + change[1]).any():
        return anchor("income_per_staff")
    found = slope(change[0], winsorised(change[1], ODD), np.sqrt(size[before, -1]))
    return anchor("income_per_staff") if found is None else max(found, 0.0)
