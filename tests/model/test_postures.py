"""Postures matter, and only through their decisions."""

import numpy as np
import pytest

from framsyn.evidence.register import effect
from framsyn.foresee.postures import VISIONS, postures
from framsyn.model import coefficients, layout, moves, services
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.indicators import indicators
from framsyn.model.layout import AGES, INDICATORS, LEVERS, Floats
from framsyn.model.life import Draw, Town
from framsyn.model.posture import (
    BUILDING_YEARS,
    correction,
    foreseen_change,
    foreseen_need,
    restrained,
    set_programmes,
)
from framsyn.model.rule import MOST_AHEAD
from framsyn.model.start import begin, new_life

from .lives import (
    a_law,
    a_place,
    calm_rates,
    calm_worlds,
    live,
    median_effects,
    some_effects,
    some_people,
    some_starts,
    some_worlds,
)

PINS = {
    layout.AIM_EARLY: 0.9,
    layout.AIM_BASIC: 1.1,
    layout.AIM_UPPER: 0.8,
    **{layout.AMBITION + area: 0.9 + 0.02 * area for area in range(layout.AREAS)},
    layout.ENGAGEMENT: 12.0,
    layout.UPKEEP: 0.7,
    layout.INVESTMENT_KEPT: 0.6,
    layout.HOUSING: 8.0,
    layout.PLANNING: 1.2,
    layout.INTEGRATION: 6.0,
    layout.DIGITAL: 33.0,
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
    life = new_life(1)
    below = life.below[0]
    below[1:] = np.append(np.cumsum(people.sum(axis=0)), people.sum())
    life.stock[layout.S_NEWBORN] = 5.0
    # In three years those aged 6–15 are those aged 3–12 today: 3 + 4 + … + 12 = 75.
    assert foreseen_need(below, 3, layout.BASIC_EDUCATION, life) == 75.0
    # In eight years: 0–7 today give 8–15 (28), and two cohorts not yet born give 6 and 7.
    assert foreseen_need(below, 8, layout.BASIC_EDUCATION, life) == 28.0 + 2 * 5.0
    # In twenty years nobody aged 6–15 is born yet.
    assert foreseen_need(below, 20, layout.BASIC_EDUCATION, life) == 50.0


def record_with(result: float, surplus: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    record = np.zeros((5, INDICATORS))
    record[:, layout.RESULT] = result
    record[:, layout.ACCUMULATED_SURPLUS] = surplus
    return record


def corrected(identity: str, record: Floats, stock: Floats, year: int = 4) -> float:
    """What a shipped posture decides when it expects the result that it last saw."""
    rule = postures()[identity]
    seen = record[year - 1 - int(rule.sees_after), layout.RESULT]
    town = Town(a_place(), calm_rates(1), a_law(20))
    effects = median_effects(1)[0]
    return correction(float(seen), record[year - 1], town, effects, year, rule, stock)


def test_given_up_corrects_only_when_the_deadline_of_the_law_is_near() -> None:
    stock = np.zeros(layout.STOCKS)
    assert corrected("given_up", record_with(-200.0, -150.0), stock) == 0.0
    stock[layout.S_DEFICIT_YEARS] = 3.0
    np.testing.assert_allclose(corrected("given_up", record_with(-200.0, -150.0), stock), 200.0 + 150.0 / 4)


def test_an_assessment_procedure_forces_every_posture_to_correct() -> None:
    stock = np.zeros(layout.STOCKS)
    record = record_with(-200.0, -1200.0)
    assert corrected("given_up", record, stock) == 0.0
    record[:, layout.DEFICIT_TOO_LARGE] = 1.0
    assert corrected("given_up", record, stock) == 300.0  # 200 + 1200 / 4, at most 300


def test_the_programme_of_a_procedure_adds_what_is_above_the_ceiling_of_loans() -> None:
    stock = np.zeros(layout.STOCKS)
    stock[layout.S_PROCEDURE] = 1.0
    record = record_with(-40.0, 0.0)
    assert corrected("lazy", record, stock) == 40.0
    record[:, layout.LOANS] = effect("loan_ceiling").median + 240.0
    assert corrected("lazy", record, stock) == 100.0  # 40 + 240 / 4
    record[:, layout.LOANS] += 1000.0
    # At most its own largest correction, or the programme's where that is more.
    largest = max(postures()["lazy"].largest_correction, effect("programme_correction").median)
    assert corrected("lazy", record, stock) == largest == 150.0


def test_where_nobody_lends_more_all_that_is_short_is_met_at_once() -> None:
    town = Town(a_place(self_governing=1.0), calm_rates(1), a_law(20))
    effects, stock = median_effects(1)[0], np.zeros(layout.STOCKS)
    record, rule = record_with(-400.0, 0.0), postures()["given_up"]

    def corrected_there() -> float:
        return correction(-400.0, record[3], town, effects, 4, rule, stock)

    assert corrected_there() == 0.0
    record[:, layout.LOANS] = effect("loan_ceiling").median + 1.0
    assert rule.largest_correction < 400.0
    assert corrected_there() == 400.0


def test_a_programme_and_refused_loans_stop_investment_beyond_wear() -> None:
    effects, stock, row = median_effects(1)[0], np.zeros(layout.STOCKS), np.zeros(INDICATORS)
    mainland, islands = a_place(), a_place(self_governing=1.0)
    assert not restrained(row, effects, mainland, stock)
    row[layout.LOANS] = 1e5
    assert not restrained(row, effects, mainland, stock)
    assert restrained(row, effects, islands, stock)
    stock[layout.S_PROCEDURE] = 1.0
    assert restrained(row, effects, mainland, stock)
    rule = postures()["engaging"]._replace(upkeep=1.2, investment_kept=0.8, housing=10.0)
    columns = [layout.UPKEEP, layout.INVESTMENT_KEPT, layout.HOUSING, layout.PLANNING]
    for restraint, expected in ((False, [1.2, 0.8, 10.0, 1.0]), (True, [1.0, 0.0, 0.0, 1.0])):
        levers = np.ones(LEVERS)
        set_programmes(rule, mainland, 5.0, restraint, levers)
        assert levers[columns].tolist() == expected
    levers = np.ones(LEVERS)
    set_programmes(rule._replace(housing=-3.0, upkeep=0.5), mainland, 5.0, True, levers)
    assert levers[columns].tolist() == [0.5, 0.0, -3.0, 1.0]


def test_the_lazy_acts_on_the_result_of_two_years_ago() -> None:
    record = record_with(0.0, 500.0)
    record[:, layout.RESULT] = [200.0, 150.0, 100.0, 50.0, 0.0]
    stock = np.zeros(layout.STOCKS)
    # In year 4 it has seen year 1: an excess of 150, and spends 0.3 of what is above 75.
    assert corrected("lazy", record, stock) == -22.5
    # Going on as today sees 50: let be.
    assert corrected("as_is", record, stock) == 0.0


def test_the_plan_reckons_with_fewer_children_and_workers() -> None:
    people = some_people() * np.linspace(0.5, 1.5, AGES)
    place, law, rule = a_place(people), a_law(10), postures()["engaging"]
    life = new_life(1)
    record = np.zeros((2, INDICATORS))
    town = Town(place, calm_rates(1), law)
    begin(town, Draw(calm_worlds(1, 1)[0], median_effects(1)[0], some_starts(1)[0], record), life, record)

    def change() -> float:
        return foreseen_change(1, town, rule, life, record)

    def expected() -> float:
        """By hand: ages move on four years at cohort ratios of one; newborn are as many as now."""
        people, total = place.population.sum(axis=0), 0.0
        for area, (first, last) in enumerate(zip(layout.FIRST_AGE, layout.LAST_AGE, strict=True)):
            unborn = max(0, min(last, 3) - first + 1)
            then = people[max(first - 4, 0) : last - 3].sum() + unborn * people[0]
            now = people[first : last + 1].sum()
            price = (place.grant_prices * people)[first : last + 1].sum() / now
            unit = (place.costs[area] + place.incomes[area]) / now
            total += (then - now) * (0.2573 * price - unit)
        fewer = people[14:61].sum() / people[18:65].sum() - 1.0
        return float(total + fewer * 0.1 * place.income_tax_rate / 100.0 * place.income_tax_base)

    np.testing.assert_allclose(change(), expected(), rtol=1e-9, atol=1e-6)


def test_lags_in_the_equations_are_those_of_the_register() -> None:
    unemployment = effect("unemployment_to_in_flow")
    closure = effect("village_school_closure_to_population")
    assert (unemployment.lag_years_min, unemployment.lag_years_max) == moves.UNEMPLOYMENT_LAGS == (2, 4)
    assert (closure.lag_years_min, closure.lag_years_max) == (6, 10)
    assert moves.CLOSURE_LAGS == (7, 11)
    assert effect("digital_return").lag_years_min == services.DIGITAL_LAG == 3
    assert effect("building_cost_of_place").lag_years_min == BUILDING_YEARS == 2


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
        "need_early_childhood": layout.NEED,
        "coverage_participation": layout.COVERAGE + layout.PARTICIPATION,
        "staff_culture": layout.STAFF + layout.CULTURE,
        "quality_safety": layout.QUALITY + layout.SAFETY,
        "cost_health_social_per_resident": layout.COST + layout.HEALTH_SOCIAL,
        "four_limits_met": layout.FOUR_LIMITS,
        "lever_saving": layout.LEVER_SAVING,
    }.items():
        assert ids[column] == identity


def test_no_posture_looks_farther_than_the_model_can() -> None:
    assert all(rule.look_ahead.max() <= MOST_AHEAD for rule in postures().values())


def test_coefficients_have_one_column_each() -> None:
    columns = [
        value + size
        for name, value in vars(coefficients).items()
        if name.isupper() and isinstance(value, int)
        for size in range(3 if name.endswith("_SCALE") else 1)
    ]
    assert sorted(columns) == list(range(len(COEFFICIENTS)))


def test_the_made_up_people_are_enough() -> None:
    assert some_people().sum() > 5000
