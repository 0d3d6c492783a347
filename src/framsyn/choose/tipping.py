"""When a strategy stops working: the tipping year of each life, and the year of accepted risk."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
#: Quantiles of tipping years that are told.
QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Tipping:
    """When a strategy stops working.

    Attributes:
        quantiles: the first years by which 10, 50 and 90 % of the lives have tipped; None = not within the
            years that were lived.
        risk: the first year in which the share of lives that fail reaches the accepted risk; None as above.
        never: share of lives that do not tip within the years.
    """

    quantiles: tuple[int | None, int | None, int | None]
    risk: int | None
    never: float


def sustained(fails: Bools) -> Bools:
    """[…, year] whether the criterion fails in a year and the next: a single bad year is no tipping.

    In the last year that is lived, failing counts by itself, since no next year is known.
    """
    lasting: Bools = fails.copy()
    lasting[..., :-1] &= fails[..., 1:]
    return lasting


def tipping_years(fails: Bools, years: Sequence[int]) -> Floats:
    """[…] the first year of lasting failure of each life; infinite where there is none within the years.

    Args:
        fails: […, year] whether the criterion fails.
        years: the calendar year of each column.
    """
    _check(fails, years)
    lasting = sustained(fails)
    first = np.asarray(years, dtype=np.float64)[lasting.argmax(axis=-1)]
    return np.where(lasting.any(axis=-1), first, np.inf)


def tipping(fails: Bools, years: Sequence[int], accepted: float) -> Tipping:
    """When a strategy with these lives stops working.

    Args:
        fails: [draw, year] whether the criterion fails.
        years: the calendar year of each column.
        accepted: the share of lives failing in a year from which on the risk is not accepted.
    """
    tipped = tipping_years(fails, years)
    low, mid, high = (_within(one) for one in np.quantile(tipped, QUANTILES, method="inverted_cdf"))
    return Tipping((low, mid, high), risk_year(fails, years, accepted), float(np.isinf(tipped).mean()))


def risk_year(fails: Bools, years: Sequence[int], accepted: float) -> int | None:
    """The first year in which at least the accepted share of lives [draw, year] fails; None = none.

    The tipping point of dynamic adaptive policy pathways: Haasnoot, Kwakkel, Walker & ter Maat 2013, Global
    Environmental Change 23: 485–498.
    """
    _check(fails, years)
    if not 0.0 < accepted <= 1.0:
        raise FramsynError(
            "The accepted share of failing lives must be above 0 and at most 1; {share} was given.",
            share=accepted,
        )
    over = np.flatnonzero(fails.mean(axis=0) >= accepted)
    return int(years[over[0]]) if len(over) else None


def decision_year(year: int | None, lead_time: int) -> int | None:
    """The last year to decide so that what is decided works in `year`; None where nothing must be."""
    return None if year is None else year - lead_time


def _within(year: float) -> int | None:
    return int(year) if np.isfinite(year) else None


def _check(fails: Bools, years: Sequence[int]) -> None:
    if fails.shape[-1] != len(years) or not fails.size:
        raise FramsynError(
            "Failures are told of {columns} years, and {years} years are named.",
            columns=fails.shape[-1],
            years=len(years),
        )
