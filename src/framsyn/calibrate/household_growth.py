"""Occupied homes: the households last counted, carried to the base year by how they follow residents.

Households grow on a trend of their own, since they become smaller, and follow residents by less than one
for one; in decline by less than in growth.
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]

#: Fewer municipalities than this do not show how households follow residents.
LEAST_PLACES = 30


class HouseholdGrowth(NamedTuple):
    """Change of ln households: a yearly trend, and the answer to ln residents in decline and in growth."""

    trend: float
    decline: float
    growth: float

    def carried(self, count: Floats, residents: Floats, years: float) -> Floats:
        """[P] households `years` later, where residents became `residents` times as many."""
        change = np.log(residents)
        answer = self.decline * np.minimum(change, 0.0) + self.growth * np.maximum(change, 0.0)
        later: Floats = count * np.exp(self.trend * years + answer)
        return later


def households(places: Places) -> Column:
    """[P] occupied homes in the base year; by the country's persons per household where not counted."""
    counted = _counts(places)
    plain = places.size / anchor("persons_per_household")
    if counted is None:
        return column(plain, ASSUMED)
    years = sorted(counted["year"].unique())
    last = values_of(counted.filter(pl.col("year") == years[-1]), key.HOUSEHOLDS, list(places.codes))
    then = values_of(counted.filter(pl.col("year") == years[-1]), key.POPULATION, list(places.codes))
    available = (last > 0) & (then > 0)
    residents = np.divide(places.size, then, out=np.ones_like(then), where=available)
    growth = fitted_growth(counted, places)
    carried = growth.carried(np.where(available, last, plain), residents, anchor_year() - years[-1])
    status = np.where(available, ESTIMATED, ASSUMED).astype(np.uint8)
    return column(np.where(available, carried, plain), status)


def fitted_growth(counted: pl.DataFrame, places: Places) -> HouseholdGrowth:
    """How households have followed residents from the first year to the last, by weighted least squares.

    Weights are the root of residents. With too few municipalities: what Finland's have shown.
    """
    years = sorted(counted["year"].unique())
    span = years[-1] - years[0]
    ends = [counted.filter(pl.col("year") == year) for year in (years[0], years[-1])]
    count = [values_of(end, key.HOUSEHOLDS, list(places.codes)) for end in ends]
    people = [values_of(end, key.POPULATION, list(places.codes)) for end in ends]
    available = np.all([one > 0 for one in (*count, *people)], axis=0)
    if span == 0 or available.sum() < LEAST_PLACES:
        return HouseholdGrowth(
            anchor("household_trend"), anchor("households_decline"), anchor("households_growth")
        )
    change = np.log(count[1][available] / count[0][available])
    moved = np.log(people[1][available] / people[0][available])
    design = np.stack([np.ones(len(moved)), np.minimum(moved, 0.0), np.maximum(moved, 0.0)], axis=1)
    root = people[0][available] ** 0.25
    found = np.linalg.lstsq(design * root[:, None], change * root, rcond=None)[0]
    return HouseholdGrowth(float(found[0] / span), float(found[1]), float(found[2]))


def _counts(places: Places) -> pl.DataFrame | None:
    """Households and residents by municipality and year in the key figures, years with both."""
    frame = key.key_figure_sums(places.tables, places.codes, (key.HOUSEHOLDS, key.POPULATION))
    if frame is None:
        return None
    complete = frame.drop_nulls([key.HOUSEHOLDS, key.POPULATION])
    return None if complete.is_empty() else complete
