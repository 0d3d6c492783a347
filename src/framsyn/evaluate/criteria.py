"""The criteria of §§ 110 and 118 of the Municipal Act in lives: who meets which, and when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framsyn.model.indicators import indicators
from framsyn.model.layout import Floats

if TYPE_CHECKING:
    import xarray as xr

#: Indicators that are 1 in a year when the criterion is met, else 0: A, B and C of § 118.
CRITERIA = ("deficit_uncovered", "deficit_too_large", "four_limits_met")
ANY = "any"
#: What follows: indicators that are 1 in a year in an assessment procedure, and from a merger on, else 0. On
#: Åland, where the act does not hold, the first is 1 where lenders refuse to lend more.
FOLLOWS = ("assessment_procedure", "merged")


def known(futures: "xr.Dataset") -> bool:
    """Whether the dataset tells of the criteria at all."""
    return all(name in futures.data_vars for name in CRITERIA)


def met(futures: "xr.Dataset", posture: str, criteria: Sequence[str] = CRITERIA) -> NDArray[np.float64]:
    """[draw, year after the base year]: 1 where any of the criteria is met, NaN where one is not known."""
    chosen = [
        futures[name].sel(posture=posture).transpose("draw", "year").to_numpy()[:, 1:] for name in criteria
    ]
    return np.asarray(np.max(np.stack(chosen), axis=0), dtype=np.float64)


def ever(futures: "xr.Dataset", posture: str) -> float:
    """Percent of lives that meet a criterion in some year; NaN where that is not known."""
    return float(100.0 * met(futures, posture).max(axis=1).mean()) if known(futures) else float("nan")


def met_in(records: Floats, criterion: str = ANY) -> NDArray[np.bool_]:
    """[draw, year after the base year] whether the criterion, any, or what follows one is met in records."""
    columns = list(indicators())
    chosen = CRITERIA if criterion == ANY else (criterion,)
    return np.asarray(
        records[:, 1:, [columns.index(one) for one in chosen]].max(axis=2) > 0.0, dtype=np.bool_
    )
