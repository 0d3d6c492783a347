"""Baseline of the community: participation, low income, education, income, trust."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, Column, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places, open_places
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: What no register holds starts at one value for all, the anchor of this name.
UNKNOWN = {
    "trust_index": "trust_index",
    "digital_eur_per_resident": "digital_per_resident",
    "engagement_eur_per_resident": "engagement_per_resident",
}


def community_facts(tables: Tables, population: Floats) -> FactTable:
    """Turnout, low income, education, income; trust, digitalisation and engagement as assumed.

    A figure that is not published is the mean of its country (weighted by residents), for children's
    low income in proportion to the low income of all; without the table, the national anchor.

    Args:
        tables: the folder of tables; uses `turnout`, `income` and `education` where they are.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    low_income = filled(places, "income", "low_income_pct", "low_income_pct")
    return fact_table(
        {
            "turnout_pct": filled(places, "turnout", "turnout_pct", "turnout_pct"),
            "low_income_pct": low_income,
            "child_low_income_pct": children(places, low_income.values),
            "tertiary_pct": filled(places, "education", "tertiary_pct", "tertiary_pct"),
            "basic_education_only_pct": filled(
                places, "education", "no_post_basic_pct", "basic_education_only_pct"
            ),
            "median_income_eur": filled(places, "income", "median_equivalised_income_eur", "median_income"),
            **{one: column(np.full(len(places.codes), anchor(UNKNOWN[one])), ASSUMED) for one in UNKNOWN},
        }
    )


def filled(places: Places, table: str, name: str, fallback: str) -> Column:
    """A published column; gaps get the mean of the others by residents (estimated), or the anchor."""
    published = _published(places, table, name)
    known = np.isfinite(published)
    if not known.any():
        return column(np.full(len(published), anchor(fallback)), ASSUMED)
    mean = np.average(published[known], weights=places.size[known])
    gap = ASSUMED if table == "turnout" else ESTIMATED
    return column(np.where(known, published, mean), np.where(known, OBSERVED, gap).astype(np.uint8))


def children(places: Places, low_income: Floats) -> Column:
    """Low income of children; a gap is the low income of all × the ratio of the two elsewhere."""
    published = _published(places, "income", "child_low_income_pct")
    known = np.isfinite(published)
    size = places.size
    if known.any():
        below = max(float((low_income * size)[known].sum()), 1e-9)
        ratio = float((published * size)[known].sum()) / below
    else:
        ratio = anchor("child_low_income_pct") / anchor("low_income_pct")
    gap = ESTIMATED if known.any() else ASSUMED
    values = np.where(known, published, np.minimum(100.0, ratio * low_income))
    return column(values, np.where(known, OBSERVED, gap).astype(np.uint8))


def _published(places: Places, table: str, name: str) -> Floats:
    frame = places.tables.get(table)
    if frame is None:
        return np.full(len(places.codes), np.nan)
    return values_of(frame, name, list(places.codes))
