"""The parts of a word-processing file that python-docx has no words for: fields, links, borders, marks."""

from collections.abc import Iterator, Mapping

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

#: Word shows no longer text beside the pointer.
MOST_TIP = 255


def element(
    name: str, told: Mapping[str, str | int] | None = None, *within: BaseOxmlElement
) -> BaseOxmlElement:
    """An element such as `w:shd` with its attributes, by their local names in the same namespace."""
    made = OxmlElement(name)
    prefix = name.partition(":")[0]
    for key, value in (told or {}).items():
        made.set(key if ":" in key or prefix != "w" else qn(f"w:{key}"), str(value))
    made.extend(within)
    return made


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A run of text."""
    made = element("w:r")
    if properties:
        made.append(element("w:rPr", {}, *properties))
    written = OxmlElement("w:t")
    written.text = text
    written.set(qn("xml:space"), "preserve")
    made.append(written)
    return made


def field(code: str, shown: str, *, dirty: bool = False) -> list[BaseOxmlElement]:
    """A field with its result; `dirty` = the reader's program is to reckon it anew."""
    return [*field_begin(code, dirty=dirty), run(shown), field_end()]


def field_begin(code: str, *, dirty: bool = False) -> list[BaseOxmlElement]:
    """What opens a field, before its result."""
    instruction = OxmlElement("w:instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    begun = {"fldCharType": "begin"} | ({"dirty": "true"} if dirty else {})
    return [
        element("w:r", {}, element("w:fldChar", begun)),
        element("w:r", {}, instruction),
        element("w:r", {}, element("w:fldChar", {"fldCharType": "separate"})),
    ]


def field_end() -> BaseOxmlElement:
    """What closes a field."""
    return element("w:r", {}, element("w:fldChar", {"fldCharType": "end"}))


def link(anchor: str, *within: BaseOxmlElement, tip: str = "") -> BaseOxmlElement:
    """A link to a bookmark of the same file, with what is shown beside the pointer."""
    told = {"anchor": anchor, "history": "1"} | ({"tooltip": tip[:MOST_TIP]} if tip else {})
    return element("w:hyperlink", told, *within)


def bookmarked(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around all that the paragraph holds."""
    begun = element("w:bookmarkStart", {"id": number, "name": name})
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, begun)
    paragraph._p.append(element("w:bookmarkEnd", {"id": number}))


def borders(name: str, sides: Mapping[str, tuple[int, str]], space: int = 0) -> BaseOxmlElement:
    """Borders (`w:pBdr`, `w:tcBorders`, `w:tblBorders`): (eighths of a point, colour) by side; 0 = none."""
    return element(name, {}, *_sides(sides, space))


def _sides(sides: Mapping[str, tuple[int, str]], space: int) -> Iterator[BaseOxmlElement]:
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            size, colour = sides[side]
            style = {"val": "single" if size else "nil", "sz": size, "space": space, "color": colour}
            yield element(f"w:{side}", style)


def shade(colour: str) -> BaseOxmlElement:
    """A ground of one colour."""
    return element("w:shd", {"val": "clear", "color": "auto", "fill": colour})
