"""What municipalities went through over some years: as published, or as simulated in many draws."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.model.layout import Floats

#: Series of a history, in their order: euros are per resident, deficits and surpluses of cash in a year.
SERIES = (
    "people",
    "jobs",
    "unemployment",
    "moves_in",
    "moves_out",
    "margin",
    "investment",
    "cash_flow",
    "loans",
    "tax_rate",
)
Numbers = NDArray[np.floating]


@dataclass(frozen=True)
class Controls:
    """What is taken out of differences between municipalities.

    Attributes:
        residents: [P] of the base year.
        design: [P, column] sub-regions, shares of ages and the logarithm of residents at the base year.
    """

    residents: Floats
    design: Floats

    def taken_out(self, values: Floats) -> Floats:
        """Values [P, …] less what the controls tell of them; municipalities with NaN stay NaN."""
        flat = np.asarray(values, dtype=np.float64).reshape(len(values), -1)
        known = np.isfinite(flat).all(axis=1)
        left = np.full_like(flat, np.nan)
        design = self.design[known]
        fitted = design @ np.linalg.lstsq(design, flat[known], rcond=None)[0]
        left[known] = flat[known] - fitted
        return left.reshape(values.shape)


def controls(
    residents: Floats, under_15: Floats, over_64: Floats, sub_regions: NDArray[np.int64]
) -> Controls:
    """The controls of municipalities from figures of the base year."""
    areas = (sub_regions[:, None] == np.unique(sub_regions)).astype(np.float64)
    columns = np.stack([under_15, over_64, np.log(residents)], axis=1)
    return Controls(residents, np.concatenate([areas, columns - columns.mean(axis=0)], axis=1))


@dataclass(frozen=True)
class History:
    """Municipalities over years from a base year, in one or many draws.

    Attributes:
        series: by name of `SERIES`, [P, draw, year]; NaN where it is not published.
        controls: of the base year.
    """

    series: dict[str, Numbers]
    controls: Controls

    def of(self, name: str, year: int) -> Floats:
        """[P, draw] a series in a year after the base year."""
        return np.asarray(self.series[name][:, :, year], dtype=np.float64)

    def growth(self, name: str, first: int, last: int) -> Floats:
        """[P, draw] change of the logarithm of a series, percent, the controls taken out."""
        with np.errstate(divide="ignore", invalid="ignore"):
            change = 100.0 * np.log(self.of(name, last) / self.of(name, first))
        return self.controls.taken_out(np.where(np.isfinite(change), change, np.nan))

    def years(self, name: str) -> list[int]:
        """Years in which a series is known for nine municipalities of ten."""
        known = np.isfinite(self.series[name]).mean(axis=(0, 1))
        return [int(year) for year in np.flatnonzero(known > 0.9)]
