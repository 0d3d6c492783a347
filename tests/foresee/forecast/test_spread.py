from collections.abc import Callable
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from framsyn.calibrate.known import Floats
from framsyn.foresee.forecast import courses
from framsyn.foresee.forecast import draws as chance
from framsyn.foresee.forecast.draws import at_quantile, soften
from framsyn.foresee.forecast.ensemble import Expected
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.local_pattern import band_of_age
from framsyn.foresee.forecast.origins import AtOrigin, forecast_origins, possible_origins, volatility
from framsyn.foresee.forecast.past import can_stand, earlier, open_past
from framsyn.foresee.forecast.spread import (
    LEVELS,
    MOST_HORIZON,
    NORMAL,
    WINDOW_YEARS,
    Spread,
    default_spread,
    fit_spread,
    teaching_origins,
)

from .made import Country

FIRST, BASE, HORIZON = 1990, 2020, 10


def standing(sizes: Floats) -> History:
    """Places whose totals never change."""
    totals = np.repeat(sizes[:, None], BASE - FIRST + 1, axis=1)
    return History(
        base_year=BASE,
        codes=tuple(f"{i:04d}" for i in range(len(sizes))),
        region=np.arange(len(sizes)) % 7,
        cluster=None,
        first_year=FIRST,
        totals=totals,
        published=np.ones(totals.shape, dtype=bool),
        groups={},
        bounds=(),
        structures={},
        regional={},
        births={},
        fertility={},
    )


def told_at(history: History, origin: int, errors: Floats, wander: float | Floats = 0.01) -> AtOrigin:
    """Forecasts [P, H] made at an origin whose relative errors turned out to be these."""
    totals = history.base[:, None] / (1.0 + errors)
    known = Expected(totals, {}, totals.sum(axis=0))
    ages = np.zeros((*totals.shape, 101))
    return AtOrigin(origin, known, ages, history.base, np.broadcast_to(wander, history.base.shape).copy())


def errors_of(scale: Floats, power: float, seed: int) -> Floats:
    """Normal errors [P, H] whose standard deviation grows with the horizon as a power."""
    normal = np.random.default_rng(seed).standard_normal((len(scale), HORIZON))
    return np.clip(scale[:, None] * np.arange(1, HORIZON + 1) ** power * normal, -0.9, 3.0)


def half_widths(told: Spread, history: History, horizon: int, wander: float = 0.01) -> Floats:
    """[3] relative half-widths of the first place's total after some years."""
    size = history.base[:1]
    scale = told.over_years(told.scale(size, np.array([wander])), size, horizon)[0, -1]
    return np.asarray(scale * told.half_widths(horizon))


def taught(history: History, error: Callable[[int], Floats], origins: range = range(2003, 2020)) -> Spread:
    return fit_spread(history, [told_at(history, origin, error(origin)) for origin in origins])


# The law that is learned


def test_half_widths_of_a_known_law_are_found() -> None:
    sizes = np.full(300, 8_000.0)
    history = standing(sizes)
    told = taught(history, lambda origin: errors_of(np.full(300, 0.012), 0.7, origin))
    for horizon in (1, 3, 10):
        truth = 0.012 * horizon**0.7 * np.array(NORMAL)
        np.testing.assert_allclose(half_widths(told, history, horizon), truth, rtol=0.07)
    assert told.origins == 17
    outcomes = f"outcomes in {BASE - WINDOW_YEARS + 1}–2020, horizons 1–10"
    assert told.note == f"widths from the errors of 17 past origins with {outcomes}"


def test_no_distribution_is_assumed() -> None:
    sizes = np.full(400, 8_000.0)
    history = standing(sizes)

    def two_kinds(origin: int) -> Floats:
        rng = np.random.default_rng(origin)
        wild = rng.uniform(size=(400, HORIZON)) < 0.1
        return np.asarray(np.where(wild, 0.1, 0.01) * rng.choice([-1.0, 1.0], (400, HORIZON)))

    told = taught(history, two_kinds)
    np.testing.assert_allclose(half_widths(told, history, 4), [0.01, 0.01, 0.1], rtol=0.05)


def test_the_scale_follows_size_and_wandering() -> None:
    rng = np.random.default_rng(1)
    sizes = np.exp(rng.uniform(6, 12, 400))
    wander = np.exp(rng.uniform(np.log(0.004), np.log(0.04), 400))
    history = standing(sizes)
    truth = 0.5 * wander**0.8 * (sizes / 8_000.0) ** -0.2
    past = [told_at(history, o, errors_of(truth, 0.7, o), wander) for o in range(2003, 2020)]
    told = fit_spread(history, past)
    found = np.log(told.scale(sizes, wander))
    slope = np.polyfit(np.log(truth), found, 1)[0]
    # The tenth that is added before the logarithm is taken draws the slope somewhat toward nothing.
    assert 0.8 < slope < 1.05
    assert np.corrcoef(np.log(truth), found)[0, 1] > 0.99


def test_only_late_outcomes_teach() -> None:
    history = standing(np.full(200, 8_000.0))

    def calmer(origin: int) -> Floats:
        errors = errors_of(np.full(200, 0.01), 0.7, origin)
        outcome = origin + np.arange(1, HORIZON + 1)
        return np.where(outcome <= BASE - WINDOW_YEARS, 5.0 * errors, errors)

    width = half_widths(taught(history, calmer), history, 1)[1]
    assert width == pytest.approx(0.01 * NORMAL[1], rel=0.1)


def test_outcomes_after_the_base_are_never_used(land: Country) -> None:
    whole = open_past(land.history(), 5)
    origins = forecast_origins(whole, [2010, 2011, 2012, 2013, 2014], 10)
    cut = land.history(2015)
    totals = whole.history.totals.copy()
    totals[:, 16:] *= 7.0
    spoilt = replace(whole.history, totals=totals)
    told = [fit_spread(history, origins) for history in (cut, spoilt.until(2015), whole.history.until(2015))]
    for other in told[1:]:
        np.testing.assert_array_equal(other.level, told[0].level)
        np.testing.assert_array_equal(other.slopes, told[0].slopes)
        assert (other.country_sd, other.note) == (told[0].country_sd, told[0].note)
    after = [replace(one, origin=one.origin + 10) for one in origins]
    assert fit_spread(cut, after).origins == 0


def test_unpublished_outcomes_are_left_out() -> None:
    history = standing(np.full(200, 8_000.0))
    published = history.published.copy()
    published[:100] = False
    published[:, 2017 - FIRST] = False
    gaps = replace(history, published=published)

    def wrong_where_filled(origin: int) -> Floats:
        errors = errors_of(np.full(200, 0.01), 0.7, origin)
        errors[:100] = 0.8
        if origin < 2017 <= origin + HORIZON:
            errors[:, 2017 - origin - 1] = 0.8
        return errors

    width = half_widths(taught(gaps, wrong_where_filled), history, 1)[1]
    assert width == pytest.approx(0.01 * NORMAL[1], rel=0.1)


def test_too_few_errors_mean_the_default_and_it_says_so() -> None:
    history = standing(np.full(200, 8_000.0))
    usual = default_spread()
    assert "too short to learn from" in usual.note
    told = taught(history, lambda origin: errors_of(np.full(200, 0.01), 0.7, origin), range(2018, 2020))
    assert told.origins == 0
    assert told.note == usual.note
    np.testing.assert_array_equal(told.level, usual.level)
    assert fit_spread(history, []).origins == 0
    few = standing(np.array([8_000.0]))
    assert taught(few, lambda _: np.full((1, HORIZON), 0.01), range(2015, 2019)).origins == 0


def test_half_widths_rise_with_the_level_and_the_default_with_the_horizon() -> None:
    crossing = replace(default_spread(), level=np.array([-4.0, -4.5, -4.2]), power=np.array([0.1, 0.9, 0.2]))
    for horizon in (1, 5, 20):
        assert (np.diff(crossing.half_widths(horizon)) > 0).all()
    usual = default_spread()
    widths = np.array([usual.half_widths(h) for h in range(1, 31)])
    assert (np.diff(widths, axis=0) > 0).all()
    assert usual.country_error(4) == pytest.approx(usual.country_sd * 4**usual.country_power)


def test_the_country_s_error_is_that_of_its_own_earlier_paths() -> None:
    history = standing(np.full(50, 1_000.0))
    told = taught(history, lambda origin: errors_of(np.full(50, 0.01), 0.7, origin))
    assert told.country_sd < 1e-4
    rng = np.random.default_rng(4)
    steps = np.exp(np.cumsum(0.01 * rng.standard_normal(BASE - FIRST + 1)))
    told = taught(
        replace(history, totals=history.totals * steps),
        lambda origin: errors_of(np.full(50, 0.01), 0.7, origin),
    )
    assert 0.006 < told.country_sd < 0.02
    assert 0.5 <= told.country_power <= 1.5


# Earlier origins


def test_an_origin_needs_eight_years_ages_and_published_totals(land: Country) -> None:
    past = open_past(land.history(), 10)
    assert possible_origins(past) == list(range(2007, 2020))
    assert teaching_origins(past) == list(range(2007, 2020))
    assert possible_origins(past, 2015) == list(range(2015, 2020))
    published = past.history.published.copy()
    few = len(published) // 10
    published[:few, 2012 - 2000] = False
    gap = replace(past, history=replace(past.history, published=published))
    assert can_stand(gap, 2012, 8)
    published[: few + 1, 2012 - 2000] = False
    assert not can_stand(gap, 2012, 8)
    assert can_stand(gap, 2011, 8)


def test_years_that_lean_on_a_later_one_are_no_origins(land: Country) -> None:
    known = {year: land.people[year - 2000] for year in (2000, 2010, 2014, 2020)}
    past = open_past(land.history(structures=known), 10)
    assert possible_origins(past) == [2010, 2014]


def test_teaching_origins_have_outcomes_in_the_last_years() -> None:
    people = np.ones((45, 2, 2, 101)) * 10.0
    past = open_past(Country(1976, people, np.array([0, 1])).history(), 10)
    assert teaching_origins(past) == list(range(2021 - WINDOW_YEARS - MOST_HORIZON, 2020))


def test_what_is_told_at_an_origin_is_what_the_method_gives_there(land: Country) -> None:
    past = open_past(land.history(), 10)
    one = forecast_origins(past, [2014], 6)[0]
    again = forecast_origins(open_past(land.history(2014), 6), [2014], 6)[0]
    np.testing.assert_allclose(one.expected.totals, again.expected.totals, rtol=1e-12)
    np.testing.assert_allclose(one.ages, again.ages, rtol=1e-9)
    assert one.ages.shape == (12, 6, 101)
    np.testing.assert_allclose(one.ages.sum(axis=2), one.expected.totals)
    np.testing.assert_array_equal(one.size, land.totals[:, 14])
    assert earlier(past, 2014, 6).horizon == 6


def test_volatility_is_the_wandering_of_the_share_with_chance() -> None:
    history = standing(np.array([100.0, 1_000.0, 300_000.0]))
    np.testing.assert_allclose(volatility(history), 0.5 / np.sqrt(history.base) + 0.003)
    turning = np.where(np.arange(31) % 2, 0.05, 0.0) * np.array([[0.0], [1.0], [0.0]])
    told = volatility(replace(history, totals=history.totals * np.exp(turning)))
    assert told[1] == pytest.approx(np.sqrt(0.05**2 + 0.25 / 1_000.0) + 0.003, rel=0.01)
    assert told[0] == pytest.approx(0.5 / np.sqrt(100.0) + 0.003, rel=0.01)


# From the law to draws


def test_errors_at_normal_deviates_by_hand() -> None:
    widths = np.array([0.01, 0.02, 0.04])
    normal = np.array([0.0, NORMAL[0], NORMAL[1], NORMAL[2], -NORMAL[1], 0.5 * NORMAL[0], 3.0])
    slope = 0.02 / (NORMAL[2] - NORMAL[1])
    beyond = 0.04 + slope * (3.0 - NORMAL[2])
    np.testing.assert_allclose(
        at_quantile(normal, widths), [0.0, 0.01, 0.02, 0.04, -0.02, 0.005, beyond], atol=1e-12
    )
    for level, quantile in zip(LEVELS, NORMAL, strict=True):
        assert NormalDist().inv_cdf(0.5 + level / 2) == pytest.approx(quantile, abs=1e-6)


def test_softened_errors_rise_and_stay_above_minus_one() -> None:
    error = np.linspace(-20.0, 3.0, 4_001)
    soft = soften(error)
    assert (np.diff(soft) >= 0).all()
    assert (np.diff(soft[error > -5]) > 0).all()
    assert (soft[error > -15] > -1.0).all()
    np.testing.assert_array_equal(soft[error >= -0.5], error[error >= -0.5])
    assert soften(np.array([-0.5 - 1e-9]))[0] == pytest.approx(-0.5)
    assert soften(np.array([-0.6]))[0] == pytest.approx(0.5 * np.exp(-0.2) - 1.0)


def some_spread() -> Spread:
    return replace(
        default_spread(),
        level=np.log([0.8, 1.7, 3.0]),
        power=np.array([0.8, 0.7, 0.6]),
        country_sd=0.002,
        country_power=1.0,
    )


def errors(draws: range, years: int, place: tuple[str, str] = ("R0", "010"), seed: int = 3) -> Floats:
    spread = some_spread()
    shared = chance.shared_draws(spread, 0.01, 0.01, years, draws, seed)
    return chance.relative_errors(spread, 0.01, shared, *place, draws, seed)


def together(one: Floats, other: Floats) -> float:
    """Correlation."""
    return float(np.asarray(np.corrcoef(one, other))[0, 1])


def test_draws_cover_what_the_law_says() -> None:
    draws = 6_000
    told = errors(range(draws), 10)
    spread = some_spread()
    for horizon in (1, 4, 10):
        for level, width in zip(LEVELS, 0.01 * spread.half_widths(horizon), strict=True):
            inside = (np.abs(told[:, horizon - 1]) < width).mean()
            # Draws come in mirrored pairs, which are inside together.
            assert abs(inside - level) < 4.0 * np.sqrt(level * (1 - level) / (draws / 2))
            above = (told[:, horizon - 1] > width).mean()
            assert abs(above - (1 - level) / 2) < 4.0 * np.sqrt((1 - level) / 2 / draws)


def test_the_law_of_a_forecast_is_the_law_of_its_draws(forecast: Forecast) -> None:
    draws = range(4_000)
    shares = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    shared = forecast.shared(draws, 5)
    for place in (0, 8):
        totals = forecast.totals(place, shared, draws, 5)
        for horizon in (1, 10):
            law = forecast.law(horizon, shares)[place]
            below = (totals[:, horizon - 1, None] < law).mean(axis=0)
            np.testing.assert_allclose(below, shares, atol=0.035)
            assert law[2] == pytest.approx(forecast.expected.totals[place, horizon - 1])


def test_a_draw_is_the_same_whatever_is_drawn_beside_it() -> None:
    many = errors(range(60), 10)
    np.testing.assert_array_equal(errors(range(25), 10), many[:25])
    np.testing.assert_array_equal(errors(range(31, 40), 10), many[31:40])
    np.testing.assert_array_equal(errors(range(60), 4), many[:, :4])
    assert (errors(range(60), 10, seed=4) != many).all()
    assert (errors(range(60), 10, ("R0", "011"))[:, 5] != many[:, 5]).all()


def test_a_draw_of_a_place_does_not_hang_on_the_other_places(forecast: Forecast, land: Country) -> None:
    numbers = range(12)
    shared = forecast.shared(numbers, 1)
    alone = forecast.totals(7, shared, numbers, 1)
    for place in (3, 11):
        forecast.totals(place, shared, numbers, 1)
    np.testing.assert_array_equal(forecast.totals(7, shared, numbers, 1), alone)
    again = chance.relative_errors(
        forecast.spread, forecast.scales[7], shared, land.region_codes[7], land.codes[7], numbers, 1
    )
    np.testing.assert_array_equal(chance.fan(forecast.expected.totals[7], again), alone)


def test_neighbours_wander_together_and_strangers_share_the_country_only() -> None:
    draws = range(4_000)
    one, neighbour, stranger = (
        errors(draws, 8, place)[:, 7] for place in (("R0", "010"), ("R0", "011"), ("R1", "012"))
    )
    spread = some_spread()
    shared = chance.shared_draws(spread, 0.01, 0.01, 8, draws, 3).error[:, 7]
    width = 0.01 * spread.half_widths(8)[1]
    part = spread.country_error(8) * NORMAL[1] / width
    assert together(one, shared) == pytest.approx(part, abs=0.08)
    assert together(one, stranger) == pytest.approx(part**2, abs=0.08)
    assert together(one, neighbour) == pytest.approx(part**2 + (1 - part**2) * 0.12, abs=0.08)


def test_an_error_goes_on_through_the_years() -> None:
    told = errors(range(4_000), 8)
    assert together(told[:, 3], told[:, 6]) > together(told[:, 0], told[:, 6]) > 0.3
    assert together(told[:, 5], told[:, 6]) > 0.95


def test_the_country_s_total_in_a_draw_wanders_as_far_as_the_law_says() -> None:
    spread = replace(some_spread(), level=np.log(NORMAL))
    draws, places = range(2_000), 150
    shared = chance.shared_draws(spread, 0.01, 0.01, 5, draws, 1)
    total = np.zeros((len(draws), 5))
    for place in range(places):
        told = chance.relative_errors(spread, 0.01, shared, f"R{place % 30}", f"{place:03d}", draws, 1)
        total += chance.fan(np.full(5, 1_000.0), told)
    wandered = (total / (1_000.0 * places) - 1.0).std(axis=0)
    ahead = np.arange(1, 6)
    country = np.array([spread.country_error(int(h)) for h in ahead])
    own = 0.01 * ahead**0.7 * np.sqrt(0.12 / 30 + 0.88 / places)
    np.testing.assert_allclose(wandered, np.hypot(country, own), rtol=0.1)
    assert np.corrcoef(total[:, 4], shared.error[:, 4])[0, 1] > 0.9


def test_multipliers_have_mean_one_and_the_country_s_error_variance_one() -> None:
    draws = range(8_000)
    shared = chance.shared_draws(some_spread(), 0.01, 0.012, 10, draws, 2)
    assert shared.error.shape == shared.fertility.shape == shared.mortality.shape == (8_000, 10)
    np.testing.assert_allclose(shared.error.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(shared.error.var(axis=0), 1.0, atol=0.08)
    np.testing.assert_allclose(shared.fertility.mean(axis=0), 1.0, atol=0.01)
    np.testing.assert_allclose(shared.mortality.mean(axis=0), 1.0, atol=0.01)
    for births in (0.1, 5.0, 2_000.0):
        multiplier = chance.local_births(births, "010", draws, 2)
        assert multiplier.mean() == pytest.approx(1.0, abs=0.03)
        assert (multiplier > 0).all()
    assert (
        chance.local_births(0.1, "010", draws, 2).std() > chance.local_births(2_000.0, "010", draws, 2).std()
    )


def test_more_births_than_expected_raise_the_country_and_more_deaths_lower_it() -> None:
    shared = chance.shared_draws(some_spread(), 0.01, 0.01, 10, range(2_000), 2)
    born, dead = shared.fertility.mean(axis=1), shared.mortality.mean(axis=1)
    assert np.corrcoef(born, shared.error[:, 9])[0, 1] > 0.1
    assert np.corrcoef(dead, shared.error[:, 9])[0, 1] < -0.1


def test_lasting_factors_are_shared_in_part_and_the_same_in_a_band() -> None:
    draws = range(3_000)
    one = np.log(chance.lasting_factors("010", draws, 1, band_of_age()))
    other = np.log(chance.lasting_factors("011", draws, 1, band_of_age()))
    local, country = chance.by_age("local"), chance.by_age("country")
    np.testing.assert_allclose(one.std(axis=0), np.hypot(local, country), rtol=0.06)
    assert np.corrcoef(one[:, 12], other[:, 12])[0, 1] == pytest.approx(
        country[12] ** 2 / (local[12] ** 2 + country[12] ** 2), abs=0.08
    )
    assert np.corrcoef(one[:, 22], one[:, 23])[0, 1] > 0.99


# Courses


def test_autoregressive_and_integrated_weights_by_hand() -> None:
    passing = np.array([[1.0, 0.0, 0.0], [0.5, 1.0, 0.0], [0.25, 0.5, 1.0]])
    np.testing.assert_allclose(courses.autoregressive_weights(3, 0.5), passing)
    summed = np.array([[1.0, 0.0, 0.0], [1.5, 1.0, 0.0], [1.75, 1.5, 1.0]])
    np.testing.assert_allclose(courses.integrated_weights(3, 0.5), summed)


def test_standard_paths_have_variance_one_and_begin_alike() -> None:
    weights = courses.standard(courses.integrated_weights(12, 0.65))
    np.testing.assert_allclose((weights**2).sum(axis=1), 1.0)
    normals = np.random.default_rng(1).standard_normal((5_000, 12))
    told = courses.path(normals, weights)
    np.testing.assert_allclose(told.std(axis=0), 1.0, atol=0.05)
    np.testing.assert_allclose(told, normals @ weights.T, atol=1e-12)
    shorter = courses.standard(courses.integrated_weights(5, 0.65))
    np.testing.assert_array_equal(courses.path(normals[:, :5], shorter), told[:, :5])
