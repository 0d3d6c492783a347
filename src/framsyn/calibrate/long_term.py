"""How many of the unemployed have been so for over a year."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import open_places
from framsyn.calibrate.shrinkage import shrink_ratios
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: The share lies within these.
RANGE = (0.01, 0.95)


def long_term_facts(tables: Tables, population: Floats) -> FactTable:
    """Long-term share of the unemployed, drawn to what the local rate makes usual where they are few.

    A count that is not published says nothing: there the usual share stands alone.

    Args:
        tables: the folder of tables; uses `unemployment` where it is.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    codes = list(places.codes)
    plain = np.full(len(codes), anchor("long_term_share"))
    frame = tables.get("unemployment")
    if frame is None or "long_term_unemployed" not in frame.columns:
        return fact_table({"long_term_share": column(plain, ASSUMED)})
    long_term, unemployed, force = (
        values_of(frame, name, codes) for name in ("long_term_unemployed", "unemployed", "labour_force")
    )
    known = np.isfinite(long_term) & (unemployed > 0) & (force > unemployed)
    if not known.any():
        return fact_table({"long_term_share": column(plain, ASSUMED)})
    counted, of = np.where(known, long_term, 0.0), np.where(known, unemployed, 0.0)
    country = counted.sum() / of.sum()
    rate = np.log(np.where(known, unemployed, 1.0) / np.where(known, force, 1.0))
    rate = np.where(known, rate, np.average(rate[known], weights=of[known]))
    design = np.stack([np.ones(len(rate)), rate - rate.mean()], axis=1)
    share = country * shrink_ratios(counted, country * of, design).ratio
    return fact_table({"long_term_share": column(np.clip(share, *RANGE), ESTIMATED)})
