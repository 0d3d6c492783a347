"""Local moves: the Skellam turnover, totals, balance of the country, and the deterministic account."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.calibrate.migration import balance, level_for, local_migration
from framsyn.calibrate.migration_schedules import NetChanges, net_changes, skellam_turnover, turnover
from framsyn.calibrate.model_schedules import model_fit, model_migration
from framsyn.calibrate.mover_pool import (
    BaseRates,
    decaying_path,
    leavers,
    live_year,
    mover_pool,
    project_deterministic,
)
from framsyn.calibrate.setting import Setting

FIELDS = ("fertility", "mortality", "out_rate", "in_count", "immigration", "emigration_rate")


def test_turnover_is_recovered_from_net_changes_alone() -> None:
    rng = np.random.default_rng(6)
    places, ages = 3_000, 4
    true = np.array([0.05, 0.2, 0.4, 0.1])
    people = np.full((2, places, 2, ages), 80.0)
    lean = rng.uniform(0.2, 0.8, (1, places, 1, 1))
    came = rng.poisson(people * true * lean)
    left = rng.poisson(people * true * (1 - lean))
    changes = NetChanges((2019, 2020), came - left.astype(np.float64), people, 0.0 * people)
    raw = skellam_turnover(changes, np.ones(places, dtype=np.bool_))
    assert raw == pytest.approx(np.stack([true, true]), rel=0.08)


def test_the_level_makes_the_gross_meet_the_total() -> None:
    net = np.array([[[3.0, -4.0]]])
    scale = np.array([[[2.0, 1.0]]])
    factor = level_for(net, scale, np.array([20.0]))
    assert 2 * np.sqrt(net**2 / 4 + (factor * scale) ** 2).sum() == pytest.approx(20.0)


@given(st.integers(0, 10_000))
def test_every_mover_who_leaves_arrives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    alive = rng.uniform(10, 500, (6, 2, 101))
    leave = rng.uniform(0.01, 0.2, alive.shape)
    arrive = rng.uniform(0.1, 20, alive.shape)
    total = rng.uniform(200, 900, 6)
    other = rng.permutation(total)
    out, came = balance(alive, leave, arrive, total, other)
    assert came.sum(axis=0) == pytest.approx((alive * out).sum(axis=0))
    assert came.sum(axis=(1, 2)) == pytest.approx(total, rel=1e-3)
    assert (alive * out).sum(axis=(1, 2)) == pytest.approx(other, rel=1e-3)


@pytest.mark.parametrize("tables", ["rates", "minimum_rates"])
def test_no_rate_is_zero_or_infinite(tables: str, request: pytest.FixtureRequest) -> None:
    rates: BaseRates = request.getfixturevalue(tables)
    for name in FIELDS:
        values = getattr(rates, name)
        values = values[:, 15:50] if name == "fertility" else values
        assert np.isfinite(values).all(), name
        assert (values > 0).all(), name
    assert rates.out_rate.max() < 0.95
    assert rates.emigration_rate.max() <= 0.5


@pytest.mark.data
def test_national_moves_cancel_and_meet_the_published_total(setting: Setting, rates: BaseRates) -> None:
    gone = leavers(replace(rates, mortality_improvement=np.zeros((2, 101))), rates.population, 1)
    assert rates.in_count.sum(axis=0) == pytest.approx(gone.sum(axis=0), rel=1e-9)
    last = setting.component("out_migration")[setting.base_year].sum()
    assert rates.in_count.sum() == pytest.approx(last, rel=0.005)
    immigrants = setting.component("immigration")[setting.base_year].sum()
    assert rates.immigration.sum() == pytest.approx(immigrants)


@pytest.mark.data
def test_the_young_leave_small_places_and_come_to_university_towns(
    setting: Setting, rates: BaseRates
) -> None:
    young = slice(18, 21)
    net = (rates.in_count - rates.out_rate * rates.population)[:, :, young].sum(axis=(1, 2))
    small = setting.size < 10_000
    assert (net[small] < 0).mean() > 0.9
    assert net[setting.codes.index("091")] > 1_000


@pytest.mark.data
def test_the_estimated_turnover_agrees_with_the_known_total(setting: Setting) -> None:
    schedule = turnover(setting, net_changes(setting))
    movers = (schedule.rate * setting.population).sum() / 2.0
    known = setting.component("out_migration")[setting.base_year].sum()
    assert movers == pytest.approx(known, rel=0.25)
    own, model = model_fit(schedule.rate.mean(axis=0)), model_fit(model_migration())
    assert 18 <= own["peak_age"] <= 25
    assert own["peak_over_45_64"] == pytest.approx(model["peak_over_45_64"], rel=0.25)
    assert own["width"] == pytest.approx(model["width"], abs=3)


@pytest.mark.data
def test_the_deterministic_account_keeps_the_books(rates: BaseRates) -> None:
    after = live_year(rates, rates.population, 1, 1.0)
    calm = np.exp(-rates.mortality_improvement)
    alive = rates.population * (1 - rates.mortality * calm)
    stay = alive * (1 - rates.out_rate)
    out_abroad = (stay * rates.emigration_rate).sum()
    moved = (rates.in_count * (alive * rates.out_rate).sum(0) / rates.in_count.sum(0)).sum()
    older = stay.sum() - out_abroad + moved + rates.immigration.sum()
    assert after[..., 1:].sum() == pytest.approx(older)
    # moves inside the country cancel
    assert moved == pytest.approx((alive * rates.out_rate).sum())


@pytest.mark.data
def test_the_country_ahead_is_plausible_and_positive(rates: BaseRates) -> None:
    people = project_deterministic(rates, 20, decaying_path(20, 0.76, 4.5))
    assert (people >= 0).all()
    assert np.isfinite(people).all()
    total = people.sum(axis=(1, 2, 3))
    assert 5.5e6 < total[10] < 6.0e6
    change = people.sum(axis=(2, 3))[10] / people.sum(axis=(2, 3))[0]
    assert 0.6 < change.min() < change.max() < 1.5


@pytest.mark.data
def test_the_mover_pool_starts_at_one(rates: BaseRates) -> None:
    pool = mover_pool(rates, 5)
    assert pool.shape == (6, 2, 101)
    assert pool[:2] == pytest.approx(1.0, rel=0.05)
    assert (pool > 0).all()


def test_immigration_closes_its_gap_as_told() -> None:
    path = decaying_path(100, 0.5, 4.0)
    assert path[3] == pytest.approx(0.5 + 0.5 * np.exp(-1.0))
    assert path[-1] == pytest.approx(0.5)


def test_one_year_apart_twice_is_needed_else_the_model_schedule_stands(minimum: Setting) -> None:
    moves = local_migration(minimum, np.full(minimum.population.shape, 0.01))
    assert moves.turnover.status == 2
    assert moves.out_rate.status == 2
    assert (moves.out_rate.weight == 0).all()


def test_where_nobody_moves_as_many_come_as_leave_and_nothing_is_undefined() -> None:
    alive = np.full((3, 2, 101), 5.0)
    alive[..., 95:] = 0.0
    nobody = np.zeros(3)
    leave, arrive = balance(alive, np.full_like(alive, 0.1), np.zeros_like(alive), nobody, nobody)
    assert np.isfinite(leave).all()
    np.testing.assert_array_equal(arrive, alive * leave)
