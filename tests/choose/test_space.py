"""Strategies as numbers: each becomes the same rules as the posture that is written from it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.choose.levers import levers
from framsyn.choose.space import Space
from framsyn.foresee.postures import areas, shipped, strategy_of
from framsyn.model.layout import Floats
from framsyn.model.rule import packed


def some_rows(space: Space, seed: int, count: int = 4) -> Floats:
    drawn = np.random.default_rng(seed).uniform(space.low, space.high, (count, len(space)))
    return space.on_grid(drawn)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_row_and_the_posture_written_from_it_are_the_same_rules(space: Space, seed: int) -> None:
    rows = some_rows(space, seed)
    for row, rules in zip(rows, space.rules(rows), strict=True):
        phases = strategy_of(space.posture(row))
        assert np.array_equal(rules, packed([phases[0].rule, phases[-1].rule]))
        assert [phase.first_year for phase in phases[1:]] in ([], [space.turn])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_reading_a_written_strategy_gives_its_row_again(space: Space, seed: int) -> None:
    for row in some_rows(space, seed, 2):
        again = space.row(space.posture(row))
        # What only a core task uses cannot be read back where there is none, nor does it matter.
        assert np.array_equal(space.rules(again[None]), space.rules(row[None]))


def test_rows_lie_on_their_levers_grids_within_bounds(space: Space) -> None:
    rows = some_rows(space, 1, 200)
    assert np.all(rows >= space.low)
    assert np.all(rows <= space.high)
    steps = (rows - space.low) / space.step
    assert steps == pytest.approx(np.round(steps), abs=1e-4)


def test_going_on_as_today_is_a_row_whose_levers_stand_as_today(space: Space) -> None:
    row = dict(zip((one.id for one in space.variables), space.row(shipped()["as_is"]), strict=True))
    assert row["education"] == row["culture_later"] == row["upkeep"] == 1.0
    assert row["digital"] == pytest.approx(space.today["digital"], abs=2.5)
    assert levers()["core_task"].choices[int(row["core_task"])] == "none"


def test_a_core_tasks_areas_are_spared_and_get_its_ambition(space: Space) -> None:
    row = space.row(shipped()["as_is"])
    at = {one.id: column for column, one in enumerate(space.variables)}
    row[at["core_task"]] = levers()["core_task"].choices.index("culture_and_leisure")
    row[at["core_ambition"]], row[at["core_ambition_later"]], row[at["culture"]] = 1.1, 1.12, 0.8
    first, later = strategy_of(space.posture(row))
    culture, safety = areas().index("culture"), areas().index("safety")
    assert (first.rule.ambition[culture], later.rule.ambition[culture]) == (1.1, 1.12)
    assert (first.rule.protect[culture], first.rule.protect[safety]) == (1.0, 0.0)


def test_every_lever_says_which_law_bounds_it_and_when_it_acts() -> None:
    for lever in levers().values():
        assert lever.law
        assert lever.acts
        assert lever.low < lever.high
        assert lever.searched or lever.note
