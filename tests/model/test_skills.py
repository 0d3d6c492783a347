"""Skills by hand: who was at school when, and what that is worth decades later."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.layout import INDICATORS, Floats
from framsyn.model.life import Life
from framsyn.model.population import accumulate
from framsyn.model.skills import (
    OUTSIDE,
    PLACES,
    RESOURCES,
    add_schooling,
    earnings_of_skills,
    fewer_qualified,
    mean_over,
    school_resources,
    wage_gain,
)
from framsyn.model.start import new_life

from .lives import a_place, effects_with, live_against, pinned_as_today, with_lever

YEARS = 50
PLACE = a_place()
EFFECTS = effects_with()


def a_row(basic: float = 100.0, upper: float = 100.0, early: float = 100.0, places: float = 100.0) -> Floats:
    row = np.full(INDICATORS, 100.0)
    row[layout.QUALITY + layout.BASIC_EDUCATION] = basic
    row[layout.QUALITY + layout.UPPER_SECONDARY] = upper
    row[layout.QUALITY + layout.EARLY_CHILDHOOD] = early
    row[layout.COVERAGE + layout.EARLY_CHILDHOOD] = places
    return row


def schooled(row: Floats, first: int = 1) -> Life:
    """A life in which every year from `first` on has been like `row`, all before as today."""
    life, record = new_life(YEARS), np.tile(a_row(), (YEARS + 1, 1))
    record[first:] = row
    for year in range(1, YEARS + 1):
        add_schooling(year, PLACE, life, record)
    return life


@pytest.mark.parametrize(
    ("basic", "upper", "change"),
    [
        (110.0, 110.0, 0.1),
        (115.0, 115.0, 0.15),
        (135.0, 135.0, 0.25),
        (50.0, 50.0, -0.5),
        (107.0, 100.0, 0.06),
    ],
)
def test_more_than_fifteen_percent_more_of_resources_counts_half(
    basic: float, upper: float, change: float
) -> None:
    # Basic education costs 900 € per resident and upper secondary 150 €.
    assert school_resources(a_row(basic, upper), PLACE) == pytest.approx(change)


def test_a_mean_over_years_counts_those_before_the_base_year_and_those_to_come_as_today() -> None:
    sums = np.cumsum([0.0, 1.0, 2.0, 4.0, 8.0, 16.0])
    assert mean_over(sums, 2, 4, 6) == pytest.approx((2.0 + 4.0 + 8.0) / 3.0)
    assert mean_over(sums, -2, 1, 6) == pytest.approx(1.0 / 4.0)
    assert mean_over(sums, 4, 7, 6) == pytest.approx((8.0 + 16.0) / 4.0)
    assert mean_over(sums, 2, 4, 4) == pytest.approx((2.0 + 4.0) / 3.0)
    assert mean_over(sums, -9, 0, 6) == mean_over(sums, 6, 9, 6) == 0.0


def test_the_sums_hold_what_each_year_added() -> None:
    schooling = schooled(a_row(110.0, 110.0, 130.0, 90.0), first=3).schooling
    np.testing.assert_allclose(schooling[RESOURCES, :6], [0.0, 0.0, 0.0, 0.1, 0.2, 0.3], atol=1e-12)
    # A tenth of the places is missing, and each has three tenths more.
    np.testing.assert_allclose(schooling[PLACES, :6], [0.0, 0.0, 0.0, 0.2, 0.4, 0.6], atol=1e-12)


def test_more_places_than_children_teach_nobody_more() -> None:
    np.testing.assert_allclose(schooled(a_row(places=140.0)).schooling, 0.0, atol=1e-12)


@pytest.mark.parametrize(
    ("age", "year", "school_years", "early_years"),
    [
        (19, 19, 12, 5),  # born in the base year: all of it since
        (19, 12, 12, 0),  # at school in the years 0 to 11
        (19, 11, 10, 0),  # at school in the years −1 to 10, of which ten are later than the base year
        (30, 20, 8, 0),  # at school in the years −3 to 8
        (40, 20, 0, 0),  # left school in the year −2
        (45, 50, 12, 5),
    ],
)
def test_earnings_carry_the_mean_of_the_years_at_school(
    age: int, year: int, school_years: int, early_years: int
) -> None:
    schooling = schooled(a_row(110.0, 110.0, 120.0)).schooling
    if (age, year) == (19, 12):
        school_years = 11  # nothing has changed in the base year itself
    # 2 % for a tenth more over twelve years of school; 0.2 years of schooling of 5 % each for a place more.
    gain = 0.02 * school_years / 12.0 + 0.01 * 0.2 * early_years / 5.0
    assert wage_gain(age, year, EFFECTS, schooling) == pytest.approx(gain)


def test_nobody_carries_anything_before_leaving_school() -> None:
    life, record = schooled(a_row(150.0, 150.0, 150.0)), np.zeros((YEARS + 1, INDICATORS))
    life.people[:, :, :] = 10.0
    assert earnings_of_skills(1, PLACE, EFFECTS, life, record) == 0.0
    assert record[1, layout.SKILLS] == 100.0


def test_youth_outside_are_summed_a_year_later() -> None:
    life, record = new_life(YEARS), np.tile(a_row(), (YEARS + 1, 1))
    record[:, layout.YOUTH_OUTSIDE] = 9.0
    record[2, layout.YOUTH_OUTSIDE] = 11.0
    for year in range(1, 6):
        add_schooling(year, PLACE, life, record)
    assert life.schooling[OUTSIDE, :6].tolist() == [0.0, 0.0, 0.0, 2.0, 2.0, 2.0]


@pytest.mark.parametrize(
    ("age", "year", "school_years", "early_years", "outside_years"),
    [(40, 50, 12, 5, 14), (30, 20, 8, 0, 14), (20, 10, 8, 0, 4), (60, 20, 0, 0, 0)],
)
def test_qualification_follows_schools_early_years_and_youth_outside(
    age: int, year: int, school_years: int, early_years: int, outside_years: int
) -> None:
    schooling = schooled(a_row(110.0, 110.0, 120.0)).schooling
    schooling[OUTSIDE] = 2.0 * np.arange(YEARS + 1)
    # A tenth more for school: one point fewer; a place more: three; a point of youth outside: 0.4 more.
    fewer = -1.0 * school_years / 12.0 - 3.0 * 0.2 * early_years / 5.0 + 0.4 * 2.0 * outside_years / 14.0
    assert fewer_qualified(age, year, EFFECTS, schooling) == pytest.approx(fewer)


def test_those_who_stay_earn_by_what_they_learned() -> None:
    life, record = schooled(a_row(110.0, 110.0)), np.zeros((YEARS + 1, INDICATORS))
    life.people[:, :, :100] = 10.0
    life.below[:, layout.LAST_CHILD + 1], life.below[:, -1] = 300.0, 2000.0
    record[0, layout.BASIC_ONLY] = 27.0
    earned = earnings_of_skills(3, PLACE, EFFECTS, life, record)
    # In the third year those aged 19, 20 and 21 have been at school for two, one and no years of the better.
    gains = 0.45 * 0.02 * np.array([2.0, 1.0, 0.0]) / 12.0
    assert earned == pytest.approx(float((gains * PLACE.tax_profile[19:22] * 20.0).sum()))
    assert record[3, layout.SKILLS] == pytest.approx(100.0 * (1.0 + gains.sum() / 46.0))
    # Of each of these ages 20 are here, and of all 1,700 are 15 or older.
    fewer = 0.45 * 0.01 * (2.0 + 1.0) / 12.0 * 20.0
    assert record[3, layout.BASIC_ONLY] == pytest.approx(27.0 - 100.0 * fewer / 1700.0)


def test_fewer_lack_a_qualification_after_better_schools_and_more_where_youth_stood_outside() -> None:
    schooling = schooled(a_row(110.0, 110.0, 120.0)).schooling
    # All school and early years since the base year: −1 point for a tenth more, −3 for a whole place more.
    assert fewer_qualified(19, 19, EFFECTS, schooling) == pytest.approx(-1.0 - 3.0 * 0.2)
    record = np.tile(a_row(), (YEARS + 1, 1))
    record[1:, layout.YOUTH_OUTSIDE] += 7.0
    life = new_life(YEARS)
    for year in range(1, YEARS + 1):
        add_schooling(year, PLACE, life, record)
    # Aged 30 in year 40: born in year 10, so 16 to 29 in the years 26 to 39.
    assert fewer_qualified(30, 40, EFFECTS, life.schooling) == pytest.approx(0.4 * 7.0)


def test_who_lacks_a_qualification_is_told_of_all_who_are_fifteen_or_older() -> None:
    life, record = schooled(a_row(110.0, 110.0)), np.zeros((YEARS + 1, INDICATORS))
    record[0, layout.BASIC_ONLY] = 25.0
    life.people[:, :, :100] = 10.0
    accumulate(life.people[1], life.below[1])
    earnings_of_skills(3, PLACE, EFFECTS, life, record)
    # Two, one and no years of better schools of twelve, for 20 persons of each age among 85 ages of 20.
    lacking = 0.45 * -1.0 / 100.0 * (2.0 + 1.0) / 12.0 * 20.0
    assert record[3, layout.BASIC_ONLY] == pytest.approx(25.0 + 100.0 * lacking / (85 * 20.0))


def test_schools_of_half_the_resources_lower_earnings_after_forty_years() -> None:
    today = pinned_as_today(40)
    half = with_lever(today, layout.AMBITION + layout.BASIC_EDUCATION, 0.5)
    half = with_lever(half, layout.AMBITION + layout.UPPER_SECONDARY, 0.5)
    _, record = live_against(today, [half], PLACE, EFFECTS[None])
    skills = record[0, :, layout.SKILLS]
    assert (skills[:2] == 100.0).all()
    assert (np.diff(skills[2:]) < 0.0).all()
    # All who have gone through such schools: 0.45 × 2 % × 5 lower.
    assert 100.0 - 4.5 < skills[-1] < 100.0 - 2.0
