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
from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.cost_history import users_elasticity, yearly_persistence
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
    "culture",
    "sport_youth",
    "environment",
    "safety",
    "business",
    "participation",
    "administration",
    "health_social",
)
#: The year in which health, social and rescue services left the mainland's municipalities.
REFORM = 2023
SAFETY = AREAS.index("safety")
BUSINESS = AREAS.index("business")
PARTICIPATION = AREAS.index("participation")
ADMINISTRATION = AREAS.index("administration")
HEALTH_SOCIAL = AREAS.index("health_social")
#: What no function of the statistics holds: an assumption per resident, taken out of administration.
PER_RESIDENT = {SAFETY: "safety_per_resident", PARTICIPATION: "engagement_per_resident"}
#: At most this part of administration is taken out so.
MOST_TAKEN = 0.5
#: Areas that functions tell of, on the mainland of today.
TOLD = tuple(i for i in range(len(AREAS)) if i not in (*PER_RESIDENT, HEALTH_SOCIAL))
EVERYONE = (0, 100)
#: First and last age of those in need of an area.
NEED_AGES = ((1, 5), (6, 15), (16, 18), *(EVERYONE,) * (len(AREAS) - 3))
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
        cost: [P, 11] EUR a year in base-year prices, all > 0; health and social care 0 on the mainland.
        status: [P] 1 from own accounts, 2 from national means.
    """

    cost: Floats
    status: Statuses

    def status_of(self, area: int) -> Statuses:
        """[P] status of one area: what no function holds is assumed."""
        return np.full_like(self.status, ASSUMED) if area in PER_RESIDENT else self.status


@dataclass(frozen=True)
class Accounted:
    """Costs as the accounts of one or more years tell them.

    Attributes:
        years: the years.
        areas: [P, Y, 11] EUR of the years: functions scaled to the accounts, the common net not spread.
        remaining: [P, Y] operating margin with its sign turned, less `health_social`.
    """

    years: list[int]
    areas: Floats
    remaining: Floats


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
        cost, own = borrowed, np.zeros(len(need), dtype=np.bool_)
    else:
        own = np.isfinite(then.sum(axis=1))
        total = anchor("net_operating_cost") * places.scale - duty.sum()
        total -= float((borrowed.sum(axis=1) - duty)[~own].sum())
        moved = to_base_year(places, then, need)
        carried = moved * (total / moved[own].sum())
        carried[:, BUSINESS] += duty
        cost = np.where(own[:, None], carried, borrowed)
    status = np.where(own, ESTIMATED, ASSUMED).astype(np.uint8)
    return AreaCosts(take_out(cost, places.size), status)


def need_of(population: Floats) -> Floats:
    """[P, 11] persons in the ages of each area, at least one."""
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


def take_out(cost: Floats, size: Floats) -> Floats:
    """Costs [P, 11] with what is assumed per resident taken out of administration; the sum stays.

    Args:
        cost: [P, 11] EUR, nothing yet for what no function holds.
        size: [P] residents.
    """
    areas = list(PER_RESIDENT)
    taken = size[:, None] * np.array([anchor(PER_RESIDENT[area]) for area in areas])
    held = MOST_TAKEN * cost[:, ADMINISTRATION] / taken.sum(axis=1)
    taken *= np.minimum(1.0, held)[:, None]
    result = cost.copy()
    result[:, areas] = taken
    result[:, ADMINISTRATION] -= taken.sum(axis=1)
    return result


def to_base_year(places: Places, then: Floats, need: Floats) -> Floats:
    """[P, 11] costs of the accounts nearer what such users usually cost, and moved to today's users.

    Of the deviation of a place's whole cost from that of its users at the country's mean, the part that
    proved to persist is kept. Then each area follows its users to a power.
    """
    elasticity = users_elasticity(places.tables, places.codes)
    power = anchor("cost_elasticity") if elasticity is None else elasticity
    users = need_of(places.structure(last_year(places)))
    moved: Floats = nearer_usual(places, then, users) * (need / users) ** power
    return moved


def nearer_usual(places: Places, then: Floats, users: Floats) -> Floats:
    """[P, 11] costs of the accounts with the deviation from usual that will be left in the base year.

    Health and social care are left as they are.
    """
    years = list(places.tables.need("accounts")["year"].unique().sort())
    told = accounted(places, years)
    yearly = None
    if told is not None:
        yearly = yearly_persistence(told.years, told.remaining / places.size_in(told.years), places.size)
    yearly = anchor("cost_persistence") if yearly is None else yearly
    kept = yearly ** (anchor_year() - float(np.mean(years[-YEARS:])))
    here = list(TOLD)
    known = np.isfinite(then.sum(axis=1))
    usual = users[:, here] @ (then[known][:, here].sum(axis=0) / users[known][:, here].sum(axis=0))
    result = then.copy()
    result[:, here] *= ((usual / then[:, here].sum(axis=1)) ** (1.0 - kept))[:, None]
    return result


def last_year(places: Places) -> int:
    """The last year of the accounts."""
    return places.tables.year("accounts")


def costs_of_accounts(places: Places) -> Floats | None:
    """[P, 11] net operating cost by area in the last accounts' prices, NaN where accounts lack.

    Mean of the last three years, each brought to the level of the last by the country's change. Health,
    social and rescue services are left out, except where the reform of 2023 does not apply.
    """
    accounts = read_accounts(places.tables, places.codes)
    told = None if accounts is None else accounted(places, list(accounts.years)[-YEARS:])
    if told is None:
        return None
    size = places.size_in(told.years)[:, -1]
    total = clip_to_mean(mean_at_last(told.remaining), size, TOTAL_RANGE)
    users = need_of(places.structure(told.years[-1]))
    result = np.zeros((len(size), len(AREAS)))
    for i in TOLD:
        result[:, i] = clip_to_mean(mean_at_last(told.areas[:, :, i]), users[:, i], AREA_RANGE)
    result *= (total / result.sum(axis=1))[:, None]
    stays = mean_at_last(told.areas[:, :, HEALTH_SOCIAL])
    result[:, HEALTH_SOCIAL] = np.where(places.exempt, np.maximum(stays, 0.0), 0.0)
    return result


def accounted(places: Places, years: list[int]) -> Accounted | None:
    """Costs by area of these years, EUR of the years; None where tables or areas lack.

    Functions are scaled so that their total is the accounts' operating margin and depreciation. The two
    agree to 0.1 % but for places whose abolished parts are missing among the functions.
    """
    accounts = read_accounts(places.tables, places.codes)
    functions = read_net_costs(places.tables, places.codes, area_of_function())
    if accounts is None or functions is None:
        return None
    years = [year for year in years if year in accounts.years and year in functions.years]
    if not years:
        return None
    at = [accounts.years.index(year) for year in years]
    margin = -accounts["operating_margin"][:, at]
    sums = _to_accounts(functions, years, margin + accounts["depreciation_and_impairment"][:, at])
    if not {AREAS[i] for i in TOLD} <= set(sums):
        return None
    nothing = np.zeros_like(margin)
    areas = np.stack([sums.get(area, nothing) for area in AREAS], axis=2)
    # After the reform nothing of it is left in the mainland's margin.
    gone = areas[:, :, HEALTH_SOCIAL] * ((np.array(years) < REFORM) | places.exempt[:, None])
    return Accounted(years, areas, margin - gone)


@cache
def area_of_function() -> dict[str, str]:
    """Area of each function: one of `AREAS`, common or total."""
    return {row["function"]: row["area"] for row in rows("framsyn.calibrate", "cost_functions.csv")}


def _to_accounts(functions: Figures, years: list[int], total: Floats) -> dict[str, Floats]:
    """Sums by area [P, Y], scaled so that the functions' total is that of the accounts."""
    at = [functions.years.index(year) for year in years]
    told = functions["total"][:, at]
    ratio = np.divide(total, told, out=np.ones_like(told), where=(told > 0) & (total > 0))
    sums: dict[str, Floats] = {}
    for function, area in area_of_function().items():
        values = functions[function][:, at] * ratio
        # A function that nobody reports in a year does not exist in it; a single blank makes the area
        # unknown.
        exists = np.isfinite(values).any(axis=0)
        if exists.any():
            sums[area] = sums.get(area, 0.0) + np.where(exists, values, 0.0)
    return sums


def _borrowed(places: Places, need: Floats, duty: Floats) -> Floats:
    """[P, 11] national means per user, for places without accounts."""
    national = np.zeros(len(AREAS))
    national[list(TOLD)] = [anchor(f"cost_{AREAS[i]}") for i in TOLD]
    national[BUSINESS] -= anchor("employment_duty")
    cost: Floats = need / need.sum(axis=0) * national
    cost[:, HEALTH_SOCIAL] = places.exempt * anchor("health_social_per_resident") * places.size / places.scale
    total = anchor("net_operating_cost") * places.scale - duty.sum()
    cost *= total / cost.sum()
    cost[:, BUSINESS] += duty
    return cost
