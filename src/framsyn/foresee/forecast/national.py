"""The country's total: late growth fades into the growth of a longer time."""

import numpy as np

from framsyn.core.arrays import Floats

#: Years of the growth that is returned to, and the part of the difference left after each year.
LONG_YEARS, LEFT = 15, 0.8


def country_path(totals: Floats, horizon: int) -> Floats:
    """Expected total [H] of the next years from the totals [Y] up to the base.

    Yearly growth goes geometrically from that of the last year to the mean of the last 15 years.
    """
    if len(totals) < 2:
        return np.full(horizon, float(totals[-1]))
    long_years = min(LONG_YEARS, len(totals) - 1)
    late = totals[-1] - totals[-2]
    long = (totals[-1] - totals[-1 - long_years]) / long_years
    growth = long + LEFT ** np.arange(1, horizon + 1) * (late - long)
    path: Floats = totals[-1] + np.cumsum(growth)
    return np.asarray(np.maximum(path, 0.1 * totals[-1]))
