"""What a trajectory is simulated from, what one draw holds, and the working arrays of one trajectory."""

from typing import NamedTuple

from framsyn.law.path import LawPath
from framsyn.model.layout import Floats, Place, Rates

TOTAL = 102  # column of `below` that holds the whole population


class Town(NamedTuple):
    """One municipality as every trajectory of it starts: its base year, its rates and its law."""

    place: Place
    rates: Rates
    law: LawPath


class Draw(NamedTuple):
    """One set of everything that the municipality does not decide, with what happens then at the baseline.

    Where the baseline itself is simulated, `reference` is its own record: every difference is then exactly 0.
    """

    world: Floats  # [year, world column]; prices and interest of the base year in row 0
    effects: Floats  # [coefficient] how large each effect is
    start: Floats  # [community column] the community at the base year
    reference: Floats  # [year, indicator] the trajectory under the baseline in the same draw


class Life(NamedTuple):
    """Working arrays of one life; written by the year's functions."""

    people: Floats  # [2, sex, 102] population of even and odd years
    below: Floats  # [2, 103] persons younger than each age, of even and odd years
    flows: Floats  # [6] persons
    multipliers: Floats  # [6]
    moves: Floats  # [2, age] factors on moves in and out, by age at the start of the year
    signals: Floats  # [year, SIGNALS] running sums of what later years answer to
    schooling: (
        Floats  # [SCHOOLING_ROWS, year] sums: schools' resources, early childhood places, youth outside
    )
    base: Floats  # [BASE_COLUMNS]
    stock: Floats  # [STOCKS]
    growth: Floats  # [MOST_AHEAD + 1] children's cohort ratio to the power of the years ahead
    levers: Floats  # [LEVERS]
    ambitions: Floats  # [area] before saving, share of today's spending per user
    users: Floats  # [area]
    capacity: Floats  # [school area] places that stand
    sized: Floats  # [area] users for whom spending is sized
    coming: Floats  # [school area, BUILDING_YEARS]
    gross: Floats  # [area] operating cost, real euros
    incomes: Floats  # [area] operating income, real euros
    staffed: Floats  # [area] operating cost that employs people here, real euros
    books: Floats  # [BOOKS] nominal euros
    digital: Floats  # [year] digital capital, real euros per resident
    tax_base: Floats  # [year] real euros
