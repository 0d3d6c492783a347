"""A municipality's futures under every posture, read once: what its pages tell of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framsyn.foresee.futures import DEFAULT_POSTURES, foresee
from framsyn.places.municipality import Municipality
from framsyn.report.figures import by_age
from framsyn.report.findings import Finding, finding
from framsyn.report.summary import Summary, summarise


@dataclass(frozen=True)
class Lives:
    """What is told of the futures; the single lives are let go of.

    Attributes:
        summary: mean and quantiles of every indicator.
        ages: [posture, year, sex, age] mean residents, men first.
        findings: what each posture's lives have in common.
        draws: worlds.
    """

    summary: Summary
    ages: NDArray[np.float64] = field(repr=False)
    findings: Mapping[str, Finding]
    draws: int

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return self.summary.values.nbytes + self.ages.nbytes


def lives_of(m: Municipality, years: int, draws: int, seed: int) -> Lives:
    """Live the futures of a municipality as `framsyn foresee` does, and read them."""
    futures = foresee(m, DEFAULT_POSTURES, years, draws, seed)
    return Lives(
        summary=summarise(futures),
        ages=by_age(futures),
        findings={posture: finding(futures, posture) for posture in DEFAULT_POSTURES},
        draws=draws,
    )
