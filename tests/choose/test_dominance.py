"""Pareto dominance and hypervolume against counting by hand and by brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from framsyn.choose.dominance import Scale, hypervolume, hypervolume_share, nondominated
from framsyn.model.layout import Floats


@given(arrays(np.float64, (12, 3), elements=st.integers(0, 4).map(float)))
def test_a_row_is_left_out_exactly_when_another_beats_it_or_an_earlier_is_equal(rows: Floats) -> None:
    expected = []
    for place, row in enumerate(rows):
        beaten = ((rows <= row).all(axis=1) & (rows < row).any(axis=1)).any()
        repeated = (rows[:place] == row).all(axis=1).any()
        if not beaten and not repeated:
            expected.append(place)
    assert nondominated(rows).tolist() == expected


def test_the_volume_of_two_steps_is_counted_by_hand() -> None:
    # Of the square 0…4: [1, 3] dominates 3 × 1, [2, 1] dominates 2 × 3, together with 2 × 1 counted twice.
    assert hypervolume(np.array([[1.0, 3.0], [2.0, 1.0]]), np.array([4.0, 4.0])) == pytest.approx(3 + 6 - 2)


def test_rows_beyond_the_reference_point_add_nothing() -> None:
    inside, edge = np.array([[0.5, 0.5]]), np.array([1.0, 1.0])
    assert hypervolume(np.vstack([inside, [[0.1, 1.5]]]), edge) == hypervolume(inside, edge) == 0.25
    assert hypervolume(inside + 1.0, edge) == 0.0


def test_the_estimate_for_large_sets_is_near_the_exact_volume_and_always_the_same() -> None:
    points = np.abs(np.random.default_rng(1).normal(size=(1500, 5)))
    points /= np.linalg.norm(points, axis=1)[:, None]
    exact, edge = hypervolume(points, np.full(5, 1.1)), np.full(5, 1.1)
    estimate = hypervolume(points, edge, exact=False)
    assert estimate == pytest.approx(exact, rel=0.01)
    assert estimate == hypervolume(points, edge, exact=False)


def test_a_share_of_the_box_does_not_depend_on_units_even_where_an_objective_stands_still() -> None:
    rows = np.array([[0.0, 2.0, 5.0], [1.0, 1.0, 5.0], [3.0, 0.0, 5.0]])
    scaled = rows * np.array([1e6, 1e-3, 1.0])
    assert hypervolume_share(rows, Scale(rows)) == pytest.approx(hypervolume_share(scaled, Scale(scaled)))
