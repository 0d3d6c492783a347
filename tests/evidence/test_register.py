"""The register's data files hold what they promise."""

from dataclasses import replace
from math import isfinite

import pytest

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.evidence.register import (
    ASSUMPTIONS,
    FILES,
    FINDINGS,
    IDENTIFIED,
    LOOPS,
    STRENGTHS,
    Effect,
    effect,
    effects,
    loop_names,
)
from framsyn.model.coefficients import COEFFICIENTS
from tests.for_each import for_each

#: The one null whose source gives a figure: practically zero, and told so.
PRACTICALLY_ZERO = {"domestic_tax_rate_to_emigration": 0.001}
ALL = for_each(effects(), lambda one: one.id)


#: Findings on what a municipality's early years and schools do, of causal designs.
EDUCATION = (
    "school_time_to_earnings",
    "class_size_to_adult_wage",
    "school_spending_to_adult_wage",
    "childcare_place_to_schooling",
    "early_childhood_programme_to_return",
)
SUPPORTS = "supports another row"


def ids_of(name: str) -> list[str]:
    return [row["id"] for row in rows("framsyn.evidence", name)]


def assumptions() -> list[str]:
    return ids_of(ASSUMPTIONS)


def test_findings_come_first_then_loops_then_assumptions_and_no_id_comes_twice() -> None:
    ids = [one.id for one in effects()]
    assert ids == [*ids_of(FINDINGS), *ids_of(LOOPS), *ids_of(ASSUMPTIONS)]
    assert len(set(ids)) == len(ids)


def test_the_three_files_have_the_same_columns() -> None:
    columns = {tuple(rows("framsyn.evidence", name)[0]) for name in FILES}
    assert len(columns) == 1


def test_every_row_has_as_many_cells_as_there_are_columns() -> None:
    for name in FILES:
        for row in rows("framsyn.evidence", name):
            assert None not in row, row["id"]
            assert all(cell is not None for cell in row.values()), row["id"]


def test_every_assumption_has_that_strength_and_no_finding_has() -> None:
    assumed = {one.id for one in effects() if one.strength == "assumption"}
    assert set(assumptions()) <= assumed
    assert not assumed & set(ids_of(FINDINGS))


@ALL
def test_an_effect_says_what_moves_what_and_who_found_it(one: Effect) -> None:
    assert one.cause
    assert one.effect
    assert one.unit
    assert one.source
    assert one.strength in STRENGTHS


@ALL
def test_a_finding_says_where_it_was_found_with_what_design_and_whether_it_was_read(one: Effect) -> None:
    if one.strength == "assumption":
        assert (one.design, one.read) == ("", "")
        return
    assert one.country
    assert one.read in {"yes", "no"}
    assert one.design in {"A", "A/B", "B", "C"}
    # A source between two letters gets the lower one; only a null has a letter of its own.
    assert one.strength in {one.design[-1], "0"}


@ALL
def test_a_prior_is_ordered_and_within_its_bounds(one: Effect) -> None:
    told = [value for value in (one.minimum, one.low, one.median, one.high, one.maximum) if value == value]
    assert told == sorted(told)


@ALL
def test_the_distribution_says_what_is_known_of_the_prior(one: Effect) -> None:
    if not one.usable:
        assert one.distribution == ""
    else:
        assert one.distribution == ("point" if one.low == one.high else "split-normal")


@ALL
def test_an_effect_does_not_end_before_it_begins(one: Effect) -> None:
    if one.lag_min is not None and one.lag_max is not None:
        assert 0 <= one.lag_min <= one.lag_max


@for_each([one for one in effects() if one.strength == "0"], lambda one: one.id)
def test_a_null_is_centred_on_zero(one: Effect) -> None:
    assert one.median == PRACTICALLY_ZERO.get(one.id, 0.0)
    if one.distribution == "split-normal":
        assert one.low < 0.0 < one.high


@pytest.mark.parametrize(
    "identity",
    [
        "tax_to_moves",
        "engagement_to_jobs",
        "merger_to_total_spending",
        "general_grants_to_municipal_jobs",
        "wind_power_to_local_jobs",
        "payroll_tax_cut_to_jobs",
        "neighbour_tax_rate_to_own_rate",
        "domestic_tax_rate_to_emigration",
    ],
)
def test_the_nulls_of_research_are_told_as_nulls(identity: str) -> None:
    assert effect(identity).strength == "0"


def test_an_effect_of_unknown_size_gives_no_number() -> None:
    one = effect("services_and_tax_to_municipality_choice")
    assert not one.usable
    with pytest.raises(FramsynError, match="services_and_tax_to_municipality_choice is not known"):
        one.at(0.0)


def test_a_range_without_a_median_gives_no_number_either() -> None:
    one = effect("wind_power_to_local_jobs_other")
    assert (one.low, one.high, one.usable) == (0.0, 0.5, False)


def test_a_lag_that_is_not_known_is_not_guessed() -> None:
    one = effect("foreign_born_stock_to_house_prices")
    assert one.usable
    with pytest.raises(FramsynError, match="lag of the effect foreign_born_stock_to_house_prices"):
        _ = one.lag_years_min
    with pytest.raises(FramsynError, match="lag"):
        _ = one.lag_years_max


def test_the_eighty_percent_range_lies_at_its_normal_scores() -> None:
    one = effect("municipal_income_tax_to_house_prices")
    assert [round(one.at(z), 9) for z in (-1.2815515655446004, 0.0, 1.2815515655446004)] == [-8, -4, -1]
    assert one.at(5.0) == one.maximum == 0.0


@pytest.mark.parametrize(
    ("wrong", "right"), [("tax_to_move", "tax_to_moves"), ("digital_returns", "digital_return")]
)
def test_an_unknown_id_gets_the_nearest_ones(wrong: str, right: str) -> None:
    with pytest.raises(FramsynError, match="Nearest: ") as caught:
        effect(wrong)
    assert right in str(caught.value)


def test_an_id_like_no_other_is_sent_to_the_list() -> None:
    with pytest.raises(FramsynError, match="List them with: framsyn evidence"):
        effect("xyzzy")


@for_each(COEFFICIENTS, str)
def test_a_coefficient_of_the_model_is_in_the_register_with_a_size(identity: str) -> None:
    one = effect(identity)
    assert one.usable
    assert isfinite(one.at(0.0))


def test_every_assumption_is_a_coefficient_of_the_model() -> None:
    assumed = {one.id for one in effects() if one.strength == "assumption"}
    assert assumed <= set(COEFFICIENTS)


@for_each(COEFFICIENTS, str)
def test_a_coefficient_says_to_which_loop_it_belongs_and_whether_data_identify_it(identity: str) -> None:
    one = effect(identity)
    assert one.loop in loop_names()
    assert one.identified in IDENTIFIED
    assert one.unused_because == ""


def test_every_effect_that_is_no_coefficient_says_why() -> None:
    without = {one.id for one in effects() if not one.unused_because}
    assert without == set(COEFFICIENTS)


def test_every_loop_has_a_coefficient() -> None:
    assert {effect(identity).loop for identity in COEFFICIENTS} == set(loop_names())


@ALL
def test_what_data_identify_is_no_assumption_and_an_assumption_is_a_prior(one: Effect) -> None:
    if one.identified in {"data", "bounded"}:
        assert one.design
    if one.strength == "assumption":
        assert one.identified == "prior"


@ALL
def test_an_effect_that_only_supports_another_names_it(one: Effect) -> None:
    if one.id in EDUCATION or (one.loop and one.unused_because == SUPPORTS):
        named = [other.id for other in effects() if other.id in one.note]
        assert set(named) & set(COEFFICIENTS)


@pytest.mark.parametrize("identity", EDUCATION)
def test_causal_findings_on_schools_support_a_coefficient_of_the_model(identity: str) -> None:
    assert effect(identity).strength in {"A", "B"}
    assert effect(identity).unused_because == SUPPORTS


def test_nothing_is_left_out_because_it_comes_late() -> None:
    assert not [one.id for one in effects() if "council term" in one.unused_because]


@for_each([one for one in effects() if one.in_s0 or one.in_s2], lambda one: one.id)
def test_a_median_in_a_school_of_thought_lies_within_the_bounds(one: Effect) -> None:
    for school in ("S0", "S2"):
        factor, shift = one.school_terms(school)
        assert one.minimum <= one.median * factor + shift <= one.maximum


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("", 0.4, 0.4),  # as it is
        ("0", 0.4, 0.0),  # nothing
        ("x0.3", 0.4, 0.12),
        ("0.9", 0.4, 0.8),  # the median moves from 0.5 to 0.9, and so does every value
        ("0.9", 0.9, 1.0),  # and stops at the upper bound
        ("0.1", 0.2, 0.0),  # and at the lower
    ],
)
def test_a_school_of_thought_moves_a_value_as_the_register_says(
    written: str, value: float, expected: float
) -> None:
    one = replace(effect("stays_at_home"), median=0.5, minimum=0.0, maximum=1.0, in_s0=written, in_s2=written)
    assert one.in_school(value, "S0") == pytest.approx(expected)
    assert one.in_school(value, "S2") == pytest.approx(expected)
    assert one.in_school(value, "S1") == value


def test_the_schools_have_the_sizes_of_research() -> None:
    assert effect("jobs_to_in_flow").in_school(0.5, "S0") == pytest.approx(0.375)  # 0.5 × 0.15 / 0.20
    assert effect("homes_additional_tight").in_school(0.5, "S0") == pytest.approx(0.15)
    assert effect("homes_additional_tight").in_school(0.7, "S2") == 0.8  # 0.91 is more than a home can draw
    assert effect("services_to_net_short_moves").in_school(0.08, "S2") == pytest.approx(0.15)
    assert effect("alignment").in_school(0.2, "S0") == 0.0


def test_a_school_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(FramsynError, match="no school of thought called S3: choose one of S0, S1, S2"):
        effect("alignment").school_terms("S3")


def test_no_source_or_note_holds_an_unfinished_cell() -> None:
    for one in effects():
        for text in (
            one.cause,
            one.effect,
            one.unit,
            one.asymmetry,
            one.saturation,
            one.source,
            one.note,
            one.unused_because,
        ):
            assert text == text.strip()
            assert "TODO" not in text
