import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.calibrate.known import Floats
from framsyn.foresee.forecast import trends
from framsyn.foresee.forecast.boosting import can_boost
from framsyn.foresee.forecast.cohort import DAMPING, Plan, live_cohorts
from framsyn.foresee.forecast.ensemble import expected, expected_ages
from framsyn.foresee.forecast.members import MEMBERS, RIVALS, hamilton_perry_ages
from framsyn.foresee.forecast.moving import stepwise
from framsyn.foresee.forecast.national import country_path
from framsyn.foresee.forecast.past import Past, open_past

from .made import Country

NAN = np.nan


def rows(*values: list[float]) -> Floats:
    return np.array(values, dtype=np.float64)


@pytest.fixture(scope="module")
def past(land: Country) -> Past:
    return open_past(land.history(), 12)


# From totals alone


def test_no_change_is_today_again() -> None:
    np.testing.assert_array_equal(trends.no_change(rows([5, 9], [7, 3]), 3), rows([9, 9, 9], [3, 3, 3]))


def test_the_mean_yearly_change_is_that_of_the_window_or_of_what_is_known() -> None:
    totals = rows([0, 1, 3, 6, 10], [NAN, NAN, 2, 4, 8], [NAN, NAN, NAN, NAN, 5], [NAN] * 5)
    np.testing.assert_allclose(trends.yearly_change(totals, 2), [3.5, 3.0, 0.0, 0.0])
    np.testing.assert_allclose(trends.yearly_change(totals, 30), [2.5, 3.0, 0.0, 0.0])


def test_a_line_goes_on_and_never_to_nobody() -> None:
    totals = rows([100, 110, 120], [300, 200, 100])
    np.testing.assert_allclose(trends.linear(totals, 3, 2), rows([130, 140, 150], [1, 1, 1]), atol=1e-12)


def test_an_exponential_goes_on() -> None:
    totals = rows([100, 110, 121], [80, 40, 20])
    np.testing.assert_allclose(trends.exponential(totals, 2, 2), rows([133.1, 146.41], [10, 5]))


def test_growth_is_linear_and_decline_exponential() -> None:
    totals = rows([100, 110, 120], [80, 40, 20])
    np.testing.assert_allclose(trends.linear_exponential(totals, 2, 2), rows([130, 140], [10, 5]))


def test_a_constant_share_follows_the_country() -> None:
    totals = rows([1, 30], [1, 70])
    np.testing.assert_allclose(
        trends.constant_share(totals, np.array([110.0, 90.0])), rows([33, 27], [77, 63])
    )


def test_variable_shares_of_growth_scale_plus_and_minus_to_the_country() -> None:
    # Changes a year: +10, +30, −20. The country grows by 40 instead of 20: a root k with 40 k − 20 / k = 40.
    totals = rows([90, 100], [270, 300], [620, 600])
    path = trends.variable_share(totals, np.array([1040.0]), 1)
    root = (40.0 + np.sqrt(40.0**2 + 4 * 40.0 * 20.0)) / (2 * 40.0)
    np.testing.assert_allclose(path[:, 0], [100 + 10 * root, 300 + 30 * root, 600 - 20 / root])
    assert path.sum() == pytest.approx(1040.0)


def test_variable_shares_of_a_declining_country_share_the_loss() -> None:
    totals = rows([110, 100], [330, 300])
    path = trends.variable_share(totals, np.array([380.0]), 1)
    np.testing.assert_allclose(path[:, 0], [95.0, 285.0])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), places=st.integers(2, 12), wanted=st.floats(0.97, 1.03))
def test_variable_shares_of_growth_sum_to_the_country(seed: int, places: int, wanted: float) -> None:
    rng = np.random.default_rng(seed)
    now = np.exp(rng.uniform(5, 11, places))
    change = 0.01 * rng.standard_normal(places)
    change[:2] = 0.01, -0.01
    totals = now[:, None] * np.exp(change[:, None] * np.arange(-10, 1))
    country = totals[:, -1].sum() * wanted ** np.arange(1, 6)
    path = trends.variable_share(totals, country, 10)
    floored = (path <= 0.0100001 * totals[:, -1:]).any(axis=0)
    np.testing.assert_allclose(path.sum(axis=0)[~floored], country[~floored], rtol=1e-9)
    assert (path > 0).all()


def test_the_country_of_years_that_lack_places_is_chained_on_those_known() -> None:
    totals = rows([NAN, 10, 11], [100, 200, 220])
    np.testing.assert_allclose(trends.country_totals(totals), [105.0, 210.0, 231.0])


def test_log_shares_are_of_the_chained_country() -> None:
    totals = rows([NAN, 10, 11], [100, 200, 220])
    shares = np.exp(trends.log_shares(totals))
    assert np.isnan(shares[0, 0])
    np.testing.assert_allclose(shares[1], [100 / 105, 200 / 210, 220 / 231])


def test_controlled_paths_sum_to_the_country_and_keep_their_proportions() -> None:
    path = trends.controlled(rows([10, 10], [30, 10]), np.array([80.0, 10.0]))
    np.testing.assert_allclose(path, rows([20, 5], [60, 5]))


def test_growth_is_shrunk_in_a_tiny_place_and_kept_in_a_large_one() -> None:
    years = np.arange(-20, 1)
    growth = np.array([0.03, 0.03, -0.005, -0.005, -0.005, -0.005])
    size = np.array([20.0, 200_000.0, 150_000.0, 20_000.0, 5_000.0, 1_000.0])
    totals = size[:, None] * np.exp(growth[:, None] * years)
    region = np.array([0, 1, 1, 0, 0, 0])
    path = trends.shrunk_growth(totals, region, np.full(8, size.sum()))
    own = np.log(path[:, -1] / path[:, 0]) / 7
    gap = own - own[2]
    assert gap[1] > 0.9 * 0.035
    assert gap[0] < 0.5 * 0.035


def test_equal_growth_of_shares_goes_on_whatever_the_size() -> None:
    totals = rows([10, 11, 12, 13], [1000, 1100, 1200, 1300])
    path = trends.shrunk_growth(totals, np.array([0, 1]), np.array([1400.0, 1500.0]))
    np.testing.assert_allclose(path, rows([1400, 1500], [140_000, 150_000]) / np.array([[101], [101]]))


# The country


def test_growth_of_the_country_fades_into_that_of_a_longer_time() -> None:
    totals = np.array([1000.0] * 5 + list(1000.0 + 10.0 * np.arange(1, 15)) + [1170.0])
    long, late = (1170.0 - totals[4]) / 15, 30.0
    path = country_path(totals, 40)
    np.testing.assert_allclose(path[0], 1170.0 + long + 0.8 * (late - long))
    np.testing.assert_allclose(path[1] - path[0], long + 0.64 * (late - long))
    assert path[-1] - path[-2] == pytest.approx(long, rel=0.01)


def test_the_country_of_one_year_stands_still() -> None:
    assert country_path(np.array([50.0]), 3).tolist() == [50.0] * 3


def test_a_country_never_dies_out() -> None:
    assert (country_path(np.array([1000.0, 500.0]), 20) == 50.0).sum() > 10


# Members, rivals, ensemble


def test_every_member_sums_to_the_country(past: Past) -> None:
    for name, method in MEMBERS.items():
        if name != "boosting":
            path = method(past)
            assert path.shape == (12, 12)
            assert (path > 0).all()
            np.testing.assert_allclose(path.sum(axis=0), past.country, err_msg=name)


def test_every_rival_gives_totals_of_every_place_and_year(past: Past) -> None:
    for name, method in RIVALS.items():
        path = method(past)
        assert path.shape == (12, 12), name
        assert (path > 0).all(), name
        assert np.isfinite(path).all(), name


def test_constant_and_variable_shares_are_averaged(past: Past, land: Country) -> None:
    constant = trends.constant_share(past.history.totals, past.country)
    variable = trends.variable_share(past.history.totals, past.country, 10)
    np.testing.assert_allclose(RIVALS["csp_vsg"](past), 0.5 * (constant + variable))
    np.testing.assert_allclose(RIVALS["no_change"](past)[:, 5], land.totals[:, -1])


def test_the_ensemble_is_the_mean_of_logarithms_brought_to_the_country(past: Past) -> None:
    told = expected(past)
    assert not can_boost(past)
    assert sorted(told.members) == ["cohort_fading", "cohort_held", "shrunk_growth", "trend"]
    mean = np.exp(np.mean([np.log(path) for path in told.members.values()], axis=0))
    np.testing.assert_allclose(told.totals, mean * (past.country / mean.sum(axis=0)))
    np.testing.assert_allclose(told.totals.sum(axis=0), told.country)
    assert told.disagreement.shape == told.totals.shape
    assert (told.disagreement >= 0).all()
    lowest = np.min(list(told.members.values()), axis=0)
    highest = np.max(list(told.members.values()), axis=0)
    assert (told.totals > 0.99 * lowest).all()
    assert (told.totals < 1.01 * highest).all()


def test_expected_ages_meet_the_ensemble_and_follow_cohorts(past: Past) -> None:
    told = expected(past)
    ages = expected_ages(past, told.totals)
    assert (ages >= 0).all()
    np.testing.assert_allclose(ages.sum(axis=(2, 3)), told.totals, rtol=1e-9)
    free = live_cohorts(
        past.base_structure, past.history.region, past.rates, 12, Plan(damping=stepwise(DAMPING))
    )
    old = slice(80, 101)
    np.testing.assert_allclose(ages[..., old].sum(axis=(2, 3)), free[..., old].sum(axis=(2, 3)), rtol=0.2)


def test_hamilton_perry_by_hand(land: Country) -> None:
    history = land.history(structures={2019: land.people[-2], 2020: land.people[-1]})
    ages = hamilton_perry_ages(open_past(history, 2))
    place = 8
    before, now = land.people[-2, place], land.people[-1, place]
    ratio = now[0, 31] / before[0, 30]
    assert ages[place, 0, 0, 31] == pytest.approx(now[0, 30] * ratio)
    children = now[:, 0] / now[1, 20:45].sum()
    np.testing.assert_allclose(ages[place, 0, :, 0], children * ages[place, 0, 1, 20:45].sum())
    np.testing.assert_allclose(RIVALS["hamilton_perry"](open_past(history, 2)), ages.sum(axis=(2, 3)))


def test_hamilton_perry_with_one_year_stands_still(land: Country) -> None:
    ages = hamilton_perry_ages(open_past(land.history(structures={2020: land.people[-1]}), 3))
    np.testing.assert_array_equal(ages[:, 2], land.people[-1])
