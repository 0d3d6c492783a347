"""Answers that may have been given without reading are found, and intervals hold what they may do."""

import numpy as np
import pytest

from framsyn.engage.answers import Answers
from framsyn.engage.careless import careless
from framsyn.engage.scoring import Scores, score
from framsyn.engage.statements import statements
from framsyn.engage.synthetic import Noise, synthetic_answers
from framsyn.engage.vocabulary import GROUPS
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.i18n.translator import words
from framsyn.report.assessment_json import scores_json
from tests.engage.made import IDS

COUNT = len(statements())


def made(rows: list[np.ndarray], groups: list[str] | None = None) -> Answers:
    names = tuple(f"{row:03d}" for row in range(len(rows)))
    return Answers(names, tuple(groups or ["residents"] * len(rows)), np.array(rows))


def honest(count: int, seed: int = 1) -> list[np.ndarray]:
    """Answers without any sign."""
    rng = np.random.default_rng(seed)
    found: list[np.ndarray] = []
    while len(found) < count:
        row = rng.integers(1, 6, COUNT).astype(np.float64)
        if not careless(made([row])).any[0]:
            found.append(row)
    return found


def test_one_answer_throughout_is_found_also_with_gaps() -> None:
    gaps = np.where(np.arange(COUNT) < 10, np.nan, 5.0)
    few = np.where(np.arange(COUNT) < 15, np.nan, 5.0)
    told = careless(made([np.full(COUNT, 3.0), gaps, few, *honest(1)]))
    assert told.straight.tolist() == [True, True, False, False]


def test_agreeing_with_statements_and_their_reverses_is_found() -> None:
    row = np.full(COUNT, 2.0)
    for one in ("f1", "f2", "f3", "f4", "e6", "e8"):
        row[IDS.index(one)] = 4.0
    two = row.copy()
    two[IDS.index("e8")] = 3.0
    assert careless(made([row, two])).contradictory.tolist() == [True, False]


def test_all_rows_but_the_first_of_those_that_are_the_same_are_found() -> None:
    first, second = honest(2)
    told = careless(made([second, first, second, second]))
    assert told.identical.tolist() == [False, False, True, True]


def test_hardly_anybody_who_reads_is_taken_for_careless() -> None:
    rng = np.random.default_rng(2)
    for vision in ("engaging", "focused", "lazy", "given_up"):
        assert careless(synthetic_answers(vision, 1000, rng, Noise())).any.mean() < 0.01


def thirty_three_of_forty() -> Scores:
    """33 rows all 5, reversed statements included, and 7 others: they were scored 75 (75–75)."""
    groups = [GROUPS[row % 4] for row in range(40)]
    return score(made([*([np.full(COUNT, 5.0)] * 33), *honest(7)], groups), draws=200)


def test_where_too_few_are_left_the_careless_count_as_unknown() -> None:
    scores = thirty_three_of_forty()
    for name in DIMENSIONS:
        told = scores.measures[name]
        assert told.high - told.low > 60.0
        assert scores.dimensions[name][1] > 20.0
    assert scores.without == {}
    notes = " ".join(map(str, scores.notes))
    assert "reversed ones too: 33." in notes
    assert "Rows with exactly the same answers as an earlier row: 32." in notes
    assert "Every interval spans the figures with and without them" in notes


def test_where_enough_are_left_the_score_without_stands_beside_and_the_interval_holds_both() -> None:
    plain = score(made(honest(30)), draws=400)
    scores = score(made([*honest(30), *([np.full(COUNT, 5.0)] * 10)]), draws=400)
    for name in DIMENSIONS:
        assert scores.without[name].mean == pytest.approx(plain.measures[name].mean)
        told = scores.measures[name]
        assert told.low <= scores.without[name].low
        assert told.high >= scores.without[name].high
        assert told.low <= told.mean <= told.high
        group = scores.groups[0].measures[name]
        assert (group.low, group.high) == (told.low, told.high)
    document = scores_json(scores, words("sv"))
    assert '"without"' in document


def test_a_single_careless_row_widens_without_being_shown_apart() -> None:
    plain = score(made(honest(30)), draws=400)
    scores = score(made([*honest(30), np.full(COUNT, 1.0)]), draws=400)
    assert scores.without == {}
    for name in DIMENSIONS:
        assert scores.measures[name].low <= plain.measures[name].low + 0.5
        assert scores.measures[name].high >= plain.measures[name].high - 0.5


def test_answers_without_a_sign_are_scored_as_ever() -> None:
    scores = score(made(honest(30)), draws=400)
    assert scores.without == {}
    assert not scores.careless.any.any()
    assert not [note for note in scores.notes if "without reading" in str(note)]
