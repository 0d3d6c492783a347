"""What was published of every municipality after an earlier base year, as a monitor is fed with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from framsyn.calibrate.accounts_start import start_from_accounts
from framsyn.calibrate.known import column
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.reading import read_history
from framsyn.model.layout import LAST_CHILD, LAST_WORKING_AGE, Floats
from framsyn.places.tables import Tables

#: Columns of the table of components, by figure.
COMPONENTS = {
    "births": "births",
    "deaths": "deaths",
    "moves_in": "in_migration",
    "moves_out": "out_migration",
    "immigration": "immigration",
    "emigration": "emigration",
}
NET = {"net_moves": ("moves_in", "moves_out"), "net_immigration": ("immigration", "emigration")}
#: Facts of the accounts by figure, euros per resident.
ACCOUNTS = {"annual_margin_per_resident": "annual_margin_eur", "loans_per_resident": "loans_eur"}
COST = "net_operating_cost_per_resident"
PERCENT = 100.0


@dataclass(frozen=True)
class Came:
    """What came.

    Attributes:
        codes: the municipalities, sorted.
        figures: [P, year] published figures of the years after the base year by id; NaN = not published.
        final: [P] residents in the year at which the future is judged; NaN = not published.
    """

    codes: tuple[str, ...]
    figures: Mapping[str, Floats]
    final: Floats


def what_came(tables: Tables, base_year: int, years: int, final_year: int) -> Came:
    """What has been published of `years` years after the base year, and of the final year.

    Unemployment is chained: the published rate's change on the base year, as a ratio. Money is in euros of
    the year.

    Raises:
        FramsynError: the tables hold no components, or no residents of the final year.
    """
    history = read_history(tables)
    ahead = range(base_year + 1, base_year + years + 1)
    frame = tables.need("components")
    found = {identity: _by_year(frame, name, history.codes, ahead) for identity, name in COMPONENTS.items()}
    found |= {identity: found[more] - found[less] for identity, (more, less) in NET.items()}
    found["population"] = np.stack([history.actual(year) for year in ahead], axis=1)
    found["share_under_15"] = _share(history, ahead, 0, LAST_CHILD)
    found["share_65_plus"] = _share(history, ahead, LAST_WORKING_AGE + 1, None)
    found["unemployment_ratio"] = _unemployment(tables, history.codes, base_year, ahead)
    found |= _accounts(tables, ahead, len(history.codes))
    final = history.actual(final_year)
    if not np.isfinite(final).any():
        raise FramsynError("No population is published for {year}.", year=final_year)
    return Came(history.codes, found, final)


def _by_year(frame: pl.DataFrame, name: str, codes: Sequence[str], years: Sequence[int]) -> Floats:
    parts = [column(frame.filter(pl.col("year") == year), name, list(codes)) for year in years]
    return np.stack(parts, axis=1)


def _share(history: History, years: Sequence[int], first: int, last: int | None) -> Floats:
    """[P, year] per cent of the residents at the ages; NaN in years without ages."""
    blank = np.full(len(history.codes), np.nan)
    told = []
    for year in years:
        if year not in history.structures:
            told.append(blank)
            continue
        people = history.structures[year].sum(axis=1)
        end = None if last is None else last + 1
        told.append(PERCENT * people[:, first:end].sum(axis=1) / people.sum(axis=1))
    return np.stack(told, axis=1)


def _unemployment(tables: Tables, codes: Sequence[str], base: int, years: Sequence[int]) -> Floats:
    """[P, year] the published rate against that of the base year, means of the months."""
    frame = tables.need("unemployment_monthly").with_columns(
        pl.col("month").str.slice(0, 4).cast(pl.Int64).alias("year")
    )
    means = frame.group_by("code", "year").agg(pl.col("unemployed").mean(), pl.col("labour_force").mean())
    rate = means.with_columns((pl.col("unemployed") / pl.col("labour_force")).alias("rate"))
    told = _by_year(rate, "rate", codes, (base, *years))
    return np.asarray(told[:, 1:] / np.where(told[:, :1] > 0.0, told[:, :1], np.nan))


def _accounts(tables: Tables, years: Sequence[int], places: int) -> dict[str, Floats]:
    known = tables.need("accounts")["year"].unique().to_list()
    found = {name: np.full((places, len(years)), np.nan) for name in (*ACCOUNTS, COST)}
    for place, year in enumerate(years):
        if year not in known:
            continue
        start = start_from_accounts(tables, year)
        for name, fact in ACCOUNTS.items():
            found[name][:, place] = start.facts[fact] / start.size
        cost = sum(start.facts[one] for one in start.facts.ids if one.startswith("cost_"))
        found[COST][:, place] = cost / start.size
    return found
