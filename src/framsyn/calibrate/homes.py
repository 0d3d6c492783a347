"""Baseline of homes: dwellings, households, vacancy, who owns, and the price of a home."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, FactTable, column, fact_table
from framsyn.calibrate.house_prices import house_price
from framsyn.calibrate.household_growth import households
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places, open_places
from framsyn.calibrate.vacancy import market_vacancy, register_vacancy
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

OWNERS, RENTERS, OTHERS = "households_owner", "households_renter", "households_other"


def homes_facts(tables: Tables, population: Floats) -> FactTable:
    """Homes, households, vacancy without second homes, the share who own, and the price of a home.

    Args:
        tables: the folder of tables; uses `housing`, `key_figures`, `house_prices`,
            `house_prices_official`, `income` and `population_total` where they are.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    occupied = households(places)
    empty = register_vacancy(places)
    homes = occupied.values / (1.0 - empty.values)
    return fact_table(
        {
            "homes": column(homes, np.maximum(occupied.status, empty.status)),
            "households": occupied,
            "vacancy_share": market_vacancy(places, empty),
            "owner_share": owner_share(places),
            "house_price_eur_m2": house_price(places),
        }
    )


def owner_share(places: Places) -> Column:
    """[P] share of households that own their home, in the last year of the table `housing`.

    A gap takes what does not rent by the key figures; without those, the region's mean.
    """
    share = _owners_of_housing(places)
    rented = key.latest(places.tables, places.codes, key.RENTED_SHARE)
    share = np.where(np.isfinite(share), share, 1.0 - rented / 100.0)
    available = np.isfinite(share)
    if not available.any():
        return column(np.full(len(share), anchor("owner_share")), ASSUMED)
    return column(filled_by_region(places, share), np.where(available, ESTIMATED, ASSUMED).astype(np.uint8))


def filled_by_region(places: Places, values: Floats) -> Floats:
    """Values [P] whose gaps take the mean of their region by residents, or of all."""
    available = np.isfinite(values)
    regions = np.array(places.regions)
    filled = values.copy()
    for region in set(places.regions):
        here = regions == region
        source = here & available if (here & available).any() else available
        filled[here & ~available] = np.average(values[source], weights=places.size[source])
    return filled


def _owners_of_housing(places: Places) -> Floats:
    nothing = np.full(len(places.codes), np.nan)
    frame = places.tables.get("housing")
    if frame is None or not {OWNERS, RENTERS, OTHERS} <= set(frame.columns):
        return nothing
    last = frame.filter(pl.col("year") == pl.col("year").max())
    owners, renters, others = (
        values_of(last, name, list(places.codes)) for name in (OWNERS, RENTERS, OTHERS)
    )
    total = owners + renters + others
    share: Floats = np.divide(owners, total, out=nothing, where=total > 0)
    return share
