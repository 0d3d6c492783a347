"""Weights of draws of effects: what a case by hand says."""

import numpy as np
import pytest

from framsyn.validate.weights import between_worlds, effective_size, from_distance, learned, weighted


def test_weights_are_normal_likelihoods_of_the_distances() -> None:
    # exp(−½·0), exp(−½·1), exp(−½·(1 + 1)): 1, 0.6065, 0.3679, which sum to 1.9744.
    weights = from_distance(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, -1.0]]))
    assert weights == pytest.approx([0.5065, 0.3072, 0.1863], abs=1e-4)
    # 1 / (0.2565 + 0.0944 + 0.0347)
    assert effective_size(weights) == pytest.approx(2.593, abs=2e-3)


def test_as_many_equal_weights_tell_as_much_as_there_are_draws() -> None:
    assert effective_size(from_distance(np.zeros((8, 3)))) == pytest.approx(8.0)


def test_chance_is_what_two_worlds_of_the_same_effects_tell_apart() -> None:
    # One draw of effects with worlds at 1 and 3: variance 2 in one world, 1 in the mean of two.
    assert between_worlds(np.array([[[1.0], [3.0]]])) == pytest.approx([1.0])
    assert between_worlds(np.array([[[1.0]], [[9.0]]])) == pytest.approx([0.0])


def test_distances_are_in_tolerances_with_chance_and_what_no_draw_reaches_does_not_weigh() -> None:
    values = np.zeros((2, 2, 2))
    values[0, :, 0], values[1, :, 0] = (2.0, 4.0), (4.0, 6.0)
    values[:, :, 1] = 100.0
    found = weighted(values, np.array([3.0, 0.0]), np.array([np.sqrt(3.0), 1.0]))
    # Means 3 and 5, tolerance² 3 and chance² 1: distances 0 and 2 / 2 = 1.
    assert found.distance[:, 0] == pytest.approx([0.0, 1.0])
    assert found.used.tolist() == [True, False]
    # 1 and exp(−½) over their sum.
    assert found.weights == pytest.approx([0.6225, 0.3775], abs=1e-4)
    assert found.before[0] == pytest.approx(4.0)
    assert found.after[0] == pytest.approx(3.0 * 0.6225 + 5.0 * 0.3775, abs=1e-3)


def test_a_coefficient_that_the_weights_select_by_is_learned_and_another_is_not() -> None:
    values = np.linspace(-1.0, 1.0, 201)
    weights = from_distance(values[:, None] / 0.2)
    told = learned(values, weights)
    # A normal of sd 0.2 against a uniform of sd 0.58.
    assert told.ratio == pytest.approx(0.2 / np.sqrt(1.0 / 3.0), abs=0.01)
    assert told.narrower
    assert not told.moved
    other = np.tile([1.0, -1.0], 101)[:201]
    assert not learned(other, weights).narrower


def test_weights_all_alike_teach_nothing() -> None:
    told = learned(np.arange(10.0), np.full(10, 0.1))
    assert told.ratio == pytest.approx(1.0)
    assert told.shift == pytest.approx(0.0)
    assert not told.narrower
    assert not told.moved
