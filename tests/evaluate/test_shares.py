from collections.abc import Callable, Sequence
from itertools import permutations, product

import numpy as np
import pytest
from numpy.random import default_rng

from framsyn.evaluate.shares import (
    Sharing,
    mask,
    order_of,
    owen_sharing,
    pairs_of_orders,
    sharing_along,
)
from framsyn.model.layout import Floats

Worth = Callable[[int], float]


def drawn(groups: tuple[int, ...], rounds: int = 1, seed: int = 1) -> Sharing:
    shape = (rounds, len(pairs_of_orders(len(groups))), sum(groups))
    return owen_sharing(groups, default_rng(seed).normal(size=shape))


def shares(sharing: Sharing, worth: Worth) -> Floats:
    found: Floats = sharing.weights @ np.array([worth(on) for on in sharing.coalitions])
    return found


def every_order(groups: Sequence[int]) -> list[tuple[int, ...]]:
    """All orders in which groups and their members can come."""
    first = np.cumsum([0, *groups]).tolist()
    members = [
        list(permutations(range(begin, begin + count))) for begin, count in zip(first, groups, strict=False)
    ]
    return [
        tuple(cause for group in order for cause in inside[group])
        for order in permutations(range(len(groups)))
        for inside in product(*members)
    ]


def exact(groups: Sequence[int], worth: Worth) -> Floats:
    """The Owen value: the mean of every order's steps."""
    steps = np.zeros(sum(groups))
    for order in every_order(groups):
        for at, cause in enumerate(order):
            steps[cause] += worth(mask(order[: at + 1])) - worth(mask(order[:at]))
    return steps / len(every_order(groups))


@pytest.mark.parametrize("groups", [(1,), (3,), (2, 1), (3, 4, 2), (1, 1, 1, 1)])
def test_the_shares_sum_to_the_change_whatever_the_values(groups: tuple[int, ...]) -> None:
    coalitions, weights = drawn(groups, rounds=2)
    values = default_rng(1).normal(size=len(coalitions))
    assert coalitions[0] == 0
    assert coalitions[-1] == 2 ** sum(groups) - 1
    assert np.sum(weights @ values) == pytest.approx(values[-1] - values[0], abs=1e-12)


def test_causes_that_only_add_get_what_they_add() -> None:
    adds = (3.0, -1.0, 0.5, 7.0)
    found = shares(drawn((2, 2)), lambda on: sum(add for i, add in enumerate(adds) if on >> i & 1))
    assert found == pytest.approx(adds)


def test_two_causes_that_need_one_another_share_equally() -> None:
    assert shares(drawn((2,)), lambda on: 10.0 * (on == 0b11)) == pytest.approx([5.0, 5.0])


def test_two_decisions_that_a_loop_carries_share_half_of_what_comes_of_it() -> None:
    # 6 comes when decisions 0 and 1 and loop 2 are all on. Either group is needed as much: 3 each. The
    # decisions need one another as much: 1.5 each.
    sharing = owen_sharing((2, 1), np.array([[[0, 1, 2]], [[1, 0, 2]]], dtype=float))
    found = shares(sharing, lambda on: 6.0 * (on == 0b111))
    assert found == pytest.approx([1.5, 1.5, 3.0])


def test_a_loop_that_doubles_a_decision_gets_half_of_what_it_adds() -> None:
    # Decision 0 gives 4 and decision 1 gives 1; with loop 2 on, decision 0 gives 8. Decision 0 gets 4 + 2.
    def worth(on: int) -> float:
        return 4.0 * (on & 1) * (1 + (on >> 2 & 1)) + (on >> 1 & 1)

    assert shares(drawn((2, 1)), worth) == pytest.approx([6.0, 1.0, 2.0])


def test_a_cause_that_changes_nothing_gets_nothing() -> None:
    found = shares(drawn((2, 1)), lambda on: float(on & 0b101 == 0b101) + 2.0 * (on & 1))
    assert found[1] == pytest.approx(0.0)


@pytest.mark.parametrize("groups", [(3, 1), (2, 3, 2)])
def test_a_group_gets_its_own_shapley_value_however_few_orders_are_drawn(groups: tuple[int, ...]) -> None:
    # Owen (1977): the shares of a group sum to what the group would get as one cause.
    worth = default_rng(2).normal(size=2 ** sum(groups))
    found, right = (method(groups, lambda on: float(worth[on])) for method in (_drawn_shares, exact))
    edges = np.cumsum([0, *groups])[:-1]
    assert np.add.reduceat(found, edges) == pytest.approx(np.add.reduceat(right, edges))


def _drawn_shares(groups: tuple[int, ...], worth: Worth) -> Floats:
    return shares(drawn(groups), worth)


@pytest.mark.parametrize("groups", [(4,), (3, 2), (2, 3, 2)])
def test_where_causes_act_in_pairs_an_order_and_its_reverse_are_enough(groups: tuple[int, ...]) -> None:
    pairs = default_rng(3).normal(size=(sum(groups), sum(groups)))

    def worth(on: int) -> float:
        among = [i for i in range(sum(groups)) if on >> i & 1]
        return float(sum(pairs[i, j] for i in among for j in among))

    assert shares(drawn(groups), worth) == pytest.approx(exact(groups, worth))


def test_over_all_orders_that_can_be_drawn_the_mean_is_the_owen_value() -> None:
    worth = default_rng(4).normal(size=2**3)
    priorities = np.array([[order] for order in permutations(range(3))], dtype=float)
    found = shares(owen_sharing((3,), priorities), lambda on: float(worth[on]))
    assert found == pytest.approx(exact((3,), lambda on: float(worth[on])))


def test_causes_come_by_rising_priority_inside_their_group() -> None:
    assert order_of((2, 3), (1, 0), np.array([0.4, 0.1, 0.9, 0.2, 0.5])) == (3, 4, 2, 1, 0)


def test_of_each_order_of_the_groups_and_its_reverse_one_is_taken() -> None:
    assert pairs_of_orders(2) == ((0, 1),)
    assert pairs_of_orders(3) == ((0, 1, 2), (0, 2, 1), (1, 0, 2))


def test_along_one_order_each_cause_gets_its_own_step() -> None:
    sharing = sharing_along([(1, 0)])
    assert sharing.coalitions == (0b00, 0b10, 0b11)
    assert shares(sharing, lambda on: {0b00: 1.0, 0b10: 4.0, 0b11: 9.0}[on]) == pytest.approx([5.0, 3.0])
