"""Parts of an area's cost that are not one thing: library and art of culture, business and employment duty.

Facts beside the areas, which stay as they are.
"""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures, read_net_costs
from framsyn.calibrate.costs import AREAS, YEARS, AreaCosts, employment_duty
from framsyn.calibrate.fact_table import ASSUMED, Column, column
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]

LIBRARY = ("libraries",)
ART = ("museums", "theatre_dance_circus", "music", "adult_education_centres", "basic_art_education")
CULTURE = (*LIBRARY, *ART, "other_culture")
PROMOTION = ("business_promotion",)
BUSINESS = (*PROMOTION, "employment_services")


def cost_parts(places: Places, costs: AreaCosts, unemployed: Floats) -> dict[str, Column]:
    """Library, art, business promotion and employment services, EUR a year, shares of their areas.

    Shares are those of the functions in the last three years. The employment duty of 2025 is all of it
    employment services.
    """
    functions = read_net_costs(places.tables, places.codes, (*CULTURE, *BUSINESS))
    culture = costs.cost[:, AREAS.index("culture")]
    business = costs.cost[:, AREAS.index("business")]
    duty = employment_duty(places, unemployed)
    library = share_of(functions, LIBRARY, CULTURE, places.size)
    art = share_of(functions, ART, CULTURE, places.size)
    promotion = share_of(functions, PROMOTION, BUSINESS, places.size)
    ordinary = np.maximum(business - duty, 0.0)
    promoted = column(promotion.values * ordinary, np.maximum(promotion.status, costs.status))
    return {
        "cost_library": column(library.values * culture, np.maximum(library.status, costs.status)),
        "cost_art": column(art.values * culture, np.maximum(art.status, costs.status)),
        "cost_business_promotion": promoted,
        "cost_employment_services": column(business - promoted.values, promoted.status),
    }


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
