"""Decisions moved alone: against lives lived one by one, and what must be so whatever the municipality."""

import numpy as np
import pytest

from framsyn.choose.alone import SURE, WORTH_SEEING, moves_alone, postures_against
from framsyn.choose.evaluation import Worlds, worlds_of
from framsyn.choose.strategy_text import strategy_in
from framsyn.foresee.futures import strategies_of
from framsyn.foresee.postures import strategy_of
from framsyn.foresee.setting import prepare
from framsyn.model.indicators import indicators
from framsyn.places.municipality import municipality

DRAWS, YEARS = 12, 8


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return worlds_of(prepare(municipality("Närpes"), YEARS, 1, None, None), range(DRAWS))


def test_a_decision_differs_from_today_as_two_lives_in_the_same_world_do(worlds: Worlds) -> None:
    move = next(one for one in moves_alone(worlds) if one.id == "digital.90")
    course = worlds.setting.course(strategy_of(strategy_in("as_is*digital.90")))
    lives = worlds.setting.live(worlds.drawn, course, worlds.as_today)
    loans = next(one for one in move.against if one.objective.indicator.id == "loans_per_resident")
    column = list(indicators()).index("loans_per_resident")
    # An amount at the end of the years is read over the last five of them.
    read = [records[:, -5:, column].mean(axis=1) for records in (lives, worlds.as_today)]
    difference = read[0] - read[1]
    assert loans.middle == pytest.approx(np.median(difference))
    seen = max(0.5, WORTH_SEEING * abs(np.median(read[1])))
    assert loans.better == (difference <= -seen).mean()
    assert loans.worse == (difference >= seen).mean()


def test_going_on_as_today_is_neither_better_nor_worse_than_itself(worlds: Worlds) -> None:
    (same,) = postures_against(worlds, strategies_of(("as_is",), {}, None))
    assert all((one.better, one.worse) == (0.0, 0.0) for one in same.against)
    assert all(one.middle == pytest.approx(0.0, abs=1e-9) for one in same.against)


def test_each_lever_is_moved_to_its_ends_and_no_move_is_today(worlds: Worlds) -> None:
    moves = moves_alone(worlds)
    assert len({one.id for one in moves}) == len(moves) > 30
    assert {"housing.40", "upkeep.0.6", "upkeep.1.4", "core_task.bildning"} <= {one.id for one in moves}
    assert not {"housing.0", "core_task.none"} & {one.id for one in moves}


def test_what_is_surely_better_is_not_surely_worse(worlds: Worlds) -> None:
    for move in moves_alone(worlds):
        assert not set(move.sure("better")) & set(move.sure("worse"))
        assert all(0.0 <= one.better + one.worse <= 1.0 for one in move.against)
        assert {one.objective for one in move.against if one.better >= SURE} == set(move.sure("better"))
