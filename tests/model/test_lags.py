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
from framsyn.model.community import live_together
from framsyn.model.exclusion import bill, integrate
from framsyn.model.homes import fall, homes_completed, house_prices
from framsyn.model.labour import jobs_from_decisions
from framsyn.model.layout import AREAS, INDICATORS, Floats
from framsyn.model.life import Draw, Life, Town
from framsyn.model.moves import answer_births, write_moves, write_signals
from framsyn.model.posture import AFTER_DEFICIT, aim_places, expected_result, growth_of_ten_years
from framsyn.model.rule import Rule
from framsyn.model.services import add_community, digital_saving, move_places
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

YEARS, NOW = 30, 25
PLACE = a_place()


def effects() -> Floats:
    """The effects' medians, nulls at 1 so that their lags show."""
    found = median_effects(1)[0]
    return np.where(found == 0.0, 1.0, found)


def a_record() -> Floats:
    """An even life [year, indicator] in which nothing differs from the reference."""
    return np.full((YEARS, INDICATORS), 50.0)


def years_used(
    answer: Callable[[Floats], float],
    column: int,
    change: float = 7.0,
    usual: Callable[[], Floats] = a_record,
) -> list[int]:
    """How many years before `NOW` the figures lie whose change changes the answer."""
    unchanged = answer(usual())
    used = []
    for year in range(YEARS):
        record = usual()
        record[year, column] += change
        if answer(record) != unchanged:
            used.append(NOW - year)
    return used[::-1]


def a_draw() -> Draw:
    """A calm draw of the years, with effects that show and an even reference."""
    return Draw(calm_worlds(1, YEARS)[0], effects(), some_starts(1)[0], a_record())


def a_life() -> Life:
    """Working arrays of ones; as many persons of each age as years they have lived."""
    life = new_life(YEARS)
    life.base[:], life.stock[:], life.levers[:] = 1.0, 1.0, 1.0
    life.below[:] = np.arange(life.below.shape[1]) ** 2
    return life


def lags(identity: str) -> list[int]:
    """The years from first to last lag of an effect."""
    found = effect(identity)
    return list(range(found.lag_years_min, found.lag_years_max + 1))


def first_lag(identity: str) -> list[int]:
    return [effect(identity).lag_years_min]


#: What moves answer to, and the effect whose lags the answer has.
ANSWERED = [
    (layout.G_SERVICES, "services_to_net_short_moves", [2, 3, 4, 5, 6]),
    (layout.G_SCHOOLS, "schools_to_family_moves", [1, 2, 3, 4, 5, 6]),
    (layout.G_STATUTORY, "collapse_of_services", [1, 2, 3, 4]),
    (layout.G_TAX, "tax_to_net_short_moves", [1, 2, 3, 4, 5]),
    (layout.G_JOBS, "jobs_to_in_flow", [1, 2]),
    (layout.G_JOBS, "jobs_to_out_flow", [1, 2]),
    (layout.G_UNEMPLOYMENT, "unemployment_to_in_flow", [2, 3, 4]),
    (layout.G_HOMES, "homes_additional_tight", [1, 2, 3]),
    (layout.G_CHEAP, "cheap_homes_to_moves", [1, 2, 3, 4]),
    (layout.G_FALL, "lock_in_of_owners", [1, 2]),
    (layout.G_COHESION, "cohesion_to_stay", [2, 3, 4, 5, 6, 7, 8]),
    (layout.G_SAFETY, "safety_to_stay", [2, 3, 4, 5, 6, 7, 8]),
    (layout.G_INTEGRATION, "integration_to_retention", [1, 2, 3, 4]),
    (layout.G_ALIGNMENT, "alignment", list(range(5, 16))),
]


@pytest.mark.parametrize(("signal", "identity", "expected"), ANSWERED)
def test_moves_answer_to_each_difference_with_the_lags_of_the_evidence(
    signal: int, identity: str, expected: list[int]
) -> None:
    """What shows in the same year is seen the year after, since moves of a year come before its end."""
    assert [lag for lag in expected if lag > 1] == [lag for lag in lags(identity) if lag > 1]
    draw = a_draw()

    def moves(year: int | None) -> Floats:
        life = a_life()
        life.signals[:] = 0.01 * np.arange(YEARS + 1)[:, None]
        if year is not None:
            life.signals[year:, signal] += 0.02
        write_moves(NOW, PLACE, draw, life)
        return life.moves

    usual = moves(None)
    felt = [at for at in range(1, YEARS) if not np.allclose(moves(at), usual, rtol=1e-12, atol=0.0)]
    assert [NOW - at for at in reversed(felt)] == expected


@pytest.mark.parametrize(
    ("column", "signal"),
    [
        (layout.QUALITY + layout.CULTURE, layout.G_SERVICES),
        (layout.QUALITY + layout.BASIC_EDUCATION, layout.G_SCHOOLS),
        (layout.QUALITY + layout.UPPER_SECONDARY, layout.G_STATUTORY),
        (layout.INCOME_TAX_RATE, layout.G_TAX),
        (layout.JOBS, layout.G_JOBS),
        (layout.UNEMPLOYMENT_RATE, layout.G_UNEMPLOYMENT),
        (layout.COHESION, layout.G_COHESION),
        (layout.SAFETY_FELT, layout.G_SAFETY),
        (layout.CLOSED_PLACES, layout.G_CLOSED),
        (layout.LEVER_PLANNING, layout.G_ALIGNMENT),
    ],
)
def test_a_difference_is_that_of_its_own_year(column: int, signal: int) -> None:
    draw = a_draw()

    def difference(record: Floats) -> float:
        life = a_life()
        write_signals(NOW, PLACE, draw, life, record)
        return float(life.signals[NOW, signal])

    assert difference(a_record()) == 0.0
    assert years_used(difference, column) == [0]


def test_births_answer_to_unemployment_after_its_lag() -> None:
    def births(record: Floats) -> float:
        life = a_life()
        answer_births(NOW, a_draw(), life, record)
        return float(life.multipliers[layout.M_FERTILITY])

    assert years_used(births, layout.UNEMPLOYMENT_RATE) == first_lag("unemployment_to_tfr") == [1]


def test_moves_out_answer_to_closed_schools_a_year_after_the_decision_and_the_lags_of_the_evidence() -> None:
    expected = [
        lag + effect("closing_speed").lag_years_max for lag in lags("village_school_closure_to_population")
    ]
    assert expected == [7, 8, 9, 10, 11]

    def moves_out(record: Floats) -> float:
        life = a_life()
        for year in range(1, YEARS):
            write_signals(year, PLACE, a_draw(), life, record)
        write_moves(NOW, PLACE, a_draw(), life)
        return float(life.moves[1, 20])

    assert years_used(moves_out, layout.CLOSED_PLACES) == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (layout.LEVER_BUSINESS, first_lag("business_spending_to_jobs")),
        (layout.LEVER_ENGAGEMENT, first_lag("engagement_to_jobs")),
        (layout.MUNICIPAL_JOBS, [1]),
    ],
)
def test_jobs_answer_to_decisions_after_their_lags(column: int, expected: list[int]) -> None:
    life = a_life()
    assert (
        years_used(lambda record: jobs_from_decisions(NOW, PLACE, a_draw(), life, record), column) == expected
    )


def test_digital_capital_saves_after_its_lag_as_it_is_reached_and_reaches_people_the_next_year() -> None:
    def saved(record: Floats) -> float:
        life = a_life()
        life.digital[:YEARS] = record[:, 0]
        return digital_saving(NOW, a_draw(), life, a_record())

    def used(record: Floats) -> float:
        life = a_life()
        life.digital[1:] = 9.0
        return digital_saving(NOW, a_draw(), life, record)

    def reached(record: Floats) -> float:
        row, life = a_record(), a_life()
        life.digital[:YEARS] = record[:, 0]
        live_together(NOW, a_draw(), life, row)
        return float(row[NOW, layout.DIGITAL_REACH])

    base = NOW  # the base year's capital is what both are measured from
    assert years_used(saved, 0) == [*first_lag("digital_return"), base]
    assert years_used(used, layout.DIGITAL_REACH) == [1]
    assert years_used(reached, 0) == [1, base]


def test_housing_prices_answer_to_the_tax_of_the_year_before() -> None:
    def price(record: Floats) -> float:
        house_prices(NOW, PLACE, a_draw(), a_life(), record)
        return float(record[NOW, layout.HOUSE_PRICE_INDEX])

    assert years_used(price, layout.INCOME_TAX_RATE) == [1]


def test_owners_compare_the_price_with_that_of_five_years_ago() -> None:
    def falling() -> Floats:
        return np.repeat(np.linspace(90.0, 20.0, YEARS)[:, None], INDICATORS, axis=1)

    def fallen(record: Floats) -> float:
        return fall(NOW, record)

    assert years_used(fallen, layout.HOUSE_PRICE_INDEX, 1.0, falling) == [0, 5]


@pytest.mark.parametrize("column", [layout.LEVER_PLANNING, layout.LEVER_HOUSING, layout.POPULATION])
def test_homes_answer_to_planning_and_land_after_the_years_that_plots_take(column: int) -> None:
    def completed(record: Floats) -> float:
        return homes_completed(NOW, PLACE, effects(), 10.0, a_life(), record)

    assert years_used(completed, column) == first_lag("plots_to_homes") == [3]


@pytest.mark.parametrize("column", [layout.HOUSE_PRICE_INDEX, layout.VACANCY])
def test_homes_beyond_the_need_answer_to_last_years_market(column: int) -> None:
    place, life = PLACE._replace(house_price=20_000.0), a_life()

    def roomy() -> Floats:
        record = a_record()
        record[:, layout.LEVER_HOUSING], record[:, layout.VACANCY] = 1e9, 5.0
        return record

    def completed(record: Floats) -> float:
        return homes_completed(NOW, place, effects(), 0.0, life, record)

    assert years_used(completed, column, usual=roomy) == [1]


def test_the_market_builds_what_its_price_calls_for_over_the_mean_of_the_lags_of_supply() -> None:
    assert lags("supply_elasticity") == [2, 3, 4]
    place, life, record = PLACE._replace(house_price=3800.0), a_life(), a_record()
    life.stock[layout.S_HOMES] = 1000.0
    record[:, layout.LEVER_HOUSING], record[:, layout.LEVER_PLANNING] = 1e9, 100.0
    record[:, layout.HOUSE_PRICE_INDEX], record[:, layout.VACANCY] = 100.0, 9.0
    # At twice the cost: 1 000 homes × 0.7 × ln 2, half of it where half the market is tight, over 3 years.
    built = homes_completed(NOW, place, effects(), 0.0, life, record)
    assert built == pytest.approx(1000.0 * 0.7 * np.log(2.0) * 0.5 / 3.0)


def test_prevention_saves_over_the_years_of_its_lags() -> None:
    expected = lags("prevention_to_cost")
    assert (expected[0], expected[-1]) == (3, 20)

    def cost(year: int | None) -> float:
        life = a_life()
        if year is not None:
            life.signals[year:, layout.G_PREVENTION] = 18.0
        add_community(NOW, a_draw(), life, a_record())
        return float(life.gross[layout.ADMINISTRATION])

    assert [NOW - year for year in range(1, YEARS) if cost(year) != cost(None)][::-1] == expected
    # 18 € spent once save 0.6 × 18 € over 18 years.
    assert cost(NOW - 10) - cost(None) == pytest.approx(-0.6)


def test_youth_outside_cost_after_their_lag_and_the_long_term_unemployed_the_same_year() -> None:
    def billed(record: Floats) -> float:
        return bill(NOW, a_draw(), a_life(), record)

    base = NOW
    assert years_used(billed, layout.YOUTH_OUTSIDE) == first_lag("youth_outside_to_cost") == [5]
    assert years_used(billed, layout.LONG_TERM) == [0, base]


def test_immigrants_of_a_fuller_programme_leave_over_the_years_of_retention() -> None:
    assert lags("retention_of_immigrants") == [0, 1, 2, 3]
    life = a_life()
    life.levers[layout.INTEGRATION], life.stock[layout.S_INTEGRATED] = 0.0, 100.0
    integrate(NOW, effects(), life, a_record())
    assert life.stock[layout.S_INTEGRATED] == pytest.approx(100.0 * (1.0 - 0.35 / 3.0))


def test_councils_answer_to_ten_years_of_decline() -> None:
    assert lags("decline_to_tax")[-1] == 10

    def growth(record: Floats) -> float:
        return growth_of_ten_years(NOW, PLACE, record)

    assert years_used(growth, layout.POPULATION) == [0, 10]


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


def test_a_whole_life_answers_to_land_when_plots_are_ready_and_homes_are_filled() -> None:
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
    plots, filled = first_lag("plots_to_homes")[0], max(1, first_lag("homes_additional_tight")[0])
    assert int(felt[0]) == spent + plots + filled


#: Where a module of the model takes a row of the register: its lags, since sizes come in a draw of effects.
TAKEN = re.compile(r'\b(?:effect|_lags)\("(\w+)"\)')


def test_every_lag_that_the_equations_take_from_the_register_is_tried_here() -> None:
    rooms = Path(layout.__file__).parent.rglob("*.py")
    taken = {identity for room in rooms for identity in TAKEN.findall(room.read_text("utf-8"))}
    assert len(taken) >= 26
    assert taken >= {identity for _, identity, _ in ANSWERED}
    here = Path(__file__).read_text("utf-8")
    assert {identity for identity in taken if f'"{identity}"' not in here} == set()
