"""The demographic equations in plain NumPy: the reference that the kernel is measured against.

Vectorised over ages, one life and one year at a time, as one would write it in a notebook.
"""

import numpy as np

from framsyn.model.layout import AGES, FEMALE, OPEN_AGE, Floats, Rates


def advance_numpy(start: Floats, year: int, rates: Rates, multipliers: Floats) -> tuple[Floats, Floats]:
    """One year: population [sex, age] at the end, and flows [6] as the kernel orders them."""
    fertility, mortality, moves_in, moves_out, immigration, emigration = multipliers
    dead = start * np.minimum(1.0, rates.mortality[year] * mortality)
    alive = start - dead
    gone = alive * np.minimum(1.0, rates.out_rate[year] * moves_out)
    staying = alive - gone
    abroad = staying * np.minimum(1.0, rates.emigration_rate * emigration)
    inward = rates.moves_in[year] * moves_in
    foreign = rates.immigration * immigration
    moved = staying - abroad + inward + foreign
    end = np.empty_like(start)
    end[:, 1:] = moved[:, :-1]
    end[:, OPEN_AGE] += moved[:, OPEN_AGE]
    women = start[FEMALE, 1:OPEN_AGE] + end[FEMALE, 1:OPEN_AGE]
    births = 0.5 * fertility * np.sum(rates.fertility[1:OPEN_AGE] * women)
    born = births * np.array([rates.male_birth_share, 1.0 - rates.male_birth_share])
    lost = born * np.minimum(1.0, rates.mortality_newborn[year] * mortality)
    end[:, 0] = born - lost
    flows = np.array([births, dead.sum() + lost.sum(), inward.sum(), gone.sum(), foreign.sum(), abroad.sum()])
    return end, flows


def live_population_numpy(population: Floats, rates: Rates, multipliers: Floats) -> tuple[Floats, Floats]:
    """Sum over draws [year, sex, age] and flows [draw, year, 6], as `kernel.live_population` gives them."""
    draws, rows, _ = multipliers.shape
    ages = np.zeros((rows, 2, AGES))
    flows = np.zeros((draws, rows, 6))
    for draw in range(draws):
        people = population
        ages[0] += people
        for year in range(1, rows):
            people, flows[draw, year] = advance_numpy(people, year, rates, multipliers[draw, year])
            ages[year] += people
    return ages, flows
