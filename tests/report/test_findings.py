import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report import findings
from framsyn.report.findings import Finding, Range, finding, sentence
from tests.report.made_futures import made_futures

EN = words("en")
FLAT = Range(0.0, 0.0, 0.0)


def _ranges(most: float) -> st.SearchStrategy[Range]:
    values = st.lists(st.floats(-most, most), min_size=3, max_size=3).map(sorted)
    return values.map(lambda three: Range(*three))


@given(_ranges(60))
def test_a_population_is_said_to_grow_or_shrink_only_when_it_does(change: Range) -> None:
    message = findings.population_message(change)
    assert ("grows by" in message) == (change.mid >= findings.STABLE_PERCENT)
    assert ("shrinks by" in message) == (change.mid <= -findings.STABLE_PERCENT)
    assert ("about as large" in message) == (abs(change.mid) < findings.STABLE_PERCENT)
    if "may also" in message:
        assert change.low <= 0 <= change.high


@given(st.floats(0, 100))
def test_the_share_of_futures_whose_margin_covers_depreciation_is_told_truly(covered: float) -> None:
    message = findings.margin_message(covered)
    assert ("every" in message) == (covered == 100)
    assert ("in no future" in message) == (covered == 0)
    if "most" in message:
        assert covered >= 80
    if "few" in message:
        assert covered <= 20


@given(_ranges(5000))
def test_loans_rise_fall_or_stay_as_the_median_says(change: Range) -> None:
    message = findings.loans_message(change)
    assert ("rise" in message) == (change.mid >= findings.SAME_LOANS)
    assert ("fall" in message) == (change.mid <= -findings.SAME_LOANS)


@given(_ranges(20))
def test_a_difference_is_claimed_only_outside_the_uncertainty(difference: Range) -> None:
    message = findings.against_message(difference)
    if "more" in message:
        assert difference.low > 0
    if "fewer" in message:
        assert difference.high < 0
    if "practically" in message:
        assert abs(difference.mid) < findings.SAME_PERCENT


@given(
    _ranges(60),
    st.floats(0, 100) | st.just(math.nan),
    _ranges(5000),
    _ranges(9000),
    st.floats(0, 100) | st.just(math.nan),
    _ranges(20) | st.none(),
)
def test_a_sentence_can_be_made_of_any_numbers_in_every_language(
    population: Range,
    covered: float,
    loans: Range,
    repair_debt: Range,
    assessed: float,
    against: Range | None,
) -> None:
    for lang in LANGUAGES:
        text = sentence(Finding(100, population, covered, loans, repair_debt, assessed, against), words(lang))
        assert text.endswith(".")
        assert not re.search(r"[{}]|nan", text)


def test_a_hand_made_future_gives_the_sentence_expected() -> None:
    found = Finding(
        500,
        Range(-15.0, -9.04, -3.0),
        41.0,
        Range(300.0, 1234.4, 2000.0),
        Range(900.0, 1500.0, 2500.0),
        12.4,
        Range(-2.0, -1.0, 0.5),
    )
    assert sentence(found, EN) == (
        "the population shrinks by 9.0% (80% interval −15.0 to −3.0%); "
        "the annual margin covers depreciation in 41% of the futures; "
        "loans rise by 1,234 €/resident (80% interval 300–2,000); "
        "repair debt rises by 1,500 €/resident (80% interval 900–2,500); "
        "a criterion for the state's assessment procedure (§ 118) is met at some time in 12% of the futures; "
        "within the uncertainty as many residents as when going on as today: −1.0% "
        "(80% interval −2.0 to 0.5%)."
    )


def test_repair_debt_is_told_only_when_it_has_grown_much() -> None:
    little, much = Range(0.0, 299.0, 900.0), Range(0.0, 301.0, 900.0)
    assert "repair debt" not in sentence(Finding(9, FLAT, 50.0, FLAT, little, 0.0, None), EN)
    assert "repair debt rises by 301" in sentence(Finding(9, FLAT, 50.0, FLAT, much, 0.0, None), EN)


def test_a_single_life_has_no_interval() -> None:
    assert "interval" not in sentence(Finding(1, FLAT, 100.0, FLAT, FLAT, 0.0, FLAT), EN)


def test_some_futures_are_never_rounded_to_none_or_all() -> None:
    assert "(1%)" in sentence(Finding(1000, FLAT, 0.1, FLAT, FLAT, 0.0, None), EN)
    assert "(99%)" in sentence(Finding(1000, FLAT, 99.9, FLAT, FLAT, 0.0, None), EN)


def test_the_comparison_with_today_s_course_is_made_within_each_world() -> None:
    futures = made_futures(("as_is", "engaging"), draws=50, years=5)
    futures["population"][1] = futures["population"][0] * 1.02
    found = finding(futures, "engaging")
    assert found.against == pytest.approx((2.0, 2.0, 2.0))
    assert found.population.high - found.population.low > 1.0


def test_the_anchor_is_not_compared_with_itself() -> None:
    assert finding(made_futures(draws=5, years=2), "as_is").against is None
    assert finding(made_futures(("lazy",), draws=5, years=2), "lazy").against is None


def test_unknown_finances_are_said_to_be_unknown() -> None:
    futures = made_futures(("lazy",), draws=5, years=2)
    futures["annual_margin_per_resident"][:] = np.nan
    futures["loans_per_resident"][:] = np.nan
    text = sentence(finding(futures, "lazy"), EN)
    assert "whether the annual margin covers depreciation is not known" in text
    assert "how loans change is not known" in text


def test_a_margin_equal_to_depreciation_covers_it() -> None:
    futures = made_futures(("lazy",), draws=4, years=1)
    futures["depreciation_per_resident"][:] = 100.0
    futures["annual_margin_per_resident"][0, :, 1] = [99.0, 100.0, 101.0, 102.0]
    assert finding(futures, "lazy").covered == 75.0


@pytest.mark.parametrize(
    ("share", "said"), [(4.9, ""), (5.0, "in 5% of"), (99.9, "in >99% of"), (100.0, "in every future drawn")]
)
def test_the_state_s_assessment_is_told_where_it_is_no_small_risk(share: float, said: str) -> None:
    told = sentence(Finding(1000, FLAT, 50.0, FLAT, FLAT, share, None), EN)
    assert ("§ 118" in told) == bool(said)
    assert said in told


def test_a_life_is_assessed_when_any_criterion_is_met_in_any_year() -> None:
    futures = made_futures(("lazy",), draws=10, years=3)
    futures["deficit_too_large"][0, 0, 1] = 1.0
    futures["four_limits_met"][0, 0, 2] = 1.0
    futures["deficit_uncovered"][0, 4, 3] = 1.0
    assert finding(futures, "lazy").assessed == 20.0
    futures["deficit_uncovered"][0, 5, 3] = np.nan
    assert math.isnan(finding(futures, "lazy").assessed)
    assert math.isnan(finding(futures.drop_vars("four_limits_met"), "lazy").assessed)
