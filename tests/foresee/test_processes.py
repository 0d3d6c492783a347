import numpy as np

from framsyn.foresee.processes import autoregressive, multiplier, small_numbers


def test_an_autoregressive_path_by_hand() -> None:
    path = autoregressive(np.array([[1.0, -2.0, 0.5]]), 0.5, 0.1)
    np.testing.assert_allclose(path, [[0.1, 0.05 - 0.2, -0.075 + 0.05]])


def test_multipliers_have_mean_one_in_every_year() -> None:
    normals = np.random.default_rng(1).standard_normal((200_000, 6))
    paths = multiplier(normals, 0.9, 0.2)
    np.testing.assert_allclose(paths.mean(axis=0), 1.0, atol=0.006)
    assert (paths > 0).all()


def test_small_number_noise_has_the_variance_of_a_poisson_count() -> None:
    normals = np.random.default_rng(2).standard_normal(400_000)
    for expected in (0.5, 4.0, 100.0):
        noise = small_numbers(normals, expected)
        np.testing.assert_allclose(noise.mean(), 1.0, atol=0.01)
        np.testing.assert_allclose(noise.var() * expected, 1.0, atol=0.15)
