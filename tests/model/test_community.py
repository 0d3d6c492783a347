"""Community as a cause: each stock bears on something as its coefficient says, and on nothing without it."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.community import live_together, steady
from framsyn.model.layout import INDICATORS, Floats
from framsyn.model.life import Draw, Life
from framsyn.model.services import add_community, digital_saving
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

YEARS, NOW = 12, 6
PLACE = a_place()
STOCKS = {
    layout.S_TURNOUT: 60.0,
    layout.S_TRUST: 50.0,
    layout.S_COHESION: 50.0,
    layout.S_COOPERATION: 50.0,
    layout.S_SAFETY: 50.0,
}


def a_life(**changes: float) -> Life:
    """A life whose community stands at its start, but for `changes` of its stocks, points."""
    life = new_life(YEARS)
    for stock, value in STOCKS.items():
        life.stock[stock] = value
    for name, change in changes.items():
        life.stock[getattr(layout, name)] += change
    life.gross[:], life.staffed[:] = 1000.0, 1000.0
    return life


def a_record() -> Floats:
    record = np.full((YEARS + 1, INDICATORS), 100.0)
    record[:, layout.UNEMPLOYMENT_RATE], record[:, layout.LEVER_ENGAGEMENT] = 6.0, 5.0
    record[:, layout.DIGITAL_REACH] = 50.0
    return record


def a_draw(**effects: float) -> Draw:
    return Draw(calm_worlds(1, YEARS)[0], effects_with(**effects), some_starts(1)[0], a_record())


def together(life: Life, record: Floats | None = None, **effects: float) -> Floats:
    """The year's row of the record, when they have lived together."""
    record = a_record() if record is None else record
    live_together(NOW, a_draw(**effects), life, record)
    row: Floats = record[NOW]
    return row


def test_a_change_of_an_index_does_no_more_beyond_fifteen_points() -> None:
    assert [steady(points) for points in (0.0, 10.0, -14.9)] == [0.0, 10.0, -14.9]
    assert [steady(points) for points in (15.1, 1e3, -1e3)] == [15.0, 15.0, -15.0]


def test_a_community_that_nothing_moves_stands_as_it_started() -> None:
    row = together(a_life())
    columns = [layout.TURNOUT, layout.TRUST, layout.COHESION, layout.COOPERATION, layout.SAFETY_FELT]
    assert row[columns].tolist() == [60.0, 50.0, 50.0, 50.0, 50.0]
    assert row[[layout.EXCLUSION, layout.YOUTH_OUTSIDE, layout.DIGITAL_REACH]].tolist() == [12.0, 9.0, 50.0]


def test_cooperation_makes_culture_sport_and_parks_cheaper() -> None:
    life = a_life(S_COOPERATION=10.0)
    add_community(NOW, a_draw(), life, a_record())
    cheaper = [layout.LIBRARY, layout.ART, layout.CULTURE, layout.SPORT_YOUTH, layout.ENVIRONMENT]
    np.testing.assert_allclose(life.gross[cheaper], 1000.0 * 0.995)
    others = np.delete(life.gross, cheaper)
    np.testing.assert_array_equal(others, 1000.0)


def test_trust_keeps_staff_which_is_cheaper() -> None:
    life = a_life(S_TRUST=10.0)
    add_community(NOW, a_draw(), life, a_record())
    # 1 % less turnover for ten points, of which all costs 2 % of 14,000 € of staffed services.
    saved = 0.01 * 0.02 * 14_000.0
    assert life.gross[layout.ADMINISTRATION] == pytest.approx(1000.0 - saved)
    np.testing.assert_array_equal(np.delete(life.gross, layout.ADMINISTRATION), 1000.0)


def test_cohesion_keeps_people_from_low_income_and_safety_follows_it() -> None:
    row = together(a_life(S_COHESION=10.0))
    assert row[layout.EXCLUSION] == pytest.approx(12.0 * 0.997)
    # The cohesion of the year: 10 points fall by a fifth of the way towards what lower exclusion holds up.
    poorer = row[layout.EXCLUSION] - 12.0
    cohesion = 10.0 + 0.2 * (-0.5 * poorer - 10.0)
    assert row[layout.COHESION] == pytest.approx(50.0 + cohesion)
    # Offences fall by 2 % for ten points of cohesion and 1 % for a point of low income, and are felt by half.
    offences = (-2.0 + 1.0 * poorer) / 100.0
    assert row[layout.OFFENCES] == pytest.approx(100.0 * np.exp(offences))
    safety = 0.2 * cohesion - 0.5 * 10.0 * offences
    assert row[layout.SAFETY_FELT] == pytest.approx(50.0 + 0.2 * safety)


def test_offences_follow_youth_outside_and_spending_on_safety() -> None:
    record = a_record()
    record[NOW, layout.UNEMPLOYMENT_RATE] += 2.0
    record[NOW, layout.LEVER_SAFETY] = 150.0
    row = together(a_life(), record)
    assert row[layout.EXCLUSION] == pytest.approx(12.0 + 0.42 * 2.0)
    assert row[layout.YOUTH_OUTSIDE] == pytest.approx(9.0 + 0.4 * 2.0)
    more = 1.0 * 0.84 + 0.6 * 0.8 - 0.3 * 5.0
    assert row[layout.OFFENCES] == pytest.approx(100.0 * np.exp(more / 100.0))


def test_those_without_a_qualification_raise_low_income_and_sport_and_youth_work_keep_youth_inside() -> None:
    record = a_record()
    record[NOW, layout.BASIC_ONLY] += 3.0
    record[NOW, layout.QUALITY + layout.SPORT_YOUTH] = 150.0
    row = together(a_life(), record)
    assert row[layout.EXCLUSION] == pytest.approx(12.0 + 0.31 * 3.0)
    assert row[layout.YOUTH_OUTSIDE] == pytest.approx(9.0 - 0.1 * 5.0)


def test_turnout_raises_cooperation_trust_and_cohesion() -> None:
    row = together(a_life(S_TURNOUT=10.0))
    voting = 8.0  # a fifth of ten points is lost in the year
    assert row[layout.TURNOUT] == pytest.approx(68.0)
    assert row[layout.COOPERATION] == pytest.approx(50.0 + 0.2 * 0.1 * voting)
    assert row[layout.TRUST] == pytest.approx(50.0 + 0.2 * 0.3 * voting)
    assert row[layout.COHESION] == pytest.approx(50.0 + 0.2 * 0.2 * voting)


def test_engagement_raises_turnout_and_cooperation_a_fifth_of_the_way_a_year() -> None:
    record = a_record()
    record[NOW, layout.LEVER_ENGAGEMENT] += 20.0
    row = together(a_life(), record)
    assert row[layout.TURNOUT] == pytest.approx(60.0 + 0.2 * 1.0)
    assert row[layout.COOPERATION] == pytest.approx(50.0 + 0.2 * (8.0 + 0.1 * 0.2))
    assert row[layout.QUALITY + layout.PARTICIPATION] == pytest.approx(2.0 * row[layout.COOPERATION])


def test_digital_services_that_more_reach_save_more() -> None:
    life, record = a_life(), a_record()
    life.digital[1:] = 30.0
    usual = digital_saving(NOW, a_draw(), life, record)
    assert usual == pytest.approx(0.2 * 30.0)
    record[NOW - 1, layout.DIGITAL_REACH] += 10.0
    assert digital_saving(NOW, a_draw(), life, record) == pytest.approx(usual * 1.02)


def test_spending_on_prevention_is_counted_beyond_the_base_years_per_resident() -> None:
    life, record = a_life(), a_record()
    record[NOW, layout.POPULATION] = 50.0
    record[0, layout.COST + layout.SPORT_YOUTH], record[0, layout.COST + layout.PARTICIPATION] = 12.0, 3.0
    life.incomes[layout.SPORT_YOUTH] = 200.0
    add_community(NOW, a_draw(), life, record)
    assert life.signals[NOW, layout.G_PREVENTION] == pytest.approx(800.0 + 1000.0 - 15.0 * 50.0)


OUTLETS = (
    "cooperation_to_cost",
    "trust_to_staff_turnover",
    "cooperation_to_business",
    "cohesion_to_stay",
    "cohesion_to_low_income",
    "safety_to_stay",
    "reach_to_digital_return",
    "prevention_to_cost",
)
HEADLINES = [
    *(layout.POPULATION, layout.JOBS, layout.EXCLUSION, layout.UNEMPLOYMENT_RATE),
    *(layout.NET_OPERATING_COST, layout.LOANS, layout.TAX_REVENUE),
]


def headlines(**effects: float) -> Floats:
    """Headlines [year, indicator] of a municipality that engages, digitalises and prevents."""
    today = pinned_as_today(YEARS)
    course = today
    for lever, value in (
        (layout.ENGAGEMENT, 60.0),
        (layout.DIGITAL, 60.0),
        (layout.AMBITION + layout.SAFETY, 2.0),
        (layout.AMBITION + layout.SPORT_YOUTH, 1.5),
        (layout.AMBITION + layout.BUSINESS, 1.5),
    ):
        course = with_lever(course, lever, value)
    drawn = effects_with(engagement_to_jobs=0.0, **effects)[None]
    _, record = live_against(today, [course], PLACE, drawn)
    found: Floats = record[0][:, HEADLINES]
    return found


NONE = dict.fromkeys(OUTLETS, 0.0)


@pytest.mark.parametrize("outlet", OUTLETS)
def test_each_stock_of_the_community_moves_a_headline_by_its_own_coefficient(outlet: str) -> None:
    moved = headlines(**{**NONE, outlet: 5.0})
    assert np.abs(moved - headlines(**NONE)).max() > 1e-3


def test_without_their_coefficients_no_stock_of_the_community_moves_a_headline() -> None:
    inner = {
        "engagement_to_participation": 1.5,
        "engagement_to_cooperation": 8.0,
        "turnout_to_cooperation": 0.4,
        "participation_to_trust": 0.6,
        "services_to_trust": 0.8,
        "participation_to_cohesion": 0.5,
        "exclusion_to_cohesion": -1.2,
        "cohesion_to_safety": 0.4,
        "low_income_to_offences": 1.9,
        "cohesion_to_offences": -6.0,
        "safety_spending_to_offences": -1.5,
        "offences_to_safety": -1.5,
        "digital_to_reach": 2.0,
    }
    calm = headlines(**NONE, **dict.fromkeys(inner, 0.0))
    assert headlines(**NONE, **inner).tobytes() == calm.tobytes()
    every = dict.fromkeys(OUTLETS, 5.0)
    assert headlines(**every, **inner).tobytes() != headlines(**every, **dict.fromkeys(inner, 0.0)).tobytes()
