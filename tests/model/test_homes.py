"""Homes by hand: the need, what land and planning add or take, whom homes bring, and the price."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.finance import asset_sales
from framsyn.model.homes import build_homes, homes_completed, homes_needed, occupied_homes, tightness
from framsyn.model.layout import INDICATORS, Floats, Place
from framsyn.model.life import Draw, Life
from framsyn.model.start import new_life

from .lives import (
    a_place,
    calm_rates,
    calm_worlds,
    effects_with,
    growing_worlds,
    live,
    live_against,
    pinned_as_today,
    some_effects,
    some_starts,
    with_lever,
)

YEARS, PEOPLE = 6, 2000.0
#: 2,000 residents in 880 of 1,000 homes; a price twice the cost of building.
PLACE = a_place(homes=1000.0, households=880.0, vacancy=0.09, house_price=3800.0)
EFFECTS = effects_with()


def a_record(residents: float = 1.0, vacant: float = 9.0) -> Floats:
    """Years [year, indicator] of even residents, against the base year, in an even market."""
    record = np.zeros((YEARS + 1, INDICATORS))
    record[:, layout.POPULATION] = PEOPLE * residents
    record[:, [layout.LEVER_PLANNING, layout.HOUSE_PRICE_INDEX]] = 100.0
    record[:, layout.INCOME_TAX_RATE] = PLACE.income_tax_rate
    record[:, layout.VACANCY], record[:, layout.HOMES] = vacant, 1000.0
    return record


def a_life() -> Life:
    life = new_life(YEARS)
    life.base[layout.B_POPULATION] = PEOPLE
    life.stock[[layout.S_HOMES, layout.S_HOMES_NEEDED]] = 1000.0
    return life


def built(record: Floats, place: Place = PLACE, effects: Floats = EFFECTS) -> Life:
    """The life after the first year's homes, measured from an even baseline."""
    life = a_life()
    draw = Draw(calm_worlds(1, YEARS)[0], effects, some_starts(1)[0], a_record())
    build_homes(1, place, draw, life, record)
    return life


def test_at_the_baseline_as_many_homes_are_built_as_are_scrapped() -> None:
    record = a_record()
    life = built(record)
    assert record[1, layout.HOMES_COMPLETED] == pytest.approx(2.0)
    assert record[1, layout.HOMES] == pytest.approx(1000.0)
    assert record[1, layout.VACANCY] == pytest.approx(9.0)
    assert record[1, layout.HOUSE_PRICE_INDEX] == pytest.approx(100.0)
    assert life.signals[1, layout.G_HOMES] == 0.0


def test_homes_follow_growth_by_four_fifths_and_decline_by_less() -> None:
    assert occupied_homes(1.1, PLACE, EFFECTS) == pytest.approx(880.0 * 1.1**0.8)
    assert occupied_homes(0.9, PLACE, EFFECTS) == pytest.approx(880.0 * 0.9**0.63)


def test_where_people_have_become_more_the_need_is_met_and_as_many_homes_stand_empty() -> None:
    record = a_record(1.1)
    life = built(record)
    assert record[1, layout.HOMES] == pytest.approx(1000.0 * 1.1**0.8)
    assert record[1, layout.VACANCY] == pytest.approx(9.0)
    assert life.signals[1, layout.G_HOMES] == 0.0


def test_where_people_have_become_fewer_nothing_is_built_and_homes_stand_empty() -> None:
    record = a_record(0.9)
    built(record)
    assert record[1, layout.HOMES_COMPLETED] == 0.0
    assert record[1, layout.HOMES] == pytest.approx(998.0)
    assert record[1, layout.VACANCY] == pytest.approx(9.0 + 88.0 - 88.0 * 0.9**0.63 * 1000.0 / 998.0)


def completed(land: float, price: float, vacant: float, planning: float = 100.0) -> float:
    """Homes of a year, with land, euros per resident, and planning of three years before."""
    record = a_record(vacant=vacant)
    record[1, layout.LEVER_HOUSING], record[1, layout.LEVER_PLANNING] = land, planning
    place = PLACE._replace(house_price=price)
    return homes_completed(4, place, EFFECTS, 2.0, a_life(), record)


def test_land_gives_as_many_homes_as_it_costs_to_take_in_residents() -> None:
    # 53.3 € × 2,000 residents buy plots for 10 homes of 2.05 residents at 5,200 €; six in ten are built on.
    assert completed(53.3, 3800.0, 9.0) == pytest.approx(2.0 + 6.0)


def test_the_market_builds_no_more_than_its_price_calls_for() -> None:
    # 1,000 homes × 0.7 × ln 2 × a half / 3 years, whatever the land.
    assert completed(1e6, 3800.0, 9.0) == pytest.approx(2.0 + 700.0 * np.log(2.0) / 6.0)


@pytest.mark.parametrize("price", [1900.0, 1000.0])
def test_nothing_is_built_beyond_the_need_where_the_price_is_no_higher_than_the_cost(price: float) -> None:
    assert completed(100.0, price, 9.0) == 2.0


def test_hardly_anything_is_built_beyond_the_need_where_many_homes_stand_empty() -> None:
    assert completed(1e6, 3800.0, 30.0) == pytest.approx(2.0, abs=1e-3)


def test_half_the_planning_leaves_three_tenths_of_the_need_unbuilt() -> None:
    assert completed(0.0, 3800.0, 9.0, planning=50.0) == pytest.approx(2.0 * (1.0 - 0.6 * 0.5))
    assert completed(-1000.0, 3800.0, 9.0) == 0.0


@pytest.mark.parametrize(("vacant", "tight"), [(9.0, 0.5), (7.5, 0.7310586), (10.5, 0.2689414)])
def test_half_of_the_market_is_tight_at_nine_percent(vacant: float, tight: float) -> None:
    assert tightness(vacant, EFFECTS) == pytest.approx(tight)


def test_homes_bring_half_of_those_they_house_in_a_tight_market_and_hardly_any_in_a_slack() -> None:
    for vacant, share in ((9.0, 0.5 * 0.5 + 0.5 * 0.05), (-9.0, 0.5), (30.0, 0.05)):
        record = a_record(vacant=vacant)
        record[0, layout.LEVER_PLANNING] = 0.0  # of a need of 2 homes, 6 in 10 are not built
        life = built(record)
        assert life.signals[1, layout.G_HOMES] == pytest.approx(-1.2 * 2.05 * share, rel=1e-4)


def test_more_homes_for_as_many_residents_lower_the_price() -> None:
    record = a_record()
    record[0, layout.LEVER_HOUSING] = 1e6
    life = built(record)
    homes = record[1, layout.HOMES] / 1000.0
    assert homes == pytest.approx(1.0 + 0.7 * np.log(2.0) / 6.0)
    assert record[1, layout.HOUSE_PRICE_INDEX] == pytest.approx(100.0 * homes**-0.7)
    # Half of the market is slack, and there the lower price draws people.
    assert life.signals[1, layout.G_CHEAP] == pytest.approx(0.5 * 0.7 * np.log(homes))
    assert life.signals[1, layout.G_FALL] == pytest.approx(0.7 * np.log(homes))


def test_those_who_come_to_homes_beyond_the_need_call_for_no_others() -> None:
    record = a_record()
    record[0, layout.LEVER_HOUSING] = 1e6
    life = built(record)
    beyond = (record[1, layout.HOMES_COMPLETED] - 2.0) * (0.5 * 0.5 + 0.5 * 0.05)
    came = life.signals[1, layout.G_HOMES]
    assert came == pytest.approx(2.05 * beyond)
    assert life.stock[layout.S_HOMES_NEEDED] == pytest.approx(1000.0 + beyond)
    # As many as came need 0.8 % more homes for each percent: hardly more than stand, less the scrapped.
    residents = 1.0 + came / PEOPLE
    left = 0.998 * (1000.0 + beyond)
    needed = homes_needed(PLACE, EFFECTS, life, residents)
    assert needed == pytest.approx(max(0.0, 1000.0 * residents**0.8 - left))
    assert needed < 2.0


def test_prices_fall_more_by_decline_than_they_rise_by_growth_and_not_below_the_least() -> None:
    prices = []
    for residents in (1.1, 0.9, 0.01):
        record = a_record(residents)
        record[1, layout.HOMES] = 1000.0
        built(record)
        homes = record[1, layout.HOMES] / 1000.0
        crowding = residents / homes
        prices.append((record[1, layout.HOUSE_PRICE_INDEX], crowding))
    assert prices[0][0] == pytest.approx(100.0 * prices[0][1] ** 0.2)
    assert prices[1][0] == pytest.approx(100.0 * prices[1][1] ** 0.7)
    assert prices[2][0] == 15.0


def test_a_point_of_tax_lowers_the_price_by_four_percent() -> None:
    record = a_record()
    record[0, layout.INCOME_TAX_RATE] += 1.0
    built(record)
    assert record[1, layout.HOUSE_PRICE_INDEX] == pytest.approx(100.0 * np.exp(-0.04))


@pytest.mark.parametrize(("people", "sales"), [(0.0, 900.0), (2.0, 2500.0), (-5.0, 0.0), (1e9, 50_000.0)])
def test_land_is_sold_to_those_whom_homes_bring_as_long_as_there_is_any(people: float, sales: float) -> None:
    life, draw = a_life(), Draw(calm_worlds(1, YEARS)[0], EFFECTS, some_starts(1)[0], a_record())
    life.stock[layout.S_ASSETS], life.signals[1, layout.G_HOMES] = 50_000.0, people
    assert asset_sales(1, PLACE._replace(asset_sales=900.0), draw, life) == pytest.approx(sales)


def test_no_baseline_is_without_empty_homes() -> None:
    effects = some_effects(np.random.default_rng(21), 60)
    record = live((), a_place(), calm_rates(20), calm_worlds(60, 20), effects)["as_is"].record
    assert record[:, :, layout.VACANCY].min() > 1.0


def test_land_draws_more_people_where_homes_are_wanted_than_where_they_stand_empty() -> None:
    years, effects = 10, effects_with()[None]
    worlds = growing_worlds(1, years)
    today = pinned_as_today(years)
    land, less = (with_lever(today, layout.HOUSING, value) for value in (200.0, -200.0))
    gains = []
    for vacant, price in ((0.04, 3000.0), (0.2, 3000.0), (0.04, 1500.0)):
        place = a_place(vacancy=vacant, house_price=price)
        ends = [record[0, -1] for record in live_against(today, [land, less], place, effects, worlds)]
        gains.append([float(end[layout.POPULATION] - ends[0][layout.POPULATION]) for end in ends[1:]])
        assert ends[1][layout.LOANS] > ends[0][layout.LOANS]
    tight, slack, cheap = gains
    assert tight[0] > 5.0 * abs(slack[0])
    assert tight[1] < 0.0
    assert tight[0] > 20.0
    assert cheap[0] == 0.0
