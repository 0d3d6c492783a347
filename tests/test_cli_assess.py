"""`framsyn assess` as a person runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from framsyn.cli.assess import assess
from framsyn.errors import FramsynError
from tests.engage.made import line, write_csv


def run(*arguments: str) -> str:
    done = CliRunner().invoke(assess, [*arguments, "--lang", "en"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_template_is_written_filled_in_and_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "self-assessment.csv" in run("template")
    with Path("self-assessment.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(
            ",".join(map(str, line(str(number), answer=4).values())) + "\n" for number in range(6)
        )
    assert "6 of 6 respondents" in run("score", "self-assessment.csv")


def test_a_json_template_is_named_after_its_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("template", "--format", "json")
    assert json.loads(Path("self-assessment.json").read_text("utf-8"))["answers"] == []


def test_scores_as_json_are_nothing_but_json(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [line(str(number), answer=2 + number % 2) for number in range(8)])
    told = json.loads(run("score", str(path), "--json", "--weighing", "respondents"))
    assert (told["counted"], told["weighing"]) == (8, "respondents")


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [line(str(number), answer=2 + number % 3) for number in range(8)])
    first, again, other = (run("score", str(path), "--json", "--seed", seed) for seed in ("1", "1", "2"))
    assert first == again != other


def test_a_wrong_answer_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [line("1", e1=6)])
    with pytest.raises(FramsynError, match="column e1"):
        run("score", str(path))
