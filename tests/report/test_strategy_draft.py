import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framsyn.choose.chosen import Chosen, live_chosen
from framsyn.choose.plan import Plan, plan_of
from framsyn.choose.statute import Draft, draft_of
from framsyn.errors import FramsynError
from framsyn.foresee.futures import foresee
from framsyn.foresee.postures import read_postures
from framsyn.i18n import catalogue
from framsyn.i18n.translator import LANGUAGES, NOT_KNOWN, Words, words
from framsyn.places.municipality import municipality
from framsyn.report.plan_files import NAMES, write_plan
from framsyn.report.strategy_draft import strategy_draft, table
from framsyn.report.strategy_json import strategy_json

YEARS, DRAWS, HORIZON = 10, 8, 2035
EN = words("en")


@pytest.fixture(scope="module")
def chosen() -> Chosen:
    return live_chosen(municipality("Närpes"), "engaging", YEARS, DRAWS, 1)


@pytest.fixture(scope="module")
def plan(chosen: Chosen) -> Plan:
    return plan_of(chosen, 2027)


@pytest.fixture(scope="module")
def draft(chosen: Chosen) -> Draft:
    return draft_of(chosen, HORIZON, [2027, 2028, 2029])


@dataclass(frozen=True, eq=False)
class Listening(Words):
    """Words that note every message asked for."""

    asked: Any = None

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return super().gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        self.asked.add((singular, plural))
        return super().ngettext(singular, plural, n)


def test_every_text_of_the_draft_can_be_translated(draft: Draft, plan: Plan) -> None:
    asked: set[Any] = set()
    listening = Listening(EN.lang, EN.locale, EN.messages, asked)
    strategy_draft(draft, plan, "Engaging", listening)
    strategy_json(draft, plan, "Engaging", listening)
    assert asked - {"", "–"} <= set(catalogue.messages())
    assert "What the strategy decides" in asked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_draft_has_its_headings_and_nothing_unsaid(draft: Draft, plan: Plan, lang: str) -> None:
    text = strategy_draft(draft, plan, "Engaging", words(lang))
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == 11
    assert len(re.findall(r"^## [1-7]\. ", text, re.MULTILINE)) == 7
    assert len(re.findall(r"^> ", text, re.MULTILINE)) == 11
    assert not re.search(r"\bnan\b|\bNone\b\s*\||\{|\}", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_of_the_draft_are_those_of_the_data(draft: Draft, plan: Plan, lang: str) -> None:
    said = words(lang)
    text = strategy_draft(draft, plan, "Engaging", said)
    document = json.loads(strategy_json(draft, plan, "Engaging", said))
    compared = 0
    for section in document["sections"]:
        if section["kind"] == "frame":
            continue
        told: dict[str, list[float | None]] = {one["indicator"]: [] for one in section["numbers"]}
        for one in section["numbers"]:
            told[one["indicator"]].append(one["p50"])
        for indicator, (now, strategy, as_today, difference) in told.items():
            cells = next(
                row for row in rows_of(text, said.gettext(section["heading"])) if f"(`{indicator}`)" in row[0]
            )
            shown = [number_of(cells[place]) for place in (2, 3, 5, 6)]
            for seen, known in zip(shown, (now, strategy, as_today, difference), strict=True):
                assert seen == (None if known is None else pytest.approx(known, abs=tolerance(cells[3])))
                compared += 1
    assert compared > 100


def rows_of(text: str, heading: str) -> list[list[str]]:
    """Cells of the table rows beneath a heading."""
    part = text.split(heading, 1)[1].split("\n## ", 1)[0]
    return [
        [cell.strip() for cell in line.strip("| ").split(" | ")] for line in part.splitlines() if "|" in line
    ]


def number_of(cell: str) -> float | None:
    """The first number of a cell, whatever the language wrote it in."""
    if cell == NOT_KNOWN:
        return None
    first = cell.split(" (")[0]
    plain = re.sub(r"[\u00a0\u202f]", "", first).replace("−", "-").replace("+", "")
    plain = plain.replace(",", "") if re.search(r",\d{3}(\D|$)", plain) else plain.replace(",", ".")
    return float(plain)


def tolerance(cell: str) -> float:
    """Half of the last decimal shown."""
    decimals = re.search(r"[.,](\d{1,2})$", cell.split(" (")[0])
    return 0.5000001 * 10.0 ** -(len(decimals[1]) if decimals else 0)


def test_every_number_of_the_data_is_that_of_the_futures(draft: Draft, plan: Plan) -> None:
    futures = foresee(municipality("Närpes"), ["as_is", "engaging"], YEARS, DRAWS, 1)
    document = json.loads(strategy_json(draft, plan, "Engaging", EN))
    numbers = [one for section in document["sections"] for one in section["numbers"]]
    followed = [one for section in document["sections"] for one in section["followed"] or []]
    for one in (*numbers, *followed):
        lives = futures[one["indicator"]].sel(posture=one["posture"], year=one["year"]).to_numpy()
        if "less" in one:
            lives = lives - futures[one["indicator"]].sel(posture=one["less"], year=one["year"]).to_numpy()
        if one["p50"] is None:
            assert np.isnan(lives).all()
            continue
        known = np.quantile(lives, (0.1, 0.5, 0.9))
        assert [one["p10"], one["p50"], one["p90"]] == pytest.approx(known.tolist())


def test_a_strategy_of_ones_own_with_a_later_phase_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text("[ours]\nbased_on = 'focused'\n[[ours.then]]\nfrom = 2030\nupkeep = 1.2\n", "utf-8")
    known = read_postures(path)
    chosen = live_chosen(municipality("Närpes"), "ours", 5, 3, 1, known=known)
    text = strategy_draft(draft_of(chosen, 2030, [2027]), plan_of(chosen, 2027), "ours", EN)
    assert (
        "| Upkeep of buildings and networks | share of the yearly wear | 1.00 | 0.95; from 2030: 1.20 |"
        in text
    )
    assert "| Core task |  | None | bildning |" in text
    assert "| Ambition in library | share of today's spending per user | 1.00 | 0.93 |" in text


def test_going_on_as_today_is_compared_with_nothing() -> None:
    chosen = live_chosen(municipality("Närpes"), "as_is", 4, 3, 1)
    text = strategy_draft(draft_of(chosen, 2029, [2027]), plan_of(chosen, 2027), "As today", EN)
    assert text.count("there is nothing to compare with") == 6
    assert "Better than" not in text


def test_a_single_future_tells_nothing_sure() -> None:
    chosen = live_chosen(municipality("Närpes"), "lazy", 4, 1, 1)
    text = strategy_draft(draft_of(chosen, 2029, [2027]), plan_of(chosen, 2027), "Lazy", EN)
    assert "A single future was drawn" in text
    assert "nine of ten" not in text


def test_a_name_cannot_break_a_table() -> None:
    assert table(["a|b"], [["1"]]) == "| a\\|b |\n| ---: |\n| 1 |"


def test_all_files_are_written_or_none(draft: Draft, plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    written = write_plan(plan, draft, "Engaging", folder, EN)
    assert sorted(one.name for one in folder.iterdir()) == sorted(NAMES)
    assert [one.name for one in written] == list(NAMES)
    blocked = tmp_path / "blocked"
    (blocked / NAMES[1]).mkdir(parents=True)
    with pytest.raises(FramsynError, match="is a folder, but a file of that name"):
        write_plan(plan, draft, "Engaging", blocked, EN)
    assert [one.name for one in blocked.iterdir()] == [NAMES[1]]
