"""A coupled country adds up: whoever moves arrives somewhere, and the nation is the world's."""

from typing import NamedTuple

import numpy as np
import pytest

from framsyn.foresee.postures import AS_IS, VISIONS, posture
from framsyn.model.coefficients import SCHOOLS_TO_MOVES
from framsyn.model.country import live_country, new_bench
from framsyn.model.course import Course
from framsyn.model.layout import (
    AGES,
    AMBITION,
    BASIC_EDUCATION,
    BIRTHS,
    CULTURE,
    DEATHS,
    EARLY_CHILDHOOD,
    EMIGRATION,
    ENVIRONMENT,
    IMMIGRATION,
    INDICATORS,
    MOVES_IN,
    MOVES_OUT,
    POPULATION,
    SPORT_YOUTH,
    W_TILT,
    Floats,
    Place,
    Rates,
)
from framsyn.model.life import Draw, Town
from framsyn.model.stacked import repeat, stack

from .lives import (
    a_law,
    a_place,
    calm_rates,
    calm_worlds,
    course_of,
    median_effects,
    some_effects,
    some_people,
    some_rates,
    some_starts,
    some_worlds,
    spread_tilts,
    wild_effects,
)

NATIONAL = (BIRTHS, DEATHS, IMMIGRATION, EMIGRATION)
EVERYBODY = (AS_IS, *VISIONS)
YEARS = 6


class Lived(NamedTuple):
    """Records [course, municipality, year, indicator] and the country's people [course, year, sex, age]."""

    records: Floats
    ages: Floats

    def sums(self, column: int) -> Floats:
        """[course, year] of the country, from the first year on."""
        total: Floats = self.records[..., 1:, column].sum(axis=1)
        return total


def live(
    places: list[Place], rates: list[Rates], worlds: Floats, effects: Floats, courses: list[Course]
) -> Lived:
    """Live one world; `effects` are by municipality, `courses` stacked by it, the first as today."""
    count, rows, _ = worlds.shape
    towns = Town(stack(places), stack(rates), repeat(a_law(rows - 1), count))
    records = np.full((len(courses), count, rows, INDICATORS), np.nan)
    ages = np.empty((len(courses), rows, 2, AGES))
    bench = new_bench(count, len(courses), rows - 1)
    draw = Draw(worlds, effects, some_starts(count), records[0])
    live_country(towns, draw, courses, bench, records, ages)
    return Lived(records, ages)


def everybody(identity: str, count: int, years: int = YEARS) -> Course:
    return repeat(course_of(posture(identity), years + 1), count)


def live_made_up(
    seed: int, sizes: tuple[float, ...] = (1.0, 0.002, 3.0, 0.2), *, wild: bool = False
) -> Lived:
    """Every posture in one random world of municipalities of the sizes, in tens of thousands.

    With `wild` every effect is at its first or 99th percentile.
    """
    rng = np.random.default_rng(seed)
    count = len(sizes)
    places = [a_place(some_people() * size * rng.uniform(0.5, 1.5, (2, AGES))) for size in sizes]
    rates = [some_rates(rng, YEARS)._replace(mortality=calm_rates(YEARS).mortality) for _ in sizes]
    rates = [
        one._replace(moves_in=one.moves_in * size, immigration=one.immigration * size)
        for one, size in zip(rates, sizes, strict=True)
    ]
    worlds = some_worlds(rng, count, YEARS)
    worlds[:, 1:, W_TILT] = np.exp(0.3 * rng.standard_normal((count, YEARS)))
    spread_tilts(worlds)
    courses = [everybody(identity, count) for identity in (*EVERYBODY, AS_IS)]
    effects = wild_effects(rng, count, corners=True) if wild else some_effects(rng, count)
    return live(places, rates, worlds, effects, courses)


@pytest.mark.parametrize("seed", range(8))
def test_in_every_year_as_many_move_in_as_out(seed: int) -> None:
    lived = live_made_up(seed)
    np.testing.assert_allclose(lived.sums(MOVES_IN), lived.sums(MOVES_OUT), rtol=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_births_deaths_and_migration_of_the_country_are_the_same_under_every_posture(seed: int) -> None:
    lived = live_made_up(seed)
    for column in NATIONAL:
        sums = lived.sums(column)
        np.testing.assert_allclose(
            sums, np.broadcast_to(sums[0], sums.shape), rtol=1e-12, err_msg=str(column)
        )


@pytest.mark.parametrize("seed", range(8))
def test_the_people_of_the_country_by_age_and_sex_are_the_same_under_every_posture(seed: int) -> None:
    ages = live_made_up(seed).ages
    np.testing.assert_allclose(ages, np.broadcast_to(ages[0], ages.shape), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_people_of_the_country_are_conserved_whatever_the_effects(seed: int) -> None:
    lived = live_made_up(seed, wild=True)
    people = lived.records[..., POPULATION].sum(axis=1)
    np.testing.assert_allclose(people, np.broadcast_to(people[0], people.shape), rtol=1e-9)
    np.testing.assert_allclose(
        lived.ages, np.broadcast_to(lived.ages[0], lived.ages.shape), rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(lived.sums(MOVES_IN), lived.sums(MOVES_OUT), rtol=1e-12)
    assert not np.allclose(lived.records[1, ..., POPULATION], lived.records[0, ..., POPULATION], rtol=1e-4)


@pytest.mark.parametrize("seed", range(8))
def test_the_account_of_every_municipality_closes(seed: int) -> None:
    records = live_made_up(seed).records
    people = records[..., POPULATION]
    gained = records[..., BIRTHS] + records[..., MOVES_IN] + records[..., IMMIGRATION]
    lost = records[..., DEATHS] + records[..., MOVES_OUT] + records[..., EMIGRATION]
    np.testing.assert_allclose(people[..., 1:], (people[..., :-1] + (gained - lost)[..., 1:]), rtol=1e-10)
    assert (records[..., 1:, BIRTHS : EMIGRATION + 1] >= -1e-9).all()


@pytest.mark.parametrize("seed", range(8))
def test_when_everybody_goes_on_as_today_the_course_is_as_today(seed: int) -> None:
    records = live_made_up(seed).records
    np.testing.assert_allclose(records[-1], records[0], rtol=1e-6, atol=1e-6)


def test_two_lives_of_the_same_world_are_the_same_to_the_last_bit() -> None:
    np.testing.assert_array_equal(live_made_up(3).records, live_made_up(3).records)


def alike(count: int) -> tuple[list[Place], list[Rates], Floats, Floats]:
    """Municipalities of which none differs from another, in a calm world."""
    people = some_people()
    return (
        [a_place(people)] * count,
        [calm_rates(YEARS)] * count,
        calm_worlds(count, YEARS),
        median_effects(count),
    )


def test_a_municipality_with_better_services_gains_what_the_others_lose() -> None:
    places, rates, worlds, effects = alike(4)
    chosen = (EARLY_CHILDHOOD, CULTURE, SPORT_YOUTH, ENVIRONMENT)
    today = course_of(posture(AS_IS), YEARS + 1)
    better = course_of(posture(AS_IS), YEARS + 1, {AMBITION + area: 1.5 for area in chosen})
    one_apart = stack([better, today, today, today])
    lived = live(places, rates, worlds, effects, [repeat(today, 4), one_apart])
    gain = lived.records[1, :, -1, POPULATION] - lived.records[0, :, -1, POPULATION]
    assert gain[0] > 1.0
    assert (gain[1:] < 0.0).all()
    np.testing.assert_allclose(gain.sum(), 0.0, atol=1e-6)


def test_by_which_age_a_municipality_draws_people_shows_in_who_comes() -> None:
    """Better schools draw families alone, and whom they draw the others lose, age by age."""
    places, rates, worlds, effects = alike(3)
    effects[:, SCHOOLS_TO_MOVES] = 0.3
    today = course_of(posture(AS_IS), YEARS + 1)
    schools = {AMBITION + EARLY_CHILDHOOD: 1.3, AMBITION + BASIC_EDUCATION: 1.3}
    better = stack([course_of(posture(AS_IS), YEARS + 1, schools), today, today])
    towns = Town(stack(places), stack(rates), repeat(a_law(YEARS), 3))
    records = np.full((2, 3, 3, INDICATORS), np.nan)
    bench = new_bench(3, 2, 2)
    draw = Draw(np.ascontiguousarray(worlds[:, :3]), effects, some_starts(3), records[0])
    live_country(towns, draw, [repeat(today, 3), better], bench, records)
    baseline, other = (lives.people[:, 0, :, :AGES].sum(axis=1) for lives in bench.lives)
    gain = other - baseline
    # In the second year, the first that answers, those who move are a year older at its end.
    families = [*range(1, 17), *range(26, 46)]
    others = [*range(18, 25), *range(48, AGES)]
    assert (gain[0, families] > 1e-4).all()
    assert (gain[1:, families] < -1e-5).all()
    np.testing.assert_allclose(gain[:, others], 0.0, atol=1e-9)
    np.testing.assert_allclose(gain.sum(axis=0), 0.0, atol=1e-9)


def test_nobody_gains_where_all_become_better_alike() -> None:
    places, rates, worlds, effects = alike(3)
    today = course_of(posture(AS_IS), YEARS + 1)
    better = course_of(posture(AS_IS), YEARS + 1, {AMBITION + CULTURE: 1.5, AMBITION + ENVIRONMENT: 1.5})
    lived = live(places, rates, worlds, effects, [repeat(today, 3), repeat(better, 3)])
    np.testing.assert_allclose(
        lived.records[1, ..., POPULATION], lived.records[0, ..., POPULATION], rtol=1e-12
    )


def test_without_feedback_people_live_as_if_all_went_on_as_today() -> None:
    places, rates, worlds, effects = alike(3)
    given_up = course_of(posture("given_up"), YEARS + 1)._replace(feedback=0.0)
    lived = live(places, rates, worlds, effects, [everybody(AS_IS, 3), repeat(given_up, 3)])
    np.testing.assert_allclose(
        lived.records[1, ..., POPULATION], lived.records[0, ..., POPULATION], rtol=1e-12
    )


@pytest.mark.parametrize("tilt", [0.2, 0.9, 1.1, 3.0])
def test_the_country_adds_up_where_the_forecast_asks_for_far_fewer_or_more(tilt: float) -> None:
    rng = np.random.default_rng(5)
    worlds = some_worlds(rng, 3, YEARS)
    worlds[:, 1:, W_TILT] = 1.0
    worlds[0, 1:, W_TILT] = tilt
    spread_tilts(worlds)
    courses = [everybody(identity, 3) for identity in (AS_IS, "given_up", "engaging")]
    lived = live(
        [a_place(some_people() * size) for size in (1.0, 1.0, 0.1)],
        [calm_rates(YEARS)] * 3,
        worlds,
        some_effects(rng, 3),
        courses,
    )
    assert np.isfinite(lived.records[:, :, 1:, POPULATION]).all()
    np.testing.assert_allclose(lived.sums(MOVES_IN), lived.sums(MOVES_OUT), rtol=1e-12)
    np.testing.assert_allclose(lived.ages, np.broadcast_to(lived.ages[0], lived.ages.shape), rtol=1e-9)


def test_where_nobody_of_an_age_lives_or_moves_nobody_is_invented() -> None:
    people = some_people()
    people[:, 90:] = 0.0
    people[0, 30] = 0.0
    still = calm_rates(YEARS)
    for field in (still.moves_in, still.immigration):
        field[:] = 0.0
    places = [a_place(people), a_place(people * 0.01)]
    rng = np.random.default_rng(1)
    courses = [everybody(identity, 2) for identity in EVERYBODY]
    lived = live(places, [still, still], calm_worlds(2, YEARS), some_effects(rng, 2), courses)
    np.testing.assert_allclose(
        lived.ages, np.broadcast_to(lived.ages[0], lived.ages.shape), rtol=1e-9, atol=1e-9
    )
    assert lived.ages[:, 1, 0, 31].max() == 0.0
    assert lived.ages[:, 1, :, 92:].max() == 0.0
    assert lived.sums(MOVES_IN).max() == 0.0
    assert (lived.records[:, :, 1:, POPULATION] > 0.0).all()
