import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.core.folding import fold, join_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Närpiö", "narpio"),
        ("Straße", "strasse"),
        ("Sør-Odal", "sor odal"),
        ("Ærø", "aero"),
        ("ÅLAND", "aland"),
        ("  Mariehamn –  Maarianhamina ", "mariehamn maarianhamina"),
    ],
)
def test_folding_takes_case_and_diacritics_off(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_joined_words_hold_no_space(text: str) -> None:
    assert " " not in join_words(text)
