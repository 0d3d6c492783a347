"""Whether a decline feeds itself, from the lives of real municipalities with and without the loop."""

from dataclasses import replace

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.balance import done_without, owed_and_lacking, taken, underlying_balance
from framsyn.evaluate.spiral import (
    FedLives,
    declines,
    fed,
    fed_lives,
    feeds_itself,
    quarter,
    share_of,
    spiral,
)
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import Setting, prepare
from framsyn.model import layout
from framsyn.model.layout import Floats
from framsyn.places.municipality import municipality

YEARS, DRAWS = 24, 20


@pytest.fixture(scope="module")
def setting() -> Setting:
    return prepare(municipality("Rautjärvi"), YEARS)


@pytest.fixture(scope="module")
def lives(setting: Setting) -> FedLives:
    return fed_lives(setting, posture("given_up"), DRAWS)


def balances(lives: FedLives, setting: Setting) -> FedLives:
    return FedLives(*(underlying_balance(one, setting.place) for one in lives))


def falling_to(end: float, feedback: float, years: int = 8) -> FedLives:
    """One life that falls evenly to `end`, of which `feedback` grows faster and faster; 0 as today."""
    ahead = np.linspace(0.0, 1.0, years + 1)[None, :]
    full = end * ahead
    without = full + feedback * ahead**2
    return FedLives(np.zeros_like(full), full, without, full, without)


def test_with_the_loop_off_nothing_feeds_itself(lives: FedLives, setting: Setting) -> None:
    cut = lives._replace(full=lives.without, without_moves=lives.without, without_debt=lives.without)
    balance = balances(cut, setting)
    assert not feeds_itself(balance).any()
    told = fed(balance, declines(balance))
    assert told.feedback == (0.0, 0.0, 0.0)
    assert (told.of_moves, told.of_debt) == (0.0, 0.0)


def test_with_the_loop_off_people_and_jobs_are_those_of_going_on_as_today(lives: FedLives) -> None:
    for column in (layout.POPULATION, layout.MOVES_IN, layout.UNEMPLOYMENT_RATE):
        assert np.array_equal(lives.without[:, 1:, column], lives.as_today[:, 1:, column])
    assert not np.array_equal(lives.full[..., layout.POPULATION], lives.as_today[..., layout.POPULATION])


def test_going_on_as_today_feeds_nothing(setting: Setting) -> None:
    found = spiral(setting, posture("as_is"), DRAWS)
    assert found.feeds_itself.value == 0.0
    for measure in found.measures.values():
        assert measure.departure.mean == pytest.approx(0.0, abs=1e-9)
        assert measure.feedback.mean == pytest.approx(0.0, abs=1e-9)


def test_the_two_parts_of_the_feedback_sum_to_it(setting: Setting) -> None:
    for measure in spiral(setting, posture("given_up"), DRAWS).measures.values():
        assert measure.of_moves + measure.of_debt == pytest.approx(measure.feedback.mean, abs=1e-9)


def test_a_weak_municipality_that_gives_up_spirals_and_keeping_up_does_not(setting: Setting) -> None:
    given_up = spiral(setting, posture("given_up"), DRAWS)
    kept_up = spiral(setting, posture("given_up")._replace(upkeep=1.0, investment_kept=1.0), DRAWS)
    assert given_up.feeds_itself.value > kept_up.feeds_itself.value
    assert given_up.feeds_itself.low <= given_up.feeds_itself.value <= given_up.feeds_itself.high
    assert given_up.feeds_itself.value <= given_up.declines.value


@pytest.mark.parametrize(
    ("balance", "found"),
    [
        (falling_to(-300.0, 200.0), True),
        (falling_to(-90.0, 80.0), False),  # falls too little
        (falling_to(-300.0, 40.0), False),  # hardly any feedback
        (falling_to(-300.0, -200.0), False),  # feedback that helps
    ],
)
def test_a_decline_feeds_itself_when_its_feedback_is_large_and_grows(balance: FedLives, found: bool) -> None:
    assert feeds_itself(balance).tolist() == [found]


def test_feedback_that_wanes_is_no_spiral() -> None:
    balance = falling_to(-300.0, 0.0)
    waning = balance.full + np.array([[0.0, 50, 100, 150, 150, 140, 130, 120, 110]])
    assert not feeds_itself(balance._replace(without=waning)).any()


def test_quarters_are_means_of_the_last_years() -> None:
    values: Floats = np.arange(9.0)[None, :]
    assert quarter(values, 1).tolist() == [7.5]
    assert quarter(values, 2).tolist() == [5.5]


def test_too_few_years_are_refused() -> None:
    with pytest.raises(FramsynError, match="8 years or more"):
        spiral(prepare(municipality("Närpes"), 5), posture("lazy"), 2)


def test_a_share_of_few_lives_is_unsure() -> None:
    none, some = share_of(np.zeros(20, dtype=np.bool_)), share_of(np.ones(2000, dtype=np.bool_))
    assert none.value == none.low == 0.0
    assert none.high > 0.05
    assert some.low > 0.99


def test_the_underlying_balance_begins_at_the_result(setting: Setting, lives: FedLives) -> None:
    balance = underlying_balance(lives.full, setting.place)
    assert balance[:, 0] == pytest.approx(lives.full[:, 0, layout.RESULT])
    assert np.all(taken(lives.full)[:, 0] == 0.0)
    assert done_without(lives.full, setting.place)[:, 0] == pytest.approx(0.0, abs=1e-9)


def test_a_higher_tax_and_saving_do_not_mend_the_underlying_balance(setting: Setting) -> None:
    drawn = setting.draw(range(5))
    as_today = setting.live(drawn, setting.course(posture("as_is")))
    usual = setting.course(posture("given_up"))
    taxed = setting.course(posture("given_up"), {layout.TAX_RATE: setting.place.income_tax_rate + 2.0})
    one, other = (
        setting.live(drawn, course._replace(feedback=0.0, debt_feedback=0.0), as_today)
        for course in (usual, taxed)
    )
    assert np.all(other[:, 1, layout.RESULT] > one[:, 1, layout.RESULT] + 100.0)
    assert underlying_balance(other, setting.place)[:, 1] == pytest.approx(
        underlying_balance(one, setting.place)[:, 1], abs=1.0
    )


def test_what_is_owed_and_lacking_counts_cash_against_debt(lives: FedLives) -> None:
    row = lives.full[0, 3]
    told = owed_and_lacking(lives.full)[0, 3]
    assert told == pytest.approx(row[layout.LOANS] + row[layout.REPAIR_DEBT] - row[layout.CASH])


def test_the_seed_decides_the_worlds(setting: Setting) -> None:
    again = replace(setting, seed=2)
    assert spiral(setting, posture("lazy"), 5) == spiral(setting, posture("lazy"), 5)
    assert spiral(setting, posture("lazy"), 5) != spiral(again, posture("lazy"), 5)
