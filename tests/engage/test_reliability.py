"""Alpha and omega on covariances whose answer is known."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.engage.reliability import LEAST_PAIRS, alpha, omega, one_factor, pairwise_covariance, reliability

#: Three items of variance 1 that correlate 0.5: alpha = 3/2 · (1 − 3/6); every loading √0.5.
PARALLEL = np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]])


def test_alpha_and_omega_of_three_parallel_items_are_three_quarters() -> None:
    assert alpha(PARALLEL) == pytest.approx(0.75)
    assert omega(PARALLEL) == pytest.approx(0.75)


def test_omega_is_above_alpha_where_items_load_unequally() -> None:
    loadings = np.array([0.9, 0.7, 0.5, 0.3])
    covariance = np.outer(loadings, loadings)
    np.fill_diagonal(covariance, 1.0)
    # By hand: Σλ = 2.4, Σψ = 4 − (0.81 + 0.49 + 0.25 + 0.09) = 2.36; total of the matrix 5.76 + 2.36.
    assert omega(covariance) == pytest.approx(5.76 / 8.12, abs=1e-6)
    assert alpha(covariance) == pytest.approx(4 / 3 * (1 - 4 / 8.12))
    assert omega(covariance) > alpha(covariance)


def test_omega_follows_the_items_own_scales() -> None:
    loadings, spread = np.array([0.9, 0.7, 0.5, 0.3]), np.array([1.0, 2.0, 0.5, 1.5])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)
    common = (loadings * spread).sum() ** 2
    unique = (spread**2 * (1.0 - loadings**2)).sum()
    assert omega(correlation * np.outer(spread, spread)) == pytest.approx(
        common / (common + unique), abs=1e-6
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=9))
def test_loadings_of_an_exact_factor_are_found_again(told: list[float]) -> None:
    loadings = np.array(told)
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)
    found = one_factor(correlation)
    assert np.abs(found) == pytest.approx(loadings, abs=1e-3)


def test_no_nearby_loadings_fit_correlations_with_noise_better() -> None:
    rng = np.random.default_rng(4)
    answers = rng.normal(size=(80, 1)) * rng.uniform(0.4, 1.0, 6) + rng.normal(size=(80, 6))
    correlation = np.array(np.corrcoef(answers.T))
    off = ~np.eye(6, dtype=bool)

    def misfit(loadings: np.ndarray) -> float:
        return float(((correlation - np.outer(loadings, loadings))[off] ** 2).sum())

    found = one_factor(correlation)
    assert all(misfit(found + rng.normal(0.0, 0.01, 6)) > misfit(found) for _ in range(500))


def test_alpha_is_the_textbook_one_where_everybody_answered_everything() -> None:
    rng = np.random.default_rng(1)
    items = np.rint(3 + rng.normal(size=(40, 1)) + rng.normal(size=(40, 5)))
    textbook = 5 / 4 * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))
    assert reliability(items).alpha == pytest.approx(textbook)
    assert reliability(items).respondents == 40


def test_covariance_of_a_pair_is_over_those_who_answered_both() -> None:
    rng = np.random.default_rng(2)
    items = rng.normal(size=(30, 3))
    items[:9, 0] = np.nan
    items[20:, 1] = np.nan
    both = np.isfinite(items[:, :2]).all(axis=1)
    told = pairwise_covariance(items)
    assert told[0, 1] == pytest.approx(np.cov(items[both, 0], items[both, 1])[0, 1])
    assert told[1, 2] == pytest.approx(np.cov(items[:20, 1], items[:20, 2])[0, 1])


def test_reliability_is_not_told_of_few() -> None:
    told = reliability(np.random.default_rng(3).normal(size=(LEAST_PAIRS - 1, 4)))
    assert math.isnan(told.alpha)
    assert math.isnan(told.omega)


def test_items_that_everybody_answers_alike_have_no_reliability() -> None:
    assert math.isnan(reliability(np.full((20, 4), 3.0)).alpha)
    assert math.isnan(reliability(np.full((20, 4), 3.0)).omega)


def test_one_item_that_everybody_answers_alike_adds_nothing() -> None:
    with_it = np.zeros((4, 4))
    with_it[:3, :3] = PARALLEL
    assert omega(with_it) == pytest.approx(omega(PARALLEL), abs=1e-6)
