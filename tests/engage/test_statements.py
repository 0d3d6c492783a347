"""The statements cover the three dimensions evenly and tell the visions apart."""

from itertools import combinations

import pytest

from framsyn.datafile import rows
from framsyn.engage.statements import columns_of, expected_scores, statements
from framsyn.engage.vocabulary import ANSWER_WORDS, COLUMN_WORDS, GROUP_WORDS, GROUPS, accepted, plain, word
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.foresee.postures import VISIONS
from framsyn.foresee.starts import starts


def test_every_row_is_whole() -> None:
    for row in rows("framsyn.engage", "statements.csv"):
        assert None not in row
        assert row["reversed"] in {"0", "1"}
        assert row["mark"] in {"stated", "inferred"}
        assert row["covers"]
        assert row["text"].endswith(".")
        assert all(1 <= int(row[vision]) <= 5 for vision in VISIONS)


def test_ids_and_texts_come_once() -> None:
    assert (
        len({one.id for one in statements()}) == len({one.text for one in statements()}) == len(statements())
    )


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_dimension_has_at_least_seven_statements_and_some_of_them_reversed(dimension: str) -> None:
    own = [statements()[place] for place in columns_of(dimension=dimension)]
    assert len(own) >= 7
    assert sum(one.reversed for one in own) >= 2


def test_every_statement_belongs_to_one_dimension() -> None:
    assert {one.dimension for one in statements()} == set(DIMENSIONS)


def test_statements_inform_starts_that_the_simulation_knows_and_no_register_holds() -> None:
    assumed = {one.id for one in starts() if one.status == "assumed"}
    assert {one.start for one in statements() if one.start} <= assumed


def test_any_two_visions_are_expected_to_differ_by_a_step_of_the_scale_in_some_dimension() -> None:
    for first, second in combinations(VISIONS, 2):
        apart = [abs(expected_scores()[first][name] - expected_scores()[second][name]) for name in DIMENSIONS]
        assert max(apart) >= 25.0, (first, second)


def test_the_engaging_vision_expects_the_most_and_the_one_that_gave_up_the_least() -> None:
    for dimension in DIMENSIONS:
        ranked = sorted(VISIONS, key=lambda vision: expected_scores()[vision][dimension])
        assert (ranked[0], ranked[-1]) == ("given_up", "engaging")


def test_no_accepted_word_means_two_things() -> None:
    told = [(row["kind"], plain(row["word"]), row["id"]) for row in rows("framsyn.engage", "words.csv")]
    assert len({(kind, text) for kind, text, _ in set(told)}) == len(set(told))


@pytest.mark.parametrize("lang", ["sv", "fi", "en"])
def test_each_language_has_a_word_for_every_group_column_and_dont_know(lang: str) -> None:
    for kind in (COLUMN_WORDS, GROUP_WORDS, ANSWER_WORDS):
        for identity in accepted(kind).values():
            assert accepted(kind)[plain(word(kind, identity, lang))] == identity
    assert set(accepted(GROUP_WORDS).values()) == set(GROUPS)
