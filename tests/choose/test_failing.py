"""When lives fail, counted by hand."""

import numpy as np

from framsyn.choose.failing import fails_by_year
from framsyn.choose.measures import read_keeps
from framsyn.model import layout


def test_a_life_fails_in_the_years_in_which_a_keep_does_not_hold() -> None:
    records = np.zeros((2, 4, layout.INDICATORS))
    records[0, :, layout.LOANS] = [7000.0, 5000.0, 6500.0, 5000.0]
    records[1, 3, layout.DEFICIT_UNCOVERED] = 1.0
    keeps = read_keeps(["loans < 6000"], 2025, 3)
    assert fails_by_year(keeps, records).tolist() == [
        [False, False, True, False],
        [False, False, False, True],
    ]


def test_a_keep_of_one_year_fails_in_that_year_alone() -> None:
    records = np.zeros((1, 4, layout.INDICATORS))
    records[0, :, layout.CASH_FLOW] = [-300.0, -300.0, -300.0, -300.0]
    keeps = read_keeps(["cash_flow > -200 in 2027"], 2025, 3)
    assert fails_by_year(keeps, records).tolist() == [[False, False, True, False]]
