"""Parameters of the worlds: recovered from synthetic histories, and of the size of the past."""

import numpy as np
import pytest

from framsyn.calibrate.setting import Setting
from framsyn.calibrate.uncertainty import (
    LAGS,
    Wander,
    as_values,
    contiguous,
    fit_autoregression,
    implied_total_sd,
    size_law,
    structure_function,
    summed_variance,
    uncertainty,
    wander_of,
)
from framsyn.calibrate.uncertainty_national import increments, sd_and_correlation

NEEDED = ("mobility", "immigration", "emigration")
LOCAL = ("local_moves_in", "local_moves_out", "local_immigration")


def test_changes_never_bridge_a_gap_between_years() -> None:
    assert increments({2000: 1.0, 2001: 2.0, 2003: 8.0}) == pytest.approx([np.log(2.0)])


def test_the_longest_run_of_years_is_used() -> None:
    assert contiguous([1990, 2010, 2011, 2012, 2025]) == [2010, 2011, 2012]
    assert contiguous([]) == []


def test_an_alternating_series_has_no_positive_correlation() -> None:
    assert sd_and_correlation(np.array([1.0, -1.0] * 10))[1] == 0.0


def test_an_autoregression_is_recovered_from_its_differences() -> None:
    rho, variance = 0.8, np.array([0.04, 0.01])
    growth = 2 * (1 - rho ** np.array(LAGS)) / (1 - rho**2)
    found, fitted = fit_autoregression(variance[:, None] * growth)
    assert found == pytest.approx(rho)
    assert fitted == pytest.approx(variance)


def test_poisson_noise_is_not_taken_for_wandering() -> None:
    rng = np.random.default_rng(7)
    counts = {y: rng.poisson(400.0, 3_000).astype(np.float64) for y in range(2000, 2013)}
    differences = structure_function(counts, np.ones(3_000, dtype=np.bool_))
    assert np.abs(differences).max() < 2e-4


def test_a_power_law_of_size_is_recovered() -> None:
    size = np.array([3e3, 1e4, 1e5])
    sd, exponent = size_law(size, (0.1 * (size / 1e4) ** -0.3) ** 2, np.ones(3))
    assert (sd, exponent) == pytest.approx((0.1, 0.3))


def test_the_sum_of_two_years_of_an_autoregression_has_the_known_variance() -> None:
    # x1 + x2 = (1 + ρ)·e1 + e2
    assert summed_variance(0.5, 2) == pytest.approx(1.5**2 + 1.0)


def test_small_places_wander_more() -> None:
    wander = Wander(0.9, 0.07, 0.25)
    assert wander.innovation(10_000) == pytest.approx(0.07)
    assert wander.innovation(160_000) == pytest.approx(0.035)
    assert wander.innovation(1) == wander.innovation(100)


def test_without_history_every_parameter_is_marked_assumed(minimum: Setting) -> None:
    found = uncertainty(minimum)
    assert all(p.status == 2 for p in found)
    assert {f"{name}_sd" for name in NEEDED + LOCAL} <= {p.name for p in uncertainty(minimum)}


@pytest.mark.data
def test_every_parameter_has_a_source_and_a_sensible_size(setting: Setting) -> None:
    found = uncertainty(setting)
    values = as_values(found)
    assert len(values) == len(found)
    assert all(p.source and p.note and p.unit for p in found)
    for name in NEEDED + LOCAL:
        assert 0.0 < values[f"{name}_sd"] < 0.5, name
        assert 0.0 <= values[f"{name}_persistence"] < 1.0, name
    assert 0.5 < values["immigration_long_run_factor"] < 1.1


@pytest.mark.data
def test_five_year_spread_is_that_of_the_past(setting: Setting) -> None:
    """Changes of share around the five-year trend, origins 1990–2020: sd 2.9 % at 5–10,000."""
    values = as_values(uncertainty(setting))
    coming, leaving = wander_of(values, "local_moves_in"), wander_of(values, "local_moves_out")
    assert implied_total_sd(0.042, 7_000, coming, leaving) == pytest.approx(0.029, rel=0.25)
    assert implied_total_sd(0.051, 120_000, coming, leaving) == pytest.approx(0.0176, rel=0.25)
