import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.evaluate.percentiles import among, among_all, among_peers, favourable

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=2, max_size=30)


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)[:, None]


def test_the_lowest_stands_at_0_the_highest_at_100_and_equals_share_the_middle() -> None:
    assert among_all(column(10, 30, 20, 20))[:, 0] == pytest.approx([0, 100, 50, 50])


def test_four_places_by_hand() -> None:
    """Of the four others of 5: three lower, one equal: (3 + ½)/4; of those of 3: one lower, three higher."""
    assert among_all(column(1, 3, 5, 5, 2))[:, 0] == pytest.approx([0, 50, 87.5, 87.5, 25])


def test_a_single_known_value_is_in_the_middle() -> None:
    told = among_all(column(np.nan, 7, np.nan))[:, 0]
    assert told[1] == 50
    assert np.isnan(told[[0, 2]]).all()


def test_peers_by_hand() -> None:
    values = column(1, 2, 3, 4, np.nan)
    told = among_peers(values, np.array([[1, 2], [0, 2], [1, 4], [4, 4], [0, 1]]))
    assert told[:3, 0] == pytest.approx([0, 50, 100])  # the third is above the only peer known
    assert np.isnan(told[3:, 0]).all()  # none of its peers is known; its own value is not known


def test_turned_so_that_100_is_the_best() -> None:
    percentile = np.array([0.0, 30.0, np.nan])
    assert favourable(percentile, "higher")[1] == 30
    assert favourable(percentile, "lower")[1] == 70
    assert np.isnan(favourable(percentile, "neither")).all()
    assert np.isnan(favourable(percentile, "lower")[2])


@given(VALUES, st.integers(1, 10), st.randoms())
def test_missing_values_move_no_percentile(values: list[float], missing: int, rng: st.DataObject) -> None:
    mixed: list[float] = values + [np.nan] * missing
    order = list(range(len(mixed)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    told = among_all(column(*[mixed[place] for place in order]))[:, 0]
    back = np.empty(len(mixed))
    back[order] = told
    assert back[: len(values)] == pytest.approx(among_all(column(*values))[:, 0])
    assert np.isnan(back[len(values) :]).all()


@given(VALUES, st.integers(1, 10))
def test_missing_peers_move_no_percentile_either(values: list[float], missing: int) -> None:
    own, others = np.array(values[:1]), column(*values[1:])
    with_gaps = np.concatenate([others, np.full((missing, 1), np.nan)])
    assert among(own, others) == pytest.approx(among(own, with_gaps))


@given(VALUES)
def test_among_all_is_the_percentile_among_all_others(values: list[float]) -> None:
    everybody = np.array(
        [[one for one in range(len(values)) if one != place] for place in range(len(values))]
    )
    assert among_all(column(*values)) == pytest.approx(among_peers(column(*values), everybody))


@given(VALUES)
def test_a_percentile_follows_the_order_and_the_ends_mirror(values: list[float]) -> None:
    told = among_all(column(*values))[:, 0]
    assert told == pytest.approx(100.0 - among_all(-column(*values))[:, 0])
    assert np.all(np.diff(told[np.argsort(values, kind="stable")]) >= -1e-9)
