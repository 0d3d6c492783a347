from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.core.name_index import LONGEST_NAME, NameEntry, NameIndex
from framsyn.errors import FramsynError

PLACES = [
    NameEntry("005", ("Alajärvi",)),
    NameEntry("035", ("Brändö",)),
    NameEntry("545", ("Närpiö", "Närpes"), ("Närpes stad",)),
    NameEntry("853", ("Turku", "Åbo"), ("Turun",)),
    NameEntry("900", ("Berg",)),
    NameEntry("901", ("Berg",)),
]
FIGURES = [
    NameEntry("annual_margin", ("Annual margin", "Årsbidrag", "Vuosikate")),
    NameEntry("loans", ("Loans", "Lån", "Lainat")),
    NameEntry("safety", ("Safety", "Trygghet")),
]


def index_of(entries: Sequence[NameEntry], codes: bool = False) -> NameIndex:
    return NameIndex(tuple(one.id for one in entries), lambda: entries, codes=codes)


places, figures = index_of(PLACES, codes=True), index_of(FIGURES)


@pytest.mark.parametrize(
    "query",
    [
        *("545", "KU545", "ku545", "KU 545", "FI-545", "FI545", "fi_545", "0545", "545.0"),
        *("Närpes", "narpes", "NÄRPIÖ", " närpiö ", "narpio", "Närpes'", "närpes stad", "Närpes-stad"),
        *("(545)", "Närpes (545)", "Närpiö (KU545)", "545 Närpes", "KU545 närpes"),
    ],
)
def test_a_place_is_found_by_every_form_of_its_code_and_names(query: str) -> None:
    assert places.find(query) == 2


@pytest.mark.parametrize("query", ["005", "5", "KU005", "KU5", "FI-005", "FI-5", "05", "5.0", "Alajarvi"])
def test_a_code_may_lack_its_leading_zeros(query: str) -> None:
    assert places.id_of(query) == "005"


def test_a_short_code_that_means_two_is_refused() -> None:
    both = index_of([NameEntry("05", ("A",)), NameEntry("005", ("B",))], codes=True)
    assert both.find("05") == 0
    with pytest.raises(FramsynError, match=r"A \(05\), B \(005\)"):
        both.find("5")


def test_a_number_is_no_code_where_ids_are_none() -> None:
    assert not index_of([NameEntry("007", ("Bond",))]).holds("7")


@pytest.mark.parametrize(
    "query",
    [
        *("annual_margin", "annual-margin", "Annual Margin", "ANNUAL_MARGIN", "annualmargin", "årsbidrag"),
        *("ARSBIDRAG", "vuosikate", "Årsbidrag (annual_margin)", "annual  margin"),
    ],
)
def test_spaces_hyphens_underscores_case_and_language_do_not_matter(query: str) -> None:
    assert figures.id_of(query) == "annual_margin"


def test_an_unknown_name_gets_the_nearest_ones_by_the_name_that_is_near() -> None:
    with pytest.raises(FramsynError, match=r"Nearest: Närpes \(545\)\.") as caught:
        places.find("Narpess")
    assert caught.value.parts["nearest"] == "Närpes (545)"
    with pytest.raises(FramsynError, match=r"Nearest: Närpiö \(545\)\."):
        places.find("Närpiöö")


def test_an_id_that_is_its_name_is_not_written_twice() -> None:
    with pytest.raises(FramsynError, match=r"Nearest: loans\."):
        figures.find("loanz")
    with pytest.raises(FramsynError, match=r"Nearest: Lainat \(loans\)\."):
        figures.find("lainatt")


@pytest.mark.parametrize("query", ["", "  ", "?", "Xyzzyqq", "999", "()", "Åbo (545)", "545 Åbo"])
def test_nonsense_finds_nothing(query: str) -> None:
    with pytest.raises(FramsynError, match="There is nothing called"):
        places.find(query)
    assert not places.holds(query)


def test_a_wrong_code_has_no_nearest_since_the_next_number_is_another_place() -> None:
    assert places.nearest("546") == []
    assert places.nearest("KU546") == []


def test_a_name_that_two_share_lists_both_with_codes() -> None:
    with pytest.raises(FramsynError, match=r"Berg \(900\), Berg \(901\)"):
        places.find("berg")
    assert list(places.all_of("berg")) == [4, 5]


def test_a_word_that_means_two_things_lists_what_each_is() -> None:
    both = index_of([NameEntry("quality_safety", ("Trygghet",)), NameEntry("safety", ("Trygghet",))])
    with pytest.raises(FramsynError, match=r"Trygghet \(quality_safety\), Trygghet \(safety\)"):
        both.find("trygghet")


def test_the_exact_spelling_goes_before_a_folded_one() -> None:
    two = index_of([NameEntry("1", ("Hörby",)), NameEntry("2", ("Horby",))])
    assert (two.find("horby"), two.find("hörby")) == (1, 0)


def test_an_id_goes_before_a_name_and_a_name_before_a_longer_form() -> None:
    three = index_of([NameEntry("a", ("b",)), NameEntry("b", ("c d",)), NameEntry("e", (), ("c d",))])
    assert (three.find("b"), three.find("C-D")) == (1, 1)


def test_searching_lists_all_that_hold_the_text() -> None:
    assert places.search("ABO") == [3]
    assert places.search("90") == [4, 5]
    assert places.search("") == list(range(6))
    assert places.search("zzz") == []


def test_names_are_made_only_where_an_id_does_not_tell() -> None:
    def never() -> list[NameEntry]:
        raise AssertionError("the names were made")

    assert NameIndex(("a", "b"), never).find("b") == 1


@given(st.text())
def test_a_text_finds_something_or_is_refused_with_itself(text: str) -> None:
    for index in (places, figures):
        if index.holds(text):
            assert index.all_of(text)
        else:
            with pytest.raises(FramsynError) as caught:
                index.find(text)
            assert caught.value.parts["id"] == text.strip()


def test_a_text_longer_than_any_name_is_near_nothing() -> None:
    assert figures.nearest("loans" * LONGEST_NAME) == []
    assert not figures.holds("(" * 100_000 + " " * 100_000)
