"""Small groups are not shown, and their answers cannot be worked out from what is shown."""

import numpy as np
import pytest

from framsyn.engage.answers import Answers
from framsyn.engage.groups import LEAST, OTHERS, grouped
from framsyn.engage.scoring import score
from framsyn.engage.synthetic import synthetic_answers
from framsyn.engage.vocabulary import GROUPS
from framsyn.errors import FramsynError
from tests.engage.made import IDS, answers


def counted(*counts: int) -> Answers:
    groups = [group for group, count in zip(GROUPS, counts, strict=True) for _ in range(count)]
    return answers(groups, [{"foresight": 1 + number % 5} for number in range(len(groups))])


def test_five_are_shown_and_four_are_not() -> None:
    found = grouped(counted(5, 0, 4, 9))
    assert [group.id for group in found.shown] == ["officials", "firms"]
    assert found.left_out == ("residents",)
    assert found.silent == ("councillors",)


def test_several_small_groups_are_shown_as_one_where_they_are_five_together() -> None:
    found = grouped(counted(1, 4, 9, 0))
    assert [(group.id, len(group.places)) for group in found.shown] == [("residents", 9), (OTHERS, 5)]
    assert found.shown[-1].members == ("officials", "councillors")
    assert found.left_out == ()


def test_several_small_groups_that_are_fewer_than_five_together_are_in_no_figure() -> None:
    assert grouped(counted(1, 3, 9, 0)).left_out == ("officials", "councillors")


def test_those_who_answered_nothing_do_not_make_a_group_large_enough() -> None:
    told = counted(5, 0, 9, 0)
    told.values[0] = np.nan
    assert grouped(told).left_out == ("officials",)


@pytest.mark.parametrize("weighing", ["groups", "respondents"])
def test_whatever_a_small_group_answers_no_figure_changes(weighing: str) -> None:
    """Were it in any figure, its mean would follow from the others'."""
    shown = synthetic_answers("focused", 36, np.random.default_rng(1))
    groups = ("residents",) * 20 + ("officials",) * 12 + ("firms",) * (LEAST - 1)
    told = []
    for answer in (1.0, 5.0):
        values = shown.values.copy()
        values[32:] = answer
        told.append(score(Answers(shown.respondents, groups, values), weighing, draws=100))
    low, high = told
    assert low.measures == high.measures
    assert (low.starts, low.reliability, low.placement) == (high.starts, high.reliability, high.placement)
    assert (low.dimension_gaps, low.statement_gaps) == (high.dimension_gaps, high.statement_gaps)
    assert [group.measures for group in low.groups] == [group.measures for group in high.groups]
    assert any("firms" in str(note) for note in low.notes)


def test_a_statement_that_too_few_of_a_group_answered_is_not_shown_nor_in_the_total() -> None:
    groups = ["officials"] * 6 + ["residents"] * 6
    told = answers(groups, [{"foresight": 2}] * 6 + [{"foresight": 4}] * 6)
    f1 = IDS.index("f1")
    told.values[:2, f1] = np.nan
    scores = score(told, draws=100)
    officials, residents = scores.groups
    assert np.isnan(officials.measures["f1"].mean)
    assert officials.measures["f1"].answers == 4
    assert scores.measures["f1"].mean == residents.measures["f1"].mean == 4.0
    assert not [gap for gap in scores.statement_gaps if gap.measure == "f1"]


def test_nothing_is_shown_where_every_group_is_small_and_so_are_all_together() -> None:
    with pytest.raises(FramsynError, match="Ask more people"):
        score(counted(1, 1, 2, 0), draws=100)
