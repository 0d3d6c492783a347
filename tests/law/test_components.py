"""National sums of the state grant: which are checks against a source, and which stand by construction."""

from collections.abc import Sequence

import numpy as np
import pytest

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.law import components, grants
from framsyn.law.age_prices import Floats
from framsyn.law.parameters import Law

LAW = Law.standing()
CLASSES = ((0, 5), (6, 6), (7, 12), (13, 15), (16, 18), (19, 64), (65, 74), (75, 84), (85, 100))
#: Mainland residents of those ages at 31 December; Statistics Finland, population structure. The grant of
#: a year counts residents at the beginning of the year before.
MAINLAND = {
    2020: (302155, 59020, 371690, 183191, 177743, 3160858, 704249, 390665, 154093),
    2021: (296144, 56867, 369949, 185637, 180608, 3156756, 699153, 416031, 156752),
    2022: (288780, 54718, 365967, 187852, 184142, 3164881, 689858, 439210, 158203),
    2024: (280783, 50320, 355267, 193794, 191354, 3212501, 672235, 480543, 168520),
}


def residents(grant_year: int) -> Floats:
    """[age] residents that the grant of a year counts, even within each class."""
    ages = np.zeros(101)
    for (first, last), persons in zip(CLASSES, MAINLAND[grant_year - 2], strict=True):
        ages[first : last + 1] = persons / (last - first + 1)
    return ages


def named(parts: Sequence[components.Component]) -> dict[str, components.Component]:
    return {part.id: part for part in parts}


# Checks against a source that was not used.


@pytest.mark.parametrize(("year", "published"), [(2015, 6_507_621_000), (2023, 2_127_684_000)])
def test_the_percentage_of_the_budget_s_costs_is_the_budget_s_grant(year: int, published: float) -> None:
    costs = LAW.value("calculated_costs_eur", year).value
    grant = grants.grant_of_costs(costs, LAW.value("state_grant_pct", year).value)
    assert grant == pytest.approx(published, rel=3e-5)


@pytest.mark.parametrize("year", [2015, 2023])
def test_the_budget_s_parts_sum_to_its_calculated_costs(year: int) -> None:
    parts = components.calculated_parts(LAW, year, np.ones(101))
    assert components.total(parts) == pytest.approx(LAW.value("calculated_costs_eur", year).value, rel=1e-9)


def test_the_prices_of_2022_give_the_costs_of_2022_within_3_percent() -> None:
    people = residents(2022)
    by_age = grants.calculated_costs(LAW.age_prices(2022), people)
    morbidity = grants.coefficient_cost(LAW.value("price_morbidity_eur", 2022).value, 1.0, people.sum())
    unemployment = grants.coefficient_cost(LAW.value("price_unemployment_eur", 2022).value, 1.0, people.sum())
    rest = ("bilingual", "foreign_language", "density", "archipelago", "part_archipelago", "education")
    others = sum(LAW.value(f"costs_{name}_eur", 2023).value for name in rest)
    # HE 164/2021: 245.7 M€ are 0.80 percentage points, and 563.5 M€ are 1.87.
    published = (245.7e6 / 0.0080 + 563.5e6 / 0.0187) / 2
    assert by_age + morbidity + unemployment + others == pytest.approx(published, rel=0.03)


def test_new_tasks_of_2024_cost_what_the_bill_tells_within_3_percent() -> None:
    indexed = LAW.value("calculated_costs_eur", 2023).value * 1.022
    told = 4.667e6 + 0.5e6 + 4.135e6 - 0.251e6
    assert grants.cost_of_new_tasks(indexed, 22.09, 0.07) == pytest.approx(told, rel=0.03)


@pytest.mark.parametrize(
    ("year", "yields", "index"), [(2024, 52.8e6, 0.022), (2027, 114e6, 0.035)], ids=["2024", "2027"]
)
def test_what_the_index_works_on_is_what_the_bill_tells_within_3_percent(
    year: int, yields: float, index: float
) -> None:
    assert components.index_base(LAW, year - 1) == pytest.approx(yields / index, rel=0.03)


def test_costs_and_add_ons_over_the_percentage_are_10_9_bn_in_2024_and_12_7_bn_in_2027() -> None:
    """A coarser figure of the costs: the base of the index, add-ons included, over the percentage."""
    for year, percentage, derived in ((2024, 21.92, 10.95e9), (2027, 25.73, 12.66e9)):
        assert components.index_base(LAW, year - 1) / (percentage / 100) == pytest.approx(derived, rel=0.03)


def test_the_average_of_2023_with_the_compensation_of_tax_losses_is_640_euros_within_3_percent() -> None:
    people = residents(2023)
    grant = components.per_resident(components.national_grant(LAW, 2023, people), people)
    compensation = LAW.value("tax_loss_compensation_eur", 2023).value / people.sum()
    assert grant + compensation == pytest.approx(640, rel=0.03)


def test_the_wellbeing_add_on_is_100_million() -> None:
    assert LAW.value("hyte_mean_eur", 2023).value * residents(2023).sum() == pytest.approx(100e6, rel=0.01)


def test_the_draft_of_2027_is_2026_with_the_index_and_the_decisions() -> None:
    changes = 114e6 + sum(
        LAW.value(f"decision_{name}_eur", 2027).value
        for name in ("index_brake", "cost_sharing", "social_assistance", "new_tasks")
    )
    then = LAW.value("basic_grant_eur", 2026).value
    assert then + changes == pytest.approx(LAW.value("basic_grant_eur", 2027).value, rel=0.03)


def test_with_the_transition_items_of_2023_the_total_of_2026_would_be_within_5_percent() -> None:
    """The only check of the average itself: transition items change by more than 3 percent of the grant."""
    then = named(components.national_grant(LAW, 2023, residents(2023)))["transition"].eur
    formula = components.total(components.by_formula(LAW, 2026, residents(2026)))
    assert formula + then == pytest.approx(LAW.value("basic_grant_eur", 2026).value, rel=0.05)


# By construction.


def test_calculated_costs_of_2024_to_2026_follow_from_2023_the_index_and_new_tasks() -> None:
    costs = LAW.value("calculated_costs_eur", 2023).value
    changes = rows("framsyn.law", "grant_percentage_changes.csv")
    causes = ("tasks", "employment services and integration")
    for year in (2024, 2025, 2026):
        tasks = sum(
            float(row["change_pp"]) for row in changes if row["year"] == str(year) and row["cause"] in causes
        )
        costs = components.derived_costs(LAW, costs, year, tasks)
        assert LAW.value("calculated_costs_eur", year).value == pytest.approx(costs, rel=1e-4)
        assert LAW.value("calculated_costs_eur", year).status == "indicative"


@pytest.mark.parametrize(("year", "average"), [(2024, 2463e6 / 5_533_611), (2026, 3510e6 / 5_605_317)])
def test_a_published_total_is_met_by_the_transition_items(year: int, average: float) -> None:
    people = residents(year)
    parts = components.national_grant(LAW, year, people)
    assert components.per_resident(parts, people) == pytest.approx(average, rel=1e-6)
    assert named(parts)["transition"].basis == "by_difference"


def test_in_a_year_without_a_published_total_the_transition_items_are_held_and_marked() -> None:
    people = residents(2026)
    held = named(components.national_grant(LAW, 2025, people))["transition"]
    then = named(components.national_grant(LAW, 2024, people))["transition"]
    assert held == then._replace(basis="held", status="assumption")


# Marks.


def test_the_parts_say_what_is_published_and_what_is_indicative() -> None:
    parts = named(components.calculated_parts(LAW, 2015, residents(2022)))
    assert parts["costs_unemployment_eur"][2:] == ("in_force", "published")
    parts = named(components.calculated_parts(LAW, 2026, residents(2026)))
    assert parts["costs_unemployment_eur"][2:] == ("indicative", "derived")
    assert parts["costs_age_7_12_eur"][2:] == ("indicative", "counted")
    assert parts["costs_age_16_100_eur"][2:] == ("assumption", "counted")
    grant = named(components.national_grant(LAW, 2026, residents(2026)))
    assert grant["by_percentage"][2:] == ("indicative", "derived")
    assert grant["fixed_term"][2:] == ("proposed", "derived")
    assert grant["decisions"].eur == -75e6


def test_a_count_gives_the_cost_of_a_criterion_by_its_price() -> None:
    parts = components.calculated_parts(LAW, 2026, residents(2026), {"costs_archipelago_eur": 36_000.0})
    archipelago = named(parts)["costs_archipelago_eur"]
    assert archipelago.eur == pytest.approx(438.47 * 36_000)
    assert archipelago[2:] == ("indicative", "counted")


def test_equalisation_that_is_known_better_takes_the_place_of_the_law_s_figure() -> None:
    people = residents(2026)
    parts = named(components.by_formula(LAW, 2026, people, equalisation_eur=8e8))
    assert parts["equalisation_net_eur"].eur == 8e8


def test_wrong_residents_and_unknown_criteria_are_refused() -> None:
    with pytest.raises(FramsynError, match="ages 0–100"):
        components.calculated_parts(LAW, 2026, np.ones(100))
    with pytest.raises(FramsynError, match="ages 0–100"):
        components.national_grant(LAW, 2026, -np.ones(101))
    with pytest.raises(FramsynError, match="no criterion snow"):
        components.calculated_parts(LAW, 2026, np.ones(101), {"snow": 1.0})
