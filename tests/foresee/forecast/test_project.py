import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.errors import FramsynError
from framsyn.foresee.forecast import project
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.forecast.project import (
    AgeIntervals,
    age_intervals,
    ages_table,
    check_projection,
    totals_table,
    write_projection,
)
from framsyn.writing import check_writable

from .made import Country

DRAWS = 60
QUANTILES = ["p2.5", "p10", "p25", "p50", "p75", "p90", "p97.5"]


@pytest.fixture(scope="module")
def ages(forecast: Forecast) -> AgeIntervals:
    return age_intervals(forecast, DRAWS, 1)


def test_totals_have_a_row_for_every_place_and_year(forecast: Forecast, land: Country) -> None:
    table = totals_table(forecast)
    assert table.columns == ["code", "year", "mean", *QUANTILES]
    assert table["code"].to_list() == [code for code in land.codes for _ in range(10)]
    assert table["year"].to_list() == [*range(2021, 2031)] * 12
    assert table.null_count().sum_horizontal().item() == 0
    np.testing.assert_array_equal(table["mean"].to_numpy().reshape(12, 10), forecast.expected.totals)


def test_quantiles_of_totals_rise_and_the_mean_lies_inside(forecast: Forecast) -> None:
    table = totals_table(forecast)
    assert (np.diff(table.select(QUANTILES).to_numpy(), axis=1) > 0).all()
    assert (table["p2.5"] > 0).all()
    assert table.filter(~pl.col("mean").is_between(pl.col("p10"), pl.col("p90"))).is_empty()
    np.testing.assert_allclose(table["p50"], table["mean"])


def test_intervals_widen_with_the_years(forecast: Forecast) -> None:
    table = totals_table(forecast).with_columns(
        ((pl.col("p90") - pl.col("p10")) / pl.col("mean")).alias("width")
    )
    widths = table["width"].to_numpy().reshape(12, 10)
    assert (np.diff(widths, axis=1) > 0).all()
    # Small places are less sure than large ones.
    assert widths[0, -1] > widths[8, -1]


def test_ages_have_a_row_for_every_place_year_sex_and_age(
    forecast: Forecast, ages: AgeIntervals, land: Country
) -> None:
    table = ages_table(forecast, ages)
    assert table.columns == ["code", "year", "sex", "age", "mean", "p10", "p90"]
    assert table.height == 12 * 10 * 2 * 101
    assert table.select("code", "year", "sex", "age").is_unique().all()
    one = table.filter(code="014", year=2023, sex="female", age=42)
    place = land.codes.index("014")
    assert one["mean"].item() == forecast.ages[place, 2, 1, 42]
    assert one["p10"].item() == ages.p10[place, 2, 1, 42]
    summed = table.group_by("code", "year", maintain_order=True).agg(pl.col("mean").sum())
    np.testing.assert_allclose(summed["mean"], totals_table(forecast)["mean"])


def test_ages_lie_in_their_intervals_but_for_a_few_cells_of_hardly_anyone(ages: AgeIntervals) -> None:
    assert (ages.p10 >= 0).all()
    assert (ages.p10 <= ages.p90).all()
    many = ages.mean > 5.0
    inside = (ages.mean >= ages.p10) & (ages.mean <= ages.p90)
    assert inside[many].mean() > 0.99
    assert inside.mean() > 0.97


def test_the_interval_of_an_age_is_read_off_the_draws(forecast: Forecast, ages: AgeIntervals) -> None:
    numbers = range(DRAWS)
    people = forecast.people(5, forecast.shared(numbers, 1), numbers, 1).reshape(DRAWS, 10, 2, 101)
    for told, share in ((ages.p10, 0.1), (ages.p90, 0.9)):
        np.testing.assert_allclose(told[5], np.quantile(people, share, axis=0), rtol=1e-5, atol=1e-5)


def test_intervals_are_the_same_with_any_number_of_threads(forecast: Forecast) -> None:
    seen = [0, 0]

    def count() -> None:
        seen[1] += 1

    one, two = (age_intervals(forecast, 20, 5, threads, count) for threads in (1, 2))
    np.testing.assert_array_equal(one.p10, two.p10)
    np.testing.assert_array_equal(one.p90, two.p90)
    assert seen[1] == 24
    other = age_intervals(forecast, 20, 6, 2)
    assert (other.p90 != two.p90).any()


def test_the_first_draws_are_the_same_in_any_number_of_draws(forecast: Forecast) -> None:
    few, many = range(20), range(50)
    first = forecast.people(3, forecast.shared(few, 2), few, 2)
    np.testing.assert_array_equal(forecast.people(3, forecast.shared(many, 2), many, 2)[:20], first)


def test_files_are_written_whole_and_then_put_in_place(
    forecast: Forecast, ages: AgeIntervals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[tuple[str, str]] = []
    rename = Path.replace

    def told(self: Path, target: Path) -> Path:
        assert self.stat().st_size > 0
        moved.append((self.name, Path(target).name))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", told)
    (tmp_path / "totals.csv").write_text("older")
    written = write_projection(forecast, ages, tmp_path)
    assert [path.name for path in written] == ["totals.csv", "ages.csv.gz"]
    assert moved == [("ages.csv.gz", "ages.csv.gz"), ("totals.csv", "totals.csv")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ages.csv.gz", "totals.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ages.csv.gz", "totals.csv"]
    totals = pl.read_csv(written[0], schema_overrides={"code": pl.String})
    assert totals.columns == ["code", "year", "mean", *QUANTILES]
    np.testing.assert_allclose(totals["mean"], totals_table(forecast)["mean"], atol=0.006)
    told_ages = pl.read_csv(gzip.decompress(written[1].read_bytes()), schema_overrides={"code": pl.String})
    assert told_ages.columns == ["code", "year", "sex", "age", "mean", "p10", "p90"]
    assert told_ages.height == 24_240
    assert told_ages["sex"].unique().sort().to_list() == ["female", "male"]
    assert told_ages.select(pl.col("mean", "p10", "p90").is_not_null().all()).row(0) == (True, True, True)


def test_the_same_forecast_gives_the_same_files(
    forecast: Forecast, ages: AgeIntervals, tmp_path: Path
) -> None:
    contents = [
        [path.read_bytes() for path in write_projection(forecast, ages, tmp_path / name)]
        for name in ("one", "two")
    ]
    assert contents[0] == contents[1]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    forecast: Forecast, ages: AgeIntervals, tmp_path: Path
) -> None:
    (tmp_path / "totals.csv").mkdir()
    (tmp_path / "totals.csv" / "inside").touch()
    with pytest.raises(FramsynError, match="cannot be written"):
        write_projection(forecast, ages, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["totals.csv"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FramsynError, match="file is a file, not a folder"):
        check_writable(tmp_path / "file" / "under")
    check_writable(tmp_path / "new" / "folder")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("years", "draws", "seed", "said"),
    [
        (0, 100, 1, "Years must be from 1 to 50; 0 was given."),
        (51, 100, 1, "Years must be from 1 to 50; 51 was given."),
        (10, 19, 1, "Draws must be from 20 to 20000; 19 was given."),
        (10, 20_001, 1, "Draws must be from 20 to 20000"),
        (10, 100, -1, "The seed must be a whole number"),
    ],
)
def test_what_cannot_be_projected_is_refused(years: int, draws: int, seed: int, said: str) -> None:
    with pytest.raises(FramsynError) as raised:
        check_projection(years, draws, seed)
    assert said in str(raised.value)


def test_what_can_be_projected_is_not_refused() -> None:
    check_projection(project.MOST_YEARS, project.MOST_DRAWS, 2**63 - 1)
    check_projection(1, project.LEAST_DRAWS, 0)


def test_a_forecast_says_what_it_lacked(forecast: Forecast) -> None:
    assert forecast.notes[-1] == forecast.spread.note
    assert any("no registered births" in note for note in forecast.notes)
    assert any("boosting is left out" in note for note in forecast.notes)
    told = replace(forecast, notes=())
    assert told.history.codes == forecast.history.codes
