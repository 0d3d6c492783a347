from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.errors import FramsynError
from framsyn.places.names import Entry, find, fold, search
from framsyn.places.tables import Tables

ENTRIES = [
    Entry("005", ("Alajärvi",)),
    Entry("035", ("Brändö",)),
    Entry("545", ("Närpiö", "Närpes")),
    Entry("853", ("Turku", "Åbo")),
    Entry("900", ("Berg",)),
    Entry("901", ("Berg",)),
]


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


@pytest.mark.parametrize("query", ["545", "Närpes", "narpes", "NÄRPIÖ", " närpiö ", "narpio"])
def test_a_municipality_is_found_by_code_or_any_name(query: str) -> None:
    assert find(query, ENTRIES) == 2


def test_a_code_may_lack_its_leading_zeros() -> None:
    assert find("5", ENTRIES) == 0
    assert find("35", ENTRIES) == 1


def test_a_short_code_that_means_two_is_refused() -> None:
    entries = [Entry("05", ("A",)), Entry("005", ("B",))]
    assert find("05", entries) == 0
    with pytest.raises(FramsynError, match=r"A \(05\), B \(005\)"):
        find("5", entries)


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    with pytest.raises(FramsynError, match=r"no municipality 'Narpess'. Nearest: Närpiö \(545\)"):
        find("Narpess", ENTRIES)


@pytest.mark.parametrize("query", ["", "  ", "?", "Xyzzyqq", "999"])
def test_nonsense_finds_nothing(query: str) -> None:
    with pytest.raises(FramsynError, match="There is no municipality"):
        find(query, ENTRIES)


def test_a_name_that_two_share_lists_both_with_codes() -> None:
    with pytest.raises(FramsynError, match=r"Berg \(900\), Berg \(901\)"):
        find("berg", ENTRIES)


def test_the_exact_spelling_goes_before_a_folded_one() -> None:
    entries = [Entry("1", ("Hörby",)), Entry("2", ("Horby",))]
    assert (find("horby", entries), find("hörby", entries)) == (1, 0)


def test_searching_lists_all_that_hold_the_text() -> None:
    assert search("ABO", ENTRIES) == [3]
    assert search("90", ENTRIES) == [4, 5]
    assert search("", ENTRIES) == list(range(6))
    assert search("zzz", ENTRIES) == []


@pytest.mark.data
def test_every_name_of_every_municipality_finds_it(data_folder: Path) -> None:
    rows = Tables.open(data_folder).need("municipalities").to_dicts()
    entries = [Entry(r["code"], (r["name_fi"], r["name_sv"], r["name_en"])) for r in rows]
    for index, entry in enumerate(entries):
        assert {find(word, entries) for word in (entry.code, *entry.names)} == {index}
        assert {find(fold(word), entries) for word in entry.names} == {index}
