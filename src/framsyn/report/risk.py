"""How likely each criterion of §§ 110 and 118 of the Municipal Act is to be met, by posture and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framsyn.evaluate.criteria import CRITERIA, FOLLOWS, known, met
from framsyn.report.cells import Cells
from framsyn.report.listing import Look

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True)
class Risk:
    """Probabilities in words.

    Attributes:
        years: the years shown.
        whole: the name of each posture, the share of futures with any criterion met in each year, and
            last that with one met in any year at all.
        criteria: the name of each criterion, and of what follows one, and the same rows for it alone.
    """

    years: list[int]
    whole: list[tuple[str, list[str]]]
    criteria: list[tuple[str, list[tuple[str, list[str]]]]]


def risk(futures: "xr.Dataset", cells: Cells, looks: Sequence[Look], years: Sequence[int]) -> Risk | None:
    """The probabilities in the chosen years after the base year; None where the dataset lacks them."""
    if not known(futures):
        return None

    def told(criteria: Sequence[str]) -> list[tuple[str, list[str]]]:
        return [
            (cells.words.gettext(look.label), _shares(met(futures, look.id, criteria), cells, years))
            for look in looks
        ]

    single = (*CRITERIA, *(name for name in FOLLOWS if name in futures.data_vars))
    return Risk(list(years), told(CRITERIA), [(cells.label(name), told((name,))) for name in single])


def _shares(lives: NDArray[np.float64], cells: Cells, years: Sequence[int]) -> list[str]:
    first = cells.summary.years[1]
    by_year = [lives[:, year - first] for year in years]
    return [cells.words.share(float(100.0 * one.mean())) for one in (*by_year, lives.max(axis=1))]
