"""Residents from abroad: those who speak a foreign language, and how many come more than leave in a year."""

from typing import NamedTuple

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

SPEAKERS = "foreign_language_per_1000"
#: Years over which growth is read.
GROWTH_YEARS = 6
#: Net immigration is the mean of these many last years published.
YEARS = 3
MOST = 0.95
PER_THOUSAND = 1_000.0


class Movers(NamedTuple):
    """Published moves from and to abroad: years, and persons in and out [P, Y]."""

    years: tuple[int, ...]
    coming: Floats
    going: Floats


def language_facts(tables: Tables, population: Floats) -> FactTable:
    """Share who speak a foreign language, and net immigration a year.

    Args:
        tables: the folder of tables; uses `sotkanet`, `components`, `key_figures` where they are.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    movers = movers_abroad(places)
    return fact_table(
        {
            "foreign_language_share": foreign_language_share(places),
            "net_immigration": net_immigration(places, movers),
        }
    )


def net_immigration(places: Places, movers: Movers | None) -> Column:
    """[P] persons a year, mean of the last three years published; else the country's (assumed)."""
    if movers is None:
        return column(anchor("net_immigration") * places.size / anchor("population"), ASSUMED)
    return column((movers.coming - movers.going)[:, -YEARS:].mean(axis=1), OBSERVED)


def foreign_language_share(places: Places) -> Column:
    """[P] share of residents: the last year published, and each one's part in the country's growth since.

    That part is the mean of two of the past: of the growth of speakers in the years before, and of the growth
    of foreign citizens in the years after, which both hold moves within the country. Together they are scaled
    to the country's published share.
    """
    size = places.size
    plain = np.full(len(size), anchor("foreign_language_pct") / 100.0)
    frame = places.tables.get("sotkanet")
    if frame is None or SPEAKERS not in frame.columns or frame[SPEAKERS].null_count() == frame.height:
        return column(plain, ASSUMED)
    year = max(frame.drop_nulls(SPEAKERS)["year"].to_list())
    stock, before = (speakers(places, frame, one) for one in (year, year - GROWTH_YEARS))
    available = np.isfinite(stock)
    parts = [part_in_growth(stock, before), part_in_growth(*foreign_citizens(places))]
    part = np.mean([one for one in parts if one is not None] or [stock / np.nansum(stock)], axis=0)
    total = float((plain * size)[available].sum())
    more = part / part[available].sum() * (total - stock[available].sum())
    share = np.clip((stock + more) / size, 0.0, MOST)
    values = np.where(available, share, plain)
    return column(values, np.where(available, ESTIMATED, ASSUMED).astype(np.uint8))


def part_in_growth(later: Floats, earlier: Floats) -> Floats | None:
    """[P] part of each in the growth of all, none where its own fell; None where nothing is published."""
    grown = np.maximum(np.nan_to_num(later - earlier), 0.0)
    total = float(grown.sum())
    return grown / total if total > 0.0 else None


def speakers(places: Places, frame: pl.DataFrame, year: int) -> Floats:
    """[P] speakers of foreign languages at the end of a year; NaN where not published."""
    rate = values_of(frame.filter(pl.col("year") == year), SPEAKERS, list(places.codes))
    found: Floats = rate / PER_THOUSAND * places.size_in([year])[:, 0]
    return found


def foreign_citizens(places: Places) -> tuple[Floats, Floats]:
    """[P] foreign citizens in the last year of the key figures, and some years before; NaN without them."""
    nothing = np.full(len(places.codes), np.nan)
    frame = key.key_figures(places.tables, places.codes, (key.FOREIGN_SHARE, key.POPULATION))
    if frame is None:
        return nothing, nothing
    last = max(frame["year"].to_list())
    counts = []
    for year in (last, last - GROWTH_YEARS):
        of_year = frame.filter(pl.col("year") == year)
        share, people = (
            values_of(of_year, name, list(places.codes)) for name in (key.FOREIGN_SHARE, key.POPULATION)
        )
        counts.append(share / 100.0 * people)
    return counts[0], counts[1]


def movers_abroad(places: Places) -> Movers | None:
    """Moves from and to abroad in the years in which every municipality has both; None without any."""
    frame = places.tables.get("components")
    if frame is None or not {"immigration", "emigration"} <= set(frame.columns):
        return None
    years, coming, going = [], [], []
    for (year,), part in sorted(frame.group_by("year"), key=lambda pair: int(str(pair[0][0]))):
        inward, outward = (
            values_of(part, name, list(places.codes)) for name in ("immigration", "emigration")
        )
        if np.isfinite(inward).all() and np.isfinite(outward).all():
            years.append(int(str(year)))
            coming.append(inward)
            going.append(outward)
    return Movers(tuple(years), np.stack(coming, axis=1), np.stack(going, axis=1)) if years else None
