"""Postures matter, and only through their decisions."""

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from framsyn.evidence.register import effect, effects
from framsyn.foresee.postures import VISIONS, postures
from framsyn.model import attraction, coefficients, layout, services
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.indicators import indicators
from framsyn.model.layout import AGES, INDICATORS, LEVERS
from framsyn.model.posture import BUILDING_YEARS, MOST_AHEAD, Rule, correction, foreseen_need

from .lives import (
    a_place,
    calm_rates,
    calm_worlds,
    live,
    median_effects,
    some_effects,
    some_people,
    some_worlds,
)

PINS = {
    layout.AIM_EARLY: 0.9,
    layout.AIM_BASIC: 1.1,
    layout.AIM_UPPER: 0.8,
    layout.AMBITION_EDUCATION: 1.02,
    layout.AMBITION_LEISURE: 0.9,
    layout.AMBITION_ENVIRONMENT: 1.1,
    layout.AMBITION_BUSINESS: 1.3,
    layout.AMBITION_ADMINISTRATION: 0.95,
    layout.UPKEEP: 0.7,
    layout.INVESTMENT_KEPT: 0.6,
    layout.DIGITAL: 33.0,
    layout.ENGAGEMENT: 12.0,
    layout.TAX_RATE: 9.1,
}


def test_with_every_lever_pinned_the_futures_coincide_bit_for_bit() -> None:
    assert len(PINS) == LEVERS
    rng = np.random.default_rng(3)
    worlds, drawn = some_worlds(rng, 6, 15), some_effects(rng, 6)
    lived = live(VISIONS, a_place(), calm_rates(15), worlds, drawn, PINS)
    for identity in VISIONS:
        assert lived[identity].record.tobytes() == lived["as_is"].record.tobytes()
        assert lived[identity].ages.tobytes() == lived["as_is"].ages.tobytes()


@pytest.mark.parametrize("lever", sorted(PINS))
def test_each_lever_alone_makes_the_futures_differ(lever: int) -> None:
    rng = np.random.default_rng(4)
    worlds, drawn = some_worlds(rng, 2, 12), median_effects(2)
    one = live((), a_place(), calm_rates(12), worlds, drawn, PINS)["as_is"].record
    moved = {**PINS, lever: PINS[lever] * 1.1}
    other = live((), a_place(), calm_rates(12), worlds, drawn, moved)["as_is"].record
    assert not np.array_equal(one, other, equal_nan=True)


def test_unpinned_postures_lead_to_different_futures() -> None:
    rng = np.random.default_rng(5)
    worlds = some_worlds(rng, 4, 15)
    lived = live(VISIONS, a_place(), calm_rates(15), worlds, some_effects(rng, 4))
    ends = {one: lived[one].record[:, -1, layout.LOANS].mean() for one in postures()}
    assert len(set(ends.values())) == len(ends)


def test_a_life_does_not_depend_on_its_neighbours_or_their_number() -> None:
    rng = np.random.default_rng(6)
    worlds, drawn = some_worlds(rng, 8, 10), some_effects(rng, 8)
    all_eight = live(("lazy",), a_place(), calm_rates(10), worlds, drawn)["lazy"].record
    third = live(("lazy",), a_place(), calm_rates(10), worlds[2:3], drawn[2:3])["lazy"].record
    assert all_eight[2].tobytes() == third[0].tobytes()


def test_a_small_municipality_without_children_lives_without_nan() -> None:
    people = np.zeros((2, AGES))
    people[:, 40:95] = 0.7
    rng = np.random.default_rng(7)
    rates = calm_rates(30)._replace(
        moves_in=np.full((31, 2, AGES), 0.01), immigration=np.full((2, AGES), 0.001)
    )
    lived = live(VISIONS, a_place(people), rates, some_worlds(rng, 5, 30), some_effects(rng, 5))
    for one in lived.values():
        assert np.isfinite(one.record[:, 1:]).all()
        assert (one.record[:, :, layout.POPULATION] > 0).all()


def test_neglected_upkeep_becomes_repair_debt_of_the_same_size() -> None:
    place = a_place()
    worlds, drawn = calm_worlds(1, 3), median_effects(1)
    no_more = {layout.INVESTMENT_KEPT: 0.0}
    kept = live((), place, calm_rates(3), worlds, drawn, {layout.UPKEEP: 1.0, **no_more})["as_is"].record
    half = live((), place, calm_rates(3), worlds, drawn, {layout.UPKEEP: 0.5, **no_more})["as_is"].record

    def debt(record: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        row = record[0, 3]
        return float(row[layout.REPAIR_DEBT] * row[layout.POPULATION])

    wear = effect("wear_to_depreciation").median * place.depreciation
    np.testing.assert_allclose(debt(kept), place.repair_debt, rtol=1e-12)
    np.testing.assert_allclose(debt(half) - debt(kept), 3 * 0.5 * wear, rtol=1e-9)


def test_the_forecast_of_need_is_the_children_grown_older() -> None:
    people = np.zeros((2, AGES))
    people[0, :20] = np.arange(20.0)
    below = np.zeros(AGES + 2)
    below[1:] = np.append(np.cumsum(people.sum(axis=0)), people.sum())
    stock = np.zeros(layout.STOCKS)
    growth = np.ones(MOST_AHEAD + 1)
    stock[layout.S_NEWBORN] = 5.0
    # In three years those aged 6–15 are those aged 3–12 today: 3 + 4 + … + 12 = 75.
    assert foreseen_need(below, 3, layout.BASIC_EDUCATION, stock, growth) == 75.0
    # In eight years: 0–7 today give 8–15 (28), and two cohorts not yet born give 6 and 7.
    assert foreseen_need(below, 8, layout.BASIC_EDUCATION, stock, growth) == 28.0 + 2 * 5.0
    # In twenty years nobody aged 6–15 is born yet.
    assert foreseen_need(below, 20, layout.BASIC_EDUCATION, stock, growth) == 50.0


def record_with(result: float, surplus: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    record = np.zeros((5, INDICATORS))
    record[:, layout.RESULT] = result
    record[:, layout.ACCUMULATED_SURPLUS] = surplus
    return record


def test_given_up_corrects_only_when_the_deadline_of_the_law_is_near() -> None:
    rule = postures()["given_up"]
    stock = np.zeros(layout.STOCKS)
    assert correction(4, rule, record_with(-200.0, -150.0), stock) == 0.0
    stock[layout.S_DEFICIT_YEARS] = 3.0
    np.testing.assert_allclose(correction(4, rule, record_with(-200.0, -150.0), stock), 200.0 + 150.0 / 4)


def test_a_plan_acts_on_a_falling_trend_before_the_deficit_comes() -> None:
    record = record_with(0.0, 500.0)
    record[:, layout.RESULT] = [200.0, 150.0, 100.0, 50.0, 0.0]
    stock = np.zeros(layout.STOCKS)
    # Result 50 in year 3, slope −50 a year, half trusted over three years: 50 − 75 = −25; aim 25.
    assert correction(4, postures()["engaging"], record, stock) == 50.0
    # The lazy sees what was two years ago, an excess of 150, and spends 0.3 of what is above 75.
    assert correction(4, postures()["lazy"], record, stock) == -22.5


def test_every_coefficient_of_the_model_stands_in_the_register_and_is_used() -> None:
    assert sorted(COEFFICIENTS) == sorted(one.id for one in effects())


def test_lags_in_the_equations_are_those_of_the_register() -> None:
    moves = effect("unemployment_gap_to_in_migration")
    closure = effect("village_school_closure_to_population")
    assert (moves.lag_years_min, moves.lag_years_max) == (2, 4)
    assert (attraction.MIGRATION_LAG_FIRST, attraction.MIGRATION_LAG_LAST) == (2, 4)
    assert (closure.lag_years_min, closure.lag_years_max) == (6, 10)
    assert (attraction.CLOSURE_LAG_FIRST, attraction.CLOSURE_LAG_LAST) == (6, 10)
    assert effect("digital_return").lag_years_min == services.DIGITAL_LAG == 3
    assert effect("building_cost_of_place").lag_years_min == BUILDING_YEARS == 2


def test_nulls_are_centred_on_zero() -> None:
    nulls = [one for one in effects() if one.strength == "0"]
    assert nulls
    assert all(one.median == 0.0 and one.low < 0.0 < one.high for one in nulls)


def test_every_effect_has_a_strength_a_source_and_an_ordered_prior() -> None:
    for one in effects():
        assert one.strength in {"A", "B", "C", "0", "assumption"}
        assert one.source
        assert one.low <= one.median <= one.high
        assert one.minimum <= one.low
        assert one.high <= one.maximum


def test_the_record_has_the_columns_of_the_dictionary_in_order() -> None:
    ids = list(indicators())
    assert len(ids) == INDICATORS
    for identity, column in {
        "population": layout.POPULATION,
        "share_65_plus": layout.SHARE_65_PLUS,
        "annual_margin_per_resident": layout.ANNUAL_MARGIN,
        "loans_per_resident": layout.LOANS,
        "accumulated_surplus_per_resident": layout.ACCUMULATED_SURPLUS,
        "exclusion": layout.EXCLUSION,
        "lever_saving": layout.LEVER_SAVING,
    }.items():
        assert ids[column] == identity


def test_no_posture_looks_farther_than_the_model_can() -> None:
    assert all(rule.look_ahead <= MOST_AHEAD for rule in postures().values())


def test_postures_have_exactly_the_fields_of_a_rule() -> None:
    text = files("framsyn.model").joinpath("postures.toml").read_text("utf-8")
    for identity, told in tomllib.loads(text).items():
        assert set(told) - {"stated", "inferred"} == set(Rule._fields), identity


def test_coefficients_have_one_column_each() -> None:
    columns = [
        value for name, value in vars(coefficients).items() if name.isupper() and isinstance(value, int)
    ]
    assert sorted(columns) == list(range(len(COEFFICIENTS)))


def test_the_made_up_people_are_enough() -> None:
    assert some_people().sum() > 5000
