"""Young people outside work and study: the country's level, spread by what is published of each place.

No table has the figure itself. Youth aged 17–24 outside education are published until 2011, and the main
activity of those aged 18–64 until 2021. The first is explained by the second in its own last years, and the
explanation is carried to the last years of the second with the part of the residual that has proved to last.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.cost_history import slope
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places, open_places
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

YOUTH = "youth_17_24_outside_education_pct"
ADULTS = "18_64"
ACTIVITIES = ("other_outside", "unemployed", "students")
YOUTH_AGES = (16, 29)
#: Means of these many years; and the years between which a residual is set beside itself.
YEARS, APART = 3, 13
#: A share of nobody is taken as this, so that a logarithm is defined.
LEAST = 1e-3
#: Relative to the country the figure lies within these.
RANGE = (0.4, 2.5)
LEAST_PLACES = 30


def youth_facts(tables: Tables, population: Floats) -> FactTable:
    """Percent of those aged 16–29 outside work and study; where tables lack the country's (assumed).

    Args:
        tables: the folder of tables; uses `sotkanet` and `main_activity`.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    relative = relative_level(places)
    if relative is None:
        return fact_table(
            {"youth_outside_pct": column(np.full(len(places.codes), anchor("youth_outside_pct")), ASSUMED)}
        )
    youth = places.between(*YOUTH_AGES)
    relative = np.clip(relative / np.average(relative, weights=youth), *RANGE)
    values = anchor("youth_outside_pct") * relative / np.average(relative, weights=youth)
    return fact_table({"youth_outside_pct": column(np.minimum(values, 100.0), ESTIMATED)})


def relative_level(places: Places) -> Floats | None:
    """[P] main activity and the lasting residual, on a scale of their own; None without tables."""
    frame, activity = places.tables.get("sotkanet"), places.tables.get("main_activity")
    if frame is None or activity is None or YOUTH not in frame.columns:
        return None
    published = frame.drop_nulls(YOUTH)
    then = max(published["year"].to_list())
    answer, residual = explained(places, published, activity, then)
    now = max(activity["year"].to_list())
    design = activity_design(places, activity, now)
    if answer is None or design is None:
        return None
    lasting = 0.0
    _, before = explained(places, published, activity, then - APART, answer)
    if before is not None:
        lasting = max(slope(before, residual, np.sqrt(places.size)) or 0.0, 0.0)
    left = lasting ** ((anchor_year() - then) / APART) if lasting > 0.0 else 0.0
    return np.exp(np.nan_to_num(design) @ answer + left * np.nan_to_num(residual))


def explained(
    places: Places, published: pl.DataFrame, activity: pl.DataFrame, year: int, answer: Floats | None = None
) -> tuple[Floats | None, Floats]:
    """How ln youth outside answers to main activity in the years until `year`, and the residuals [P].

    With an `answer` of other years only a level of these is fitted.
    """
    level = _mean_of_years(places, published, year)
    design = activity_design(places, activity, year)
    nothing = np.full(len(places.codes), np.nan)
    if design is None:
        return None, nothing
    available = np.isfinite(level) & np.isfinite(design).all(axis=1)
    if available.sum() < LEAST_PLACES:
        return None, nothing
    target = np.log(np.maximum(level, 100.0 * LEAST))
    root = places.size**0.25
    if answer is None:
        found = np.linalg.lstsq((design * root[:, None])[available], (target * root)[available], rcond=None)[
            0
        ]
    else:
        apart = target - design @ answer
        found = answer.copy()
        found[0] += np.average(apart[available], weights=(root**2)[available])
    residual: Floats = np.where(available, target - design @ found, np.nan)
    return np.asarray(found), residual


def activity_design(places: Places, activity: pl.DataFrame, year: int) -> Floats | None:
    """[P, 4] ones and ln shares of those aged 18–64 by activity, mean of the years until `year`."""
    late = activity.filter(
        (pl.col("age") == ADULTS) & (pl.col("year") > year - YEARS) & (pl.col("year") <= year)
    )
    if late.is_empty():
        return None
    sums = late.group_by("code").agg(pl.col("population", *ACTIVITIES).sum())
    people = values_of(sums, "population", list(places.codes))
    shares = [values_of(sums, name, list(places.codes)) / people for name in ACTIVITIES]
    return np.stack([np.ones(len(people)), *(np.log(np.maximum(one, LEAST)) for one in shares)], axis=1)


def _mean_of_years(places: Places, published: pl.DataFrame, year: int) -> Floats:
    late = published.filter((pl.col("year") > year - YEARS) & (pl.col("year") <= year))
    return values_of(late.group_by("code").agg(pl.col(YOUTH).mean()), YOUTH, list(places.codes))
