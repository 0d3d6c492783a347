"""A short list stands for a long front."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.choose.dominance import BEYOND, Scale, hypervolume, nondominated
from framsyn.choose.thinning import thin


def sphere(count: int, objectives: int, seed: int) -> np.ndarray:
    points = np.abs(np.random.default_rng(seed).normal(size=(count, objectives)))
    return np.asarray(points / np.linalg.norm(points, axis=1)[:, None])


def test_a_front_that_is_short_enough_is_kept_whole_without_the_beaten() -> None:
    objectives = np.array([[0.0, 3.0], [1.0, 1.0], [2.0, 2.0], [3.0, 0.0]])
    assert thin(objectives, 10).tolist() == [0, 1, 3]


def test_of_two_clusters_and_a_knee_one_of_each_stays() -> None:
    objectives = np.array(
        [[0.0, 1.0], [0.001, 0.999], [0.2, 0.2], [0.201, 0.199], [0.999, 0.001], [1.0, 0.0]]
    )
    assert set(thin(objectives, 3).tolist()) in ({0, 2, 5}, {0, 3, 5})


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), objectives=st.integers(2, 5), size=st.integers(1, 30))
def test_the_best_of_every_objective_stays_and_the_size_is_kept(
    seed: int, objectives: int, size: int
) -> None:
    points = sphere(120, objectives, seed)
    kept = thin(points, size)
    assert len(kept) == len(set(kept.tolist())) == min(size, len(nondominated(points)))
    if size >= objectives:
        assert np.array_equal(points[kept].min(axis=0), points.min(axis=0))


def test_the_short_list_is_nearly_the_best_of_its_size() -> None:
    points = sphere(14, 3, 1)
    shares, edge = Scale(points)(points), np.full(3, 1.0 + BEYOND)
    best = max(hypervolume(shares[list(some)], edge) for some in combinations(range(14), 6))
    assert hypervolume(shares[thin(points, 6)], edge) > 0.97 * best


def test_units_of_the_objectives_do_not_matter() -> None:
    points = sphere(300, 3, 5)
    assert np.array_equal(thin(points, 20), thin(points * np.array([1000.0, 0.01, 1.0]) + 7.0, 20))
