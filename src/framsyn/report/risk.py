"""How likely each criterion of §§ 110 and 118 of the Municipal Act is to be met, by posture and year."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from framsyn.report.cells import Cells
from framsyn.report.listing import Look

#: Indicators that are 1 in a year when the criterion is met, else 0: their mean is a probability.
CRITERIA = ("deficit_uncovered", "deficit_too_large", "four_limits_met")


@dataclass(frozen=True)
class Risk:
    """Probabilities in words.

    Attributes:
        years: the years shown.
        whole: the name of each posture, the share of futures with any criterion met in each year, and
            last that with one met in any year at all.
        criteria: the name of each criterion, and the same rows for it alone.
    """

    years: list[int]
    whole: list[tuple[str, list[str]]]
    criteria: list[tuple[str, list[tuple[str, list[str]]]]]


def known(futures: xr.Dataset) -> bool:
    """Whether the dataset tells of the criteria at all."""
    return all(name in futures.data_vars for name in CRITERIA)


def met(futures: xr.Dataset, posture: str, criteria: Sequence[str] = CRITERIA) -> NDArray[np.float64]:
    """[draw, year after the base year]: 1 where any of the criteria is met, NaN where one is not known."""
    chosen = [
        futures[name].sel(posture=posture).transpose("draw", "year").to_numpy()[:, 1:] for name in criteria
    ]
    return np.asarray(np.max(np.stack(chosen), axis=0), dtype=np.float64)


def ever(futures: xr.Dataset, posture: str) -> float:
    """Percent of lives that meet a criterion in some year; NaN where that is not known."""
    return float(100.0 * met(futures, posture).max(axis=1).mean()) if known(futures) else float("nan")


def risk(futures: xr.Dataset, cells: Cells, looks: Sequence[Look], years: Sequence[int]) -> Risk | None:
    """The probabilities in the chosen years after the base year; None where the dataset lacks them."""
    if not known(futures):
        return None

    def told(criteria: Sequence[str]) -> list[tuple[str, list[str]]]:
        return [
            (cells.words.gettext(look.label), _shares(met(futures, look.id, criteria), cells, years))
            for look in looks
        ]

    return Risk(list(years), told(CRITERIA), [(cells.label(name), told((name,))) for name in CRITERIA])


def _shares(lives: NDArray[np.float64], cells: Cells, years: Sequence[int]) -> list[str]:
    first = cells.summary.years[1]
    by_year = [lives[:, year - first] for year in years]
    return [cells.words.share(float(100.0 * one.mean())) for one in (*by_year, lives.max(axis=1))]
