"""How far those who move in come from: the share from within the reach of a daily journey."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, FactTable, column, fact_table
from framsyn.calibrate.known import places as rows_of
from framsyn.calibrate.places import Places, open_places
from framsyn.calibrate.shrinkage import shrink_ratios
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: Moves are short when the points inside the municipalities lie no farther apart, km.
SHORT = 60.0
YEARS = 5
EARTH_RADIUS = 6371.0
MOST = 0.99


def short_move_facts(tables: Tables, population: Floats) -> FactTable:
    """Share of moves in from other municipalities that come from within 60 km.

    Counts of the last five years of `flows`, drawn to what the number of people within 60 km makes usual,
    the more the fewer they are. Without flows or coordinates the country's share (assumed).

    Args:
        tables: the folder of tables; uses `flows` and the coordinates of `municipalities`.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    apart = distances(places)
    frame = tables.get("flows")
    if apart is None or frame is None:
        share = np.full(len(places.codes), anchor("short_move_share"))
        return fact_table({"short_move_share": column(share, ASSUMED)})
    near, every = counts(places, frame, apart)
    country = float(near.sum() / every.sum())
    beside = ((apart <= SHORT) * places.size).sum(axis=1) - places.size
    reach = np.log1p(beside) - np.log1p(beside).mean()
    design = np.stack([np.ones(len(reach)), reach], axis=1)
    ratio = shrink_ratios(near, country * every, design).ratio
    status = np.where(every > 0, ESTIMATED, ASSUMED).astype(np.uint8)
    return fact_table({"short_move_share": column(np.minimum(country * ratio, MOST), status)})


def counts(places: Places, frame: pl.DataFrame, apart: Floats) -> tuple[Floats, Floats]:
    """[P] moves in from within 60 km, and from anywhere, over the last years of the flows."""
    codes = list(places.codes)
    late = frame.filter(
        (pl.col("year") > pl.col("year").max() - YEARS) & (pl.col("origin") != pl.col("destination"))
    )
    origin, destination = (rows_of(late, name, codes) for name in ("origin", "destination"))
    persons = late["persons"].cast(pl.Float64).to_numpy()
    short = apart[origin, destination] <= SHORT
    near: Floats = np.bincount(destination, persons * short, len(codes)).astype(np.float64)
    every: Floats = np.bincount(destination, persons, len(codes)).astype(np.float64)
    return near, every


def distances(places: Places) -> Floats | None:
    """[P, P] km along the great circle between the municipalities' points; None where any has none."""
    frame = places.tables.need("municipalities").sort("code")
    if not {"latitude", "longitude"} <= set(frame.columns):
        return None
    points = frame.select(pl.col("latitude", "longitude").cast(pl.Float64)).to_numpy()
    if not np.isfinite(points).all():
        return None
    latitude, longitude = np.radians(points).T
    half = np.sin(np.subtract.outer(latitude, latitude) / 2.0) ** 2 + np.multiply.outer(
        np.cos(latitude), np.cos(latitude)
    ) * (np.sin(np.subtract.outer(longitude, longitude) / 2.0) ** 2)
    found: Floats = 2.0 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return found
