"""The kernel against the same equations in plain NumPy, as the benchmark uses them."""

import sys
from pathlib import Path

import numpy as np

from framsyn.model.kernel import live_population
from framsyn.model.layout import AGES
from framsyn.model.population import FLOWS

from .lives import some_people, some_rates

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from numpy_reference import live_population_numpy


def test_the_kernel_gives_what_plain_numpy_gives() -> None:
    rng = np.random.default_rng(9)
    rates = some_rates(rng, 15)
    multipliers = np.exp(0.3 * rng.standard_normal((6, 16, FLOWS)))
    ages, flows = np.zeros((16, 2, AGES)), np.zeros((6, 16, FLOWS))
    live_population(some_people(), rates, multipliers, ages, flows)
    plain_ages, plain_flows = live_population_numpy(some_people(), rates, multipliers)
    np.testing.assert_allclose(ages, plain_ages, rtol=1e-11, atol=1e-9)
    np.testing.assert_allclose(flows[:, 1:], plain_flows[:, 1:], rtol=1e-11, atol=1e-9)


def test_neither_sex_is_like_the_other_in_what_the_two_are_compared_on() -> None:
    """Even rates would hide sexes or years that have changed places."""
    rates = some_rates(np.random.default_rng(9), 15)
    assert abs(rates.male_birth_share - 0.5) > 0.005
    for by_year in (rates.mortality, rates.out_rate, rates.moves_in):
        assert (by_year[1:] != by_year[:-1]).all()
        assert (by_year[:, 0] != by_year[:, 1]).all()
