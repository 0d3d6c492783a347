"""How residents have changed over the ten years before the base year."""

import numpy as np

from framsyn.calibrate.anchors import anchor_year
from framsyn.calibrate.fact_table import ASSUMED, OBSERVED, Column, FactTable, column, fact_table
from framsyn.calibrate.history import population_history
from framsyn.calibrate.places import Floats, Places, open_places
from framsyn.places.tables import Tables

YEARS = 10


def growth_facts(tables: Tables, population: Floats) -> FactTable:
    """The growth of ten years of every municipality with base population [P, 2, 101]."""
    return fact_table({"growth_10_years_pct": growth_pct(open_places(tables, population))})


def growth_pct(places: Places) -> Column:
    """[P] change of residents over ten years, percent; where the year is not published, no change (assumed).

    Of the published year nearest to ten years before, no later than five years before the base year, the
    yearly growth is taken over ten.
    """
    years, persons = population_history(places.tables, places.codes)
    base = anchor_year()
    early = [int(year) for year in years if year <= base - YEARS // 2]
    if not early:
        return column(np.zeros(len(places.codes)), ASSUMED)
    start = min(early, key=lambda year: (abs(base - YEARS - year), year))
    before = persons[:, years.tolist().index(start)]
    available = np.isfinite(before) & (before > 0)
    ratio = np.divide(places.size, before, out=np.ones_like(before), where=available)
    change = 100.0 * (ratio ** (YEARS / (base - start)) - 1.0)
    return column(change, np.where(available, OBSERVED, ASSUMED).astype(np.uint8))
