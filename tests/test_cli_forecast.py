"""The commands on another country's tables, as a person runs them: `project` and `backtest`."""

import csv
import gzip
import re
from pathlib import Path

import numpy as np
import pytest

from tests.foresee.forecast.made import Country, country, written
from tests.test_cli import refused, run

FIRST, LAST = 2005, 2016
SIZES = [150, 400, 900, 1_500, 3_000, 6_000, 12_000, 25_000, 800, 2_000, 8_000, 500]
REGIONS = [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2]
QUANTILES = ["p2.5", "p10", "p25", "p50", "p75", "p90", "p97.5"]


@pytest.fixture(scope="module")
def land() -> Country:
    return country(SIZES, REGIONS, range(FIRST, LAST + 1))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, land: Country) -> str:
    """A folder with two tables: municipalities with code, name and region; people by age and sex."""
    folder = tmp_path_factory.mktemp("tables")
    written(folder, land, population_age_sex=land.ages())
    assert len(list(folder.iterdir())) == 2
    return str(folder)


def project(data: str, *arguments: str) -> list[str]:
    return ["project", "--data", data, "--years", "3", "--draws", "40", *arguments]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("sv", "12 kommuner: 59"), ("fi", "Kuntia 12: asukkaita vuoden 2016 lopussa 59")],
)
def test_two_tables_make_a_projection_of_every_municipality(
    tmp_path: Path, data: str, land: Country, lang: str, told: str
) -> None:
    done = run(*project(data, "--base-year", str(LAST), "--lang", lang, "--out", "ut"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(told)
    assert "residents" not in done.stdout
    assert "– no registered births" in done.stdout
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == ["ages.csv.gz", "totals.csv"]
    totals = list(csv.DictReader((tmp_path / "ut" / "totals.csv").read_text("utf-8").splitlines()))
    assert list(totals[0]) == ["code", "year", "mean", *QUANTILES]
    assert [(row["code"], row["year"]) for row in totals] == [
        (code, str(year)) for code in land.codes for year in range(LAST + 1, LAST + 4)
    ]
    values = np.array([[float(row[name]) for name in QUANTILES] for row in totals])
    assert (np.diff(values, axis=1) > 0).all()
    assert values.min() > 0
    ages = list(
        csv.DictReader(gzip.decompress((tmp_path / "ut" / "ages.csv.gz").read_bytes()).decode().splitlines())
    )
    assert list(ages[0]) == ["code", "year", "sex", "age", "mean", "p10", "p90"]
    assert len(ages) == len(totals) * 2 * 101
    assert {row["sex"] for row in ages} == {"male", "female"}
    first = sum(float(row["mean"]) for row in ages[: 2 * 101])
    assert first == pytest.approx(float(totals[0]["mean"]), abs=0.2)


def test_a_projection_from_an_earlier_year_is_the_same_whatever_came_after(
    tmp_path: Path, land: Country, data: str
) -> None:
    short = tmp_path / "short"
    short.mkdir()
    written(short, land, population_age_sex=land.ages(range(FIRST, LAST)))
    for folder, out in ((data, "all"), (str(short), "cut")):
        done = run(*project(folder, "--base-year", str(LAST - 1), "--out", out), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    for name in ("totals.csv", "ages.csv.gz"):
        assert (tmp_path / "all" / name).read_bytes() == (tmp_path / "cut" / name).read_bytes()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", f"No population stands at the end of 2020; the latest before it is {LAST}."),
        ("sv", f"Det finns ingen folkmängd för slutet av 2020; den senaste före det är från {LAST}."),
        ("fi", f"Vuoden 2020 lopun väkilukua ei ole; viimeisin sitä ennen on vuodelta {LAST}."),
    ],
)
def test_a_base_year_without_population_is_refused(tmp_path: Path, data: str, lang: str, told: str) -> None:
    said = refused(*project(data, "--base-year", "2020", "--out", "ut", "--lang", lang), cwd=tmp_path)
    assert told in said
    assert f"--base-year {LAST}" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--base-year", "1990"), "No population is dated 1990 or before"),
        (("--base-year", str(LAST), "--years", "0"), "from 1 to 50"),
        (("--base-year", str(LAST), "--seed", "-1"), "seed must be a whole number"),
        (("--base-year", "soon"), "--base-year"),
    ],
)
def test_bad_options_of_a_projection_are_refused_before_anything_is_written(
    tmp_path: Path, data: str, arguments: tuple[str, ...], part: str
) -> None:
    assert part in refused(*project(data, "--out", "ut", *arguments), cwd=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_projection_into_a_file_is_refused(tmp_path: Path, data: str) -> None:
    (tmp_path / "taken").write_text("a file")
    for command in (project(data, "--base-year", str(LAST)), ["backtest", "--data", data]):
        said = refused(*command, "--out", "taken", cwd=tmp_path)
        assert "taken" in said
        assert "--out" in said
    assert (tmp_path / "taken").read_text() == "a file"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("sv", ["Hur långt från utfallet", "Prognoser gjorda 2013, 2014", "Oförändrat", "1 år"]),
        ("fi", ["Kuinka kaukana toteutuneesta", "Vuosina 2013, 2014 tehdyt", "Ei muutosta", "2 vuotta"]),
    ],
)
def test_a_backtest_prints_a_table_and_leaves_its_forecasts(
    tmp_path: Path, data: str, lang: str, told: list[str]
) -> None:
    options = ["--origins", "2013..2014", "--horizons", "1..2", "--lang", lang, "--out", "ut"]
    done = run("backtest", "--data", data, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for text in told:
        assert text in done.stdout
    assert re.search(r"Framsyn +\d+,\d\d / \d+,\d\d", done.stdout)
    assert max(len(line) for line in done.stdout.splitlines() if "totals.csv.gz" not in line) <= 100
    left = sorted(str(path.relative_to(tmp_path / "ut")) for path in (tmp_path / "ut").rglob("*.*"))
    assert left == [
        "accuracy.md",
        "ages.csv.gz",
        "images/accuracy-coverage.svg",
        "images/accuracy-error.svg",
        "images/accuracy-pit.svg",
        "spread.csv.gz",
        "totals.csv.gz",
    ]
    assert all(
        f"images/{name}.svg" in (tmp_path / "ut" / "accuracy.md").read_text("utf-8")
        for name in ("accuracy-error", "accuracy-pit")
    )
    rows = list(
        csv.DictReader(
            gzip.decompress((tmp_path / "ut" / "totals.csv.gz").read_bytes()).decode().splitlines()
        )
    )
    assert {(row["origin"], row["horizon"]) for row in rows} == {
        ("2013", "1"), ("2013", "2"), ("2014", "1"), ("2014", "2")
    }  # fmt: skip
    assert {"framsyn", "trend", "no_change", "hamilton_perry"} <= {row["method"] for row in rows}


def test_a_backtest_without_a_folder_only_prints(tmp_path: Path, data: str) -> None:
    done = run("backtest", "--data", data, "--origins", "2015", "--horizons", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Forecasts made in 2015" in done.stdout
    assert "Written" not in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--origins", "then"), "then tells no years"),
        (("--origins", "1980"), "No forecast can be made from 1980: choose origins among"),
        (("--horizons", "2..5"), "Years ahead must be a range from 1"),
        (("--horizons", "1..90"), "at most 20; 1..90 was given"),
    ],
)
def test_bad_options_of_a_backtest_are_refused(
    tmp_path: Path, data: str, arguments: tuple[str, ...], part: str
) -> None:
    assert part in refused("backtest", "--data", data, *arguments, cwd=tmp_path)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("sv", "anger inga år: skriv ett intervall"), ("fi", "ei kerro vuosia: kirjoita väli")],
)
def test_what_is_wrong_is_said_in_the_reader_s_language(
    tmp_path: Path, data: str, lang: str, told: str
) -> None:
    said = refused("backtest", "--data", data, "--origins", "x", "--lang", lang, cwd=tmp_path)
    assert told in said


def test_two_years_are_too_few_to_test_on(tmp_path: Path, land: Country) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    written(folder, land, population_age_sex=land.ages([LAST - 1, LAST]))
    assert "at least nine years" in refused("backtest", "--data", "two", cwd=tmp_path)
    done = run(*project("two", "--base-year", str(LAST), "--out", "ut"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "widths are those of Finland's municipalities" in done.stdout


@pytest.mark.parametrize(("years", "last"), [("3", 2028), ("12", 2035)])
def test_the_page_of_a_foresight_tells_why_for_ten_years_at_most(
    tmp_path: Path, years: str, last: int
) -> None:
    done = run(
        *("foresee", "Närpes", "--years", years, "--draws", "2", "--lang", "sv", "--out", "ut"), cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "ut" / "index.html").read_text("utf-8")
    assert f"Vad som ändrar folkmängden från 2025 till {last}" in page
    assert "Av 100 kommuner i denna storlek" in page
    assert "är själva prognosen" in page
