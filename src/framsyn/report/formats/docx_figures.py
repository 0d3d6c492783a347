"""Figures of the word-processing file: pictures with alternative texts, side by side, and their legend."""

import io
from typing import Any

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from framsyn.i18n.translator import Words
from framsyn.report.document.blocks import Drawing, Figure
from framsyn.report.drawing import picture
from framsyn.report.formats.docx_parts import borders, element, run
from framsyn.report.formats.docx_styles import DEEP, WIDTH_CM
from framsyn.report.formats.docx_tables import grid
from framsyn.report.listing import Look

DOTS_PER_INCH = 200
CM_PER_INCH = 2.54
#: Part of the page's width of a drawing that stands alone, and room between drawings, cm.
ALONE = 0.62
BETWEEN = 0.35
LEGEND = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="6">'
    '<path d="M1 3H29" stroke="{}" stroke-width="2" stroke-dasharray="{}"/></svg>'
)
LEGEND_CM = 0.8
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def figure(made: Docx, told: Figure, words: Words) -> list[BaseOxmlElement]:
    """What stands above the caption: the legend, and the drawings in rows of `across`."""
    across = max(told.across, 1)
    share = 1.0 / across if across > 1 else ALONE
    drawn = [_drawing(made, one, words.lang, share * WIDTH_CM - BETWEEN) for one in told.drawings]
    rows = [drawn[start : start + across] for start in range(0, len(drawn), across)]
    return [*_legend(made, told.legend, words), grid(rows, [share] * across)]


def _drawing(made: Docx, told: Drawing, lang: str, width: float) -> list[BaseOxmlElement]:
    panel = told.panel
    colour = panel.look.colour.removeprefix("#") if panel.look else DEEP
    png = panel.png(lang, round(width / CM_PER_INCH * DOTS_PER_INCH))
    paragraphs = [_paragraph("Normal", [_inline(made, png, width, panel.text)])]
    if told.title:
        title = _paragraph("Paneltitle", [run(told.title)])
        title.pPr.append(borders("w:pBdr", {"top": (20, colour)}, 2))
        paragraphs.insert(0, title)
    return paragraphs


def _paragraph(style: str, parts: list[BaseOxmlElement]) -> BaseOxmlElement:
    told = element("w:pPr", {}, element("w:pStyle", {"val": style}), element("w:keepNext"))
    return element("w:p", {}, told, *parts)


def _inline(made: Docx, png: bytes, width: float, text: str) -> BaseOxmlElement:
    """A run with the picture and its alternative text."""
    inline: Any = made.part.new_pic_inline(io.BytesIO(png), width=Cm(width))
    inline.docPr.set("descr", text)
    return element("w:r", {}, element("w:drawing", {}, inline))


def count(made: Docx) -> None:
    """Give every picture a number of its own, which python-docx knows only of what stands in its place."""
    for place, one in enumerate(made.element.body.iter(qn("wp:docPr")), start=1):
        one.set("id", str(place))
        one.set("name", f"Picture {place}")


def _legend(made: Docx, looks: tuple[Look, ...], words: Words) -> list[BaseOxmlElement]:
    """Colour and dash of each line with its name beside; the line itself is decoration."""
    if not looks:
        return []
    parts: list[BaseOxmlElement] = []
    for look in looks:
        svg = LEGEND.format(look.colour, look.dash)
        drawn = _inline(made, picture(svg, round(LEGEND_CM / CM_PER_INCH * DOTS_PER_INCH)), LEGEND_CM, "")
        _decoration(drawn)
        parts += [drawn, run(f"\u00a0{words.gettext(look.label)}   ")]
    return [_paragraph("Cell", parts)]


def _decoration(drawn: BaseOxmlElement) -> None:
    (properties,) = drawn.iter(qn("wp:docPr"))
    mark = properties.makeelement(f"{{{DECORATIVE}}}decorative", {"val": "1"}, {"adec": DECORATIVE})
    extension = properties.makeelement(qn("a:ext"), {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"})
    extension.append(mark)
    listed = properties.makeelement(qn("a:extLst"), {})
    listed.append(extension)
    properties.append(listed)
