"""Homes without a household, and how many of them are second homes that no market has to offer."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column
from framsyn.calibrate.growth import growth_pct
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]

YEARS = 3
#: Register vacancy lies within these; a sum of postal areas may miss some.
RANGE = (0.01, 0.5)
#: A residual above this quantile is no slack of a market: it is held there.
HIGHEST_QUANTILE = 0.95
LEAST_PLACES = 30
#: Cottages per home are read on ln(LEAST_COTTAGES + cottages per home).
LEAST_COTTAGES = 0.05


def register_vacancy(places: Places) -> Column:
    """[P] share of dwellings without a household, mean of the last years of `housing` by dwellings."""
    frame = places.tables.get("housing")
    plain = np.full(len(places.codes), anchor("register_vacancy"))
    if frame is None:
        return column(plain, ASSUMED)
    dwellings, occupied = (_sum_of_years(places, frame, name) for name in ("dwellings", "households"))
    available = dwellings > 0
    share = 1.0 - np.divide(occupied, dwellings, out=1.0 - plain, where=available)
    return column(np.clip(share, *RANGE), np.where(available, ESTIMATED, ASSUMED).astype(np.uint8))


def market_vacancy(places: Places, register: Column) -> Column:
    """[P] register vacancy less second homes: what a market can offer, on the register's scale.

    Vacancy of all municipalities is explained by the change of residents over ten years, their number and
    cottages per home. Taken away are what cottages explain above the country's mean, and what stands above
    the highest residuals of twenty: homes of Hanko and the archipelago that others than residents use.
    """
    cottages = cottages_per_home(places)
    available = (register.status == ESTIMATED) & np.isfinite(cottages)
    if available.sum() < LEAST_PLACES:
        return register
    size = np.log(np.maximum(places.size, 1.0))
    growth = growth_pct(places).values / 100.0
    holiday = np.log(LEAST_COTTAGES + np.where(available, cottages, 0.0))
    design = np.stack(
        [np.ones_like(size), size, np.minimum(growth, 0.0), np.maximum(growth, 0.0), holiday], axis=1
    )
    weight = places.size**0.25
    found = np.linalg.lstsq(
        (design * weight[:, None])[available], (register.values * weight)[available], rcond=None
    )[0]
    mean = np.average(holiday[available], weights=places.size[available])
    second = max(found[-1], 0.0) * np.maximum(holiday - mean, 0.0)
    residual = register.values - design @ found
    highest = np.quantile(residual[available], HIGHEST_QUANTILE)
    second += np.maximum(residual - highest, 0.0)
    values = np.where(available, np.maximum(register.values - second, RANGE[0]), register.values)
    return column(values, register.status)


def cottages_per_home(places: Places) -> Floats:
    """[P] free-time residences per dwelling in the last years of `housing`; NaN where not published."""
    frame = places.tables.get("housing")
    nothing = np.full(len(places.codes), np.nan)
    if frame is None or "summer_cottages" not in frame.columns:
        return nothing
    cottages, dwellings = (_sum_of_years(places, frame, name) for name in ("summer_cottages", "dwellings"))
    ratio: Floats = np.divide(cottages, dwellings, out=nothing, where=dwellings > 0)
    return ratio


def _sum_of_years(places: Places, frame: pl.DataFrame, name: str) -> Floats:
    late = frame.filter(pl.col("year") > pl.col("year").max() - YEARS)
    sums = late.drop_nulls(["dwellings", "households"]).group_by("code").agg(pl.col(name).sum())
    return values_of(sums, name, list(places.codes))
