"""How right such forecasts have been: past errors by size of municipality and years ahead."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.origins import AtOrigin

#: Lower bounds of the size classes, residents.
SIZES = (0, 2_000, 5_000, 10_000, 20_000, 50_000)
SHARES = (0.5, 0.8, 0.95)
LEAST_ERRORS = 10


def size_class(residents: float) -> int:
    """Index of the size class."""
    return int(np.searchsorted(SIZES, residents, side="right")) - 1


def past_errors(history: History, origins: Sequence[AtOrigin]) -> list[dict[str, Any]]:
    """Absolute percentage errors of past forecasts, one row a size class and horizon.

    Each row: `least_residents` and `most_residents` (None = no bound) of the class, `horizon` in years,
    `within_50`, `within_80` and `within_95`: percent within which half, 80 and 95 of 100 outcomes lay,
    `outcomes` and the `origins` that they come from.
    """
    rows = []
    horizons = range(1, 1 + max((one.expected.totals.shape[1] for one in origins), default=0))
    for index, least in enumerate(SIZES):
        most = SIZES[index + 1] if index + 1 < len(SIZES) else None
        for horizon in horizons:
            errors, years = _errors(history, origins, index, horizon)
            if errors.size >= LEAST_ERRORS:
                within = np.quantile(errors, SHARES)
                rows.append(
                    {
                        "least_residents": least,
                        "most_residents": most,
                        "horizon": horizon,
                        **{f"within_{round(100 * s)}": float(w) for s, w in zip(SHARES, within, strict=True)},
                        "outcomes": int(errors.size),
                        "origins": years,
                    }
                )
    return rows


def _errors(
    history: History, origins: Sequence[AtOrigin], index: int, horizon: int
) -> tuple[Floats, list[int]]:
    """Absolute percentage errors of places of a size class, and the origins that have any."""
    found, years = [], []
    for one in origins:
        actual = history.actual(one.origin + horizon)
        inside = np.array([size_class(size) == index for size in one.size]) & np.isfinite(actual)
        if inside.any() and one.expected.totals.shape[1] >= horizon:
            found.append(100.0 * np.abs(one.expected.totals[inside, horizon - 1] / actual[inside] - 1.0))
            years.append(one.origin)
    return (np.concatenate(found) if found else np.empty(0)), years
