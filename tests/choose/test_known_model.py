"""What the small municipality's page says of itself is true."""

import numpy as np

from framsyn.choose.variables import Variables
from tests.choose.known_model import (
    IMMIGRATION,
    INTEREST,
    LEVERS,
    KnownModel,
    failure_box,
    mean_outcome,
    money_left,
    worlds,
)


def test_the_mean_over_its_worlds_is_the_analytic_outcome() -> None:
    rows = Variables(LEVERS).sample(50, np.random.default_rng(1))
    assert np.allclose(KnownModel().evaluate(rows).objectives, mean_outcome(rows), rtol=1e-12, atol=0.0)
    assert np.allclose(
        KnownModel(worlds(40, 9)).evaluate(rows).objectives, mean_outcome(rows), rtol=1e-12, atol=0
    )


def test_a_strategy_fails_exactly_in_its_box() -> None:
    rows = Variables(LEVERS).sample(20, np.random.default_rng(2))
    of_worlds = worlds(2000, 3)
    fails = money_left(rows, of_worlds) < 0.0
    low, high = failure_box(rows)
    inside = (of_worlds[:, IMMIGRATION] < low[:, None]) & (of_worlds[:, INTEREST] > high[:, None])
    assert np.array_equal(fails, inside)
    # Worlds are uniform, so the share that fails is the area of the box, cut at the whole cube.
    area = np.minimum(low, 1.0) * (1.0 - np.maximum(high, 0.0))
    assert np.abs(fails.mean(axis=1) - area).max() < 0.03


def test_who_borrows_more_fails_in_more_worlds() -> None:
    rows = Variables(LEVERS).sample(40, np.random.default_rng(4))
    order = np.argsort(mean_outcome(rows)[:, 0])
    failing = (money_left(rows, worlds(1000, 5)) < 0.0).sum(axis=1)[order]
    assert (np.diff(failing) >= 0).all()
    assert failing[-1] > failing[0]
