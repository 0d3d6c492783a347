"""Areas of the model that the accounts hold as one: library, art and other culture; business and employment.

Cost and income of the whole are worked out first (`costs`, `operating_income`) and then shared out, so that
what a part is does not bear on any sum.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures, read_net_costs
from framsyn.calibrate.costs import AREAS, YEARS
from framsyn.calibrate.fact_table import ASSUMED, Column, column
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]

#: The functions of each part of an area of the accounts; each part is an area of the model.
PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "culture": {
        "library": ("libraries",),
        "art": ("museums", "theatre_dance_circus", "music", "adult_education_centres", "basic_art_education"),
        "culture": ("other_culture",),
    },
    "business": {"business": ("business_promotion",), "employment": ("employment_services",)},
}
FUNCTIONS = tuple(name for parts in PARTS.values() for names in parts.values() for name in names)


def model_areas() -> tuple[str, ...]:
    """The areas of the model in the order of the accounts' areas, parts in the place of their whole."""
    return tuple(part for area in AREAS for part in PARTS.get(area, (area,)))


def part_shares(places: Places, last_year: int | None = None) -> dict[str, Column]:
    """[P] share of each part in its whole, from the costs by function of the last three years.

    Args:
        places: the municipalities.
        last_year: functions of later years are not read; all are where none is given.
    """
    functions = read_net_costs(places.tables, places.codes, FUNCTIONS)
    if functions is not None and last_year is not None:
        functions = until(functions, last_year)
    found = {}
    for parts in PARTS.values():
        whole = tuple(name for names in parts.values() for name in names)
        for part, names in parts.items():
            found[part] = share_of(functions, names, whole, places.size)
    return found


def until(figures: Figures, year: int) -> Figures | None:
    """The figures of the years until `year`; None where there are none."""
    count = sum(one <= year for one in figures.years)
    by_id = {one: values[:, :count] for one, values in figures.by_id.items()}
    return Figures(figures.years[:count], by_id) if count else None


def in_parts(
    by_area: dict[str, Column], shares: dict[str, Column], employment_duty: Floats
) -> dict[str, Column]:
    """Columns of the accounts' areas as columns of the model's areas.

    Args:
        by_area: EUR a year by area of the accounts.
        shares: of each part in its whole, see `part_shares`.
        employment_duty: [P] EUR a year that are all of them employment services, among those of business.
    """
    found: dict[str, Column] = {}
    for area, whole in by_area.items():
        duty = employment_duty if area == "business" else np.zeros_like(whole.values)
        ordinary = np.maximum(whole.values - duty, 0.0)
        parts = tuple(PARTS.get(area, {}))
        for part in parts[:-1]:
            share = shares[part]
            found[part] = column(share.values * ordinary, np.maximum(share.status, whole.status))
        last = parts[-1] if parts else area
        rest = whole.values - sum((found[part].values for part in parts[:-1]), np.zeros_like(whole.values))
        status = np.maximum.reduce([whole.status, *(found[part].status for part in parts[:-1])])
        found[last] = column(np.maximum(rest, 0.0), status)
    return found


def shares_of_cost(cost: dict[str, Column]) -> dict[str, Column]:
    """[P] share of each part in its whole's cost: how income falls on parts, since no table tells it."""
    found = {}
    for parts in PARTS.values():
        whole = sum((cost[part].values for part in parts), np.zeros_like(cost["library"].values))
        for part in parts:
            found[part] = column(cost[part].values / np.maximum(whole, 1.0), cost[part].status)
    return found


def share_of(
    functions: Figures | None, part: tuple[str, ...], whole: tuple[str, ...], size: Floats
) -> Column:
    """[P] share of some functions in several; that of all (assumed) where a municipality tells no cost.

    A function that nobody reports in a year is left out; net income counts as no cost.
    """
    if functions is None:
        return column(np.full(len(size), len(part) / len(whole)), ASSUMED)
    sums = {
        name: np.maximum(np.nansum(functions[name][:, -YEARS:], axis=1), 0.0)
        for name in whole
        if name in functions.by_id
    }
    above = sum((sums[name] for name in part if name in sums), np.zeros(len(size)))
    below = sum(sums.values(), np.zeros(len(size)))
    available = below > 0.0
    everyone = above.sum() / below.sum() if available.any() else len(part) / len(whole)
    share = np.divide(above, below, out=np.full(len(size), everyone), where=available)
    return column(share, np.where(available, 1, ASSUMED).astype(np.uint8))
