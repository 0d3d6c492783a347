import pytest

from framsyn.choose.own_figures import OwnFigures
from framsyn.choose.plan_lines import COLUMNS, lines
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.document.blocks import Document, Table
from framsyn.report.document.traced import Text, numbers_in, plain
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import document_of
from framsyn.report.plan_words import balance_sentences
from tests.report.reckoned import DAY, agrees, document_in, told, wrong

EN = words("en")


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(Asked(municipality("Närpes"), years=15, draws=30, strategy="focused"))


@pytest.fixture(scope="module")
def smallest() -> Material:
    return Material(Asked(municipality("Sottunga"), years=15, draws=30))


@pytest.mark.parametrize("which", ["material", "smallest"])
def test_every_number_is_what_its_trace_names(which: str, request: pytest.FixtureRequest) -> None:
    told_of: Material = request.getfixturevalue(which)
    document = document_in(told_of, "plan", "en")
    assert len(document.numbers()) > 150
    assert wrong(document, told_of) == []


def test_every_line_and_year_stands_once(material: Material) -> None:
    document = document_in(material, "plan", "en")
    tables = [block for block in document.blocks if isinstance(block, Table)][:2]
    assert sum(len(one.rows) for one in tables) == len(lines())
    assert all(len(row.cells) == 1 + len(COLUMNS) for one in tables for row in one.rows)


def test_what_is_missing_is_missing_with_its_reason_and_never_zero(material: Material) -> None:
    document = document_in(material, "plan", "en")
    row = _row(document, "Gross investment")
    assert {plain(cell) for cell in row} == {"missing⁵"}
    assert not any(numbers_in(cell) for cell in row)
    assert "Gross investment: The model knows net investment alone" in told(document)


def test_own_figures_stand_where_the_municipality_gives_them() -> None:
    own = OwnFigures(cells={("gross_investment", "budget"): 1234.0})
    asked = Asked(municipality("Närpes"), years=6, draws=4, own=own)
    made = Material(asked)
    document = document_of(made, "plan", EN, DAY)
    assert all(agrees(one, made) for one in document.numbers() if one.trace.of != "sum")
    shown = [plain(cell) for cell in _row(document, "Gross investment")]
    assert shown == ["missing⁵", "1,234³", "missing⁵", "missing⁵"]
    assert "The municipality's own figure." in told(document)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_are_those_of_the_plan_with_their_numbers_traced(material: Material, lang: str) -> None:
    document = document_in(material, "plan", lang)
    text = told(document)
    assert all(one in text for one in balance_sentences(material.plan, words(lang)))
    assert " nan" not in text.lower()
    assert {trace.dataset for trace in document.traces()} == {"plan"}


def test_the_smallest_municipality_is_told_that_it_has_an_act_of_its_own(smallest: Material) -> None:
    text = told(document_in(smallest, "plan", "en"))
    assert "Åland has a municipal act of its own" in text
    assert "No strategy has been chosen" in text


def _row(document: Document, label: str) -> tuple[Text, ...]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return next(row.cells[1:] for row in table.rows if plain(row.cells[0]) == label)
