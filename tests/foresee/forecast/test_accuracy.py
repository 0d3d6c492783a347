"""On the reference tables cut at 2018: what must be reached, and better than the official projection."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.known import Floats, Projection, column, cubes_by_year
from framsyn.foresee.forecast.ensemble import expected, expected_ages
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.reading import projections_of, read_history
from framsyn.places.tables import Tables

BASE = 2018
#: Years whose totals are published.
YEARS = (2019, 2020, 2021, 2022, 2024, 2025)
#: The largest error that is allowed, percent or percentage points; every target must also beat the official.
MOST = {
    "2025 total, MAPE": 2.32,
    "2025 total, wAPE": 1.68,
    "2020 single ages, wAPE": 2.22,
    "2025 share_65p": 0.85,
    "2025 share_u15": 0.585,
}
SHARES = {"share_65p": slice(65, 101), "share_u15": slice(0, 15)}


class Truth:
    """What came after the base year."""

    def __init__(self, tables: Tables, codes: list[str]) -> None:
        self.tables = tables
        self.codes = codes

    def total(self, year: int) -> Floats:
        """[P] persons."""
        return column(self.tables.need("population_total").filter(year=year), "population", self.codes)

    def ages(self, year: int) -> Floats:
        """[P, 101] persons of both sexes."""
        frame = self.tables.need("population_age_sex").filter(year=year)
        return np.asarray(cubes_by_year(frame, "code", self.codes)[year].sum(axis=1))

    def share(self, name: str) -> Floats:
        """[P] percent in 2025."""
        return column(self.tables.need("population_margins"), name, self.codes)


def errors(truth: Truth, totals: dict[int, Floats], ages: dict[int, Floats]) -> dict[str, float]:
    """Errors by target of totals [P] and ages [P, 101] by year."""
    found = {}
    for year in YEARS:
        actual = truth.total(year)
        off = np.abs(totals[year] - actual)
        found[f"{year} total, MAPE"] = 100.0 * float(np.mean(off / actual))
        found[f"{year} total, wAPE"] = 100.0 * float(off.sum() / actual.sum())
    single = truth.ages(2020)
    found["2020 single ages, wAPE"] = 100.0 * float(np.abs(ages[2020] - single).sum() / single.sum())
    for name, inside in SHARES.items():
        share = 100.0 * ages[2025][:, inside].sum(axis=1) / ages[2025].sum(axis=1)
        found[f"2025 {name}"] = float(np.abs(share - truth.share(name)).mean())
    return found


def official(tables: Tables, codes: list[str]) -> Projection:
    """The official projection from the base year."""
    return next(one for one in projections_of(tables, codes) if one.base == BASE)


@pytest.mark.data
def test_every_target_is_reached_and_nearer_than_the_official_projection(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    past = open_past(read_history(tables, BASE), max(YEARS) - BASE)
    codes = list(past.history.codes)
    totals = expected(past).totals
    ages = expected_ages(past, totals).sum(axis=2)
    truth = Truth(tables, codes)
    ours = errors(
        truth,
        {year: totals[:, year - BASE - 1] for year in YEARS},
        {year: ages[:, year - BASE - 1] for year in YEARS},
    )
    told = official(tables, codes).years
    theirs = errors(truth, {year: told[year].sum(axis=1) for year in YEARS}, told)
    assert len(ours) == 15
    assert np.isfinite(list(ours.values())).all()
    assert {name: error for name, error in ours.items() if error >= theirs[name]} == {}
    assert {name: ours[name] for name, most in MOST.items() if ours[name] > most} == {}
