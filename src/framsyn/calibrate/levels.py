"""Small steps that every baseline figure takes: mean of years, trend, gap, odd value, level."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column

Floats = NDArray[np.float64]

#: Late years by which persistence is judged.
LATE_YEARS = 2
#: Deviations are held within these quantiles: a sale or an odd year is not a structure.
WINSOR = 0.05


def mean_at_last(values: Floats) -> Floats:
    """[P] mean over years [P, Y], each year brought to the country's level in the last.

    The level is summed over municipalities with every year; a gap gives NaN.
    """
    known = np.isfinite(values).all(axis=1)
    level = values[known].sum(axis=0)
    factor = np.divide(level[-1], level, out=np.ones_like(level), where=level > 0)
    mean: Floats = (values * factor).mean(axis=1)
    return mean


def clip_to_mean(values: Floats, users: Floats, limits: tuple[float, float]) -> Floats:
    """[P] values held within `limits` times the country's mean per user; NaN stays NaN."""
    known = np.isfinite(values)
    mean = values[known].sum() / users[known].sum()
    return np.clip(values, limits[0] * mean * users, limits[1] * mean * users)


def winsorised(values: Floats, share: float) -> Floats:
    """Values held within the quantiles `share` and 1 − `share` of the finite ones."""
    low, high = np.quantile(values[np.isfinite(values)], [share, 1.0 - share])
    return np.clip(values, low, high)


def on_trend(accounts: Figures, identity: str, year: int) -> float:
    """The country's sum in `year`: that of the last accounts on the yearly growth since the first."""
    values = accounts[identity]
    level = values[np.isfinite(values).all(axis=1)].sum(axis=0)
    span = accounts.years[-1] - accounts.years[0]
    if span == 0 or level[0] <= 0 or level[-1] <= 0:
        return float(level[-1])
    return float(level[-1] * (level[-1] / level[0]) ** ((year - accounts.years[-1]) / span))


def closed(values: Floats, size: Floats, total: float, status: int = ESTIMATED) -> Column:
    """Scale the known values so that all sum to `total`; a gap gets its residents' share (assumed).

    Args:
        values: [P] with NaN for gaps; None known means a plain share for everyone.
        size: [P] residents.
        total: what they must sum to.
        status: status of the known.
    """
    known = np.isfinite(values)
    plain = total * size / size.sum()
    own = values[known].sum()
    if own == 0.0:
        return column(plain, ASSUMED)
    result = plain.copy()
    result[known] = values[known] * ((total - plain[~known].sum()) / own)
    return column(result, np.where(known, status, ASSUMED).astype(np.uint8))


def blank(size: Floats) -> Floats:
    """[P] nothing known."""
    return np.full(len(size), np.nan)


def persistence(history: Floats, size: Floats) -> float:
    """Slope of the mean of the last two years on that of the years before, 0…1: what persists.

    Both winsorised; weighted by the square root of residents, since a small municipality's figures
    vary more.

    Args:
        history: [P, Y] a figure per resident and year.
        size: [P] residents.
    """
    early = winsorised(history[:, :-LATE_YEARS].mean(axis=1), WINSOR)
    late = winsorised(history[:, -LATE_YEARS:].mean(axis=1), WINSOR)
    weight = np.sqrt(size)
    x = early - np.average(early, weights=weight)
    y = late - np.average(late, weights=weight)
    spread = float((weight * x * x).sum())
    return float(np.clip((weight * x * y).sum() / spread, 0.0, 1.0)) if spread > 0.0 else 0.0
