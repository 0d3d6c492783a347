"""`framsyn warn` as a person runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from framsyn.cli.program import app
from framsyn.evaluate.warning import early_warning
from framsyn.places.municipality import municipality

from .test_cli import refused

FEW = ("--years", "9", "--draws", "20")


def told(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["warn", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_warn_prints_the_risk_under_every_posture_and_until_when_turning_works() -> None:
    said = " ".join(told("joutsa", *FEW, "--lang", "en").split())
    assert "Joutsa: how likely the criteria of the Municipal Act" in said
    for name in ("As today", "Lazy municipality", "Municipality that has given up"):
        assert name in said
    assert "turning to “Engaging vitality municipality”" in said.replace("Turning", "turning")


def test_warn_as_json_holds_what_was_computed() -> None:
    asked = ("Joutsa", "--posture", "given_up", "--turn-to", "focused", "--seed", "3", *FEW, "--json")
    document = json.loads(told(*asked, "--lang", "sv"))
    found = early_warning(municipality("Joutsa"), ("given_up",), 9, 20, 3, turn_to="focused")
    assert list(document["postures"]) == ["given_up"]
    assert document["years"] == list(found.years)
    posture, one = document["postures"]["given_up"], found.postures["given_up"]
    assert [year["value"] for year in posture["by_year"]["any"]] == [
        year.value for year in one.by_year["any"]
    ]
    assert one.turning is not None
    assert posture["turning"]["turned"] == list(one.turning.turned)
    assert one.spiral is not None
    assert posture["spiral"]["declines"]["value"] == one.spiral.declines.value


def test_a_strategy_of_a_file_is_warned_of_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[slow]\nbased_on = "given_up"\n[[slow.then]]\nfrom = 2031\nupkeep = 1.0\n', "utf-8")
    asked = ("Joutsa", "--posture-file", str(path), "--posture", "slow", *FEW, "--json", "--lang", "fi")
    assert json.loads(told(*asked))["postures"]["slow"]["label"] == "slow"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Joutsa", "--posture", "sleepy"), "no posture sleepy"),
        (("Joutsa", "--turn-to", "sleepy"), "no posture sleepy"),
        (("Joutsa", "--core-task", "moon"), "no core task moon"),
        (("Joutsa", "--posture", "lazy", "--posture", "lazy"), "named twice"),
        (("Joutsa", "--years", "0"), "from 1 to 50"),
        (("Joutsa", "--draws", "0"), "from 1 to"),
        (("Atlantis",), "Atlantis"),
        (("Joutsa", "--law", "nowhere"), "nowhere"),
        (("Joutsa", "--lang", "de"), "no language de"),
    ],
)
def test_bad_input_is_told_with_exit_status_2(asked: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in refused("warn", *asked, cwd=tmp_path)
