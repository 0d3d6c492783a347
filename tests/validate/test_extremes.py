"""Extreme conduct: the direction of what follows, in three unlike municipalities and few draws."""

import numpy as np
import pytest

from framsyn.evidence.register import Z90
from framsyn.foresee.setting import prepare
from framsyn.model.layout import AMBITION, AREAS, HOUSING, TAX_RATE, area_of
from framsyn.places.municipality import municipality
from framsyn.validate.conduct import dimensions, drawn_pins, pins_at
from framsyn.validate.extremes import YEARS, answer, conditions
from framsyn.validate.influence import STOCKS, stock_moves
from framsyn.validate.trial import Trial, trial, trial_in_school

DRAWS = range(12)
PLACES = ("Nokia", "Närpes", "Puolanka")


@pytest.fixture(scope="module", params=PLACES)
def lives(request: pytest.FixtureRequest) -> Trial:
    """Lives as today of one municipality."""
    return trial(prepare(municipality(request.param), YEARS), DRAWS)


def test_a_tenth_of_all_services_drives_residents_away(lives: Trial) -> None:
    assert answer(lives, conditions()["tenth"]).residents[1] < -3.0


def test_homes_at_a_thousand_euros_never_fill_a_slack_market(lives: Trial) -> None:
    assert answer(lives, conditions()["homes"]).residents[1] <= 5.0


def test_no_culture_and_no_sport_means_less_trust_and_more_youth_outside(lives: Trial) -> None:
    found = answer(lives, conditions()["no_culture"])
    assert found.less_trust > 0.5
    assert found.more_youth_outside > 0.5
    assert found.fewer > 0.5


def test_half_of_the_schools_resources_lowers_skills_forty_years_later() -> None:
    found = answer(trial(prepare(municipality("Nokia"), 40), DRAWS), conditions()["half_schools"])
    assert found.lower_skills > 0.9


def test_every_stock_of_the_community_has_a_say_under_s1_and_none_under_s0() -> None:
    setting = prepare(municipality("Nokia"), YEARS)
    central, doubtful = (trial_in_school(setting, DRAWS, school) for school in ("S1", "S0"))
    for stock in STOCKS:
        assert stock_moves(central, stock) > 0.0, stock
        assert stock_moves(doubtful, stock) == 0.0, stock


def test_conditions_hold_the_levers_that_they_name() -> None:
    place = prepare(municipality("Nokia"), 1).place
    assert conditions()["tax"].pins(place) == {TAX_RATE: place.income_tax_rate + 10.0}
    assert conditions()["no_homes"].pins(place) == {HOUSING: -1000.0}
    everything = conditions()["tenth"].pins(place)
    assert everything == dict.fromkeys(range(AMBITION, AMBITION + AREAS), 0.1)


def test_conduct_at_the_ninetieth_percentile_is_that_of_the_table_and_the_usual_is_one() -> None:
    high = pins_at(np.full(len(dimensions()), Z90), 8.0)
    assert high[AMBITION + area_of("basic_education")] == pytest.approx(1.10)
    assert high[TAX_RATE] == pytest.approx(8.7)
    # 86 € of sport at 1.49 and 27 € of youth work at 1.57.
    assert high[AMBITION + area_of("sport_youth")] == pytest.approx((86 * 1.49 + 27 * 1.57) / 113)
    usual = pins_at(np.zeros(len(dimensions())), 8.0)
    assert usual.pop(TAX_RATE) == 8.0
    assert set(usual.values()) == {1.0}


def test_a_random_conduct_is_the_same_whenever_it_is_drawn_and_differs_between_municipalities() -> None:
    assert drawn_pins("536", 3, 1, 8.0) == drawn_pins("536", 3, 1, 8.0)
    assert drawn_pins("536", 3, 1, 8.0) != drawn_pins("545", 3, 1, 8.0)
