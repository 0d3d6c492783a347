"""The kernel: many lives of one municipality, each through all its years before the next begins.

A life stays in the processor's cache. The kernel is compiled without the interpreter lock, so threads
take chunks of draws side by side; a life never sees another, so neither the number of draws, nor the
chunking, nor the threads change a bit of it.
"""

from framsyn.model.compiled import compiled, compiled_maker
from framsyn.model.layout import AGES, SEXES, W_TILT, Floats, Place, Rates
from framsyn.model.mobility import factor_to, tilt
from framsyn.model.population import advance
from framsyn.model.posture import Rule
from framsyn.model.start import begin, new_life
from framsyn.model.year import live_year, world_multipliers


@compiled
def add_ages(people: Floats, total: Floats) -> None:
    """Add the population [sex, 102] to a running sum [sex, age]."""
    for sex in range(SEXES):
        for age in range(AGES):
            total[sex, age] += people[sex, age]


@compiled_maker
def live_lives(
    place: Place,
    rates: Rates,
    rule: Rule,
    pinned: Floats,
    worlds: Floats,
    effects: Floats,
    reference: Floats,
    reference_closures: Floats,
    records: Floats,
    closures: Floats,
    ages: Floats,
) -> None:
    """Live one life in each world under one posture.

    Args:
        place, rates: the municipality and its demographic rates.
        rule: the posture's rule of decision.
        pinned: [year, lever] levers held at a value; NaN where the rule decides.
        worlds: [draw, year, world column].
        effects: [draw, coefficient] how large each effect is in that world.
        reference: [draw, year, indicator] the lives lived as today in the same worlds. Give `records`
            itself when these lives are the ones lived as today: every difference is then exactly 0.
        reference_closures: [draw, year + 1] their closed shares of basic-education places.
        records: [draw, year, indicator] written.
        closures: [draw, year + 1] written.
        ages: [year, sex, age] population summed over the draws is added here.

    """
    draws, rows, _ = worlds.shape
    life = new_life(rows - 1)
    for draw in range(draws):
        record = records[draw]
        begin(place, rates, worlds[draw], effects[draw], life, record)
        add_ages(life.people[0], ages[0])
        for year in range(1, rows):
            live_year(
                year,
                place,
                rates,
                rule,
                pinned,
                worlds[draw],
                effects[draw],
                life,
                record,
                reference[draw],
                reference_closures[draw],
            )
            add_ages(life.people[year % 2], ages[year])
            # Written each year: a life as today is its own reference, and must meet no difference.
            closures[draw] = life.closures


@compiled_maker
def live_population(
    population: Floats, rates: Rates, multipliers: Floats, ages: Floats, flows: Floats
) -> None:
    """The demographic part of lives alone, for the benchmark and for tests of the account.

    Args:
        population: [sex, age] persons at the start.
        rates: rates of the municipality.
        multipliers: [draw, year, 6] of fertility, mortality, moves in and out, immigration, emigration.
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
            advance(
                life.people[1 - now],
                life.people[now],
                year,
                rates,
                multipliers[draw, year],
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
            advance(life.people[1 - now], life.people[now], year, rates, life.multipliers, life.flows)
            world[W_TILT] = factor_to(life.people[now], totals[draw, year])
            tilt(life.people[now], world[W_TILT], life.flows)
