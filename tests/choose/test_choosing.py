"""A choice: the visions stand in the table, the same seed gives the same set, and fresh worlds tell."""

from dataclasses import replace

import numpy as np
import pytest

from framsyn.choose.choosing import Asked, Choice, Searched, choose, unbeaten
from framsyn.choose.evaluation import Wanted, live_rows, live_strategy
from framsyn.choose.measures import read_keeps, read_objectives, read_weights
from framsyn.choose.simplify import LOSS_LET_BE, Simplifier
from framsyn.choose.space import space_of
from framsyn.errors import FramsynError
from framsyn.foresee.postures import VISIONS, shipped, strategy_of
from framsyn.foresee.setting import Setting

from .conftest import TURN, YEARS
from .test_space import some_rows

OBJECTIVES = read_objectives(["quality_basic_education,participation,loans"], YEARS)
ASKED = Asked(OBJECTIVES, read_keeps(["loans < 9000"], 2025, YEARS), TURN, budget=400, worlds=10, fresh=12)


@pytest.fixture(scope="module")
def choice(setting: Setting) -> Choice:
    return choose(setting, ASKED, {"ours": shipped()["focused"]})


def test_as_today_the_visions_and_ones_own_are_always_in_the_table(choice: Choice) -> None:
    assert choice.ids[:6] == ["as_is", *VISIONS, "ours"]
    assert choice.ids[6] == "S01"
    assert {one.kind for one in choice.candidates[6:]} == {"found"}


def test_the_same_seed_gives_the_same_set(setting: Setting, choice: Choice) -> None:
    again = choose(setting, ASKED, {"ours": shipped()["focused"]})
    assert [one.posture for one in again.candidates] == [one.posture for one in choice.candidates]
    assert again.values.tobytes() == choice.values.tobytes()


def test_what_is_told_comes_from_worlds_that_the_search_has_not_seen(choice: Choice) -> None:
    assert choice.worlds.draws == range(10, 22)
    measures = Wanted(ASKED.objectives, ASKED.keeps).measures
    for place, one in enumerate(choice.candidates):
        lived = live_strategy(choice.worlds, strategy_of(one.posture), measures)
        assert choice.values[place].tobytes() == np.ascontiguousarray(lived[:, :3]).tobytes()


def test_the_searchs_own_estimate_stands_beside_the_fresh_mean(choice: Choice) -> None:
    found = [place for place, one in enumerate(choice.candidates) if one.estimate is not None]
    assert found == list(range(6, len(choice.candidates)))
    assert choice.optimism is not None
    own = np.array([choice.candidates[place].estimate for place in found])
    signs = np.array([one.sign for one in OBJECTIVES])
    fresh = choice.values[found].mean(axis=1)
    assert choice.optimism.difference == pytest.approx((-signs * (fresh - own)).mean(axis=0))


def test_what_was_found_is_not_beaten_by_the_visions_in_the_searchs_own_worlds(setting: Setting) -> None:
    found = choose(setting, ASKED)
    assert found.front.feasible
    objectives = found.front.outcome.objectives
    for one in found.front.start.objectives:
        beaten = (one <= objectives).all(axis=1) & (one < objectives).any(axis=1)
        assert not beaten.any()


def test_the_unbeaten_are_those_counted_by_hand() -> None:
    # The third keeps too little; the fourth is beaten by the first, the fifth equals it.
    minimised = np.array([[1.0, 2.0], [2.0, 1.0], [0.0, 0.0], [1.0, 3.0], [1.0, 2.0]])
    lawful = np.array([True, True, False, True, True])
    assert unbeaten(minimised, lawful).tolist() == [True, True, False, False, True]
    assert not unbeaten(minimised, np.zeros(5, dtype=np.bool_)).any()


def test_where_nothing_keeps_what_must_hold_the_nearest_are_told(setting: Setting) -> None:
    keeps = read_keeps(["participation > 101 in 100 %"], 2025, YEARS)
    found = choose(setting, replace(ASKED, keeps=keeps, budget=200))
    assert not found.front.feasible
    assert not found.lawful.any()
    assert not found.unbeaten.any()
    assert "S02" in found.ids  # there is still something to weigh


def test_a_score_is_made_only_with_the_users_weights(setting: Setting, choice: Choice) -> None:
    assert choice.weighted is None
    weights = read_weights(["quality_basic_education=1", "participation=0", "loans=0"], OBJECTIVES)
    found = choose(setting, replace(ASKED, weights=weights, budget=200))
    assert found.weighted is not None
    assert found.weighted.argmax() == found.values[:, :, 0].mean(axis=1).argmax()


@pytest.mark.parametrize("change", [{"budget": 100}, {"worlds": 5}, {"fresh": 6000}, {"turn": 2025}])
def test_what_cannot_be_searched_is_refused(setting: Setting, change: dict[str, int]) -> None:
    with pytest.raises(FramsynError):
        choose(setting, replace(ASKED, **change))  # type: ignore[arg-type]  # whole numbers all


def test_a_strategy_is_made_simple_at_hardly_any_loss(setting: Setting, choice: Choice) -> None:
    wanted = Wanted(ASKED.objectives, ASKED.keeps)
    problem = Searched(choice.worlds, space_of(setting, TURN), wanted)
    today = problem.space.row(shipped()["as_is"])
    span = np.ptp(choice.front.outcome.objectives, axis=0)
    for row in some_rows(problem.space, 4, 3):
        simple = Simplifier(choice.worlds, problem.space, wanted, today, span).simplified(row)
        assert (simple == today).sum() >= (row == today).sum()
        before, after = wanted.minimised(
            live_rows(choice.worlds, problem.space, np.array([row, simple]), wanted.measures)
        )
        assert np.all(after - before <= LOSS_LET_BE * span + 1e-9)


def test_a_simple_strategy_keeps_no_setting_that_does_nothing(setting: Setting, choice: Choice) -> None:
    space = space_of(setting, TURN)
    wanted = Wanted(ASKED.objectives, ASKED.keeps)
    today = space.row(shipped()["as_is"])
    simplifier = Simplifier(choice.worlds, space, wanted, today, np.full(3, np.inf))
    at = {one.id: place for place, one in enumerate(space.variables)}
    row = today.copy()
    row[at["core_ambition"]], row[at["core_ambition_later"]] = 1.1, 1.05
    row[at["upkeep"]], row[at["upkeep_later"]] = 0.8, 1.2
    # With ranges without end nothing is a loss: everything goes back, in both phases.
    assert simplifier.simplified(row).tolist() == today.tolist()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["participation=3"], "quality_basic_education"),
        (["beauty=3"], "beauty"),
        (["participation=much"], "much"),
        (["participation=0", "quality_basic_education=0", "loans=0"], "above 0"),
    ],
)
def test_weights_that_cannot_be_used_are_told(written: list[str], said: str) -> None:
    with pytest.raises(FramsynError, match=said):
        read_weights(written, OBJECTIVES)
