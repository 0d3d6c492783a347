"""How long the forecast takes: `python bench/forecast.py FOLDER [BASE_YEAR]`.

Times, in one run and with medians of repeats: the fit (once), 1,000 draws of every municipality's ages by
single year and sex over 20 years with their intervals, the same lives as expected paths in plain NumPy for
comparison, and the writing of the files. Peak memory of the whole. `--backtest` also times the default
backtest, some minutes.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from framsyn.foresee.forecast.backtest import backtest
from framsyn.foresee.forecast.ensemble import expected_ages
from framsyn.foresee.forecast.forecast import fit_forecast
from framsyn.foresee.forecast.project import age_intervals, write_projection
from framsyn.foresee.forecast.reading import projections_of, read_history, region_codes
from framsyn.places.tables import Tables

YEARS, DRAWS, REPEATS = 20, 1000, 3


def timed(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, list[float]]:
    """Median seconds, and all of them."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), taken


def told(name: str, seconds: tuple[float, list[float]]) -> None:
    middle, every = seconds
    print(f"{name:<58} {middle:7.2f} s   ({', '.join(f'{one:.2f}' for one in every)})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("base_year", type=int, nargs="?", default=2018)
    parser.add_argument("--backtest", action="store_true")
    asked = parser.parse_args()
    tables = Tables.open(asked.folder)
    history = read_history(tables, asked.base_year)
    start = time.perf_counter()
    forecast = fit_forecast(history, region_codes(tables), YEARS)
    told("fit, with the earlier origins that teach the widths", (time.perf_counter() - start, []))
    places = len(history.codes)
    age_intervals(forecast, 20, 1)  # compiles
    ages = age_intervals(forecast, DRAWS, 1)
    drawn = timed(lambda: age_intervals(forecast, DRAWS, 1))
    told(f"{places} places × {YEARS} years × {DRAWS} draws by age and sex", drawn)
    one = timed(lambda: expected_ages(forecast.past, forecast.expected.totals))
    told("the expected path alone, NumPy over all places at once", one)
    print(f"{'one draw of the kernel against one expected path':<58} 1 : {one[0] / (drawn[0] / DRAWS):.1f}")
    with tempfile.TemporaryDirectory() as folder:
        told(
            "writing totals.csv and ages.csv.gz",
            timed(lambda: write_projection(forecast, ages, Path(folder))),
        )
    if asked.backtest:
        whole = read_history(tables)
        projections = projections_of(tables, whole.codes)
        told("the default backtest", timed(lambda: backtest(whole, region_codes(tables), projections), 1))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
