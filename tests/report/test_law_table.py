import io
from pathlib import Path

import pytest
from rich.console import Console

from framsyn.errors import FramsynError
from framsyn.i18n.translator import words
from framsyn.law.parameters import Law
from framsyn.law.path import law_path
from framsyn.report.law_table import (
    CARRIED,
    carried_sentences,
    print_history,
    print_law,
    unit_text,
    value_text,
)


def console() -> tuple[Console, io.StringIO]:
    told = io.StringIO()
    return Console(file=told, width=100, force_terminal=False), told


def test_every_rule_is_told_with_its_mark_in_a_hundred_columns() -> None:
    out, told = console()
    print_law(Law.standing(), 2028, words("en"), out)
    lines = told.getvalue().splitlines()
    assert max(map(len, lines)) <= 100
    text = " ".join(told.getvalue().split())
    for identity in Law.standing().ids():
        assert identity in text
    assert "25.73 *" in text
    assert "carried from the year told" in text
    assert "proposed" in text


def test_a_rule_that_begins_later_has_no_value_yet() -> None:
    out, told = console()
    print_law(Law.standing(), 2025, words("en"), out)
    line = next(line for line in told.getvalue().splitlines() if "decision_index" in line)
    assert "–" in line
    assert "2027" in line


def test_the_history_of_a_rule_holds_every_year_and_says_what_is_carried() -> None:
    out, told = console()
    print_history(Law.standing(), "state_grant_pct", 2030, words("en"), out)
    text = " ".join(told.getvalue().split())
    for year in range(2015, 2027):
        assert str(year) in text
    assert "In 2030: 25.73 percent (proposed). Carried from 2026." in text
    with pytest.raises(FramsynError, match="no law parameter called snow"):
        print_history(Law.standing(), "snow", 2026, words("en"), out)


def test_a_file_that_an_edited_copy_lacks_is_told(tmp_path: Path) -> None:
    Law.copy_to(tmp_path)
    (tmp_path / "taxes.csv").unlink()
    out, told = console()
    print_law(Law.open(tmp_path), 2026, words("en"), out)
    assert "– taxes.csv is not in" in told.getvalue()


def test_what_is_carried_is_a_sentence_each() -> None:
    _, carried = law_path(Law.standing(), 2025, 20, 5.65e6)
    assert carried_sentences(carried, words("en"))[0] == (
        "state_grant_pct: the value proposed for 2026 (25.73 percent) stands in for later years."
    )
    assert {one.sentence for one in carried} <= set(CARRIED)


def test_euros_are_told_in_millions_and_a_whole_value_without_decimals() -> None:
    assert value_text(-91e6, "EUR", words("en")) == "−91.0"
    assert unit_text("EUR", words("en")) == "M€"
    assert value_text(6.0, "percent", words("en")) == "6"
    assert value_text(0.8, "share", words("sv")) == "0,80"
