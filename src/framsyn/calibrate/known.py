"""What is known about the population, gathered from the tables into arrays.

P municipalities and R regions sorted by code; sex 0 male, 1 female; age 0..100, 100 open.
Persons stand at 31 December.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SEXES = ("male", "female")
AGES = 101
LAST_AGE = AGES - 1
MINIMUM_YEARS = 2


@dataclass(frozen=True)
class Projection:
    """An official projection: the year it starts from, and persons [P, 101] by year, NaN = none."""

    base: int
    years: dict[int, Floats]


@dataclass(frozen=True)
class YearMargins:
    """What is published for a year without a structure; shares in percent, rounded to 0.1.

    `total` [P], `sex` [P, 2], `young` (under 15), `old` (65+) and `mean_age` [P]; NaN = none.
    """

    year: int
    total: Floats
    sex: Floats
    young: Floats
    old: Floats
    mean_age: Floats


@dataclass(frozen=True)
class Known:
    """All that the base population may use.

    Attributes:
        codes: the municipalities.
        region_of: index of the region of each municipality [P].
        observed: structures by year, persons [P, 2, 101].
        totals: persons by year [P]; NaN = not published.
        births: live births by year [P]; NaN = not published.
        regional: structures of the regions by year, persons [R, 2, 101].
        mortality: death rates of the regions by year [R, 2, 101].
        projections: editions of the official projection, oldest first.
        margins: what is published for the latest year, if any.
    """

    codes: tuple[str, ...]
    region_of: Ints
    observed: dict[int, Floats]
    totals: dict[int, Floats]
    births: dict[int, Floats]
    regional: dict[int, Floats]
    mortality: dict[int, Floats]
    projections: tuple[Projection, ...]
    margins: YearMargins | None

    @property
    def origin(self) -> int:
        """The last year with an observed structure."""
        return max(self.observed)

    def as_of(self, origin: int, target: int) -> "Known":
        """What would be known in `target` had the last structure been that of `origin`.

        The margins of `target` are counted from its observed structure, rounded as published.
        """
        truth = self.observed[target]
        return replace(
            self,
            observed={y: v for y, v in self.observed.items() if y <= origin},
            totals={y: v for y, v in self.totals.items() if y <= target},
            births={y: v for y, v in self.births.items() if y <= target},
            regional={y: v for y, v in self.regional.items() if y <= target},
            mortality={y: v for y, v in self.mortality.items() if y <= target},
            projections=tuple(p for p in self.projections if p.base <= origin),
            margins=margins_of(truth, target),
        )


def margins_of(count: Floats, year: int) -> YearMargins:
    """Count the margins of a structure [P, 2, 101], shares and mean age rounded to 0.1.

    The mean exact age is half a year above the mean completed age.
    """
    total = count.sum(axis=(1, 2))
    return YearMargins(
        year=year,
        total=total,
        sex=count.sum(axis=2),
        young=np.round(100 * count[:, :, :15].sum(axis=(1, 2)) / total, 1),
        old=np.round(100 * count[:, :, 65:].sum(axis=(1, 2)) / total, 1),
        mean_age=np.round(mean_age(count), 1),
    )


def mean_age(count: Floats) -> Floats:
    """Mean exact age in years [P] of a structure [P, 2, 101]."""
    total: Floats = count.sum(axis=(1, 2))
    years: Floats = count.sum(axis=1) @ np.arange(AGES) / total + 0.5
    return years


def read_known(tables: Tables) -> Known:
    """Gather everything about the population from the tables.

    Raises:
        FramsynError: fewer than two observed structures, or one with a gap.
    """
    municipalities = tables.need("municipalities").sort("code")
    codes = municipalities["code"].to_list()
    regions = sorted(set(municipalities["region_code"]))
    region_of = np.array([regions.index(code) for code in municipalities["region_code"]])
    return Known(
        codes=tuple(codes),
        region_of=region_of,
        observed=_observed(tables, codes),
        totals=_totals(tables, codes),
        births=_by_year(tables.get("components"), "births", codes),
        regional=_regional(tables, "region_population_age_sex", regions),
        mortality=_regional(tables, "region_mortality_modelled", regions),
        projections=read_projections(tables, codes),
        margins=_margins(tables, codes),
    )


def _observed(tables: Tables, codes: list[str]) -> dict[int, Floats]:
    frame = tables.need("population_age_sex")
    path = tables.path("population_age_sex")
    file = path.name if path else "population_age_sex"
    cubes = cubes_by_year(frame, "code", codes)
    if len(cubes) < MINIMUM_YEARS:
        raise FramsynError("{file} has one year: at least two are needed. Add one.", file=file)
    for year, cube in cubes.items():
        gaps = np.argwhere(np.isnan(cube))
        if gaps.size:
            place, sex, age = gaps[0]
            raise FramsynError(
                "{file}: municipality {code} has no population of age {age} ({sex}) in {year}."
                " Every municipality needs each age 0–100 in each year.",
                file=file,
                code=codes[place],
                age=age,
                sex=SEXES[sex],
                year=year,
            )
    return cubes


def cubes_by_year(frame: pl.DataFrame, key: str, codes: list[str]) -> dict[int, Floats]:
    """Persons or rates [len(codes), 2, 101] by year from a long table, NaN where it says nothing.

    Counts above age 100 are added to the open age.
    """
    folded = (
        frame.with_columns(pl.col("age").clip(upper_bound=LAST_AGE))
        .group_by(key, "year", "age")
        .agg(pl.when(pl.col(s).null_count() == 0).then(pl.col(s).sum()).alias(s) for s in SEXES)
    )
    cubes = {}
    for (year,), part in folded.group_by("year"):
        cube = np.full((len(codes), 2, AGES), np.nan)
        index = places(part, key, codes)
        for sex, column in enumerate(SEXES):
            cube[index, sex, part["age"].to_numpy()] = part[column].to_numpy()
        cubes[int(str(year))] = cube
    return dict(sorted(cubes.items()))


def places(frame: pl.DataFrame, key: str, codes: list[str]) -> Ints:
    """The index among `codes` of each row's code."""
    order = {code: index for index, code in enumerate(codes)}
    return np.array([order[code] for code in frame[key]], dtype=np.int64)


def column(frame: pl.DataFrame, name: str, codes: list[str]) -> Floats:
    """A column [P] by municipality; NaN where it is blank or absent."""
    values = np.full(len(codes), np.nan)
    if name in frame.columns:
        values[places(frame, "code", codes)] = frame[name].cast(pl.Float64).to_numpy()
    return values


def _by_year(frame: pl.DataFrame | None, name: str, codes: list[str]) -> dict[int, Floats]:
    if frame is None or name not in frame.columns:
        return {}
    parts = {int(str(year)): column(part, name, codes) for (year,), part in frame.group_by("year")}
    return {year: values for year, values in sorted(parts.items()) if np.isfinite(values).any()}


def _totals(tables: Tables, codes: list[str]) -> dict[int, Floats]:
    from_components = _by_year(tables.get("components"), "population", codes)
    return from_components | _by_year(tables.get("population_total"), "population", codes)


def _regional(tables: Tables, name: str, regions: list[str]) -> dict[int, Floats]:
    frame = tables.get(name)
    if frame is None:
        return {}
    cubes = cubes_by_year(frame, "region_code", regions)
    return {year: cube for year, cube in cubes.items() if np.isfinite(cube).all()}


def read_projections(tables: Tables, codes: list[str]) -> tuple[Projection, ...]:
    """Every edition of the official projection, oldest first."""
    editions = []
    for name in tables.editions("official_projection"):
        frame = tables.need(name)
        years = {}
        for (year,), part in frame.group_by("year"):
            ages = [header for header in part.columns if header.isdigit() and int(header) < AGES]
            cube = np.full((len(codes), AGES), np.nan)
            columns = np.array([int(age) for age in ages], dtype=np.int64)
            cube[np.ix_(places(part, "code", codes), columns)] = part.select(ages).to_numpy()
            years[int(str(year))] = cube
        # A projection's first year is one after the structure that it starts from.
        editions.append(Projection(base=min(years) - 1, years=dict(sorted(years.items()))))
    return tuple(sorted(editions, key=lambda edition: edition.base))


def _margins(tables: Tables, codes: list[str]) -> YearMargins | None:
    frame = tables.get("population_margins")
    if frame is None:
        return None
    year = tables.year("population_margins")
    if "year" in frame.columns:
        frame = frame.filter(pl.col("year") == year)
    return YearMargins(
        year=year,
        total=column(frame, "population", codes),
        sex=np.stack([column(frame, sex, codes) for sex in SEXES], axis=1),
        young=column(frame, "share_u15", codes),
        old=column(frame, "share_65p", codes),
        mean_age=column(frame, "mean_age", codes),
    )
