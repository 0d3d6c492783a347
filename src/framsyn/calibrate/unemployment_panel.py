"""Unemployment by municipality and year on one series: the register's, in the same month of every year."""

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchors
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: Counts of one to four are not published: a blank beside a published labour force stands for their middle.
PROTECTED = 2.5
#: Added to unemployed and employed, so that the logarithm of a count of none is defined.
HALF = 0.5
#: The month of a table of today, in its file name: unemployment_2026_06.
MONTH = re.compile(r"(?<!\d)(?:1[89]|2\d)\d\d[-_.](0[1-9]|1[0-2])(?!\d)")
#: The country's rate of the year before the base year, which no municipal table has.
BETWEEN = "unemployed_pct_before"


@dataclass(frozen=True)
class UnemploymentPanel:
    """The register's counts in the same month of several years.

    Attributes:
        years: the years; the last is that of the table of today where it is there.
        unemployed: [P, Y] persons; NaN where neither they nor the labour force are published.
        force: [P, Y] labour force, persons.
    """

    years: tuple[int, ...]
    unemployed: Floats
    force: Floats

    @property
    def logit(self) -> Floats:
        """[P, Y] logit of the rate, half a person added to unemployed and employed."""
        found: Floats = np.log((self.unemployed + HALF) / (self.force - self.unemployed + HALF))
        return found

    @property
    def national_logit(self) -> Floats:
        """[Y] logit of the country's rate: sums over those published."""
        available = np.isfinite(self.unemployed)
        unemployed = np.where(available, self.unemployed, 0.0).sum(axis=0)
        force = np.where(available, self.force, 0.0).sum(axis=0)
        found: Floats = np.log(unemployed / (force - unemployed))
        return found


def unemployment_panel(places: Places) -> UnemploymentPanel | None:
    """The panel of `unemployment_monthly` and `unemployment`; None without the monthly table."""
    monthly = places.tables.get("unemployment_monthly")
    if monthly is None:
        return None
    month = month_of_today(places.tables)
    parts = monthly.select(
        "code",
        pl.col("month").str.slice(0, 4).cast(pl.Int64).alias("year"),
        pl.col("month").str.slice(5).cast(pl.Int64).alias("month"),
        "unemployed",
        "labour_force",
    )
    if month is not None:
        parts = parts.filter(pl.col("month") == month)
    frames = [
        (int(str(year)), part.group_by("code").agg(pl.col("unemployed", "labour_force").mean()))
        for (year,), part in sorted(parts.group_by("year"), key=lambda pair: int(str(pair[0][0])))
    ]
    today = places.tables.get("unemployment")
    if today is not None:
        frames.append((places.tables.year("unemployment"), today))
    if not frames:
        return None
    columns = [_counts(frame, list(places.codes)) for _, frame in frames]
    return UnemploymentPanel(
        tuple(year for year, _ in frames),
        np.stack([unemployed for unemployed, _ in columns], axis=1),
        np.stack([force for _, force in columns], axis=1),
    )


def month_of_today(tables: Tables) -> int | None:
    """The month in the file name of the table `unemployment`; None where it has none."""
    path = tables.path("unemployment")
    found = None if path is None else MONTH.search(path.name)
    return None if found is None else int(found.group(1))


def national_series(panel: UnemploymentPanel) -> tuple[tuple[int, ...], Floats]:
    """Years and logits of the country's rate, with the published rate of the year before the base year."""
    series = dict(zip(panel.years, panel.national_logit.tolist(), strict=True))
    between = anchors()[BETWEEN]
    if between.year < max(series) and between.year not in series:
        share = between.value / 100.0
        series[between.year] = float(np.log(share / (1.0 - share)))
    years = tuple(sorted(series))
    return years, np.array([series[year] for year in years])


def _counts(frame: pl.DataFrame, codes: list[str]) -> tuple[Floats, Floats]:
    """[P] unemployed and labour force of one year; a protected count is the middle of what it may be."""
    force = values_of(frame, "labour_force", codes)
    unemployed = values_of(frame, "unemployed", codes)
    protected = ~np.isfinite(unemployed) & (force > 2.0 * PROTECTED)
    unemployed = np.where(protected, PROTECTED, unemployed)
    available = np.isfinite(unemployed) & (force > unemployed)
    return np.where(available, unemployed, np.nan), np.where(available, force, np.nan)
