"""The section on money of docs/history.md: lives from past accounts set beside the accounts that came."""

from collections.abc import Mapping

import numpy as np

from framsyn.calibrate.history import population_history
from framsyn.calibrate.places import unpeopled_places
from framsyn.calibrate.unemployment_local import CLASSES, size_class
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.hindcast import Hindcast, hindcast, names, scores
from framsyn.model.layout import Floats
from framsyn.places.bundle import shipped_bundle
from framsyn.places.tables import Tables
from framsyn.validate.coverage import SIZE_NAMES
from framsyn.validate.past_labour import past_markets
from framsyn.validate.published import by_year, later_accounts

BASES = (2015, 2016)
#: Years of outcomes: of the accounts, and of loans, margins and net cost alone.
ACCOUNTS, LATER = 2019, 2021
Scores = Mapping[str, Mapping[str, float]]


def money_section(
    tables: Tables, draws: int = 200, forecasts: Mapping[int, Forecast] | None = None
) -> list[str]:
    """Markdown of the section; fits a forecast of people at each base year, minutes each.

    Args:
        tables: the folder.
        draws: worlds.
        forecasts: by base year, to `LATER` at least, where they are fitted already.
    """
    lines: list[str] = []
    for base in BASES:
        forecast = (forecasts or {}).get(base) or fit_forecast(
            read_history(tables, base), region_codes(tables), LATER - base
        )
        for target in (ACCOUNTS, LATER):
            found = compared(tables, base, target, draws, forecast)
            lines += [f"### From the accounts of {base} to {target}, {len(found.codes)} municipalities", ""]
            lines += [*error_table(scores(found)), "", *class_table(found), ""]
    return lines


def compared(tables: Tables, base: int, target: int, draws: int, forecast: Forecast) -> Hindcast:
    """Lives from one base year beside what came."""
    markets = past_markets(tables, shipped_bundle()["population"], base)
    outcomes = None if target == ACCOUNTS else later_outcomes(tables)
    return hindcast(tables, base, target, draws, outcomes=outcomes, markets=markets, forecast=forecast)


def later_outcomes(tables: Tables) -> Floats:
    """[P, name] what is published of 2021, € per resident, NaN elsewhere."""
    places = unpeopled_places(tables)
    told = later_accounts(places, by_year(places, population_history(tables, places.codes)))
    columns = [told.get(name, np.full(len(places.codes), np.nan)) for name in names()]
    return np.stack(columns, axis=1)


def error_table(found: Scores) -> list[str]:
    """Errors beside carrying forward, the country's level in and taken out, and intervals."""
    heads = ["€ per resident", "level", "lives", "carried", "bias of lives", "lives, country out"]
    heads += ["carried, country out", "ratio", "held, %", "held, country out, %"]
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for name, row in found.items():
        ratio = row["shape_lives"] / max(row["shape_carried"], 1e-9)
        whole = ("level", "lives", "carried", "bias_lives", "shape_lives", "shape_carried")
        cells = [f"{row[key]:,.0f}" for key in whole]
        cells += [f"{ratio:.2f}", f"{row['cover']:.0f}", f"{row['cover_shape']:.0f}"]
        lines.append("| " + " | ".join([name.replace("_", " "), *cells]) + " |")
    return lines


def class_table(found: Hindcast) -> list[str]:
    """Per cent that 80 % intervals held by size class, the country's level taken out."""
    of_class = size_class(found.size)
    by_class = [scores(found, of_class == one) for one in range(CLASSES)]
    published = [name for name in names() if any(name in one for one in by_class)]
    lines = ["Per cent that the 80 % interval held, the country's level taken out, by residents:", ""]
    lines += ["| | " + " | ".join(SIZE_NAMES) + " |", "| --- |" + " ---: |" * CLASSES]
    for name in published:
        cells = [f"{one[name]['cover_shape']:.0f}" if name in one else "–" for one in by_class]
        lines.append("| " + " | ".join([name.replace("_", " "), *cells]) + " |")
    return lines
