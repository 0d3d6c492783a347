"""Costs and incomes by area: what is taken out, what stays on Åland, how income falls on areas."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.community import UNKNOWN
from framsyn.calibrate.cost_history import slope, users_elasticity, yearly_persistence
from framsyn.calibrate.cost_parts import model_areas
from framsyn.calibrate.costs import (
    ADMINISTRATION,
    AREAS,
    HEALTH_SOCIAL,
    MOST_TAKEN,
    PARTICIPATION,
    SAFETY,
    area_of_function,
    take_out,
)
from framsyn.calibrate.fact_table import ASSUMED
from framsyn.calibrate.finance import finance_facts
from framsyn.calibrate.known import Floats
from framsyn.calibrate.operating_income import ratios, spread
from framsyn.calibrate.places import open_places
from framsyn.calibrate.population import base_population
from framsyn.places.tables import Tables

COST = st.lists(st.floats(1.0, 1e9), min_size=len(AREAS), max_size=len(AREAS))
MONEY = st.floats(1e3, 1e10)


def costs(values: list[float]) -> Floats:
    """[1, 11] costs in which nothing is taken out yet and no health care is left."""
    cost = np.array([values])
    cost[:, [SAFETY, PARTICIPATION, HEALTH_SOCIAL]] = 0.0
    return cost


def test_each_function_falls_on_an_area_or_on_all() -> None:
    assert set(area_of_function().values()) <= {*AREAS, "common", "total"}
    told = set(AREAS) - {"safety", "participation"}
    assert told <= set(area_of_function().values())


def test_safety_and_participation_come_out_of_administration() -> None:
    cost = costs([1000.0] * len(AREAS))
    cost[0, ADMINISTRATION] = 500_000.0
    split = take_out(cost, np.array([1000.0]))
    assert split[0, SAFETY] == pytest.approx(15_000.0)
    assert split[0, PARTICIPATION] == pytest.approx(5_000.0)
    assert split[0, ADMINISTRATION] == pytest.approx(480_000.0)


@given(COST, st.floats(1.0, 1e6))
def test_what_is_taken_out_changes_no_sum_and_leaves_half_of_administration(
    values: list[float], residents: float
) -> None:
    cost = costs(values)
    split = take_out(cost, np.array([residents]))
    assert split.sum() == pytest.approx(cost.sum())
    assert split[0, ADMINISTRATION] >= (1.0 - MOST_TAKEN) * cost[0, ADMINISTRATION] * (1.0 - 1e-9)
    assert split[0, SAFETY] > 0.0


def test_engagement_is_one_figure_for_cost_and_community() -> None:
    assert UNKNOWN["engagement_eur_per_resident"] == "engagement_per_resident"


def test_income_keeps_the_ratios_where_the_level_is_the_usual() -> None:
    cost = costs([100.0] * len(AREAS))
    usual = cost * np.array([one.ratio / (1.0 - one.ratio) for one in ratios()])
    assert spread(cost, usual.sum(axis=1)) == pytest.approx(usual)


def test_income_beyond_the_ratios_goes_to_environment_and_administration() -> None:
    cost = costs([100.0] * len(AREAS))
    usual = cost * np.array([one.ratio / (1.0 - one.ratio) for one in ratios()])
    income = spread(cost, usual.sum(axis=1) + 80.0)
    takes = np.array([one.takes_rest for one in ratios()])
    assert income[:, ~takes] == pytest.approx(usual[:, ~takes])
    assert income[0, takes] == pytest.approx([100.0 + 80.0 / 4.0, 300.0 + 80.0 * 3.0 / 4.0])


@given(COST, MONEY)
def test_income_by_area_sums_to_the_municipalitys_own_level(values: list[float], level: float) -> None:
    income = spread(costs(values), np.array([level]))
    assert income.sum() == pytest.approx(level)
    assert (income >= 0.0).all()
    assert income[0, HEALTH_SOCIAL] == 0.0


def test_a_slope_is_found_exactly_and_too_few_places_give_none() -> None:
    x = np.linspace(-1.0, 1.0, 40)
    assert slope(x, 3.0 + 0.5 * x, np.ones(40)) == pytest.approx(0.5)
    assert slope(x[:10], x[:10], np.ones(10)) is None
    assert slope(np.ones(40), x, np.ones(40)) is None


def test_a_deviation_that_halves_in_three_years_loses_a_fifth_a_year() -> None:
    start = np.linspace(-0.3, 0.3, 41)
    path = np.exp(start[:, None] * 0.5 ** (np.arange(5) / 3.0))
    found = yearly_persistence([2015, 2016, 2017, 2018, 2019], path, np.ones(41))
    assert found == pytest.approx(0.5 ** (1.0 / 3.0), abs=1e-3)


@pytest.mark.data
def test_anchors_of_cost_history_are_what_the_tables_say(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    codes = tables.need("municipalities").sort("code")["code"].to_list()
    assert users_elasticity(tables, codes) == pytest.approx(anchor("cost_elasticity"), abs=0.01)


@pytest.mark.data
def test_real_health_care_is_left_on_aland_only(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    population = base_population(tables).count
    places = open_places(tables, population)
    facts = finance_facts(tables, population)
    assert (facts["cost_health_social"][~places.exempt] == 0.0).all()
    assert (facts["income_health_social"][~places.exempt] == 0.0).all()
    assert (facts["cost_health_social"][places.exempt] / places.size[places.exempt] > 1000.0).all()
    assert (facts.status_of("cost_safety") == ASSUMED).all()


@pytest.mark.data
def test_real_operating_income_is_near_a_third_of_gross_cost(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    population = base_population(tables).count
    facts = finance_facts(tables, population)
    income = sum((facts[f"income_{area}"] for area in model_areas()), np.zeros(len(facts.values)))
    cost = sum((facts[f"cost_{area}"] for area in model_areas()), np.zeros(len(facts.values)))
    assert 0.25 < income.sum() / (income + cost).sum() < 0.35
    size = population.sum(axis=(1, 2))
    assert (income / size > 300.0).all()
    assert (income / size < 3500.0).all()
