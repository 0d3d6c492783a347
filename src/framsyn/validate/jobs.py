"""Jobs drawn from past base years, set beside the commuting statistics that came.

The forecast of people is the one that would have been made in the base year; jobs follow it, the people of
the draw and their own walk, as in the model. The law of the walk is fitted on all years and knows the spread
that came.
"""

from collections.abc import Mapping

import numpy as np

from framsyn.calibrate.economy_panel import Panel, economy_panel
from framsyn.errors import FramsynError
from framsyn.evidence.register import effect
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.hindcast import anchor_from
from framsyn.foresee.labour_draws import Cycle, LabourLaw, country_jobs, draw_cycle, labour_law, own_jobs
from framsyn.foresee.labour_market import LabourMarket, labour_market_of, unemployment_law
from framsyn.model.labour import FOLLOWING_SPEED
from framsyn.model.layout import FIRST_WORKING_AGE, LAST_WORKING_AGE, Floats
from framsyn.places.municipality import Municipality, municipality
from framsyn.places.tables import Tables
from framsyn.validate.coverage import Outcome, interval
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
    country = np.log(np.nansum(jobs[:, 1:], axis=0) / np.nansum(jobs[:, 0]))
    trend = expected_jobs(forecast)[:, : len(years)]
    common = np.log(np.nansum(jobs[:, :1] * np.exp(trend), axis=0) / np.nansum(jobs[:, 0]))
    normals = standard_normals(seed, draws, len(years), NATIONAL, "country")
    outcomes = []
    for index, code in enumerate(panel.codes):
        m = municipality(code)
        residents = float(forecast.past.base_structure[index].sum())
        law = labour_law(
            unemployment_law(m, economic_parameters()), economic_parameters(), residents / REFERENCE_SIZE
        )
        own = drawn_jobs(m, anchor_from(forecast, index), law, draws, seed)[:, : len(years)]
        market = labour_market_of(m)._replace(national=0.0, national_before=0.0)
        cycle = draw_cycle(law, market, *(normals[:, :, column] for column in range(len(NATIONAL))))
        ends = interval(trend[index] + own + whole_cycle(m, law, market, cycle))
        beside = interval(trend[index] - common + country + own)
        outcomes += [
            Outcome(
                base,
                year - base,
                residents,
                float(observed[index, at]),
                float(ends[0][at]),
                float(ends[1][at]),
                float(beside[0][at]),
                float(beside[1][at]),
            )
            for at, year in enumerate(years)
            if np.isfinite(observed[index, at])
        ]
    return outcomes


def expected_jobs(forecast: Forecast) -> Floats:
    """[P, H] logarithm of jobs against the base year's: they follow those of working age, as forecast."""
    follow = float(
        municipality(forecast.past.history.codes[0]).bundle.manifest["economy"]["jobs_follow_residents"][
            "value"
        ]
    )
    working = slice(FIRST_WORKING_AGE, LAST_WORKING_AGE + 1)
    now = forecast.past.base_structure[:, :, working].sum(axis=(1, 2))
    later = forecast.ages[:, :, :, working].sum(axis=(2, 3))
    return np.asarray(follow * np.log(np.maximum(later, 1.0) / np.maximum(now, 1.0)[:, None]))


def drawn_jobs(m: Municipality, anchor: Anchor, law: LabourLaw, draws: range, seed: int) -> Floats:
    """[draw, H] logarithm of all jobs against the expected, the country's cycle left out."""
    years = len(anchor.totals)
    people = np.log(anchor.drawn_totals(anchor.shared(draws, seed), draws, seed) / anchor.totals)
    residents = anchor.own_innovations(years + law.residents_years - 1, draws, seed)
    own = standard_normals(seed, draws, years, LOCAL, m.code)[:, :, 0]
    private = own_jobs(law, own, residents) + follow_people(people)
    municipal = m.fact("municipal_jobs").value / m.fact("jobs").value
    return np.log(municipal + (1.0 - municipal) * np.exp(private))


def whole_cycle(m: Municipality, law: LabourLaw, market: LabourMarket, cycle: Cycle) -> Floats:
    """[draw, year] what the country's cycle does to the logarithm of all jobs."""
    municipal = m.fact("municipal_jobs").value / m.fact("jobs").value
    return np.asarray((1.0 - municipal) * country_jobs(law, market, cycle))


def follow_people(people: Floats) -> Floats:
    """[draw, year] logarithm of jobs that follow people beyond the forecast, as `model.labour` has it.

    Args:
        people: [draw, year] logarithm of residents over those whom the forecast expects.
    """
    long_run, at_once = (
        effect(name).median for name in ("people_to_local_jobs", "people_to_local_jobs_at_once")
    )
    followed = np.empty_like(people)
    later = np.zeros(len(people))
    for year in range(people.shape[1]):
        later += FOLLOWING_SPEED * ((long_run - at_once) * people[:, year] - later)
        followed[:, year] = at_once * people[:, year] + later
    return followed
