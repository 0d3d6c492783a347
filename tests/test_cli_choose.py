"""`framsyn choose` and `framsyn levers` as a person runs them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from framsyn.cli.program import app

from .test_cli import refused

SMALL = ("--budget", "200", "--worlds", "10", "--fresh", "30", "--years", "10")


def told(*arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments, "--lang", "en"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_choosing_writes_the_page_the_table_and_the_strategies(tmp_path: Path) -> None:
    out = tmp_path / "välj"
    said = told("choose", "närpes", *SMALL, "--keep", "loans < 9000", "--out", str(out))
    assert "200 strategies were lived in 10 worlds" in " ".join(said.split())
    assert {path.name for path in out.iterdir()} == {
        "index.html",
        "strategies.csv",
        "strategies",
        "vulnerabilities.json",
        "pathways.json",
    }
    json.loads((out / "pathways.json").read_text("utf-8"))
    again = tmp_path / "igen"
    told("choose", "närpes", *SMALL, "--keep", "loans < 9000", "--out", str(again))
    for name in ("index.html", "strategies.csv", "vulnerabilities.json", "pathways.json"):
        assert (again / name).read_bytes() == (out / name).read_bytes()


def test_the_levers_are_listed() -> None:
    assert "upkeep" in told("levers")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--objectives", "trust"), "at least two objectives"),
        (("--objectives", "trust,beauty"), "There is no indicator beauty"),
        (("--keep", "loans"), "nothing that can be kept"),
        (("--weight", "trust"), "is no weight"),
        (("--budget", "10"), "--budget must be from 200"),
        (("--worlds", "1"), "--worlds must be from 10"),
        (("--turn", "2020"), "2020 was given"),
        (("--strategy", "none.toml"), "none.toml"),
        (("--years", "0"), "Years must be from 1"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    asked: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    assert said in refused("choose", "Närpes", *asked, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
