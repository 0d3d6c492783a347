import numpy as np

from framsyn.foresee.processes import autoregressive, integrated, multiplier, small_numbers, wandering


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


def test_a_walk_with_correlated_changes_has_mean_one_and_the_stated_spread() -> None:
    normals = np.random.default_rng(3).standard_normal((300_000, 5))
    paths = integrated(normals, 0.5, 0.05)
    np.testing.assert_allclose(paths.mean(axis=0), 1.0, atol=0.002)
    # By hand, changes c1 = √.75·z1, c2 = .5c1 + √.75·z2 (× 0.05): var(c1 + c2) = .75·(1.5² + 1)·.0025.
    np.testing.assert_allclose(np.log(paths[:, 1]).var(), 0.75 * 3.25 * 0.0025, rtol=0.02)


def test_a_wandering_level_starts_uncertain_and_ends_at_its_long_run_spread() -> None:
    rng = np.random.default_rng(4)
    paths = wandering(rng.standard_normal(200_000), rng.standard_normal((200_000, 40)), 0.8, 0.1)
    np.testing.assert_allclose(paths.mean(axis=0), 1.0, atol=0.002)
    logs = np.log(paths)
    np.testing.assert_allclose(logs[:, 0].var(), 0.01 * (0.36 + 0.5 * 0.64), rtol=0.02)
    np.testing.assert_allclose(logs[:, -1].std(), 0.1, rtol=0.01)
