import io
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import xarray as xr
from rich.console import Console

from framsyn.errors import FramsynError
from framsyn.foresee.country_totals import count, totals
from framsyn.i18n.translator import words
from framsyn.model import layout
from framsyn.model.layout import INDICATORS
from framsyn.report.country_file import COLUMNS, country_table, write_country
from framsyn.report.country_table import print_country

#: Of the totals, in order.
SIZES = (5_600_000.0, 348_000.0, 12_000.0, 49.0, 2_500.0, 500.0, 12_400.0, 12.0, 1.0, 0.5)


def made_up(draws: int = 3) -> xr.Dataset:
    """Two postures, two municipalities, two years."""
    values = np.arange(32.0).reshape(2, 2, 2, 4) + 1 / 3
    values[:, :, 0] = np.nan
    values[1, 1, 1] = -0.00001
    spread = ("posture", "municipality", "year", "statistic")
    variables: dict[str, xr.DataArray] = {
        "moves_in": xr.DataArray(values, dims=spread, attrs={"units": "persons/year"}),
        "trust": xr.DataArray(values + 100, dims=spread, attrs={"units": "index 0–100"}),
    }
    for number, total in enumerate(totals()):
        drawn = np.full((2, draws, 2), SIZES[number]) + np.arange(draws)[:, None]
        variables[total.id] = xr.DataArray(
            drawn, dims=("posture", "draw", "year"), attrs={"units": total.unit}
        )
    coordinates = {
        "posture": ["as_is", "given_up"],
        "municipality": ["005", "545"],
        "year": [2025, 2026],
        "statistic": ["mean", "p10", "p50", "p90"],
    }
    return xr.Dataset(variables, coordinates, {"base_year": 2025})


def test_the_table_has_a_row_for_every_municipality_posture_year_and_indicator() -> None:
    table = country_table(made_up())
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 2 * 2 * 2 * 2
    row = table.row(
        by_predicate=(pl.col("code") == "545")
        & (pl.col("posture") == "as_is")
        & (pl.col("year") == 2026)
        & (pl.col("indicator") == "trust"),
        named=True,
    )
    assert row["unit"] == "index 0–100"
    assert [row[name] for name in COLUMNS[5:]] == [112.3333, 113.3333, 114.3333, 115.3333]


def test_what_is_not_known_is_blank_and_nothing_is_minus_zero(tmp_path: Path) -> None:
    path = write_country(made_up(), tmp_path / "new" / "ut")
    text = path.read_text("utf-8")
    assert "005,2025,as_is,moves_in,persons/year,,,,\n" in text
    assert "-0" not in text
    assert "nan" not in text.lower()
    assert [one.name for one in path.parent.iterdir()] == ["country.csv"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FramsynError, match="file is a file, not a folder"):
        write_country(made_up(), tmp_path / "file" / "ut")


@pytest.mark.parametrize("lang", ["sv", "fi", "en"])
@pytest.mark.parametrize("draws", [1, 3])
def test_the_printed_table_holds_every_posture_and_no_more_than_100_columns(lang: str, draws: int) -> None:
    out = io.StringIO()
    print_country(made_up(draws), words(lang), Console(file=out, width=100))
    lines = out.getvalue().splitlines()
    assert max(len(line) for line in lines) <= 100
    assert "2026" in lines[0]
    assert words(lang).gettext("As today").split()[0] in out.getvalue()


def test_totals_are_sums_and_means_over_residents() -> None:
    records = np.zeros((2, 2, INDICATORS))
    records[..., layout.POPULATION] = [[100.0, 90.0], [300.0, 310.0]]
    records[..., layout.MOVES_IN] = [[np.nan, 5.0], [np.nan, 7.0]]
    records[..., layout.LOANS] = [[1000.0, 1000.0], [2000.0, 2000.0]]
    records[0, 1, [layout.FOUR_LIMITS, layout.PROCEDURE]] = 1.0
    today = records.copy()
    today[..., layout.POPULATION] = [[100.0, 95.0], [300.0, 305.0]]
    told = dict(zip((one.id for one in totals()), count(records, today), strict=True))
    assert told["country_population"].tolist() == [400.0, 400.0]
    assert told["country_moves"][1] == 12.0
    assert told["country_elsewhere"][1] == 5.0
    assert told["country_growing"][1] == 1.0
    assert told["country_loans_per_resident"].tolist() == [1750.0, (90 * 1000 + 310 * 2000) / 400]
    assert told["country_assessed"].tolist() == [0.0, 50.0]
    assert told["country_in_procedure"].tolist() == [0.0, 50.0]
    assert told["country_merged"].tolist() == [0.0, 0.0]
    assert np.isnan(told["country_growing"][0])
