"""What the past says of local economies: how jobs follow residents, and how much chance there is.

Fitted on years until 2006, so that later years remain an honest test (`economy_hindcast`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.cost_history import LEAST_PLACES, slope
from framsyn.calibrate.economy_panel import WORKING, Panel, centred, economy_panel, relative
from framsyn.calibrate.economy_spread import HORIZONS, national_employment, spread_of
from framsyn.calibrate.known import column as values_of
from framsyn.datafile import rows
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: The last year that parameters are fitted on.
FIT_UNTIL = 2006
SPAN = 5
#: The shock by which exposure is judged.
SHOCK = (2007, 2009)
#: Years of working age entered from below and left above: width of the age groups beside.
YOUNG_YEARS, OLD_YEARS = 18.0, 10.0


@dataclass(frozen=True)
class Parameter:
    """A national parameter of local economies, as it stands in the manifest."""

    name: str
    value: float
    unit: str
    status: str
    source: str
    method: str


class Window(NamedTuple):
    """Changes over some years relative to the country: ln jobs, ln working age, instrument, weight, [P]."""

    jobs: Floats
    people: Floats
    turnover: Floats
    weight: Floats


@cache
def defaults() -> Mapping[str, Parameter]:
    """The parameters by name, from `economy_history.csv`: what Finland's tables gave."""
    return {
        row["id"]: Parameter(
            row["id"], float(row["value"]), row["unit"], row["status"], row["source"], row["method"]
        )
        for row in rows("framsyn.calibrate", "economy_history.csv")
    }


def economy_parameters(tables: Tables) -> dict[str, Parameter]:
    """The parameters fitted to the tables; where tables lack, those of the data file, as assumed."""
    panel = economy_panel(tables)
    found = {} if panel is None else fitted(panel)
    exposure = None if panel is None else shock_exposure(tables, panel)
    if exposure is not None:
        found["shock_exposure_to_refining"] = exposure
    return {
        name: replace(one, value=found[name])
        if name in found
        else replace(one, status="assumed", method=f"Finland's value, tables lacking. {one.method}")
        for name, one in defaults().items()
    }


def fitted(panel: Panel, until: int = FIT_UNTIL) -> dict[str, float]:
    """Values of all parameters that the years until `until` tell; empty where they are too few."""
    if not enough(panel, until):
        return {}
    follow = jobs_follow_residents(panel, until)
    jobs = spread_of(panel, until, lambda start, end: beyond_residents(panel, start, end, follow))
    answer = employment_follows_jobs(panel, until)
    rate = spread_of(panel, until, lambda start, end: beyond_jobs(panel, start, end, answer))
    national = national_employment(panel, until)
    return {
        "jobs_follow_residents": follow,
        "jobs_trend_persistence": trend_persistence(panel, until, follow),
        "jobs_innovation_sd": jobs.innovation,
        "jobs_size_exponent": jobs.exponent,
        "jobs_persistence": jobs.persistence,
        "employment_follows_jobs": answer,
        "employment_innovation_sd": rate.innovation,
        "employment_size_exponent": rate.exponent,
        "employment_persistence": rate.persistence,
        "national_employment_innovation_sd": national.innovation,
        "national_employment_persistence": national.persistence,
        "national_employment_mean": national.mean,
    }


def enough(panel: Panel, until: int) -> bool:
    """Whether there are years for the longest horizon and places to compare."""
    years = [year for year in panel.years if year <= until]
    return len(years) > max(HORIZONS) and len(panel.codes) >= LEAST_PLACES


def windows(panel: Panel, span: int, until: int) -> list[tuple[int, int]]:
    """First and last year of every window of `span` years that ends by `until`."""
    return [
        (year, year + span) for year in panel.years if year + span in panel.years and year + span <= until
    ]


def window(panel: Panel, start: int, end: int) -> Window:
    """The changes of one window, each less its weighted mean."""
    weight = np.sqrt(panel.residents(start))
    jobs = relative(panel.jobs[:, panel.at(end)]) - relative(panel.jobs[:, panel.at(start)])
    people = relative(panel.working_age(end)) - relative(panel.working_age(start))
    return Window(
        centred(jobs, weight), centred(people, weight), centred(turnover(panel, start, end), weight), weight
    )


def turnover(panel: Panel, start: int, end: int) -> Floats:
    """[P] entries into less exits from working age over it, had nobody moved."""
    groups = panel.groups_in(start)
    enter = groups[:, WORKING.start - 1] / YOUNG_YEARS
    leave = groups[:, WORKING.stop - 1] / OLD_YEARS
    ratio: Floats = (end - start) * (enter - leave) / panel.working_age(start)
    return ratio


def jobs_follow_residents(panel: Panel, until: int = FIT_UNTIL) -> float:
    """Percent of jobs per percent of residents of working age, both relative to the country.

    Two-stage least squares over five-year windows: people also move after jobs, so the change of
    residents is instrumented by who enters and leaves these ages without moving.
    """
    found = [window(panel, *ends) for ends in windows(panel, SPAN, until)]
    pooled = Window(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    known = np.isfinite(pooled.jobs) & np.isfinite(pooled.people)
    w, z = pooled.weight[known], pooled.turnover[known]
    return float((w * z * pooled.jobs[known]).sum() / (w * z * pooled.people[known]).sum())


def trend_persistence(panel: Panel, until: int, follow: float) -> float:
    """Part of the past window's change of jobs beyond residents that goes on in the next, 0…1."""
    past, later, weight = [], [], []
    for start, end in windows(panel, SPAN, until):
        if start - SPAN in panel.years:
            past.append(beyond_residents(panel, start - SPAN, start, follow))
            later.append(beyond_residents(panel, start, end, follow))
            weight.append(np.sqrt(panel.residents(start)))
    if not past:
        return 0.0
    found = slope(np.concatenate(past), np.concatenate(later), np.concatenate(weight))
    return 0.0 if found is None else float(np.clip(found, 0.0, 1.0))


def employment_follows_jobs(panel: Panel, until: int = FIT_UNTIL) -> float:
    """Percent of residents' employment rate per percent of jobs beyond residents × home share."""
    felt, rate, weight = [], [], []
    for start, end in windows(panel, SPAN, until):
        felt.append(home_share(panel, start) * beyond_residents(panel, start, end, 1.0))
        rate.append(rate_change(panel, start, end))
        weight.append(np.sqrt(panel.residents(start)))
    # The weighted mean differs by window; each is centred, so that only differences between places tell.
    felt = [centred(one, w) for one, w in zip(felt, weight, strict=True)]
    found = slope(np.concatenate(felt), np.concatenate(rate), np.concatenate(weight))
    return 0.0 if found is None else found


def beyond_residents(panel: Panel, start: int, end: int, follow: float) -> Floats:
    """[P] change of ln jobs relative to the country beyond what residents of working age explain."""
    one = window(panel, start, end)
    change: Floats = one.jobs - follow * one.people
    return change


def beyond_jobs(panel: Panel, start: int, end: int, answer: float) -> Floats:
    """[P] change of ln employment rate relative to the country beyond its answer to jobs."""
    felt = home_share(panel, start) * beyond_residents(panel, start, end, 1.0)
    return centred(rate_change(panel, start, end) - answer * felt, np.sqrt(panel.residents(start)))


def rate_change(panel: Panel, start: int, end: int) -> Floats:
    """[P] change of ln employed per resident of working age, less its weighted mean."""
    rates = [
        relative(panel.employed[:, panel.at(year)]) - relative(panel.working_age(year))
        for year in (start, end)
    ]
    return centred(rates[1] - rates[0], np.sqrt(panel.residents(start)))


def home_share(panel: Panel, year: int) -> Floats:
    """[P] share of employed residents who work in their own municipality."""
    at = panel.at(year)
    employed = panel.employed[:, at]
    unknown = np.full(len(employed), np.nan)
    share: Floats = np.divide(panel.home[:, at], employed, out=unknown, where=employed > 0)
    return share


def shock_exposure(tables: Tables, panel: Panel) -> float | None:
    """How much harder jobs answered to the fall of 2007–2009 per unit of refining's share; exploratory.

    Slope of the change of ln jobs on the share of refining in 2007, over the country's change.
    """
    start, end = SHOCK
    frame = key.key_figures(tables, panel.codes, (key.REFINING_SHARE,), weight=key.JOBS)
    if frame is None or not {start, end} <= set(panel.years):
        return None
    share = values_of(frame.filter(frame["year"] == start), key.REFINING_SHARE, list(panel.codes)) / 100.0
    before, after = panel.jobs[:, panel.at(start)], panel.jobs[:, panel.at(end)]
    country = float(np.log(after.sum() / before.sum()))
    change = relative(after) - relative(before)
    found = slope(share, change, np.sqrt(panel.residents(start)))
    return None if found is None or country == 0.0 else found / country
