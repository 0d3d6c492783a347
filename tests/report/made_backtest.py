"""The frames of a made-up backtest, for the tests of the report."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from framsyn.foresee import scoring

#: Every municipality of 1,000 and of 30,000 persons is missed by so many percent per year ahead.
ERRORS = {"framsyn": (1.0, 0.5), "g5": (2.0, 1.0), "no_change": (4.0, 2.0), "official_2019": (1.5, 0.4)}
ORIGINS, LAST_ORIGIN, HORIZONS, LAST = range(2008, 2018), 2017, (1, 2, 5), 2020
#: The widths of a normal distribution in standard deviations.
NORMAL = dict(zip(scoring.QUANTILES, (-1.96, -1.28, -0.67, 0.0, 0.67, 1.28, 1.96), strict=True))


class Frames(NamedTuple):
    totals: pl.DataFrame
    spread: pl.DataFrame
    ages: pl.DataFrame


@cache
def frames() -> Frames:
    """Four municipalities in two regions; the official projection has the last origin only."""
    generator = np.random.default_rng(1)
    totals: list[dict[str, Any]] = []
    spread: list[dict[str, Any]] = []
    ages: list[dict[str, Any]] = []
    for method, origin, horizon, place in _targets():
        size, sign = (1_000.0, 30_000.0)[place % 2], (1, -1)[place // 2]
        error = sign * ERRORS[method][place % 2] * horizon / 100
        key = {"method": method, "origin": origin, "horizon": horizon, "code": str(place)}
        key |= {"region": "AB"[place % 2], "size": size}
        actual = size if origin + horizon <= LAST else None
        totals.append({**key, "forecast": size * (1 + error), "actual": actual})
        wrong = {
            "absolute_error": size * abs(error) * 2 if origin == LAST_ORIGIN else None,
            "group_error": size * abs(error),
            "age_structure_error": 100 * abs(error),
            "error_under_15": 100 * error,
            "error_65_plus": -50 * error,
        }
        ages.append({**key, "persons": actual, **wrong})
        for target in ("total", "6", "0-5", "85+") if method == "framsyn" else ():
            middle = size + generator.normal(0, size / 100)
            ends = {name: middle + z * size / 100 for name, z in NORMAL.items()}
            spread.append(
                {
                    **key,
                    "target": target,
                    **ends,
                    "crps": size / 400,
                    "pit": generator.uniform(),
                    "actual": actual,
                }
            )
    return Frames(*(pl.DataFrame(rows, infer_schema_length=None) for rows in (totals, spread, ages)))


def _targets() -> list[tuple[str, int, int, int]]:
    return [
        (method, origin, horizon, place)
        for method in ERRORS
        for origin in (ORIGINS if method != "official_2019" else [LAST_ORIGIN])
        for horizon in HORIZONS
        for place in range(4)
    ]
