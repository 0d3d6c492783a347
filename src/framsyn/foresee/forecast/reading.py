"""From a folder of tables to a history, with nothing in it that is dated after the base year."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from framsyn.calibrate.known import (
    AGES,
    SEXES,
    Floats,
    Ints,
    Projection,
    cubes_by_year,
    places,
    read_projections,
)
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.gaps import complete_cubes, fill_totals, rescaled, spread_open_age, table_end
from framsyn.foresee.forecast.history import Bounds, History
from framsyn.places.schema import AGE_GROUP
from framsyn.places.tables import Tables

LAST_AGE = AGES - 1
TOTALS = (("population_total", "population"), ("population_groups", "total"), ("components", "population"))


def read_history(tables: Tables, base_year: int | None = None) -> History:
    """Everything about the population that is dated `base_year` or before.

    Args:
        tables: the folder; at the least `municipalities`, and either several years of
            `population_age_sex` or one year plus totals or groups of earlier years.
        base_year: the last year that may be read; the latest with a population when None.

    Raises:
        FramsynError: a municipality without any population, or no population in the base year.
    """
    listed = tables.need("municipalities").sort("code")
    codes = listed["code"].to_list()
    region = indexed(listed["region_code"].to_list())
    notes: list[str] = []
    structures, said = _structures(tables, codes, base_year)
    notes += said
    groups, bounds = _groups(tables, codes, base_year)
    by_year = _totals(tables, codes, base_year, structures, groups)
    last = _base_year(by_year, base_year)
    first = min(by_year)
    totals = np.full((len(codes), last - first + 1), np.nan)
    for year, values in by_year.items():
        totals[:, year - first] = values
    published = totals > 0
    totals, scale, said = fill_totals(totals, first, codes)
    notes += said
    _check_base(totals[:, -1], codes, last)
    regions = sorted(set(listed["region_code"]))
    return History(
        base_year=last,
        codes=tuple(codes),
        region=region,
        cluster=_clusters(listed),
        first_year=first,
        totals=totals,
        published=published,
        groups=rescaled(groups, scale, first),
        bounds=bounds,
        structures=rescaled(structures, scale, first),
        regional=_regional(tables, regions, last),
        births=rescaled(_births(tables, codes, last), scale, first),
        fertility=_fertility(tables, regions, last),
        notes=tuple(notes),
    )


def region_codes(tables: Tables) -> tuple[str, ...]:
    """[P] the code of each municipality's region, municipalities sorted by code."""
    return tuple(tables.need("municipalities").sort("code")["region_code"])


def projections_of(tables: Tables, codes: Sequence[str]) -> tuple[Projection, ...]:
    """The official projections of a folder, oldest first."""
    return read_projections(tables, list(codes))


def indexed(keys: Sequence[str]) -> Ints:
    """The place of each key among the sorted keys."""
    order = {key: index for index, key in enumerate(sorted(set(keys)))}
    return np.array([order[key] for key in keys], dtype=np.int64)


def _clusters(listed: pl.DataFrame) -> Ints | None:
    if "subregion_code" not in listed.columns or listed["subregion_code"].null_count():
        return None
    return indexed(listed["subregion_code"].to_list())


def _before(frame: pl.DataFrame | None, base_year: int | None) -> pl.DataFrame | None:
    if frame is None or base_year is None:
        return frame
    return frame.filter(pl.col("year") <= base_year)


def _structures(
    tables: Tables, codes: list[str], base_year: int | None
) -> tuple[dict[int, Floats], list[str]]:
    frame = _before(tables.get("population_age_sex"), base_year)
    if frame is None or frame.is_empty():
        return {}, []
    cubes = cubes_by_year(frame, "code", codes)
    blank = frame.select(
        "code", "year", "age", *(pl.col(sex).is_null().cast(pl.Float64).alias(sex) for sex in SEXES)
    )
    blanks = {year: np.nan_to_num(cube) for year, cube in cubes_by_year(blank, "code", codes).items()}
    settled, notes = complete_cubes(cubes, blanks, codes)
    ends = {year: table_end(cube, blanks[year]) for year, cube in cubes.items()}
    spread, more = spread_open_age(settled, ends)
    return spread, notes + more


def _groups(tables: Tables, codes: list[str], base_year: int | None) -> tuple[dict[int, Floats], Bounds]:
    frame = _before(tables.get("population_groups"), base_year)
    if frame is None or frame.is_empty():
        return {}, ()
    headers = sorted((h for h in frame.columns if AGE_GROUP.fullmatch(h)), key=lambda h: _ends(h)[0])
    bounds = tuple(_ends(header) for header in headers)
    if not _partition(bounds):
        return {}, ()
    found = {}
    for (year,), part in frame.group_by("year"):
        values = np.full((len(codes), len(headers)), np.nan)
        values[places(part, "code", codes)] = part.select(headers).cast(pl.Float64).to_numpy()
        found[int(str(year))] = values
    return dict(sorted(found.items())), bounds


def _ends(header: str) -> tuple[int, int]:
    if header.endswith("+"):
        return int(header[:-1]), LAST_AGE
    first, last = header.split("-")
    return int(first), min(int(last), LAST_AGE)


def _partition(bounds: Bounds) -> bool:
    """Whether the groups hold every age once."""
    ages = [age for first, last in bounds for age in range(first, last + 1)]
    return ages == list(range(AGES))


def _totals(
    tables: Tables,
    codes: list[str],
    base_year: int | None,
    structures: dict[int, Floats],
    groups: dict[int, Floats],
) -> dict[int, Floats]:
    """Persons [P] by year: published, else the sum of ages or groups."""
    found: dict[int, Floats] = {}

    def add(year: int, values: Floats) -> None:
        now = found.get(year)
        found[year] = values if now is None else np.where(np.isnan(now), values, now)

    for name, column in TOTALS:
        for year, values in _column(_before(tables.get(name), base_year), column, codes).items():
            add(year, values)
    for year, cube in structures.items():
        add(year, cube.sum(axis=(1, 2)))
    for year, group in groups.items():
        add(year, group.sum(axis=1))
    for year, values in _column(_before(_margins(tables), base_year), "population", codes).items():
        add(year, values)
    return {year: values for year, values in sorted(found.items()) if np.isfinite(values).any()}


def _margins(tables: Tables) -> pl.DataFrame | None:
    """The table of that name, with the year of its file name where it has no column of years."""
    margins = tables.get("population_margins")
    if margins is None or "year" in margins.columns:
        return margins
    return margins.with_columns(pl.lit(tables.year("population_margins"), dtype=pl.Int64).alias("year"))


def _column(frame: pl.DataFrame | None, name: str, codes: list[str]) -> dict[int, Floats]:
    """A column [P] by year; NaN where it is blank or absent."""
    if frame is None or name not in frame.columns:
        return {}
    found = {}
    for (year,), part in frame.group_by("year"):
        values = np.full(len(codes), np.nan)
        values[places(part, "code", codes)] = part[name].cast(pl.Float64).to_numpy()
        found[int(str(year))] = values
    return dict(sorted(found.items()))


def _base_year(by_year: dict[int, Floats], asked: int | None) -> int:
    if not by_year and asked is None:
        raise FramsynError("The folder tells no population: give the table population_age_sex.")
    if not by_year:
        raise FramsynError(
            "No population is dated {year} or before: give population_age_sex with that year, or a later"
            " --base-year.",
            year=asked,
        )
    last = max(by_year)
    if asked is not None and last != asked:
        raise FramsynError(
            "No population stands at the end of {year}; the latest before it is {last}. Use --base-year"
            " {last}.",
            year=asked,
            last=last,
        )
    return last


def _check_base(base: Floats, codes: list[str], year: int) -> None:
    missing = [code for code, persons in zip(codes, base, strict=True) if not persons > 0]
    if missing:
        raise FramsynError(
            "{count} municipalities have no population at the end of {year}: {codes}. Add their rows, or take"
            " them out of municipalities.",
            count=len(missing),
            year=year,
            codes=", ".join(missing[:5]),
        )


def _regional(tables: Tables, regions: list[str], last: int) -> dict[int, Floats]:
    frame = _before(tables.get("region_population_age_sex"), last)
    if frame is None:
        return {}
    cubes = cubes_by_year(frame, "region_code", regions)
    return {year: cube for year, cube in cubes.items() if np.isfinite(cube).all()}


def _births(tables: Tables, codes: list[str], last: int) -> dict[int, Floats]:
    told = _column(_before(tables.get("components"), last), "births", codes)
    return {year: values for year, values in told.items() if np.isfinite(values).any()}


def _fertility(tables: Tables, regions: list[str], last: int) -> dict[int, Floats]:
    """Age-specific fertility rates [R, 101] by year: the region's TFR along its age pattern."""
    level = _before(tables.get("region_tfr"), last)
    pattern = _before(tables.get("region_fertility_age"), last)
    if level is None or pattern is None:
        return {}
    joined = pattern.join(level, on=["region_code", "year"]).filter(pl.col("age") < AGES)
    order = {code: index for index, code in enumerate(regions)}
    found: dict[int, Floats] = {}
    for (year,), part in joined.group_by("year"):
        rates = np.full((len(regions), AGES), np.nan)
        rows = np.array([order[code] for code in part["region_code"]])
        rates[rows] = 0.0
        rates[rows, part["age"].to_numpy()] = (part["tfr"] * part["percent_of_tfr"] / 100.0).to_numpy()
        if np.isfinite(rates).all():
            found[int(str(year))] = rates
    return dict(sorted(found.items()))
