import gzip
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import polars as pl
import pytest
from rich.console import Console

from framsyn.errors import FramsynError
from framsyn.foresee.forecast.backtest import Backtest
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.i18n.translator import words
from framsyn.report import forecasts
from framsyn.report.accuracy import PLOTS
from framsyn.report.forecasts import parse_horizon, parse_years, print_projection, write_backtest
from tests.report.made_backtest import frames

TABLES = ["ages.csv.gz", "spread.csv.gz", "totals.csv.gz"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1995..1998", [1995, 1996, 1997, 1998]),
        ("2000,2005", [2000, 2005]),
        ("2010, 2000..2002, 2001", [2000, 2001, 2002, 2010]),
        ("2000..2000", [2000]),
    ],
)
def test_years_are_a_range_or_a_list_or_both(text: str, years: list[int]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize(
    "text", ["", "then", "2000..", "..2000", "2018..1995", "2000-2005", "2000,", "200", "1..99999999", "²⁰⁰⁰"]
)
def test_what_tells_no_years_is_an_error(text: str) -> None:
    with pytest.raises(FramsynError, match=r"tells no years: write a range such as 1995\.\.2018"):
        parse_years(text)


@pytest.mark.parametrize(("text", "last"), [("1..10", 10), ("7", 7), (" 1..1 ", 1), ("1..20", 20)])
def test_years_ahead_are_a_range_from_one_or_its_end(text: str, last: int) -> None:
    assert parse_horizon(text) == last


@pytest.mark.parametrize("text", ["2..5", "0", "1..0", "21", "1..21", "-3", "many", "", "1..2..3", "²"])
def test_other_years_ahead_are_an_error(text: str) -> None:
    with pytest.raises(FramsynError, match=r"must be a range from 1, such as 1\.\.10, and at most 20"):
        parse_horizon(text)


def made_forecast(*notes: str) -> Forecast:
    """What is printed of a forecast of two municipalities from 2020 to 2030."""
    forecast = SimpleNamespace(
        history=SimpleNamespace(base_year=2020, codes=("010", "011"), base=np.array([1200.0, 9500.0])),
        past=SimpleNamespace(horizon=10),
        expected=SimpleNamespace(country=np.array([10_650.0, 10_312.4])),
        notes=notes,
    )
    return cast(Forecast, forecast)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "2 municipalities: 10,700 residents at the end of 2020, 10,312 expected at the end of 2030."),
        ("sv", "2 kommuner: 10\u00a0700 invånare i slutet av 2020, 10\u00a0312 väntas i slutet av 2030."),
        (
            "fi",
            "Kuntia 2: asukkaita vuoden 2020 lopussa 10\u00a0700, vuoden 2030 lopussa odotetaan 10\u00a0312.",
        ),
    ],
)
def test_a_projection_is_told_with_what_was_lacking_and_its_files(lang: str, told: str) -> None:
    out = io.StringIO()
    console = Console(file=out, width=40)
    written = [Path("ut/totals.csv"), Path("ut/ages.csv.gz")]
    print_projection(
        made_forecast("no registered births"), ["components [new]"], written, words(lang), console
    )
    lines = out.getvalue().splitlines()
    assert lines[0] == told
    assert lines[1:3] == ["– components [new]", "– no registered births"]
    assert lines[3].endswith("ut/totals.csv, ut/ages.csv.gz")


def made_backtest() -> Backtest:
    totals, spread, ages = frames()
    return Backtest(totals, spread, ages, ())


def test_a_backtest_leaves_a_page_its_pictures_and_every_forecast(tmp_path: Path) -> None:
    written = write_backtest(made_backtest(), tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(written)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["accuracy.md", "images", *TABLES])
    assert sorted(path.stem for path in (tmp_path / "images").iterdir()) == sorted(PLOTS)
    page = (tmp_path / "accuracy.md").read_text("utf-8")
    assert all(f"images/{name}.svg" in page for name in PLOTS)
    again = pl.read_csv(gzip.decompress((tmp_path / "totals.csv.gz").read_bytes()))
    assert again.columns == frames().totals.columns
    np.testing.assert_allclose(again["forecast"], frames().totals["forecast"], atol=1e-3)


def test_blocks_of_text_reach_the_page(tmp_path: Path) -> None:
    write_backtest(made_backtest(), tmp_path, {"lead": "Read this first."})
    assert "Read this first." in (tmp_path / "accuracy.md").read_text("utf-8")


def test_a_second_backtest_replaces_the_first_bit_for_bit(tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write_backtest(made_backtest(), tmp_path)}
    (tmp_path / "accuracy.md").write_text("an earlier page")
    assert {path: path.read_bytes() for path in write_backtest(made_backtest(), tmp_path)} == first


@pytest.mark.parametrize(
    ("part", "problem", "raised"),
    [
        ("accuracy_plots", RuntimeError("no fonts"), RuntimeError),
        ("_compressed", OSError(28, "No space left on device"), FramsynError),
    ],
)
def test_a_backtest_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, problem: Exception, raised: type[Exception]
) -> None:
    def fail(*_: Any) -> None:
        raise problem

    (tmp_path / "accuracy.md").write_text("an earlier page")
    monkeypatch.setattr(forecasts, part, fail)
    with pytest.raises(raised, match=r"no fonts|cannot be written \(No space left on device\)"):
        write_backtest(made_backtest(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["accuracy.md"]
    assert (tmp_path / "accuracy.md").read_text() == "an earlier page"
