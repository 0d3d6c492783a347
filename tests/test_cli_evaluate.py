"""`framsyn evaluate` as a person runs it."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from framsyn.cli.program import app
from framsyn.engage.synthetic import synthetic_answers
from tests.engage.made import IDS, line, write_csv

from .test_cli import refused


def told(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["evaluate", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_evaluate_prints_the_place_and_the_areas() -> None:
    said = " ".join(told("närpiö", "--lang", "en").split())
    assert "Nearness to the visions" in said
    assert "Economy" in said
    assert "Peers, those most alike" in said


def test_evaluate_as_json_with_own_peers_and_projection() -> None:
    peers = [part for name in ("Malax", "Korsnäs", "Kaskö") for part in ("--peers", name)]
    asked = ("545", *peers, "--projection", "H2", "--draws", "100", "--seed", "3", "--json", "--lang", "sv")
    document = json.loads(told(*asked))
    assert [one["name"] for one in document["peers"]["municipalities"]] == ["Malax", "Korsnäs", "Kaskö"]
    assert document["position"]["projection"]["id"] == "engagement"
    assert (document["position"]["draws"], document["position"]["seed"]) == (100, 3)
    assert json.loads(told(*asked)) == document


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Närpes", "--projection", "H3"), "There is no projection H3"),
        (("Närpes", "--peers", "Malax"), "at least 3 peers"),
        (("Närpes", "--draws", "0"), "From 1 to"),
        (("Närpes", "--bundle", "none.bundle"), "There is no bundle at none.bundle"),
    ],
)
def test_bad_input_is_told_with_exit_status_2(asked: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in refused("evaluate", *asked, cwd=tmp_path)


def test_answers_of_a_self_assessment_move_the_place(tmp_path: Path) -> None:
    made = synthetic_answers("engaging", 30, np.random.default_rng(1))
    rows = [
        line(
            name,
            group,
            **{one: "" if np.isnan(value) else int(value) for one, value in zip(IDS, row, strict=True)},
        )
        for name, group, row in zip(made.respondents, made.groups, made.values, strict=True)
    ]
    path = write_csv(tmp_path / "svar.csv", rows)
    document = json.loads(told("Närpes", "--answers", str(path), "--json", "--lang", "en"))
    assert document["position"]["nearest"] == "engaging"


def test_answers_that_may_not_have_been_read_are_noted_beside_the_place(tmp_path: Path) -> None:
    rows = [line(str(number), "resident", **dict.fromkeys(IDS, 5)) for number in range(40)]
    path = write_csv(tmp_path / "svar.csv", rows)
    document = json.loads(told("Närpes", "--answers", str(path), "--json", "--lang", "en"))
    same = [note for note in document["answer_notes"] if note.startswith("Respondents with the same answer")]
    assert same == ["Respondents with the same answer to every statement, reversed ones too: 40."]
