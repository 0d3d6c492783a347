"""Lives of every municipality from 2005 to 2025, driven by what it spent on its services.

Driven: net cost of all services per resident, 2005–2021, against the country's and with what ages and
residents explain taken out, held at its last value after that. Not driven, because it is not published by
municipality and year: tax rates (2026 alone), investment (2015–2019 alone), land, planning and single
services. Loans, margins, jobs and people are what comes out. What taxes paid for the spending is not known,
so money is read from lives that nothing drives. People begin as they were in 2005, with the forecast that
would have been made then; money begins as the accounts of 2015 have it per resident, under the rules of that
year, loans as they were in 2008, work and unemployment as in 2006.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from framsyn.calibrate.accounts_start import AccountsStart, economy_columns, growth_until, start_from_accounts
from framsyn.calibrate.economy_panel import Panel, economy_panel
from framsyn.calibrate.history import population_history
from framsyn.calibrate.places import Places, open_places, unpeopled_places
from framsyn.calibrate.unemployment import laws, sub_region_index
from framsyn.calibrate.unemployment_panel import unemployment_panel
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.hindcast import PastSetting, past_settings
from framsyn.foresee.labour_market import LabourMarket, labour_market_of
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.schools import draw_schools, effects_in_schools
from framsyn.foresee.setting import Drawn
from framsyn.foresee.worlds import draw_effects
from framsyn.model.layout import (
    AMBITION,
    ANNUAL_MARGIN,
    AREAS,
    CASH_FLOW,
    INCOME_TAX_RATE,
    INVESTMENT,
    JOBS,
    LOANS,
    MOVES_IN,
    MOVES_OUT,
    PARTICIPATION,
    POPULATION,
    UNEMPLOYMENT_RATE,
    Floats,
)
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality
from framsyn.places.tables import Tables
from framsyn.processors import processors
from framsyn.validate.history_panel import History, controls
from framsyn.validate.published import (
    BASE,
    LAST,
    by_year,
    loans_per_resident,
    margins,
    published_history,
)

#: The year whose accounts tell the money, of which labour is published, and of whose loans nearly all is.
MONEY_YEAR, LABOUR_YEAR, LOANS_YEAR = 2015, 2006, 2008
#: Services are driven by the mean of as many years around each.
SMOOTHED = 3
#: Columns of the age groups: under 18, and 65 or older.
CHILDREN, OLD = slice(0, 1), slice(6, 8)
COLUMNS: Mapping[str, int] = {
    "people": POPULATION,
    "jobs": JOBS,
    "unemployment": UNEMPLOYMENT_RATE,
    "moves_in": MOVES_IN,
    "moves_out": MOVES_OUT,
    "margin": ANNUAL_MARGIN,
    "investment": INVESTMENT,
    "cash_flow": CASH_FLOW,
    "loans": LOANS,
    "tax_rate": INCOME_TAX_RATE,
}
#: Series of lives as today: by what taxes the spending was paid is not published.
UNDRIVEN = ("margin", "investment", "cash_flow", "loans", "tax_rate")
#: Levers that are driven: spending per user of every area but participation, which is euros.
DRIVEN = [AMBITION + area for area in range(AREAS) if area != PARTICIPATION]


@dataclass(frozen=True)
class Past:
    """What the driven lives begin with, and what came.

    Attributes:
        start: facts of 2005.
        services: [P, year] spending per user, share of the base year's.
        markets: labour markets by code.
        published: what came.
    """

    start: AccountsStart
    services: Floats
    markets: Mapping[str, LabourMarket]
    published: History


def open_past(tables: Tables, bundle: Bundle) -> Past:
    """Read what the driven lives need.

    Raises:
        FramsynError: a table is missing.
    """
    places = unpeopled_places(tables)
    people = by_year(places, population_history(tables, places.codes))
    ages = base_ages(tables)
    taken = controls(people[:, 0], ages[:, 0], ages[:, 1], sub_region_index(places))
    return Past(
        start=start_of(tables, places, people),
        services=services_path(places, people, tables),
        markets=markets_of(tables, bundle),
        published=published_history(tables, taken),
    )


def base_ages(tables: Tables, year: int = BASE) -> Floats:
    """[P, 2] shares of residents under 18, and of 65 or older.

    Raises:
        FramsynError: a table is missing.
    """
    panel = economy_panel(tables)
    if panel is None:
        raise FramsynError("The tables commuting and population_groups are needed to read ages.")
    groups = panel.groups_in(year)
    shares = [groups[:, part].sum(axis=1) / groups.sum(axis=1) for part in (CHILDREN, OLD)]
    return np.stack(shares, axis=1)


def start_of(tables: Tables, places: Places, people: Floats) -> AccountsStart:
    """The facts of the base year: money of 2015 and work of 2006 per resident, loans of 2008."""
    start = start_from_accounts(tables, MONEY_YEAR)
    values, ids = np.array(start.facts.values), list(start.facts.ids)
    now = people[:, 0]
    labour = economy_columns(places, LABOUR_YEAR)
    for column, identity in enumerate(ids):
        if identity in labour:
            counted = identity in ("labour_force", "unemployed", "employed", "jobs", "jobs_tradable")
            scale = now / people[:, LABOUR_YEAR - BASE] if counted else 1.0
            values[:, column] = labour[identity].values * scale
        elif identity.endswith("_eur") or (
            identity.startswith(("cost_", "income_")) and "pct" not in identity
        ):
            values[:, column] *= now / start.size
    values[:, ids.index("municipal_jobs")] *= now / start.size
    loans = loans_per_resident(places, people)[:, LOANS_YEAR - BASE] * now
    group = values[:, ids.index("group_loans_eur")] - values[:, ids.index("loans_eur")]
    values[:, ids.index("loans_eur")] = loans
    values[:, ids.index("group_loans_eur")] = loans + np.maximum(group, 0.0)
    values[:, ids.index("growth_10_years_pct")] = growth_until(places, BASE, now).values
    return AccountsStart(MONEY_YEAR, start.codes, now, replace(start.facts, values=values))


def markets_of(tables: Tables, bundle: Bundle) -> Mapping[str, LabourMarket]:
    """Labour markets of the base year: the rate of 2006 is the usual one but for the country's cycle."""
    places = open_places(tables, bundle["population"].astype(np.float64))
    panel = unemployment_panel(places)
    if panel is None:
        return {}
    cycle, _ = laws(places, panel)
    now = panel.years.index(LABOUR_YEAR)
    national = float(panel.national_logit[now] - cycle.mean)
    found = {}
    for index, code in enumerate(places.codes):
        today, rate = labour_market_of(Municipality(index, bundle)), float(panel.logit[index, now])
        if np.isfinite(rate):
            usual = rate - today.loading * national
            found[code] = LabourMarket(usual, today.loading, 0.0, national, national, cycle.mean)
    return found


def services_path(places: Places, people: Floats, tables: Tables) -> Floats:
    """[P, year] spending on services per user against the base year's, where it is published.

    The net cost per resident of each year and municipality over the country's and over the base year's,
    means of three years; what the change of ages and of residents explains of its logarithm in the year is
    taken out.
    """
    cost = -margins(places, "operating_margin_keur") / people
    years = [year for year in range(LAST - BASE + 1) if np.isfinite(cost[:, year]).mean() > 0.9]
    logs = np.where(cost > 0.0, np.log(np.maximum(cost, 1.0)), np.nan)
    logs[:, years] -= np.nanmean(logs[:, years], axis=0)
    smooth = np.stack([_around(logs, year) for year in years], axis=1)
    panel = economy_panel(tables)
    if panel is None:
        raise FramsynError("The tables commuting and population_groups are needed to read ages.")
    path = np.ones_like(people)
    last = np.zeros(len(people))
    for column, year in enumerate(years):
        change = smooth[:, column] - smooth[:, 0]
        last = np.nan_to_num(_beyond_need(change, year, panel)) if year else last
        path[:, year] = np.exp(last)
    for year in range(1, LAST - BASE + 1):
        if year not in years:
            path[:, year] = path[:, year - 1]
    return path


def _around(logs: Floats, year: int) -> Floats:
    reach = SMOOTHED // 2
    window = logs[:, max(0, year - reach) : year + reach + 1]
    known = np.isfinite(window)
    total = np.where(known, window, 0.0).sum(axis=1)
    return np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)


def _beyond_need(change: Floats, year: int, panel: Panel) -> Floats:
    """[P] a change of logarithms less what the change of ages and residents tells of it."""
    groups, years = panel.groups, list(panel.group_years)
    then = groups[:, years.index(BASE)]
    now = groups[:, min(years.index(BASE) + year, len(years) - 1)]
    shares = [
        now[:, part].sum(axis=1) / now.sum(axis=1) - then[:, part].sum(axis=1) / then.sum(axis=1)
        for part in (CHILDREN, OLD)
    ]
    grown = np.log(now.sum(axis=1) / then.sum(axis=1))
    design = np.stack([np.ones(len(change)), *shares, grown], axis=1)
    known = np.isfinite(change) & np.isfinite(design).all(axis=1)
    fitted = design @ np.linalg.lstsq(design[known], change[known], rcond=None)[0]
    return np.asarray(change - fitted)


@dataclass(frozen=True)
class DrivenLives:
    """Driven lives of draws of effects, each in the same few worlds.

    Attributes:
        history: [P, effects × world, year] of each series, worlds within effects.
        effects: [effects draw, coefficient] drawn from the priors, before the school of thought.
        schools: [effects draw] the school of thought.
        worlds: how many.
    """

    history: History
    effects: Floats
    schools: np.ndarray
    worlds: int


def drive(past: Past, forecast: Forecast, sets: int, worlds: int, seed: int = 1) -> DrivenLives:
    """Live every municipality under its own services, in each draw of effects and each world.

    Args:
        past: where lives begin, and what drives them.
        forecast: of 2005 to 2025.
        sets: draws of effects.
        worlds: worlds that each is lived in, the same for all.
        seed: the seed.
    """
    start = past.start
    finite = np.isfinite(start.facts.values).all(axis=1)
    here = [int(index) for index in np.flatnonzero(finite)]
    years = forecast.expected.totals.shape[1]
    shape = (len(start.codes), sets * worlds, years + 1)
    series = {name: np.full(shape, np.nan, dtype=np.float32) for name in COLUMNS}

    def live(index: int, setting: PastSetting) -> None:
        as_today, driven = driven_records(setting, past.services[index], sets, worlds, seed)
        for name, column in COLUMNS.items():
            series[name][index] = (as_today if name in UNDRIVEN else driven)[:, :, column]

    with ThreadPoolExecutor(processors()) as pool:
        list(pool.map(live, here, _settings(past, forecast, here, seed)))
    _as_published(series, past.published)
    schools = draw_schools(range(sets), seed, 10_000.0)
    effects = draw_effects(range(sets), seed)
    return DrivenLives(History(series, past.published.controls), effects, schools, worlds)


def _settings(past: Past, forecast: Forecast, here: Sequence[int], seed: int) -> Iterator[PastSetting]:
    return past_settings(past.start, forecast, here, seed, past.markets)


def driven_records(
    setting: PastSetting, services: Floats, sets: int, worlds: int, seed: int
) -> tuple[Floats, Floats]:
    """[effects × world, year, indicator] lives of one municipality as today, and under its own services."""
    drawn = setting.draw(range(worlds))
    schools = draw_schools(range(sets), seed, setting.residents)
    effects = effects_in_schools(draw_effects(range(sets), seed), schools)
    every = Drawn(
        np.tile(drawn.worlds, (sets, 1, 1)),
        np.repeat(effects, worlds, axis=0),
        np.tile(drawn.starts, (sets, 1)),
    )
    baseline = setting.live(every, setting.course(posture(AS_IS)))
    course = setting.course(posture(AS_IS))
    course.pinned[1:, DRIVEN] = services[1 : setting.years + 1, None]
    return baseline, setting.live(every, course, baseline)


def _as_published(series: Mapping[str, np.ndarray], published: History) -> None:
    """Leave of each series the years in which it is published."""
    for name, values in series.items():
        known = published.years(name)
        values[:, :, [year for year in range(values.shape[2]) if year not in known]] = np.nan
