from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.calibrate.known import Floats, Ints
from framsyn.foresee.forecast import draws as chance
from framsyn.foresee.forecast.age_kernel import (
    AGES,
    CELLS,
    Samples,
    bin_values,
    draw_ages,
    fill_chance,
    grow,
    meet,
    order_statistic,
    scatter_start,
    scattered,
    smallest,
    summarise_cells,
)
from framsyn.foresee.forecast.forecast import Forecast, base_variance
from framsyn.foresee.forecast.local_pattern import MOBILITY
from framsyn.foresee.forecast.moving import MOVING
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.structures import grouped, older

from .made import Country, stationary

EDGES = np.array([*(first for first, _ in MOVING), AGES])
WEIGHTS = np.array([weight for _, weight in MOVING])
SEEDS = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Place:
    """What one place's draws are made from; nothing happens by chance unless told."""

    start: Floats
    ratio: Floats
    totals: Floats
    fertility: Floats
    births: Floats
    mortality: Floats
    lasting: Floats
    variance: Floats
    start_variance: Floats
    start_group: Ints

    def drawn(self, seed: int = 1, place: int = 7, first: int = 0) -> Samples:
        people = np.empty((*self.totals.shape, CELLS), dtype=np.float32)
        draw_ages(
            self.start,
            self.start_variance,
            self.start_group,
            self.ratio,
            self.fertility,
            0.51,
            self.totals,
            self.births,
            self.mortality,
            self.lasting,
            self.variance,
            EDGES,
            WEIGHTS,
            seed,
            place,
            first,
            people,
        )
        return people


def quiet(draws: int = 4, years: int = 5, persons: float = 20_000.0) -> Place:
    start = np.ascontiguousarray(persons * stationary())  # as all others: another layout is compiled anew
    ratio = np.ones((years, 2, AGES))
    ratio[:, :, 70:] = 0.9
    return Place(
        start=start,
        ratio=ratio,
        totals=np.full((draws, years), persons),
        fertility=np.where((np.arange(AGES) > 20) & (np.arange(AGES) < 40), 0.08, 0.0),
        births=np.ones((draws, years)),
        mortality=np.ones((draws, years)),
        lasting=np.ones((draws, AGES)),
        variance=np.zeros(AGES + 1),
        start_variance=np.zeros(AGES),
        start_group=np.zeros(AGES, dtype=np.int64),
    )


def wild(seed: int, empty: float, size: float) -> Place:
    """Random but possible inputs, cells of nobody among them."""
    rng = np.random.default_rng(seed)
    draws, years = 3, 6
    start = rng.exponential(size, (2, AGES)) * (rng.uniform(size=(2, AGES)) >= empty)
    start[0, 30] = max(start[0, 30], 1.0)
    totals = start.sum() * np.exp(np.cumsum(0.1 * rng.standard_normal((draws, years)), axis=1))
    return Place(
        start=start,
        ratio=rng.uniform(0.0, 3.0, (years, 2, AGES)) * (rng.uniform(size=(years, 2, AGES)) < 0.95),
        totals=totals,
        fertility=rng.uniform(0.0, 0.2, AGES),
        births=np.exp(0.5 * rng.standard_normal((draws, years))),
        mortality=np.exp(0.5 * rng.standard_normal((draws, years))),
        lasting=np.exp(0.2 * rng.standard_normal((draws, AGES))),
        variance=rng.uniform(0.0, 1.5, AGES + 1),
        start_variance=rng.uniform(0.0, 2.0, AGES),
        start_group=np.sort(rng.integers(0, 6, AGES)),
    )


# Chance


def test_chance_has_mean_zero_and_variance_one() -> None:
    noise = np.empty(400_000)
    fill_chance(np.uint64(12345), noise)
    assert abs(noise.mean()) < 0.006
    assert noise.var() == pytest.approx(1.0, abs=0.01)
    assert (noise**3).mean() == pytest.approx(0.0, abs=0.02)
    assert (np.abs(noise) < 1.2816).mean() == pytest.approx(0.8, abs=0.015)
    assert abs(np.corrcoef(noise[1:], noise[:-1])[0, 1]) < 0.006


def test_chance_is_of_its_state_and_independent_of_how_much_is_drawn() -> None:
    few, many, other = np.empty(10), np.empty(100), np.empty(10)
    for state, noise in ((5, few), (5, many), (6, other)):
        fill_chance(np.uint64(state), noise)
    np.testing.assert_array_equal(few, many[:10])
    assert (few != other).all()


@pytest.mark.parametrize("expected", [0.2, 3.0, 500.0])
def test_a_scattered_count_keeps_its_mean_and_has_its_variance(expected: float) -> None:
    noise = np.random.default_rng(2).standard_normal(60_000)
    half = 0.5 * np.sqrt(0.3)
    counts = np.array([scattered(expected, half, one) for one in noise])
    assert (counts >= 0).all()
    assert counts.mean() == pytest.approx(expected, rel=0.02)
    if expected > 1:
        assert counts.var() == pytest.approx(0.3 * expected, rel=0.1)


def test_nobody_stays_nobody_and_without_variance_nothing_is_scattered() -> None:
    assert scattered(0.0, 0.5, 2.0) == 0.0
    assert scattered(0.0, 0.0, 2.0) == 0.0
    assert scattered(7.0, 0.0, 2.0) == pytest.approx(7.0)


# One year


def test_cohorts_grow_older_by_hand() -> None:
    now, after = np.zeros(AGES + 1), np.full(AGES + 1, 9.0)
    now[30], now[80], now[99], now[100] = 100.0, 50.0, 8.0, 2.0
    ratio = np.full(AGES, 0.9)
    ratio[30] = 1.1
    lasting = np.full(AGES, 1.0)
    lasting[30] = 0.5
    grow(now, after, ratio, lasting, 2.0, np.zeros(AGES + 1), np.zeros(AGES))
    assert after[31] == pytest.approx(100.0 * 1.1 * 0.5)
    assert after[81] == pytest.approx(50.0 * (1.0 - 0.1 * 2.0))
    assert after[100] == pytest.approx(10.0 * 0.8)
    assert after[0] == after[101] == 0.0
    assert after.sum() == pytest.approx(55.0 + 40.0 + 8.0)


def test_more_deaths_than_people_leave_nobody() -> None:
    now, after = np.full(AGES + 1, 10.0), np.zeros(AGES + 1)
    grow(now, after, np.full(AGES, 0.4), np.ones(AGES), 3.0, np.zeros(AGES + 1), np.zeros(AGES))
    assert (after[63:] == 0).all()
    assert after[:63].sum() > 0


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, wanted=st.floats(0.3, 3.0), empty=st.floats(0.0, 0.9))
def test_a_total_is_met_along_the_ages_that_move(seed: int, wanted: float, empty: float) -> None:
    rng = np.random.default_rng(seed)
    after = np.zeros((2, AGES + 1))
    after[:, :AGES] = rng.exponential(5.0, (2, AGES)) * (rng.uniform(size=(2, AGES)) >= empty)
    after[0, 27], after[0, 85] = 5.0, 5.0
    before, total = after.copy(), wanted * after.sum()
    meet(after, total, EDGES, WEIGHTS, np.empty(len(WEIGHTS)))
    assert after.sum() == pytest.approx(total, rel=1e-9)
    assert (after >= 0).all()
    # Everyone of a kind is multiplied alike, and those who move most take the largest part.
    factor = after[0, [27, 85]] / before[0, [27, 85]]
    assert (factor[0] > factor[1]) == (wanted > 1.0) or wanted == pytest.approx(1.0)


def test_a_base_that_was_estimated_is_scattered_inside_its_known_groups() -> None:
    start = 500.0 * stationary()
    group = np.repeat(np.arange(4), [18, 47, 20, 16])
    now, noise = np.zeros((2, AGES + 1)), np.empty(CELLS)
    fill_chance(np.uint64(9), noise)
    scatter_start(start, np.full(AGES, 0.5), group, noise, now, np.empty((2, 4)))
    assert (np.abs(now[:, :AGES] - start) > 1e-3).mean() > 0.8
    for index in range(4):
        assert now[:, :AGES][:, group == index].sum() == pytest.approx(start[:, group == index].sum())
    scatter_start(start, np.zeros(AGES), group, noise, now, np.empty((2, 4)))
    np.testing.assert_allclose(now[:, :AGES], start)


# Many years and draws


def test_without_chance_every_draw_is_the_same_and_follows_the_cohorts() -> None:
    place = quiet()
    people = place.drawn().reshape(4, 5, 2, AGES).astype(np.float64)
    for draw in people[1:]:
        np.testing.assert_array_equal(draw, people[0])
    after = older(place.start * place.ratio[0])
    women = 0.5 * (place.start[1] + after[1])
    born = float(place.fertility @ women)
    after[:, 0] = born * 0.51, born * 0.49
    free = people[0, 0] / after
    kinds = [slice(EDGES[k], EDGES[k + 1]) for k in range(len(WEIGHTS))]
    strengths = [np.log(free[:, kind]).mean() for kind in kinds]
    # Within a kind all are multiplied alike; between kinds by their part, and a common rest.
    for kind, strength in zip(kinds, strengths, strict=True):
        np.testing.assert_allclose(free[:, kind], np.exp(strength), rtol=1e-4)
    slope, _ = np.polyfit(WEIGHTS, strengths, 1)
    np.testing.assert_allclose(np.diff(strengths), slope * np.diff(WEIGHTS), atol=1e-4)


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS, empty=st.floats(0.0, 0.9), size=st.sampled_from([0.05, 1.0, 50.0, 5_000.0]))
def test_totals_are_met_in_every_draw_and_year_and_nothing_is_negative_or_missing(
    seed: int, empty: float, size: float
) -> None:
    place = wild(seed, empty, size)
    people = place.drawn(seed)
    assert np.isfinite(people).all()
    assert (people >= 0).all()
    np.testing.assert_allclose(people.sum(axis=2, dtype=np.float64), place.totals, rtol=1e-5)


def test_a_draw_of_ages_is_the_same_whatever_is_drawn_beside_it() -> None:
    place = wild(4, 0.2, 30.0)
    many = place.drawn()
    np.testing.assert_array_equal(many, place.drawn())
    later = replace(
        place,
        totals=place.totals[1:],
        births=place.births[1:],
        mortality=place.mortality[1:],
        lasting=place.lasting[1:],
    )
    np.testing.assert_array_equal(later.drawn(first=1), many[1:])
    first = {name: getattr(place, name)[:, :3].copy() for name in ("totals", "births", "mortality")}
    np.testing.assert_array_equal(replace(place, **first).drawn(), many[:, :3])
    assert (place.drawn(seed=2)[:, :, 40] != many[:, :, 40]).any()
    assert (place.drawn(place=8)[:, :, 40] != many[:, :, 40]).any()


def test_the_mean_over_draws_is_near_what_is_expected(forecast: Forecast) -> None:
    numbers = range(600)
    shared = forecast.shared(numbers, 1)
    for place in (4, 8):
        people = forecast.people(place, shared, numbers, 1).astype(np.float64)
        mean = people.mean(axis=0).reshape(10, 2, AGES)
        expected = forecast.ages[place]
        whole, told = mean.sum(axis=1), expected.sum(axis=1)
        np.testing.assert_allclose(whole.sum(axis=1), told.sum(axis=1), rtol=0.01)
        groups, known = grouped(whole, MOBILITY), grouped(told, MOBILITY)
        np.testing.assert_allclose(groups[0], known[0], rtol=0.02)
        np.testing.assert_allclose(groups[9], known[9], rtol=0.05)


def test_ages_of_a_draw_sum_to_its_total(forecast: Forecast) -> None:
    numbers = range(10, 30)
    shared = forecast.shared(numbers, 4)
    for place in range(3):
        people = forecast.people(place, shared, numbers, 4)
        totals = forecast.totals(place, shared, numbers, 4)
        np.testing.assert_allclose(people.sum(axis=2, dtype=np.float64), totals, rtol=1e-5)


def test_draws_may_be_written_into_a_room_of_one_s_own(forecast: Forecast) -> None:
    numbers = range(6)
    shared = forecast.shared(numbers, 1)
    room = forecast.room_for_people(6)
    assert forecast.people(2, shared, numbers, 1, room) is room
    np.testing.assert_array_equal(room, forecast.people(2, shared, numbers, 1))


def test_a_base_that_was_carried_or_estimated_is_less_sure(land: Country) -> None:
    observed = open_past(land.history(), 3)
    assert (base_variance(observed) == 0).all()
    until = {year: land.people[year - 2000] for year in range(2000, 2019)}
    carried = open_past(land.history(structures=until), 3)
    np.testing.assert_allclose(
        base_variance(carried), np.minimum(2 * chance.by_age("chance"), chance.by_age("estimated"))
    )
    history = land.history(
        structures={},
        groups={2020: grouped(land.people[-1].sum(axis=1), MOBILITY)},
        bounds=MOBILITY,
        regional={2020: land.regional(2020)},
    )
    np.testing.assert_array_equal(base_variance(open_past(history, 3)), chance.by_age("estimated"))


# Order statistics


def values_of(kind: str, count: int, seed: int) -> Samples:
    rng = np.random.default_rng(seed)
    kinds = {
        "spread": 100.0 + 10.0 * rng.standard_normal(count),
        "equal": np.full(count, 4.0),
        "ties": rng.integers(0, 3, count).astype(np.float64),
        "skewed": rng.exponential(1.0, count) ** 6,
        "nobody": np.zeros(count),
    }
    return np.asarray(kinds[kind], dtype=np.float32)


KINDS = st.sampled_from(["spread", "equal", "ties", "skewed", "nobody"])


@settings(max_examples=80, deadline=None)
@given(kind=KINDS, count=st.integers(1, 60), part=st.floats(0.0, 1.0), seed=SEEDS)
def test_the_smallest_are_found_as_by_sorting(kind: str, count: int, part: float, seed: int) -> None:
    values = values_of(kind, count, seed)
    rank = int(part * (count - 1))
    ordered = np.sort(values)
    bins, counts = np.empty(count, dtype=np.uint8), np.empty(256, dtype=np.int64)
    bin_values(values, values.min(), values.max(), bins, counts)
    assert counts.sum() == count
    assert order_statistic(values, rank, bins, counts, np.empty(count, dtype=np.float32)) == ordered[rank]
    smallest(values, 0, count - 1, rank)
    assert values[rank] == ordered[rank]
    np.testing.assert_array_equal(np.sort(values), ordered)


@settings(max_examples=40, deadline=None)
@given(kind=KINDS, draws=st.integers(1, 90), cells=st.integers(1, 40), seed=SEEDS)
def test_means_and_quantiles_are_those_of_numpy(kind: str, draws: int, cells: int, seed: int) -> None:
    people = values_of(kind, draws * cells, seed).reshape(draws, cells)
    shares = np.array([0.0, 0.025, 0.1, 0.5, 0.9, 1.0])
    summary = np.empty((7, cells), dtype=np.float32)
    summarise_cells(people, shares, summary)
    np.testing.assert_allclose(summary[0], people.mean(axis=0, dtype=np.float64), rtol=1e-5, atol=1e-6)
    truth = np.quantile(people.astype(np.float64), shares, axis=0)
    np.testing.assert_allclose(summary[1:], truth, rtol=1e-5, atol=1e-6)
