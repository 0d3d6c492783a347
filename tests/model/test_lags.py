"""Every lag of the evidence, and the information lag of a posture: which year's figures an answer uses.

One year's figure is changed at a time. The years whose change is felt must be those that the register tells,
so that an equation that looks one year too early or too late fails here.
"""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from framsyn.evidence.register import effect
from framsyn.foresee.postures import postures
from framsyn.model import layout
from framsyn.model.attraction import (
    closed_schools,
    displaced,
    fertility_multiplier,
    in_migration_multiplier,
    out_migration_multiplier,
    unemployment_gap,
)
from framsyn.model.community import live_together
from framsyn.model.economy import house_prices, jobs_from_decisions
from framsyn.model.layout import AREAS, BASE_COLUMNS, INDICATORS, Floats
from framsyn.model.life import Draw, Life, Town
from framsyn.model.posture import AFTER_DEFICIT, aim_places, expected_result
from framsyn.model.rule import Rule
from framsyn.model.services import digital_saving, move_places
from framsyn.model.start import new_life

from .lives import (
    a_law,
    a_place,
    calm_rates,
    calm_worlds,
    course_of,
    live,
    live_under,
    median_effects,
    some_starts,
)

YEARS, NOW = 30, 20
PLACE = a_place()
BASE = np.ones(BASE_COLUMNS)


def effects() -> Floats:
    """The effects' medians, nulls at 1 so that their lags show."""
    found = median_effects(1)[0]
    return np.where(found == 0.0, 1.0, found)


def a_record() -> Floats:
    """An even life [year, indicator] in which nothing differs from the reference."""
    return np.full((YEARS, INDICATORS), 50.0)


def years_used(answer: Callable[[Floats], float], column: int, change: float = 7.0) -> list[int]:
    """How many years before `NOW` the figures lie whose change changes the answer."""
    usual = answer(a_record())
    used = []
    for year in range(YEARS):
        record = a_record()
        record[year, column] += change
        if answer(record) != usual:
            used.append(NOW - year)
    return used[::-1]


def of_reference(function: Callable[..., float]) -> Callable[[Floats], float]:
    """An answer of the form (year, place, record, reference)."""
    return lambda record: function(NOW, PLACE, record, a_record())


def a_draw() -> Draw:
    """A calm draw of the years, with effects that show and an even reference."""
    return Draw(calm_worlds(1, YEARS)[0], effects(), some_starts(1)[0], a_record())


def a_life() -> Life:
    """Working arrays of ones."""
    life = new_life(YEARS)
    life.base[:], life.stock[:], life.below[:] = 1.0, 1.0, 1.0
    return life


def moves_in(record: Floats) -> float:
    return in_migration_multiplier(NOW, PLACE, a_draw(), record)


def moves_out(record: Floats) -> float:
    return out_migration_multiplier(NOW, PLACE, a_draw(), BASE, record)


def lags(identity: str) -> list[int]:
    """The years from first to last lag of an effect."""
    one = effect(identity)
    return list(range(one.lag_years_min, one.lag_years_max + 1))


def first_lag(identity: str) -> list[int]:
    return [effect(identity).lag_years_min]


def test_moves_in_answer_to_unemployment_with_the_lags_of_the_evidence() -> None:
    assert lags("unemployment_gap_to_in_migration") == [2, 3, 4]
    found = years_used(lambda record: unemployment_gap(NOW, record, a_record()), layout.UNEMPLOYMENT_RATE)
    assert found == lags("unemployment_gap_to_in_migration")
    assert years_used(moves_in, layout.UNEMPLOYMENT_RATE) == found


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (layout.LEVER_HOUSING, first_lag("housing_to_in_migration")),
        (layout.INCOME_TAX_RATE, [1]),
        (layout.QUALITY + layout.CULTURE, [1]),
    ],
)
def test_moves_in_answer_to_housing_after_its_lag_and_to_tax_and_services_the_next_year(
    column: int, expected: list[int]
) -> None:
    assert years_used(moves_in, column) == expected


def test_births_answer_to_unemployment_after_its_lag() -> None:
    found = years_used(
        lambda record: fertility_multiplier(NOW, a_draw(), BASE, record), layout.UNEMPLOYMENT_RATE
    )
    assert found == first_lag("unemployment_to_tfr") == [1]


def test_moves_out_answer_to_closed_schools_a_year_after_the_decision_and_the_lags_of_the_evidence() -> None:
    expected = [
        lag + effect("closing_speed").lag_years_max for lag in lags("village_school_closure_to_population")
    ]
    assert expected == [7, 8, 9, 10, 11]
    assert years_used(of_reference(closed_schools), layout.CLOSED_PLACES) == expected
    assert years_used(moves_out, layout.CLOSED_PLACES) == expected


def test_moves_out_answer_to_jobs_lost_last_year() -> None:
    assert years_used(of_reference(displaced), layout.JOBS, -7.0) == [1]
    assert years_used(of_reference(displaced), layout.JOBS, 7.0) == [2]
    assert years_used(moves_out, layout.INCOME_TAX_RATE) == [1]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (layout.LEVER_BUSINESS, first_lag("business_spending_to_jobs")),
        (layout.LEVER_ENGAGEMENT, first_lag("engagement_to_jobs")),
        (layout.MUNICIPAL_JOBS, [1]),
    ],
)
def test_jobs_answer_to_decisions_after_their_lags(column: int, expected: list[int]) -> None:
    assert years_used(lambda record: jobs_from_decisions(NOW, PLACE, a_draw(), record), column) == expected


def test_digital_capital_saves_after_its_lag_and_reaches_people_the_next_year() -> None:
    def saved(record: Floats) -> float:
        return digital_saving(NOW, effects(), record[:, 0].copy())

    def reached(record: Floats) -> float:
        row, life = np.full((YEARS, INDICATORS), 50.0), a_life()
        life.digital[:YEARS] = record[:, 0]
        live_together(NOW, a_draw(), life, row)
        return float(row[NOW, layout.DIGITAL_REACH])

    base = NOW  # the base year's capital is what both are measured from
    assert years_used(saved, 0) == [*first_lag("digital_return"), base]
    assert years_used(reached, 0) == [1, base]


def test_housing_prices_answer_to_the_tax_of_the_year_before() -> None:
    def price(record: Floats) -> float:
        house_prices(NOW, PLACE, BASE, effects(), record)
        return float(record[NOW, layout.HOUSE_PRICE_INDEX])

    assert years_used(price, layout.INCOME_TAX_RATE) == [1]


@pytest.mark.parametrize("ordered", [True, False])
def test_places_stand_when_they_are_built_and_close_the_year_after(ordered: bool) -> None:
    life = new_life(YEARS)
    life.base[:], life.capacity[:] = 100.0, 100.0
    standing, paid = [], []
    for year in range(1, 6):
        life.levers[:] = 1.0 if not ordered or year < 2 else 1.3
        if not ordered and year >= 2:
            life.levers[:] = 0.99
        paid.append(move_places(year, effects(), life, a_record()))
        standing.append(float(life.capacity[layout.BASIC_EDUCATION]))
    years = (
        effect("building_cost_of_place").lag_years_max if ordered else effect("closing_speed").lag_years_max
    )
    changed = 1 + next(at for at, places in enumerate(standing) if places != 100.0)
    assert changed == 2 + years
    assert sum(paid) == pytest.approx(30.0 * layout.SCHOOLS if ordered else 0.0)


def blind(sees_after: int) -> Rule:
    """A posture that plans nothing and acts on what it saw `sees_after` years ago."""
    return postures()["engaging"]._replace(
        look_ahead=np.zeros(layout.SCHOOLS),
        excess_tolerated=np.zeros(layout.SCHOOLS),
        sees_after=float(sees_after),
        fiscal_rule=AFTER_DEFICIT,
        indifference=0.0,
        largest_correction=1e4,
        tax_share=0.0,
    )


@pytest.mark.parametrize("sees_after", [0, 1, 2, 5])
def test_a_posture_acts_on_what_was_seen_when_its_information_is_from(sees_after: int) -> None:
    rule, life = blind(sees_after), a_life()
    life.capacity[:] = 10.0
    town = Town(PLACE, calm_rates(YEARS), a_law(YEARS))

    def aimed(record: Floats) -> float:
        return aim_places(layout.BASIC_EDUCATION, NOW, rule, life, record)

    def expected(record: Floats) -> float:
        return expected_result(NOW, town, rule, life, record)

    assert years_used(aimed, layout.NEED + layout.BASIC_EDUCATION) == [1 + sees_after]
    assert years_used(expected, layout.RESULT) == [1 + sees_after]


@pytest.mark.parametrize("sees_after", [0, 1, 3])
def test_a_whole_life_answers_to_a_bad_year_when_the_posture_sees_it(sees_after: int) -> None:
    years, bad = 12, 4
    drawn, rates = median_effects(1), calm_rates(years)
    calm, shocked = calm_worlds(1, years), calm_worlds(1, years)
    shocked[:, bad, layout.W_ONE_OFF] = -90.0
    course = course_of(blind(sees_after), years + 1)
    reference = live((), PLACE, rates, calm, drawn)["as_is"].record
    lived = [live_under(course, PLACE, rates, world, drawn, reference) for world in (calm, shocked)]
    differs = lived[0].record[0] != lived[1].record[0]
    assert int(np.argmax(differs[:, layout.RESULT])) == bad
    assert int(np.argmax(differs[:, layout.LEVER_SAVING])) == bad + 1 + sees_after


def test_a_whole_life_answers_to_housing_after_its_lag() -> None:
    years, spent = 12, 4
    drawn, rates, worlds = median_effects(1), calm_rates(years), calm_worlds(1, years)
    reference = live((), PLACE, rates, worlds, drawn)["as_is"].record
    pins = {layout.AMBITION + area: 1.0 for area in range(AREAS)} | {
        layout.TAX_RATE: 8.4,
        layout.HOUSING: 0.0,
    }
    usual = course_of(postures()["engaging"], years + 1, pins)
    built = usual._replace(pinned=usual.pinned.copy())
    built.pinned[spent, layout.HOUSING] = 100.0
    records = [
        live_under(course, PLACE, rates, worlds, drawn, reference).record[0, :, layout.MOVES_IN]
        for course in (usual, built)
    ]
    felt = np.flatnonzero(records[0][1:] != records[1][1:]) + 1
    assert int(felt[0]) == spent + effect("housing_to_in_migration").lag_years_min


def test_every_lag_that_the_equations_take_from_the_register_is_tried_here() -> None:
    rooms = Path(layout.__file__).parent.rglob("*.py")
    sources = "\n".join(room.read_text("utf-8") for room in rooms)
    lagged = set(re.findall(r'= effect\("(\w+)"\)', sources))
    assert len(lagged) >= 9
    here = Path(__file__).read_text("utf-8")
    assert {identity for identity in lagged if f'"{identity}"' not in here} == set()
