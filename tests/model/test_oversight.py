"""The end of the road by hand: when a procedure begins and ends, its grant, a merger, and the islands."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.layout import INDICATORS, Floats, Place
from framsyn.model.life import Draw, Life
from framsyn.model.oversight import begins, creditors_refuse, follow_procedure, happens
from framsyn.model.start import new_life

from .lives import (
    a_place,
    calm_worlds,
    effects_with,
    live_against,
    pinned_as_today,
    some_starts,
    with_lever,
)

CEILING = 11_900.0
MAINLAND, ISLANDS = a_place(), a_place(self_governing=1.0)
CRITERIA = (layout.DEFICIT_UNCOVERED, layout.DEFICIT_TOO_LARGE, layout.FOUR_LIMITS)


def a_row(loans: float = 3000.0, result: float = 10.0, residents: float = 10_000.0) -> Floats:
    row = np.zeros(INDICATORS)
    row[layout.LOANS], row[layout.RESULT], row[layout.POPULATION] = loans, result, residents
    return row


def a_world(procedure: float = 5.0, grant: float = 5.0, merger: float = 5.0) -> Floats:
    """Normals of a year: at 5 nothing happens, at −5 everything that has a chance."""
    world: Floats = calm_worlds(1, 1)[0]
    world[1, [layout.W_PROCEDURE, layout.W_DISCRETIONARY, layout.W_MERGER]] = procedure, grant, merger
    return world


def followed(row: Floats, world: Floats, in_procedure: bool, place: Place = MAINLAND) -> Life:
    """The life after the year's oversight; whether it stood in a procedure before."""
    life, record = new_life(1), np.zeros((2, INDICATORS))
    life.stock[layout.S_PROCEDURE] = float(in_procedure)
    record[1] = row
    draw = Draw(world, effects_with(), some_starts(1)[0], record)
    follow_procedure(1, place, draw, life, record)
    row[:] = record[1]
    return life


@pytest.mark.parametrize(
    ("normal", "chance", "does"),
    [(-1.65, 0.05, True), (-1.64, 0.05, False), (0.0, 0.5, False), (-0.01, 0.5, True), (3.0, 1.0, True)],
)
def test_what_has_a_chance_happens_where_its_normal_lies_below_it(
    normal: float, chance: float, does: bool
) -> None:
    assert happens(normal, chance) == does


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_procedure_begins_where_a_criterion_is_met(criterion: int) -> None:
    row = a_row()
    assert not begins(row, effects_with(), a_world()[1])
    row[criterion] = 1.0
    assert begins(row, effects_with(), a_world()[1])


@pytest.mark.parametrize(
    ("loans", "normal", "begun"),
    [
        (CEILING, -5.0, False),
        (CEILING + 100.0, -5.0, True),
        (CEILING + 1500.0, 0.33, True),  # 1 − 1/e = 0.632 of the years, up to a normal of 0.337
        (CEILING + 1500.0, 0.34, False),
        (CEILING + 15_000.0, 3.0, True),
    ],
)
def test_a_procedure_begins_the_likelier_the_further_loans_are_above_the_ceiling(
    loans: float, normal: float, begun: bool
) -> None:
    assert begins(a_row(loans), effects_with(), a_world(normal)[1]) == begun
    row = a_row(loans)
    followed(row, a_world(normal), in_procedure=False)
    assert row[layout.PROCEDURE] == float(begun)


@pytest.mark.parametrize(
    ("loans", "result", "criterion", "goes_on"),
    [
        (CEILING, 0.0, 0.0, False),
        (CEILING + 1.0, 0.0, 0.0, True),
        (CEILING, -1.0, 0.0, True),
        (CEILING, 0.0, 1.0, True),
    ],
)
def test_a_procedure_ends_when_loans_result_and_criteria_let_it(
    loans: float, result: float, criterion: float, goes_on: bool
) -> None:
    row = a_row(loans, result)
    row[layout.DEFICIT_TOO_LARGE] = criterion
    followed(row, a_world(), in_procedure=True)
    assert row[layout.PROCEDURE] == float(goes_on)


@pytest.mark.parametrize(
    ("normal", "result", "grant"), [(-0.39, -5.0, 100.0), (-0.38, -5.0, 0.0), (-5.0, 5.0, 0.0)]
)
def test_about_one_in_three_of_those_with_a_deficit_gets_a_grant(
    normal: float, result: float, grant: float
) -> None:
    life = followed(a_row(CEILING + 1.0, result), a_world(grant=normal), in_procedure=True)
    assert life.stock[layout.S_DISCRETIONARY] == grant
    outside = followed(a_row(result=result), a_world(grant=-5.0), in_procedure=False)
    assert outside.stock[layout.S_DISCRETIONARY] == 0.0


@pytest.mark.parametrize(
    ("normal", "residents", "merged"),
    [(-1.6, 3000.0, 1.0), (-1.58, 3000.0, 0.0), (-1.22, 1999.0, 1.0), (-1.21, 1999.0, 0.0)],
)
def test_a_procedure_ends_in_a_merger_now_and_then_twice_as_often_where_few_live(
    normal: float, residents: float, merged: float
) -> None:
    row = a_row(CEILING + 1.0, -5.0, residents)
    followed(row, a_world(merger=normal), in_procedure=True)
    assert [row[layout.MERGED], row[layout.PROCEDURE]] == [merged, 1.0 - merged]
    nobody = a_row(residents=residents)
    followed(nobody, a_world(merger=-5.0), in_procedure=False)
    assert nobody[layout.MERGED] == 0.0


def test_where_the_act_does_not_hold_lenders_refuse_and_nothing_else_of_a_procedure_happens() -> None:
    """The indicator tells of it as of a procedure: see docs/model.md."""
    effects = effects_with()
    assert creditors_refuse(a_row(CEILING + 1.0), effects, ISLANDS)
    assert not creditors_refuse(a_row(CEILING), effects, ISLANDS)
    assert not creditors_refuse(a_row(CEILING + 1.0), effects, MAINLAND)
    row = a_row(CEILING + 5000.0, -500.0)
    life = followed(row, a_world(-5.0, -5.0, -5.0), in_procedure=False, place=ISLANDS)
    assert row[[layout.PROCEDURE, layout.MERGED]].tolist() == [1.0, 0.0]
    assert life.stock[layout.S_DISCRETIONARY] == 0.0
    below = a_row(CEILING, -500.0)
    below[list(CRITERIA)] = 1.0
    followed(below, a_world(-5.0, -5.0, -5.0), in_procedure=True, place=ISLANDS)
    assert below[[layout.PROCEDURE, layout.MERGED]].tolist() == [0.0, 0.0]


YEARS = 14


def spending(place: Place, **normals: float) -> Floats:
    """A life [year, indicator] that spends far above its means, whatever it decides."""
    course = pinned_as_today(YEARS)
    for area in (layout.BASIC_EDUCATION, layout.ENVIRONMENT, layout.ADMINISTRATION):
        course = with_lever(course, layout.AMBITION + area, 1.6)
    worlds = calm_worlds(1, YEARS)
    worlds[0, :, [layout.W_PROCEDURE, layout.W_DISCRETIONARY, layout.W_MERGER]] = 5.0
    for name, value in normals.items():
        worlds[0, :, getattr(layout, name)] = value
    (record,) = live_against(course, [], place, effects_with()[None], worlds)
    life: Floats = record[0]
    return life


def euros(record: Floats) -> Floats:
    loans: Floats = record[:, layout.LOANS] * record[:, layout.POPULATION]
    return loans


def test_a_life_above_its_means_comes_into_a_procedure_and_a_merger_is_for_ever() -> None:
    alone = spending(MAINLAND)
    begun = int(np.argmax(alone[:, layout.PROCEDURE]))
    assert 0 < begun < YEARS - 4
    assert alone[begun:, layout.PROCEDURE].min() == 1.0
    assert alone[:, layout.MERGED].max() == 0.0
    assert (np.diff(euros(alone)) > 0.0).all()
    merged = spending(MAINLAND, W_MERGER=-5.0)
    np.testing.assert_array_equal(merged[:, layout.MERGED], np.arange(YEARS + 1) > begun)
    np.testing.assert_array_equal(merged[:, layout.PROCEDURE], np.arange(YEARS + 1) == begun)
    # What is short after the merger is the neighbour's, though the result is still what it is.
    assert (merged[begun + 2 :, layout.CASH_FLOW] < 0.0).all()
    np.testing.assert_allclose(euros(merged)[begun + 1 :], euros(merged)[begun + 1], rtol=1e-12)


def test_a_discretionary_grant_is_paid_the_year_after_it_is_given() -> None:
    without, granted = spending(MAINLAND), spending(MAINLAND, W_DISCRETIONARY=-5.0)
    begun = int(np.argmax(without[:, layout.PROCEDURE]))
    more = granted[:, layout.STATE_GRANT] - without[:, layout.STATE_GRANT]
    np.testing.assert_allclose(more[: begun + 2], 0.0, atol=1e-9)
    np.testing.assert_allclose(more[begun + 2 :], 100.0, rtol=1e-9)


def test_on_the_islands_nothing_more_is_lent_above_the_ceiling_and_no_criterion_is_met() -> None:
    record = spending(ISLANDS, W_PROCEDURE=-5.0, W_MERGER=-5.0)
    assert (record[:, [*CRITERIA, layout.MERGED]] == 0.0).all()
    np.testing.assert_array_equal(record[:, layout.PROCEDURE], record[:, layout.LOANS] > CEILING)
    above = int(np.argmax(record[:, layout.LOANS] > CEILING))
    assert above > 0
    assert (record[above + 1 :, layout.CASH_FLOW] < 0.0).all()
    np.testing.assert_allclose(euros(record)[above:], euros(record)[above], rtol=1e-12)
