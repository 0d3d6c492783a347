import numpy as np
import pytest

from framsyn.foresee.forecast import local_pattern as patterns
from framsyn.foresee.forecast.local_pattern import BANDS, LocalPattern, band_of_age, local_pattern
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.structures import grouped, structure_series

from .made import Country, country

#: How those aged 17–25 move in each place of the made-up countries, and bands within those ages.
COMING = np.array([-0.06, -0.03, 0.0, 0.03, 0.06, -0.06, -0.03, 0.0, 0.03, 0.06])
YOUNG = [i for i, (first, last) in enumerate(BANDS) if first >= 17 and last <= 25]


def living(size: float, seed: int = 4) -> Country:
    return country([size] * 10, [0] * 5 + [1] * 5, range(2005, 2021), seed, coming=COMING)


def learned(land: Country) -> LocalPattern:
    history = land.history()
    return local_pattern(history, structure_series(history))


def test_bands_hold_every_age_once() -> None:
    assert [age for first, last in BANDS for age in range(first, last + 1)] == list(range(101))
    index = band_of_age()
    assert index[0] == 0
    assert index[18] == 5
    assert index[100] == len(BANDS) - 1


def test_large_places_show_their_own_deviations() -> None:
    pattern = learned(living(200_000.0))
    young = pattern.deviation[:, YOUNG].mean(axis=1)
    np.testing.assert_allclose(young - young.mean(), COMING, atol=0.005)
    elsewhere = [i for i, (first, last) in enumerate(BANDS) if first >= 30 or last < 16]
    assert np.abs(pattern.deviation[:, elsewhere]).mean() < 0.004
    np.testing.assert_array_equal(pattern.by_age()[:, 18], pattern.deviation[:, 5])


def test_a_fact_about_few_is_believed_less_by_just_as_much_as_its_variance_says() -> None:
    spread, surplus, band = 0.06, 0.05, 5
    precision = np.eye(len(BANDS)) / spread**2
    exposure = np.zeros((101, len(BANDS)))
    exposure[18, band] = 1.0
    for persons in (4.0, 40.0, 4_000.0):
        back = np.full((1, 101), persons)
        then = grouped(back, BANDS)
        then[0, band] *= np.exp(-surplus)
        fact = patterns._group_facts(1, then, BANDS)
        deviation = zero = np.zeros((1, len(BANDS)))
        for _ in range(4):
            deviation, covariance = patterns._step(deviation, zero, precision, [[fact]], [(back, exposure)])
        noise = 1.5 / then[0, band] + patterns.MISFIT**2
        believed = spread**2 / (spread**2 + noise)
        assert deviation[0, band] == pytest.approx(believed * surplus)
        assert covariance[0, band, band] == pytest.approx(spread**2 * (1.0 - believed))
        assert np.abs(np.delete(deviation, band)).max() < 1e-12


def test_small_places_rest_on_their_own_past_less_than_large_ones() -> None:
    sizes, region = np.repeat([200.0, 100_000.0], 10), np.tile([0] * 5 + [1] * 5, 2)
    land = country(sizes, region, range(2005, 2021), coming=np.tile(COMING, 2))
    pattern = learned(land)
    assert pattern.own[:10].max() < 0.6 < pattern.own[10:].min()
    young = pattern.deviation[10:][:, YOUNG].mean(axis=1)
    assert np.polyfit(COMING, young, 1)[0] == pytest.approx(1.0, abs=0.05)


def test_the_less_is_known_the_wider_is_the_estimate() -> None:
    small, large = learned(living(300.0)), learned(living(100_000.0))
    assert (large.variance[:, YOUNG] < small.variance[:, YOUNG]).all()


def test_deviations_are_learned_from_groups_too() -> None:
    land = living(200_000.0)
    groups = [grouped(p.sum(axis=1), patterns.MOBILITY) for p in land.people]
    history = land.history(
        structures={2020: land.people[-1]},
        groups=dict(zip(land.years, groups, strict=True)),
        bounds=patterns.MOBILITY,
        regional={year: land.regional(year) for year in land.years},
        births=dict(zip(land.years, land.people[:, :, :, 0].sum(axis=2), strict=True)),
    )
    pattern = local_pattern(history, structure_series(history))
    young = pattern.deviation[:, YOUNG].mean(axis=1)
    assert np.corrcoef(young, COMING)[0, 1] > 0.95
    assert np.polyfit(COMING, young, 1)[0] == pytest.approx(1.0, abs=0.35)


def test_nothing_known_before_the_base_means_no_deviation() -> None:
    land = living(2_000.0)
    history = land.history(structures={2020: land.people[-1]})
    pattern = local_pattern(history, structure_series(history))
    assert (pattern.deviation == 0).all()
    np.testing.assert_allclose(pattern.own, 0.0, atol=1e-12)


def test_a_year_beyond_the_span_is_used_where_it_is_the_nearest() -> None:
    land = living(100_000.0)
    history = land.history(structures={2006: land.people[1], 2020: land.people[-1]})
    pattern = local_pattern(history, structure_series(history))
    assert np.corrcoef(pattern.deviation[:, YOUNG].mean(axis=1), COMING)[0, 1] > 0.8


def test_regions_without_children_are_no_reason_to_stop() -> None:
    land = living(500.0)
    people = land.people.copy()
    people[:, :5, :, :30] = 0.0
    childless = Country(land.first_year, people, land.region)
    history = childless.history(
        structures={2020: people[-1]},
        groups={
            y: grouped(p.sum(axis=1), patterns.MOBILITY) for y, p in zip(land.years, people, strict=True)
        },
        bounds=patterns.MOBILITY,
        regional={year: childless.regional(year) for year in land.years},
    )
    past = open_past(history, 5)
    assert np.isfinite(past.pattern.deviation).all()
    assert np.isfinite(past.rates.fertility).all()


@pytest.mark.parametrize("combined", [False, True])
def test_slopes_of_a_fact_are_those_of_its_differences(combined: bool) -> None:
    rng = np.random.default_rng(1)
    back = rng.uniform(5.0, 50.0, (3, 101))
    exposure = np.zeros((101, len(BANDS)))
    np.add.at(exposure, (np.arange(101), band_of_age()), 2.0)
    np.add.at(exposure, (np.arange(100), band_of_age()[1:]), 1.0)
    combine = np.array([[0.0, 0.0, 1.0, -2.0, 1.0]]) if combined else None
    fact = patterns._Facts(3, np.zeros((3, 1)), np.ones((3, 1)), patterns.CHILDREN, combine)
    deviation = 0.05 * rng.standard_normal((3, len(BANDS)))
    moved = back * np.exp(-deviation @ exposure.T)
    _, slope = patterns._read(moved, exposure, fact)
    assert slope.shape == (3, 1 if combined else len(patterns.CHILDREN), len(BANDS))
    step = 1e-6
    for band in range(len(BANDS)):
        ends = []
        for sign in (-1.0, 1.0):
            shifted = deviation.copy()
            shifted[:, band] += sign * step
            ends.append(patterns._read(back * np.exp(-shifted @ exposure.T), exposure, fact)[0])
        np.testing.assert_allclose((ends[1] - ends[0]) / (2 * step), slope[:, :, band], atol=1e-6)
