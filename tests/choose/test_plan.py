from itertools import pairwise

import numpy as np
import pytest

from framsyn.calibrate.anchors import anchor
from framsyn.choose.chosen import Chosen, live_chosen, the_strategy
from framsyn.choose.own_figures import OwnFigures
from framsyn.choose.plan import plan_of
from framsyn.choose.plan_lines import COLUMNS, CORE, lines
from framsyn.errors import FramsynError
from framsyn.foresee.postures import shipped
from framsyn.foresee.setting import Setting
from framsyn.model.indicators import indicators
from framsyn.places.municipality import municipality
from tests.choose.made_chosen import made_chosen, with_prices

BUDGET = 2027


@pytest.fixture(scope="module")
def chosen() -> Chosen:
    return live_chosen(municipality("Närpes"), "engaging", 6, 8, 1)


def test_the_report_has_eight_lines_and_four_columns() -> None:
    assert [line.id for line in lines().values() if line.part == CORE] == [
        "operating_income",
        "operating_expenses",
        "personnel",
        "service_purchases",
        "annual_margin",
        "result",
        "loan_stock",
        "gross_investment",
    ]
    assert len(COLUMNS) == 4
    assert {line.indicator for line in lines().values() if line.indicator} <= set(indicators())


def test_an_amount_is_the_mean_of_real_euros_times_residents_times_price(setting: Setting) -> None:
    made = made_chosen(setting, annual_margin_per_resident=500.0)
    prices = np.ones((2, setting.years + 1))
    prices[0, 2], prices[1, 2] = 1.05, 1.15
    cell = plan_of(with_prices(made, prices), BUDGET).cell("annual_margin", "budget")
    # 500 €/resident × 1000 residents = 500 thousand euros, at prices 1.05 and 1.15: 525 and 575.
    assert cell.keur == pytest.approx(550.0)
    assert [cell.p10, cell.p90] == pytest.approx([530.0, 570.0])
    assert (cell.key, cell.year, cell.status) == ("annual_margin.budget", 2027, "model")


def test_the_books_tie_in_every_column(chosen: Chosen) -> None:
    plan = plan_of(chosen, BUDGET)
    for column in COLUMNS:
        told = {line: plan.cell(line, column).keur or 0.0 for line in lines()}
        margin = (
            told["operating_income"]
            - told["operating_expenses"]
            + told["tax_revenue"]
            + told["state_grant"]
            + told["financial_income"]
            - told["interest"]
        )
        assert margin == pytest.approx(told["annual_margin"], abs=1e-6)
        assert margin - told["depreciation"] == pytest.approx(told["result"], abs=1e-6)
        assert margin - told["net_investment"] + told["asset_sales"] == pytest.approx(
            told["cash_flow"], abs=1e-6
        )


def test_the_surplus_of_a_year_is_carried_to_the_next(chosen: Chosen) -> None:
    plan = plan_of(chosen, BUDGET)
    for before, after in pairwise(COLUMNS):
        carried = plan.cell("accumulated_surplus", before).keur or 0.0
        result = plan.cell("result", after).keur or 0.0
        assert plan.cell("accumulated_surplus", after).keur == pytest.approx(carried + result, abs=1e-6)


def test_what_the_model_does_not_know_is_missing_with_a_reason_and_never_zero(chosen: Chosen) -> None:
    plan = plan_of(chosen, BUDGET)
    for line in ("service_purchases", "gross_investment"):
        for column in COLUMNS:
            cell = plan.cell(line, column)
            assert (cell.keur, cell.p10, cell.p90, cell.status) == (None, None, None, "missing")
            assert cell.reason


def test_the_year_before_the_budget_is_marked_as_an_estimate(chosen: Chosen) -> None:
    plan = plan_of(chosen, BUDGET)
    assert plan.years == {"prior_year": 2026, "budget": 2027, "plan_1": 2028, "plan_2": 2029}
    assert plan.cell("annual_margin", "prior_year").status == "estimate"
    assert plan.cell("annual_margin", "budget").status == "model"


def test_personnel_is_jobs_at_the_cost_that_the_start_reckoned_with(setting: Setting) -> None:
    made = made_chosen(setting, municipal_jobs=10.0)
    cell = plan_of(with_prices(made, np.full((2, setting.years + 1), 1.1)), BUDGET).cell(
        "personnel", "plan_2"
    )
    assert cell.keur == pytest.approx(10 * anchor("cost_per_job") * 1.1 / 1000)
    assert cell.status == "assumed"


def test_own_figures_take_the_place_of_the_models(chosen: Chosen) -> None:
    own = OwnFigures({("result", "prior_year"): -12.5, ("gross_investment", "plan_1"): 900.0})
    plan = plan_of(chosen, BUDGET, own)
    told = plan.cell("result", "prior_year")
    assert (told.keur, told.p10, told.status) == (-12.5, None, "own_figure")
    assert plan.cell("gross_investment", "plan_1").keur == 900.0
    assert plan.cell("gross_investment", "plan_2").keur is None
    assert plan.cell("annual_margin", "budget") == plan_of(chosen, BUDGET).cell("annual_margin", "budget")


def test_an_own_share_is_taken_of_the_models_line_in_every_world(chosen: Chosen) -> None:
    plan = plan_of(chosen, BUDGET, OwnFigures(shares={"service_purchases": 0.25, "gross_investment": 1.2}))
    expenses, bought = (plan.cell(one, "budget") for one in ("operating_expenses", "service_purchases"))
    assert bought.status == "own_share"
    assert bought.keur == pytest.approx(0.25 * (expenses.keur or 0.0))
    assert bought.p90 == pytest.approx(0.25 * (expenses.p90 or 0.0))
    net, gross = (plan.cell(one, "budget") for one in ("net_investment", "gross_investment"))
    assert gross.keur == pytest.approx(1.2 * (net.keur or 0.0))


def test_a_single_world_has_no_interval(setting: Setting) -> None:
    plan = plan_of(made_chosen(setting, draws=1, result_per_resident=5.0), BUDGET)
    assert plan.cell("result", "budget").keur == pytest.approx(5.0)
    assert plan.cell("result", "budget").p10 is None
    assert plan.balance.p10 is None
    assert plan.balance.standard_error is None


def test_the_balance_is_the_sum_of_the_plans_results(setting: Setting) -> None:
    results = np.zeros((2, setting.years + 1))
    results[0, 1:5] = [900, -10, 20, 30]  # 2026 is not in the plan; 40 in all
    results[1, 1:5] = [900, -50, -20, 10]  # −60 in all
    balance = plan_of(made_chosen(setting, result_per_resident=results), BUDGET).balance
    assert balance.keur == pytest.approx(-10.0)
    assert not balance.balanced
    assert balance.in_surplus == 50.0
    assert [one.in_surplus for one in balance.years] == [0.0, 50.0, 100.0]
    # Two sums 100 apart: their standard deviation is 70.7, that of their mean 50.
    assert balance.standard_error == pytest.approx(50.0)
    assert balance.unsure


def test_own_results_count_in_the_sum_and_not_in_the_probability(setting: Setting) -> None:
    made = made_chosen(setting, result_per_resident=-10.0)
    balance = plan_of(made, BUDGET, OwnFigures({("result", "budget"): 50.0})).balance
    assert balance.keur == pytest.approx(30.0)
    assert balance.balanced
    assert balance.own
    assert balance.in_surplus == 0.0
    assert not balance.unsure


def test_a_deficit_at_the_start_has_its_deadline_and_its_share_of_worlds(setting: Setting) -> None:
    stock = np.full((2, setting.years + 1), -5.0)
    stock[0, 5:] = 1.0  # covered in 2030
    stock[1, 6:] = 1.0  # covered in 2031, a year too late
    count = np.where(stock < 0, np.arange(setting.years + 1) + 1.0, 0.0)
    made = made_chosen(setting, accumulated_surplus_per_resident=stock, deficit_years=count)
    balance = plan_of(made, BUDGET).balance
    opening = balance.opening
    assert opening is not None
    # Accounts of 2025 are confirmed in 2026; four years from the start of 2027 end with 2030.
    assert opening.keur == pytest.approx(5.0)
    assert (opening.year, opening.deadline) == (2025, 2030)
    assert opening.covered == 50.0
    assert balance.deadlines == (2030, 2030)
    assert [one.deficit for one in balance.years] == [100.0, 100.0, 100.0]


def test_deficits_that_come_later_have_later_deadlines(setting: Setting) -> None:
    count = np.zeros((3, setting.years + 1))
    count[0, 3:] = np.arange(1, setting.years - 1)  # since 2028
    count[1, 4:] = np.arange(1, setting.years - 2)  # since 2029
    balance = plan_of(
        made_chosen(
            setting,
            draws=3,
            deficit_years=count,
            accumulated_surplus_per_resident=np.where(count > 0, -1.0, 1.0),
        ),
        BUDGET,
    ).balance
    assert balance.opening is None
    assert balance.deadlines == (2033, 2034)
    assert balance.years[-1].deficit == pytest.approx(200 / 3)


def test_criteria_are_told_by_year_and_for_the_plan(setting: Setting) -> None:
    large, four = (np.zeros((4, setting.years + 1)) for _ in range(2))
    large[0, 2] = 1.0  # 2027
    four[0:2, 3] = 1.0  # 2028
    four[2, 5] = 1.0  # 2030, after the plan
    balance = plan_of(
        made_chosen(setting, draws=4, deficit_too_large=large, four_limits_met=four), BUDGET
    ).balance
    assert balance.criteria == {"deficit_uncovered": 0.0, "deficit_too_large": 25.0, "four_limits_met": 50.0}
    assert balance.any_criterion == 50.0
    assert [one.any_criterion for one in balance.years] == [25.0, 50.0, 0.0]


@pytest.mark.parametrize("year", [2026, 2034])
def test_a_budget_year_outside_the_lives_is_refused(setting: Setting, year: int) -> None:
    with pytest.raises(FramsynError, match="The budget year must be from 2027 to 2033"):
        plan_of(made_chosen(setting), year)


def test_the_worlds_are_those_of_every_other_command(chosen: Chosen) -> None:
    longer = live_chosen(municipality("Närpes"), "engaging", 9, 3, 1)
    assert np.array_equal(longer.records[:, :7], chosen.records[:3], equal_nan=True)
    assert np.array_equal(longer.as_today[:, :7], chosen.as_today[:3], equal_nan=True)


def test_a_file_of_several_strategies_asks_which() -> None:
    known = {one: shipped()[one] for one in ("engaging", "focused")}
    with pytest.raises(FramsynError, match="several postures"):
        the_strategy(known, None, "mine.toml")
    assert the_strategy(known, "focused", "mine.toml") == "focused"
    assert the_strategy({"a": shipped()["lazy"]}, None, "mine.toml") == "a"
