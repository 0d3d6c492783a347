"""What is known of the population up to a base year: the only input of every forecast method."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from framsyn.core.arrays import Floats, Ints
from framsyn.model.layout import AGES

OPEN_AGE = AGES - 1
Bounds = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class History:
    """The past of P municipalities in R regions up to `base_year`; nothing later is in it.

    Attributes:
        base_year: persons stand at 31 December of a year; this is the last.
        codes: municipality codes, sorted.
        region: [P] index of each place's region.
        cluster: [P] index of a smaller neighbourhood (the subregion); None when not told.
        first_year: year of the first column of `totals`.
        totals: [P, Y] persons by year, inner gaps filled; NaN = not known. Complete in the base year.
        published: [P, Y] whether the total was published rather than filled.
        groups: persons by age group [P, G] by year, both sexes; NaN = not published.
        bounds: first and last age of each group.
        structures: observed persons [P, 2, 101] by year; a municipality of NaN = not published.
        regional: persons [R, 2, 101] by year as published for the regions.
        births: live births [P] by year; NaN = not published.
        fertility: age-specific fertility rates of the regions [R, 101] by year.
        carried: years over which the ages of the base were carried from an observed year before they
            were given as its structure; 0 where they were observed.
        notes: what was lacking, left out or filled, in English sentences.
    """

    base_year: int
    codes: tuple[str, ...]
    region: Ints
    cluster: Ints | None
    first_year: int
    totals: Floats
    published: NDArray[np.bool_]
    groups: Mapping[int, Floats]
    bounds: Bounds
    structures: Mapping[int, Floats]
    regional: Mapping[int, Floats]
    births: Mapping[int, Floats]
    fertility: Mapping[int, Floats]
    carried: int = 0
    notes: tuple[str, ...] = ()

    @property
    def regions(self) -> int:
        """Number of regions."""
        return int(self.region.max()) + 1

    @property
    def years(self) -> Ints:
        """Years of `totals`."""
        return np.arange(self.first_year, self.base_year + 1)

    @property
    def base(self) -> Floats:
        """[P] persons in the base year."""
        return self.totals[:, -1]

    def total(self, year: int) -> Floats:
        """[P] persons at the end of a year; NaN where not known."""
        if not self.first_year <= year <= self.base_year:
            return np.full(len(self.codes), np.nan)
        return self.totals[:, year - self.first_year]

    def actual(self, year: int) -> Floats:
        """[P] persons at the end of a year as published; NaN where only filled or not known."""
        if not self.first_year <= year <= self.base_year:
            return np.full(len(self.codes), np.nan)
        column = year - self.first_year
        return np.where(self.published[:, column], self.totals[:, column], np.nan)

    def with_base(self, count: Floats, carried: int) -> "History":
        """The same with the ages [P, 2, 101] of the base year given, `carried` years from observed ones."""
        structures = dict(self.structures) | {self.base_year: count}
        return replace(self, structures=structures, carried=carried)

    def until(self, year: int) -> "History":
        """What was known at the end of an earlier year."""

        def cut(known: Mapping[int, Floats]) -> dict[int, Floats]:
            return {y: v for y, v in known.items() if y <= year}

        return replace(
            self,
            base_year=year,
            totals=self.totals[:, : year - self.first_year + 1],
            published=self.published[:, : year - self.first_year + 1],
            carried=0,
            groups=cut(self.groups),
            structures=cut(self.structures),
            regional=cut(self.regional),
            births=cut(self.births),
            fertility=cut(self.fertility),
        )
