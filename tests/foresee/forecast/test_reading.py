from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.calibrate.known import Floats
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.gaps import breaks, complete_cubes, fill_totals, spread_open_age, table_end
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.reading import read_history
from framsyn.places.tables import Tables

from .made import Country, country, written

NOTHING = np.zeros((1, 2, 101))


def read(folder: Path, land: Country, base_year: int | None = None, /, **tables: pl.DataFrame) -> History:
    return read_history(written(folder, land, **tables), base_year)


def refused(folder: Path, land: Country, base_year: int | None = None, /, **tables: pl.DataFrame) -> str:
    with pytest.raises(FramsynError) as raised:
        read(folder, land, base_year, **tables)
    return str(raised.value)


def cube(persons: float = 50.0) -> Floats:
    return np.full((1, 2, 101), persons)


@pytest.fixture(scope="module")
def small() -> Country:
    """Four municipalities in two regions, 2010–2020."""
    return country([900, 2_000, 6_000, 15_000], [0, 0, 1, 1], range(2010, 2021))


# What rows and blanks mean


def test_a_folder_is_read_as_it_was_written(tmp_path: Path, small: Country) -> None:
    history = read(tmp_path, small, population_age_sex=small.ages())
    assert history.base_year == 2020
    assert history.codes == small.codes
    assert history.notes == ()
    np.testing.assert_array_equal(history.region, small.region)
    np.testing.assert_allclose(history.totals, small.totals, rtol=1e-13)
    assert history.published.all()
    assert sorted(history.structures) == small.years
    for year, people in zip(small.years, small.people, strict=True):
        np.testing.assert_array_equal(history.structures[year], people)


def test_every_table_is_read_into_its_place(tmp_path: Path, small: Country) -> None:
    history = read(tmp_path, small, 2018, **small.every_table())
    assert max(history.structures) == max(history.groups) == max(history.births) == 2018
    assert max(history.regional) == max(history.fertility) == 2018
    assert history.bounds[0] == (0, 17)
    assert history.bounds[-1] == (75, 100)
    np.testing.assert_array_equal(history.groups[2018][:, 0], small.people[8, :, :, :18].sum(axis=(1, 2)))
    np.testing.assert_array_equal(history.regional[2018], small.regional(2018))
    np.testing.assert_array_equal(history.births[2018], small.people[8, :, :, 0].sum(axis=1))
    np.testing.assert_allclose(history.fertility[2018].sum(axis=1), 1.75)


def test_subregions_are_neighbourhoods_where_they_are_told(tmp_path: Path, small: Country) -> None:
    told = small.municipalities().with_columns(pl.Series("subregion_code", ["b", "a", "c", "a"]))
    history = read(tmp_path, small, municipalities=told, population_age_sex=small.ages())
    assert history.cluster is not None
    assert history.cluster.tolist() == [1, 0, 2, 0]
    assert read(tmp_path, small, population_age_sex=small.ages()).cluster is None


def test_absent_rows_are_nobody_of_that_age(tmp_path: Path, small: Country) -> None:
    whole = small.ages()
    without = whole.filter((pl.col("male") > 0) | (pl.col("female") > 0))
    absent = whole.height - without.height
    assert absent > 0
    history = read(tmp_path, small, population_age_sex=without)
    assert history.notes == (f"population_age_sex: {absent} absent rows are taken as nobody of that age",)
    np.testing.assert_array_equal(history.structures[2020], small.people[-1])


def test_an_absent_row_among_many_is_a_gap_and_the_year_of_the_municipality_not_known() -> None:
    gone = cube()
    gone[0, :, 40] = np.nan
    settled, notes = complete_cubes({2020: gone, 2021: cube()}, {2020: NOTHING, 2021: NOTHING}, ["017"])
    assert sorted(settled) == [2021]
    assert notes == [
        "population_age_sex 2020: 1 municipalities lack ages and are taken as not published (017)"
    ]


def test_an_absent_row_among_few_is_nobody() -> None:
    gone = cube(3.0)
    gone[0, :, 40] = np.nan
    settled, notes = complete_cubes({2020: gone}, {2020: NOTHING}, ["017"])
    assert (settled[2020][0, :, 40] == 0).all()
    assert settled[2020].sum() == 200 * 3
    assert notes == ["population_age_sex: 1 absent rows are taken as nobody of that age"]


def test_a_blank_is_never_zero(tmp_path: Path, small: Country) -> None:
    at = (pl.col("code") == "011") & (pl.col("year") == 2015) & (pl.col("age") == 98)
    told = small.ages().with_columns(pl.when(~at).then(pl.col("male")).alias("male"))
    history = read(tmp_path, small, population_age_sex=told)
    assert np.isnan(history.structures[2015][1]).all()
    assert np.isfinite(history.structures[2015][[0, 2, 3]]).all()
    assert "population_age_sex 2015: 1 municipalities lack ages" in history.notes[0]
    assert not history.published[1, 5]
    assert history.published.sum() == history.published.size - 1
    assert np.isnan(history.actual(2015)[1])
    assert np.isfinite(history.total(2015)).all()


def test_a_sex_that_is_wholly_absent_is_not_published() -> None:
    one = cube(2.0)
    one[0, 0] = np.nan
    settled, notes = complete_cubes({2020: one, 2021: cube()}, {2020: NOTHING, 2021: NOTHING}, ["017"])
    assert 2020 not in settled
    assert "not published" in notes[0]


def test_a_municipality_without_rows_in_a_year_is_not_known_in_it(tmp_path: Path, small: Country) -> None:
    told = small.ages().filter((pl.col("code") != "012") | (pl.col("year") != 2014))
    history = read(tmp_path, small, population_age_sex=told)
    assert np.isnan(history.structures[2014][2]).all()
    assert np.isnan(history.actual(2014)[2])
    around = np.sqrt(small.totals[2, 3] * small.totals[2, 5])
    assert history.total(2014)[2] == pytest.approx(around)


def test_ages_above_a_hundred_are_counted_in_the_open_age(tmp_path: Path, small: Country) -> None:
    old = pl.DataFrame({"code": "010", "year": 2020, "age": 104, "male": 2.0, "female": 5.0})
    history = read(tmp_path, small, population_age_sex=pl.concat([small.ages(), old], how="vertical_relaxed"))
    np.testing.assert_array_equal(
        history.structures[2020][0, :, 100] - small.people[-1, 0, :, 100], [2.0, 5.0]
    )


# An open age below a hundred


def ending_at(table: pl.DataFrame, age: int) -> pl.DataFrame:
    open_age = (
        table.with_columns(pl.col("age").clip(upper_bound=age))
        .group_by("code", "year", "age", maintain_order=True)
        .agg(pl.col("male", "female").sum())
    )
    return open_age.sort("code", "year", "age")


@pytest.mark.parametrize("last", [75, 85, 90, 95])
def test_an_open_age_below_a_hundred_is_spread(tmp_path: Path, small: Country, last: int) -> None:
    history = read(tmp_path, small, population_age_sex=ending_at(small.ages(), last))
    assert history.notes == (
        f"population_age_sex ends at age {last} in 2010–2020: those above are spread over {last}–100",
    )
    for year, people in zip(small.years, small.people, strict=True):
        told = history.structures[year]
        np.testing.assert_array_equal(told[..., :last], people[..., :last])
        np.testing.assert_allclose(told[..., last:].sum(axis=-1), people[..., last:].sum(axis=-1))
        assert (np.diff(told[..., last:], axis=-1) <= 0).all()
    # In all, the ages are much as they were: no heap of people at the last age.
    whole, truth = history.structures[2020].sum(axis=(0, 1)), small.people[-1].sum(axis=(0, 1))
    assert np.abs(whole - truth)[last:].sum() < 0.35 * truth[last:].sum()


def test_the_open_age_may_change_between_the_years(tmp_path: Path, small: Country) -> None:
    early, late = ending_at(small.ages(range(2010, 2015)), 85), small.ages(range(2015, 2021))
    history = read(tmp_path, small, population_age_sex=pl.concat([early, late], how="vertical_relaxed"))
    assert history.notes == (
        "population_age_sex ends at age 85 in 2010–2014: those above are spread over 85–100",
    )
    assert (history.structures[2014][3, :, 88] > 0).all()
    np.testing.assert_array_equal(history.structures[2015], small.people[5])


def test_a_last_age_where_few_are_left_is_no_open_age() -> None:
    falling = np.maximum(60.0 - np.arange(101.0), 0.0) * np.ones((1, 2, 1))
    falling[..., 60:] = np.nan
    end = table_end(falling, NOTHING)
    assert end == 59
    settled, _ = complete_cubes({2020: falling}, {2020: NOTHING}, ["017"])
    spread, notes = spread_open_age(settled, {2020: end})
    assert notes == []
    np.testing.assert_array_equal(spread[2020], settled[2020])


# Totals


def test_totals_between_two_known_years_lie_on_an_exponential_line() -> None:
    told = np.array([[np.nan, 100.0, np.nan, np.nan, 800.0, 810.0], [5.0, 5.0, 5.0, 5.0, 5.0, 5.0]])
    filled, scale, notes = fill_totals(told[:, :5], 2000, ["a", "b"])
    np.testing.assert_allclose(filled[0, 1:], [100.0, 200.0, 400.0, 800.0])
    assert np.isnan(filled[0, 0])
    np.testing.assert_array_equal(scale, 1.0)
    assert notes == ["population totals: 2 gaps filled on a line between the years around them"]


def test_a_total_of_nobody_is_no_total() -> None:
    told = np.array([[0.0, 0.0, 100.0, 0.0, 104.04], [50.0, 50.0, 50.0, 50.0, 0.0]])
    filled, _, _ = fill_totals(told, 2000, ["a", "b"])
    np.testing.assert_allclose(filled[0], [np.nan, np.nan, 100.0, 102.0, 104.04])
    np.testing.assert_allclose(filled[1], [50.0, 50.0, 50.0, 50.0, np.nan])


def test_a_published_zero_is_not_taken_as_a_published_total(tmp_path: Path, small: Country) -> None:
    empty = (pl.col("code") == "010") & (pl.col("year") < 2013)
    told = small.total_table().with_columns(pl.when(~empty).then(pl.col("population")).otherwise(0.0))
    ages = small.ages(range(2015, 2021))
    history = read(tmp_path, small, population_age_sex=ages, population_total=told)
    assert np.isnan(history.totals[0, :3]).all()
    assert not history.published[0, :3].any()
    assert np.isfinite(history.totals[0, 3:]).all()


def test_a_jump_is_a_change_of_borders_and_earlier_years_are_brought_to_it() -> None:
    rng = np.random.default_rng(3)
    growth = np.exp(np.cumsum(0.01 * rng.standard_normal((2, 20)), axis=1))
    told = 1000.0 * growth
    told[0, 12:] *= 1.6
    filled, scale, notes = fill_totals(told, 2000, ["a", "b"])
    assert notes == [
        "population totals: a jump is taken as a change of borders, and the years before scaled to it:"
        " a in 2012"
    ]
    assert filled[0, 11] == pytest.approx(filled[0, 12])
    np.testing.assert_allclose(np.diff(np.log(filled[0, :12])), np.diff(np.log(growth[0, :12])))
    np.testing.assert_allclose(filled[0, 12:], told[0, 12:])
    np.testing.assert_allclose(filled[1], told[1])
    np.testing.assert_allclose(scale[0], [filled[0, 11] / told[0, 11]] * 12 + [1.0] * 8)
    np.testing.assert_array_equal(scale[1], 1.0)


def test_strong_but_steady_growth_is_no_change_of_borders() -> None:
    assert breaks(np.full(20, np.log(1.08))) == []
    assert breaks(np.log(1.0 + np.array([0.2, 0.15, 0.2, 0.25, 0.2]))) == []
    assert breaks(np.array([0.01, -0.01, 0.47, 0.02, -0.01])) == [2]
    assert breaks(np.array([0.01, -0.01, -0.4, 0.02, np.nan])) == [2]
    assert breaks(np.full(3, np.nan)) == []


def test_ages_groups_and_births_before_a_merger_are_brought_to_the_new_borders(tmp_path: Path) -> None:
    land = country([4_000, 5_000, 6_000], [0, 0, 0], range(2005, 2021), absorbing={1: 2016})
    history = read(tmp_path, land, **land.every_table())
    assert history.notes[0].endswith("scaled to it: 011 in 2016")
    part = history.total(2015)[1] / land.totals[1, 10]
    assert part == pytest.approx(1.6, rel=0.03)
    people = land.people[10, 1]
    np.testing.assert_allclose(history.structures[2015][1], part * people)
    np.testing.assert_allclose(history.groups[2015][1, 0], part * people[:, :18].sum())
    np.testing.assert_allclose(history.births[2015][1], part * people[:, 0].sum())
    np.testing.assert_array_equal(history.structures[2016][1], land.people[11, 1])
    np.testing.assert_array_equal(history.structures[2015][[0, 2]], land.people[10, [0, 2]])


def test_totals_are_taken_from_where_they_are_published_first(tmp_path: Path, small: Country) -> None:
    registered = small.total_table().with_columns(pl.col("population") + 7.0)
    history = read(
        tmp_path,
        small,
        population_age_sex=small.ages(range(2015, 2021)),
        population_total=registered.filter(pl.col("year") != 2017),
        population_margins=small.margins(2020),
    )
    np.testing.assert_allclose(history.total(2016), small.totals[:, 6] + 7.0)
    np.testing.assert_allclose(history.total(2017), small.totals[:, 7])
    np.testing.assert_allclose(history.total(2020), small.totals[:, 10] + 7.0)


def test_margins_are_of_the_year_that_stands_in_their_column(tmp_path: Path, small: Country) -> None:
    tables = {"population_age_sex": small.ages(), "population_margins_2025": small.margins(2020)}
    margins = small.margins(2020).with_columns(
        pl.when(pl.col("code") == "010").then(2021).otherwise(pl.col("year")).alias("year")
    )
    assert read(tmp_path, small, **tables).base_year == 2020
    np.testing.assert_allclose(
        read(tmp_path, small, 2020, **(tables | {"population_margins_2025": margins})).totals, small.totals
    )


def test_margins_without_a_year_are_of_the_year_in_the_file_name(tmp_path: Path, small: Country) -> None:
    ages = small.ages(range(2010, 2020))
    written(
        tmp_path, small, population_age_sex=ages, population_margins_2020=small.margins(2020).drop("year")
    )
    history = read_history(Tables.open(tmp_path))
    assert history.base_year == 2020
    np.testing.assert_allclose(history.base, small.totals[:, -1])
    assert read_history(Tables.open(tmp_path), 2019).base_year == 2019


def test_groups_that_do_not_hold_every_age_once_are_left_aside(tmp_path: Path, small: Country) -> None:
    groups = small.group_table().drop("18-24")
    history = read(tmp_path, small, population_age_sex=small.ages(), population_groups=groups)
    assert history.bounds == ()
    assert history.groups == {}


# What cannot be read


def test_a_base_year_without_population_is_refused(tmp_path: Path, small: Country) -> None:
    said = refused(tmp_path, small, 2022, population_age_sex=small.ages())
    assert "No population stands at the end of 2022; the latest before it is 2020." in said
    assert "--base-year 2020" in said


def test_a_base_year_before_all_tables_is_refused(tmp_path: Path, small: Country) -> None:
    said = refused(tmp_path, small, 2005, population_age_sex=small.ages())
    assert "No population is dated 2005 or before" in said


def test_a_folder_without_population_is_refused(tmp_path: Path, small: Country) -> None:
    assert "give the table population_age_sex" in refused(tmp_path, small)


def test_a_municipality_without_population_in_the_base_year_is_named(tmp_path: Path, small: Country) -> None:
    gone = small.ages().filter((pl.col("code") != "012") | (pl.col("year") != 2020))
    said = refused(tmp_path, small, 2020, population_age_sex=gone)
    assert said.startswith("1 municipalities have no population at the end of 2020: 012.")


def test_a_municipality_of_nobody_in_the_base_year_is_named(tmp_path: Path, small: Country) -> None:
    nobody = (pl.col("code") == "012") & (pl.col("year") == 2020)
    ages = small.ages().with_columns(
        pl.when(~nobody).then(pl.col(sex)).otherwise(0.0).alias(sex) for sex in ("male", "female")
    )
    assert "at the end of 2020: 012." in refused(tmp_path, small, population_age_sex=ages)


def test_totals_without_any_ages_are_refused(tmp_path: Path, small: Country) -> None:
    history = read(tmp_path, small, population_total=small.total_table())
    with pytest.raises(FramsynError, match="The ages of no year up to 2020 are known"):
        open_past(history, 10)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="The table municipalities is missing"):
        read_history(Tables.open(tmp_path))


def test_an_empty_table_is_refused(tmp_path: Path, small: Country) -> None:
    said = refused(tmp_path, small, population_age_sex=small.ages().clear())
    assert "population_age_sex.csv has a header but no rows" in said
