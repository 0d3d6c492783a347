"""A coupled country: every municipality lives one draw together with the others, year by year.

`people` tells how its people move. All else in a year is each municipality's own, as in `model.year`.
The parts of a year are compiled one by one: a part costs milliseconds and a call to it microseconds, and
the equations inside are then optimised once and not again in everything that calls them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.model.compiled import compiled
from framsyn.model.country.flows import write_tilts
from framsyn.model.country.people import baseline_people, other_people
from framsyn.model.country.workspace import NOBODY, Workspace, new_workspace
from framsyn.model.course import Course
from framsyn.model.layout import AGES, M_MOVES_IN, Floats
from framsyn.model.life import Draw, Life, Town
from framsyn.model.moves import INWARD, answer_births, write_baseline_moves, write_moves
from framsyn.model.stacked import one, repeat
from framsyn.model.start import begin, new_life
from framsyn.model.year import look_and_decide, work_serve_and_pay, world_multipliers


class Bench(NamedTuple):
    """Where one draw is simulated: working arrays, written."""

    lives: tuple[Life, ...]  # of each course, stacked by municipality
    workspace: Workspace


def new_bench(places: int, courses: int, years: int) -> Bench:
    """Working arrays for one draw of `places` municipalities under `courses` courses."""
    lives = tuple(repeat(new_life(years), places) for _ in range(courses))
    return Bench(lives, new_workspace(places))


def live_country(
    towns: Town,
    draw: Draw,
    courses: Sequence[Course],
    bench: Bench,
    records: Floats,
    ages: Floats | None = None,
) -> None:
    """Live one draw of the whole country under several courses.

    Args:
        towns: the municipalities, stacked.
        draw: world [municipality, year, world column], tilts set; effects [municipality, coefficient];
            start [municipality, community column]; reference [municipality, year, indicator]:
            `records[0]`, the baseline's.
        courses: each stacked by municipality; the first is the baseline, from which the others are
            measured. Everybody ages: `ageing` is not asked for.
        bench: working arrays for as many courses.
        records: [course, municipality, year, indicator] written.
        ages: [course, year, sex, age] written: the country's people.

    """
    for course, lives, record in zip(courses, bench.lives, records, strict=True):
        begin_all(towns, draw, lives, record)
        turn_year(0, towns, draw, course, lives, record)
    _count_ages(0, bench, ages)
    workspace = bench.workspace
    for year in range(1, draw.world.shape[1]):
        write_all_tilts(year, draw.world, workspace.tilts)
        for course, lives, record in zip(courses, bench.lives, records, strict=True):
            if lives is bench.lives[0]:
                baseline_people(year, towns.rates, draw.world, lives, workspace)
            else:
                feedback = np.asarray(course.feedback)
                answer_moves(year, towns, draw, feedback, lives, record, workspace.pulls)
                other_people(year, towns.rates, lives, workspace)
            turn_year(year, towns, draw, course, lives, record)
        _count_ages(year, bench, ages)


def _count_ages(year: int, bench: Bench, ages: Floats | None) -> None:
    if ages is not None:
        for lives, total in zip(bench.lives, ages, strict=True):
            total[year] = lives.people[:, year % 2, :, :AGES].sum(axis=0)


@compiled
def draw_of(draw: Draw, place: int) -> Draw:
    """The draw of one municipality."""
    return Draw(draw.world[place], draw.effects[place], draw.start[place], draw.reference[place])


@compiled
def begin_all(towns: Town, draw: Draw, lives: Life, records: Floats) -> None:
    """Every municipality of a course at the base year."""
    for place in range(len(records)):
        begin(one(towns, place), draw_of(draw, place), one(lives, place), records[place])


@compiled
def write_all_tilts(year: int, worlds: Floats, tilts: Floats) -> None:
    """The forecast's factor on each age of each municipality [municipality, 102]."""
    for place in range(len(tilts)):
        write_tilts(worlds[place, year], tilts[place])


@compiled
def answer_moves(
    year: int, towns: Town, draw: Draw, feedback: Floats, lives: Life, records: Floats, pulls: Floats
) -> None:
    """Set the multipliers of a course's lives, with its births and moves, and the pulls [municipality, 102].

    `feedback` [municipality] is that of the course: at 0 nobody answers. A pull is the answer of moves in
    alone, by age at the end of the year: who comes when nobody answers are the slots.
    """
    for place in range(len(records)):
        life, drawn = one(lives, place), draw_of(draw, place)
        world_multipliers(drawn.world[year], life.multipliers)
        if feedback[place] > 0.0:
            answer_births(year, drawn, life, records[place])
            write_moves(year, one(towns.place, place), drawn, life)
        else:
            write_baseline_moves(life)
        usual = max(life.multipliers[M_MOVES_IN], NOBODY)
        for age in range(AGES):
            pulls[place, age + 1] = life.moves[INWARD, age] / usual
        pulls[place, 0] = 1.0


@compiled
def turn_year(year: int, towns: Town, draw: Draw, courses: Course, lives: Life, records: Floats) -> None:
    """Every municipality of a course works, serves, pays and lives together, and decides the next year.

    The base year, 0, is as it is. No municipality waits for others between one year's end and the next
    year's decisions, so each does both while its own figures are at hand.
    """
    for place in range(len(records)):
        town, course = one(towns, place), one(courses, place)
        life, record = one(lives, place), records[place]
        drawn = draw_of(draw, place)
        if year > 0:
            work_serve_and_pay(year, town, drawn, course, life, record)
        if year + 1 < len(record):
            look_and_decide(year + 1, town, drawn.effects, course, life, record)


@compiled
def keep_columns(records: Floats, columns: NDArray[np.int64], kept: NDArray[np.float32]) -> None:
    """Write into `kept` [course, municipality, year, column] the columns wanted of the records."""
    for course in range(len(records)):
        for place in range(records.shape[1]):
            for year in range(records.shape[2]):
                row, into = records[course, place, year], kept[course, place, year]
                for number in range(len(columns)):
                    into[number] = row[columns[number]]
