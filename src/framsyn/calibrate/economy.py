"""Baseline of the economy: labour force, employed and jobs."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places, open_places
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]
Statuses = NDArray[np.uint8]

WORKING_AGE = (18, 64)
#: Nobody's place is without an employed resident, nor without unemployment at all.
LEAST_SHARE = 0.01


def economy_facts(tables: Tables, population: Floats) -> FactTable:
    """Labour force, unemployed and employed residents, and jobs in the municipality.

    Args:
        tables: the folder of tables; uses `unemployment` and `commuting` where they are.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    force, force_status = labour_force(places)
    unemployed, unemployed_status = unemployment(places, force)
    employed = force - unemployed
    jobs, jobs_status = jobs_per_employed(places)
    derived = np.maximum(np.maximum(force_status, unemployed_status), ESTIMATED)
    return fact_table(
        {
            "labour_force": column(force, force_status),
            "unemployed": column(unemployed, unemployed_status),
            "employed": column(employed, derived),
            "jobs": column(employed * jobs, np.maximum(derived, jobs_status)),
        }
    )


def labour_force(places: Places) -> tuple[Floats, Statuses]:
    """[P] persons and status: published, else the share of those aged 18–64 that is common elsewhere."""
    published = _published(places, "labour_force")
    known = published > 0
    adults = np.maximum(places.between(*WORKING_AGE), 1.0)
    if known.any():
        share = published[known].sum() / adults[known].sum()
        return np.where(known, published, share * adults), _status(known, ESTIMATED)
    share = anchor("labour_force") * places.scale / adults.sum()
    return share * adults, _status(known, ASSUMED)


def unemployment(places: Places, force: Floats) -> tuple[Floats, Statuses]:
    """[P] unemployed and status: published, else the region's rate × labour force.

    A count that would leave nobody employed, or nobody unemployed, is held just inside.
    """
    published = _published(places, "unemployed")
    known = np.isfinite(published)
    country = anchor("unemployed") / anchor("labour_force")
    if known.any():
        country = float(published[known].sum() / force[known].sum())
    regional = _regional_rate(places, np.where(known, published, 0.0), np.where(known, force, 0.0), country)
    count = np.where(known, published, regional * force)
    inside = np.clip(count, LEAST_SHARE * force, (1.0 - LEAST_SHARE) * force)
    return inside, _status(known & (inside == count), ESTIMATED if known.any() else ASSUMED)


def jobs_per_employed(places: Places) -> tuple[Floats, Statuses]:
    """[P] jobs in the municipality per employed resident in the last year of commuting; status."""
    nobody = np.zeros(len(places.codes), dtype=np.bool_)
    fallback = np.full(len(places.codes), anchor("jobs_per_employed"))
    frame = places.tables.get("commuting")
    columns = ["works_in_home_municipality", "in_commute", "out_commute"]
    if frame is None or not set(columns) <= set(frame.columns):
        return fallback, _status(nobody, ASSUMED)
    last = frame.filter(frame["year"] == places.tables.year("commuting"))
    sums = last.group_by("code").agg(pl.col(columns).sum())
    home, coming, going = (values_of(sums, one, list(places.codes)) for one in columns)
    known = (home + going > 0) & (home + coming > 0)
    ratio = np.divide(home + coming, home + going, out=fallback, where=known)
    return ratio, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8)


def _published(places: Places, name: str) -> Floats:
    frame = places.tables.get("unemployment")
    if frame is None:
        return np.full(len(places.codes), np.nan)
    return values_of(frame, name, list(places.codes))


def _regional_rate(places: Places, unemployed: Floats, force: Floats, country: float) -> Floats:
    regions = np.array(places.regions)
    rates = np.empty(len(regions))
    for region in set(places.regions):
        here = regions == region
        total = force[here].sum()
        rates[here] = unemployed[here].sum() / total if total > 0 else country
    return rates


def _status(known: NDArray[np.bool_], otherwise: int) -> Statuses:
    return np.where(known, OBSERVED, otherwise).astype(np.uint8)
