"""`framsyn explain` as a person runs it."""

import json
from pathlib import Path

import pytest

from tests.test_cli import refused, run

ASKED = ("explain", "Närpes", "--indicator", "annual_margin", "--year", "2030", "--draws", "3")


def test_explain_prints_where_the_change_comes_from(tmp_path: Path) -> None:
    done = run(*ASKED, "--posture", "lazy", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "People and ages" in done.stdout
    assert "2025" in done.stdout
    assert max(len(line.rstrip()) for line in done.stdout.splitlines()) <= 100


def test_explain_as_json_sums_to_the_change(tmp_path: Path) -> None:
    done = run(*ASKED, "--posture", "focused", "--core-task", "bildning", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert sum(one["amount"] for one in document["causes"]) == pytest.approx(document["change"], abs=1e-9)
    assert document["core_task"] == "bildning"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--indicator", "anual_margin", "--year", "2030"), "Nearest: annual_margin"),
        (("--indicator", "result", "--year", "2025"), "after the base year"),
        (("--indicator", "result", "--year", "2080"), "1 to 50"),
        (("--indicator", "result", "--year", "2030", "--posture", "sleepy"), "There is no posture sleepy"),
        (("--indicator", "births", "--year", "2030", "--draws", "1"), "not known in the base year"),
    ],
)
def test_what_cannot_be_explained_is_refused(tmp_path: Path, asked: tuple[str, ...], said: str) -> None:
    assert said in refused("explain", "Närpes", *asked, cwd=tmp_path)


def test_explain_against_another_policy_sums_to_the_difference(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[plotted]\nbased_on = "lazy"\nhousing = 100\n', encoding="utf-8")
    asked = ("explain", "Närpes", "--indicator", "total_burden", "--year", "2030", "--draws", "3")
    done = run(*asked, "--posture", "lazy", "--against", str(own), "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["against"] == "plotted"
    assert sum(one["amount"] for one in document["causes"]) == pytest.approx(document["change"], abs=1e-9)
    assert next(one["amount"] for one in document["causes"] if one["id"] == "land") < 0.0


def test_a_policy_compared_with_itself_or_with_none_is_refused(tmp_path: Path) -> None:
    assert "named twice" in refused(*ASKED, "--posture", "lazy", "--against", "lazy", cwd=tmp_path)
    assert "neither a file nor" in refused(*ASKED, "--against", "sleepy", cwd=tmp_path)
