"""How long a country takes: every municipality, the four visions and going on as today, on all processors.

Usage: python bench/country.py [draws …]

The first line is the compilation that a new machine or an edited model needs once. Then each stage in
seconds of wall time, and all of them in seconds of processor time, which others at work on the machine
disturb less: medians of several repeats for each number of draws. At last what each further draw costs
between one number of draws and the next, which is the same where the cost is linear.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TypeVar

import xarray as xr

from framsyn.foresee.country import (
    CountryLives,
    batches,
    draw_country,
    live_country_futures,
    prepare_every,
    spread_of,
)
from framsyn.foresee.postures import AS_IS, VISIONS, shipped, strategy_of
from framsyn.model.indicators import indicators
from framsyn.places.bundle import shipped_bundle
from framsyn.report.country_file import write_country

YEARS, REPEATS = 20, 3
DRAWS = (25, 50, 100)
STAGES = ("starts", "worlds", "lives", "summary", "table")
PROCESSORS = "processors"

T = TypeVar("T")
Seconds = dict[str, float]


def timed(stage: str, seconds: Seconds, work: Callable[[], T]) -> T:
    """Do `work` and add its wall time to the stage."""
    begun = time.perf_counter()
    done = work()
    seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - begun
    return done


def run(draws: int, futures: xr.Dataset) -> Seconds:
    """Seconds of each stage for one country run; the table written is that of `futures`, as large."""
    seconds: Seconds = {}
    begun = time.process_time()
    threads = os.cpu_count() or 1
    bundle = shipped_bundle()
    strategies = [strategy_of(shipped()[identity]) for identity in (AS_IS, *VISIONS)]
    chosen = [one for one in indicators().values() if one.country]
    settings = timed("starts", seconds, lambda: prepare_every(bundle, YEARS, 1))
    lived = timed("starts", seconds, lambda: CountryLives(settings, strategies, chosen, draws, threads))
    for batch in batches(draws):
        drawn = timed("worlds", seconds, partial(draw_country, settings, batch, threads))
        timed("lives", seconds, partial(lived.live, batch, drawn))
    timed("summary", seconds, lambda: spread_of(lived.kept, threads))
    with tempfile.TemporaryDirectory() as folder:
        timed("table", seconds, lambda: write_country(futures, Path(folder)))
    seconds[PROCESSORS] = time.process_time() - begun
    return seconds


def processors(runs: list[Seconds]) -> float:
    """Median processor time of some runs."""
    return median(one[PROCESSORS] for one in runs)


def measure(numbers: list[int]) -> None:
    """Print the stages for each number of draws, and the cost of a further draw."""
    begun = time.perf_counter()
    futures = live_country_futures(draws=2, years=YEARS)
    first = time.perf_counter() - begun
    print(f"first run, 2 draws, compilation included where it was needed   {first:6.1f} s")
    print(
        f"{len(futures.municipality)} municipalities × {len(VISIONS)} visions and as today × {YEARS} years,"
    )
    print(f"{os.cpu_count()} processors, median of {REPEATS}, seconds")
    print("  draws  " + "".join(f"{stage:>9}" for stage in STAGES) + "      all  processors")
    runs: dict[int, list[Seconds]] = {draws: [] for draws in numbers}
    for _ in range(REPEATS):  # in turn, so that what else the machine does falls on all alike
        for draws in numbers:
            runs[draws].append(run(draws, futures))
    for draws, own in runs.items():
        told = "".join(f"{median(one[stage] for one in own):9.2f}" for stage in STAGES)
        whole = median(sum(one[stage] for stage in STAGES) for one in own)
        print(f"  {draws:5d}  {told}{whole:9.2f}{processors(own):12.2f}")
    worked = [processors(own) for own in runs.values()]
    for (few, many), (less, more) in zip(pairwise(numbers), pairwise(worked), strict=True):
        each = (more - less) / (many - few)
        print(f"  from {few} to {many} draws: {each:.3f} processor seconds for each further draw")


if __name__ == "__main__":
    measure([int(one) for one in sys.argv[1:]] or list(DRAWS))
