"""Accounts and function costs read into arrays by year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Figures of several years: `years` and `by_id`, each [P, Y] with NaN where not published."""

    years: tuple[int, ...]
    by_id: Mapping[str, Floats]

    def __getitem__(self, identity: str) -> Floats:
        return self.by_id[identity]


@cache
def accounts_items() -> tuple[tuple[str, str], ...]:
    """Pairs of our id and the item of the accounts; several items of one id are added."""
    return tuple((row["id"], row["item"]) for row in rows("framsyn.calibrate", "accounts_items.csv"))


def read_accounts(tables: Tables, codes: tuple[str, ...]) -> Figures | None:
    """The accounts by id of `accounts_items.csv`, EUR; None without the table."""
    frame = tables.get("accounts")
    if frame is None:
        return None
    items = pl.DataFrame(accounts_items(), schema=["id", "item"], orient="row")
    sums = (
        frame.join(items, on="item")
        .group_by("code", "year", "id")
        .agg(pl.when(pl.col("eur").null_count() == 0).then(pl.col("eur").sum()).alias("eur"))
    )
    return figures(sums, "id", "eur", {identity for identity, _ in accounts_items()}, codes)


def read_net_costs(tables: Tables, codes: tuple[str, ...], functions: Iterable[str]) -> Figures | None:
    """Net cost by function, EUR with depreciation and internal rents; None without the table."""
    frame = tables.get("net_costs")
    if frame is None:
        return None
    return figures(frame, "function", "net_cost_eur", set(functions), codes)


def figures(frame: pl.DataFrame, key: str, value: str, wanted: set[str], codes: tuple[str, ...]) -> Figures:
    """A long table of code, year, `key`, `value` as arrays [P, Y] of each wanted key."""
    years = tuple(sorted(frame["year"].unique().to_list()))
    blank = np.full((len(codes), len(years)), np.nan)
    by_id = {one: blank.copy() for one in sorted(wanted)}
    place = {code: i for i, code in enumerate(codes)}
    known = frame.filter(pl.col(key).is_in(sorted(wanted)) & pl.col("code").is_in(list(codes)))
    for code, year, one, number in known.select("code", "year", key, value).drop_nulls().iter_rows():
        by_id[one][place[code], years.index(year)] = number
    return Figures(years, by_id)
