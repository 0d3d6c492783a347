"""What the past says of jobs and employment, and how right a forecast from it would have been."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.calibrate.economy_hindcast import (
    BASES,
    Forecast,
    Score,
    by_cohorts,
    economy_hindcast,
    forecasts,
    score,
)
from framsyn.calibrate.economy_history import (
    defaults,
    economy_parameters,
    fitted,
    jobs_follow_residents,
    trend_persistence,
)
from framsyn.calibrate.economy_panel import GROUPS, Panel, economy_panel
from framsyn.calibrate.economy_spread import Spread, growth_of_variance, size_exponent, standard_sd
from framsyn.calibrate.known import Floats
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

YEARS = tuple(range(1987, 2017))
GROUP_YEARS = tuple(range(1977, 2017))
PLACES = 60


def made_up(follow: float, noise: float = 0.0) -> Panel:
    """Sixty municipalities whose jobs follow residents of working age to the power `follow`."""
    rng = np.random.default_rng(3)
    size = np.geomspace(1000.0, 100_000.0, PLACES)
    drift = rng.normal(0.0, 0.01, PLACES)
    years = np.array(GROUP_YEARS) - GROUP_YEARS[0]
    total = size[:, None] * np.exp(drift[:, None] * years)
    groups = total[:, :, None] * np.full(len(GROUPS), 1.0 / len(GROUPS))
    groups[:, :, 0] *= 1.0 + 20.0 * drift[:, None]  # where people grow in number there are many children
    working = groups[:, -len(YEARS) :, 1:6].sum(axis=2)
    walk = np.cumsum(rng.normal(0.0, noise, (PLACES, len(YEARS))), axis=1) if noise else 0.0
    jobs = 0.7 * size[:, None] * (working / size[:, None]) ** follow * np.exp(walk)
    employed = 0.7 * working
    return Panel(
        tuple(f"{i:03d}" for i in range(PLACES)), YEARS, jobs, employed, 0.6 * employed, GROUP_YEARS, groups
    )


def test_variance_grows_with_years_for_a_walk_and_towards_a_limit_else() -> None:
    assert growth_of_variance(1.0, 7.0) == 7.0
    assert growth_of_variance(0.5, 2.0) == pytest.approx(1.25)
    assert growth_of_variance(0.5, 100.0) == pytest.approx(1.0 / 0.75)


def test_an_innovation_is_told_at_ten_thousand_residents_and_falls_with_size() -> None:
    sd = Spread(0.03, 0.5, 0.9).sd(1.0, np.array([10_000.0, 40_000.0]))
    assert sd == pytest.approx([0.03, 0.015])


def test_size_and_spread_of_made_up_changes_are_found() -> None:
    rng = np.random.default_rng(1)
    residents = np.geomspace(1e3, 1e5, 20_000)
    change = rng.normal(0.0, 1.0, len(residents)) * 0.02 * (residents / 10_000.0) ** -0.3
    exponent = size_exponent(change, residents)
    assert exponent == pytest.approx(0.3, abs=0.03)
    assert standard_sd(change, residents, exponent) == pytest.approx(0.02, rel=0.03)


@pytest.mark.parametrize("follow", [0.5, 1.0, 1.3])
def test_jobs_that_follow_residents_by_a_known_power_are_found_to(follow: float) -> None:
    panel = made_up(follow)
    assert jobs_follow_residents(panel) == pytest.approx(follow, rel=1e-6)
    assert trend_persistence(panel, 2006, follow) == pytest.approx(0.0, abs=1e-6)


def test_the_innovation_of_a_made_up_walk_is_found() -> None:
    found = fitted(made_up(1.0, noise=0.03))
    assert found["jobs_innovation_sd"] == pytest.approx(0.03, rel=0.15)
    assert found["jobs_size_exponent"] == pytest.approx(0.0, abs=0.1)
    assert found["jobs_persistence"] > 0.9


def test_years_after_the_fit_do_not_change_it() -> None:
    panel = made_up(1.0, noise=0.03)
    jobs = panel.jobs.copy()
    jobs[:, panel.at(2007) :] *= 5.0
    assert fitted(replace(panel, jobs=jobs)) == fitted(panel)


def test_cohorts_that_stand_still_stay_as_many() -> None:
    size = np.geomspace(1000.0, 100_000.0, PLACES)
    groups = size[:, None, None] * np.ones((PLACES, len(GROUP_YEARS), len(GROUPS)))
    still = replace(made_up(1.0), groups=groups)
    assert by_cohorts(still, 2006, 2016) == pytest.approx(still.working_age(2006))


@given(st.integers(2006, 2015))
def test_only_the_outcome_of_later_years_is_read(base: int) -> None:
    panel = made_up(1.0, noise=0.03)
    values = {name: one.value for name, one in defaults().items()}
    people = panel.working_age(base)
    later = panel.jobs.copy()
    later[:, panel.at(base) + 1 :] *= 3.0
    for one, other in zip(
        forecasts(panel, values, base, 2016, people, Spread(0.02, 0.1, 1.0)),
        forecasts(replace(panel, jobs=later), values, base, 2016, people, Spread(0.02, 0.1, 1.0)),
        strict=True,
    ):
        assert one.central == pytest.approx(other.central)
        assert (one.low < one.central).all()
        assert (one.central < one.high).all()


def test_a_score_is_what_a_hand_would_compute() -> None:
    observed: Floats = np.array([100.0, 300.0])
    one = Forecast(
        "jobs",
        2006,
        central=np.array([110.0, 270.0]),
        low=np.array([90.0, 250.0]),
        high=np.array([120.0, 290.0]),
        low_share=np.array([0.2, 0.7]),
        high_share=np.array([0.3, 0.8]),
        carried=np.array([100.0, 360.0]),
        observed=observed,
    )
    found = score(one)
    assert (found.mape, found.mape_carried) == pytest.approx((10.0, 10.0))
    assert (found.wape, found.wape_carried) == pytest.approx((10.0, 15.0))
    assert (found.coverage, found.coverage_of_share) == (50.0, 100.0)


def test_without_tables_the_parameters_are_finlands_and_assumed(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text("code,name,region_code\n1,One,02\n")
    tables = Tables.open(tmp_path)
    found = economy_parameters(tables)
    assert {one.status for one in found.values()} == {"assumed"}
    assert {name: one.value for name, one in found.items()} == {
        name: one.value for name, one in defaults().items()
    }
    with pytest.raises(FramsynError, match="commuting"):
        economy_hindcast(tables)


@cache
def real_scores(folder: Path) -> list[Score]:
    return economy_hindcast(Tables.open(folder))


@pytest.mark.data
def test_real_parameters_are_those_of_the_data_file(data_folder: Path) -> None:
    for name, one in economy_parameters(Tables.open(data_folder)).items():
        assert one.status == "estimated"
        assert one.value == pytest.approx(defaults()[name].value, rel=0.03, abs=0.005), name


@pytest.mark.data
def test_jobs_and_employed_of_2016_were_better_foreseen_than_by_carrying_forward(data_folder: Path) -> None:
    found = real_scores(data_folder)
    assert [one.base for one in found if one.quantity == "jobs"] == list(BASES)
    for one in found:
        assert one.mape < 0.9 * one.mape_carried, one
        assert one.wape < one.wape_carried, one
        assert one.coverage >= 80.0, one
        assert 70.0 < one.coverage_of_share < 90.0, one


@pytest.mark.data
def test_with_the_true_population_the_error_is_smaller(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    panel = economy_panel(tables)
    assert panel is not None
    known = economy_hindcast(tables, population_forecast=lambda _, year: panel.working_age(year))
    for one, other in zip(known, real_scores(data_folder), strict=True):
        assert one.mape < other.mape
