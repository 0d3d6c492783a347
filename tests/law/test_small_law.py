"""The parts of the grant by hand, under a law of round numbers."""

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.law import components
from framsyn.law.age_prices import AGES, AgeClass, Floats
from framsyn.law.components import Component
from framsyn.law.known import Known
from framsyn.law.parameters import Law, Parameter


def dated(identity: str, set_: str, *values: tuple[int, float, str]) -> tuple[Known, ...]:
    """What is known of a parameter, from year, value and status."""
    return tuple(
        Known(identity, year, value, "EUR", status, set_, "the act", "of a test")
        for year, value, status in values
    )


#: Costs of the criteria in 2020, 700 together, and the price of each.
CRITERIA = dict(zip(components.CRITERIA, (10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 420.0), strict=True))
YEARLY = {
    "calculated_costs_eur": (
        (2020, 2_100.0, "in_force"),
        (2021, 2_510.0, "proposed"),
        (2023, 2_565.0, "in_force"),
    ),
    "costs_age_eur": ((2020, 1_300.0, "in_force"),),
    "costs_employment_services_eur": ((2020, 100.0, "in_force"),),
    "add_ons_eur": ((2020, 40.0, "indicative"),),
    "equalisation_net_eur": ((2020, 500.0, "in_force"),),
    "basic_grant_eur": ((2020, 1_200.0, "proposed"),),
    "grant_index_pct": ((2020, 90.0, "in_force"), (2021, 10.0, "in_force"), (2022, 50.0, "in_force")),
    "state_grant_pct": ((2020, 25.0, "in_force"), (2021, 20.0, "proposed"), (2023, 20.0, "in_force")),
    "fixed_term_per_resident_eur": ((2020, 2.0, "proposed"), (2023, 3.0, "in_force")),
    **{name: ((2020, cost, "in_force"),) for name, cost in CRITERIA.items()},
    "costs_education_eur": ((2020, 420.0, "proposed"),),
}
STANDING = {
    "decision_cut": ((2021, -30.0, "proposed"), (2023, 0.0, "proposed")),
    "decision_new_tasks": ((2022, 7.0, "in_force"), (2023, 8.0, "in_force")),
    **dict.fromkeys(components.CRITERIA.values(), ((2020, 2.0, "proposed"),)),
}
LAW = Law(
    {
        **{name: dated(name, "yearly", *values) for name, values in YEARLY.items()},
        **{name: dated(name, "standing", *values) for name, values in STANDING.items()},
    },
    (
        AgeClass(2020, 0, 49, 1.0, "in_force", "the act", ""),
        AgeClass(2020, 50, 100, 3.0, "assumption", "the act", ""),
    ),
)


def residents() -> Floats:
    """Ten aged 49, thirty aged 50 and ten of 100 and over: 130 at the prices of their classes."""
    people = np.zeros(AGES)
    people[[49, 50, 100]] = 10.0, 30.0, 10.0
    return people


def test_the_costs_of_the_first_year_are_the_published_ones_and_ages_share_theirs_by_price() -> None:
    assert components.calculated_parts(LAW, 2020, residents()) == (
        Component("costs_age_0_49_eur", 100.0, "indicative", "counted"),
        Component("costs_age_50_100_eur", 1_200.0, "assumption", "counted"),
        *(
            Component(name, cost, "in_force" if name != "costs_education_eur" else "proposed", "published")
            for name, cost in CRITERIA.items()
        ),
        Component("costs_employment_services_eur", 100.0, "in_force", "published"),
    )


def test_costs_of_a_later_year_move_with_all_costs_but_services_which_follow_the_index() -> None:
    # Services 100 × 1.1 = 110; all else (2,510 − 110) / (2,100 − 100) = 1.2 times that of 2020.
    found = components.calculated_parts(LAW, 2021, residents(), {"costs_density_eur": 25.0})
    expected = (
        Component("costs_age_0_49_eur", 120.0, "indicative", "counted"),
        Component("costs_age_50_100_eur", 1_440.0, "assumption", "counted"),
        *(
            Component(name, 1.2 * cost, "indicative", "derived")
            if name != "costs_density_eur"
            else Component(name, 50.0, "proposed", "counted")
            for name, cost in CRITERIA.items()
        ),
        Component("costs_employment_services_eur", 110.0, "indicative", "derived"),
    )
    assert_parts(found, expected)


def test_the_grant_of_a_year_with_a_published_total_by_hand() -> None:
    # A quarter of 2,100; 50 residents at 2 euros; transition 1,200 − 1,165.
    assert_parts(
        components.national_grant(LAW, 2020, residents()),
        (
            Component("by_percentage", 525.0, "in_force", "derived"),
            Component("add_ons_eur", 40.0, "indicative", "derived"),
            Component("fixed_term", 100.0, "proposed", "derived"),
            Component("equalisation_net_eur", 500.0, "in_force", "published"),
            Component("decisions", 0.0, "in_force", "derived"),
            Component("transition", 35.0, "proposed", "by_difference"),
        ),
    )


def test_the_grant_of_a_year_without_a_published_total_by_hand() -> None:
    assert_parts(
        components.national_grant(LAW, 2021, residents()),
        (
            Component("by_percentage", 502.0, "proposed", "derived"),
            Component("add_ons_eur", 44.0, "indicative", "derived"),
            Component("fixed_term", 100.0, "proposed", "derived"),
            Component("equalisation_net_eur", 500.0, "indicative", "derived"),
            Component("decisions", -30.0, "proposed", "derived"),
            Component("transition", 35.0, "assumption", "held"),
        ),
    )


def test_what_is_counted_or_known_better_takes_the_place_of_the_law_s_figures() -> None:
    # Density costs 50 by its count in the place of 1.2 × 50; what is held is of the law's figures.
    assert_parts(
        components.national_grant(LAW, 2021, residents(), {"costs_density_eur": 25.0}, 321.0),
        (
            Component("by_percentage", 500.0, "indicative", "derived"),
            Component("add_ons_eur", 44.0, "indicative", "derived"),
            Component("fixed_term", 100.0, "proposed", "derived"),
            Component("equalisation_net_eur", 321.0, "indicative", "counted"),
            Component("decisions", -30.0, "proposed", "derived"),
            Component("transition", 35.0, "assumption", "held"),
        ),
    )
    published = components.national_grant(LAW, 2020, residents(), {"costs_density_eur": 5.0}, 321.0)
    # Density costs 10, 40 less than published: a quarter of it, and 179 of equalisation, go to transition.
    assert published[-1] == Component("transition", 35.0 + 10.0 + 179.0, "proposed", "by_difference")
    assert published[0] == Component("by_percentage", 515.0, "indicative", "derived")


def test_an_index_that_is_not_known_moves_nothing_and_an_ended_decision_has_no_mark() -> None:
    parts = components.by_formula(LAW, 2023, residents())
    # Services 165: 100 × 1.1 × 1.5, and nothing for 2023; so the rest is 2,400, and the sum 2,565.
    assert_parts(
        parts,
        (
            Component("by_percentage", 513.0, "in_force", "derived"),
            Component("add_ons_eur", 66.0, "indicative", "derived"),
            Component("fixed_term", 150.0, "in_force", "derived"),
            Component("equalisation_net_eur", 500.0, "indicative", "derived"),
            Component("decisions", 8.0, "in_force", "derived"),
        ),
    )
    assert components.by_formula(LAW, 2022, residents())[4] == Component(
        "decisions", -23.0, "proposed", "derived"
    )


def assert_parts(found: tuple[Component, ...], expected: tuple[Component, ...]) -> None:
    assert [part._replace(eur=0.0) for part in found] == [part._replace(eur=0.0) for part in expected]
    assert [part.eur for part in found] == pytest.approx([part.eur for part in expected], rel=1e-12)


@pytest.mark.parametrize(
    ("people", "shape"),
    [(np.ones(100), "(100,)"), (np.full(AGES, -0.5), "(101,)"), (np.ones((2, AGES)), "(2, 101)")],
)
def test_residents_of_another_shape_or_below_zero_are_refused(people: Floats, shape: str) -> None:
    with pytest.raises(FramsynError) as error:
        components.calculated_parts(LAW, 2020, people)
    assert str(error.value) == (
        "Residents by age must be 101 numbers of 0 or more (ages 0–100), not an array of shape " + shape + "."
    )


def test_the_first_unknown_criterion_is_named_beside_all_that_there_are() -> None:
    with pytest.raises(FramsynError) as error:
        components.calculated_parts(LAW, 2020, residents(), {"snow": 1.0, "ice": 1.0})
    assert str(error.value) == (
        "There is no criterion ice of the state grant. There are: " + ", ".join(CRITERIA) + "."
    )


def test_a_parameter_is_told_with_everything_that_is_known_of_it() -> None:
    assert LAW.value("state_grant_pct", 2022) == Parameter(
        "state_grant_pct", 2022, 2021, 20.0, "EUR", "proposed", "the act", "of a test", carried=True
    )
    assert not LAW.value("state_grant_pct", 2021).carried
    assert not LAW.value("decision_cut", 2022).carried


def test_a_year_before_the_first_value_is_told_with_the_first() -> None:
    with pytest.raises(FramsynError) as error:
        LAW.value("decision_new_tasks", 2021)
    assert str(error.value) == (
        "The law parameter decision_new_tasks is known from 2022 on: ask for that year or a later one, not "
        "2021."
    )
    with pytest.raises(FramsynError) as error:
        LAW.classes(2019)
    assert str(error.value) == (
        "Base prices by age are known from 2020 on: ask for that year or a later one, not 2019."
    )


def test_the_age_classes_of_a_year_are_the_latest_set_and_give_every_age_its_price() -> None:
    later = AgeClass(2022, 0, 100, 9.0, "in_force", "the act", "")
    law = Law(LAW.known, (*LAW.age_classes, later))
    assert law.classes(2021) == LAW.age_classes
    assert law.classes(2022) == law.classes(2030) == (later,)
    assert law.age_prices(2021).tolist() == [1.0] * 50 + [3.0] * 51
