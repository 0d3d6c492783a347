import math
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.law import balance, grants, key_figures, taxes

money = st.floats(0.0, 20_000.0)


def test_equalisation_adds_nine_tenths_of_the_gap_and_takes_a_tenth_of_the_excess() -> None:
    assert grants.equalisation(1500.0, 2000.0, 0.9, 0.1) == pytest.approx(450.0)
    assert grants.equalisation(2500.0, 2000.0, 0.9, 0.1) == pytest.approx(-50.0)
    assert grants.equalisation(2000.0, 2000.0, 0.9, 0.1) == 0.0


@given(money, money)
def test_equalisation_never_changes_who_is_richer(low: float, high: float) -> None:
    low, high = sorted((low, high))
    first = low + grants.equalisation(low, 2000.0, 0.9, 0.1)
    second = high + grants.equalisation(high, 2000.0, 0.9, 0.1)
    assert first <= second + 1e-9


def test_scaled_prices_keep_their_ratios_and_give_the_national_total() -> None:
    relative = np.array([1.0, 2.0, 4.0])
    residents = np.array([10.0, 20.0, 5.0])
    prices = grants.scale_prices(relative, residents, 700.0)
    assert prices == pytest.approx([10.0, 20.0, 40.0])
    assert grants.calculated_costs(prices, residents) == pytest.approx(700.0)


def test_relative_prices_are_those_of_the_decree_below_16() -> None:
    prices = grants.relative_prices()
    assert prices[[0, 5, 6, 7, 12, 13, 15]] == pytest.approx(
        [9713.30, 9713.30, 10305.71, 8596.30, 8596.30, 14733.47, 14733.47]
    )
    assert (prices[16:] > 0).all()
    assert (prices[16:] < 0.02 * prices[0]).all()


def test_grant_and_fixed_term_part_by_hand() -> None:
    assert grants.grant_of_costs(1_000_000.0, 25.02) == pytest.approx(250_200.0)
    assert grants.fixed_term(10_000.0, -11.57) == pytest.approx(-115_700.0)
    assert grants.calculated_tax(1_000_000.0, 7.57, 5_000.0) == pytest.approx(80_700.0)


@given(st.floats(1e3, 1e10), st.floats(1.0, 25.0))
def test_base_and_tax_are_each_others_inverse(base: float, rate: float) -> None:
    assert taxes.income_tax_base(taxes.income_tax(base, rate), rate) == pytest.approx(base)


def test_rate_and_shares_around_the_reform_by_hand() -> None:
    assert taxes.rate_before_2023(9.61, 12.64, 0.0) == pytest.approx(22.25)
    assert taxes.corporate_tax_at_share(3130.0, 31.30, 24.0) == pytest.approx(2400.0)
    assert taxes.property_tax(100_000.0, 3.0, 0.93, 2.0) == pytest.approx(2000.0)
    assert taxes.property_tax(100_000.0, 0.5, 0.93, 2.0) == pytest.approx(930.0)


def test_a_deficit_is_to_be_covered_in_four_years_from_the_year_after_confirmation() -> None:
    assert balance.last_year_to_cover(2020, 4) == 2025
    assert not balance.deficit_uncovered(-1.0, 2020, 2024, 4)
    assert balance.deficit_uncovered(-1.0, 2020, 2025, 4)
    assert not balance.deficit_uncovered(0.0, 2020, 2030, 4)


def test_a_deficit_counts_at_the_limits_in_both_years() -> None:
    assert balance.deficit_too_large(-1000.0, -500.0, 1000.0, 500.0)
    assert not balance.deficit_too_large(-999.0, -500.0, 1000.0, 500.0)
    assert not balance.deficit_too_large(-1000.0, -499.0, 1000.0, 500.0)


def test_loan_servicing_coverage_by_hand() -> None:
    assert balance.servicing_coverage(300.0, 100.0, 2400.0, 8.0) == pytest.approx(1.0)
    assert math.isinf(balance.servicing_coverage(300.0, 0.0, 0.0, 8.0))


def test_all_four_limits_are_needed() -> None:
    limits = (0.8, 2.0, 1.5, 0.8)
    assert balance.four_limits(0.79, 2.0, 1.5, 0.79, limits)
    assert not balance.four_limits(0.8, 2.0, 1.5, 0.79, limits)
    assert not balance.four_limits(0.79, 1.99, 1.5, 0.79, limits)
    assert not balance.four_limits(0.79, 2.0, 1.49, 0.79, limits)
    assert not balance.four_limits(0.79, 2.0, 1.5, 0.8, limits)


def test_criteria_by_hand() -> None:
    assert grants.coefficient_cost(103.34, 1.2, 1_000.0) == pytest.approx(124_008.0)
    assert grants.persons_cost(2237.64, 50.0) == pytest.approx(111_882.0)


def test_the_grant_is_the_sum_of_its_parts_by_hand() -> None:
    total = grants.grant_total(1_000_000.0, 25.0, 10_000.0, -5_000.0, 40_000.0, -1_000.0)
    assert total == pytest.approx(294_000.0)


@given(st.floats(1e6, 1e11), st.floats(10.0, 30.0), st.floats(0.0, 5.0))
def test_new_tasks_are_funded_in_full(costs: float, percentage: float, change: float) -> None:
    new = grants.cost_of_new_tasks(costs, percentage, change)
    before = grants.grant_of_costs(costs, percentage)
    assert grants.grant_of_costs(costs + new, percentage + change) == pytest.approx(before + new)


def test_equalisation_of_2015_takes_more_than_30_percent_of_the_excess() -> None:
    args = (3515.90, 0.8, 0.3, 1.0)
    assert grants.equalisation_until_2022(3015.90, *args) == pytest.approx(400.0)
    assert grants.equalisation_until_2022(3515.90, *args) == 0.0
    # ln(300) = 5.70378: the mean that is told for 2015.
    assert grants.equalisation_until_2022(3815.90, *args) == pytest.approx(-300.0 * 0.3570378, rel=1e-6)


@given(money, money)
def test_the_former_equalisation_never_changes_who_is_richer_either(low: float, high: float) -> None:
    low, high = sorted((low, high))
    first = low + grants.equalisation_until_2022(low, 3515.9, 0.8, 0.3, 1.0)
    second = high + grants.equalisation_until_2022(high, 3515.9, 0.8, 0.3, 1.0)
    assert first <= second + 1e-9


@given(money, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_without_the_logarithm_both_equalisations_are_one(own: float, added: float, deducted: float) -> None:
    now = grants.equalisation(own, 2000.0, added, deducted)
    assert grants.equalisation_until_2022(own, 2000.0, added, deducted, 0.0) == pytest.approx(now)


def test_corporate_tax_by_hand() -> None:
    # 18 % with 26.67 % brings what 20 % with 24 % did.
    assert taxes.corporate_tax_factor(18.0, 26.67, 20.0, 24.0) == pytest.approx(1.0, abs=2e-4)
    assert taxes.corporate_tax(1e9, 20.0, 23.65, 0.5) == pytest.approx(236_500.0)


@given(st.floats(0.0, 10.0), st.floats(0.0, 3.0), st.floats(0.0, 3.0))
def test_a_property_tax_rate_stays_in_its_range(rate: float, least: float, more: float) -> None:
    assert least <= taxes.rate_in_range(rate, least, least + more) <= least + more


def test_the_pandemic_s_extension_gives_two_more_years() -> None:
    assert balance.cover_years_with_extension(4, 2, granted=True) == 6
    assert balance.cover_years_with_extension(4, 2, granted=False) == 4
    years = balance.cover_years_with_extension(4, 2, granted=True)
    assert balance.last_year_to_cover(2020, years) == 2027


def test_the_former_four_limits_by_hand() -> None:
    limits = (0.0, 1.0, 1.5, 50.0)
    assert balance.four_limits_until_2021(-1.0, 1.0, 1.5, 50.0, limits)
    assert not balance.four_limits_until_2021(0.0, 1.0, 1.5, 50.0, limits)
    assert not balance.four_limits_until_2021(-1.0, 0.9, 1.5, 50.0, limits)
    assert not balance.four_limits_until_2021(-1.0, 1.0, 1.4, 50.0, limits)
    assert not balance.four_limits_until_2021(-1.0, 1.0, 1.5, 49.0, limits)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_any_criterion_may_begin_the_procedure_and_the_third_takes_two_years(
    a: bool, b: bool, now: bool, before: bool
) -> None:
    both = balance.two_years_in_a_row(now, before)
    assert balance.may_be_assessed(a, b, now, before) == (a or b or both)


def test_key_figures_by_hand() -> None:
    # Lapua 2024: margin 7,502 k€, depreciation 6,866, investment 7,179.
    assert key_figures.margin_of_depreciation(7502.0, 6866.0) == pytest.approx(109.0, abs=0.5)
    assert key_figures.self_financing(7502.0, 7179.0) == pytest.approx(104.0, abs=0.6)
    assert key_figures.equity_ratio(500.0, 30.0, 10.0, 60.0, 1100.0, 100.0) == pytest.approx(60.0)
    assert key_figures.relative_indebtedness(520.0, 20.0, 300.0, 500.0, 200.0) == pytest.approx(50.0)
    assert key_figures.cash_days(10.0, 365.0) == pytest.approx(10.0)


def test_a_key_figure_over_nothing_is_infinite_or_not_a_number() -> None:
    assert key_figures.self_financing(5.0, 0.0) == math.inf
    assert key_figures.margin_of_depreciation(-5.0, 0.0) == -math.inf
    assert math.isnan(key_figures.self_financing(0.0, 0.0))


@pytest.mark.parametrize(
    ("margin", "depreciation", "investment", "percent", "financed"),
    [(18_033.0, 21_006.0, 41_747.0, 86, 43), (9_552.0, 5_390.0, 12_332.0, 177, 77)],
)
def test_key_figures_of_published_accounts(
    margin: float, depreciation: float, investment: float, percent: int, financed: int
) -> None:
    """Seinäjoki and Kauhava 2024, k€."""
    assert round(key_figures.margin_of_depreciation(margin, depreciation)) == percent
    assert round(key_figures.self_financing(margin, investment)) == financed


CALLS: list[tuple[Any, tuple[Any, ...]]] = [
    (grants.calculated_costs, (np.array([2.0, 3.0]), np.array([5.0, 7.0]))),
    (grants.scale_prices, (np.array([2.0, 3.0]), np.array([5.0, 7.0]), 62.0)),
    (grants.equalisation, (1500.0, 2000.0, 0.9, 0.1)),
    (grants.grant_of_costs, (100.0, 25.0)),
    (grants.coefficient_cost, (103.34, 1.2, 1000.0)),
    (grants.persons_cost, (2237.64, 50.0)),
    (grants.grant_total, (1e6, 25.0, 1e4, -5e3, 4e4, -1e3)),
    (grants.cost_of_new_tasks, (1e9, 25.0, 0.5)),
    (grants.equalisation_until_2022, (3815.9, 3515.9, 0.8, 0.3, 1.0)),
    (taxes.income_tax, (100.0, 7.5)),
    (taxes.corporate_tax, (1e9, 20.0, 23.65, 0.5)),
    (taxes.corporate_tax_factor, (18.0, 25.61, 20.0, 23.65)),
    (taxes.rate_in_range, (0.5, 0.93, 2.0)),
    (balance.four_limits_until_2021, (-1.0, 1.0, 1.5, 50.0, (0.0, 1.0, 1.5, 50.0))),
    (balance.may_be_assessed, (False, False, True, True)),
    (key_figures.ratio, (1.0, 4.0)),
    (taxes.property_tax, (100.0, 3.0, 0.9, 2.0)),
    (balance.deficit_uncovered, (-1.0, 2020, 2025, 4)),
    (balance.servicing_coverage, (300.0, 100.0, 2400.0, 8.0)),
    (balance.four_limits, (0.7, 2.5, 1.6, 0.5, (0.8, 2.0, 1.5, 0.8))),
]


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=lambda one: getattr(one, "__name__", ""))
def test_the_same_in_compiled_code(function: Any, arguments: tuple[Any, ...]) -> None:
    functions = {balance.deficit_uncovered: balance.last_year_to_cover}
    if function in functions:
        function = rebound(function, functions[function])
    compiled = numba.njit(function)(*arguments)
    assert np.allclose(compiled, function(*arguments))


def rebound(function: Any, called: Any) -> Any:
    """A copy of `function` that calls the compiled `called`, as the room of the model would."""
    scope = {**function.__globals__, called.__name__: numba.njit(called)}
    return type(function)(function.__code__, scope, function.__name__)


def test_the_same_element_wise_on_arrays() -> None:
    own = np.array([1500.0, 2000.0, 2500.0])
    assert grants.equalisation(own, 2000.0, 0.9, 0.1) == pytest.approx([450.0, 0.0, -50.0])
    assert taxes.income_tax(own, 10.0) == pytest.approx([150.0, 200.0, 250.0])


@pytest.mark.parametrize(("part", "expected"), [(0.5, np.inf), (-0.5, -np.inf), (0.0, np.nan)])
def test_a_ratio_over_nothing_has_the_sign_of_its_part(part: float, expected: float) -> None:
    np.testing.assert_equal(key_figures.ratio(part, 0.0), expected)


def test_the_rate_before_the_reform_has_the_cut_and_not_the_change_since() -> None:
    assert taxes.rate_before_2023(8.0, 12.64, 0.2) == pytest.approx(20.44)


def test_a_debt_service_below_one_euro_is_still_a_service() -> None:
    assert balance.servicing_coverage(0.5, 0.1, 3.2, 8.0) == pytest.approx(0.6 / 0.5)


def test_a_gap_or_an_excess_of_less_than_two_euros_is_evened_as_any() -> None:
    assert grants.equalisation(1999.5, 2000.0, 0.9, 0.1) == pytest.approx(0.45)
    assert grants.equalisation(2000.5, 2000.0, 0.9, 0.1) == pytest.approx(-0.05)
    assert grants.equalisation_until_2022(1999.5, 2000.0, 0.8, 0.3, 1.0) == pytest.approx(0.4)
    assert grants.equalisation_until_2022(2000.5, 2000.0, 0.8, 0.3, 1.0) == pytest.approx(-0.15)
    share = 0.3 + 0.01 * math.log(1.5)
    assert grants.equalisation_until_2022(2001.5, 2000.0, 0.8, 0.3, 1.0) == pytest.approx(-1.5 * share)
