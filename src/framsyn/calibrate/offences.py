"""Offences known to the police per thousand residents, without what through roads and controls bring.

Traffic offences and breaches of other laws are left out: they show through roads and how much is watched, and
since June 2020 a fee has replaced most of the latter.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import open_places
from framsyn.calibrate.shrinkage import shrink_ratios
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

KINDS = ("property", "life_and_health", "sexual", "justice_authorities_order", "other_criminal_code")
YEARS = 3
PER = 1_000.0


def offence_history(tables: Tables, codes: Sequence[str]) -> tuple[NDArray[np.int32], Floats]:
    """Offences against the criminal code without traffic, per thousand residents, as published.

    Returns:
        Years [Y], and rates [P, Y]; NaN = not published. Both are empty where the table is lacking.
    """
    frame = tables.get("crimes_per_1000")
    if frame is None:
        return np.zeros(0, dtype=np.int32), np.zeros((len(codes), 0))
    rates = frame.drop_nulls(KINDS).select("code", "year", pl.sum_horizontal(KINDS).alias("rate"))
    years = np.array(sorted(set(rates["year"].to_list())), dtype=np.int32)
    told = [rates.filter(pl.col("year") == year) for year in years.tolist()]
    return years, np.stack([values_of(one, "rate", list(codes)) for one in told], axis=1)


def offence_facts(tables: Tables, population: Floats) -> FactTable:
    """Offences against the criminal code without traffic per thousand residents, mean of three years.

    Rates of small municipalities are drawn to what the size makes usual, as counts that chance moves.

    Args:
        tables: the folder of tables; uses `crimes_per_1000` where it is.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    frame = tables.get("crimes_per_1000")
    plain = np.full(len(places.codes), anchor("offences_per_1000"))
    if frame is None:
        return fact_table({"offences_per_1000": column(plain, ASSUMED)})
    late = frame.filter(pl.col("year") > pl.col("year").max() - YEARS).drop_nulls(KINDS)
    means = late.group_by("code").agg(pl.sum_horizontal(KINDS).mean().alias("rate"), pl.len().alias("years"))
    rate, years = (values_of(means, name, list(places.codes)) for name in ("rate", "years"))
    available = np.isfinite(rate)
    exposed = np.where(available, places.size * years / PER, 0.0)
    counted = np.where(available, rate, 0.0) * exposed
    country = counted.sum() / exposed.sum()
    log_size = np.log(np.maximum(places.size, 1.0))
    design = np.stack([np.ones(len(rate)), log_size - log_size.mean()], axis=1)
    drawn = country * shrink_ratios(counted, country * exposed, design).ratio
    return fact_table({"offences_per_1000": column(drawn, ESTIMATED)})
