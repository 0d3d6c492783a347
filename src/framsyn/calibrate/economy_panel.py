"""Jobs, employed residents and working-age population of every municipality by year."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

COMMUTING = ("works_in_home_municipality", "in_commute", "out_commute")
#: Age groups of the table `population_groups`.
GROUPS = ("0-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
#: Those of working age among them.
WORKING = slice(1, 6)


@dataclass(frozen=True)
class Panel:
    """What is known of P municipalities in Y consecutive years, persons; NaN = not published.

    Attributes:
        codes: municipality codes, sorted.
        years: [Y] years of `jobs`, `employed` and `home`.
        jobs: [P, Y] persons working in the municipality.
        employed: [P, Y] residents at work.
        home: [P, Y] residents at work in their own municipality.
        group_years: [G] years of `groups`.
        groups: [P, G, 8] residents by age group of `GROUPS`.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    jobs: Floats
    employed: Floats
    home: Floats
    group_years: tuple[int, ...]
    groups: Floats

    def at(self, year: int) -> int:
        """The index of a year."""
        return self.years.index(year)

    def groups_in(self, year: int) -> Floats:
        """[P, 8] residents by age group."""
        persons: Floats = self.groups[:, self.group_years.index(year)]
        return persons

    def working_age(self, year: int) -> Floats:
        """[P] residents aged 18–64."""
        persons: Floats = self.groups_in(year)[:, WORKING].sum(axis=1)
        return persons

    def residents(self, year: int) -> Floats:
        """[P] residents."""
        persons: Floats = self.groups_in(year).sum(axis=1)
        return persons


def economy_panel(tables: Tables) -> Panel | None:
    """The panel of `commuting` and `population_groups`; None where either lacks what is needed."""
    commuting, groups = tables.get("commuting"), tables.get("population_groups")
    if commuting is None or groups is None:
        return None
    if not set(COMMUTING) <= set(commuting.columns) or not set(GROUPS) <= set(groups.columns):
        return None
    codes = tuple(tables.need("municipalities").sort("code")["code"])
    sums = commuting.group_by("code", "year").agg(
        pl.when(pl.col(one).null_count() == 0).then(pl.col(one).sum()).alias(one) for one in COMMUTING
    )
    years, (home, coming, going) = _grids(sums, COMMUTING, codes)
    group_years, persons = _grids(groups, GROUPS, codes)
    years_known = [year for year in years if year in group_years]
    keep = [years.index(year) for year in years_known]
    return Panel(
        codes,
        tuple(years_known),
        (home + coming)[:, keep],
        (home + going)[:, keep],
        home[:, keep],
        tuple(group_years),
        np.stack(persons, axis=2),
    )


def relative(values: Floats) -> Floats:
    """[P] ln of a share of the country; NaN where a value is not above zero."""
    known = np.isfinite(values) & (values > 0)
    share = np.divide(values, values[known].sum(), out=np.full(len(values), np.nan), where=known)
    logs: Floats = np.log(share)
    return logs


def centred(values: Floats, weight: Floats) -> Floats:
    """[P] values less the weighted mean of the finite ones."""
    known = np.isfinite(values)
    mean = float(np.average(values[known], weights=weight[known])) if known.any() else 0.0
    return values - mean


def _grids(
    frame: pl.DataFrame, columns: tuple[str, ...], codes: tuple[str, ...]
) -> tuple[list[int], list[Floats]]:
    years = sorted(frame["year"].unique().to_list())
    row, place = {code: i for i, code in enumerate(codes)}, {year: i for i, year in enumerate(years)}
    known = frame.filter(pl.col("code").is_in(list(codes)))
    at = [row[code] for code in known["code"]], [place[year] for year in known["year"]]
    grids = []
    for one in columns:
        grid = np.full((len(codes), len(years)), np.nan)
        grid[at] = known[one].cast(pl.Float64).to_numpy()
        grids.append(grid)
    return years, grids
