import numpy as np
import pytest

from framsyn.foresee.processes import (
    autoregressive,
    companions,
    multiplier,
    second_order,
    second_order_mean,
    second_order_variance,
    small_numbers,
)

CYCLE = (1.05, -0.5)


def test_an_autoregressive_path_by_hand() -> None:
    path = autoregressive(np.array([[1.0, -2.0, 0.5]]), 0.5, 0.1)
    np.testing.assert_allclose(path, [[0.1, 0.05 - 0.2, -0.075 + 0.05]])


def test_a_cycle_by_hand() -> None:
    path = second_order(np.array([[1.0, 0.0, -1.0]]), CYCLE, 0.1, now=0.2, before=0.1)
    first = 1.05 * 0.2 - 0.5 * 0.1 + 0.1
    second = 1.05 * first - 0.5 * 0.2
    np.testing.assert_allclose(path, [[first, second, 1.05 * second - 0.5 * first - 0.1]])


def test_without_shocks_a_cycle_turns_back_to_its_mean_as_its_roots_say() -> None:
    roots = np.roots([1.0, -CYCLE[0], -CYCLE[1]])
    weights = np.linalg.solve(np.stack([roots**0, roots**-1.0]), np.array([0.3, 0.2]))
    years = np.arange(1, 31)
    expected = (weights[0] * roots[0] ** years + weights[1] * roots[1] ** years).real
    np.testing.assert_allclose(second_order_mean(30, CYCLE, 0.3, 0.2), expected, atol=1e-12)
    assert abs(expected[-1]) < 1e-4


def test_the_variance_of_a_cycle_is_the_sum_of_its_squared_responses() -> None:
    responses = np.array([1.0, 1.05, 1.05 * 1.05 - 0.5])
    variance = second_order_variance(3, CYCLE, 0.133)
    np.testing.assert_allclose(variance, 0.133**2 * np.cumsum(responses**2))


def test_multipliers_have_mean_one_in_every_year() -> None:
    normals = np.random.default_rng(1).standard_normal((200_000, 6))
    paths = multiplier(normals, 0.9, 0.2)
    np.testing.assert_allclose(paths.mean(axis=0), 1.0, atol=0.006)
    assert (paths > 0).all()


@pytest.mark.parametrize(("correlation", "years"), [(0.17, 3), (0.3, 1), (0.12, 5)])
def test_companions_are_independent_by_year_and_foretell_as_many_years_as_stated(
    correlation: float, years: int
) -> None:
    """What each normal contributes is known exactly: one row of a unit matrix at a time."""
    count, ahead = 12, years - 1
    of_leading = companions(np.eye(count + ahead), np.zeros((count + ahead, count)), correlation, years).T
    of_own = companions(np.zeros((count, count + ahead)), np.eye(count), correlation, years).T
    np.testing.assert_allclose(of_leading @ of_leading.T + of_own @ of_own.T, np.eye(count), atol=1e-12)
    foretold = [
        [correlation if 0 <= later - year < years else 0.0 for later in range(count + ahead)]
        for year in range(count)
    ]
    np.testing.assert_allclose(of_leading, foretold, atol=1e-15)


def test_companions_over_more_years_begin_with_the_same_bits() -> None:
    rng = np.random.default_rng(3)
    leading, own = rng.standard_normal((4, 52)), rng.standard_normal((4, 50))
    few = companions(leading[:, :12], own[:, :10], 0.17, 3)
    np.testing.assert_array_equal(few, companions(leading, own, 0.17, 3)[:, :10])


def test_small_number_noise_has_the_variance_of_a_poisson_count() -> None:
    normals = np.random.default_rng(2).standard_normal(400_000)
    for expected in (0.5, 4.0, 100.0):
        noise = small_numbers(normals, expected)
        np.testing.assert_allclose(noise.mean(), 1.0, atol=0.01)
        np.testing.assert_allclose(noise.var() * expected, 1.0, atol=0.15)
