"""Jobs drawn from past base years, set beside the commuting statistics that came.

The forecast of people is the one that would have been made in the base year; jobs follow it, the people of
the draw and their own walk, as in the model. The law of the walk is fitted on all years and knows the spread
that came.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from framsyn.calibrate.economy_panel import Panel, economy_panel
from framsyn.errors import FramsynError
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.forecast.anchor_build import anchor_from
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.labour_draws import LabourLaw, country_jobs, draw_cycle, labour_law, own_jobs
from framsyn.foresee.labour_market import labour_market_of, unemployment_law
from framsyn.foresee.worlds import draw_effects, labour_law_of
from framsyn.model.coefficients import PEOPLE_TO_JOBS, PEOPLE_TO_JOBS_AT_ONCE
from framsyn.model.labour import FOLLOWING_SPEED
from framsyn.model.layout import Floats
from framsyn.places.municipality import Municipality, municipality
from framsyn.places.tables import Tables
from framsyn.validate.coverage import Outcome, at_year, interval
from framsyn.validate.unemployment import NATIONAL, REFERENCE_SIZE

BASES = (1991, 1996, 2001, 2006)
AHEAD = 10
LOCAL = ("local_jobs",)


def jobs_outcomes(
    tables: Tables, forecasts: Mapping[int, Forecast], draws: int = 400, seed: int = 1
) -> list[Outcome]:
    """Logarithms of jobs against the base year's in every municipality and later year.

    Args:
        tables: the folder; uses `commuting` and `population_groups`.
        forecasts: of people by base year, municipalities sorted by code.
        draws: how many.
        seed: the seed.

    Raises:
        FramsynError: a table is missing.
    """
    panel = economy_panel(tables)
    if panel is None:
        raise FramsynError(
            "The tables commuting and population_groups are needed to compare jobs with their past."
        )
    return [
        one
        for base, forecast in forecasts.items()
        for one in _from_base(panel, forecast, base, range(draws), seed)
    ]


def _from_base(panel: Panel, forecast: Forecast, base: int, draws: range, seed: int) -> list[Outcome]:
    """The outcomes of one base year."""
    years = [year for year in panel.years if base < year <= base + forecast.expected.totals.shape[1]]
    jobs = panel.jobs[:, [panel.at(base), *(panel.at(year) for year in years)]]
    observed = np.log(jobs[:, 1:] / jobs[:, :1])
    own = [
        jobs_from_forecast(code, forecast, index, draws, seed)[:, : len(years)]
        for index, code in enumerate(panel.codes)
    ]
    expected = np.array([np.median(one, axis=0) for one in own])
    beside = in_country(jobs[:, 1:], jobs) - in_country(jobs[:, :1] * np.exp(expected), jobs)
    cycle = national_jobs(municipality(panel.codes[0]), len(years), draws, seed)
    outcomes = []
    for index, drawn in enumerate(own):
        ends = interval(drawn + (1.0 - municipal_share(municipality(panel.codes[index]))) * cycle)
        given = interval(drawn + beside)
        residents = float(forecast.past.base_structure[index].sum())
        outcomes += [
            Outcome(
                base,
                year - base,
                residents,
                float(observed[index, at]),
                *at_year(ends, at),
                *at_year(given, at),
            )
            for at, year in enumerate(years)
            if np.isfinite(observed[index, at])
        ]
    return outcomes


def in_country(jobs: Floats, all_jobs: Floats) -> Floats:
    """[year] logarithm of the country's jobs [P, year] against the first year of `all_jobs`."""
    return np.asarray(np.log(np.nansum(jobs, axis=0) / np.nansum(all_jobs[:, 0])))


def national_jobs(m: Municipality, years: int, draws: range, seed: int) -> Floats:
    """[draw, year] logarithm of what the cycle does to jobs from its usual state, wherever `m` is."""
    market = labour_market_of(m)._replace(national=0.0, national_before=0.0)
    law = labour_law_of(m)
    normals = standard_normals(seed, draws, years, NATIONAL, "country")
    cycle = draw_cycle(law, market, *(normals[:, :, column] for column in range(len(NATIONAL))))
    return country_jobs(law, market, cycle)


def jobs_from_forecast(code: str, forecast: Forecast, index: int, draws: range, seed: int) -> Floats:
    """[draw, H] logarithm of a municipality's jobs against the base year's, the country's cycle left out."""
    m, anchor = municipality(code), anchor_from(forecast, index)
    residents = float(forecast.past.base_structure[index].sum())
    people = np.log(anchor.drawn_totals(anchor.shared(draws, seed), draws, seed) / residents)
    p = economic_parameters()
    law = labour_law(unemployment_law(m, p), p, residents / REFERENCE_SIZE)
    return drawn_jobs(m, anchor, people, law, draws, seed)


def drawn_jobs(
    m: Municipality, anchor: Anchor, people: Floats, law: LabourLaw, draws: range, seed: int
) -> Floats:
    """[draw, H] logarithm of all jobs against the base year's, the country's cycle left out.

    Args:
        m: the municipality.
        anchor: its forecast, of H years.
        people: [draw, H] logarithm of residents whom jobs follow, against the base year or the forecast.
        law: of its labour market.
        draws: numbers of the draws.
        seed: the seed.
    """
    years = len(anchor.totals)
    residents = anchor.own_innovations(years + law.residents_years - 1, draws, seed)
    own = standard_normals(seed, draws, years, LOCAL, m.code)[:, :, 0]
    private = own_jobs(law, own, residents) + follow_people(people, *following(draws, seed))
    municipal = municipal_share(m)
    return np.log(municipal + (1.0 - municipal) * np.exp(private))


def municipal_share(m: Municipality) -> float:
    """Share of the jobs in the municipality that are its own, which no cycle moves."""
    return m.fact("municipal_jobs").value / m.fact("jobs").value


@cache
def following(draws: range, seed: int) -> tuple[Floats, Floats]:
    """[draw] how much jobs follow people in the end and in the year itself, as the draws have it."""
    effects = draw_effects(draws, seed)
    return effects[:, PEOPLE_TO_JOBS], effects[:, PEOPLE_TO_JOBS_AT_ONCE]


def follow_people(people: Floats, long_run: Floats, at_once: Floats) -> Floats:
    """[draw, year] logarithm of jobs that follow people, as `model.labour` has it.

    Args:
        people: [draw, year] logarithm of residents against the base year or the forecast.
        long_run: [draw] per cent of jobs for a per cent of people in the end.
        at_once: [draw] the same in the year itself.
    """
    first = np.minimum(at_once, long_run)
    followed = np.empty_like(people)
    later = np.zeros(len(people))
    for year in range(people.shape[1]):
        followed[:, year] = first * people[:, year] + later
        later += FOLLOWING_SPEED * ((long_run - first) * people[:, year] - later)
    return followed
