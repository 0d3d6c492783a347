import pytest

from framsyn.errors import FramsynError
from framsyn.i18n.every_language import other_names
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.model.indicator_names import area_index, core_task_index, indicator_named, short_id
from framsyn.model.indicators import indicators


def test_every_indicator_is_found_by_its_id_and_by_its_label_in_every_language() -> None:
    for one in indicators().values():
        labels = [words(lang).gettext(one.label) for lang in LANGUAGES]
        spelled = [form for label in labels for form in (label, label.upper(), f"{label} ({one.id})")]
        ids = (one.id, short_id(one.id), short_id(one.id).replace("_", "-"), short_id(one.id).upper())
        assert {indicator_named(text).id for text in (*ids, *spelled)} == {one.id}


@pytest.mark.parametrize(
    "text",
    ["loans", "Loans", "lån", "LÅN", "lan", "lånestock", "Lånestock", "lainat", "Lainakanta", "loan stock"],
)
def test_loans_are_found_by_the_words_that_people_use(text: str) -> None:
    assert indicator_named(text).id == "loans_per_resident"


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("invånarantal", "population"),
        ("asukasluku", "population"),
        ("Årsbidrag", "annual_margin_per_resident"),
        ("vuosikate", "annual_margin_per_resident"),
        ("rahavirta", "cash_flow_per_resident"),
        ("valdeltagande", "participation"),
        ("työttömyys", "unemployment_rate"),
    ],
)
def test_other_names_of_the_field_are_found(text: str, identity: str) -> None:
    assert indicator_named(text).id == identity


@pytest.mark.parametrize(
    ("text", "near"),
    [("anual_margin", "annual_margin"), ("lånx", "lån (loans)"), ("vuosikatee", "Vuosikate (annual_margin)")],
)
def test_an_unknown_indicator_names_the_nearest_few_and_the_list(text: str, near: str) -> None:
    with pytest.raises(FramsynError) as caught:
        indicator_named(text)
    nearest = str(caught.value.parts["nearest"]).split(", ")
    assert near in nearest
    assert len(nearest) <= 5
    assert "framsyn indicators" in str(caught.value)


def test_an_indicator_like_no_other_is_sent_to_the_list_and_never_to_a_hundred_ids() -> None:
    with pytest.raises(FramsynError) as caught:
        indicator_named("qqqqqq")
    assert str(caught.value) == "There is no indicator qqqqqq. List them with: framsyn indicators"


def test_no_name_means_two_indicators() -> None:
    every = [
        (word, one.id)
        for one in indicators().values()
        for word in (*(words(lang).gettext(one.label) for lang in LANGUAGES), short_id(one.id))
    ] + [
        (name, identity)
        for (kind, identity), names in other_names().items()
        if kind == "indicator"
        for name in names
    ]
    unpublished = {"net_moves", "net_immigration"}  # published figures alone
    assert {
        word
        for word, identity in every
        if identity not in unpublished and indicator_named(word).id != identity
    } == set()


def test_a_word_for_an_area_and_an_indicator_means_what_is_sought() -> None:
    assert indicator_named("Trygghet").id == "safety"
    assert area_index().id_of("trygghet") == "safety"
    assert core_task_index().id_of("turvallisuus") == "safety"


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Bibliotek", "library"),
        ("konst", "art"),
        ("perusopetus", "basic_education"),
        ("muualla", "elsewhere"),
    ],
)
def test_areas_are_found_by_name(text: str, identity: str) -> None:
    assert area_index().id_of(text) == identity
