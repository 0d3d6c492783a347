"""What land, buildings and shares are sold for in a normal year, beyond the gain that the margin holds.

The cash flow statement adds what non-current assets were sold for to the cash flow of investments, and takes
the gain on them, which the annual margin already holds, out of internal financing. What is left is the book
value of what was sold: money that comes in beside the margin.
"""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column
from framsyn.calibrate.levels import winsorised
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]

#: A single year is held within these quantiles of all years: a power company is sold once.
WINSOR = 0.02
LEAST_YEARS = 2


def asset_sales(places: Places, accounts: Figures | None) -> Column:
    """[P] EUR a year: sales of non-current assets less the gains that are in the annual margin.

    Mean of the accounts' years per resident, drawn to what municipalities of the size have by how little
    one year says of another, not below zero, and scaled to the sum of all. In euros of the accounts, as the
    gains of a normal year are. Without accounts the country's per resident (assumed).
    """
    size = places.size
    plain = anchor("asset_sales_book_value") * size / anchor("population")
    if accounts is None or len(accounts.years) < LEAST_YEARS:
        return column(plain, ASSUMED)
    per_resident = book_value(accounts) / places.size_in(accounts.years)
    available = np.isfinite(per_resident).all(axis=1)
    if not available.any():
        return column(plain, ASSUMED)
    usual = np.nan_to_num(per_resident).mean(axis=1)
    mean = float(np.average(usual[available], weights=size[available]))
    drawn = np.full(len(size), mean)
    drawn[available] = drawn_to_size(winsorised(per_resident[available], WINSOR), size[available])
    amount = np.maximum(drawn, 0.0) * size
    own = amount[available].sum()
    if own > 0.0:
        amount[available] *= max(mean, 0.0) * size[available].sum() / own
    return column(amount, np.where(available, ESTIMATED, ASSUMED).astype(np.uint8))


def book_value(accounts: Figures) -> Floats:
    """[P, Y] EUR: proceeds of non-current assets plus the (negative) adjustment to internal financing."""
    value: Floats = accounts["asset_proceeds"] + accounts["internal_adjustments"]
    return value


def drawn_to_size(values: Floats, size: Floats) -> Floats:
    """[P] mean over years drawn to the line on ln residents, by the variance between over that of a mean.

    Args:
        values: [P, Y] EUR per resident.
        size: [P] residents.
    """
    mean = values.mean(axis=1)
    design = np.stack([np.ones(len(size)), np.log(np.maximum(size, 1.0))], axis=1)
    usual = design @ np.linalg.lstsq(design, mean, rcond=None)[0]
    noise = float(values.var(axis=1, ddof=1).mean()) / values.shape[1]
    whole = float(((mean - usual) ** 2).mean())
    weight = max(whole - noise, 0.0) / whole if whole > 0.0 else 0.0
    drawn: Floats = usual + weight * (mean - usual)
    return drawn
