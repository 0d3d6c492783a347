"""Working arrays of one country in one year, and the columns that count its people.

Arrays by age have 102 columns where ages are those at the end of the year: 0…100, and a last one where
those who were in the open age land before they join it again. Deaths and emigrants are counted by age at
the start of the year.
"""

from typing import NamedTuple

import numpy as np

from framsyn.model.layout import AGES, SEXES, Floats, Rates

#: Fewer persons than this are nobody when shares are taken.
NOBODY = 1e-300
COLUMNS = AGES + 1


class Moves(NamedTuple):
    """Of each municipality before the country is made to add up, [municipality, sex, 102], persons."""

    settled: Floats  # were here, or came from abroad, and would stay
    leave: Floats  # were here, or came from abroad, and would leave for another municipality
    slots: Floats  # come from other municipalities when going on as today


class Locality(NamedTuple):
    """One municipality in one year."""

    rates: Rates
    multipliers: Floats  # [MULTIPLIERS]
    outward: Floats  # [age at the start] factor on moves out
    tilts: Floats  # [102] the forecast's factor on each age
    moves: Moves  # [sex, 102], written
    flows: Floats  # [FLOWS] persons, written
    before: Floats  # [sex, 102] people at the start of the year
    now: Floats  # [sex, 102] people at the end of the year, written


class Nation(NamedTuple):
    """What the world gives the country in one year, persons: as everybody going on as today has it."""

    deaths: Floats  # [sex, age at the start]
    emigrants: Floats  # [sex, age at the start]
    people: Floats  # [sex, 102]
    newborn: Floats  # [sex, 0 born, 1 dead in the year]


class Sums(NamedTuple):
    """Sums over municipalities."""

    settled: Floats  # [sex, 102]; this and the two next, as in `Moves`
    leave: Floats
    wanted: Floats  # slots times pull
    given: Floats  # [sex, age at the start] deaths, or emigrants, before the correction
    weight: Floats  # [sex, age at the start] what a correction of +1 would add to them


class Balance(NamedTuple):
    """How the country is made to add up."""

    deaths: Floats  # [sex, age at the start] corrections of the share that dies, from −1
    emigrants: Floats  # [sex, age at the start] corrections of the share that moves abroad, from −1
    staying: Floats  # [sex, 102] factor on those who would stay
    held: Floats  # [sex, 102] share of those who would leave that nobody has a slot for: they stay
    filled: Floats  # [sex, 102] arrivals per slot and pull
    moved_out: Floats  # [sex, 102] share of those who leave that stays in the country
    moved_in: Floats  # [sex, 102] share of those who arrive that comes from the country
    births: Floats  # [sex] factor on births
    newborn_deaths: Floats  # [sex] factor on newborns' deaths


class Workspace(NamedTuple):
    """Working space of one country, written by the year's functions."""

    moves: Moves
    nation: Nation
    sums: Sums
    balance: Balance
    tilts: Floats  # [municipality, 102] the forecast's factor on each age
    pulls: Floats  # [municipality, 102] answer of moves in
    births: Floats  # [municipality] expected, before the country's factor


def new_workspace(places: int) -> Workspace:
    """Working space for `places` municipalities."""
    local = (places, SEXES, COLUMNS)
    end, start = (SEXES, COLUMNS), (SEXES, AGES)
    return Workspace(
        moves=Moves(np.zeros(local), np.zeros(local), np.zeros(local)),
        nation=Nation(np.zeros(start), np.zeros(start), np.zeros(end), np.zeros((SEXES, 2))),
        sums=Sums(np.zeros(end), np.zeros(end), np.zeros(end), np.zeros(start), np.zeros(start)),
        balance=Balance(
            deaths=np.zeros(start),
            emigrants=np.zeros(start),
            staying=np.ones(end),
            held=np.zeros(end),
            filled=np.ones(end),
            moved_out=np.zeros(end),
            moved_in=np.zeros(end),
            births=np.ones(SEXES),
            newborn_deaths=np.ones(SEXES),
        ),
        tilts=np.ones((places, COLUMNS)),
        pulls=np.ones((places, COLUMNS)),
        births=np.zeros(places),
    )
