import math
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.law import balance, grants, taxes

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


CALLS: list[tuple[Any, tuple[Any, ...]]] = [
    (grants.calculated_costs, (np.array([2.0, 3.0]), np.array([5.0, 7.0]))),
    (grants.scale_prices, (np.array([2.0, 3.0]), np.array([5.0, 7.0]), 62.0)),
    (grants.equalisation, (1500.0, 2000.0, 0.9, 0.1)),
    (grants.grant_of_costs, (100.0, 25.0)),
    (taxes.income_tax, (100.0, 7.5)),
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
