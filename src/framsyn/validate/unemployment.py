"""Unemployment drawn from past base years, set beside the June figures that came.

The law of the cycle and of local deviations is the one fitted on all years, so it knows the spread that came;
the usual level, the loading and the state of each municipality are those of the years until the base year.
"""

from collections.abc import Sequence

import numpy as np

from framsyn.calibrate.places import Places, open_places
from framsyn.calibrate.unemployment import laws, region_index
from framsyn.calibrate.unemployment_cycle import Cycle as NationalCycle
from framsyn.calibrate.unemployment_local import LocalLaw, means_of, posterior, size_class
from framsyn.calibrate.unemployment_panel import UnemploymentPanel, unemployment_panel
from framsyn.errors import FramsynError
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.labour_draws import (
    Cycle,
    draw_cycle,
    labour_law,
    own_unemployment,
    unemployment_logit,
)
from framsyn.foresee.labour_market import LabourMarket, UnemploymentLaw
from framsyn.model.layout import Floats
from framsyn.places.tables import Tables
from framsyn.validate.coverage import Outcome, at_year, interval

BASES = (2009, 2011, 2013, 2015, 2017)
LAST = 2019
#: Parameters of local economies are stated for this many residents.
REFERENCE_SIZE = 10_000.0
NATIONAL = ("cycle", "depression", "depression_depth")
LOCAL = ("local_unemployment",)


def unemployment_outcomes(
    tables: Tables, population: Floats, bases: Sequence[int] = BASES, draws: int = 400, seed: int = 1
) -> list[Outcome]:
    """Logits of unemployment of every municipality in every later year, drawn from each base year.

    Args:
        tables: the folder; uses `unemployment_monthly`.
        population: [P, 2, 101] today's residents, municipalities sorted by code.
        bases: base years; the one before each must be published too.
        draws: how many.
        seed: the seed.

    Raises:
        FramsynError: the table is missing.
    """
    places = open_places(tables, population)
    panel = unemployment_panel(places)
    if panel is None:
        raise FramsynError("The table unemployment_monthly is needed to compare unemployment with its past.")
    cycle, law = laws(places, panel)
    return [one for base in bases for one in _from_base(places, panel, cycle, law, base, range(draws), seed)]


def _from_base(
    places: Places,
    panel: UnemploymentPanel,
    cycle: NationalCycle,
    law: LocalLaw,
    base: int,
    draws: range,
    seed: int,
) -> list[Outcome]:
    """The outcomes of one base year."""
    now, last = panel.years.index(base), panel.years.index(LAST)
    deviation = panel.national_logit - cycle.mean
    found = levels_until(places, panel, deviation, law, now, cycle.mean)
    course = deviation[now + 1 : last + 1]
    normals = standard_normals(seed, draws, len(course), NATIONAL, "country")
    logits, outcomes = panel.logit, []
    for index, code in enumerate(places.codes):
        if not np.isfinite(logits[index, now]):
            continue
        level, loading = found[index]
        own = logits[index, now] - level - loading * deviation[now]
        market = LabourMarket(level, loading, own, deviation[now], deviation[now - 1], cycle.mean)
        own_law = law_of_place(cycle, law, float(places.size[index]))
        shocks = (normals[:, :, column] for column in range(len(NATIONAL)))
        swing = draw_cycle(
            labour_law(own_law, economic_parameters(), places.size[index] / REFERENCE_SIZE), market, *shocks
        )
        local = standard_normals(seed, draws, len(course), LOCAL, code)[:, :, 0]
        deviations = own_unemployment(own_law, market, np.zeros_like(local), local)
        given = Cycle(np.broadcast_to(course, local.shape), np.zeros_like(local))
        ends = interval(unemployment_logit(market, swing, deviations))
        beside = interval(unemployment_logit(market, given, deviations))
        outcomes += [
            Outcome(
                base,
                ahead + 1,
                float(places.size[index]),
                float(observed),
                *at_year(ends, ahead),
                *at_year(beside, ahead),
            )
            for ahead, observed in enumerate(logits[index, now + 1 : last + 1])
            if np.isfinite(observed)
        ]
    return outcomes


def levels_until(
    places: Places, panel: UnemploymentPanel, deviation: Floats, law: LocalLaw, now: int, mean: float
) -> Floats:
    """[P, 2] usual level and loading from the years until `now`, drawn to the region's and to 1."""
    years = panel.years[: now + 1]
    logit, unemployed = panel.logit[:, : now + 1], panel.unemployed[:, : now + 1]
    apart = np.where(np.isfinite(logit), logit - deviation[: now + 1], 0.0)
    count = np.isfinite(logit).sum(axis=1)
    first = np.where(count > 0, apart.sum(axis=1) / np.maximum(count, 1), mean)
    usual = means_of(first, region_index(places))
    spread = float(np.std(first - usual))
    return posterior(years, logit, deviation[: now + 1], unemployed, places.size, usual, spread, law)[0]


def law_of_place(cycle: NationalCycle, law: LocalLaw, residents: float) -> UnemploymentLaw:
    """The law of a municipality of that size; whom it shares shocks with plays no role for it alone."""
    return UnemploymentLaw(
        lags=(cycle.first, cycle.second),
        innovation=cycle.innovation,
        local_persistence=law.persistence,
        local_innovation=float(law.innovation[size_class(np.array([residents]))[0]]),
        area="",
        shared=0.0,
    )
