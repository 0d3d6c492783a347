"""The bill of unemployment and youth outside, and what a programme for immigrants does, by hand."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.exclusion import bill, count_long_term, integrate, unemployed
from framsyn.model.layout import INDICATORS, Floats
from framsyn.model.life import Draw, Life
from framsyn.model.start import new_life

from .lives import (
    a_place,
    calm_worlds,
    effects_with,
    live_against,
    pinned_as_today,
    some_starts,
    with_lever,
)

YEARS, NOW = 20, 10
PLACE = a_place()
PEOPLE, IMMIGRANTS, YOUTH = 10_000.0, 40.0, 1400.0


def a_record() -> Floats:
    """Years [year, indicator] with 500 unemployed, of whom 200 for long, and 9 % of the youth outside."""
    record = np.zeros((YEARS + 1, INDICATORS))
    record[:, layout.POPULATION] = PEOPLE
    record[:, layout.EMPLOYED], record[:, layout.UNEMPLOYMENT_RATE] = 4500.0, 10.0
    record[:, layout.LONG_TERM], record[:, layout.YOUTH_OUTSIDE] = 40.0, 9.0
    record[:, layout.IMMIGRATION], record[:, layout.EMIGRATION] = IMMIGRANTS, 100.0
    return record


def a_life() -> Life:
    """Youth are 1,400 of the residents."""
    life = new_life(YEARS)
    life.levers[:] = 1.0
    life.levers[layout.INTEGRATION] = 0.0
    life.base[layout.B_IMMIGRATION] = IMMIGRANTS
    life.below[:, layout.LAST_YOUTH + 1 :] = YOUTH
    return life


def a_draw(**effects: float) -> Draw:
    return Draw(calm_worlds(1, YEARS)[0], effects_with(**effects), some_starts(1)[0], a_record())


def test_the_unemployed_follow_from_the_employed_and_the_rate() -> None:
    assert unemployed(a_record()[0]) == pytest.approx(500.0)


def test_a_year_like_the_base_year_has_no_bill() -> None:
    assert bill(NOW, a_draw(), a_life(), a_record()) == 0.0


def test_one_more_long_term_unemployed_costs_what_the_register_says() -> None:
    record = a_record()
    record[NOW, layout.LONG_TERM] = 100.0 * 201.0 / 500.0
    assert bill(NOW, a_draw(), a_life(), record) == pytest.approx(3900.0)
    record[NOW, layout.LONG_TERM] = 40.0
    record[NOW, layout.EMPLOYED] = 4500.0 * 1.1  # 50 more unemployed, 20 of them for long
    assert bill(NOW, a_draw(), a_life(), record) == pytest.approx(20.0 * 3900.0)


def test_youth_outside_cost_five_years_later() -> None:
    record = a_record()
    record[NOW - 5, layout.YOUTH_OUTSIDE] = 10.0
    assert bill(NOW, a_draw(), a_life(), record) == pytest.approx(0.01 * YOUTH * 3000.0)


@pytest.mark.parametrize(
    ("rate", "activation", "share"),
    [
        (10.0, 1.0, 0.4),
        (20.0, 1.0, 0.4 + 0.073 * np.log(2.0)),
        (10.0, 2.16, 0.4 * 0.985),
        (10.0, 9.0, 0.4 * 0.985),
        (10.0, 0.42, 0.4 * 1.0075),
        (1e-3, 1.0, 0.0),
    ],
)
def test_the_long_term_share_follows_unemployment_and_activation(
    rate: float, activation: float, share: float
) -> None:
    record, life = a_record(), a_life()
    record[NOW, layout.UNEMPLOYMENT_RATE] = rate
    life.levers[layout.AMBITION + layout.EMPLOYMENT] = activation
    count_long_term(NOW, PLACE._replace(long_term_share=0.4), effects_with(), life, record)
    assert record[NOW, layout.LONG_TERM] == pytest.approx(100.0 * share)


@pytest.mark.parametrize(
    ("per_resident", "degree"), [(0.0, 0.0), (12.0, 0.5), (24.0, 1.0), (99.0, 1.0), (-12.0, -0.5)]
)
def test_a_full_programme_costs_six_thousand_an_immigrant_and_keeps_five_in_a_hundred(
    per_resident: float, degree: float
) -> None:
    record, life = a_record(), a_life()
    life.levers[layout.INTEGRATION] = per_resident
    life.stock[layout.S_SPEAKERS] = 500.0
    assert integrate(NOW, effects_with(), life, record) == pytest.approx(per_resident * PEOPLE)
    assert life.signals[NOW, layout.G_INTEGRATION] == pytest.approx(degree)
    # Of the 500 who spoke another language one in a hundred has left the country.
    speakers = 500.0 * 0.99 + IMMIGRANTS * (0.65 + 0.05 * degree)
    assert record[NOW, layout.FOREIGN_LANGUAGE] == pytest.approx(100.0 * speakers / PEOPLE)
    assert life.stock[layout.S_INTEGRATED] == pytest.approx(0.65 * IMMIGRANTS * degree)


def test_integration_costs_at_once_and_keeps_people_who_earn_more() -> None:
    today = pinned_as_today(15)
    effects = effects_with(integration_to_retention=12.0)[None]
    reference, record = live_against(today, [with_lever(today, layout.INTEGRATION, 24.0)], PLACE, effects)
    cost = (record - reference)[0, :, layout.COST + layout.EMPLOYMENT]
    assert cost[1] == pytest.approx(24.0)
    gain = (record - reference)[0]
    assert gain[-1, layout.POPULATION] > 1.0
    assert gain[-1, layout.INCOME_TAX_BASE] > 1.0
    assert gain[-1, layout.FOREIGN_LANGUAGE] > 0.0


def test_more_unemployment_in_a_draw_costs_the_municipality() -> None:
    today, worlds = pinned_as_today(6), calm_worlds(2, 6)
    worlds[1, 3, layout.W_UNEMPLOYMENT] += 0.7
    (record,) = live_against(today, [], PLACE, effects_with()[None].repeat(2, axis=0), worlds)
    more = record[1] - record[0]
    long_term = record[:, 3, layout.LONG_TERM] / 100.0 * np.array([unemployed(row) for row in record[:, 3]])
    bill_per_resident = 3900.0 * (long_term[1] - long_term[0]) / record[0, 3, layout.POPULATION]
    assert more[3, layout.COST + layout.EMPLOYMENT] == pytest.approx(bill_per_resident, rel=1e-6)
    assert bill_per_resident > 10.0
    assert (more[[3, 4, 5], layout.LOANS] > 0.0).all()
