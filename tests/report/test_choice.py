"""What is told of a choice: the same numbers in the terminal, the table, the files and the page."""

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from framsyn.choose.levers import levers
from framsyn.foresee.postures import read_postures
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.choice_files import NAMES, write_choice
from framsyn.report.choice_page import render
from framsyn.report.choice_table import strategies_csv
from framsyn.report.choices import print_choice, unasked, unasked_lines, value
from framsyn.report.levers import print_levers
from framsyn.report.settings import name_of, told_settings
from tests.report.made_choice import made_choice

COMMAND = "framsyn choose 545"


def printed(lang: str, width: int = 100) -> str:
    choice, insight = made_choice()
    console = Console(width=width, file=io.StringIO(), record=True)
    print_choice(choice, insight, words(lang), console)
    return console.export_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_tells_every_strategy_and_no_number_is_missing(lang: str) -> None:
    choice, _insight = made_choice()
    told = printed(lang)
    assert "nan" not in told.lower().split()
    assert "{" not in told
    for one in choice.candidates:
        if one.kind in ("found", "own"):
            assert one.id in told
    assert all(len(line) <= 100 for line in told.splitlines())


@pytest.mark.parametrize("lang", ["sv", "fi"])
def test_no_english_is_left_in_a_translated_choice(lang: str) -> None:
    english = set(re.findall(r"[A-Za-z]{5,}", printed("en")))
    told = set(re.findall(r"[A-Za-zÅÄÖåäö]{5,}", printed(lang)))
    assert english & told <= {"loans", "Ambition", "robust", "bildning"}  # words that the languages share


def test_the_table_holds_the_numbers_of_the_fresh_worlds() -> None:
    choice, _insight = made_choice()
    rows = list(csv.DictReader(io.StringIO(strategies_csv(choice))))
    assert [row["id"] for row in rows] == choice.ids
    for place, row in enumerate(rows):
        for at, one in enumerate(choice.asked.objectives):
            assert float(row[f"{one.id}.mean"]) == pytest.approx(choice.values[place, :, at].mean(), rel=1e-6)
        assert float(row["satisficing"]) == pytest.approx(1.0 - choice.failing[place].mean(), abs=1e-6)
        assert float(row["regret_90"]) == pytest.approx(choice.robustness.regret_90[place], rel=1e-6)
        assert row["unbeaten"] == str(int(choice.unbeaten[place]))
        assert (row["loans.search"] == "") == (choice.candidates[place].estimate is None)
        assert all(f"lever.{identity}" in row for identity in levers())
    today = rows[0]
    assert (today["lever.upkeep"], today["lever.core_task"], today["lever.fiscal_rule"]) == (
        "1",
        "",
        "after_deficit",
    )


def test_the_files_are_written_and_read_back_as_what_was_found(tmp_path: Path) -> None:
    choice, insight = made_choice()
    folder = tmp_path / "Närpes val"
    stale = folder / "strategies" / "S99.toml"
    stale.parent.mkdir(parents=True)
    stale.write_text("", encoding="utf-8")
    written = write_choice(choice, insight, COMMAND, folder, words("sv"))
    assert [path.name for path in written[:4]] == list(NAMES)
    assert not stale.exists()
    for one in choice.candidates:
        path = folder / "strategies" / f"{one.id}.toml"
        assert path.exists() == (one.kind == "found")
        if path.exists():
            assert read_postures(path) == {one.id: one.posture}
    told = json.loads((folder / "vulnerabilities.json").read_text("utf-8"))
    assert set(told) == set(insight.vulnerabilities)
    paths = json.loads((folder / "pathways.json").read_text("utf-8"))
    assert {one["strategy"] for one in paths["strategies"]} == {
        node.strategy for node in insight.pathways.nodes
    }
    assert not list(folder.glob(".framsyn-*"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_tells_what_the_table_tells(lang: str) -> None:
    choice, insight = made_choice()
    said = words(lang)
    page = render(choice, insight, COMMAND, said)
    assert COMMAND in page
    assert "nan" not in re.findall(r"\w+", page)
    means = choice.values.mean(axis=1)
    for place in range(len(choice.candidates)):
        for at, one in enumerate(choice.asked.objectives):
            assert f"<td>{value(one, means[place, at], said)}</td>" in page
    assert page.count("★") >= choice.unbeaten.sum()


def test_what_nothing_asks_about_and_most_save_on_is_told() -> None:
    choice, _insight = made_choice()
    assert "culture" in unasked(choice)
    assert "education" not in unasked(choice)
    (line,) = unasked_lines(choice, words("en")) or [""]
    cut = [
        lever
        for lever in unasked(choice)
        if np.mean([_cut(one, lever) for one in choice.candidates if one.kind == "found"]) > 0.5
    ]
    for lever in cut:
        assert levers()[lever].label in line
    assert bool(line) == bool(cut)


def _cut(candidate: object, lever: str) -> bool:
    choice, _insight = made_choice()
    told = dict(told_settings(candidate, choice.setting, words("en")))  # type: ignore[arg-type]
    last = told.get(levers()[lever].label, "100%").split()[-1]
    return float(last.rstrip("%")) < 100.0


def test_a_vision_is_called_by_its_name_and_a_strategy_found_by_its_id() -> None:
    choice, _insight = made_choice()
    names = [name_of(one, words("sv")) for one in choice.candidates]
    assert names[:2] == ["Som i dag", "En engagerande livskraftskommun"]
    assert names[5:7] == ["vår_väg", "S01"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_levers_are_told_with_their_law(lang: str) -> None:
    console = Console(width=100, file=io.StringIO(), record=True)
    print_levers(words(lang), console)
    told = console.export_text()
    assert all(identity in told for identity in levers())
    assert "410/2015" in told
