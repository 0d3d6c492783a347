"""Moves by hand: what each difference from the baseline does to moves, whose, and where it ends."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.layout import INDICATORS, Floats
from framsyn.model.life import Draw, Life
from framsyn.model.moves import ALIGNMENT_LAGS, CHOSEN_BY, write_moves, write_signals
from framsyn.model.signals import add_signal, lagged, signal_of
from framsyn.model.start import new_life

from .lives import (
    a_place,
    calm_rates,
    calm_worlds,
    effects_with,
    growing_worlds,
    live_against,
    live_under,
    pinned_as_today,
    some_effects,
    some_starts,
    some_worlds,
    with_lever,
)

YEARS, NOW = 20, 18
PLACE = a_place(short_share=0.5, owner_share=0.6, village_share=0.3)
FAMILY, OTHER = 30, 20
IN_FLOW, OUT_FLOW, IMMIGRANTS, RESIDENTS = 300.0, 250.0, 50.0, 10_000.0


def a_life() -> Life:
    life = new_life(YEARS)
    life.base[[layout.B_IN, layout.B_OUT]] = IN_FLOW, OUT_FLOW
    life.base[[layout.B_IMMIGRATION, layout.B_POPULATION]] = IMMIGRANTS, RESIDENTS
    return life


def moves(signals: dict[int, float], effects: Floats | None = None) -> Floats:
    """Factors on moves [in or out, age] when the differences have been these in every year."""
    life = a_life()
    for signal, value in signals.items():
        life.signals[:, signal] = value * np.arange(YEARS + 1)
    found = effects_with() if effects is None else effects
    draw = Draw(calm_worlds(1, YEARS)[0], found, some_starts(1)[0], np.zeros((1, INDICATORS)))
    write_moves(NOW, PLACE, draw, life)
    return life.moves


SERVICES = 0.5 * 0.03 * 0.25 * np.tanh(0.1 / 0.25)
SCHOOLS = 0.5 * 0.1 * 0.2 * np.tanh(0.1 / 0.2)


@pytest.mark.parametrize(
    ("signal", "value", "inward", "outward", "family_in", "family_out"),
    [
        (layout.G_SERVICES, 0.1, np.exp(2 / 3 * SERVICES), np.exp(-1 / 3 * SERVICES), 1.0, 1.0),
        (layout.G_SCHOOLS, 0.1, 1.0, 1.0, np.exp(2 / 3 * SCHOOLS), np.exp(-1 / 3 * SCHOOLS)),
        (layout.G_STATUTORY, 1.0, 1.0, 1.0, np.exp(-0.02), np.exp(0.02)),
        (layout.G_TAX, 1.0, np.exp(-0.0025), np.exp(0.0025), 1.0, 1.0),
        (layout.G_JOBS, 0.1, np.exp(0.05), np.exp(-0.012), 1.0, 1.0),
        (layout.G_UNEMPLOYMENT, 0.1, np.exp(-0.005), 1.0, 1.0, 1.0),
        (layout.G_HOMES, 30.0, 1.0 + 30.0 / IN_FLOW, 1.0, 1.0, 1.0),
        (layout.G_CHEAP, 0.1, np.exp(0.5 * 0.05 * 0.1), 1.0, 1.0, 1.0),
        (layout.G_FALL, 0.1, 1.0, np.exp(-0.6 * 0.15 * 0.1), 1.0, 1.0),
        (layout.G_CLOSED, 0.1, 1.0, 1.0 + 0.03 * 0.1 * RESIDENTS / OUT_FLOW, 1.0, 1.0),
        (layout.G_COHESION, 10.0, 1.0, 1.0, 1.0, np.exp(-0.005)),
        (layout.G_SAFETY, -10.0, 1.0, 1.0, 1.0, np.exp(0.002)),
        (layout.G_INTEGRATION, 1.0, 1.0, 1.0 - 0.05 * IMMIGRANTS / OUT_FLOW, 1.0, 1.0),
        (layout.G_ALIGNMENT, 1.0, 1.0, 1.0, 1.0, 1.0),
        (layout.G_PREVENTION, 100.0, 1.0, 1.0, 1.0, 1.0),
    ],
)
def test_each_difference_moves_whom_and_as_much_as_the_register_says(
    signal: int, value: float, inward: float, outward: float, family_in: float, family_out: float
) -> None:
    found = moves({signal: value})
    np.testing.assert_allclose(found[:, OTHER], [inward, outward], rtol=1e-12)
    np.testing.assert_allclose(found[:, FAMILY], [inward * family_in, outward * family_out], rtol=1e-12)


def test_families_are_children_and_those_of_25_to_44() -> None:
    found = moves({layout.G_SCHOOLS: 0.1})[0]
    ages = np.arange(layout.AGES)
    np.testing.assert_array_equal(found > 1.0, (ages <= 15) | ((ages >= 25) & (ages <= 44)))


@pytest.mark.parametrize(
    ("signal", "row", "most"),
    [
        (layout.G_SERVICES, 0, np.exp(2 / 3 * 0.5 * 0.03 * 0.25)),
        (layout.G_SCHOOLS, 0, np.exp(2 / 3 * 0.5 * 0.1 * 0.2)),
        (layout.G_CHEAP, 0, np.exp(0.08)),
        (layout.G_FALL, 1, np.exp(-0.25)),
        (layout.G_COHESION, 1, np.exp(-0.005 * 1.5)),
        (layout.G_SAFETY, 1, np.exp(-0.002 * 1.5)),
    ],
)
def test_an_answer_ends_where_the_register_says(signal: int, row: int, most: float) -> None:
    assert moves({signal: 1e4})[row, FAMILY] == pytest.approx(most)


@pytest.mark.parametrize(("signal", "row"), [(layout.G_HOMES, 0), (layout.G_CLOSED, 1)])
def test_no_difference_makes_fewer_than_nobody_move(signal: int, row: int) -> None:
    assert moves({signal: -1e9})[row, OTHER] == 0.0


def test_a_difference_of_one_year_counts_as_its_share_of_the_years_of_its_lags() -> None:
    def signals_of_years(*years: int) -> Floats:
        signals = np.zeros((YEARS + 1, layout.SIGNALS))
        for year in range(1, YEARS + 1):
            add_signal(signals, year, layout.G_TAX, 3.0 if year in years else 0.0)
        return signals

    signals = signals_of_years(10)
    assert [signal_of(signals, year, layout.G_TAX) for year in (0, 9, 10, 11)] == [0.0, 0.0, 3.0, 0.0]
    for year, share in ((10, 0.0), (11, 0.6), (15, 0.6), (16, 0.0)):
        assert lagged(signals, year, layout.G_TAX, (1, 5)) == pytest.approx(share)
    signals = signals_of_years(*range(1, YEARS + 1))
    # Before the base year nothing differed.
    assert [lagged(signals, year, layout.G_TAX, (1, 5)) for year in (0, 1, 3, 6)] == pytest.approx(
        [0.0, 0.0, 1.2, 3.0]
    )


def test_what_is_aligned_does_more_than_its_sum_only_where_one_thing_feeds_another() -> None:
    assert ALIGNMENT_LAGS == (5, 15)
    both = {layout.G_SERVICES: 0.1, layout.G_SCHOOLS: 0.1, layout.G_ALIGNMENT: 0.5}
    apart = moves({**both, layout.G_ALIGNMENT: 0.0})
    np.testing.assert_array_equal(moves(both), apart)
    fed = moves(both, effects_with(alignment=0.45))
    np.testing.assert_allclose(np.log(fed), np.log(apart) * (1.0 + 0.45 * 0.5), rtol=1e-10, atol=1e-15)


def a_row(**changes: float) -> Floats:
    """A year's record [indicator] of a municipality as today."""
    row = np.full(INDICATORS, 100.0)
    row[layout.COHESION], row[layout.SAFETY_FELT] = 50.0, 50.0
    row[layout.INCOME_TAX_RATE], row[layout.UNEMPLOYMENT_RATE] = 8.0, 6.0
    row[layout.LEVER_ENGAGEMENT], row[layout.CLOSED_PLACES] = 5.0, 0.0
    for name, value in changes.items():
        row[getattr(layout, name)] = value
    return row


def signals_of(row: Floats, other: Floats) -> Floats:
    """The differences [signal] of a year from the baseline's."""
    life, record = a_life(), np.zeros((YEARS + 1, INDICATORS))
    reference = record.copy()
    record[3], reference[3] = row, other
    draw = Draw(calm_worlds(1, YEARS)[0], effects_with(), some_starts(1)[0], reference)
    write_signals(3, PLACE, draw, life, record)
    found: Floats = life.signals[3]
    return found


def test_a_year_like_the_baseline_differs_in_nothing() -> None:
    assert (signals_of(a_row(), a_row()) == 0.0).all()


@pytest.mark.parametrize(
    ("name", "value", "signal", "difference"),
    [
        ("INCOME_TAX_RATE", 9.5, layout.G_TAX, 1.5),
        ("JOBS", 110.0, layout.G_JOBS, np.log(1.1)),
        ("UNEMPLOYMENT_RATE", 9.0, layout.G_UNEMPLOYMENT, np.log(1.5)),
        ("CLOSED_PLACES", 10.0, layout.G_CLOSED, 0.1 * 0.3),
        ("COHESION", 43.0, layout.G_COHESION, -7.0),
        ("SAFETY_FELT", 52.0, layout.G_SAFETY, 2.0),
        ("LEVER_PLANNING", 120.0, layout.G_ALIGNMENT, 0.25 * 0.5),
        ("LEVER_BUSINESS", 300.0, layout.G_ALIGNMENT, 0.25),
        ("LEVER_ENGAGEMENT", 7.0, layout.G_ALIGNMENT, 0.25),
        ("LEVER_ENGAGEMENT", 1.0, layout.G_ALIGNMENT, 0.0),
    ],
)
def test_each_figure_of_a_year_is_compared_with_the_baselines(
    name: str, value: float, signal: int, difference: float
) -> None:
    found = signals_of(a_row(**{name: value}), a_row())
    expected = np.zeros(layout.SIGNALS)
    expected[signal] = difference
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_services_are_weighed_by_their_cost() -> None:
    row = a_row()
    row[layout.QUALITY + layout.CULTURE] = 120.0
    row[layout.QUALITY + layout.BASIC_EDUCATION] = 70.0
    found = signals_of(row, a_row())
    costs = PLACE.costs
    chosen = costs[list(CHOSEN_BY)].sum()
    families = costs[[layout.EARLY_CHILDHOOD, layout.BASIC_EDUCATION]].sum()
    statutory = families + costs[layout.UPPER_SECONDARY]
    assert found[layout.G_SERVICES] == pytest.approx(0.2 * costs[layout.CULTURE] / chosen, rel=1e-5)
    lost = 0.3 * costs[layout.BASIC_EDUCATION]
    assert found[layout.G_SCHOOLS] == pytest.approx(-lost / families, rel=1e-5)
    # Statutory services at four fifths of today's are enough; each tenth below counts.
    level = 1.0 - lost / statutory
    assert found[layout.G_STATUTORY] == pytest.approx(max(0.0, 0.8 - level) / 0.1, abs=1e-4)
    row[layout.QUALITY : layout.QUALITY + 3] = 65.0
    assert signals_of(row, a_row())[layout.G_STATUTORY] == pytest.approx(1.5)


def test_a_course_like_the_baseline_is_the_baseline_to_the_last_bit() -> None:
    rng = np.random.default_rng(31)
    worlds, effects = some_worlds(rng, 5, 12), some_effects(rng, 5)
    today = pinned_as_today(12)
    reference, record = live_against(today, [today], PLACE, effects, worlds)
    assert record.tobytes() == reference.tobytes()


def test_at_the_baseline_people_are_what_the_draw_and_the_rates_make_them() -> None:
    """Whatever the effects, which no baseline answers to."""
    rng = np.random.default_rng(32)
    worlds, rates, today = some_worlds(rng, 1, 12), calm_rates(12), pinned_as_today(12)
    found = []
    for effects in (some_effects(rng, 1), some_effects(rng, 1)):
        record = np.empty((1, 13, INDICATORS))
        live_under(today, PLACE, rates, worlds, effects, record, record)
        found.append(record[0, :, [layout.POPULATION, layout.MOVES_IN, layout.MOVES_OUT, layout.BIRTHS]])
    np.testing.assert_array_equal(found[0], found[1])


@pytest.mark.parametrize(
    ("lever", "value", "sign"),
    [
        (layout.AMBITION + layout.ART, 2.0, 1),
        (layout.AMBITION + layout.BASIC_EDUCATION, 1.3, 1),
        (layout.TAX_RATE, 10.4, -1),
        (layout.PLANNING, 0.3, -1),
        (layout.INTEGRATION, 20.0, 1),
    ],
)
def test_each_decision_moves_people_the_way_the_register_says(lever: int, value: float, sign: int) -> None:
    today = pinned_as_today(15)
    place = PLACE._replace(house_price=2600.0, vacancy=0.05)
    reference, record = live_against(
        today, [with_lever(today, lever, value)], place, effects_with()[None], growing_worlds(1, 15)
    )
    gain = (record - reference)[0, :, layout.POPULATION]
    assert gain[:2].tolist() == [0.0, 0.0]
    assert sign * gain[-1] > 0.0
