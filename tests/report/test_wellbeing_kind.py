import pytest

from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.document.blocks import Document, Heading, Paragraph, Table
from framsyn.report.document.traced import plain
from framsyn.report.kinds.material import Asked, Material
from tests.report.reckoned import document_in, told, wrong


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(Asked(municipality("Närpes"), years=15, draws=30))


@pytest.fixture(scope="module")
def smallest() -> Material:
    return Material(Asked(municipality("Sottunga"), years=15, draws=30))


@pytest.mark.parametrize("which", ["material", "smallest"])
def test_every_number_is_what_its_trace_names(which: str, request: pytest.FixtureRequest) -> None:
    told_of: Material = request.getfixturevalue(which)
    document = document_in(told_of, "wellbeing", "en")
    assert len(document.numbers()) > 300
    assert wrong(document, told_of) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_has_the_parts_that_a_wellbeing_report_must_have(material: Material, lang: str) -> None:
    said = words(lang)
    document = document_in(material, "wellbeing", lang)
    chapters = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    wanted = [
        "Summary",
        "Wellbeing today",
        "Differences between groups",
        "What is ahead",
        "The service system",
        "What prevention costs and gives",
        "Wellbeing policy, goals and measures",
        "What is followed each year",
    ]
    assert chapters[: len(wanted)] == [said.gettext(one) for one in wanted]
    assert " nan" not in told(document).lower()


def test_women_and_men_are_told_apart(material: Material) -> None:
    table = _table(document_in(material, "wellbeing", "en"), "Women and men")
    women, men, everybody = (float(plain(cell)) for cell in table.rows[0].cells[1:4])
    assert women > everybody > men


def test_what_is_published_elsewhere_by_group_names_who_publishes_it(material: Material) -> None:
    table = _table(document_in(material, "wellbeing", "en"), "What is published elsewhere by group")
    text = "\n".join(plain(cell) for row in table.rows for cell in row.cells)
    assert "School Health Promotion study" in text
    assert "Sotkanet" in text


def test_what_is_not_published_is_said_and_never_zero(smallest: Material) -> None:
    document = document_in(smallest, "wellbeing", "en")
    text = told(document)
    assert "Low income is not published of children, or not of all residents" in text
    assert "Not published for this municipality, and guessed nowhere: Children in low-income" in text
    table = _table(document, "Wellbeing today, area by area")
    row = next(row for row in table.rows if plain(row.cells[0]).startswith("Unemployment rate"))
    assert [plain(cell) for cell in row.cells[1:]] == ["–", "8.2%", "–", "–", "not published"]


def test_residents_by_age_and_sex_add_up(smallest: Material) -> None:
    table = _table(document_in(smallest, "wellbeing", "en"), "Residents by age and sex")
    shown = [[cell[0].shown[0] for cell in row.cells[1:]] for row in table.rows]  # type: ignore[union-attr]
    women, men, everybody, coming = (sum(column) for column in zip(*shown, strict=True))
    assert women + men == pytest.approx(everybody)
    assert everybody == pytest.approx(101, abs=0.01)
    lived = smallest.futures["population"].sel(posture="as_is", year=2040)
    assert coming == pytest.approx(float(lived.mean()))


def test_the_effects_tell_their_interval_and_how_sure_they_are(material: Material) -> None:
    table = _table(document_in(material, "wellbeing", "en"), "What is known of prevention")
    rows = {plain(row.cells[0]): row for row in table.rows if row.kind == "body"}
    back = rows["local spending on public health → return to society"]
    assert [plain(cell) for cell in back.cells[1:]] == ["2.0 (0.5–5.0)", "EUR per EUR", "B", "no"]


def test_the_municipality_writes_goals_measures_and_differences(material: Material) -> None:
    document = document_in(material, "wellbeing", "en")
    places = [block for block in document.blocks if isinstance(block, Paragraph) and block.kind == "write"]
    assert len(places) == 5


def _table(document: Document, caption: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.caption == caption)
