"""Gaps between groups: the right size, and clear only when chance would not make them."""

import numpy as np
import pytest

from framsyn.engage.answers import Answers
from framsyn.engage.gaps import gaps
from framsyn.engage.scoring import score
from framsyn.engage.synthetic import Noise, synthetic_answers
from tests.engage.made import IDS, answers


def test_a_gap_is_the_difference_of_the_groups_means() -> None:
    groups = ["officials"] * 10 + ["residents"] * 10
    noisy = [{"foresight": 4 + number % 2} for number in range(10)] + [
        {"foresight": 1 + number % 2} for number in range(10)
    ]
    scores = score(answers(groups, noisy))
    (gap,) = scores.dimension_gaps
    assert (gap.measure, gap.first, gap.second) == ("foresight", "officials", "residents")
    assert gap.difference.mean == pytest.approx(75.0)
    assert gap.difference.low < 75.0 < gap.difference.high
    assert gap.difference.answers == 10
    assert gap.clear
    by_statement = {gap.measure: gap for gap in scores.statement_gaps}
    assert by_statement["f1"].difference.mean == pytest.approx(3.0)
    assert by_statement["f2"].difference.mean == pytest.approx(-3.0)  # reversed
    assert set(by_statement) == {name for name in IDS if name.startswith("f")}


def test_gaps_come_largest_first() -> None:
    scores = score(synthetic_answers("lazy", 60, np.random.default_rng(2)), draws=100)
    sizes = [abs(gap.difference.mean) for gap in scores.statement_gaps]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 6 * len(IDS)


def test_one_group_has_no_gaps() -> None:
    scores = score(answers(["firms"] * 5, [{"foresight": 3}] * 5), draws=100)
    assert scores.dimension_gaps == scores.statement_gaps == ()


def test_groups_that_see_the_same_municipality_seldom_have_a_clear_gap() -> None:
    """Chance may call any gap of a municipality clear in about one of twenty."""
    names = tuple(IDS)
    found = 0
    for trial in range(60):
        rng = np.random.default_rng([7, trial])
        made = synthetic_answers("focused", 60, rng)
        values = {name: made.values[number::3] for number, name in enumerate("abc")}
        drawn = {name: np.tile(np.nanmean(told, axis=0), (2, 1)) for name, told in values.items()}
        found += any(gap.clear for gap in gaps(names, values, drawn, rng))
    assert found <= 8  # 3 are expected; 9 or more have a chance of about one in four hundred


def test_groups_that_live_in_different_visions_have_clear_gaps() -> None:
    rng = np.random.default_rng(1)
    low, high = (synthetic_answers(vision, 12, rng, Noise()) for vision in ("given_up", "engaging"))
    made = Answers(
        low.respondents + high.respondents,
        ("residents",) * 12 + ("officials",) * 12,
        np.concatenate([low.values, high.values]),
    )
    assert all(gap.clear for gap in score(made, draws=100).dimension_gaps)
