"""The commands as a person runs them."""

import contextlib
import csv
import gzip
import html
import io
import os
import re
import shlex
import stat
import subprocess
import sys
import warnings
from pathlib import Path
from unittest import mock

import pytest
import xarray as xr

from framsyn.cli import main
from framsyn.law.parameters import Law
from framsyn.places.bundle import read_bundle

FRAMSYN = [sys.executable, "-m", "framsyn"]


def run(*arguments: str, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run a command in this process, since a new one takes seconds to begin; `begin` begins some."""
    environment = {"LC_ALL": f"{lang}.UTF-8", "COLUMNS": "100"}
    told, said = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "argv", ["framsyn", *arguments]),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(said),
        warnings.catch_warnings(action="ignore"),
    ):
        os.environ.pop("FRAMSYN_DATA", None)
        with pytest.raises(SystemExit) as ended:
            main()
    status = ended.value.code if isinstance(ended.value.code, int) else 0
    return subprocess.CompletedProcess(arguments, status, told.getvalue(), said.getvalue())


def begin(*arguments: str, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
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


def test_a_refusal_ends_the_process_with_status_2(tmp_path: Path) -> None:
    done = begin("foresee", "Atlantis", cwd=tmp_path)
    assert done.returncode == 2
    assert "Atlantis" in done.stderr
    assert "Traceback" not in done.stderr


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


OWN = """
[mine]
based_on = "focused"
core_task = "safety"
upkeep = 1.1

[lazy]
upkeep = 0.2
"""


def attributes(folder: Path) -> dict[str, object]:
    with xr.open_dataset(folder / "futures.nc") as futures:
        return {**futures.attrs, "postures": list(futures["posture"].values)}


def command_of(folder: Path) -> list[str]:
    """The command that the page tells to make the same futures again, without `framsyn`."""
    text = (folder / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<code>framsyn (.*?)</code>", text)
    assert found is not None
    return shlex.split(html.unescape(found[1]))


def test_a_user_s_postures_are_lived_beside_the_visions_and_made_again(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    asked = ("foresee", "Närpes", "--draws", "3", "--years", "3", "--posture-file", "own.toml")
    done = run(*asked, "--core-task", "business", "--out", "ut", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = attributes(tmp_path / "ut")
    assert told["postures"] == ["as_is", "engaging", "focused", "lazy", "given_up", "mine"]
    assert told["core_task"] == "business"
    page = (tmp_path / "ut" / "index.html").read_text(encoding="utf-8")
    assert "<figcaption>mine</figcaption>" in page
    assert "Lazy municipality" not in page
    again = run(*command_of(tmp_path / "ut"), "--out", "again", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    first, second = (tmp_path / name / "indicators.csv" for name in ("ut", "again"))
    assert first.read_bytes() == second.read_bytes()
    assert "--core-task" in command_of(tmp_path / "again")


def test_one_posture_of_a_file_can_be_lived_alone(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    asked = ("foresee", "545", "--draws", "2", "--years", "2", "--posture-file", "own.toml")
    done = run(*asked, "--posture", "mine", "--out", "ut", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = attributes(tmp_path / "ut")
    assert told["postures"] == ["mine"]
    assert told["core_task"] == "safety"


def test_an_edited_law_changes_the_futures_and_is_told(tmp_path: Path) -> None:
    Law.copy_to(tmp_path / "law")
    edited = tmp_path / "law" / "grants.csv"
    text = edited.read_text(encoding="utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith("state_grant_pct,2026,"))
    parts = row.split(",")
    edited.write_text(text.replace(row, ",".join([*parts[:2], "5", *parts[3:]])), encoding="utf-8")
    (tmp_path / "law" / "taxes.csv").unlink()
    asked = ("foresee", "545", "--draws", "2", "--years", "2", "--posture", "as_is")
    before = run(*asked, "--out", "before", cwd=tmp_path)
    after = run(*asked, "--law", "law", "--out", "after", cwd=tmp_path)
    assert before.returncode == after.returncode == 0, after.stderr
    assert "taxes.csv" in after.stdout
    assert command_of(tmp_path / "after")[-4:] == ["--posture", "as_is", "--lang", "en"]
    assert "--law" in command_of(tmp_path / "after")
    grants = []
    for name in ("before", "after"):
        with xr.open_dataset(tmp_path / name / "futures.nc") as futures:
            grants.append(float(futures.grant_by_age_per_resident.mean("draw")[0, -1]))
    assert grants[1] < 0.5 * grants[0]


@pytest.mark.parametrize(
    ("option", "value", "parts"),
    [
        ("--core-task", "skola", ("no core task skola", "bildning")),
        ("--posture-file", "unknown-key.toml", ("foresight", "unknown-key.toml", "look_ahead")),
        ("--posture-file", "unknown-base.toml", ("based on nobody",)),
        ("--posture-file", "broken.toml", ("broken.toml", "not TOML")),
        ("--posture-file", "dos.toml", ("dos.toml, row 1", "neither UTF-8 nor Windows-1252")),
        ("--posture-file", "no-such.toml", ("There is no file no-such.toml",)),
        ("--posture-file", ".", ("is a folder",)),
        ("--law", "no-law", ("no folder no-law",)),
        ("--law", ".", ("holds no law file", "grants.csv")),
    ],
)
def test_a_wrong_core_task_posture_file_or_law_is_refused_before_anything_is_written(
    tmp_path: Path, option: str, value: str, parts: tuple[str, ...]
) -> None:
    (tmp_path / "unknown-key.toml").write_text("[mine]\nforesight = 5\n", encoding="utf-8")
    (tmp_path / "unknown-base.toml").write_text('[mine]\nbased_on = "nobody"\n', encoding="utf-8")
    (tmp_path / "broken.toml").write_text("[mine\n", encoding="utf-8")
    (tmp_path / "dos.toml").write_bytes("# för".encode("cp850"))
    before = set(tmp_path.iterdir())
    said = refused("foresee", "Närpes", option, value, cwd=tmp_path)
    for part in parts:
        assert part in said
    assert set(tmp_path.iterdir()) == before


def test_a_core_task_is_checked_even_where_no_posture_has_one(tmp_path: Path) -> None:
    said = refused("foresee", "545", "--posture", "lazy", "--core-task", "skola", cwd=tmp_path)
    assert "skola" in said


def test_the_default_folder_carries_the_name(tmp_path: Path) -> None:
    """Asked for by another of its names; every spelling: tests/places/test_names.py."""
    done = run("foresee", "NÄRPIÖ", "--draws", "2", "--years", "2", "--lang", "sv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "framsyn-Närpes" / "index.html").is_file()


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
        ("--posture", "latare", "no posture latare"),
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
    assert "Nearest: Närpes (545)" in refused("municipalities", "närpess", "--lang", "en", cwd=tmp_path)
    assert "Nearest: loans" in refused("indicators", "lonas", "--lang", "en", cwd=tmp_path)


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
    for part in ("places/finland.bundle", "model/indicators.csv", "i18n/locale/sv/LC_MESSAGES/framsyn.po"):
        assert (package / part).is_file(), part
