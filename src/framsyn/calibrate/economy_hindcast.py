"""Jobs and employed residents of 2016 forecast from what was known ten to six years before.

Parameters are those fitted until 2006 (`economy_history`), population is forecast too: by cohorts here,
or by a forecast that the caller gives. Set against carry-forward: as many as in the base year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.economy_history import FIT_UNTIL, enough, fitted, home_share
from framsyn.calibrate.economy_panel import WORKING, Panel, economy_panel, relative
from framsyn.calibrate.economy_spread import National, Spread, size_exponent, standard_sd
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]
#: Gives residents aged 18–64 [P] in the target year from what was known in the base year.
PopulationForecast = Callable[[int, int], Floats]

BASES = (2006, 2007, 2008, 2009, 2010)
TARGET = 2016
#: Half-width of an 80 % interval in standard deviations.
Z80 = 1.2816
#: Cohorts are followed over this many years: the width of the age groups between 25 and 64.
COHORT_YEARS = 10
#: A cohort of this many persons weighs as much as the country's in its change.
BORROWED = 200.0


@dataclass(frozen=True)
class Forecast:
    """A forecast of one quantity beside what came.

    Attributes:
        quantity: jobs (in the municipality) or employed (residents at work).
        base: the year known.
        central, low, high: [P] persons; `low` to `high` is to hold 80 %.
        low_share, high_share: [P] the same without the country's chance, as parts of the country.
        carried: [P] persons in the base year.
        observed: [P] persons in the target year.
    """

    quantity: str
    base: int
    central: Floats
    low: Floats
    high: Floats
    low_share: Floats
    high_share: Floats
    carried: Floats
    observed: Floats


@dataclass(frozen=True)
class Score:
    """How right a forecast was over municipalities.

    Attributes:
        quantity: jobs or employed.
        base: base year.
        mape, mape_carried: mean absolute percentage error, and of carry-forward.
        wape, wape_carried: sum of absolute errors over the sum of outcomes, percent.
        coverage: percent of municipalities whose outcome lies in the 80 % interval.
        coverage_of_share: the same for the municipality's part of the country, where the country's
            one draw plays no role.
    """

    quantity: str
    base: int
    mape: float
    mape_carried: float
    wape: float
    wape_carried: float
    coverage: float
    coverage_of_share: float


def economy_hindcast(
    tables: Tables,
    bases: Sequence[int] = BASES,
    target: int = TARGET,
    population_forecast: PopulationForecast | None = None,
) -> list[Score]:
    """Scores of jobs and employed residents by base year.

    Args:
        tables: the folder of tables; uses `commuting` and `population_groups`.
        bases: base years, none before the last that parameters are fitted on.
        target: the year forecast.
        population_forecast: residents aged 18–64 [P] of the target year from a base year, municipalities
            sorted by code; a forecast by cohorts where it is not given.

    Raises:
        FramsynError: tables lack what is needed.
    """
    panel = economy_panel(tables)
    if panel is None or not enough(panel, FIT_UNTIL) or target not in panel.years:
        raise FramsynError(
            "A hindcast of jobs needs the tables commuting and population_groups with years until {year}.",
            year=target,
        )
    people = population_forecast or (lambda base, year: by_cohorts(panel, base, year))
    values = fitted(panel)
    return [
        score(one)
        for base in bases
        for one in forecasts(panel, values, base, target, people(base, target), people_error(panel))
    ]


def forecasts(
    panel: Panel, values: dict[str, float], base: int, target: int, people: Floats, people_sd: Spread
) -> list[Forecast]:
    """Jobs and employed residents of `target`, [P] each.

    Args:
        panel: the panel; of years after `base` only the outcome is read.
        values: parameters by name.
        base: base year.
        target: target year.
        people: [P] residents aged 18–64 forecast for the target year.
        people_sd: spread of the error of that forecast.
    """
    ahead = target - base
    residents, before = panel.residents(base), panel.working_age(base)
    country = national(values)
    now = panel.employed[:, panel.at(base)].sum() / before.sum()
    total = country.ahead(float(now), ahead) * people.sum()
    change = relative(people) - relative(before)
    follow = values["jobs_follow_residents"]
    local = spread(values, "jobs").sd(ahead, residents) ** 2
    moved = people_sd.sd(ahead, residents) ** 2
    answer = values["employment_follows_jobs"] * home_share(panel, base)
    rate = spread(values, "employment").sd(ahead, residents) ** 2 + answer**2 * local
    beyond = (follow - 1.0) * change
    parts = {
        "jobs": (panel.jobs, follow * change, local + follow**2 * moved),
        "employed": (panel.employed, change + answer * beyond, rate + moved),
    }
    return [
        forecast(
            name,
            base,
            (series[:, panel.at(base)], series[:, panel.at(target)]),
            (shift, total),
            (np.sqrt(variance), country.sd(ahead)),
        )
        for name, (series, shift, variance) in parts.items()
    ]


def forecast(
    quantity: str,
    base: int,
    ends: tuple[Floats, Floats],
    change: tuple[Floats, float],
    sd: tuple[Floats, float],
) -> Forecast:
    """The forecast of one quantity.

    Args:
        quantity: jobs or employed.
        base: base year.
        ends: [P] persons in the base year and in the target year.
        change: [P] change of ln relative to the country, and the country's total, persons.
        sd: of ln: the municipality's relative to the country [P], and the country's.
    """
    carried, observed = ends
    shift, total = change
    local, country = sd
    share = carried * np.exp(shift)
    share /= share.sum()
    narrow, wide = Z80 * local, Z80 * np.sqrt(local**2 + country**2)
    return Forecast(
        quantity,
        base,
        central=share * total,
        low=share * total * np.exp(-wide),
        high=share * total * np.exp(wide),
        low_share=share * np.exp(-narrow),
        high_share=share * np.exp(narrow),
        carried=carried,
        observed=observed,
    )


def score(one: Forecast) -> Score:
    """Errors and coverage of one forecast."""
    share = one.observed / one.observed.sum()
    inside = (one.low <= one.observed) & (one.observed <= one.high)
    share_inside = (one.low_share <= share) & (share <= one.high_share)
    return Score(
        one.quantity,
        one.base,
        mape=mape(one.central, one.observed),
        mape_carried=mape(one.carried, one.observed),
        wape=wape(one.central, one.observed),
        wape_carried=wape(one.carried, one.observed),
        coverage=100.0 * float(inside.mean()),
        coverage_of_share=100.0 * float(share_inside.mean()),
    )


def mape(forecast_of: Floats, observed: Floats) -> float:
    """Mean absolute percentage error."""
    return 100.0 * float(np.mean(np.abs(forecast_of / observed - 1.0)))


def wape(forecast_of: Floats, observed: Floats) -> float:
    """Sum of absolute errors over the sum of outcomes, percent."""
    return 100.0 * float(np.abs(forecast_of - observed).sum() / observed.sum())


def by_cohorts(panel: Panel, base: int, target: int) -> Floats:
    """[P] residents aged 18–64 in `target`, from the age groups of `base` and ten years before.

    Ten-year cohort change of the place (Hamilton and Perry 1962), borrowed from the country where cohorts
    are small; years between lie on the line of ln.
    """
    before, now = panel.groups_in(base - COHORT_YEARS), panel.groups_in(base)
    ahead = np.zeros(len(now))
    # The two groups 18–24 and 25–34 are those who were children and 18–24; the others moved on by one.
    steps = [((0, 1), (1, 2)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,))]
    for source, goal in steps:
        was, came = before[:, source].sum(axis=1), now[:, goal].sum(axis=1)
        country = came.sum() / was.sum()
        ratio = (came + BORROWED * country) / (was + BORROWED)
        ahead += ratio * now[:, source].sum(axis=1)
    start = now[:, WORKING].sum(axis=1)
    people: Floats = start * (ahead / start) ** ((target - base) / COHORT_YEARS)
    return people


def people_error(panel: Panel) -> Spread:
    """Spread of the error of the forecast by cohorts, from origins whose outcome was known by 2006."""
    first = panel.group_years[0] + COHORT_YEARS
    origins = range(first, FIT_UNTIL - COHORT_YEARS + 1)
    errors, sizes = [], []
    for base in origins:
        error = relative(by_cohorts(panel, base, base + COHORT_YEARS))
        error -= relative(panel.working_age(base + COHORT_YEARS))
        errors.append(error)
        sizes.append(panel.residents(base))
    return walk_of(np.concatenate(errors), np.concatenate(sizes))


def walk_of(errors: Floats, sizes: Floats) -> Spread:
    """The random walk that would make these errors in ten years."""
    known = np.isfinite(errors)
    exponent = size_exponent(errors[known], sizes[known])
    sd = standard_sd(errors[known], sizes[known], exponent)
    return Spread(sd / COHORT_YEARS**0.5, exponent, 1.0)


def spread(values: dict[str, float], name: str) -> Spread:
    """The spread of jobs or employment among the parameters."""
    return Spread(*(values[f"{name}_{part}"] for part in ("innovation_sd", "size_exponent", "persistence")))


def national(values: dict[str, float]) -> National:
    """The country's employment rate, expected to stay as it is.

    Twenty years with one depression estimate its persistence too low, by (1 + 3 φ) / years (Kendall 1954),
    which takes 0.86 to one.
    """
    return National(values["national_employment_innovation_sd"], 1.0, values["national_employment_mean"])
