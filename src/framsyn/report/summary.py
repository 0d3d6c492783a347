"""From a thousand lives to a few numbers: mean and quantiles over draws, and `indicators.csv`."""

import csv
import io
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.core.cancellation import with_current_token
from framsyn.model.indicators import indicators

if TYPE_CHECKING:
    import xarray as xr

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
COLUMNS = ("posture", "year", "indicator", "unit", "mean", "p10", "p25", "p50", "p75", "p90")


class Spread(NamedTuple):
    """One indicator of one future in one year; NaN = not known."""

    mean: float
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float


@dataclass(frozen=True, eq=False)
class Summary:
    """Mean and quantiles of every indicator.

    Attributes:
        postures, years, names, units: the labels of the axes of `values` and the units.
        values: [indicator, posture, year, statistic], statistic in the order of `Spread`.
    """

    postures: list[str]
    years: list[int]
    names: list[str]
    units: dict[str, str]
    values: NDArray[np.float64]

    @cached_property
    def _row(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.names)}

    def series(self, indicator: str, posture: str) -> NDArray[np.float64]:
        """[year, statistic] of one indicator under one posture."""
        block: NDArray[np.float64] = self.values[self._row[indicator], self.postures.index(posture)]
        return block

    def at(self, indicator: str, posture: str, year: int) -> Spread:
        """One cell, all NaN where the dataset lacks the indicator."""
        if indicator not in self._row:
            return Spread(*[math.nan] * len(Spread._fields))
        return Spread(*self.series(indicator, posture)[self.years.index(year)].tolist())

    def now(self, indicator: str) -> float:
        """The base-year median of an indicator (the same under every posture), NaN if not known."""
        return self.at(indicator, self.postures[0], self.years[0]).p50


def summarise(futures: "xr.Dataset") -> Summary:
    """Summarise every indicator of the dataset over its draws.

    A cell with a draw that is not known is not known: nothing is averaged over what is left.

    Args:
        futures: variables with dims posture, draw, year; others are left out.
    """
    names = [
        str(name)
        for name, values in futures.data_vars.items()
        if set(values.dims) == {"posture", "draw", "year"}
    ]
    variables = [futures.variables[name] for name in names]
    with ThreadPoolExecutor() as pool:  # sorting releases the interpreter's lock
        blocks = list(pool.map(with_current_token(_statistics), variables))
    return Summary(
        postures=[str(posture) for posture in futures["posture"].values],
        years=[int(year) for year in futures["year"].values],
        names=names,
        units={name: _unit(futures, name) for name in names},
        values=np.stack(blocks),
    )


def _statistics(values: "xr.Variable") -> NDArray[np.float64]:
    """[posture, year, statistic] of one variable."""
    draws = np.array(values.transpose("posture", "year", "draw").to_numpy(), np.float64, order="C")
    means = draws.mean(axis=-1, keepdims=True)
    return np.concatenate([means, quantiles(draws)], axis=-1)


def quantiles(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """[…, quantile] over the last axis, which is sorted in place; NaN where a draw is not known.

    Linear between draws as `np.quantile`, which takes five times as long.
    """
    draws.sort(axis=-1)
    last = draws.shape[-1] - 1
    place = np.array(QUANTILES) * last
    below = np.floor(place).astype(np.intp)
    share = place - below
    low, high = draws[..., below], draws[..., np.minimum(below + 1, last)]
    found: NDArray[np.float64] = low + share * (high - low)
    found[np.isnan(draws[..., -1])] = np.nan  # sorted, so NaN is last
    return found


def _unit(futures: "xr.Dataset", name: str) -> str:
    attrs = futures.variables[name].attrs
    known = indicators().get(name)
    return str(attrs.get("units") or attrs.get("unit") or (known.unit if known else ""))


def indicators_csv(summary: Summary) -> str:
    """The tidy table as CSV text, columns `COLUMNS`; what is not known is left blank."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for p, posture in enumerate(summary.postures):
        for y, year in enumerate(summary.years):
            for i, name in enumerate(summary.names):
                cells = [_cell(value) for value in summary.values[i, p, y].tolist()]
                writer.writerow((posture, year, name, summary.units[name], *cells))
    return out.getvalue()


def _cell(value: float) -> str:
    return f"{value:.10g}" if math.isfinite(value) else ""
