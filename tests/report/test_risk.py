import re

import pytest

from framsyn.i18n.translator import words
from framsyn.report.cells import Cells
from framsyn.report.listing import looks
from framsyn.report.page import render
from framsyn.report.risk import Risk, risk
from framsyn.report.summary import summarise
from tests.report.made_futures import made_futures, no_history

EN = words("en")


@pytest.fixture
def told() -> Risk:
    """Ten lives of five years: one meets A in the second year, another C in the third, four B in the last.

    Three are in an assessment procedure in the last, and one has merged.
    """
    futures = made_futures(("lazy", "engaging"), draws=10, years=5)
    futures["deficit_uncovered"][0, 0, 2] = 1.0
    futures["four_limits_met"][0, 1, 3] = 1.0
    futures["deficit_too_large"][0, 0:4, 5] = 1.0
    futures["assessment_procedure"][0, 0:3, 5] = 1.0
    futures["merged"][0, 0, 5] = 1.0
    found = risk(
        futures, Cells(summarise(futures), EN), list(looks(["lazy", "engaging"]).values()), [2026, 2027, 2030]
    )
    assert found is not None
    return found


def test_the_whole_risk_counts_a_life_once_whatever_it_meets(told: Risk) -> None:
    assert told.years == [2026, 2027, 2030]
    assert told.whole == [
        ("Lazy municipality", ["0%", "10%", "40%", "40%"]),
        ("Engaging vitality municipality", ["0%"] * 4),
    ]


def test_each_criterion_stands_by_itself(told: Risk) -> None:
    lazy = {criterion: rows[0][1] for criterion, rows in told.criteria}
    assert lazy == {
        "Deficit not covered in time (criterion A)": ["0%", "10%", "0%", "10%"],
        "Deficit too large (criterion B)": ["0%", "0%", "40%", "40%"],
        "All four limits two years in a row (criterion C)": ["0%", "0%", "0%", "10%"],
        "In an assessment procedure": ["0%", "0%", "30%", "30%"],
        "Merged with a neighbour": ["0%", "0%", "10%", "10%"],
    }


def test_a_single_life_in_many_is_not_rounded_away() -> None:
    futures = made_futures(("lazy",), draws=300, years=2)
    futures["deficit_too_large"][0, 7, 2] = 1.0
    assert ">&lt;1%<" in render(futures, no_history(), EN)


def test_the_page_does_without_where_the_criteria_are_not_known() -> None:
    futures = made_futures(("lazy",), draws=3, years=2)
    whole = render(futures, no_history(), EN)
    assert re.search(r'<h3 id="risk">', whole)
    lacking = render(futures.drop_vars("four_limits_met"), no_history(), EN)
    assert 'id="risk"' not in lacking
