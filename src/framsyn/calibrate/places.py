"""The municipalities that a baseline is made for."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.history import population_history
from framsyn.calibrate.known import AGES, cubes_by_year
from framsyn.errors import FramsynError
from framsyn.law.parameters import exempt_regions
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class Places:
    """Municipalities in order of their codes.

    Attributes:
        tables: the folder of tables.
        codes: municipality codes.
        regions: region code of each.
        population: [P, 2, 101] persons in the base year.
    """

    tables: Tables
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    population: Floats

    @property
    def size(self) -> Floats:
        """[P] persons in the base year."""
        total: Floats = self.population.sum(axis=(1, 2))
        return total

    @property
    def exempt(self) -> Booleans:
        """[P] in a self-governing region, which the reforms of 2023 and 2025 passed by."""
        return np.array([region in exempt_regions() for region in self.regions])

    @property
    def scale(self) -> float:
        """Residents of these places over those of the country that the anchors stand for."""
        return float(self.size.sum() / anchor("population"))

    def between(self, first: int, last: int) -> Floats:
        """[P] persons of ages first…last in the base year."""
        persons: Floats = self.population[:, :, first : last + 1].sum(axis=(1, 2))
        return persons

    def structure(self, year: int) -> Floats:
        """[P, 2, 101] the observed structure nearest to `year`."""
        cubes = cubes_by_year(self.tables.need("population_age_sex"), "code", list(self.codes))
        return cubes[min(cubes, key=lambda known: (abs(known - year), known))]

    def size_in(self, years: Iterable[int]) -> Floats:
        """[P, Y] persons by year; the base year's where not published."""
        known_years, persons = population_history(self.tables, self.codes)
        by_year = dict(zip(known_years.tolist(), persons.T, strict=True))
        sizes = [by_year.get(year, self.size) for year in years]
        return np.stack([np.where(np.isfinite(one), one, self.size) for one in sizes], axis=1)


def unpeopled_places(tables: Tables) -> Places:
    """The municipalities without a base population: what stands on it is NaN, other years are known."""
    frame = tables.need("municipalities").sort("code")
    nobody = np.full((frame.height, 2, AGES), np.nan)
    return Places(tables, tuple(frame["code"]), tuple(frame["region_code"]), nobody)


def open_places(tables: Tables, population: Floats) -> Places:
    """The municipalities of the folder with their base population [P, 2, 101].

    Raises:
        FramsynError: the population does not fit the municipalities.
    """
    frame = tables.need("municipalities").sort("code")
    if population.shape != (frame.height, 2, AGES):
        raise FramsynError(
            "The base population has shape {shape}; the table municipalities lists {places}:"
            " give an array of municipalities × 2 sexes × 101 ages.",
            shape=population.shape,
            places=frame.height,
        )
    return Places(tables, tuple(frame["code"]), tuple(frame["region_code"]), population)
