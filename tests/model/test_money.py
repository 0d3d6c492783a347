"""Money by hand: what a deficit borrows and a surplus repays, interest, property tax and the state grant."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.finance import finance_flow, interest_rate
from framsyn.model.labour import property_tax_base
from framsyn.model.layout import INDICATORS
from framsyn.model.life import Draw

from .lives import (
    a_place,
    calm_worlds,
    effects_with,
    live_against,
    pinned_as_today,
    some_starts,
    with_lever,
)

PLACE = a_place()


@pytest.mark.parametrize(
    ("flow", "cash", "loans", "loans_then", "cash_then"),
    [
        (-100.0, 1000.0, 500.0, 583.0, 983.0),
        (-100.0, 10.0, 500.0, 590.0, 0.0),
        (-100.0, 0.0, 0.0, 100.0, 0.0),
        (100.0, 0.0, 500.0, 476.0, 76.0),
        (100.0, 50.0, 10.0, 0.0, 140.0),
        (0.0, 50.0, 10.0, 10.0, 50.0),
    ],
)
def test_a_deficit_is_mostly_borrowed_and_a_surplus_repays_a_quarter(
    flow: float, cash: float, loans: float, loans_then: float, cash_then: float
) -> None:
    stock = np.zeros(layout.STOCKS)
    stock[layout.S_CASH], stock[layout.S_LOANS] = cash, loans
    finance_flow(flow, False, effects_with(), stock)
    assert stock[[layout.S_LOANS, layout.S_CASH]].tolist() == pytest.approx([loans_then, cash_then])


def test_somebody_else_carries_what_is_short_but_not_what_is_over() -> None:
    stock = np.zeros(layout.STOCKS)
    stock[layout.S_CASH], stock[layout.S_LOANS] = 40.0, 500.0
    finance_flow(-100.0, True, effects_with(), stock)
    assert stock[[layout.S_LOANS, layout.S_CASH]].tolist() == [500.0, 40.0]
    finance_flow(100.0, True, effects_with(), stock)
    assert stock[[layout.S_LOANS, layout.S_CASH]].tolist() == pytest.approx([476.0, 116.0])


@pytest.mark.parametrize(
    ("loans", "rate"), [(0.0, 0.03), (7000.0, 0.03), (9000.0, 0.0304), (50_000.0, 0.03098)]
)
def test_lenders_ask_hardly_more_of_those_who_owe_more_than_others(loans: float, rate: float) -> None:
    draw = Draw(calm_worlds(1, 1)[0], effects_with(), some_starts(1)[0], np.zeros((2, INDICATORS)))
    draw.world[1, layout.W_PRICE] = 1.25
    nominal = loans * 1.25 * 1000.0
    assert interest_rate(PLACE, draw, 1, nominal, 1000.0) == pytest.approx(rate)


@pytest.mark.parametrize(("residents", "base"), [(1.2, 1.1), (1.0, 1.0), (0.8, 0.98)])
def test_taxed_property_follows_half_of_growth_and_a_tenth_of_decline(residents: float, base: float) -> None:
    record, then = np.zeros((1, INDICATORS)), np.zeros(layout.BASE_COLUMNS)
    record[0, layout.POPULATION], then[layout.B_POPULATION] = 500.0 * residents, 500.0
    assert property_tax_base(record, 0, then, effects_with()) == pytest.approx(base)


def test_a_part_of_the_grant_follows_unemployment_against_the_countrys() -> None:
    worlds = calm_worlds(3, 2)
    worlds[1:, 2, layout.W_UNEMPLOYMENT] = np.log(0.12 / 0.88)
    worlds[2, 2, layout.W_COUNTRY_UNEMPLOYMENT] = 0.12 * 0.47 / 0.03
    (record,) = live_against(pinned_as_today(2), [], PLACE, effects_with()[None].repeat(3, axis=0), worlds)
    other = record[..., layout.STATE_GRANT]
    other = other - record[..., layout.GRANT_BY_AGE] - record[..., layout.GRANT_EQUALISATION]
    assert other[1, 2] - other[0, 2] == pytest.approx(40.0 * (0.12 * 0.47 / 0.03 - 1.0))
    assert other[2, 2] == pytest.approx(other[0, 2])


def test_a_part_of_the_grant_follows_those_who_speak_other_languages() -> None:
    (record,) = live_against(pinned_as_today(4), [], PLACE, effects_with()[None])
    row = record[0, 4]
    other = row[layout.STATE_GRANT] - row[layout.GRANT_BY_AGE] - row[layout.GRANT_EQUALISATION]
    share = row[layout.FOREIGN_LANGUAGE] / record[0, 0, layout.FOREIGN_LANGUAGE]
    assert share > 1.01
    assert other == pytest.approx(300.0 + 10.0 * (share - 1.0))


def test_land_and_other_assets_are_sold_every_year() -> None:
    (record,) = live_against(pinned_as_today(3), [], PLACE, effects_with()[None])
    sold = record[0, :, layout.ASSET_SALES] * record[0, :, layout.POPULATION]
    np.testing.assert_allclose(sold, PLACE.asset_sales)


def test_a_dearer_course_borrows_most_of_what_it_costs_more() -> None:
    today = pinned_as_today(1)
    dearer = with_lever(today, layout.AMBITION + layout.ENVIRONMENT, 1.5)
    (reference, record) = live_against(today, [dearer], PLACE._replace(cash=1e9), effects_with()[None])
    cost = (record - reference)[0, 1, layout.NET_OPERATING_COST]
    assert cost == pytest.approx(0.5 * 550.0, rel=0.01)
    assert (record - reference)[0, 1, layout.CASH_FLOW] == pytest.approx(-cost)
    before, after = reference[0, 1], record[0, 1]
    assert before[layout.CASH_FLOW] < 0.0
    assert after[layout.LOANS] - before[layout.LOANS] == pytest.approx(0.83 * cost)
