"""The files of a projection: totals with quantiles, and ages with an 80 % interval."""

import gzip
import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from framsyn.calibrate.known import AGES, SEXES, Floats, Ints
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.age_kernel import Samples, summarise_cells
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.processors import processors
from framsyn.writing import write_together

Progress = Callable[[], None]

#: Columns of quantiles in `totals.csv`, and the shares of draws below them.
QUANTILES = {"p2.5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97.5": 0.975}
AGE_SHARES = np.array([0.1, 0.9])
TOTALS_FILE, AGES_FILE = "totals.csv", "ages.csv.gz"
MOST_YEARS, MOST_DRAWS, LEAST_DRAWS = 50, 20_000, 20


@dataclass(frozen=True)
class AgeIntervals:
    """Ages of every place.

    Attributes:
        mean: [P, H, 2, 101] expected persons.
        p10: the same shape, the 10th percentile of the draws.
        p90: the same shape, the 90th.
    """

    mean: Floats
    p10: Samples
    p90: Samples


def check_projection(years: int, draws: int, seed: int) -> None:
    """Raise FramsynError where what is asked for cannot be projected."""
    if not 1 <= years <= MOST_YEARS:
        raise FramsynError("Years must be from 1 to {most}; {years} was given.", most=MOST_YEARS, years=years)
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        raise FramsynError(
            "Draws must be from {least} to {most}; {draws} was given.",
            least=LEAST_DRAWS,
            most=MOST_DRAWS,
            draws=draws,
        )
    if not 0 <= seed < 2**63:
        raise FramsynError(
            "The seed must be a whole number from 0 to 2**63 − 1; {seed} was given.", seed=seed
        )


def totals_table(forecast: Forecast) -> pl.DataFrame:
    """Totals: code, year, mean and quantiles, exact from the law of the error and so without chance."""
    shares = np.array(list(QUANTILES.values()))
    places, horizon = forecast.expected.totals.shape
    quantiles = np.stack([forecast.law(year, shares) for year in range(1, horizon + 1)], axis=1)
    return pl.DataFrame(
        {
            "code": np.repeat(forecast.history.codes, horizon),
            "year": np.tile(years_of(forecast), places),
            "mean": forecast.expected.totals.ravel(),
            **{name: quantiles[:, :, q].ravel() for q, name in enumerate(QUANTILES)},
        }
    )


def years_of(forecast: Forecast) -> Ints:
    """[H] the years forecast."""
    base = forecast.history.base_year
    return np.arange(base + 1, base + 1 + forecast.past.horizon)


def age_intervals(
    forecast: Forecast, draws: int, seed: int, threads: int | None = None, progress: Progress = lambda: None
) -> AgeIntervals:
    """Draw every place's ages and read the 80 % interval of each cell.

    Args:
        forecast: a fitted forecast.
        draws: draws of each place.
        seed: the seed.
        threads: threads, all processors by default; the result does not depend on it.
        progress: called after each place.
    """
    numbers = range(draws)
    shared = forecast.shared(numbers, seed)
    shape = forecast.ages.shape
    cells = int(np.prod(shape[1:]))
    told: Samples = np.empty((shape[0], 1 + len(AGE_SHARES), cells), dtype=np.float32)

    rooms = threading.local()

    def one(place: int) -> None:
        if not hasattr(rooms, "people"):
            rooms.people = forecast.room_for_people(draws)
        people = forecast.people(place, shared, numbers, seed, rooms.people)
        summarise_cells(people.reshape(draws, -1), AGE_SHARES, told[place])
        progress()

    with ThreadPoolExecutor(threads or processors()) as pool:
        list(pool.map(one, range(shape[0])))
    return AgeIntervals(forecast.ages, told[:, 1].reshape(shape), told[:, 2].reshape(shape))


def ages_table(forecast: Forecast, ages: AgeIntervals) -> pl.DataFrame:
    """Ages: code, year, sex, age, mean, p10, p90."""
    places, horizon = ages.mean.shape[:2]
    cells = len(SEXES) * AGES
    sexes = pl.Series(np.repeat(SEXES, AGES), dtype=pl.Categorical)
    return pl.DataFrame(
        {
            "code": pl.Series(forecast.history.codes).gather(np.repeat(np.arange(places), horizon * cells)),
            "year": np.tile(np.repeat(years_of(forecast), cells), places),
            "sex": sexes.gather(np.tile(np.arange(cells), places * horizon)),
            "age": np.tile(np.tile(np.arange(AGES), len(SEXES)), places * horizon),
            "mean": ages.mean.ravel(),
            "p10": ages.p10.ravel(),
            "p90": ages.p90.ravel(),
        }
    )


def write_projection(forecast: Forecast, ages: AgeIntervals, folder: Path) -> list[Path]:
    """Write `totals.csv` and `ages.csv.gz`, both or none, and return their paths.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    totals = totals_table(forecast).write_csv(float_precision=2)
    packed = compressed(ages_table(forecast, ages), decimals=3)
    return write_together(folder, {TOTALS_FILE: totals, AGES_FILE: packed})


def compressed(table: pl.DataFrame, decimals: int) -> bytes:
    """The table as packed CSV; the same table gives the same bytes."""
    text = io.BytesIO()
    table.write_csv(text, float_precision=decimals)
    return gzip.compress(text.getvalue(), compresslevel=4, mtime=0)
