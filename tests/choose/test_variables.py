"""The table of variables keeps to its grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.choose.variables import Kind, Variable, Variables
from framsyn.errors import FramsynError

TABLE = Variables(
    [
        Variable("tax", 4.0, 12.0, 0.1),
        Variable("share", 0.0, 1.0),
        Variable("uneven", 0.0, 1.0, 0.3),  # 0, 0.3, 0.6, 0.9: the bound is off the grid
        Variable("schools", 2, 5, kind=Kind.INTEGER),
        Variable("task", 0, 2, kind=Kind.CHOICE),
        Variable("fixed", 7.0, 7.0),
    ]
)


def test_values_are_counted() -> None:
    assert TABLE.counts.tolist() == [81, np.inf, 4, 4, 3, 1]
    assert TABLE.combinations == np.inf


@given(st.lists(st.floats(0.0, 1.0), min_size=6, max_size=6))
def test_a_place_in_the_unit_cube_becomes_an_allowed_value_and_comes_back(places: list[float]) -> None:
    row = TABLE.of_unit(np.array([places]))
    TABLE.check(row)
    assert np.array_equal(TABLE.of_unit(TABLE.to_unit(row)), row)
    assert row[0, 2] in (0.0, 0.3, 0.6, 0.3 * 3)


def test_a_sample_holds_every_value_equally_often() -> None:
    drawn = TABLE.sample(240, np.random.default_rng(1))
    assert np.unique(drawn[:, 4], return_counts=True)[1].tolist() == [80, 80, 80]
    assert np.unique(drawn[:, 3], return_counts=True)[1].tolist() == [60, 60, 60, 60]
    assert len(np.unique(drawn[:, 0])) == 81
    assert np.histogram(drawn[:, 1], 24, (0.0, 1.0))[0].tolist() == [10] * 24


def test_every_row_of_a_small_table_is_listed_once() -> None:
    small = Variables(
        [Variable("a", 0.0, 1.0, 0.5), Variable("b", 0, 1, kind=Kind.CHOICE), Variable("c", 3.0, 3.0)]
    )
    assert small.every().tolist() == [[a, b, 3.0] for a in (0.0, 0.5, 1.0) for b in (0.0, 1.0)]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Variable("tax", 5.0, 4.0), "bounds 5.0 to 4.0 and the step 0.0 of tax are no range"),
        (lambda: Variable("tax", 0.0, np.inf), "are no range"),
        (lambda: Variable("tax", 0.0, 1.0, -0.1), "are no range"),
        (lambda: Variable("task", 1, 3, kind=Kind.CHOICE), "task is a choice"),
        (lambda: Variables([]), "There is nothing to choose"),
    ],
)
def test_tables_that_make_no_sense_are_refused(build: object, message: str) -> None:
    with pytest.raises(FramsynError, match=message):
        build()  # type: ignore[operator]
