"""Names on the command line: whatever is looked up goes by its id or any of its names."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from framsyn.i18n.translator import words
from framsyn.model.indicators import indicators
from framsyn.report.indicator_table import print_indicators
from tests.test_cli import refused, run


def test_indicators_are_listed_with_their_ids_and_found_by_any_name(tmp_path: Path) -> None:
    every = run("indicators", "--lang", "sv", cwd=tmp_path)
    assert every.returncode == 0
    assert "annual_margin " in every.stdout
    assert "Årsbidrag" in every.stdout
    found = run("indicators", "Lånestock", "--lang", "fi", cwd=tmp_path).stdout
    assert "Lainakanta" in found
    assert "annual_margin" not in found
    assert "There is no indicator qqq" in refused("indicators", "qqq", cwd=tmp_path)


@pytest.mark.parametrize("name", ["Jomala kommun", "KU170", "jomalan kunta", "FI-170"])
def test_a_municipality_is_listed_by_code_forms_and_official_names(tmp_path: Path, name: str) -> None:
    assert "Jomala" in run("municipalities", name, cwd=tmp_path).stdout


@pytest.mark.parametrize("name", ["KU005", "Alajärven kaupunki", "5"])
def test_an_indicator_that_is_not_there_is_told_with_the_nearest_few(tmp_path: Path, name: str) -> None:
    said = refused("explain", name, "--indicator", "lånx", "--year", "2030", cwd=tmp_path)
    assert "There is no indicator lånx. Nearest: lån (loans). List them with: framsyn indicators" in said


def test_a_condition_with_an_unknown_indicator_names_the_nearest_in_the_reader_s_language(
    tmp_path: Path,
) -> None:
    said = refused("choose", "närpes stad", "--keep", "lånx < 9 000", "--lang", "sv", cwd=tmp_path)
    assert "Indikatorn lånx finns inte. Närmast: lån (loans)." in said
    assert len(said) < 150


@pytest.mark.parametrize(
    "rule", ["state_grant_pct", "State grant pct", "statsandelsprocent", "STATE-GRANT-PCT"]
)
def test_a_rule_of_law_is_found_by_name(tmp_path: Path, rule: str) -> None:
    shown = run("law", rule, cwd=tmp_path).stdout
    assert "2025" in shown
    assert shown.strip().startswith("state_grant_pct")


def test_an_unknown_rule_of_law_names_the_nearest_alone(tmp_path: Path) -> None:
    said = refused("law", "state_grant_pctt", cwd=tmp_path)
    assert "Nearest: state_grant_pct. List them with: framsyn law" in said


@pytest.mark.parametrize("effect", ["digital_return", "Digital return", "DIGITAL-RETURN"])
def test_an_effect_is_found_however_its_id_is_spelled(tmp_path: Path, effect: str) -> None:
    assert "digital_return" in run("evidence", effect, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "horoskop"), "There is no report horoskop"),
        (("--format", "ODT"), "There is no format ODT"),
        (("--strategy", "lazy*wingz.2"), "There is no lever wingz"),
        (("--kind", "välfärdsberättelse", "--format", ".ODT"), "There is no format .ODT"),
    ],
)
def test_a_report_that_is_not_there_is_refused(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused("report", "Närpes", *arguments, cwd=tmp_path)


def test_a_strategy_may_be_a_posture_s_name(tmp_path: Path) -> None:
    done = run(
        "plan", "Närpes stad", "--strategy", "Lat kommun", "--draws", "2", "--years", "3", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr


def test_a_posture_by_name_makes_the_same_page_again_by_its_id(tmp_path: Path) -> None:
    asked = ("foresee", "närpes", "--posture", "Laiska kunta", "--years", "2", "--draws", "2", "--out", "a")
    done = run(*asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "--posture lazy" in (tmp_path / "a" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("lang", "unit"), [("sv", "personer/år"), ("fi", "henkeä/vuosi"), ("en", "persons/year")]
)
def test_the_table_of_indicators_fits_and_cuts_nothing_off(lang: str, unit: str) -> None:
    shown = StringIO()
    print_indicators(list(indicators().values()), words(lang), Console(file=shown, width=80))
    lines = shown.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert unit in next(line for line in lines if " births " in line)
