from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED
from framsyn.calibrate.long_term import long_term_facts
from framsyn.calibrate.places import open_places
from framsyn.calibrate.population import base_population
from framsyn.calibrate.unemployment import defaults, unemployment_facts, unemployment_parameters
from framsyn.calibrate.unemployment_cycle import autocovariance, fitted_cycle, generalised_mean, stationary
from framsyn.calibrate.unemployment_local import (
    Changes,
    LocalLaw,
    autocorrelation,
    fitted_law,
    posterior,
    shared_within,
    size_class,
    spread_of_changes,
)
from framsyn.calibrate.unemployment_panel import PROTECTED, national_series, unemployment_panel
from framsyn.places.tables import Tables

POPULATION = np.ones((3, 2, 101)) * np.array([10.0, 20.0, 30.0])[:, None, None]
YEARS = tuple(range(2000, 2016))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "code,name,region_code,subregion_code\n1,One,A,a\n2,Two,A,a\n3,Three,B,b\n"
    (tmp_path / "municipalities.csv").write_text(rows)
    return tmp_path


def test_the_panel_is_of_one_month_and_a_protected_count_is_the_middle_of_one_to_four(folder: Path) -> None:
    (folder / "unemployment_2026_06.csv").write_text(
        "code,unemployed,labour_force\n1,100,1000\n2,,100\n3,,\n"
    )
    (folder / "unemployment_monthly.csv").write_text(
        "code,month,unemployed,labour_force\n1,2019M05,1,1000\n1,2019M06,50,1000\n2,2019M06,10,100\n3,2019M06,0,50\n"
    )
    panel = unemployment_panel(open_places(Tables.open(folder), POPULATION))
    assert panel is not None
    assert panel.years == (2019, 2026)
    assert panel.unemployed == pytest.approx(
        np.array([[50.0, 100.0], [10.0, PROTECTED], [0.0, np.nan]]), nan_ok=True
    )
    assert panel.logit[2, 0] == pytest.approx(np.log(0.5 / 50.5))
    assert panel.national_logit == pytest.approx([np.log(60 / 1090), np.log(102.5 / 997.5)])
    years, series = national_series(panel)
    assert years == (2019, 2025, 2026)
    assert series[1] == pytest.approx(np.log(0.122 / 0.878))


def test_a_noiseless_cycle_gives_its_coefficients_and_its_state() -> None:
    values = [0.3, 0.1]
    for _ in range(14):
        values.append(1.0 * values[-1] - 0.5 * values[-2])
    cycle = fitted_cycle(YEARS, -2.0 + np.array(values))
    assert cycle is not None
    assert (cycle.first, cycle.second) == pytest.approx((1.0, -0.5))
    assert cycle.innovation == pytest.approx(0.0, abs=1e-9)


def test_a_lone_late_year_starts_the_cycle_and_the_year_before_is_what_the_cycle_expects() -> None:
    rng = np.random.default_rng(3)
    values = [0.0, 0.0]
    for shock in rng.normal(0, 0.1, 300):
        values.append(0.9 * values[-1] - 0.4 * values[-2] + shock)
    years = (*range(300), 320)
    cycle = fitted_cycle(years, np.array(values)[: len(years)])
    assert cycle is not None
    assert cycle.first == pytest.approx(0.9, abs=3 * cycle.first_se)
    assert cycle.innovation == pytest.approx(0.1, abs=3 * cycle.innovation_se)
    assert cycle.state == pytest.approx(values[300] - cycle.mean)
    assert cycle.before == pytest.approx(cycle.first / (1 - cycle.second) * cycle.state)


def test_autocovariances_obey_the_autoregression() -> None:
    found = autocovariance(1.0, -0.5, 0.04, 6)
    assert found[0] == pytest.approx(1.0 * found[1] - 0.5 * found[2] + 0.04)
    assert found[5] == pytest.approx(1.0 * found[4] - 0.5 * found[3])


def test_a_mean_of_years_without_memory_is_the_plain_mean() -> None:
    mean, error = generalised_mean((1, 2, 9), np.array([1.0, 2.0, 6.0]), 0.0, 0.0, 0.25)
    assert mean == pytest.approx(3.0)
    assert error == pytest.approx(0.5 / 3**0.5)


def test_a_cycle_that_would_grow_is_drawn_in_until_it_dies_away() -> None:
    first, second = stationary(1.9, -0.5)
    assert np.abs(np.roots([1.0, -first, -second])).max() == pytest.approx(0.98)
    assert stationary(1.05, -0.5) == (1.05, -0.5)


def test_the_spread_of_changes_tells_persistence_innovations_and_loadings() -> None:
    apart = np.repeat(np.arange(1.0, 11.0), 2)
    of_class = np.tile([0, 4], 10)
    cycle = np.tile([0.0, 0.0, 0.04, 0.04], 5)
    square = 2.0 * np.where(of_class == 0, 0.04, 0.01) * (1.0 - 0.7**apart) + 0.09 * cycle
    found = spread_of_changes(Changes(of_class, apart, cycle, square, np.full(20, 50.0)))
    assert found.persistence == pytest.approx(0.7)
    assert found.variance[[0, 4]] == pytest.approx([0.04, 0.01])
    assert found.variance[2] == pytest.approx(0.025)  # no municipality of the class: the middle of the others
    assert found.loading == pytest.approx(0.09)


def test_a_simulated_country_gives_back_the_law_it_was_drawn_from() -> None:
    rng = np.random.default_rng(7)
    places, shared = 400, 0.3
    group = np.arange(places) // 5
    cycle = rng.normal(0.0, 0.2, len(YEARS))
    own = np.zeros((places, len(YEARS)))
    state = rng.normal(0.0, 0.1 / (1 - 0.7**2) ** 0.5, places)
    for year in range(len(YEARS)):
        common = rng.normal(size=places // 5)[group]
        shock = shared**0.5 * common + (1 - shared) ** 0.5 * rng.normal(size=places)
        state = 0.7 * state + 0.1 * shock
        own[:, year] = state
    loading = 1.0 + rng.normal(0.0, 0.3, places)
    logit = rng.normal(-2.3, 0.4, places)[:, None] + loading[:, None] * cycle + own
    size = np.full(places, 7_000.0)
    law = fitted_law(YEARS, logit, cycle, size, np.arange(places) % 10, group)
    assert law is not None
    assert law.persistence == pytest.approx(0.7, abs=0.06)
    assert law.innovation[2] == pytest.approx(0.1, abs=0.01)
    assert law.shared == pytest.approx(shared, abs=0.06)
    assert law.loading_sd == pytest.approx(0.3, abs=0.05)


def test_municipalities_of_different_shocks_share_nothing_and_of_the_same_all() -> None:
    one = np.array([1.0, -1.0, 2.0, -2.0])
    years = (1, 2, 3, 4)
    unlike = np.stack([one, -one, np.roll(one, 1), -np.roll(one, 1)])
    same = shared_within(years, unlike[[0, 0, 1, 1]], 0.0, np.ones(4), np.array([0, 0, 1, 1]))
    assert same == pytest.approx(1.0)
    assert shared_within(years, unlike[:2], 0.0, np.ones(2), np.array([0, 1])) == 0.0


def test_level_and_loading_are_drawn_to_the_usual_where_years_are_few() -> None:
    law = LocalLaw(0.6, 0.0, np.full(5, 0.1), 0.3, 0.2, 0.2)
    cycle = np.sin(np.arange(len(YEARS)))
    logit = np.full((3, len(YEARS)), np.nan)
    logit[0] = -2.0 + 1.4 * cycle
    logit[1, :2] = -2.0 + 1.4 * cycle[:2]
    found, own = posterior(
        YEARS, logit, cycle, np.full(logit.shape, 100.0), np.full(3, 30_000.0), np.full(3, -3.0), 0.4, law
    )
    assert found[0] == pytest.approx([-2.0, 1.4], abs=0.05)
    assert -3.0 < found[1, 0] < -2.0
    assert 1.0 < found[1, 1] < found[0, 1]
    assert found[2].tolist() == [-3.0, 1.0]
    assert own.tolist() == [True, True, False]


def test_an_autoregression_of_order_one_falls_by_its_persistence() -> None:
    found = autocorrelation((1, 2, 4), 0.5)
    assert found == pytest.approx(np.array([[1, 0.5, 0.125], [0.5, 1, 0.25], [0.125, 0.25, 1]]) / 0.75)


def test_classes_of_size_begin_at_their_limits() -> None:
    assert size_class(np.array([1_999.0, 2_000.0, 19_999.0, 20_000.0])).tolist() == [0, 1, 3, 4]


def test_without_tables_unemployment_is_the_countrys_and_the_law_is_assumed(folder: Path) -> None:
    tables = Tables.open(folder)
    facts = unemployment_facts(tables, POPULATION)
    assert facts["unemployment_usual_logit"] == pytest.approx([defaults()["unemployment_mean"].value] * 3)
    assert facts["unemployment_loading"].tolist() == [1.0] * 3
    assert (facts.status == ASSUMED).all()
    assert {one.status for one in unemployment_parameters(tables, POPULATION).values()} == {"assumed"}


def test_a_long_term_count_that_is_not_published_is_no_zero(folder: Path) -> None:
    (folder / "unemployment.csv").write_text(
        "code,unemployed,labour_force,long_term_unemployed\n1,400,4000,200\n2,8,100,\n3,600,6000,180\n"
    )
    facts = long_term_facts(Tables.open(folder), POPULATION)
    share = facts["long_term_share"]
    assert share[0] > share[2]
    assert 0.3 < share[1] < 0.5
    (folder / "unemployment.csv").unlink()
    bare = long_term_facts(Tables.open(folder), POPULATION)
    assert bare["long_term_share"] == pytest.approx([anchor("long_term_share")] * 3)


@pytest.mark.data
def test_real_unemployment_is_above_its_usual_level_and_its_law_is_the_shipped(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    population = base_population(tables).count
    found = unemployment_parameters(tables, population)
    for name, one in defaults().items():
        assert found[name].value == pytest.approx(one.value, abs=0.01), name
    assert found["unemployment_state"].value > 0.1
    facts = unemployment_facts(tables, population)
    force = tables.need("unemployment").sort("code")
    force = force.filter(force["code"].is_in(tables.need("municipalities")["code"].to_list()))
    usual = 1.0 / (1.0 + np.exp(-facts["unemployment_usual_logit"]))
    rate = np.average(usual, weights=force["labour_force"].to_numpy())
    assert 0.10 < rate < 0.115  # the country's mean of 2006–2019 is 11.0 %, June 2026 12.8 %
    assert facts["unemployment_loading"].mean() == pytest.approx(1.0, abs=0.03)
