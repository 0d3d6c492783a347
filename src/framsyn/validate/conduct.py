"""Conduct drawn from what municipalities have done: percentiles of spending given need, and of the tax rate.

The 10th and 90th percentiles stand in `conduct.csv`: municipalities above 2,000 residents on the mainland,
mean of 2015–2019, adjusted for need. Dimensions hang together by a common part. Investment and loans are left
out:
no trait of them is left after two years. Drawn conduct is held in every year, which is more than observed: of
conduct about 0.92 is left each year.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.evidence.register import Z90
from framsyn.foresee.counter_random import standard_normals
from framsyn.model.layout import AMBITION, AREA_IDS, PLANNING, TAX_RATE, Floats, area_of

#: Correlation of any two dimensions of conduct.
TOGETHER = 0.1
#: Levers that are no area's spending, by id.
OTHER = {"planning": PLANNING, "tax_rate": TAX_RATE}


class Dimension(NamedTuple):
    """One dimension of conduct.

    Attributes:
        id: its id.
        lever: the lever that it is a part of.
        weight: of the lever's parts, euros per resident.
        low, high: 10th and 90th percentile; times the need's, of the tax percentage points beyond it.
    """

    id: str
    lever: int
    weight: float
    low: float
    high: float


@cache
def dimensions() -> tuple[Dimension, ...]:
    """The dimensions in the order of `conduct.csv`."""
    return tuple(
        Dimension(row["id"], _lever(row["lever"]), *(float(row[name]) for name in ("weight", "low", "high")))
        for row in rows("framsyn.validate", "conduct.csv")
    )


def _lever(name: str) -> int:
    return AMBITION + area_of(name) if name in AREA_IDS else OTHER[name]


def drawn_pins(code: str, number: int, seed: int, tax_rate: float) -> dict[int, float]:
    """Levers held under the random conduct of this number in a municipality.

    Args:
        code: the municipality, whose conduct is its own.
        number: which random conduct.
        seed: the seed.
        tax_rate: its income tax rate, percent.
    """
    names = ("common", *(dimension.id for dimension in dimensions()))
    normals = standard_normals(seed, range(number, number + 1), 1, names, f"conduct {code}")[0, 0]
    scores = np.sqrt(TOGETHER) * normals[0] + np.sqrt(1.0 - TOGETHER) * normals[1:]
    return pins_at(scores, tax_rate)


def pins_at(scores: Floats, tax_rate: float) -> dict[int, float]:
    """Levers at standard-normal scores [dimension]; spending is log-normal on each side of the usual."""
    total: dict[int, float] = {}
    weights: dict[int, float] = {}
    pins: dict[int, float] = {}
    for dimension, z in zip(dimensions(), scores.tolist(), strict=True):
        end = dimension.high if z > 0.0 else dimension.low
        if dimension.lever == TAX_RATE:
            pins[TAX_RATE] = tax_rate + end * abs(z) / Z90
            continue
        ratio = float(np.exp(np.log(end) * abs(z) / Z90))
        total[dimension.lever] = total.get(dimension.lever, 0.0) + dimension.weight * ratio
        weights[dimension.lever] = weights.get(dimension.lever, 0.0) + dimension.weight
    return pins | {lever: value / weights[lever] for lever, value in total.items()}
