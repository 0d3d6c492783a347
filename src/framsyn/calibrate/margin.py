"""The structural result: annual margin less depreciation in a year without one-off items."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column
from framsyn.calibrate.levels import LATE_YEARS, WINSOR, persistence, winsorised
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]


def structural_result(places: Places, accounts: Figures | None) -> Column:
    """[P] margin less depreciation in the base year, EUR; the country's sum is the anchors'.

    The transition equalisation of 2023 left each municipality's balance nearly as it was. So its result
    per resident is the country's plus its own past deviation, in the part that has proved to persist.
    """
    total = national_result() * places.scale
    size = places.size
    if accounts is None or len(accounts.years) <= LATE_YEARS:
        return column(total * size / size.sum(), ASSUMED)
    history = result_per_resident(places, accounts)
    known = np.isfinite(history).all(axis=1)
    mean = np.where(known, history.mean(axis=1), np.nan)
    own = winsorised(mean, WINSOR) * persistence(history[known], size[known])
    deviation = np.where(known, own, 0.0)
    deviation -= np.average(deviation, weights=size)
    values = size * (total / size.sum() + np.where(known, deviation, 0.0))
    values += (total - values.sum()) * size / size.sum()
    return column(values, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


def national_result() -> float:
    """The country's result without one-off items: the result less sales above those of a normal year."""
    return anchor("result") - (anchor("asset_sales") - anchor("asset_sales_normal"))


def result_per_resident(places: Places, accounts: Figures) -> Floats:
    """[P, Y] margin less planned depreciation, EUR/resident of the year, in the accounts."""
    return (accounts["annual_margin"] - accounts["depreciation"]) / places.size_in(accounts.years)
