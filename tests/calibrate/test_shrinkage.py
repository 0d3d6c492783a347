"""Empirical Bayes against synthetic places whose variance is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.calibrate.shrinkage import (
    SHAPE_RANGE,
    effective_counts,
    gamma_shape,
    maximise,
    shrink_normal,
    shrink_ratios,
    shrink_weight,
)


def test_the_maximum_of_a_parabola_is_found() -> None:
    assert maximise(lambda x: -((x - 1.25) ** 2), -10.0, 10.0) == pytest.approx(1.25, abs=1e-6)


def test_the_variance_between_places_is_recovered() -> None:
    rng = np.random.default_rng(1)
    expected = rng.uniform(20, 2_000, 2_000)
    observed = rng.poisson(expected * rng.gamma(40.0, 1 / 40.0, 2_000)).astype(np.float64)
    assert gamma_shape(observed, expected) == pytest.approx(40.0, rel=0.15)


def test_places_that_differ_only_by_chance_borrow_everything() -> None:
    rng = np.random.default_rng(2)
    expected = np.full(500, 50.0)
    shrunk = shrink_ratios(rng.poisson(expected).astype(np.float64), expected)
    assert shrunk.weight.max() < 0.1
    assert np.abs(shrunk.ratio - 1.0).max() < 0.1


def test_the_weight_is_expected_over_expected_plus_shape() -> None:
    weight = shrink_weight(np.array([0.0, 50.0, 150.0, 1e9]), 50.0)
    assert weight == pytest.approx([0.0, 0.5, 0.75, 1.0], abs=1e-6)


def test_the_posterior_lies_nearer_the_truth_than_the_raw_ratio() -> None:
    rng = np.random.default_rng(3)
    expected = rng.uniform(2, 60, 400)
    truth = rng.gamma(30.0, 1 / 30.0, 400)
    observed = rng.poisson(expected * truth).astype(np.float64)
    shrunk = shrink_ratios(observed, expected)
    raw = np.mean((observed / expected - truth) ** 2)
    assert np.mean((shrunk.ratio - truth) ** 2) < 0.5 * raw


def test_a_prior_that_depends_on_size_is_learnt() -> None:
    rng = np.random.default_rng(4)
    z = rng.normal(size=800)
    expected = rng.uniform(50, 500, 800)
    observed = rng.poisson(expected * np.exp(0.1 + 0.3 * z)).astype(np.float64)
    shrunk = shrink_ratios(observed, expected, np.stack([np.ones(800), z], axis=1))
    slope = np.polyfit(z, np.log(shrunk.prior), 1)
    assert slope == pytest.approx([0.3, 0.1], abs=0.02)


@given(
    st.lists(
        st.tuples(st.integers(0, 5_000), st.floats(0.0, 5_000.0, allow_subnormal=False)),
        min_size=3,
        max_size=20,
    )
)
def test_no_ratio_is_ever_zero_or_infinite(places: list[tuple[int, float]]) -> None:
    observed, expected = np.array(places, dtype=np.float64).T
    shrunk = shrink_ratios(observed, expected)
    assert np.isfinite(shrunk.ratio).all()
    assert (shrunk.ratio > 0).all()
    assert ((shrunk.weight >= 0) & (shrunk.weight <= 1)).all()
    assert SHAPE_RANGE[0] * 0.99 <= shrunk.shape <= SHAPE_RANGE[1] * 1.01


def test_years_of_unequal_weight_keep_the_variance_of_a_count() -> None:
    # E = 10 in both years, weights 1 and ½: Σ wE = 15, Σ w²E = 12.5, so both sums are scaled by 1.2
    counts, expected = np.array([[12.0, 8.0]]), np.array([[10.0, 10.0]])
    observed, wanted = effective_counts(counts, expected, np.array([[1.0, 0.5]]))
    assert observed[0] == pytest.approx(1.2 * 16.0)
    assert wanted[0] == pytest.approx(1.2 * 15.0)


def test_normal_deviations_are_shrunk_by_signal_over_signal_plus_noise() -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(0.0, [0.1, 0.02], (10_000, 2))
    noise = np.full((10_000, 2), 0.05**2)
    observed = truth + rng.normal(0.0, 0.05, truth.shape)
    posterior = shrink_normal(observed, noise, np.ones((10_000, 1)), rounds=60)
    assert posterior.weight.mean(axis=0) == pytest.approx([0.8, 0.138], abs=0.03)
    assert np.mean((posterior.mean - truth) ** 2) < 0.6 * np.mean((observed - truth) ** 2)
