"""Nothing that is dated after the base year is read: garbage there changes not one bit."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.foresee.forecast.ensemble import expected
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.past import earlier, open_past
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.places.tables import Tables

from .made import Country, country, written

KEYS = ("code", "region_code", "year", "age")
READ = (
    "population_age_sex",
    "population_total",
    "population_groups",
    "components",
    "region_population_age_sex",
    "region_tfr",
    "region_fertility_age",
    "population_margins",
    "official_projection_2019",
)


def cut(table: pl.DataFrame, base: int) -> pl.DataFrame:
    return table.filter(pl.col("year") <= base)


def spoilt(table: pl.DataFrame, base: int, rng: np.random.Generator) -> pl.DataFrame:
    """Random numbers and lost rows after the base year."""
    late = pl.col("year") > base
    garbage = [
        pl.when(late)
        .then(pl.Series(rng.integers(0, 9_000, table.height)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in table.columns
        if name not in KEYS
    ]
    kept = pl.Series(rng.uniform(size=table.height) < 0.8)
    return table.with_columns(garbage).filter(~late | kept)


def same(one: object, other: object, what: str) -> None:
    """Equal to the last bit, through mappings."""
    if isinstance(one, dict):
        assert isinstance(other, dict)
        assert list(one) == list(other), what
        for key, value in one.items():
            same(value, other[key], f"{what} {key}")
    elif isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other, err_msg=what)
    else:
        assert one == other, what


def same_history(one: History, other: History) -> None:
    for field in fields(History):
        same(getattr(one, field.name), getattr(other, field.name), field.name)


# A made-up folder


BASE = 2016


@pytest.fixture(scope="module")
def land() -> Country:
    """Ten municipalities, one of which is merged after the base year."""
    sizes = [150, 400, 900, 2_000, 4_000, 8_000, 16_000, 32_000, 700, 3_000]
    return country(sizes, [0, 0, 0, 1, 1, 1, 1, 1, 2, 2], range(2000, 2021), absorbing={4: 2019})


@pytest.fixture(scope="module")
def folders(land: Country, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Tables]:
    """The tables cut at the base year, and with garbage after it."""
    rng = np.random.default_rng(6)
    clean = {name: cut(table, BASE) for name, table in land.every_table().items()}
    garbage = {name: spoilt(table, BASE, rng) for name, table in land.every_table().items()}
    garbage["population_margins_2020"] = spoilt(land.margins(2020), BASE, rng).drop("year")
    garbage["official_projection_2017"] = spoilt(land.official(BASE), BASE, rng)
    whole = tmp_path_factory.mktemp("clean"), tmp_path_factory.mktemp("garbage")
    return written(whole[0], land, **clean), written(whole[1], land, **garbage)


@pytest.fixture(scope="module")
def forecasts(folders: tuple[Tables, Tables]) -> tuple[Forecast, Forecast]:
    one, other = (fit_forecast(read_history(t, BASE), region_codes(t), 6) for t in folders)
    return one, other


def test_garbage_after_the_base_year_is_not_in_the_history(folders: tuple[Tables, Tables]) -> None:
    clean, garbage = (read_history(tables, BASE) for tables in folders)
    same_history(clean, garbage)


def test_garbage_after_the_base_year_changes_no_bit_of_the_forecast(
    forecasts: tuple[Forecast, Forecast],
) -> None:
    clean, garbage = forecasts
    assert clean.spread.origins > 0
    same(clean.expected.totals, garbage.expected.totals, "totals")
    same(dict(clean.expected.members), dict(garbage.expected.members), "members")
    same(clean.ages, garbage.ages, "ages")
    same(clean.scale, garbage.scale, "scale")
    same(clean.notes, garbage.notes, "notes")
    shares = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
    for horizon in (1, 6):
        same(clean.law(horizon, shares), garbage.law(horizon, shares), "quantiles")


def test_garbage_after_the_base_year_changes_no_bit_of_a_draw(forecasts: tuple[Forecast, Forecast]) -> None:
    numbers = range(5)
    people = [one.people(3, one.shared(numbers, 1), numbers, 1) for one in forecasts]
    same(people[0], people[1], "people")


def test_the_past_of_an_earlier_year_is_what_was_known_then(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    steady = country([900, 4_000, 16_000, 700, 9_000], [0, 0, 0, 1, 1], range(2000, 2021))
    ages_only = {"population_age_sex": steady.ages()}
    estimated = steady.every_table() | {"population_age_sex": steady.ages([2018, 2019, 2020])}
    for number, told in enumerate((ages_only, estimated)):
        tables = written(tmp_path_factory.mktemp(f"steady{number}"), steady, **told)
        for year in (2012, 2019):
            before = earlier(open_past(read_history(tables), 6), year, 6)
            then = open_past(read_history(tables, year), 6)
            assert before.history.codes == then.history.codes
            assert before.series.first_year == then.series.first_year
            for known, wanted in (
                (before.history.totals, then.history.totals),
                (before.series.local, then.series.local),
                (before.series.regional, then.series.regional),
            ):
                np.testing.assert_allclose(known, wanted, rtol=1e-11, atol=1e-9)
            np.testing.assert_allclose(expected(before).totals, expected(then).totals, rtol=1e-9)


# The reference tables


def as_written(path: Path) -> pl.DataFrame:
    """A file with every column as text but the year."""
    table = pl.read_csv(path, infer_schema=False)
    return table.with_columns(pl.col("year").cast(pl.Int64)) if "year" in table.columns else table


@pytest.mark.data
def test_garbage_after_2018_is_not_in_the_history_of_the_reference_tables(
    data_folder: Path, tmp_path: Path
) -> None:
    rng = np.random.default_rng(8)
    tables = Tables.open(data_folder)
    clean, garbage = tmp_path / "clean", tmp_path / "garbage"
    for folder in (clean, garbage):
        folder.mkdir()
        as_written(told(tables, "municipalities")).write_csv(folder / "municipalities.csv")
    for name in READ:
        table = as_written(told(tables, name))
        if "year" not in table.columns:
            table = table.with_columns(pl.lit(tables.year(name), dtype=pl.Int64).alias("year"))
        before = cut(table, 2018)
        if before.height:
            before.write_csv(clean / f"{name}.csv")
        spoilt(table, 2018, rng).write_csv(garbage / f"{name}.csv")
    one, other = (read_history(Tables.open(folder), 2018) for folder in (clean, garbage))
    assert len(one.codes) > 300
    same_history(one, other)
    same_history(one, read_history(tables, 2018))


def told(tables: Tables, name: str) -> Path:
    path = tables.path(name)
    assert path is not None, name
    return path
