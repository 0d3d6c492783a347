"""One year of the population by hand, and the sums over ages that the rest of the model asks for."""

import numpy as np
import pytest

from framsyn.model.layout import (
    AGES,
    FEMALE,
    M_MOVES_IN,
    M_MOVES_OUT,
    MALE,
    OPEN_AGE,
    SEXES,
    Floats,
    Rates,
)
from framsyn.model.population import FLOWS, accumulate, advance, between, stand_still
from tests.model.lives import some_rates
from tests.model.test_population_account import BOYS, no_rates

ONES = np.ones(FLOWS)
COLUMNS = AGES + 1
BIRTHS, DEATHS, IN, OUT, IMMIGRATION, EMIGRATION = range(FLOWS)


def people(count: float = 0.0) -> Floats:
    """[sex, 102] that many of every age, and nobody in the spare column."""
    found = np.full((SEXES, COLUMNS), count)
    found[:, AGES] = 0.0
    return found


def moves_of(multipliers: Floats) -> Floats:
    """Factors on moves in and out [2, age] that are the multipliers alone."""
    return np.repeat(multipliers[[M_MOVES_IN, M_MOVES_OUT]][:, None], AGES, axis=1)


def year_of(start: Floats, rates: Rates, multipliers: Floats = ONES) -> tuple[Floats, Floats]:
    """The end and the flows of a first year, written over what stood in their arrays."""
    end, flows = np.full((SEXES, COLUMNS), 7.0), np.full(FLOWS, 7.0)
    advance(start, end, 1, rates, multipliers, moves_of(multipliers), flows)
    return end, flows


def test_a_year_is_written_over_whatever_stood_there() -> None:
    rates = some_rates(np.random.default_rng(4), 1)
    start = people(10.0)
    end, flows = np.zeros((SEXES, COLUMNS)), np.zeros(FLOWS)
    advance(start, end, 1, rates, ONES, moves_of(ONES), flows)
    again, flows_again = year_of(start, rates)
    np.testing.assert_array_equal(again, end)
    np.testing.assert_array_equal(flows_again, flows)
    assert end[:, AGES].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("rate", "flow"), [("mortality", DEATHS), ("out_rate", OUT), ("emigration_rate", EMIGRATION)]
)
def test_no_probability_is_above_one_whatever_multiplies_it(rate: str, flow: int) -> None:
    rates = no_rates(1)
    getattr(rates, rate)[:] = 0.4
    end, flows = year_of(people(10.0), rates, np.full(FLOWS, 5.0))
    assert flows.tolist() == [10.0 * SEXES * AGES if at == flow else 0.0 for at in range(FLOWS)]
    assert end.sum() == 0.0


def test_newborns_die_at_most_once() -> None:
    rates = no_rates(1)
    rates.fertility[30] = 1.0
    rates.mortality_newborn[:] = 0.4
    end, flows = year_of(people(10.0), rates, np.array([1.0, 5.0, 1.0, 1.0, 1.0, 1.0]))
    assert flows[[BIRTHS, DEATHS]].tolist() == [10.0, 10.0]
    assert end[:, 0].tolist() == [0.0, 0.0]


def test_each_rate_has_a_multiplier_of_its_own() -> None:
    """Ten of every age; only those of one age give or come, each by their own rate and multiplier."""
    rates = no_rates(1)
    rates.fertility[20] = 0.1
    rates.mortality[1, MALE, 30] = 0.1
    rates.out_rate[1, MALE, 40] = 0.1
    rates.emigration_rate[MALE, 50] = 0.1
    rates.moves_in[1, MALE, 60] = 1.0
    rates.immigration[MALE, 70] = 1.0
    multipliers = np.array([2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    end, flows = year_of(people(10.0), rates, multipliers)
    # In the order of the multipliers: fertility, mortality, moves in and out, immigration, emigration.
    assert flows == pytest.approx([2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert end[MALE, [31, 41, 51, 61, 71]] == pytest.approx([7.0, 5.0, 3.0, 14.0, 16.0])
    assert end[[MALE, FEMALE], 0] == pytest.approx([2.0 * BOYS, 2.0 * (1.0 - BOYS)])


def test_each_age_moves_by_its_own_factor() -> None:
    """Ten of every age; those aged 30 leave twice, and those aged 31 come three times, as the rates."""
    rates = no_rates(1)
    rates.out_rate[1, MALE, 30:32] = 0.1
    rates.moves_in[1, MALE, 30:32] = 1.0
    moves = moves_of(ONES)
    moves[1, 30], moves[0, 31] = 2.0, 3.0
    end, flows = people(), np.zeros(FLOWS)
    advance(people(10.0), end, 1, rates, ONES, moves, flows)
    assert end[MALE, [30, 31, 32, 33]] == pytest.approx([10.0, 8.0 + 1.0, 9.0 + 3.0, 10.0])
    assert flows[[IN, OUT]] == pytest.approx([1.0 + 3.0, 2.0 + 1.0])


@pytest.mark.parametrize(("age", "births"), [(0, 0.0), (1, 10.0), (OPEN_AGE - 1, 10.0), (OPEN_AGE, 0.0)])
def test_neither_newborns_nor_the_open_age_bear_children(age: int, births: float) -> None:
    rates = no_rates(1)
    rates.fertility[age] = 1.0
    start = people()
    start[FEMALE, age], start[FEMALE, max(age - 1, 0)] = 10.0, 10.0
    _, flows = year_of(start, rates)
    assert flows[BIRTHS] == births


def test_rates_are_those_of_the_year() -> None:
    rates = no_rates(2)
    rates.mortality[2] = 0.5
    start, end, flows = people(10.0), people(), np.zeros(FLOWS)
    advance(start, end, 1, rates, ONES, moves_of(ONES), flows)
    assert flows[DEATHS] == 0.0
    advance(start, end, 2, rates, ONES, moves_of(ONES), flows)
    assert flows[DEATHS] == 0.5 * 10.0 * SEXES * AGES


def test_in_a_year_that_stands_still_everybody_is_as_old_as_before() -> None:
    start = np.arange(2.0 * COLUMNS).reshape(SEXES, COLUMNS)
    end, flows = np.full((SEXES, COLUMNS), -1.0), np.full(FLOWS, 7.0)
    stand_still(start, end, flows)
    np.testing.assert_array_equal(end, start)
    assert flows.tolist() == [0.0] * FLOWS


def test_those_between_two_ages_are_counted_with_both() -> None:
    both = people()
    both[FEMALE, [0, 7, 15, OPEN_AGE]] = 1.0, 2.0, 4.0, 8.0
    both[MALE, [0, 7, 16, OPEN_AGE]] = 0.5, 0.25, 16.0, 32.0
    below = np.full(COLUMNS + 1, 7.0)
    accumulate(both, below)
    assert below[[0, 1, 7, 8, 16, 17, OPEN_AGE, AGES, AGES + 1]].tolist() == [
        *(0.0, 1.5, 1.5, 3.75, 7.75, 23.75, 23.75, 63.75, 63.75)
    ]
    assert between(below, 0, 0) == 1.5
    assert between(below, 7, 15) == 6.25
    assert between(below, 8, 15) == 4.0
    assert between(below, 0, OPEN_AGE) == 63.75
