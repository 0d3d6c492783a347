"""Baseline of the economy: labour force, employed, jobs and commuting."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, Column, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places, open_places
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]
Statuses = NDArray[np.uint8]

WORKING_AGE = (18, 64)
#: Nobody's place is without an employed resident, nor without unemployment at all.
LEAST_SHARE = 0.01


def economy_facts(tables: Tables, population: Floats) -> FactTable:
    """Labour force, unemployed and employed residents, jobs, and who holds them.

    Args:
        tables: the folder of tables; uses `unemployment`, `commuting` and `key_figures` where they are.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    force, force_status = labour_force(places)
    unemployed, unemployed_status = unemployment(places, force)
    employed = force - unemployed
    jobs, jobs_status = jobs_per_employed(places)
    derived = np.maximum(np.maximum(force_status, unemployed_status), ESTIMATED)
    all_jobs = column(employed * jobs, np.maximum(derived, jobs_status))
    tradable = tradable_share(places)
    status = np.maximum(all_jobs.status, tradable.status)
    return fact_table(
        {
            "labour_force": column(force, force_status),
            "unemployed": column(unemployed, unemployed_status),
            "employed": column(employed, derived),
            "jobs": all_jobs,
            "jobs_tradable": column(tradable.values * all_jobs.values, status),
            **commuting_shares(places),
            "village_share": village_share(places),
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
    home, coming, going = commuting(places)
    known = (home + going > 0) & (home + coming > 0)
    fallback = np.full(len(places.codes), anchor("jobs_per_employed"))
    ratio = np.divide(home + coming, home + going, out=fallback, where=known)
    return ratio, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8)


def commuting_shares(places: Places, latest: int | None = None) -> dict[str, Column]:
    """Shares of the last year of commuting: jobs held by own residents, employed who work at home.

    Of those years that are not after `latest` where it is given.
    """
    home, coming, going = commuting(places, latest)
    return {
        "local_share_of_jobs": _share(home, home + coming),
        "home_share_of_employed": _share(home, home + going),
    }


def commuting(places: Places, latest: int | None = None) -> tuple[Floats, Floats, Floats]:
    """[P] persons working in their municipality, commuting in and out; NaN where not published.

    Of the last year, or of the last that is not after `latest`.
    """
    nothing = np.full(len(places.codes), np.nan)
    frame = places.tables.get("commuting")
    columns = ["works_in_home_municipality", "in_commute", "out_commute"]
    if frame is None or not set(columns) <= set(frame.columns):
        return nothing, nothing, nothing
    last = last_until(frame, latest)
    sums = last.group_by("code").agg(pl.col(columns).sum())
    home, coming, going = (values_of(sums, one, list(places.codes)) for one in columns)
    return home, coming, going


def last_until(frame: pl.DataFrame, latest: int | None) -> pl.DataFrame:
    """The rows of the last year, of those not after `latest` where it is given."""
    told = frame if latest is None else frame.filter(pl.col("year") <= latest)
    return told.filter(pl.col("year") == pl.col("year").max())


def tradable_share(places: Places, latest: int | None = None) -> Column:
    """[P] share of jobs in primary production and refining in the last year of key figures.

    Of those years that are not after `latest` where it is given.
    """
    columns = (key.PRIMARY_SHARE, key.REFINING_SHARE)
    frame = key.key_figures(places.tables, places.codes, columns, weight=key.JOBS)
    share = np.full(len(places.codes), np.nan)
    if frame is not None:
        last = last_until(frame.drop_nulls(columns), latest)
        share = sum((values_of(last, one, list(places.codes)) for one in columns), np.zeros(len(share))) / 100
    known = np.isfinite(share)
    values = np.where(known, np.clip(share, 0.0, 1.0), anchor("tradable_share"))
    return column(values, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


def village_share(places: Places) -> Column:
    """[P] share of residents outside urban settlements in the last year of key figures."""
    frame = key.key_figures(places.tables, places.codes, (key.URBAN_SHARE,))
    share = np.full(len(places.codes), np.nan)
    if frame is not None:
        last = last_until(frame.drop_nulls(key.URBAN_SHARE), None)
        share = 1.0 - values_of(last, key.URBAN_SHARE, list(places.codes)) / 100.0
    known = np.isfinite(share)
    values = np.where(known, np.clip(share, 0.0, 1.0), anchor("village_share"))
    return column(values, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


def _share(part: Floats, whole: Floats) -> Column:
    known = whole > 0
    values = np.divide(part, whole, out=np.full(len(part), anchor("local_share_of_jobs")), where=known)
    return column(values, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


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
