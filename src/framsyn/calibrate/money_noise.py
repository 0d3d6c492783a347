"""How a municipality's money wanders beside the country's: what lasts, and what comes back the year after.

Of yearly changes, less the country's median, the covariance of neighbouring years tells what is one-off: a
year that stands alone moves two changes in opposite directions. What is left of the variance lasts.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import read_accounts
from framsyn.calibrate.costs import accounted
from framsyn.calibrate.levels import winsorised
from framsyn.calibrate.places import unpeopled_places
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: Changes are held within these quantiles: a sale or a new border is no wandering.
WINSOR = 0.02
#: Standard deviations are told for municipalities of this many residents, within a factor of two.
REFERENCE_SIZE, AROUND = 10_000.0, 2.0
LEAST = 1.0


class Noise(NamedTuple):
    """Standard deviations of yearly values around the reference size."""

    lasting: float
    one_off: float


def cost_noise(tables: Tables) -> Noise:
    """Noise of the logarithm of net operating cost per resident without health and social care."""
    places = unpeopled_places(tables)
    accounts = read_accounts(tables, places.codes)
    told = None if accounts is None else accounted(places, list(accounts.years))
    if accounts is None or told is None:
        raise FramsynError("The tables accounts and net_costs are needed to tell how costs wander.")
    size = places.size_in(accounts.years)
    return noise_of(np.log(np.maximum(told.remaining / size, LEAST)), size[:, -1])


def margin_noise(tables: Tables) -> Noise:
    """Noise of the annual margin, EUR/resident."""
    places = unpeopled_places(tables)
    accounts = read_accounts(tables, places.codes)
    if accounts is None:
        raise FramsynError("The table accounts is needed to tell how the annual margin wanders.")
    size = places.size_in(accounts.years)
    return noise_of(accounts["annual_margin"] / size, size[:, -1])


def noise_of(values: Floats, size: Floats) -> Noise:
    """The noise of a figure [P, Y] by years, in places whose `size` [P] is around the reference."""
    changes = np.diff(values, axis=1)
    changes = winsorised(changes - np.nanmedian(changes, axis=0), WINSOR)
    around = (size > REFERENCE_SIZE / AROUND) & (size < REFERENCE_SIZE * AROUND)
    kept = changes[around & np.isfinite(changes).all(axis=1)]
    variance = float((kept**2).mean())
    neighbours = float((kept[:, 1:] * kept[:, :-1]).mean())
    return Noise(max(0.0, variance + 2.0 * neighbours) ** 0.5, max(0.0, -neighbours) ** 0.5)
