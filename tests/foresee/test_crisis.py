import numpy as np

from framsyn.foresee.crisis import CrisisLaw

LAW = CrisisLaw(hazard=0.02, build_years=3, size=0.6, size_sd=0.25, persistence=0.5)


def test_a_depression_builds_up_over_three_years_and_leaves_slowly() -> None:
    np.testing.assert_allclose(LAW.profile(6), [1 / 3, 2 / 3, 1.0, 0.5, 0.25, 0.125])


def test_a_depression_that_begins_in_the_second_year_by_hand() -> None:
    begins = np.full((2, 5), -1.0)
    begins[1, 1] = 4.0
    depth = np.full((2, 5), 2.0)
    paths = LAW.paths(begins, depth)
    assert not paths[0].any()
    deepest = 0.6 * (1.0 + 0.25 * 2.0)
    np.testing.assert_allclose(paths[1], [0.0, deepest / 3, deepest * 2 / 3, deepest, deepest / 2])


def test_depressions_begin_as_often_as_the_hazard_says() -> None:
    normals = np.random.default_rng(1).standard_normal((50_000, 1))
    begun = LAW.paths(normals, np.zeros_like(normals)) > 0.0
    assert abs(begun.mean() - 0.02) < 0.002


def test_a_multiplier_that_feels_depressions_is_brought_back_to_mean_one() -> None:
    rng = np.random.default_rng(2)
    begins, depth = rng.standard_normal((2, 200_000, 8))
    felt = -0.7 * LAW.paths(begins, depth) - LAW.log_mean(8, -0.7)
    np.testing.assert_allclose(np.exp(felt).mean(axis=0), 1.0, atol=0.002)
