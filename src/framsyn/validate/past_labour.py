"""The labour market of every municipality at a past base year, from the unemployment published until then."""

from collections.abc import Mapping

import numpy as np

from framsyn.calibrate.places import open_places
from framsyn.calibrate.unemployment import laws
from framsyn.calibrate.unemployment_panel import unemployment_panel
from framsyn.foresee.labour_market import LabourMarket
from framsyn.model.layout import Floats
from framsyn.places.tables import Tables
from framsyn.validate.unemployment import levels_until


def past_markets(tables: Tables, population: Floats, year: int) -> Mapping[str, LabourMarket]:
    """Labour markets by code: usual levels and loadings of the years until `year`, today's law.

    Municipalities whose rate of the year is not published are left out.

    Args:
        tables: the folder; uses `unemployment_monthly`.
        population: [P, 2, 101] today's residents, municipalities sorted by code.
        year: the base year, with the one before it in the table.
    """
    places = open_places(tables, population)
    panel = unemployment_panel(places)
    if panel is None:
        return {}
    cycle, law = laws(places, panel)
    now = panel.years.index(year)
    deviation = panel.national_logit - cycle.mean
    found = levels_until(places, panel, deviation, law, now, cycle.mean)
    rates = panel.logit[:, now]
    return {
        code: LabourMarket(
            mean=float(found[index, 0]),
            loading=float(found[index, 1]),
            own=float(rates[index] - found[index, 0] - found[index, 1] * deviation[now]),
            national=float(deviation[now]),
            national_before=float(deviation[now - 1]),
            country_mean=cycle.mean,
        )
        for index, code in enumerate(places.codes)
        if np.isfinite(rates[index])
    }
