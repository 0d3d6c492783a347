"""A coupled country: every municipality lives one world together with the others, year by year.

`country_people` tells how its people move. All else in a year is each municipality's own, as in `year`.
The parts of a year are compiled one by one: a part costs milliseconds and a call to it microseconds, and
the equations inside are then optimised once and not again in everything that calls them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.law.path import LawPath
from framsyn.model.attraction import bearing, pull, push
from framsyn.model.compiled import compiled
from framsyn.model.country_people import (
    Room,
    new_room,
    people_apart,
    people_as_today,
    write_tilts,
)
from framsyn.model.layout import AGES, W_TILT, Floats, Place, Rates
from framsyn.model.posture import Course
from framsyn.model.stacked import one, repeat
from framsyn.model.start import begin, new_life
from framsyn.model.year import Life, look_and_decide, work_serve_and_pay, world_multipliers


class Country(NamedTuple):
    """What a country's lives start from, each stacked by municipality."""

    places: Place
    rates: Rates
    laws: LawPath


class Bench(NamedTuple):
    """Where one world is lived: working arrays, written."""

    lives: tuple[Life, ...]  # of each course, stacked by municipality
    room: Room


def new_bench(places: int, courses: int, years: int) -> Bench:
    """Working arrays for one world of `places` municipalities under `courses` courses."""
    lives = tuple(repeat(new_life(years), places) for _ in range(courses))
    return Bench(lives, new_room(places))


def live_country(
    country: Country,
    worlds: Floats,
    effects: Floats,
    starts: Floats,
    courses: Sequence[Course],
    bench: Bench,
    records: Floats,
    ages: Floats | None = None,
) -> None:
    """Live one world of the whole country under several courses.

    Args:
        country: the municipalities.
        worlds: [municipality, year, world column], tilts set.
        effects: [coefficient] how large each effect is in this world.
        starts: [municipality, community column].
        courses: each stacked by municipality; the first is going on as today, from which the others are
            measured. Everybody ages: `ageing` is not asked for.
        bench: working arrays for as many courses.
        records: [course, municipality, year, indicator] written.
        ages: [course, year, sex, age] written: the country's people.

    """
    places, rates, laws = country
    for course, lives, record in zip(courses, bench.lives, records, strict=True):
        begin_all(places, rates, laws, worlds, effects, starts, lives, record)
        turn_year(0, places, laws, worlds, effects, starts, course, lives, record, records[0])
    _count_ages(0, bench, ages)
    for year in range(1, worlds.shape[1]):
        write_all_tilts(year, worlds, bench.room.tilts)
        for course, lives, record in zip(courses, bench.lives, records, strict=True):
            if lives is bench.lives[0]:
                people_as_today(year, rates, worlds, lives, bench.room)
            else:
                felt, pulls = np.asarray(course.feedback), bench.room.pulls
                answer_moves(year, places, worlds, effects, felt, lives, record, records[0], pulls)
                people_apart(year, rates, lives, bench.room)
            turn_year(year, places, laws, worlds, effects, starts, course, lives, record, records[0])
        _count_ages(year, bench, ages)


def _count_ages(year: int, bench: Bench, ages: Floats | None) -> None:
    if ages is not None:
        for lives, total in zip(bench.lives, ages, strict=True):
            total[year] = lives.people[:, year % 2, :, :AGES].sum(axis=0)


@compiled
def begin_all(
    places: Place,
    rates: Rates,
    laws: LawPath,
    worlds: Floats,
    effects: Floats,
    starts: Floats,
    lives: Life,
    records: Floats,
) -> None:
    """Every municipality of a course at the base year."""
    for place in range(len(records)):
        begin(
            one(places, place),
            one(rates, place),
            one(laws, place),
            worlds[place],
            effects,
            starts[place],
            one(lives, place),
            records[place],
        )


@compiled
def write_all_tilts(year: int, worlds: Floats, tilts: Floats) -> None:
    """The forecast's factor on each age of each municipality [municipality, 102]."""
    for place in range(len(tilts)):
        write_tilts(worlds[place, year, W_TILT], tilts[place])


@compiled
def answer_moves(
    year: int,
    places: Place,
    worlds: Floats,
    effects: Floats,
    feedback: Floats,
    lives: Life,
    records: Floats,
    references: Floats,
    pulls: Floats,
) -> None:
    """Set the multipliers of a course's lives, with its births and push, and the pulls [municipality].

    `feedback` [municipality] is that of the course: at 0 nobody answers.
    """
    for place in range(len(records)):
        multipliers, base = lives.multipliers[place], lives.base[place]
        world_multipliers(worlds[place, year], multipliers)
        pulls[place] = 1.0
        if feedback[place] > 0.0:
            own, record, reference = one(places, place), records[place], references[place]
            multipliers[0] *= bearing(year, record, reference, base, effects)
            multipliers[3] *= push(year, own, record, reference, base, effects)
            pulls[place] = pull(year, own, record, reference, effects)


@compiled
def turn_year(
    year: int,
    places: Place,
    laws: LawPath,
    worlds: Floats,
    effects: Floats,
    starts: Floats,
    courses: Course,
    lives: Life,
    records: Floats,
    references: Floats,
) -> None:
    """Every municipality of a course works, serves, pays and lives together, and decides the next year.

    The base year, 0, is as it is. No municipality waits for others between one year's end and the next
    year's decisions, so each does both while its own figures are at hand.
    """
    for place in range(len(records)):
        own, law, course = one(places, place), one(laws, place), one(courses, place)
        life, record, world = one(lives, place), records[place], worlds[place]
        if year > 0:
            reference, start = references[place], starts[place]
            work_serve_and_pay(year, own, law, world, effects, start, course, life, record, reference)
        if year + 1 < len(record):
            look_and_decide(year + 1, own, law, course, life, record)


@compiled
def keep_columns(records: Floats, columns: NDArray[np.int64], kept: NDArray[np.float32]) -> None:
    """Write into `kept` [course, municipality, year, column] the columns wanted of the records."""
    for course in range(len(records)):
        for place in range(records.shape[1]):
            for year in range(records.shape[2]):
                row, into = records[course, place, year], kept[course, place, year]
                for number in range(len(columns)):
                    into[number] = row[columns[number]]
