import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.calibrate.known import Floats
from framsyn.calibrate.model_schedules import model_fertility
from framsyn.foresee.forecast.cohort import (
    DAMPING,
    CohortRates,
    Plan,
    cohort_rates,
    live_cohorts,
    yearly_ratios,
)
from framsyn.foresee.forecast.local_pattern import local_pattern
from framsyn.foresee.forecast.moving import MOVING, stepwise, tilt
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.structures import older, structure_series

from .made import Country, country

AGES = 101
ONE_REGION = np.zeros(1, dtype=np.int64)


def rates(
    ratio: float | Floats = 1.0,
    fertility: Floats | None = None,
    deviation: Floats | None = None,
    places: int = 1,
) -> CohortRates:
    return CohortRates(
        ratio=np.broadcast_to(ratio, (1, 2, AGES)).copy(),
        improvement=np.zeros((2, AGES)),
        deviation=np.zeros((places, AGES)) if deviation is None else deviation,
        fertility=np.zeros((places, AGES)) if fertility is None else fertility,
        boys=np.full(places, 0.5),
    )


def learned(land: Country, **known: object) -> CohortRates:
    history = land.history(**known)
    series = structure_series(history)
    return cohort_rates(history, series, local_pattern(history, series))


# Living cohorts


def test_three_years_by_hand() -> None:
    start = np.zeros((1, 2, AGES))
    start[0, 1, 28], start[0, 0, 60] = 1000.0, 500.0
    ratio = np.ones((1, 2, AGES))
    ratio[0, 1, 28], ratio[0, 1, 29], ratio[0, 0, 60] = 0.9, 1.1, 0.8
    fertility = np.zeros((1, AGES))
    fertility[0, 28], fertility[0, 29], fertility[0, 30] = 0.1, 0.2, 0.3
    told = rates(ratio, fertility)
    path = live_cohorts(start, ONE_REGION, told, 3, Plan())
    assert path.shape == (1, 3, 2, AGES)
    np.testing.assert_allclose(path[0, :, 1, [29, 30, 31]].diagonal(), [900.0, 990.0, 990.0])
    np.testing.assert_allclose(path[0, :, 0, [61, 62, 63]].diagonal(), [400.0, 400.0, 400.0])
    # Children of the mean of the women at the start and at the end of the year, half of them boys.
    first = 0.5 * (0.1 * 1000.0 + 0.2 * 900.0)
    second = 0.5 * (0.2 * 900.0 + 0.3 * 990.0)
    np.testing.assert_allclose(path[0, 0, :, 0], 0.5 * first)
    np.testing.assert_allclose(path[0, 1, :, 0], 0.5 * second)
    np.testing.assert_allclose(path[0, 1, :, 1], 0.5 * first)
    np.testing.assert_allclose(path[0, 2, :, 2], 0.5 * first)


def test_the_open_age_collects_everyone_who_reaches_it() -> None:
    start = np.zeros((1, 2, AGES))
    start[0, 0, 99], start[0, 0, 100] = 30.0, 10.0
    path = live_cohorts(start, ONE_REGION, rates(0.5), 2, Plan())
    np.testing.assert_allclose(path[0, :, 0, 100], [20.0, 10.0])


def test_a_path_is_the_power_of_its_yearly_step(land: Country) -> None:
    told, start = learned(land), land.people[-1]
    whole = live_cohorts(start, land.region, told, 3, Plan())
    now = start
    for year in range(3):
        now = live_cohorts(now, land.region, told, 1, Plan())[:, 0]
        if not told.improvement.any():
            np.testing.assert_allclose(whole[:, year], now)
    # Cohorts are linear in who is there: twice the people live twice the path.
    np.testing.assert_allclose(live_cohorts(2.0 * start, land.region, told, 3, Plan()), 2.0 * whole)


def test_a_local_deviation_multiplies_the_ratio_and_fades_with_age_and_time() -> None:
    start = np.full((1, 2, AGES), 100.0)
    deviation = np.zeros((1, AGES))
    deviation[0, 50], deviation[0, 20] = 0.1, 0.2
    told = rates(deviation=deviation)
    undamped = live_cohorts(start, ONE_REGION, told, 2, Plan())
    assert undamped[0, 0, 0, 51] == pytest.approx(100.0 * np.exp(0.1))
    assert undamped[0, 1, 0, 51] == pytest.approx(100.0 * np.exp(0.1))
    half = live_cohorts(start, ONE_REGION, told, 1, Plan(level=0.5))
    assert half[0, 0, 0, 51] == pytest.approx(100.0 * np.exp(0.05))
    fading = live_cohorts(start, ONE_REGION, told, 2, Plan(damping=stepwise(DAMPING)))
    assert fading[0, 1, 0, 51] == pytest.approx(100.0 * np.exp(0.1 * 0.9**2))
    assert fading[0, 1, 0, 21] == pytest.approx(100.0 * np.exp(0.2))


def test_yearly_ratios_of_a_place_are_what_it_lives_by(land: Country) -> None:
    told, start = learned(land), land.people[-1]
    path = live_cohorts(start, land.region, told, 4, Plan(damping=stepwise(DAMPING)))
    for place in (0, 7):
        ratio = yearly_ratios(told, int(land.region[place]), place, 4, stepwise(DAMPING))
        now = start[place]
        for year in range(4):
            now = older(now * ratio[year])
            now[:, 0] = path[place, year, :, 0]
            np.testing.assert_allclose(path[place, year], now)


def test_losses_at_old_ages_go_on_falling_as_they_have() -> None:
    told = rates(0.9)
    told.improvement[:, 70] = -0.02, -0.01
    assert told.at(1)[0, 0, 60] == pytest.approx(0.9)
    # A year from the middle of the pooled years to the base; then the late pace gives way to the long run's.
    late = 0.9 + 0.9**2 + 0.9**3
    fall = -0.02 * (1 + late) - 0.01 * (3 - late)
    assert 1.0 - told.at(3)[0, 0, 70] == pytest.approx(0.1 * np.exp(fall))
    growing = rates(1.2)
    growing.improvement[:] = -0.02
    np.testing.assert_allclose(growing.at(5), 1.2)


def test_totals_to_meet_are_met_in_every_place_and_year(land: Country) -> None:
    told, start = learned(land), land.people[-1]
    totals = land.totals[:, -1:] * np.linspace(1.0, 1.3, 6)
    path = live_cohorts(start, land.region, told, 5, Plan(damping=stepwise(DAMPING), totals=totals[:, 1:]))
    np.testing.assert_allclose(path.sum(axis=(2, 3)), totals[:, 1:], rtol=1e-9)
    assert (path >= 0).all()


# Rates


def test_rates_of_a_country_without_moves_are_those_it_lives_by() -> None:
    land = country([60_000] * 6, [0, 0, 0, 1, 1, 1], range(2005, 2021), coming=[0.0] * 6)
    told = learned(land)
    truth = live_cohorts(land.people[-2], land.region, told, 1, Plan())[:, 0]
    np.testing.assert_allclose(truth.sum(axis=(1, 2)), land.totals[:, -1], rtol=0.01)
    np.testing.assert_allclose(told.fertility.sum(axis=1), 1.75, rtol=0.06)
    np.testing.assert_allclose(told.fertility[0] / told.fertility[0].sum(), model_fertility())
    np.testing.assert_allclose(told.boys, 0.5, atol=0.03)


def test_births_of_the_late_years_are_given_back(land: Country) -> None:
    told = learned(land)
    women = 0.5 * (land.people[-1, :, 1] + land.people[-2, :, 1])
    expected = np.einsum("pa,pa->p", women, told.fertility)
    born = land.people[-1, :, :, 0].sum(axis=1)
    assert expected.sum() == pytest.approx(born.sum(), rel=0.02)
    np.testing.assert_allclose(expected[[7, 8]], born[[7, 8]], rtol=0.2)


def test_regional_fertility_by_age_is_used_where_it_is_published(land: Country) -> None:
    pattern = np.zeros((3, AGES))
    pattern[:, 30] = 1.5
    told = learned(land, fertility={2019: pattern * 2.0, 2020: pattern})
    assert (told.fertility[:, 30] > 0).all()
    assert (np.delete(told.fertility, 30, axis=1) == 0).all()


def test_a_region_that_bore_no_children_lately_is_not_barren() -> None:
    land = country([90, 20_000, 20_000], [0, 1, 1], range(2005, 2021))
    people = land.people.copy()
    people[-3:, 0, :, 0] = 0.0
    told = learned(Country(land.first_year, people, land.region))
    assert 1.0 < told.fertility[0].sum() < 2.5


def test_a_region_without_women_has_the_country_s_fertility() -> None:
    land = country([90, 20_000, 20_000], [0, 1, 1], range(2005, 2021))
    people = land.people.copy()
    people[:, 0, 1] = 0.0
    people[-2:, 0, 0, 0] = 1.0
    told = learned(Country(land.first_year, people, land.region))
    assert 1.0 < told.fertility[0].sum() < 2.5


def test_small_regions_borrow_ratios_from_the_country() -> None:
    land = country([90, 30_000, 30_000], [0, 1, 1], range(2005, 2021), coming=[0.0, 0.0, 0.0])
    told = learned(land)
    assert np.abs(told.ratio[0, :, :70] - told.ratio[1, :, :70]).max() < 0.2
    assert told.ratio.max() < 1.3


def test_one_year_alone_dies_as_the_model_does(land: Country) -> None:
    told = learned(land, structures={2020: land.people[-1]})
    assert (told.ratio[:, :, 90] < 0.9).all()
    assert (told.ratio[:, :, 30] > 0.99).all()


def test_a_falling_mortality_is_carried_on_half_as_fast_at_first_and_seven_tenths_far_ahead() -> None:
    years, loss = np.arange(16), np.zeros(AGES)
    loss[60:] = np.linspace(0.02, 0.4, AGES - 60)
    people = np.empty((len(years), 1, 2, AGES))
    people[0] = 10_000.0
    for year in years[1:]:
        people[year] = older(people[year - 1] * (1.0 - loss * np.exp(-0.02 * year)))
        people[year, :, :, 0] = 10_000.0
    told = learned(Country(2000, people, ONE_REGION))
    np.testing.assert_array_equal(told.improvement[:, :62], 0.0)
    np.testing.assert_allclose(told.improvement[0, 62:95], -0.01, atol=0.0015)
    np.testing.assert_allclose(told.improvement[1, 62:95], -0.014, atol=0.0015)


def test_half_of_a_falling_mortality_needs_some_years_to_be_seen(land: Country) -> None:
    late = {year: land.people[year - 2000] for year in range(2016, 2021)}
    assert not learned(land, structures=late).improvement.any()


# Moving


def test_steps_hold_from_their_first_age_on() -> None:
    values = stepwise(((0, 3.0), (10, 1.0), (100, 2.0)))
    assert values.tolist() == [3.0] * 10 + [1.0] * 90 + [2.0]
    assert len(stepwise(MOVING)) == AGES


def test_a_tilt_by_hand() -> None:
    people = np.full((1, 2, AGES), 10.0)
    moving = np.zeros(AGES)
    moving[20] = 1.0
    tilted = tilt(people, np.array([2020.0 + 20.0]), moving)
    np.testing.assert_allclose(tilted[0, :, 20], 20.0)
    np.testing.assert_allclose(np.delete(tilted, 20, axis=2), 10.0)


def test_those_who_move_most_take_the_largest_part() -> None:
    people = np.full((1, 2, AGES), 10.0)
    tilted = tilt(people, np.array([1.1 * people.sum()]), stepwise(MOVING))
    assert tilted[0, 0, 27] > tilted[0, 0, 40] > tilted[0, 0, 80] > 10.0


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    wanted=st.floats(0.4, 2.5),
    size=st.sampled_from([0.05, 1.0, 300.0]),
    empty=st.floats(0.0, 0.6),
)
def test_a_tilt_meets_the_total_and_is_never_negative(
    seed: int, wanted: float, size: float, empty: float
) -> None:
    rng = np.random.default_rng(seed)
    people = rng.exponential(size, (3, 2, AGES)) * (rng.uniform(size=(3, 2, AGES)) >= empty)
    total = wanted * people.sum(axis=(1, 2))
    tilted = tilt(people, total, stepwise(MOVING))
    assert np.isfinite(tilted).all()
    assert (tilted >= 0).all()
    assert ((tilted == 0) == (people == 0)).all()
    np.testing.assert_allclose(tilted.sum(axis=(1, 2)), total, rtol=1e-9)


def test_a_past_gives_the_rates_that_its_parts_give(land: Country) -> None:
    past = open_past(land.history(), 5)
    told = learned(land)
    np.testing.assert_array_equal(past.rates.ratio, told.ratio)
    np.testing.assert_array_equal(past.rates.fertility, told.fertility)
