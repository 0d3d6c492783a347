"""What a choice means: vulnerabilities of what is told in full, and pathways that were lived."""

import numpy as np
import pytest

from framsyn.choose.choosing import Asked, Choice, choose
from framsyn.choose.council_terms import next_turn
from framsyn.choose.failing import fails_by_year
from framsyn.choose.insight import Insight, foremost, insight_of, lead_years, on_map, told_in_full
from framsyn.choose.measures import read_keeps, read_objectives
from framsyn.foresee.postures import posture, shipped, strategy_of
from framsyn.foresee.setting import Setting
from framsyn.model.course import Phase, switched

from .conftest import TURN, YEARS


@pytest.fixture(scope="module")
def choice(setting: Setting) -> Choice:
    keeps = read_keeps(["loans < 7000 in 50 %"], 2025, YEARS)
    objectives = read_objectives(["participation,loans"], YEARS)
    return choose(setting, Asked(objectives, keeps, TURN, budget=200, worlds=10, fresh=60))


@pytest.fixture(scope="module")
def insight(choice: Choice) -> Insight:
    return insight_of(choice)


def test_what_is_told_in_full_has_its_vulnerabilities(choice: Choice, insight: Insight) -> None:
    assert set(insight.vulnerabilities) == {one.id for one in told_in_full(choice)}
    for identity, found in insight.vulnerabilities.items():
        assert found.failures == choice.failing[choice.ids.index(identity)].sum()


def test_the_foremost_come_by_regret_the_unbeaten_first(choice: Choice) -> None:
    places = [choice.ids.index(one.id) for one in foremost(choice)]
    keys = [(not choice.unbeaten[place], choice.robustness.regret_90[place]) for place in places]
    assert keys == sorted(keys)


def test_every_strategy_of_the_map_was_lived_and_tips_when_its_lives_fail(
    choice: Choice, insight: Insight, setting: Setting
) -> None:
    assert {node.strategy for node in insight.pathways.nodes} == {one.id for one in on_map(choice)}
    records = setting.live(
        choice.worlds.drawn, setting.course(strategy_of(shipped()["lazy"])), choice.worlds.as_today
    )
    fails = fails_by_year(choice.asked.keeps, records)
    lasting = fails[:, 1:].copy()
    lasting[:, :-1] &= fails[:, 2:]
    (node,) = (one for one in insight.pathways.nodes if one.strategy == "lazy")
    assert node.held == pytest.approx(1.0 - lasting.any(axis=1).mean())


def test_switches_begin_with_a_council_and_can_still_be_decided(insight: Insight) -> None:
    for switch in insight.pathways.switches:
        assert switch.year == 2030
        assert 2026 <= switch.decide_by < switch.year


def test_a_strategy_takes_over_as_it_would_stand_by_then() -> None:
    first, second = posture("lazy"), posture("engaging")
    later = posture("focused")
    strategy = (Phase(2025, second), Phase(2029, later), Phase(2033, first))
    told = switched(first, strategy, 2030)
    assert [phase.first_year for phase in told] == [0, 2030, 2033]
    assert [phase.rule is rule for phase, rule in zip(told, (first, later, first), strict=True)] == [True] * 3


def test_land_and_housing_need_a_longer_lead_than_a_budget(choice: Choice) -> None:
    leads = {one.id: lead_years(one, choice) for one in choice.candidates}
    assert leads["as_is"] == 1
    assert leads["engaging"] == leads["lazy"] == 2  # both buy land


def test_the_turn_is_the_first_budget_of_the_next_council() -> None:
    assert [next_turn(year) for year in (2025, 2028, 2029)] == [2030, 2030, 2034]


def test_signposts_are_looked_for_only_where_enough_lives_fail(choice: Choice, insight: Insight) -> None:
    failing = dict(zip(choice.ids, choice.failing.sum(axis=1).tolist(), strict=True))
    for identity, posts in insight.pathways.signposts.items():
        if min(failing[identity], 60 - failing[identity]) < 25:
            assert posts == []
        for post in posts:
            assert 2026 <= post["year"] <= 2030
            assert 0.0 <= post["false_alarms"] <= 1.0
            assert np.isfinite(post["trigger"])
