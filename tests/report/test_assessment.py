"""A scored self-assessment in the terminal and as JSON."""

import io
import json

import numpy as np
import pytest
from rich.console import Console

from framsyn.engage.answers import Answers
from framsyn.engage.scoring import Scores, score
from framsyn.engage.statements import statements
from framsyn.engage.synthetic import synthetic_answers
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.assessment import CLEAR, print_scores
from framsyn.report.assessment_json import scores_json
from tests.engage.made import answers


@pytest.fixture(scope="module")
def scores() -> Scores:
    """Officials see a focused municipality, residents a lazy one; councillors and firms are few."""
    rng = np.random.default_rng(3)
    high, low = synthetic_answers("focused", 20, rng), synthetic_answers("lazy", 26, rng)
    groups = ("officials",) * 20 + ("residents",) * 20 + ("councillors",) * 3 + ("firms",) * 3
    return score(
        Answers(high.respondents + low.respondents, groups, np.concatenate([high.values, low.values])),
        draws=200,
    )


def printed(scores: Scores, width: int = 100, lang: str = "en") -> str:
    console = Console(file=io.StringIO(), width=width)
    print_scores(scores, words(lang), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(
    scores: Scores, width: int, lang: str
) -> None:
    text = printed(scores, width, lang)
    assert max(map(len, text.splitlines())) <= min(width, 100)
    assert "…" not in text.replace(" … ", "")  # the Finnish interval has spaces around it
    said = words(lang)
    for group in scores.groups:
        for name in DIMENSIONS:
            told = group.measures[name]
            assert f"{said.number(told.mean)} ({said.interval(told.low, told.high)})" in text


def test_the_screen_tells_scores_gaps_reliability_vision_and_start(scores: Scores) -> None:
    text = " ".join(printed(scores).split())
    assert "Self-assessment: 46 of 46 respondents" in text
    assert "every group counts the same" in text
    assert "Alpha" in text
    assert CLEAR in text
    assert "Officials − residents" in text
    assert "Statements on which groups differ most" in text
    assert "our reading" in text
    assert "Trust" in text
    assert "Shown only together, since each is too small alone: councillors, firms." in text


def test_the_nearest_vision_comes_first(scores: Scores) -> None:
    assert scores.placement is not None
    told = printed(scores).split("Which vision")[1]
    labels = {
        "focused": "Solution-oriented municipality",
        "lazy": "Lazy municipality",
        "engaging": "Engaging vitality municipality",
        "given_up": "Municipality that has given up",
    }
    ranked = sorted(scores.placement.distances.items(), key=lambda pair: pair[1])
    places = [told.index(labels[vision]) for vision, _ in ranked]
    assert places == sorted(places)


def test_a_gap_between_statements_is_told_from_the_group_that_agrees_more(scores: Scores) -> None:
    gap = scores.statement_gaps[0]
    means = {group.id: group.measures[gap.measure].mean for group in scores.groups}
    row = printed(scores).split("Agree more")[1].splitlines()[2]
    assert (
        f"+{max(means[gap.first], means[gap.second]) - min(means[gap.first], means[gap.second]):.1f}" in row
    )


def test_a_single_group_has_no_tables_of_gaps() -> None:
    text = printed(score(answers(["firms"] * 6, [{"foresight": 4}] * 6), draws=100))
    assert "Gaps between groups" not in text
    assert "Nobody answered from: officials, councillors, residents." in text
    assert "Too few answers for a score: Engagement, Resource base." in text
    assert "–" in text


def test_json_holds_what_position_and_foresee_take(scores: Scores) -> None:
    told = json.loads(scores_json(scores, words("en")))
    assert {name: (one["mean"], one["sd"]) for name, one in told["dimensions"].items()} == scores.dimensions
    assert {name: (one["mean"], one["sd"]) for name, one in told["starts"].items()} == scores.starts
    assert list(told["statements"]) == [one.id for one in statements()]
    assert [group["id"] for group in told["groups"]] == ["officials", "residents", "others"]
    assert told["groups"][2]["members"] == ["councillors", "firms"]
    assert scores.placement is not None
    assert told["placement"]["nearest"] == scores.placement.nearest
    assert len(told["statement_gaps"]) == len(scores.statement_gaps)


def test_json_has_null_for_what_is_not_known() -> None:
    told = json.loads(
        scores_json(score(answers(["firms"] * 6, [{"foresight": 4}] * 6), draws=100), words("sv"))
    )
    assert told["dimensions"]["engagement"]["mean"] is None
    assert told["dimensions"]["foresight"]["alpha"] is None
    assert told["starts"] == {}
