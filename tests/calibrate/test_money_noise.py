"""How money wanders: known answers, and the numbers that worlds use."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.money_noise import cost_noise, margin_noise, noise_of
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.places.tables import Tables


def test_lasting_and_one_off_noise_are_told_apart() -> None:
    rng = np.random.default_rng(1)
    lasting = np.cumsum(0.03 * rng.standard_normal((4000, 9)), axis=1)
    values = lasting + 0.05 * rng.standard_normal((4000, 9)) + np.linspace(0.0, 1.0, 9)
    found = noise_of(values, np.full(4000, 10_000.0))
    assert abs(found.lasting - 0.03) < 0.004
    assert abs(found.one_off - 0.05) < 0.004


@pytest.mark.data
def test_worlds_wander_as_the_accounts_have(data_folder: Path) -> None:
    tables, told = Tables.open(data_folder), economic_parameters()
    assert abs(cost_noise(tables).lasting / told["local_cost_sd"] - 1.0) < 0.2
    assert abs(margin_noise(tables).one_off / told["one_off_sd"] - 1.0) < 0.2
