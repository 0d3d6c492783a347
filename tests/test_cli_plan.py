"""`framsyn plan` as a person runs it."""

import csv
import json
from pathlib import Path

import pytest

from tests.test_cli import refused, run


def test_plan_prints_the_plan_and_writes_three_files(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[prior_year]\nresult = 350\n", "utf-8")
    done = run(
        "plan", "Närpes", "--strategy", "focused", "--own", "own.toml", "--years", "3", "--draws", "4",
        "--out", "out", "--lang", "en", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Economic plan of Närpes 2027–2029: Solution-oriented municipality" in done.stdout
    assert "350³" in done.stdout
    with (tmp_path / "out" / "plan.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["key"]: row for row in csv.DictReader(stream)}
    assert rows["result.prior_year"]["status"] == "own_figure"
    assert rows["service_purchases.budget"]["keur"] == ""
    document = json.loads((tmp_path / "out" / "strategy_draft.json").read_text("utf-8"))
    assert document["strategy"]["id"] == "focused"
    # The strategy looks to 2028; the plan is lived a year longer.
    assert document["horizon"] == 2028
    text = (tmp_path / "out" / "strategy_draft.md").read_text("utf-8")
    assert text.startswith("# Draft strategy of Närpes: Solution-oriented municipality\n")


TWO = "[one]\nbased_on = 'lazy'\n[two]\nbased_on = 'focused'\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--strategy", "sleepy"), "neither a file nor a shipped posture"),
        (("--strategy", "none.toml"), "There is no file none.toml"),
        (("--strategy", "two.toml"), "say with --posture which one the plan is for: one, two"),
        (("--strategy", "two.toml", "--posture", "three"), "There is no posture three"),
        (("--strategy", "lazy", "--budget-year", "2026"), "must be from 2027 to 2073; 2026 was given"),
        (("--strategy", "lazy", "--budget-year", "0"), "must be from 2027 to 2073; 0 was given"),
        (("--strategy", "lazy", "--years", "51"), "Years must be from 1 to 50"),
        (("--strategy", "lazy", "--draws", "0"), "Draws must be from 1"),
        (("--strategy", "lazy", "--own", "none.toml"), "There is no file none.toml"),
        (("--strategy", "lazy", "--own", "bad.toml"), "names the line results, which no plan has"),
        (("--strategy", "lazy", "--out", "bad.toml"), "is a file, not a folder"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_written(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    (tmp_path / "two.toml").write_text(TWO, "utf-8")
    (tmp_path / "bad.toml").write_text("[budget]\nresults = 5\n", "utf-8")
    assert said in refused("plan", "Närpes", *asked, cwd=tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.toml", "two.toml"]
