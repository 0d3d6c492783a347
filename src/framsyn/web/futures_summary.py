"""A municipality's futures under every posture, read once: what its pages show of them."""

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
class FuturesSummary:
    """What is shown of the futures; the single trajectories are let go of.

    Attributes:
        summary: mean and quantiles of every indicator.
        ages: [posture, year, sex, age] mean residents, men first.
        findings: what each posture's trajectories have in common.
        draws: how many each posture has.
    """

    summary: Summary
    ages: NDArray[np.float64] = field(repr=False)
    findings: Mapping[str, Finding]
    draws: int

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return self.summary.values.nbytes + self.ages.nbytes


def summarised_futures(m: Municipality, years: int, draws: int, seed: int) -> FuturesSummary:
    """Simulate the futures of a municipality as `framsyn foresee` does, and read them."""
    futures = foresee(m, DEFAULT_POSTURES, years, draws, seed)
    return FuturesSummary(
        summary=summarise(futures),
        ages=by_age(futures),
        findings={posture: finding(futures, posture) for posture in DEFAULT_POSTURES},
        draws=draws,
    )
