"""On a municipality of which everything is known, search finds the front and PRIM the worlds of failure."""

import numpy as np
import pytest

from framsyn.choose.box import inside
from framsyn.choose.conditions import conditions
from framsyn.choose.dominance import hypervolume
from framsyn.choose.prim import table
from framsyn.choose.search import Front, search

from . import known_model
from .known_model import IMMIGRATION, INTEREST, KnownModel, failure_box, front_hypervolume, money_left, worlds


@pytest.fixture(scope="module")
def front() -> Front:
    return search(KnownModel(), 8_000, 5)


def test_the_search_finds_the_known_front(front: Front) -> None:
    found = hypervolume(front.outcome.objectives, known_model.REFERENCE)
    assert found >= 0.95 * front_hypervolume()


def test_prim_finds_the_worlds_in_which_a_found_strategy_fails(front: Front) -> None:
    drawn = worlds(2_000, 9)
    for row in front.rows[[0, len(front.rows) // 2, -1]]:
        failing = money_left(row[None], drawn)[0] < 0.0
        (found, *_others) = conditions(table(drawn, failing)).boxes
        assert set(found.box.restricted) == {IMMIGRATION, INTEREST}
        assert found.box.coverage >= 0.8
        assert found.box.density >= 0.8
        immigration, interest = failure_box(row[None])
        assert found.box.high[IMMIGRATION] == pytest.approx(immigration[0], abs=0.03)
        assert found.box.low[INTEREST] == pytest.approx(interest[0], abs=0.03)
        again = worlds(2_000, 10)
        within = inside(again, found.box.low, found.box.high)
        assert np.mean(money_left(row[None], again)[0][within] < 0.0) >= 0.8
