import math

import pytest

from framsyn.validate.coverage import Outcome, coverage_table, shares


def outcome(residents: float, ahead: int, observed: float, beside: float = 1.0) -> Outcome:
    """An outcome of the interval 0…1, beside the country of 0…`beside`."""
    return Outcome(2009, ahead, residents, observed, 0.0, 1.0, 0.0, beside)


OUTCOMES = [
    outcome(1_500.0, 1, 0.5),
    outcome(1_500.0, 1, 1.5),
    outcome(30_000.0, 1, 1.0, beside=0.9),
    outcome(30_000.0, 2, -0.1),
]


def test_shares_count_what_each_interval_held_by_size_and_years_ahead() -> None:
    held = shares(OUTCOMES, (1, 2), beside=False)
    assert held[0][0] == held[0][2] == 50.0
    assert held[4] == [100.0, 0.0, 50.0]
    assert held[5] == pytest.approx([100.0 * 2 / 3, 0.0, 50.0])
    assert math.isnan(held[2][0])


def test_given_the_country_s_course_the_other_interval_counts() -> None:
    assert shares(OUTCOMES, (1, 2), beside=True)[4] == [0.0, 0.0, 0.0]


def test_the_table_has_a_row_for_each_size_and_a_dash_where_nothing_came() -> None:
    lines = coverage_table(OUTCOMES, (1, 2), beside=False)
    assert lines[0] == "| residents | 1 year | 2 years | all years |"
    assert lines[2] == "| under 2,000 | 50 | – | 50 |"
    assert len(lines) == 2 + 6
