"""Strategies lived at once are the lives that every other room lives."""

import numpy as np
import pytest

from framsyn.choose.evaluation import CHUNK, Wanted, Worlds, live_rows, live_strategy, worlds_of
from framsyn.choose.measures import Measure, read_keeps, read_objectives
from framsyn.choose.space import Space
from framsyn.foresee.postures import VISIONS, shipped, strategy_of
from framsyn.foresee.setting import Setting
from framsyn.model.kernel import AT, CHANGE, LEAST, MEAN, MOST
from framsyn.model.layout import LOANS, TRUST

from .conftest import DRAWS, YEARS
from .test_space import some_rows


def test_what_is_measured_is_read_off_the_lives_that_foresee_lives(worlds: Worlds, setting: Setting) -> None:
    measures = [
        Measure(column, how, first, YEARS)
        for column in (LOANS, TRUST)
        for how in (MEAN, LEAST, MOST, AT, CHANGE)
        for first in (1, YEARS - 2)
    ]
    for identity in VISIONS:
        strategy = strategy_of(shipped()[identity])
        lived = setting.live(worlds.drawn, setting.course(strategy), worlds.as_today)
        expected = np.stack([one.of(lived) for one in measures], axis=-1)
        assert live_strategy(worlds, strategy, measures) == pytest.approx(expected, rel=1e-12)


def test_a_row_lives_as_the_posture_written_from_it(worlds: Worlds, space: Space) -> None:
    measures = [Measure(LOANS, AT, 1, YEARS), Measure(TRUST, MEAN, 1, YEARS)]
    rows = some_rows(space, 3, CHUNK + 2)
    lived = live_rows(worlds, space, rows, measures)
    assert lived.shape == (CHUNK + 2, DRAWS, 2)
    for row, outcomes in zip(rows, lived, strict=True):
        again = live_strategy(worlds, strategy_of(space.posture(row)), measures)
        assert outcomes.tobytes() == again.tobytes()


def test_as_today_differs_in_nothing_from_the_lives_that_all_are_measured_from(worlds: Worlds) -> None:
    measures = [Measure(LOANS, AT, 1, YEARS)]
    outcomes = live_strategy(worlds, strategy_of(shipped()["as_is"]), measures)
    assert outcomes[:, 0] == pytest.approx(worlds.as_today[:, -1, LOANS], rel=1e-12)


def test_a_draw_is_the_same_world_whatever_the_others_are(setting: Setting, worlds: Worlds) -> None:
    later = worlds_of(setting, range(2, 5))
    measures = Wanted(read_objectives(["trust,loans"], YEARS), read_keeps([], 2025, YEARS)).measures
    strategy = strategy_of(shipped()["engaging"])
    whole = live_strategy(worlds, strategy, measures)
    assert live_strategy(later, strategy, measures).tobytes() == whole[2:5].tobytes()
