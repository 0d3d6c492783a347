"""The pictures of the loops: what stands on an arrow, in three languages, with nothing lying on anything."""

import re
import xml.etree.ElementTree as ET

import pytest

from framsyn.evidence.register import loop_names
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.loop_layout import Box
from framsyn.report.loop_map import Arrow, loop_arrows, node_labels
from framsyn.report.loops_diagram import LOOKS, loop_figure, mark, overview_figure, pictures

SVG = "{http://www.w3.org/2000/svg}"
EVERY = pytest.mark.parametrize("name", pictures(words("en")))


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314  (drawn by the module under test)


def rectangles(picture: str) -> list[Box]:
    """The boxes and labels of a picture, without its paper."""
    found = parsed(picture).findall(f"{SVG}rect")[1:]
    sizes = [[float(of.get(name, "")) for name in ("x", "y", "width", "height")] for of in found]
    return [Box(x + w / 2, y + h / 2, w / 2, h / 2) for x, y, w, h in sizes]


@pytest.mark.parametrize("lang", LANGUAGES)
@EVERY
def test_no_box_or_label_lies_on_another_or_outside(name: str, lang: str) -> None:
    picture = pictures(words(lang))[name]
    width, height = map(float, parsed(picture).get("viewBox", "").split()[2:])
    found = rectangles(picture)
    for i, box in enumerate(found):
        assert box.half_width <= box.x <= width - box.half_width
        assert box.half_height <= box.y <= height - box.half_height
        for other in found[:i]:
            shared = box.overlap(other)
            assert shared <= 12.0, (name, lang)  # corners that touch: an eighth of a letter


@pytest.mark.parametrize("lang", LANGUAGES)
@EVERY
def test_a_picture_can_be_read_without_being_seen(name: str, lang: str) -> None:
    root = parsed(pictures(words(lang))[name])
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    assert "→" in (root.findtext(f"{SVG}desc") or "")


def test_a_loop_names_its_nodes_in_the_language_of_the_reader() -> None:
    finnish = words("fi")
    picture = parsed(loop_figure("tax", finnish))
    shown = {text.text for text in picture.findall(f"{SVG}text")}
    for node in ("tax_rate", "tax_base", "cash_flow"):
        assert finnish.gettext(node_labels()[node]) in shown


@pytest.mark.parametrize(
    ("arrow", "text"),
    [
        (Arrow("a", "b", "+", ("A", "C"), (2, 6), False), "+ A/C 2–6"),
        (Arrow("a", "b", "-", ("assumption",), (1, 1), False), "− ? 1"),
        (Arrow("a", "b", "0", ("0",), None, False), "0 0"),
        (Arrow("a", "b", "+", (), None, False), "+"),
    ],
)
def test_an_arrow_bears_its_sign_its_letters_and_its_lag(arrow: Arrow, text: str) -> None:
    assert mark(arrow) == text


def test_signs_differ_by_dashes_as_well_as_by_colour() -> None:
    dashes = [LOOKS[sign][1] for sign in ("+", "-", "0")]
    assert len(set(dashes)) == 3


def test_there_are_as_many_arrow_heads_as_arrows_and_signs_in_the_key() -> None:
    for loop in loop_names():
        heads = re.findall("<polygon", loop_figure(loop, words("en")))
        assert len(heads) == len(loop_arrows(loop)) + 3


def test_a_picture_is_the_same_each_time() -> None:
    again = overview_figure.__wrapped__(words("en"))
    assert again == overview_figure(words("en"))


def test_the_description_names_cause_result_and_mark() -> None:
    picture = parsed(loop_figure("tax", words("en")))
    told = picture.findtext(f"{SVG}desc") or ""
    assert "Number of residents → Tax rate: − B 0–10" in told
