"""`country.csv`: every municipality, posture, year and indicator of a country's futures in one tidy table."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import xarray as xr
from numpy.typing import NDArray

from framsyn.report.files import check_folder
from framsyn.writing import together

TABLE = "country.csv"
COLUMNS = ("code", "year", "posture", "indicator", "unit", "mean", "p10", "p50", "p90")
#: Decimals written: finer than the seven digits that the values of a draw have.
DECIMALS = 4


def check_country_folder(folder: Path) -> None:
    """Raise FramsynError where it can be known before any work that the table cannot be written."""
    check_folder(folder, (TABLE,))


def country_table(futures: xr.Dataset) -> pl.DataFrame:
    """The tidy table, columns `COLUMNS`, by municipality, posture, year and indicator; null = not known.

    Args:
        futures: of `foresee.country`; variables without a municipality are left out.
    """
    told = {
        str(name): values
        for name, values in futures.data_vars.items()
        if set(values.dims) == {"posture", "municipality", "year", "statistic"}
    }
    order = ("municipality", "posture", "year", "statistic")
    cells = np.stack([one.transpose(*order).to_numpy() for one in told.values()], axis=3)
    shape = cells.shape[:4]
    figures = np.round(cells.reshape(-1, cells.shape[4]), DECIMALS) + 0.0  # no "minus zero"
    labels = {
        "code": (0, futures["municipality"].values),
        "posture": (1, futures["posture"].values),
        "year": (2, futures["year"].values),
        "indicator": (3, np.array(list(told))),
        "unit": (3, np.array([str(one.attrs["units"]) for one in told.values()])),
    }
    columns = {name: _spread(np.asarray(values), axis, shape) for name, (axis, values) in labels.items()}
    for number, statistic in enumerate(futures["statistic"].values):
        columns[str(statistic)] = pl.Series(figures[:, number]).fill_nan(None)
    return pl.DataFrame(columns).select(COLUMNS)


def _spread(values: NDArray[Any], axis: int, shape: tuple[int, ...]) -> pl.Series:
    """Labels of one axis as a column over all cells."""
    numbers = np.arange(shape[axis]).reshape([-1 if k == axis else 1 for k in range(len(shape))])
    return pl.Series(values)[np.broadcast_to(numbers, shape).ravel()]


def write_country(futures: xr.Dataset, folder: Path) -> Path:
    """Write `country.csv`, beside its place and then renamed into it; return its path.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    check_country_folder(folder)
    with together(folder) as part:
        country_table(futures).write_csv(part / TABLE)
    return folder / TABLE
