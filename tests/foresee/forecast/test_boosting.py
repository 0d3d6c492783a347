import numpy as np
import pytest

from framsyn.calibrate.known import Floats
from framsyn.foresee.forecast import boosting as boost
from framsyn.foresee.forecast.boosting import boosting, can_boost, features, shifted
from framsyn.foresee.forecast.ensemble import expected
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.past import Past, earlier, open_past
from framsyn.foresee.forecast.trends import log_shares, no_change

from .made import Country, country, stationary

PLACES, YEARS, HORIZON = 60, 40, 5


def swaying(seed: int) -> tuple[Past, Floats]:
    """Places whose growth turns about every third year: a past of 40 years, and the next five."""
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 6, PLACES)
    years = np.arange(YEARS + HORIZON)
    growth = 0.02 * np.sign(np.sin(2 * np.pi * (years + phase[:, None]) / 6.0))
    growth = growth + 0.002 * rng.standard_normal(growth.shape)
    totals = np.exp(rng.uniform(7, 11, PLACES))[:, None] * np.exp(np.cumsum(growth, axis=1))
    region = np.arange(PLACES) % 5
    people = totals[:, YEARS - 1, None, None] * stationary()
    history = History(
        base_year=2000 + YEARS - 1,
        codes=tuple(f"{i:03d}" for i in range(PLACES)),
        region=region,
        cluster=region // 2,
        first_year=2000,
        totals=totals[:, :YEARS],
        published=np.ones((PLACES, YEARS), dtype=bool),
        groups={},
        bounds=(),
        structures={2000 + YEARS - 1: people},
        regional={},
        births={},
        fertility={},
    )
    return open_past(history, HORIZON), totals[:, YEARS:]


@pytest.fixture(scope="module")
def past() -> Past:
    return swaying(3)[0]


@pytest.fixture(scope="module")
def path(past: Past) -> Floats:
    return boosting(past)


def test_a_rule_of_the_past_is_learned(past: Past, path: Floats) -> None:
    truth = swaying(3)[1]

    def error(told: Floats) -> float:
        gap = np.log(told / told.sum(axis=0)) - np.log(truth / truth.sum(axis=0))
        return float(np.abs(gap[:, :3]).mean())

    assert error(path) < 0.6 * error(no_change(past.history.totals, HORIZON))


def test_it_sums_to_the_country_and_is_the_same_every_time(past: Past, path: Floats) -> None:
    np.testing.assert_allclose(path.sum(axis=0), past.country)
    assert (path == boosting(open_past(past.history, HORIZON))).all()
    assert (path > 0).all()


def test_beyond_three_years_the_yearly_change_fades(past: Past, path: Floats) -> None:
    moved = np.log(path) - np.log(past.history.totals[:, -1:])
    beside = moved - moved[0]  # what the control to the country adds to every place is gone
    np.testing.assert_allclose(beside[:, 3], beside[:, 2] * (3 + 0.95) / 3, atol=1e-9)
    np.testing.assert_allclose(beside[:, 4], beside[:, 2] * (3 + 0.95 + 0.95**2) / 3, atol=1e-9)


def test_a_short_history_cannot_be_learned_from(past: Past) -> None:
    assert can_boost(past)
    assert not can_boost(earlier(past, 2000 + 12, HORIZON))
    few = country([900] * 3, [0, 0, 0], range(1990, 2021))
    assert not can_boost(open_past(few.history(), HORIZON))


def test_it_is_left_out_where_its_library_is_not_installed(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "boosting" in expected(past).members
    monkeypatch.setattr(boost, "library", lambda: None)
    assert not can_boost(past)
    assert sorted(expected(past).members) == ["cohort_fading", "cohort_held", "shrunk_growth", "trend"]
    with pytest.raises(ModuleNotFoundError, match="lightgbm"):
        boosting(past)


def test_features_of_a_year_rest_on_that_year_and_before(land: Country) -> None:
    past = open_past(land.history(), 5)
    whole = features(past, log_shares(past.history.totals))
    cut = earlier(past, 2015, 5)
    seen = features(cut, log_shares(cut.history.totals))
    # Shares are of the country of the year, and so are the same; only later years are gone.
    np.testing.assert_allclose(whole[:, :16], seen, rtol=1e-9, atol=1e-12)


def test_shifted_values_are_those_of_years_before() -> None:
    values = np.array([[1.0, 2.0, 3.0]])
    np.testing.assert_array_equal(shifted(values, 1), [[np.nan, 1.0, 2.0]])
    np.testing.assert_array_equal(shifted(values, 2), [[np.nan, np.nan, 1.0]])
    assert np.isnan(shifted(values, 5)).all()


def test_neighbours_are_the_others_of_the_region_weighted_by_residents() -> None:
    totals = np.array([[100.0, 100.0], [100.0, 110.0], [200.0, 260.0], [50.0, 60.0]])
    shares = np.log(totals)
    told = boost._of_neighbours(totals, shares, np.array([0, 0, 0, 1]), 1)
    change = np.log(totals[:, 1] / totals[:, 0])
    expected_first = (110.0 * change[1] + 260.0 * change[2]) / 370.0
    assert told[0, 1] == pytest.approx(expected_first)
    assert np.isnan(told[3, 1])
    assert np.isnan(told[:, 0]).all()
