"""Strange municipalities and poor folders: sensible results, never anything missing or negative."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.calibrate.known import Floats
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast
from framsyn.foresee.forecast.project import age_intervals, ages_table, totals_table
from framsyn.foresee.forecast.reading import read_history, region_codes

from .made import Country, country, written

#: A municipality of 90 alone in its region, a merged one, one that grows 8 % a year, a large one alone, and
#: usual ones.
SIZES = [90, 9_000, 5_000, 60_000, 400, 2_000, 6_000, 20_000]
REGIONS = [0, 1, 1, 2, 3, 3, 3, 3]
TINY, MERGED, GROWING, ALONE, GAP, USUAL = 0, 1, 2, 3, 5, 7
YEARS = range(2006, 2021)


@pytest.fixture(scope="module")
def strange() -> Country:
    return country(SIZES, REGIONS, YEARS, growing={GROWING: 0.08}, absorbing={MERGED: 2017})


def forecast_of(folder: Path, land: Country, years: int = 10, /, **tables: pl.DataFrame) -> Forecast:
    opened = written(folder, land, **tables)
    return fit_forecast(read_history(opened), region_codes(opened), years)


def sensible(forecast: Forecast) -> Floats:
    """Checks every number; the totals [P, H] over those of the base year."""
    told = forecast.expected
    assert np.isfinite(forecast.ages).all()
    assert (forecast.ages >= 0).all()
    np.testing.assert_allclose(forecast.ages.sum(axis=(2, 3)), told.totals, rtol=1e-8)
    np.testing.assert_allclose(told.totals.sum(axis=0), told.country, rtol=1e-9)
    totals = totals_table(forecast)
    quantiles = totals.drop("code", "year", "mean").to_numpy()
    assert np.isfinite(quantiles).all()
    assert (quantiles > 0).all()
    assert (np.diff(quantiles, axis=1) > 0).all()
    ages = ages_table(forecast, age_intervals(forecast, 20, 1)).select("mean", "p10", "p90").to_numpy()
    assert np.isfinite(ages).all()
    assert (ages >= 0).all()
    return np.asarray(told.totals / forecast.history.base[:, None])


def old_share(people: Floats) -> Floats:
    """Share of those of 65 and over, of persons [..., 2, 101]."""
    return np.asarray(people[..., 65:].sum(axis=(-1, -2)) / people.sum(axis=(-1, -2)))


def steady(forecast: Forecast, growth: Floats, land: Country) -> None:
    """Places without anything strange change a little, in number and in ages."""
    for place in (ALONE, 6, USUAL):
        assert 0.85 < growth[place, -1] < 1.15
    shares = old_share(forecast.ages[:, -1])
    assert np.abs(shares - old_share(land.people[-1]))[[ALONE, 6, USUAL]].max() < 0.06


def test_strange_municipalities_beside_usual_ones(strange: Country, tmp_path: Path) -> None:
    gap = pl.col("code").eq(strange.codes[GAP]) & pl.col("year").eq(2018)
    forecast = forecast_of(tmp_path, strange, population_age_sex=strange.ages().filter(~gap))
    growth = sensible(forecast)
    steady(forecast, growth, strange)
    assert 0.6 < growth[TINY, -1] < 1.3
    assert 0.85 < growth[MERGED, -1] < 1.15
    assert 0.8 < growth[GAP, -1] < 1.2
    assert growth[GROWING, 0] > 1.03
    assert (np.diff(growth[GROWING, :5]) > 0).all()
    assert 1.15 < growth[GROWING, 4] < 2.0
    assert 0.7 < old_share(forecast.ages[MERGED, -1]) / old_share(strange.people[-1, MERGED]) < 1.4
    assert any(f"{strange.codes[MERGED]} in 2017" in note for note in forecast.notes)
    assert any("1 gaps filled" in note for note in forecast.notes)
    # So few are not sure of anything; so many nearly are.
    half = forecast.scale * forecast.spread.half_widths(5)[1]
    assert half[TINY] > 2.0 * half[ALONE]


def test_a_merged_municipality_is_forecast_as_its_like(strange: Country, tmp_path: Path) -> None:
    plain = country(SIZES, REGIONS, YEARS, growing={GROWING: 0.08})
    paths = []
    for land, name in ((strange, "merged"), (plain, "plain")):
        folder = tmp_path / name
        folder.mkdir()
        forecast = forecast_of(folder, land, population_age_sex=land.ages())
        paths.append(forecast.expected.totals / forecast.history.base[:, None])
    np.testing.assert_allclose(paths[0][MERGED], paths[1][MERGED], rtol=0.05)
    np.testing.assert_allclose(paths[0][USUAL], paths[1][USUAL], rtol=0.03)


def test_two_snapshots_ten_years_apart(tmp_path: Path) -> None:
    land = country(SIZES, REGIONS, range(2010, 2021), growing={GROWING: 0.08})
    forecast = forecast_of(tmp_path, land, population_age_sex=land.ages([2010, 2020]))
    growth = sensible(forecast)
    steady(forecast, growth, land)
    assert 1.05 < growth[GROWING, 4] < 2.0
    assert 0.5 < growth[TINY, -1] < 1.5
    assert forecast.spread.origins == 0
    assert "the history is too short to learn from: widths are those of Finland's" in forecast.notes[-1]
    assert any(
        note.startswith("ages between observed years follow cohorts: 2011, 2012") for note in forecast.notes
    )


def test_small_municipalities_do_not_grow_because_little_is_known_of_them(tmp_path: Path) -> None:
    land = country([200] * 20 + [30_000] * 3, [0] * 20 + [1] * 3, range(2010, 2021), coming=[0.0] * 23)
    small = []
    for name, years in (("yearly", land.years), ("twice", [2010, 2020])):
        folder = tmp_path / name
        folder.mkdir()
        forecast = forecast_of(folder, land, population_age_sex=land.ages(years))
        sensible(forecast)
        small.append(forecast.expected.members["cohort_held"][:20, -1].sum())
    assert small[1] == pytest.approx(small[0], rel=0.06)


def test_a_municipality_missing_in_the_first_years(strange: Country, tmp_path: Path) -> None:
    missing = pl.col("code").eq(strange.codes[GAP]) & (pl.col("year") < 2011)
    forecast = forecast_of(tmp_path, strange, population_age_sex=strange.ages().filter(~missing))
    growth = sensible(forecast)
    steady(forecast, growth, strange)
    assert 0.8 < growth[GAP, -1] < 1.2
    assert not forecast.history.published[GAP, :5].any()
    assert "5 years before a first figure follow the growth of the others" in " ".join(forecast.notes)


def test_three_years(strange: Country, tmp_path: Path) -> None:
    forecast = forecast_of(tmp_path, strange, population_age_sex=strange.ages([2018, 2019, 2020]))
    growth = sensible(forecast)
    steady(forecast, growth, strange)
    assert forecast.spread.origins == 0
    assert growth[GROWING, 4] < 2.0


def test_one_region(tmp_path: Path) -> None:
    land = country(SIZES, [0] * 8, YEARS)
    forecast = forecast_of(tmp_path, land, population_age_sex=land.ages())
    steady(forecast, sensible(forecast), land)


@pytest.mark.parametrize("size", [90, 900, 90_000])
def test_one_municipality(size: int, tmp_path: Path) -> None:
    land = country([size], [0], YEARS, coming=[0.0])
    forecast = forecast_of(tmp_path, land, population_age_sex=land.ages())
    growth = sensible(forecast)
    assert 0.5 < growth[0, -1] < 1.5


def test_nobody_bears_a_child_in_a_tiny_region_for_years(tmp_path: Path) -> None:
    land = country(SIZES, REGIONS, YEARS)
    people = land.people.copy()
    people[-4:, TINY, :, 0] = 0.0
    barren = Country(land.first_year, people, land.region)
    forecast = forecast_of(tmp_path, barren, 20, population_age_sex=barren.ages())
    sensible(forecast)
    assert forecast.ages[TINY, -1, :, :15].sum() > 1.0


def test_ages_that_end_at_ninety(strange: Country, tmp_path: Path) -> None:
    folded = (
        strange.ages()
        .with_columns(pl.col("age").clip(upper_bound=90))
        .group_by("code", "year", "age", maintain_order=True)
        .agg(pl.col("male", "female").sum())
    )
    forecast = forecast_of(tmp_path, strange, population_age_sex=folded)
    steady(forecast, sensible(forecast), strange)
    oldest = forecast.ages[USUAL, 4, :, 90:].sum() / strange.people[-1, USUAL, :, 90:].sum()
    assert 0.6 < oldest < 1.5


def test_ages_only_to_a_year_before_the_base(strange: Country, tmp_path: Path) -> None:
    tables = {
        "population_age_sex": strange.ages(range(2006, 2016)),
        "population_total": strange.total_table(),
    }
    forecast = forecast_of(tmp_path, strange, **tables)
    growth = sensible(forecast)
    steady(forecast, growth, strange)
    assert 1.05 < growth[GROWING, 4] < 2.0
    assert any("ages of 2020 are carried from 2015" in note for note in forecast.notes)


def test_one_year_of_ages_and_history_by_group_and_region(strange: Country, tmp_path: Path) -> None:
    tables = {
        "population_age_sex": strange.ages([2020]),
        "population_groups": strange.group_table(),
        "region_population_age_sex": strange.region_table(),
    }
    forecast = forecast_of(tmp_path, strange, **tables)
    growth = sensible(forecast)
    steady(forecast, growth, strange)
    assert forecast.spread.origins > 0
    assert 1.1 < growth[GROWING, 4] < 2.0


def test_one_year_of_ages_and_totals(strange: Country, tmp_path: Path) -> None:
    tables = {"population_age_sex": strange.ages([2020]), "population_total": strange.total_table()}
    forecast = forecast_of(tmp_path, strange, **tables)
    steady(forecast, sensible(forecast), strange)


def test_other_names_of_regions_and_codes(tmp_path: Path) -> None:
    land = country(SIZES, REGIONS, YEARS)
    names = {code: f"SE-{code}x" for code in land.codes}
    told = land.municipalities().with_columns(
        pl.col("code").replace(names),
        pl.Series("region_code", [f"Ö {code}" for code in land.region_codes]),
        pl.Series("subregion_code", ["a", None, *["b"] * 6]),
    )
    tables = {
        "municipalities": told,
        "population_age_sex": land.ages().with_columns(pl.col("code").replace(names)),
    }
    forecast = forecast_of(tmp_path, land, **tables)
    steady(forecast, sensible(forecast), land)
    assert forecast.history.cluster is None
    assert forecast.region_codes[0] == "Ö R0"


def test_every_table_at_once(strange: Country, tmp_path: Path) -> None:
    forecast = forecast_of(tmp_path, strange, **strange.every_table())
    growth = sensible(forecast)
    steady(forecast, growth, strange)
    assert 0.85 < growth[MERGED, -1] < 1.15
