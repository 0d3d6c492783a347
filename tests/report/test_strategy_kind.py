import re

import pytest

from framsyn.choose.statute import items
from framsyn.evidence.register import STRENGTHS
from framsyn.i18n import catalogue
from framsyn.i18n.translator import LANGUAGES, Words, words
from framsyn.places.municipality import municipality
from framsyn.report.document.blocks import Heading, Paragraph, Table, texts_of
from framsyn.report.document.traced import plain
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import document_of
from tests.report.reading import numerals
from tests.report.reckoned import DAY, document_in, told, wrong

YEARS, DRAWS = 15, 30
EN = words("en")
SEVEN = [one for one in items() if one.kind == "item"]


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(Asked(municipality("Närpes"), years=YEARS, draws=DRAWS))


@pytest.fixture(scope="module")
def chosen() -> Material:
    return Material(Asked(municipality("Närpes"), years=YEARS, draws=DRAWS, strategy="focused"))


@pytest.fixture(scope="module")
def smallest() -> Material:
    return Material(Asked(municipality("Sottunga"), years=YEARS, draws=DRAWS))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_seven_items_stand_in_the_order_of_the_act_in_every_language(
    material: Material, lang: str
) -> None:
    said = words(lang)
    document = document_in(material, "strategy", lang)
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    wanted = [
        said.gettext("Item {number}: {heading}").format(number=one.number, heading=said.gettext(one.heading))
        for one in SEVEN
    ]
    assert [text for text in headings if text in wanted] == wanted
    assert len(wanted) == 7


@pytest.mark.parametrize("which", ["material", "chosen", "smallest"])
def test_every_number_is_what_its_trace_names(which: str, request: pytest.FixtureRequest) -> None:
    told_of: Material = request.getfixturevalue(which)
    document = document_in(told_of, "strategy", "en")
    assert len(document.numbers()) > 500
    assert wrong(document, told_of) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", ["chosen", "smallest"])
def test_nothing_unknown_is_told_as_a_number(which: str, lang: str, request: pytest.FixtureRequest) -> None:
    text = told(document_in(request.getfixturevalue(which), "strategy", lang)).lower()
    assert " nan" not in text


def test_without_a_strategy_the_report_says_so_and_how_to_give_one(material: Material) -> None:
    text = told(document_in(material, "strategy", "en"))
    assert "No strategy has been chosen." in text
    assert "--strategy" in text
    assert "In nine of ten futures" not in headings_of(material)
    assert "As today: " in text


def test_a_chosen_strategy_is_compared_with_going_on_as_today(chosen: Material) -> None:
    text = told(document_in(chosen, "strategy", "en"))
    assert "No strategy has been chosen" not in text
    assert "The strategy told here is Solution-oriented municipality." in text
    assert "decides otherwise than today here" in text
    assert "In nine of ten futures" in headings_of(chosen)


def headings_of(material: Material) -> set[str]:
    """The headings of the columns of every table."""
    document = document_in(material, "strategy", "en")
    return {
        column.heading for block in document.blocks if isinstance(block, Table) for column in block.columns
    }


def test_an_item_without_indicators_has_questions_instead_of_empty_tables(material: Material) -> None:
    document = document_in(material, "strategy", "en")
    text = told(document)
    assert text.count("No indicator of the model follows this item") == 2
    assert "Which service targets do the acts set" in text
    assert all(block.rows for block in document.blocks if isinstance(block, Table))


def test_there_is_a_place_to_write_for_every_heading(material: Material) -> None:
    document = document_in(material, "strategy", "en")
    places = [block for block in document.blocks if isinstance(block, Paragraph) and block.kind == "write"]
    assert len(places) == len(items())


def test_the_smallest_municipality_is_told_what_the_mainlands_act_would_say(smallest: Material) -> None:
    text = told(document_in(smallest, "strategy", "en"))
    assert "Åland has a municipal act of its own" in text
    assert "births; immigration" in text  # not known in the base year


def test_tables_are_narrow_enough_for_a_page(chosen: Material) -> None:
    document = document_in(chosen, "strategy", "en")
    assert max(len(block.columns) for block in document.blocks if isinstance(block, Table)) <= 7


def test_a_report_is_the_same_each_time(material: Material) -> None:
    # Written out, since what is not known is NaN, which no NaN equals.
    assert repr(document_of(material, "strategy", EN, DAY)) == repr(document_in(material, "strategy", "en"))


def test_no_word_of_the_report_lacks_a_message(material: Material) -> None:
    """Whatever is asked of the catalogue is a message that the catalogue tool finds."""
    asked: set[object] = set()

    class Listening(Words):
        def gettext(self, message: str) -> str:
            asked.add(message)
            return super().gettext(message)

        def ngettext(self, singular: str, plural: str, n: int) -> str:
            asked.add((singular, plural))
            return super().ngettext(singular, plural, n)

    for kind in ("strategy", "wellbeing", "plan"):
        document_of(material, kind, Listening(EN.lang, EN.locale, EN.messages), DAY)
    assert len(asked) > 200
    assert {one for one in asked if one} - set(STRENGTHS) <= set(catalogue.messages())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_of_a_sentence_stands_without_its_source(material: Material, lang: str) -> None:
    """Bare are only sections of the law, ages in names, the 80 %, years, and the draws."""
    law, ages, scale = {6, 22, 26, 28, 37, 110, 118}, {15, 18, 64, 65}, {0, 80, 100}
    licence = {4, 0}
    allowed = law | ages | scale | licence | {DRAWS}
    thousands = re.compile(r"1\W?000(?=\W(residents|invånare|asukasta))")
    for kind in ("strategy", "wellbeing", "plan"):
        document = document_in(material, kind, lang)
        pieces = [one for text in texts_of(document.blocks) for one in text if isinstance(one, str)]
        bare = [thousands.sub("", re.sub(r"\d+/\d{4}", "", text)) for text in pieces]
        found = [(one, text) for text in bare for one in numerals(text, lang)]
        assert [one for one in found if not (one[0] in allowed or 1990 <= one[0] <= 2100)] == []


def test_no_cell_is_blank(smallest: Material) -> None:
    for kind in ("strategy", "wellbeing", "plan"):
        tables = [block for block in document_in(smallest, kind, "en").blocks if isinstance(block, Table)]
        rows = [row for table in tables for row in table.rows if row.kind != "group"]
        assert all(plain(cell) for row in rows for cell in row.cells)
