"""The country's unemployment since 1990 by main activity: its depression, and what money did with it.

The table counts at the end of the year and by main activity, so its rate lies above that of the register of
job-seekers; only its movements are used.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.accounts import read_accounts
from framsyn.calibrate.places import unpeopled_places
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: Ages of the labour force in the table.
WORKING = "18_64"
#: The years before and at the deepest of the depression, and the last in which its end is followed.
BEFORE, DEEPEST, OVER = 1990, 1993, 2001


class Depression(NamedTuple):
    """The depression of the 1990s, logits: depth against the mean of all years, and what is left a year."""

    depth: float
    persistence: float
    years: int


def national_logits(tables: Tables) -> dict[int, float]:
    """Logit of the country's unemployment rate by year.

    Raises:
        FramsynError: the table is missing.
    """
    frame = tables.get("main_activity")
    if frame is None:
        raise FramsynError("The table main_activity is needed to follow unemployment since 1990.")
    sums = (
        frame.filter(pl.col("age") == WORKING)
        .group_by("year")
        .agg(pl.col("unemployed", "labour_force").sum())
        .sort("year")
    )
    rate = (sums["unemployed"] / sums["labour_force"]).to_numpy()
    return dict(zip(sums["year"].to_list(), np.log(rate / (1.0 - rate)).tolist(), strict=True))


def depression(tables: Tables) -> Depression:
    """The depression of the 1990s; its persistence by least squares on the years after the deepest."""
    logits = national_logits(tables)
    mean = float(np.mean(list(logits.values())))
    after = np.array([logits[year] - mean for year in range(DEEPEST, OVER + 1)])
    persistence = float(after[1:] @ after[:-1] / (after[:-1] @ after[:-1]))
    return Depression(float(after[0]), persistence, DEEPEST - BEFORE)


def cycle_and_corporate_tax(tables: Tables) -> float:
    """Correlation of yearly changes of the logit and of the logarithm of the country's corporate tax.

    Raises:
        FramsynError: a table is missing.
    """
    logits = national_logits(tables)
    accounts = read_accounts(tables, unpeopled_places(tables).codes)
    if accounts is None:
        raise FramsynError("The table accounts is needed to compare corporate tax with unemployment.")
    tax = np.log(np.nansum(accounts["corporate_tax"], axis=0))
    cycle = np.array([logits[year] for year in accounts.years])
    return float(np.corrcoef(np.diff(tax), np.diff(cycle))[0, 1])
