"""The kernel: many lives of one municipality, each through all its years before the next begins.

A life stays in the processor's cache. The kernel is compiled without the interpreter lock, so threads
take chunks of draws side by side; a life never sees another, so neither the number of draws, nor the
chunking, nor the threads change a bit of it.
"""

import numpy as np
from numpy.typing import NDArray

from framsyn.model.compiled import compiled, compiled_maker
from framsyn.model.course import Course
from framsyn.model.layout import AGES, INDICATORS, LEVERS, SEXES, Floats, Rates
from framsyn.model.life import Draw, Town
from framsyn.model.mobility import factor_to, tilt, write_factors
from framsyn.model.moves import write_baseline_moves
from framsyn.model.population import advance
from framsyn.model.rule import Rules
from framsyn.model.stacked import one
from framsyn.model.start import begin, new_life
from framsyn.model.year import live_year, world_multipliers

#: How a measure reads an indicator over the years: their mean, the least, the most, the last year, or the
#: change to it since the base year.
MEAN, LEAST, MOST, AT, CHANGE = range(5)


@compiled
def add_ages(people: Floats, total: Floats) -> None:
    """Add the population [sex, 102] to a running sum [sex, age]."""
    for sex in range(SEXES):
        for age in range(AGES):
            total[sex, age] += people[sex, age]


@compiled_maker
def live_lives(town: Town, draws: Draw, course: Course, records: Floats, ages: Floats) -> None:
    """Live one life in each draw under one course.

    Args:
        town: the municipality.
        draws: stacked: every field with a first axis over the draws. Give `records` itself as the reference
            when these lives are the baseline.
        course: the posture's rule of decision, and what is held or switched off.
        records: [draw, year, indicator] written.
        ages: [year, sex, age] population summed over the draws is added here.

    """
    rows = records.shape[1]
    life = new_life(rows - 1)
    for number in range(len(records)):
        draw, record = one(draws, number), records[number]
        begin(town, draw, life, record)
        add_ages(life.people[0], ages[0])
        for year in range(1, rows):
            live_year(year, town, draw, course, life, record)
            add_ages(life.people[year % 2], ages[year])


@compiled
def measured(record: Floats, column: int, how: int, first: int, last: int) -> float:
    """What a measure reads off a life's record [year, indicator], from row `first` to row `last`."""
    value = record[last, column]
    if how == CHANGE:
        return float(value - record[0, column])
    if how == MEAN:
        value = 0.0
        for year in range(first, last + 1):
            value += record[year, column]
        return float(value / (last + 1 - first))
    for year in range(first, last):
        if how == LEAST:
            value = min(value, record[year, column])
        elif how == MOST:
            value = max(value, record[year, column])
    return float(value)


@compiled_maker
def live_strategies(
    town: Town,
    draws: Draw,
    rules: Rules,
    phases: NDArray[np.int64],
    measures: NDArray[np.int64],
    outcomes: Floats,
) -> None:
    """Live many strategies in the same draws, and keep of each life only what is measured.

    Args:
        town, draws: as in `live_lives`.
        rules: [strategy, phase].
        phases: [strategy, year] the phase that rules in each year.
        measures: [measure, 4] indicator column; MEAN, LEAST, MOST, AT or CHANGE; first and last row.
        outcomes: [strategy, draw, measure] written.
    """
    rows = draws.world.shape[1]
    life = new_life(rows - 1)
    record = np.empty((rows, INDICATORS))
    pinned = np.full((rows, LEVERS), np.nan)
    for strategy in range(len(phases)):
        course = Course(rules[strategy], phases[strategy], pinned, 1.0, 1.0, 1.0)
        for number in range(len(draws.world)):
            draw = one(draws, number)
            begin(town, draw, life, record)
            for year in range(1, rows):
                live_year(year, town, draw, course, life, record)
            for measure in range(len(measures)):
                column, how, first, last = measures[measure]
                outcomes[strategy, number, measure] = measured(record, column, how, first, last)


@compiled_maker
def live_population(
    population: Floats, rates: Rates, multipliers: Floats, ages: Floats, flows: Floats
) -> None:
    """The demographic part of lives alone, for the benchmark and for tests of the account.

    Args:
        population: [sex, age] persons at the start.
        rates: rates of the municipality.
        multipliers: [draw, year, MULTIPLIERS] of the rates.
        ages: [year, sex, age] population at the end of each year, summed over the draws, is added here;
            row 0 the start.
        flows: [draw, year, 6] written: flows of each year, persons.
    """
    draws, rows, _ = multipliers.shape
    life = new_life(rows - 1)
    for draw in range(draws):
        life.people[0, :, :AGES] = population
        life.people[0, :, AGES] = 0.0
        add_ages(life.people[0], ages[0])
        for year in range(1, rows):
            now = year % 2
            life.multipliers[:] = multipliers[draw, year]
            write_baseline_moves(life)
            advance(
                life.people[1 - now],
                life.people[now],
                year,
                rates,
                life.multipliers,
                life.moves,
                flows[draw, year],
            )
            add_ages(life.people[now], ages[year])


@compiled_maker
def anchor(population: Floats, rates: Rates, totals: Floats, worlds: Floats) -> None:
    """Write into `worlds` the tilt with which lives as today have the totals of the forecast.

    A life as today answers to nothing that it decides, so its people follow from the world alone; other
    lives feel the same tilt.

    Args:
        population: [sex, age] persons at the start.
        rates: rates of the municipality.
        totals: [draw, year] persons at the end of each year; column 0 is not used.
        worlds: [draw, year, world column]; `W_TILT` written.
    """
    draws, rows, _ = worlds.shape
    life = new_life(rows - 1)
    for draw in range(draws):
        life.people[0, :, :AGES] = population
        life.people[0, :, AGES] = 0.0
        for year in range(1, rows):
            now = year % 2
            world = worlds[draw, year]
            world_multipliers(world, life.multipliers)
            write_baseline_moves(life)
            advance(
                life.people[1 - now],
                life.people[now],
                year,
                rates,
                life.multipliers,
                life.moves,
                life.flows,
            )
            write_factors(world, factor_to(life.people[now], totals[draw, year]))
            tilt(life.people[now], world, life.flows)
