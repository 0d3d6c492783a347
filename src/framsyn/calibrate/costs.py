"""Net operating cost by area: from accounts and function costs to the base year.

Function costs hold depreciation and internal rents, the accounts' operating margin does not. So the
level comes from the accounts and the shares of the areas from the functions; what the functions
count too much (depreciation, capital in rents) or too little (incomes of land and property) falls on
every area in proportion.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures, read_accounts, read_net_costs
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.economy import WORKING_AGE
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED
from framsyn.calibrate.levels import clip_to_mean, mean_at_last
from framsyn.calibrate.places import Places
from framsyn.datafile import rows

Floats = NDArray[np.float64]
Statuses = NDArray[np.uint8]

AREAS = (
    "early_childhood",
    "basic_education",
    "upper_secondary",
    "leisure",
    "environment",
    "business",
    "administration",
)
#: The year in which health, social and rescue services left.
REFORM = 2023
BUSINESS = AREAS.index("business")
ADMINISTRATION = AREAS.index("administration")
#: First and last age of those in need of an area; the last three areas serve everyone.
NEED_AGES = ((1, 5), (6, 15), (16, 18), (0, 100), (0, 100), (0, 100), (0, 100))
#: Accounts of this many last years are averaged, so that no odd year stands alone.
YEARS = 3
#: An area costs at least this part, at most this multiple, of the country's mean per user.
AREA_RANGE = (0.25, 4.0)
#: So does the whole, per resident.
TOTAL_RANGE = (0.5, 2.5)


@dataclass(frozen=True)
class AreaCosts:
    """Net operating cost by area.

    Attributes:
        cost: [P, 7] EUR a year in base-year prices, all > 0.
        status: [P] 1 from own accounts, 2 from national means.
    """

    cost: Floats
    status: Statuses


def area_costs(places: Places, unemployed: Floats) -> AreaCosts:
    """Net operating cost by area in the base year; sums to the national anchor.

    Args:
        places: the municipalities.
        unemployed: [P] persons, by whom the employment duty of 2025 is shared out.
    """
    duty = employment_duty(places, unemployed)
    then = costs_of_accounts(places)
    need = need_of(places.population)
    borrowed = _borrowed(places, need, duty)
    if then is None:
        return AreaCosts(borrowed, np.full(len(need), ASSUMED, dtype=np.uint8))
    own = np.isfinite(then.sum(axis=1))
    total = (
        anchor("net_operating_cost") * places.scale - duty.sum() - _without_duty(borrowed, duty)[~own].sum()
    )
    moved = then * (need / need_of(places.structure(last_year(places)))) ** anchor("cost_elasticity")
    carried = moved * (total / moved[own].sum())
    carried[:, BUSINESS] += duty
    status = np.where(own, ESTIMATED, ASSUMED).astype(np.uint8)
    return AreaCosts(np.where(own[:, None], carried, borrowed), status)


def need_of(population: Floats) -> Floats:
    """[P, 7] persons in the ages of each area, at least one."""
    by_age = population.sum(axis=1)
    return np.stack([np.maximum(by_age[:, a : b + 1].sum(axis=1), 1.0) for a, b in NEED_AGES], axis=1)


def employment_duty(places: Places, unemployed: Floats) -> Floats:
    """[P] cost of the employment services of 2025, EUR: by unemployed and by residents aged 18–64."""
    share = anchor("employment_duty_by_unemployed")
    adults = places.between(*WORKING_AGE)
    here = ~places.exempt
    if not here.any():
        return np.zeros(len(adults))
    parts = share * unemployed / unemployed[here].sum() + (1.0 - share) * adults / adults[here].sum()
    duty: Floats = anchor("employment_duty") * places.scale * np.where(here, parts, 0.0)
    return duty


def last_year(places: Places) -> int:
    """The last year of the accounts."""
    return places.tables.year("accounts")


def costs_of_accounts(places: Places) -> Floats | None:
    """[P, 7] net operating cost by area in the last accounts' prices, NaN where accounts lack.

    Mean of the last three years, each brought to the level of the last by the country's change. Health,
    social and rescue services are left out, except where the reform of 2023 does not apply.
    """
    accounts = read_accounts(places.tables, places.codes)
    functions = read_net_costs(places.tables, places.codes, area_of_function())
    if accounts is None or functions is None:
        return None
    years = [year for year in accounts.years if year in functions.years][-YEARS:]
    if not years:
        return None
    at = [accounts.years.index(year) for year in years]
    margin = -accounts["operating_margin"][:, at]
    scaled = _to_accounts(functions, years, margin + accounts["depreciation_and_impairment"][:, at])
    if not set(AREAS) <= set(scaled):
        return None
    before = np.array(years) < REFORM
    gone = scaled["left_2023"] * before if "left_2023" in scaled else np.zeros_like(margin)
    total = mean_at_last(margin - np.where(places.exempt[:, None], 0.0, gone))
    size = places.size_in(years)[:, -1]
    total = clip_to_mean(total, size, TOTAL_RANGE)
    areas = np.stack([mean_at_last(scaled[area]) for area in AREAS], axis=1)
    users = need_of(places.structure(years[-1]))
    areas = np.stack([clip_to_mean(areas[:, i], users[:, i], AREA_RANGE) for i in range(len(AREAS))], axis=1)
    areas[:, ADMINISTRATION] += np.where(places.exempt, mean_at_last(gone), 0.0)
    spread: Floats = areas * (total / areas.sum(axis=1))[:, None]
    return spread


@cache
def area_of_function() -> dict[str, str]:
    """Area of each function: one of the seven, common, left_2023 or total."""
    return {row["function"]: row["area"] for row in rows("framsyn.calibrate", "cost_functions.csv")}


def _to_accounts(functions: Figures, years: list[int], total: Floats) -> dict[str, Floats]:
    """Sums by area [P, Y], scaled so that the functions' total is that of the accounts.

    The two agree to 0.1 % but for places whose abolished parts are missing among the functions.
    """
    at = [functions.years.index(year) for year in years]
    told = functions["total"][:, at]
    ratio = np.divide(total, told, out=np.ones_like(told), where=(told > 0) & (total > 0))
    sums: dict[str, Floats] = {}
    for function, area in area_of_function().items():
        values = functions[function][:, at] * ratio
        # A function that nobody reports does not exist; a single blank makes the area unknown.
        if np.isfinite(values).any():
            sums[area] = sums.get(area, 0.0) + values
    return sums


def _borrowed(places: Places, need: Floats, duty: Floats) -> Floats:
    """[P, 7] national means per user, for places without accounts."""
    national = np.array([anchor(f"cost_{area}") for area in AREAS])
    national[BUSINESS] -= anchor("employment_duty")
    national *= (anchor("net_operating_cost") - anchor("employment_duty")) / national.sum()
    cost: Floats = need / need.sum(axis=0) * national * places.scale
    cost[:, BUSINESS] += duty
    return cost


def _without_duty(cost: Floats, duty: Floats) -> Floats:
    """[P] total cost without the employment duty."""
    total: Floats = cost.sum(axis=1) - duty
    return total
