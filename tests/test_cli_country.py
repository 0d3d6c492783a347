"""`framsyn country` as a person runs it."""

import csv
from pathlib import Path

import pytest

from .test_cli import refused, run

FEW = ("--years", "2", "--draws", "2")
COLUMNS = ["code", "year", "posture", "indicator", "unit", "mean", "p10", "p50", "p90"]


def test_country_writes_one_table_and_prints_another_of_100_columns(tmp_path: Path) -> None:
    done = run("country", *FEW, "--posture", "lazy", "--out", "ut", "--lang", "sv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["country.csv"]
    told = [line for line in done.stdout.splitlines() if "country.csv" not in line]
    assert max(len(line) for line in told) <= 100
    assert "Lat kommun" in done.stdout
    with (tmp_path / "ut" / "country.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == COLUMNS
    assert {row["posture"] for row in rows} == {"as_is", "lazy"}
    assert len({row["code"] for row in rows}) == 308
    assert {"moves_in", "moves_out"} < {row["indicator"] for row in rows}
    base = [row for row in rows if row["year"] == "2025"]
    assert {row["mean"] for row in base if row["indicator"] == "moves_in"} == {""}
    for posture in ("as_is", "lazy"):
        came, went = (
            sum(
                float(row["mean"])
                for row in rows
                if (row["posture"], row["indicator"], row["year"]) == (posture, name, "2027")
            )
            for name in ("moves_in", "moves_out")
        )
        assert abs(came / went - 1.0) < 1e-6


def test_the_same_command_gives_the_same_bytes_and_replaces_the_table(tmp_path: Path) -> None:
    arguments = ("country", *FEW, "--posture", "given_up", "--out", ".")
    assert run(*arguments, cwd=tmp_path).returncode == 0
    before = (tmp_path / "country.csv").read_bytes()
    assert run(*arguments, cwd=tmp_path).returncode == 0
    assert (tmp_path / "country.csv").read_bytes() == before


def test_a_file_of_own_postures_is_lived_alone(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[frugal]\nbased_on = "lazy"\nupkeep = 0.5\n', encoding="utf-8")
    done = run("country", *FEW, "--posture-file", "own.toml", "--out", "ut", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "frugal" in done.stdout
    assert "Lazy" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--posture", "nobody"), "There is no posture nobody"),
        (("--posture", "lazy", "--posture", "lazy"), "A posture is named twice: lazy"),
        (("--years", "51"), "Years must be from 1 to 50"),
        (("--draws", "0"), "Draws must be from 1"),
        (("--posture-file", "none.toml"), "There is no file none.toml"),
        (("--law", "nowhere"), "There is no folder nowhere"),
        (("--core-task", "juggling"), "There is no core task juggling"),
        (("--bundle", "none.bundle"), "none.bundle"),
        (("--out", "file"), "file is a file, not a folder"),
        (("--out", "taken"), "is a folder, but a file of that name is to be written"),
    ],
)
def test_bad_input_ends_with_a_message_and_status_2(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "taken" / "country.csv").mkdir(parents=True)
    out = () if "--out" in arguments else ("--out", "ut")
    assert words in refused("country", *arguments, *out, cwd=tmp_path)
    assert not (tmp_path / "ut").exists()
