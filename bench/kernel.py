"""How fast lives are lived: the compiled kernel against plain NumPy, in one run.

Usage: python bench/kernel.py [municipality]

Prints medians of several repeats. Ratios are what to quote: machines differ and are noisy.
"""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from statistics import median

import numpy as np
from numpy_reference import live_population_numpy

import framsyn
from framsyn.foresee.futures import foresee
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import Drawn, prepare
from framsyn.model.kernel import anchor, live_population
from framsyn.model.layout import AGES, INDICATORS
from framsyn.places.municipality import Municipality

YEARS, DRAWS, REPEATS = 20, 5000, 9


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median wall time of `work`, after one unmeasured call."""
    work()
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def in_threads(work: Callable[[slice], object], draws: int) -> None:
    """Do `work` on slices of the draws, one for each processor."""
    cores = os.cpu_count() or 1
    edges = np.linspace(0, draws, cores + 1).astype(int)
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(work, [slice(a, b) for a, b in pairwise(edges)]))


def measure(m: Municipality) -> None:
    """Print microseconds per life of 20 years, and the ratios."""
    setting = prepare(m, YEARS)
    place, rates = setting.place, setting.rates
    totals = np.full((DRAWS, YEARS + 1), float(place.population.sum()))
    shared = setting.anchor.shared(range(DRAWS), 1)
    totals[:, 1:] = setting.anchor.drawn_totals(shared, range(DRAWS), 1)
    worlds, effects, starts = setting.draw(range(DRAWS))
    multipliers = np.ascontiguousarray(worlds[:, :, :6])
    counted = np.zeros((DRAWS, YEARS + 1, 6))
    record = np.empty((DRAWS, YEARS + 1, INDICATORS))
    course = setting.course(posture("engaging"))

    def people(part: slice) -> None:
        ages = np.zeros((YEARS + 1, 2, AGES))
        live_population(place.population, rates, multipliers[part], ages, counted[part])

    def lives(part: slice) -> None:
        drawn = Drawn(worlds[part], effects[part], starts[part])
        setting.live(drawn, course, record[part], record[part])

    def held_to_the_forecast() -> None:
        anchor(place.population, rates, totals, worlds)

    def numpy_reference() -> object:
        return live_population_numpy(place.population, rates, multipliers[:20])

    plain = seconds(numpy_reference, 5) / 20
    one = seconds(lambda: people(slice(None))) / DRAWS
    every = seconds(lambda: in_threads(people, DRAWS)) / DRAWS
    whole = seconds(lambda: lives(slice(None))) / DRAWS
    holding = seconds(held_to_the_forecast) / DRAWS
    whole_every = seconds(lambda: in_threads(lives, DRAWS)) / DRAWS
    cores = os.cpu_count()
    print(f"{m.name('sv')}, {YEARS} years, microseconds per life (median of {REPEATS})")
    print(f"  plain NumPy, population only          {plain * 1e6:10.1f}")
    print(f"  kernel, population only, 1 thread     {one * 1e6:10.2f}   {plain / one:6.0f} × NumPy")
    print(f"  kernel, population only, {cores} threads    {every * 1e6:10.2f}   {plain / every:6.0f} × NumPy")
    print(f"  kernel, whole life, 1 thread          {whole * 1e6:10.2f}   {whole / one:6.1f} × population")
    print(f"  kernel, whole life, {cores} threads         {whole_every * 1e6:10.2f}")
    print(f"  holding a world to the forecast       {holding * 1e6:10.2f}   once for all postures")
    taken = seconds(lambda: foresee(m, draws=500), 5)
    print(f"  foresee(), 5 postures × 500 draws     {taken * 1e3:10.0f} ms, worlds and dataset included")


if __name__ == "__main__":
    measure(framsyn.municipality(sys.argv[1] if len(sys.argv) > 1 else "Närpes"))
