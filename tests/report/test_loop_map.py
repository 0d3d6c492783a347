"""The map of loops holds every coefficient of the model, on arrows between parts that exist."""

import pytest

from framsyn.evidence.register import effect, loop_names
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.report.loop_map import (
    ARITHMETIC,
    EFFECT,
    MIXED,
    ROLES,
    SIGNS,
    ArrowRow,
    arrow_rows,
    loop_arrows,
    node_labels,
    overview_arrows,
    part_labels,
    part_of,
)
from tests.for_each import for_each

ON_ARROWS = [row for row in arrow_rows() if row.effect]


def test_every_coefficient_of_the_model_sits_on_one_arrow_and_nothing_else_does() -> None:
    assert sorted(row.effect for row in ON_ARROWS) == sorted(COEFFICIENTS)


@for_each(arrow_rows(), lambda row: f"{row.effect}:{row.cause}-{row.result}")
def test_an_arrow_joins_two_nodes_that_exist(row: ArrowRow) -> None:
    assert {row.cause, row.result} <= set(node_labels())
    assert row.cause != row.result
    assert row.sign in SIGNS
    assert row.role in ROLES
    assert (row.role == ARITHMETIC) == (row.effect == "")


@for_each(ON_ARROWS, lambda row: row.effect)
def test_a_coefficient_is_drawn_in_the_loop_to_which_the_register_says_it_belongs(row: ArrowRow) -> None:
    assert row.loop == effect(row.effect).loop


def test_every_node_is_joined_and_belongs_to_a_part_that_exists() -> None:
    joined = {end for row in arrow_rows() for end in (row.cause, row.result)}
    assert joined == set(node_labels())
    assert set(part_of().values()) == set(part_labels())


@pytest.mark.parametrize("loop", loop_names())
def test_the_coefficients_that_only_shape_an_arrow_have_an_effect_or_arithmetic_to_shape(loop: str) -> None:
    for arrow in loop_arrows(loop):
        roles = {row.role for row in arrow_rows() if (row.loop, *row[2:4]) == (loop, *arrow[:2])}
        assert roles & {EFFECT, ARITHMETIC}


#: Coefficients whose median has the other sign than their arrow, and why.
OTHER_SIGN = {
    "decline_to_households",  # per +1 % of occupied homes, which leave fewer empty
    "growth_to_households",
    "lock_in_of_owners",  # people who move out; the arrow points to those who live here
    "jobs_to_out_flow",
    "cheap_homes_to_moves",  # per cent that the price falls
    "population_decline_to_house_prices",  # sign of the answer to decline
    "village_school_closure_to_population",  # closures; the arrow begins at places
    "collapse_of_services",  # moves out as services fall
    "decline_to_tax",  # points per −1 % of people
    "youth_services_to_youth_outside",
    "cohesion_to_stay",  # moves out
    "safety_to_stay",
    "planning_cost",  # a cost, which lowers the cash flow
    "deficit_borrowed",  # a cash flow below zero raises loans
    "surplus_repaid",  # above zero it lowers them
    "interest_spread",  # interest lowers the cash flow
    "investment_persistence",
    "tight_market_vacancy",  # a level, above which homes draw fewer
    "bought_places_to_quality",  # a share lost
    "repair_debt_to_quality",
    "digital_return",  # euros saved, which lowers costs
    "reach_to_digital_return",
    "prevention_to_cost",  # euros avoided
}


@for_each([row for row in ON_ARROWS if row.role == EFFECT], lambda row: row.effect)
def test_the_sign_of_an_arrow_is_that_of_its_median(row: ArrowRow) -> None:
    median = effect(row.effect).median
    if row.sign == "0":
        assert median == 0.0
    elif median and row.effect not in OTHER_SIGN:
        assert (median > 0) == (row.sign == "+")


def test_arrows_of_several_effects_have_all_their_letters_the_strongest_first_and_the_whole_lag() -> None:
    arrow = next(arrow for arrow in loop_arrows("skills") if arrow[:2] == ("places", "skills"))
    assert arrow.strengths == ("A", "C")  # early_childhood_to_schooling, schooling_year_to_wage
    assert arrow.lag == (10, 25)
    assert not arrow.by_data


def test_an_arrow_is_filled_where_finnish_data_give_one_of_its_sizes() -> None:
    filled = {arrow[:2] for arrow in loop_arrows("labour") if arrow.by_data}
    assert ("jobs", "people") in filled
    assert ("business", "jobs") not in filled


def test_arithmetic_has_no_letter_and_no_lag() -> None:
    arrow = next(arrow for arrow in loop_arrows("tax") if arrow[:2] == ("people", "tax_base"))
    assert (arrow.strengths, arrow.lag) == ((), None)


def test_the_overview_has_effects_alone_and_none_within_a_part() -> None:
    for arrow in overview_arrows():
        assert arrow.strengths
        assert arrow.cause != arrow.result


def test_people_and_jobs_act_on_each_other_in_the_overview() -> None:
    signs = {arrow[:2]: arrow.sign for arrow in overview_arrows()}
    assert signs["people", "jobs"] == "+"
    assert signs["jobs", "people"] == "+"
    assert signs["money", "people"] == "-"
    assert MIXED in signs.values()
