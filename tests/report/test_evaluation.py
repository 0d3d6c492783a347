import io
import json
import re
from collections.abc import Iterator

import pytest
from rich.console import Console

from framsyn.evaluate.dictionary import areas, dictionary
from framsyn.evaluate.position import Position, position
from framsyn.evaluate.standing import Evaluation, Standing, evaluate, evaluate_all
from framsyn.evaluate.visions import projection
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.evaluation import print_evaluation
from framsyn.report.evaluation_json import evaluation_json
from framsyn.report.four_field import COLUMNS, EMPTY, OWN, SHADES, marked

ASSESSED = {"foresight": (70.0, 5.0), "engagement": (60.0, 6.0), "resources": (50.0, 6.0)}
SHADING = {shade for _, shade in SHADES}
BORDERS = ("│", "┌", "└")


@pytest.fixture(scope="module")
def standing() -> Standing:
    return evaluate_all()


def of(name: str, standing: Standing, assessed: bool = False) -> tuple[Evaluation, Position]:
    m = municipality(name)
    read = evaluate(m, standing=standing)
    told = position(m, ASSESSED if assessed else None, standing=standing, evaluation=read)
    return read, told


def printed(told: tuple[Evaluation, Position], lang: str, width: int, axes: str = "H1") -> str:
    out = io.StringIO()
    console = Console(file=out, width=width)
    print_evaluation(*told, projection(axes), words(lang), console, [("A statement", 2.4)])
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize(("name", "assessed"), [("Närpes", False), ("Mariehamn", True), ("Helsinki", True)])
def test_the_evaluation_fits_and_holds_no_nan_and_no_code(
    standing: Standing, lang: str, width: int, name: str, assessed: bool
) -> None:
    text = printed(of(name, standing, assessed), lang, width)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert not re.search(r"\bnan\b|\binf\b|None|\{|\}", text)
    assert not re.search(r"[a-z]+_[a-z]+", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_area_and_indicator_stands_in_the_table(standing: Standing, lang: str) -> None:
    text = " ".join(printed(of("Närpes", standing), lang, 100).split())
    for label in (*areas().values(), *(one.label for one in dictionary().values())):
        longest = max(words(lang).gettext(label).split(), key=len)
        assert longest in text, label


def strings_of(document: object) -> Iterator[str]:
    if isinstance(document, dict):
        for value in document.values():
            yield from strings_of(value)
    elif isinstance(document, list):
        for value in document:
            yield from strings_of(value)
    elif isinstance(document, str):
        yield document


def test_what_is_missing_is_told_and_has_no_figure(standing: Standing) -> None:
    text = printed(of("Närpes", standing), "en", 100)
    rows = [line for line in text.splitlines() if line.lstrip().startswith("Trust, index")]
    assert rows
    assert rows[0].split() == ["Trust,", "index", "0–100", "not", "published"]
    assert "Not published, and counted nowhere: Repair debt" in text


def test_what_each_dimension_rests_on_is_told(standing: Standing) -> None:
    alone = " ".join(printed(of("Närpes", standing), "en", 100).split())
    assert "nothing: not published, not assessed" in alone
    assert "No figure and no answer tells anything of this: Foresight and renewal." in alone
    assert "7 indicators" in alone
    both = " ".join(printed(of("Närpes", standing, assessed=True), "en", 100).split())
    assert "nothing: not published" not in both
    assert "No figure and no answer" not in both
    assert "and self-assessment" in both


@pytest.mark.parametrize(
    ("axes", "beside"), [("H1", "Resource base: broad"), ("H2", "Engagement: with others")]
)
def test_the_projection_is_chosen_and_told_to_be_our_reading(
    standing: Standing, axes: str, beside: str
) -> None:
    text = printed(of("Närpes", standing), "en", 100, axes)
    assert beside in text
    assert f"The axes ({axes})" in text
    assert "our reading, not the ministry's" in text


def test_the_statements_answered_lowest_are_told(standing: Standing) -> None:
    assert "2.4  A statement" in printed(of("Närpes", standing), "en", 80)


def test_the_picture_shows_the_visions_and_the_mean_where_it_is_known(standing: Standing) -> None:
    cells = [
        cell for row in marked(of("Närpes", standing, assessed=True)[1], projection("H1")) for cell in row
    ]
    assert sorted(set(cells) - SHADING - {EMPTY}) == ["1", "2", "3", "4", OWN]
    open_to_all = marked(of("Närpes", standing)[1], projection("H1"))
    assert not any(OWN in row for row in open_to_all)


def test_the_picture_of_what_nobody_knows_reaches_from_end_to_end(standing: Standing) -> None:
    rows = marked(of("Närpes", standing)[1], projection("H1"))
    shaded = [row for row in rows if row[0] != EMPTY]
    assert shaded
    for row in shaded:
        assert len(row) == COLUMNS
        assert len({cell for cell in row if cell not in "1234"}) == 1


def test_the_densest_half_lies_around_the_mean(standing: Standing) -> None:
    told = of("Närpes", standing, assessed=True)[1]
    rows = marked(told, projection("H1"))
    line, column = next((i, row.index(OWN)) for i, row in enumerate(rows) if OWN in row)
    half = SHADES[0][1]
    assert rows[line][column - 1] == rows[line][column + 1] == half
    assert rows[0][0] == EMPTY


def test_json_has_stable_keys_and_null_for_what_is_missing(standing: Standing) -> None:
    read, told = of("Närpes", standing)
    document = json.loads(evaluation_json(read, told, projection("H1"), words("sv")))
    assert list(document) == [
        "municipality",
        "base_year",
        "bundle_version",
        "peers",
        "areas",
        "missing",
        "position",
        "lowest_statements",
        "answer_notes",
    ]
    assert list(document["position"]) == [
        "nearest",
        "draws",
        "seed",
        "dimensions",
        "visions",
        "movers",
        "projection",
    ]
    found = {one["id"]: one for area in document["areas"] for one in area["indicators"]}
    assert set(found) == set(dictionary())
    assert found["trust"]["value"] is None
    assert found["trust"]["percentile"] is None
    assert "trust" in document["missing"]
    assert found["turnout"]["value"] == municipality("Närpes").fact("turnout_pct").value
    assert found["turnout"]["years"] == ["2021"]
    foresight = document["position"]["dimensions"][0]
    assert (foresight["basis"], foresight["data"], foresight["assessment"]) == ("nothing", None, None)
    assert sum(one["probability"] for one in document["position"]["visions"]) == pytest.approx(1.0)
    assert document["position"]["projection"]["our_reading"] is True


def test_json_speaks_the_reader_s_language_in_texts_and_never_in_keys(standing: Standing) -> None:
    read, told = of("Närpes", standing)
    swedish, english = (
        json.loads(evaluation_json(read, told, projection("H1"), words(lang))) for lang in ("sv", "en")
    )
    assert list(swedish) == list(english)
    said = [one for one in strings_of(english) if " " in one]
    assert said
    assert swedish["areas"][0]["indicators"][0]["id"] == english["areas"][0]["indicators"][0]["id"]
    for one in dictionary().values():
        assert words("sv").gettext(one.meaning) in set(strings_of(swedish)), one.id
