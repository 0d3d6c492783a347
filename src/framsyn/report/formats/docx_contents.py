"""The table of contents: a field with its entries filled in, which lead to the headings."""

from collections.abc import Sequence
from typing import NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from framsyn.report.formats.docx_parts import element, field, field_begin, field_end, link, run

CODE = 'TOC \\o "1-2" \\h \\z \\u'
DEEPEST = 2


class Entry(NamedTuple):
    """A heading, and its place among all."""

    level: int
    text: str
    place: int

    @property
    def anchor(self) -> str:
        """Its bookmark."""
        return f"_Toc{self.place:08d}"


def fill(heading: Paragraph, headings: Sequence[Entry]) -> None:
    """Write the contents after their heading, together what the program knows as a table of contents."""
    shown = [(number, one) for number, one in zip(_numbers(headings), headings, strict=True) if number]
    made = [_entry(number, one) for number, one in shown]
    for part in reversed(field_begin(CODE)):
        made[0].insert(1, part)
    made[-1].append(field_end())
    gallery = element("w:docPartGallery", {"val": "Table of Contents"})
    known = element("w:sdtPr", {}, element("w:docPartObj", {}, gallery, element("w:docPartUnique")))
    content = element("w:sdtContent")
    heading._p.addprevious(element("w:sdt", {}, known, content))
    content.extend([heading._p, *made])


def _numbers(headings: Sequence[Entry]) -> list[str]:
    """What each heading is counted as; blank where it is too deep for the contents."""
    counts = [0, 0]
    told = []
    for one in headings:
        if one.level == 1:
            counts = [counts[0] + 1, 0]
        elif one.level == DEEPEST:
            counts[1] += 1
        told.append(".".join(map(str, counts[: one.level])) if one.level <= DEEPEST else "")
    return told


def _entry(number: str, one: Entry) -> BaseOxmlElement:
    """A line that leads to its heading; the program that opens the file reckons the page."""
    style = element("w:pPr", {}, element("w:pStyle", {"val": f"TOC{one.level}"}))
    page = field(f"PAGEREF {one.anchor} \\h", "")
    tab = element("w:r", {}, element("w:tab"))
    return element("w:p", {}, style, link(one.anchor, run(f"{number} {one.text}"), tab, *page))
