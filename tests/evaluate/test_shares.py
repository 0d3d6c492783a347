import numpy as np
import pytest
from numpy.random import default_rng

from framsyn.evaluate.shares import Floats, owen_weights


def values_of(coalitions: tuple[int, ...], worth: dict[int, float]) -> Floats:
    return np.array([worth[one] for one in coalitions])


@pytest.mark.parametrize("groups", [(1,), (3,), (2, 1), (3, 4, 2), (1, 1, 1, 1)])
def test_the_shares_sum_to_the_change_whatever_the_values(groups: tuple[int, ...]) -> None:
    coalitions, weights = owen_weights(groups)
    values = default_rng(1).normal(size=len(coalitions))
    assert coalitions[0] == 0
    assert coalitions[-1] == 2 ** sum(groups) - 1
    assert np.sum(weights @ values) == pytest.approx(values[-1] - values[0], abs=1e-12)


def test_causes_that_only_add_get_what_they_add() -> None:
    adds = (3.0, -1.0, 0.5, 7.0)
    coalitions, weights = owen_weights((2, 2))
    values = np.array([sum(add for i, add in enumerate(adds) if one >> i & 1) for one in coalitions])
    assert weights @ values == pytest.approx(adds)


def test_two_causes_that_need_one_another_share_equally() -> None:
    coalitions, weights = owen_weights((2,))
    values = values_of(coalitions, {0: 0.0, 1: 0.0, 2: 0.0, 3: 10.0})
    assert weights @ values == pytest.approx([5.0, 5.0])


def test_a_cause_that_changes_nothing_gets_nothing() -> None:
    coalitions, weights = owen_weights((2, 1))
    values = np.array([float(one & 0b101 == 0b101) + 2.0 * (one & 1) for one in coalitions])
    assert (weights @ values)[1] == pytest.approx(0.0)


def test_a_group_gets_its_own_shapley_value_however_many_causes_it_has() -> None:
    # Owen (1977): the shares of a group sum to what the group would get as one cause.
    coalitions, weights = owen_weights((3, 1))
    rng = default_rng(2)
    worth = {one: float(rng.normal()) for one in coalitions}
    group = (weights @ values_of(coalitions, worth))[:3].sum()
    first, last = worth[0b0111] - worth[0], worth[0b1111] - worth[0b1000]
    assert group == pytest.approx((first + last) / 2)
