"""`framsyn evidence` as a person runs it."""

import json
from pathlib import Path

from tests.test_cli import refused, run


def test_evidence_lists_the_register(tmp_path: Path) -> None:
    done = run("evidence", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "tax_to_moves" in done.stdout
    assert "digital_return" in done.stdout


def test_evidence_tells_one_effect_in_full(tmp_path: Path) -> None:
    done = run("evidence", "village_school_closure_to_population", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Sørensen et al. 2021" in done.stdout
    assert "moves.write_moves" in done.stdout


def test_an_unknown_effect_is_refused_with_the_nearest(tmp_path: Path) -> None:
    said = refused("evidence", "tax_to_move", cwd=tmp_path)
    assert "tax_to_move " in said
    assert "tax_to_moves" in said


def test_an_unknown_effect_writes_no_json(tmp_path: Path) -> None:
    done = run("evidence", "xyzzy", "--json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


def test_evidence_as_json_is_valid_whatever_the_language(tmp_path: Path) -> None:
    every = json.loads(run("evidence", "--json", "--lang", "sv", cwd=tmp_path).stdout)
    one = json.loads(run("evidence", "tax_to_moves", "--json", cwd=tmp_path).stdout)
    assert one in every
    assert one["strength"] == "0"
