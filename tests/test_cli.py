"""The commands as a person runs them."""

import csv
import gzip
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import xarray as xr

from framsyn.places.bundle import read_bundle

FRAMSYN = [sys.executable, "-m", "framsyn"]


def run(*arguments: str, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": f"{lang}.UTF-8", "COLUMNS": "100", "PYTHONUTF8": "1"}
    environment.pop("FRAMSYN_DATA", None)
    return subprocess.run(
        [*FRAMSYN, *arguments], capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )


def refused(*arguments: str, cwd: Path) -> str:
    """Run what must be refused: exit status 2, a message on standard error, no traceback."""
    done = run(*arguments, cwd=cwd)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    return " ".join(done.stderr.split())


@pytest.mark.parametrize(("lang", "word"), [("sv", "Lat kommun"), ("fi", "kunta"), ("en", "Lazy")])
def test_foresee_prints_a_table_of_100_columns_and_writes_three_files(
    tmp_path: Path, lang: str, word: str
) -> None:
    done = run("foresee", "Närpes", "--draws", "40", "--lang", lang, "--out", "ut", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any("───" in line for line in lines)
    assert max(len(line) for line in lines if "futures.nc" not in line) <= 100
    assert word in done.stdout
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [
        "futures.nc",
        "index.html",
        "indicators.csv",
    ]
    with xr.open_dataset(tmp_path / "ut" / "futures.nc") as futures:
        assert dict(futures.population.sizes) == {"posture": 5, "draw": 40, "year": 21}
        assert futures.attrs["name_sv"] == "Närpes"
    text = (tmp_path / "ut" / "indicators.csv").read_text(encoding="utf-8-sig")
    header = next(csv.reader(text.splitlines()))
    assert header == [
        "posture",
        "year",
        "indicator",
        "unit",
        "mean",
        "p10",
        "p25",
        "p50",
        "p75",
        "p90",
    ]


def test_the_files_are_written_even_when_nobody_reads_the_table(tmp_path: Path) -> None:
    command = [*FRAMSYN, "foresee", "Närpes", "--draws", "2", "--years", "2", "--out", "ut"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert (tmp_path / "ut" / "index.html").is_file()


def test_the_default_folder_carries_the_name(tmp_path: Path) -> None:
    done = run("foresee", "545", "--draws", "2", "--years", "2", "--lang", "sv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "framsyn-Närpes" / "index.html").is_file()


@pytest.mark.parametrize("query", ["545", "Närpes", "narpes", "Närpiö", "NÄRPIÖ", "närpes"])
def test_a_municipality_is_found_by_any_name(tmp_path: Path, query: str) -> None:
    done = run("foresee", query, "--draws", "1", "--years", "1", "--out", "x", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_an_unknown_municipality_gets_the_nearest_names(tmp_path: Path) -> None:
    said = refused("foresee", "Nerpes", cwd=tmp_path)
    assert "Nerpes" in said
    assert "Närpes" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--years", "0", "from 1 to 50"),
        ("--years", "200", "from 1 to 50"),
        ("--draws", "0", "Draws must be"),
        ("--posture", "lat", "no posture lat"),
        ("--lang", "de", "de"),
        ("--years", "many", "--years"),
        ("--bundle", "no-such.bundle", "no-such.bundle"),
    ],
)
def test_bad_options_are_refused_before_anything_is_written(
    tmp_path: Path, option: str, value: str, part: str
) -> None:
    assert part in refused("foresee", "Närpes", option, value, cwd=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    assert "taken" in refused("foresee", "Närpes", "--draws", "2", "--out", "taken", cwd=tmp_path)
    assert (tmp_path / "taken").read_text() == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert "locked" in refused("foresee", "Närpes", "--draws", "2", "--out", "locked/ut", cwd=tmp_path)


def test_errors_are_said_in_the_readers_language(tmp_path: Path) -> None:
    swedish = run("foresee", "Närpes", "--years", "0", "--lang", "sv", cwd=tmp_path).stderr
    finnish = run("foresee", "Närpes", "--years", "0", "--lang", "fi", cwd=tmp_path).stderr
    assert "Years" not in swedish + finnish
    assert swedish != finnish


def test_municipalities_lists_and_finds(tmp_path: Path) -> None:
    every = run("municipalities", cwd=tmp_path)
    found = run("municipalities", "ärp", "--lang", "sv", cwd=tmp_path)
    assert every.returncode == found.returncode == 0
    assert "Helsinki" in every.stdout
    assert "545" in found.stdout
    assert "Närpes" in found.stdout
    assert "091" not in found.stdout
    assert "xyzzy" in refused("municipalities", "xyzzy", cwd=tmp_path)


def two_snapshots(folder: Path) -> Path:
    """A made-up country of three municipalities with the two tables that are needed."""
    folder.mkdir()
    (folder / "municipalities.csv").write_text(
        "code,name,region_code\nA1,Öby,R\nA2,Åstad,R\nA3,Älvdal,S\n", encoding="utf-8"
    )
    with gzip.open(folder / "population_age_sex.csv.gz", "wt") as file:
        file.write("code,year,age,male,female\n")
        for place, size in (("A1", 40), ("A2", 300), ("A3", 9)):
            for year in (2030, 2031):
                for age in range(101):
                    count = max(1, round(size * (1 - age / 110))) if age < 95 else 0
                    file.write(f"{place},{year},{age},{count},{count}\n")
    return folder


def test_another_countrys_two_tables_make_a_bundle_that_lives(tmp_path: Path) -> None:
    two_snapshots(tmp_path / "data")
    done = run("calibrate", "--data", "data", "--out", "ours.bundle", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    bundle = read_bundle(tmp_path / "ours.bundle")
    assert list(bundle["code"]) == ["A1", "A2", "A3"]
    assert bundle.base_year == 2031
    assert "components" in bundle.manifest["lacking"]
    assert "components" in done.stdout
    lived = run("foresee", "astad", "--bundle", "ours.bundle", "--draws", "5", "--out", "x", cwd=tmp_path)
    assert lived.returncode == 0, lived.stderr


def edit(path: Path, old: str, new: str) -> None:
    text = gzip.decompress(path.read_bytes()).decode()
    assert old in text
    path.write_bytes(gzip.compress(text.replace(old, new, 1).encode()))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("code,year,age,male,female", "code,year,age,male,women", ("female", "population_age_sex")),
        ("A1,2030,3,", "A1,2030,3,-", ("less than 0", "population_age_sex", "row 5")),
        ("A1,2030,3,", "A1,2030,2,", ("population_age_sex",)),
        ("A1,2030,3,", "A1,2030,3,many", ("many", "population_age_sex")),
    ],
    ids=["missing column", "negative count", "duplicated row", "text in a number"],
)
def test_a_mistake_in_a_table_is_told_and_nothing_is_written(
    tmp_path: Path, old: str, new: str, parts: tuple[str, ...]
) -> None:
    edit(two_snapshots(tmp_path / "data") / "population_age_sex.csv.gz", old, new)
    said = refused("calibrate", "--data", "data", "--out", "ours.bundle", cwd=tmp_path)
    for part in parts:
        assert part in said
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_municipality_without_population_is_told(tmp_path: Path) -> None:
    folder = two_snapshots(tmp_path / "data")
    with (folder / "municipalities.csv").open("a", encoding="utf-8") as file:
        file.write("A4,Tomma,S\n")
    assert "A4" in refused("calibrate", "--data", "data", "--out", "ours.bundle", cwd=tmp_path)
    assert not (tmp_path / "ours.bundle").exists()


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    assert "no-such" in refused("calibrate", "--data", "no-such", cwd=tmp_path)
    (tmp_path / "empty").mkdir()
    assert "municipalities" in refused("calibrate", "--data", "empty", cwd=tmp_path)


def test_a_bundle_cannot_be_written_onto_a_folder(tmp_path: Path) -> None:
    two_snapshots(tmp_path / "data")
    (tmp_path / "here").mkdir()
    assert "here" in refused("calibrate", "--data", "data", "--out", "here", cwd=tmp_path)


def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.bundle").write_text("hello")
    assert "no.bundle" in refused("foresee", "Närpes", "--bundle", "no.bundle", cwd=tmp_path)


def test_calibration_is_deterministic(tmp_path: Path) -> None:
    """Finland's is compared with the shipped one; here every byte, of a country quick to calibrate."""
    two_snapshots(tmp_path / "data")
    copies = []
    for name in ("one.bundle", "two.bundle"):
        done = run("calibrate", "--data", "data", "--out", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        copies.append((tmp_path / name).read_bytes())
    assert copies[0] == copies[1]


def test_import_does_not_open_the_heavy_rooms() -> None:
    code = "import framsyn, sys; print(sorted({'numba', 'xarray', 'polars', 'altair'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_package_holds_bundle_catalogues_and_dictionaries() -> None:
    package = Path(sys.modules["framsyn"].__file__ or "").parent
    for part in ("places/finland.bundle", "model/indicators.csv", "report/locale/sv/LC_MESSAGES/framsyn.po"):
        assert (package / part).is_file(), part
