"""How well a figure tells lives apart, and what chance alone does."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.evaluate.separation import auc, best_cut, half_at, middle_ranks, noise, pairwise_auc, rates


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30).filter(
        lambda told: 0 < sum(found for _, found in told) < len(told)
    )
)
def test_the_auc_is_the_chance_of_being_above_with_ties_half(told: list[tuple[int, bool]]) -> None:
    values = np.array([[float(value)] for value, _ in told])
    found = np.array([one for _, one in told])
    pairs = list(product(values[found, 0], values[~found, 0]))
    counted = np.mean([float(one > other) + 0.5 * float(one == other) for one, other in pairs])
    assert auc(values, found)[0] == pytest.approx(counted)


def test_equal_values_share_their_rank() -> None:
    assert middle_ranks(np.array([[3.0], [1.0], [3.0]]))[:, 0].tolist() == [2.5, 1.0, 2.5]


def test_classes_that_are_never_mixed_up_are_told_apart_fully() -> None:
    values = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]])
    assert pairwise_auc(values, np.array([2, 2, 0, 0, 1, 1]), 3)[0] == 1.0


def test_the_best_of_many_figures_of_noise_is_seldom_beyond_the_noise_level() -> None:
    generator = np.random.default_rng(1)
    found = np.arange(200) < 60
    told = [
        np.abs(auc(generator.normal(size=(200, 20)), found) - 0.5).max() > noise(60, 140, 20)
        for _ in range(200)
    ]
    assert 0.01 <= np.mean(told) <= 0.09  # 5 % promised


def test_the_cut_that_parts_the_groups_is_found_on_either_side() -> None:
    values = np.array([1.0, 2.0, 3.0, 10.0, 11.0, 12.0])
    found = values > 5.0
    assert best_cut(values, found, above=True) == 6.5
    assert best_cut(-values, found, above=False) == -6.5
    assert rates(values > 6.5, found) == (1.0, 0.0)


def test_half_of_the_lives_are_found_where_the_logistic_curve_crosses() -> None:
    generator = np.random.default_rng(2)
    values = generator.normal(5.0, 2.0, size=20_000)
    found = generator.random(20_000) < 1.0 / (1.0 + np.exp(-2.0 * (values - 6.0)))
    assert half_at(values, found) == pytest.approx(6.0, abs=0.1)
    assert np.isnan(half_at(values, values > 1e9))
