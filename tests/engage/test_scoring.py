"""Scores that were worked out by hand, and what must never change them."""

from math import hypot, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from framsyn.engage.answers import Answers
from framsyn.engage.bootstrap import drawn_means
from framsyn.engage.measures import measure_ids, measured
from framsyn.engage.scoring import Scores, score
from framsyn.engage.statements import columns_of, flipped, statements
from framsyn.engage.vocabulary import GROUPS
from framsyn.errors import FramsynError
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.foresee.starts import ASSESSED_SD, check_assessment
from tests.engage.made import IDS, answers

COUNT = len(statements())
SCALE = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])


def told(rows: int) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.float64, (rows, COUNT), elements=SCALE)


def figures(scores: Scores) -> list[object]:
    return [
        repr(one)
        for one in (
            scores.measures,
            scores.starts,
            [group.measures for group in scores.groups],
            scores.dimension_gaps,
            scores.statement_gaps,
            scores.reliability,
            scores.placement,
        )
    ]


def test_a_score_worked_out_by_hand() -> None:
    """Officials 5, 5, 5, 5, 1 → 100, 100, 100, 100, 0 → 80; residents 2 → 25; together 52.5 or by head."""
    groups = ["officials"] * 5 + ["residents"] * 15
    made = answers(groups, [{"foresight": 5}] * 4 + [{"foresight": 1}] + [{"foresight": 2}] * 15)
    scores = score(made)
    officials, residents = scores.groups
    assert officials.measures["foresight"].mean == pytest.approx(80.0)
    assert residents.measures["foresight"].mean == pytest.approx(25.0)
    assert scores.dimensions["foresight"][0] == pytest.approx(52.5)
    assert score(made, "respondents").dimensions["foresight"][0] == pytest.approx((5 * 80 + 15 * 25) / 20)
    assert set(scores.dimensions) == {"foresight"}
    assert (scores.read, scores.counted) == (20, 20)


def test_the_deviation_of_a_group_is_that_of_a_mean() -> None:
    """Of 100, 100, 100, 100, 0: s = √2000 with four degrees of freedom, so s/√5 = 20; residents have none."""
    groups = ["officials"] * 5 + ["residents"] * 5
    scores = score(
        answers(groups, [{"foresight": 5}] * 4 + [{"foresight": 1}] + [{"foresight": 2}] * 5), draws=20_000
    )
    officials, residents = scores.groups
    assert officials.measures["foresight"].sd == pytest.approx(20.0, rel=0.02)
    assert residents.measures["foresight"].sd == 0.0
    assert scores.dimensions["foresight"][1] == pytest.approx(10.0, rel=0.02)


def test_a_respondent_counts_where_half_of_the_statements_are_answered() -> None:
    columns = columns_of(dimension="foresight")
    values = np.full((2, COUNT), np.nan)
    values[0, columns[: len(columns) // 2]] = 3.0
    values[1, columns[: len(columns) // 2 - 1]] = 3.0
    foresight = measured(values)[:, 0]
    assert foresight[0] == 50.0
    assert np.isnan(foresight[1])


def test_agreeing_with_a_reversed_statement_lowers_the_score() -> None:
    values = np.full((1, COUNT), 5.0)
    own = [statements()[place] for place in columns_of(dimension="engagement")]
    upright = sum(not one.reversed for one in own)
    assert measured(values)[0, 1] == pytest.approx(100.0 * upright / len(own))


def test_statements_are_told_as_they_were_answered() -> None:
    groups = ["residents"] * 5
    scores = score(answers(groups, [{"resources": 5}] * 5), draws=100)
    assert scores.measures["r8"].mean == 1.0  # reversed
    assert scores.measures["r1"].mean == 5.0


def test_starts_come_from_their_statements_and_can_be_lived_from() -> None:
    groups = ["residents"] * 5
    differing = [{"engagement": 2, "resources": 4, "foresight": answer} for answer in range(1, 6)]
    scores = score(answers(groups, differing), draws=100)
    assert scores.starts["trust"] == (25.0, ASSESSED_SD)
    assert scores.starts["safety"] == (75.0, ASSESSED_SD)
    assert set(scores.starts) == {"trust", "cooperation", "cohesion", "safety", "digital_reach"}
    assert check_assessment(scores.starts) == scores.starts


def test_a_starts_deviation_holds_the_respondents_and_the_scales() -> None:
    groups = ["residents"] * 5
    scores = score(answers(groups, [{"engagement": 5}] * 4 + [{"engagement": 1}]), draws=20_000)
    assert scores.starts["trust"][1] == pytest.approx(hypot(20.0, ASSESSED_SD), rel=0.02)


def test_groups_that_did_not_answer_and_dimensions_without_a_score_are_told() -> None:
    notes = " ".join(map(str, score(answers(["firms"] * 5, [{"foresight": 3}] * 5), draws=100).notes))
    assert "Nobody answered from: officials, councillors, residents." in notes
    assert "Too few answers for a score: engagement, resources." in notes


@pytest.mark.parametrize("draws", [99, 20_001])
def test_draws_out_of_range_are_refused(draws: int) -> None:
    with pytest.raises(FramsynError, match="from 100 to 20000"):
        score(answers(["firms"] * 5, [{"foresight": 3}] * 5), draws=draws)


def test_an_unknown_weighing_is_refused() -> None:
    with pytest.raises(FramsynError, match="groups, respondents"):
        score(answers(["firms"] * 5, [{"foresight": 3}] * 5), weighing="votes")


def test_draws_of_a_mean_have_the_variance_of_a_mean_and_stay_on_the_scale() -> None:
    values = np.array([[1.0], [1.0], [2.0], [5.0], [5.0], [4.0]])
    drawn = drawn_means(values, 40_000, np.random.default_rng(1))
    assert drawn.std() == pytest.approx(values.std(ddof=1) / sqrt(6), rel=0.02)
    assert drawn.mean() == pytest.approx(values.mean(), abs=0.02)
    assert (drawn.min(), drawn.max()) == (1.0, 5.0)


def test_intervals_hold_what_they_promise() -> None:
    """Of 30 respondents drawn from known probabilities, about 80 % of intervals hold the true mean."""
    rng = np.random.default_rng(5)
    chances = [0.1, 0.2, 0.3, 0.25, 0.15]
    true = float(np.dot([1, 2, 3, 4, 5], chances))
    samples = rng.choice([1.0, 2.0, 3.0, 4.0, 5.0], p=chances, size=(30, 1500))
    drawn = drawn_means(samples, 400, rng)
    low, high = np.percentile(drawn, [10, 90], axis=0)
    assert 75.0 <= 100.0 * ((low <= true) & (true <= high)).mean() <= 84.0


@settings(max_examples=15, deadline=None)
@given(told(16), st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(values: np.ndarray, random: "np.random.Generator") -> None:
    values[0] = 3.0
    groups = [GROUPS[row % 2] for row in range(16)]
    values[:10, 0] = 2.0  # both groups are large enough
    names = [f"{row:02d}" for row in range(16)]
    order = list(range(16))
    random.shuffle(order)
    first = score(Answers(tuple(names), tuple(groups), values), draws=100)
    shuffled = Answers(tuple(names[row] for row in order), tuple(groups[row] for row in order), values[order])
    assert figures(score(shuffled, draws=100)) == figures(first)


@settings(max_examples=15, deadline=None)
@given(told(10), st.integers(1, 20), st.sampled_from(GROUPS))
def test_those_who_know_nothing_change_no_figure(values: np.ndarray, more: int, group: str) -> None:
    values[:, 0] = 4.0
    names, groups = tuple(map(str, range(10))), ("officials",) * 5 + ("firms",) * 5
    first = score(Answers(names, groups, values), draws=100)
    longer = Answers(
        (*names, *(f"x{number}" for number in range(more))),
        (*groups, *(group,) * more),
        np.concatenate([values, np.full((more, COUNT), np.nan)]),
    )
    assert figures(score(longer, draws=100)) == figures(first)


@given(told(3), st.integers(0, COUNT - 1))
def test_dont_know_to_one_statement_leaves_the_mean_of_the_others(values: np.ndarray, place: int) -> None:
    values[:, place] = np.nan
    dimension = statements()[place].dimension
    column = measure_ids().index(dimension)
    others = [other for other in columns_of(dimension=dimension) if other != place]
    answered = np.isfinite(values[:, others])
    for row in np.flatnonzero(answered.sum(axis=1) * 2 >= len(others) + 1):
        kept = flipped(values)[row, others][answered[row]]
        assert measured(values)[row, column] == pytest.approx(25.0 * (kept.mean() - 1.0))


@given(told(4))
def test_mirroring_twice_gives_the_answers_back(values: np.ndarray) -> None:
    np.testing.assert_array_equal(flipped(flipped(values)), values)


@given(told(6))
def test_every_score_lies_on_its_scale(values: np.ndarray) -> None:
    found = measured(values)
    columns = [place for place, name in enumerate(measure_ids()) if name not in IDS]
    known = found[:, columns][np.isfinite(found[:, columns])]
    assert ((known >= 0.0) & (known <= 100.0)).all()
    assert set(DIMENSIONS) < {measure_ids()[place] for place in columns}
