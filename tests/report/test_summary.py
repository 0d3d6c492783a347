import csv
import io
import math

import numpy as np
import pytest
import xarray as xr

from framsyn.model.indicators import indicators
from framsyn.report.summary import COLUMNS, QUANTILES, indicators_csv, quantiles, summarise
from tests.report.made_futures import made_futures


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_holds_numpy_s_quantiles_of_the_draws() -> None:
    futures = made_futures(draws=37, years=3)
    rows = _table(indicators_csv(summarise(futures)))
    row = next(
        row
        for row in rows
        if (row["posture"], row["year"], row["indicator"]) == ("lazy", "2027", "loans_per_resident")
    )
    draws = futures["loans_per_resident"].sel(posture="lazy", year=2027).to_numpy()
    expected = [draws.mean(), *np.quantile(draws, [0.1, 0.25, 0.5, 0.75, 0.9])]
    assert [float(row[key]) for key in COLUMNS[4:]] == pytest.approx(expected, rel=1e-9)
    assert row["unit"] == "EUR/resident"


def test_quantiles_of_eleven_equally_spaced_draws_are_known_by_hand() -> None:
    futures = made_futures(draws=11, years=1)
    futures["population"][:] = np.arange(11.0)[None, :, None]
    assert summarise(futures).at("population", "lazy", 2026) == (5.0, 1.0, 2.5, 5.0, 7.5, 9.0)


def test_the_table_has_one_row_for_each_posture_year_and_indicator() -> None:
    rows = _table(indicators_csv(summarise(made_futures(("lazy", "mine"), draws=5, years=2))))
    keys = {(row["posture"], row["year"], row["indicator"]) for row in rows}
    assert len(rows) == len(keys) == 2 * 3 * len(indicators())
    assert list(rows[0]) == list(COLUMNS)


def test_what_is_not_known_is_left_blank_and_never_zero() -> None:
    rows = _table(indicators_csv(summarise(made_futures(draws=5, years=2))))
    now = [row for row in rows if row["indicator"] == "annual_margin_per_resident" and row["year"] == "2025"]
    assert now
    assert all(row[key] == "" for row in now for key in COLUMNS[4:])


def test_one_unknown_draw_makes_the_cell_unknown() -> None:
    futures = made_futures(draws=5, years=2)
    futures["jobs"][0, 2, 1] = np.nan
    assert all(math.isnan(value) for value in summarise(futures).at("jobs", "as_is", 2026))


def test_population_by_age_is_no_indicator() -> None:
    assert "population_by_age" not in summarise(made_futures(draws=2, years=1)).names


@pytest.mark.parametrize("draws", [1, 2, 7, 500])
def test_quantiles_are_numpy_s(draws: int) -> None:
    values = np.random.default_rng(draws).normal(size=(3, 2, draws))
    values[1, 1, 0] = np.nan
    expected = np.moveaxis(np.quantile(values, QUANTILES, axis=-1), 0, -1)
    np.testing.assert_allclose(quantiles(values.copy()), expected, rtol=1e-12)


def test_a_summary_leaves_the_lives_as_they_are() -> None:
    futures = made_futures(draws=9, years=2)
    turned = futures.transpose("posture", "year", "draw", "sex", "age")
    before = turned.copy(deep=True)
    np.testing.assert_array_equal(summarise(turned).values, summarise(futures).values)
    xr.testing.assert_identical(turned, before)
