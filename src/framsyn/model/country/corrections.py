"""Corrections with which the country's deaths, emigrants and births are the same under every course."""

from framsyn.model.compiled import compiled
from framsyn.model.country.workspace import NOBODY, Balance, Nation, Sums
from framsyn.model.layout import AGES, M_EMIGRATION, M_MORTALITY, SEXES, Floats, Rates
from framsyn.model.life import Life
from framsyn.model.moves import OUTWARD
from framsyn.model.stacked import one

#: A share that dies or emigrates is not multiplied by more than this to meet the country's.
LARGEST_CORRECTION = 1e3


@compiled
def adjusted(share: float, correction: float) -> float:
    """A share of persons with the country's correction, which is −1 or more; within 0…1.

    Fewer is fewer by the same split_movers everywhere. More is less where nearly all are concerned already.
    """
    workspace = 1.0 - share if correction > 0.0 else 1.0
    return min(1.0, share * (1.0 + correction * workspace))


@compiled
def add_deaths(before: Floats, mortality: Floats, multiplier: float, sums: Sums) -> None:
    """Add one municipality's deaths to `sums.given`, and what a correction of them adds to `weight`.

    `before` [sex, 102] is the population at the start of the year, `mortality` [sex, age].
    """
    for sex in range(SEXES):
        here, risk = before[sex], mortality[sex]
        given, weight = sums.given[sex], sums.weight[sex]
        for age in range(AGES):
            share = min(1.0, risk[age] * multiplier)
            dead = here[age] * share
            given[age] += dead
            weight[age] += dead * (1.0 - share)


@compiled
def add_emigrants(
    before: Floats, year: int, rates: Rates, multipliers: Floats, outward: Floats, deaths: Floats, sums: Sums
) -> None:
    """As `add_deaths` with emigrants, when deaths [sex, age] are corrected; `outward` [age]: on moves out."""
    for sex in range(SEXES):
        here, risk, correction = before[sex], rates.mortality[year, sex], deaths[sex]
        leaving, abroad = rates.out_rate[year, sex], rates.emigration_rate[sex]
        given, weight = sums.given[sex], sums.weight[sex]
        for age in range(AGES):
            dying = adjusted(min(1.0, risk[age] * multipliers[M_MORTALITY]), correction[age])
            staying = here[age] * (1.0 - dying) * (1.0 - min(1.0, leaving[age] * outward[age]))
            share = min(1.0, abroad[age] * multipliers[M_EMIGRATION])
            gone = staying * share
            given[age] += gone
            weight[age] += gone * (1.0 - share)


@compiled
def write_corrections(wanted: Floats, sums: Sums, corrections: Floats) -> None:
    """Write the corrections [sex, age] that bring what is given to what the country has."""
    for sex in range(SEXES):
        for age in range(AGES):
            given = sums.given[sex, age]
            missing = wanted[sex, age] - given
            over = given if missing < 0.0 else sums.weight[sex, age]
            corrections[sex, age] = min(LARGEST_CORRECTION, missing / max(over, NOBODY))


@compiled
def count_losses(
    year: int,
    rates: Rates,
    lives: Life,
    nation: Nation,
    sums: Sums,
    balance: Balance,
) -> None:
    """Count the deaths and emigrants of the country, when nothing is corrected, by age at the start."""
    sum_deaths(year, rates.mortality, lives.people, lives.multipliers, sums)
    copy(sums.given, nation.deaths)
    sum_emigrants(year, rates, lives, balance.deaths, sums)
    copy(sums.given, nation.emigrants)


@compiled
def correct_losses(
    year: int,
    rates: Rates,
    lives: Life,
    nation: Nation,
    sums: Sums,
    balance: Balance,
) -> None:
    """Write the corrections with which first the deaths, then the emigrants, are the country's.

    `lives` are stacked by municipality; their multipliers and moves are set.
    """
    sum_deaths(year, rates.mortality, lives.people, lives.multipliers, sums)
    write_corrections(nation.deaths, sums, balance.deaths)
    sum_emigrants(year, rates, lives, balance.deaths, sums)
    write_corrections(nation.emigrants, sums, balance.emigrants)


@compiled
def sum_deaths(year: int, mortality: Floats, people: Floats, multipliers: Floats, sums: Sums) -> None:
    """Write into `sums` the deaths of the country before any correction."""
    before = (year - 1) % 2
    sums.given[:] = 0.0
    sums.weight[:] = 0.0
    for place in range(len(people)):
        add_deaths(people[place, before], mortality[place, year], multipliers[place, M_MORTALITY], sums)


@compiled
def sum_emigrants(year: int, rates: Rates, lives: Life, deaths: Floats, sums: Sums) -> None:
    """Write into `sums` the emigrants of the country, when deaths alone are corrected."""
    before = (year - 1) % 2
    sums.given[:] = 0.0
    sums.weight[:] = 0.0
    for place in range(len(lives.people)):
        own, multipliers = one(rates, place), lives.multipliers[place]
        outward = lives.moves[place, OUTWARD]
        add_emigrants(lives.people[place, before], year, own, multipliers, outward, deaths, sums)


@compiled
def copy(values: Floats, into: Floats) -> None:
    """Copy an array of two axes."""
    for row in range(len(values)):
        for column in range(values.shape[1]):
            into[row, column] = values[row, column]
