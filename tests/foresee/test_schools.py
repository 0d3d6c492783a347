"""Each draw belongs to a school of thought, and the school says how large the effects are."""

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evidence.register import SCHOOLS_OF_THOUGHT, effect
from framsyn.evidence.schools import default_weights, schools_of_thought
from framsyn.foresee.counter_random import standard_normals
from framsyn.foresee.schools import check_weights, draw_schools, effects_in_schools
from framsyn.model.coefficients import COEFFICIENTS

SEED = 20260401


def shares(schools: np.ndarray) -> list[float]:
    return [float((schools == school).mean()) for school in range(3)]


def drawn(draws: int) -> np.ndarray:
    """Effects [draw, coefficient] from the priors of the register."""
    normals = standard_normals(SEED, range(draws), 1, COEFFICIENTS, "country")[:, 0]
    return np.array(
        [[effect(i).at(z) for i, z in zip(COEFFICIENTS, row, strict=True)] for row in normals.tolist()]
    )


def test_the_file_has_the_schools_of_the_register_in_their_order_and_weights_that_sum_to_one() -> None:
    schools = schools_of_thought()
    assert tuple(school.id for school in schools) == SCHOOLS_OF_THOUGHT
    assert sum(school.weight for school in schools) == pytest.approx(1.0)
    assert sum(school.weight_small for school in schools) == pytest.approx(1.0)
    assert all(school.label and school.meaning and school.source for school in schools)


def test_small_municipalities_have_weights_of_their_own_below_2000_residents() -> None:
    assert default_weights(1_999) == (0.3, 0.5, 0.2)
    assert default_weights(2_000) == (0.3, 0.6, 0.1)


@pytest.mark.parametrize("residents", [1_000, 9_500])
def test_the_shares_of_draws_are_the_weights(residents: float) -> None:
    found = shares(draw_schools(range(20_000), SEED, residents))
    # The standard error of a share of 20,000 draws is at most 0.0035.
    assert found == pytest.approx(default_weights(residents), abs=0.014)


def test_a_draw_has_the_same_school_whatever_the_number_of_draws() -> None:
    many = draw_schools(range(400), SEED, 9_500)
    assert np.array_equal(many[137:211], draw_schools(range(137, 211), SEED, 9_500))


def test_a_draw_changes_school_between_municipalities_only_where_the_weights_ask_it() -> None:
    large = draw_schools(range(5_000), SEED, 9_500)
    small = draw_schools(range(5_000), SEED, 1_000)
    assert np.array_equal(large == 0, small == 0)
    assert np.all(small[large == 2] == 2)
    assert set(small[large == 1].tolist()) == {1, 2}


@pytest.mark.parametrize("school", [0, 1, 2])
def test_a_school_with_all_the_weight_has_all_draws(school: int) -> None:
    weights = [float(school == other) for other in range(3)]
    assert set(draw_schools(range(500), SEED, 9_500, weights).tolist()) == {school}


def test_a_school_without_weight_has_no_draw() -> None:
    assert shares(draw_schools(range(2_000), SEED, 9_500, [0.5, 0.0, 0.5]))[1] == 0.0


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([0.5, 0.5], "3 schools of thought .S0, S1, S2., so as many weights are needed, not 2"),
        ([0.5, 0.7, -0.2], "share, 0 or more"),
        ([0.5, float("nan"), 0.5], "share, 0 or more"),
        ([0.3, 0.6, 0.2], "sum to 1.1, and must sum to 1"),
    ],
)
def test_weights_that_are_no_shares_are_refused(weights: list[float], message: str) -> None:
    with pytest.raises(FramsynError, match=message):
        check_weights(weights)


def test_s1_leaves_every_effect_as_it_was_drawn() -> None:
    values = drawn(50)
    assert np.array_equal(effects_in_schools(values, np.ones(50, dtype=np.intp)), values)


def test_s0_takes_away_what_the_register_says_and_leaves_the_rest() -> None:
    values = drawn(50)
    moved = effects_in_schools(values, np.zeros(50, dtype=np.intp))
    for column, identity in enumerate(COEFFICIENTS):
        if effect(identity).in_s0 == "0":
            assert np.all(moved[:, column] == 0.0), identity
        elif not effect(identity).in_s0:
            assert np.array_equal(moved[:, column], values[:, column]), identity


def test_draws_of_several_schools_have_each_what_the_register_gives_it() -> None:
    values = drawn(60)
    schools = draw_schools(range(60), SEED, 9_500)
    moved = effects_in_schools(values, schools)
    for draw, school in enumerate(schools):
        expected = [
            effect(identity).in_school(value, SCHOOLS_OF_THOUGHT[school])
            for identity, value in zip(COEFFICIENTS, values[draw].tolist(), strict=True)
        ]
        assert moved[draw].tolist() == expected


def test_in_s2_services_draw_people_more_than_in_s1_in_every_draw() -> None:
    column = COEFFICIENTS.index("services_to_net_short_moves")
    values = drawn(200)
    moved = effects_in_schools(values, np.full(200, 2, dtype=np.intp))
    assert np.all(moved[:, column] > values[:, column])
