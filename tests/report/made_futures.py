"""Synthetic futures of the shape that `foresee` gives, for the tests of the report."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from framsyn.evaluate.criteria import CRITERIA, FOLLOWS
from framsyn.model.indicators import indicators
from framsyn.report.history import History

STANDARD = ("as_is", "engaging", "focused", "lazy", "given_up")
BASE = 2025
#: Yearly drift of population (percent), margin and loans (EUR/resident) by posture.
DRIFT = {
    "as_is": (-0.35, -4.0, 45.0),
    "engaging": (-0.15, 2.0, 40.0),
    "focused": (-0.3, 3.0, -20.0),
    "lazy": (-0.5, -8.0, 80.0),
    "given_up": (-0.8, -16.0, 130.0),
}
START = {
    "population": 9558.0,
    "share_65_plus": 25.4,
    "annual_margin_per_resident": 412.0,
    "depreciation_per_resident": 380.0,
    "loans_per_resident": 3140.0,
    "income_tax_rate": 8.4,
    "unemployment_rate": 3.1,
    "jobs": 4310.0,
    "exclusion": 11.2,
    "participation": 68.3,
    "lever_tax_change": 0.0,
    "lever_saving": 0.0,
    "lever_digital": 22.0,
    "lever_engagement": 6.0,
    "cash_flow_per_resident": -40.0,
    "need_basic_education": 1099.0,
    "cost_basic_education_per_resident": 1296.0,
    "cost_safety_per_resident": 15.0,
    "repair_debt_per_resident": 980.0,
}
LEVERS = {"lever_digital": (22, 45, 30, 8, 0), "lever_engagement": (6, 20, 12, 0, 0)}


def made_futures(
    postures: Sequence[str] = STANDARD,
    draws: int = 200,
    years: int = 20,
    *,
    growth: float = 0.0,
    name_sv: str = "Närpes",
    name_fi: str = "Närpiö",
    **attrs: object,
) -> xr.Dataset:
    """Plausible futures; `growth` is added to every posture's yearly percent of population."""
    rng = np.random.default_rng(7)
    span = np.arange(years + 1)
    shape = (len(postures), draws, years + 1)
    walk = rng.normal(0, 0.6, (draws, years)).cumsum(axis=1)
    walk = np.hstack([np.zeros((draws, 1)), walk])
    drift = np.array([DRIFT.get(posture, (0.1, 0.0, 0.0)) for posture in postures])
    data: dict[str, tuple[tuple[str, ...], np.ndarray, dict[str, str]]] = {}
    for indicator in indicators().values():
        start = START.get(indicator.id, 96.0)
        values = np.full(shape, start) + 0.002 * start * walk * (indicator.unit != "x")
        values += 0.002 * start * drift[:, :1, None] * span
        if indicator.id == "population":
            values = start * np.exp((drift[:, :1, None] + growth) / 100 * span + walk / 100)
        elif indicator.id == "annual_margin_per_resident":
            values = start + drift[:, 1][:, None, None] * span + 18 * walk
        elif indicator.id == "loans_per_resident":
            values = start + drift[:, 2][:, None, None] * span + 90 * walk
        elif indicator.id in LEVERS:
            wanted = np.resize(LEVERS[indicator.id], len(postures)).astype(float)
            values = np.broadcast_to(wanted[:, None, None], shape).copy()
            values[:, :, 0] = start
        elif indicator.id in (*CRITERIA, *FOLLOWS):
            values = np.zeros(shape)
        if indicator.id.startswith("annual_"):
            values[:, :, 0] = np.nan
        data[indicator.id] = (("posture", "draw", "year"), values, {"unit": indicator.unit})
    data["population_by_age"] = (
        ("posture", "year", "sex", "age"),
        _ages(data["population"][1].mean(axis=1)),
        {"unit": "persons"},
    )
    facts: dict[str, object] = {
        "code": "545",
        "name_fi": name_fi,
        "name_sv": name_sv,
        "name_en": "",
        "region_fi": "Pohjanmaa",
        "region_sv": "Österbotten",
        "region_en": "Ostrobothnia",
        "base_year": BASE,
        "seed": 1,
        "draws": draws,
        "framsyn_version": "0.1.0",
        "bundle_version": "2026-11",
        "core_task": "culture_and_leisure",
        "law_carried_forward": "state_grant_pct (2026), income_tax_mean_pct (2027)",
    }
    return xr.Dataset(
        data,
        coords={
            "posture": list(postures),
            "draw": np.arange(draws),
            "year": BASE + span,
            "sex": ["male", "female"],
            "age": np.arange(101),
        },
        attrs=facts | attrs,
    )


def _ages(population: np.ndarray) -> np.ndarray:
    """[posture, year, sex, age] that sums to [posture, year]."""
    age = np.arange(101)
    now = np.where(age < 70, 1 + 0.25 * np.sin(age / 9), np.exp(-(((age - 70) / 14) ** 2)))
    shape = np.stack([now, now * (1 + age / 600)])
    later = np.stack([np.roll(now, 12) * np.exp(-age / 160), now * np.exp(-age / 220)])
    steps = population.shape[1]
    mixed = np.stack([shape + (later - shape) * t / max(steps - 1, 1) for t in range(steps)])
    mixed /= mixed.sum(axis=(1, 2), keepdims=True)
    ages: np.ndarray = population[:, :, None, None] * mixed[None]
    return ages


def made_history() -> History:
    """A past with a population of 2023 and finances of 2021–2025 that are not published."""
    years = np.arange(1972, BASE + 1)
    people = 9558 + 55 * (BASE - years) ** 0.8 + 40 * np.sin(years / 4.0)
    people[-1] = 9558
    people[years == 2023] = np.nan
    finance = np.arange(2006, 2021)
    margin = 320 + 90 * np.sin(finance / 2.0)
    loans = np.asarray(1800 + 95.0 * (finance - 2006))
    margin[3] = np.nan
    offences = np.arange(1987, 2021)
    rates = 20 + 5 * np.sin(offences / 3.0)
    return History(years, people, finance, margin, loans.astype(np.float64), offences, rates)


def no_history() -> History:
    """A municipality of which nothing of the past is kept."""
    none = np.empty(0)
    years = none.astype(int)
    return History(years, none, years, none, none, years, none)
