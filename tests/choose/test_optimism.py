"""The winner's curse is measured."""

import numpy as np
import pytest

from framsyn.choose.dominance import nondominated
from framsyn.choose.optimism import optimism
from framsyn.errors import FramsynError


def test_it_is_counted_by_hand() -> None:
    own = np.array([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0]])
    fresh = np.array([[0.0, 2.0], [2.0, 2.0], [2.0, 0.0]])
    told = optimism(own, fresh, np.array([[0.0], [-1.0], [1.0]]))
    assert told.difference.tolist() == pytest.approx([1 / 3, 1 / 3])
    # The second is beaten by the first, the third breaks the constraint.
    assert told.still_best == told.still_kept / 2 == pytest.approx(1 / 3)
    # In shares of 0…2 with the edge at 1.1: own dominates 1.1 · 0.1 + 0.6 · 0.5 + 0.1 · 0.5, fresh 1.1 · 0.1.
    assert told.hypervolume_own == pytest.approx((1.1 * 0.1 + 0.6 * 0.5 + 0.1 * 0.5) / 1.21)
    assert told.hypervolume_fresh == pytest.approx(1.1 * 0.1 / 1.21)


def test_equal_estimates_show_no_optimism() -> None:
    own = np.array([[0.0, 2.0], [0.0, 2.0], [2.0, 0.0]])
    told = optimism(own, own)
    assert told.difference.tolist() == [0.0, 0.0]
    assert (told.still_best, told.still_kept) == (1.0, 1.0)
    assert told.hypervolume_own == told.hypervolume_fresh


def test_rows_chosen_for_their_luck_are_shown_to_promise_too_much() -> None:
    rng = np.random.default_rng(3)
    chosen, everyone = [], []
    for _ in range(30):
        true = rng.random((500, 3))
        own, fresh = (true + 0.3 * rng.normal(size=true.shape) for _ in range(2))
        best = nondominated(own)
        chosen.append(optimism(own[best], fresh[best]))
        everyone.append(optimism(own, fresh))
    assert (np.mean([told.difference for told in chosen], axis=0) > 0.1).all()
    assert np.abs(np.mean([told.difference for told in everyone], axis=0)).max() < 0.01
    assert np.mean([told.still_best for told in chosen]) < 0.8
    assert np.mean([told.hypervolume_own - told.hypervolume_fresh for told in chosen]) > 0.1


def test_estimates_of_other_rows_are_refused() -> None:
    with pytest.raises(FramsynError, match="must be of the same rows"):
        optimism(np.zeros((2, 2)), np.zeros((3, 2)))
