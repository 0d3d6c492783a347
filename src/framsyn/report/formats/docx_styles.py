"""The styles of the word-processing file: what a municipality changes in one place to make it its own."""

from typing import NamedTuple

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from framsyn.report.formats.docx_parts import borders, element, field, run, shade

INK, QUIET, DEEP, LINE, PALE = "1C2530", "4D5966", "0B4A57", "D5DBE1", "F3F6F7"
FONT = "Calibri"
LOCALES = {"sv": "sv-FI", "fi": "fi-FI", "en": "en-GB"}
WIDTH_CM = 16.8
MARGIN_CM = 2.1
#: Where what stands to the right ends: a hair within the margin, since programs round.
RIGHT_CM = 16.7
#: Number of the list that counts headings, beside those of the bullets.
HEADINGS = 40


class Look(NamedTuple):
    """How a style looks: points, colour, space before and after in points."""

    size: float
    colour: str = INK
    before: float = 0.0
    after: float = 0.0
    bold: bool = False
    italic: bool = False
    follows: bool = False
    line: float = 1.1


STYLES = {
    "Normal": Look(10.5, after=6),
    "Title": Look(26, DEEP, after=8, bold=True),
    "Subtitle": Look(13, QUIET, after=10),
    "Heading 1": Look(18, DEEP, 20, 8, bold=True, follows=True),
    "Heading 2": Look(13, DEEP, 14, 5, bold=True, follows=True),
    "Heading 3": Look(11, DEEP, 10, 4, bold=True, follows=True),
    "Caption": Look(9, QUIET, 4, 4, bold=True),
    "List Bullet": Look(10.5, after=3),
    "TOC Heading": Look(14, DEEP, 14, 6, bold=True, follows=True),
    "TOC 1": Look(10.5, before=3, after=1, bold=True),
    "TOC 2": Look(10.5, after=1),
    "Lead": Look(12, DEEP, after=8, follows=True),
    "Note": Look(9, QUIET, 3, 10),
    "Write": Look(10.5, QUIET),
    "Cell": Look(9, line=1.0),
    "Small cell": Look(8, line=1.0),
    "Panel title": Look(8.5, bold=True, before=3, after=2, follows=True, line=1.0),
    "Tile label": Look(8.5, QUIET, 4, 1, line=1.0),
    "Tile value": Look(18, DEEP, 0, 1, bold=True, line=1.0),
    "Tile beside": Look(8.5, QUIET, 0, 4, line=1.0),
    "Gap": Look(4, after=6, line=1.0),
    "Command": Look(8, QUIET, after=6),
}


def dress(made: Docx, lang: str, title: str) -> None:
    """Set page, styles, language, numbered headings and the footer."""
    for name, look in STYLES.items():
        _style(made, name, look)
    _language(made, LOCALES[lang])
    _headings(made)
    _special(made)
    _page(made, title)


def _style(made: Docx, name: str, look: Look) -> None:
    known = {style.name for style in made.styles}
    style = made.styles[name] if name in known else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101  (for the type)
    if name not in known:
        style.base_style = made.styles["Normal"]
        style.quick_style = not name.startswith(("TOC", "Tile", "Small", "Gap"))
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor.from_string(look.colour)
    _font(style)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(look.before), Pt(look.after), look.line
    shape.keep_with_next = look.follows
    shape.widow_control = True


def _font(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    told = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT)
    properties.insert(0, element("w:rFonts", told))
    for name in ("w:spacing", "w:kern"):
        for old in properties.findall(qn(name)):
            properties.remove(old)


def _language(made: Docx, locale: str) -> None:
    defaults = made.styles.element.find(qn("w:docDefaults"))
    for lang in defaults.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale)
        lang.set(qn("w:eastAsia"), locale)
    settings = made.settings.element
    theme = settings.find(qn("w:themeFontLang"))
    theme.set(qn("w:val"), locale)
    theme.attrib.pop(qn("w:eastAsia"), None)
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for name in ("w:proofState", "w:savePreviewPicture"):
        for old in settings.findall(qn(name)):
            settings.remove(old)
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")
    settings.find(qn("w:defaultTabStop")).addnext(element("w:autoHyphenation"))


def _headings(made: Docx) -> None:
    """Headings of level 1 and 2 count themselves."""
    levels = [
        element(
            "w:lvl",
            {"ilvl": level},
            element("w:start", {"val": 1}),
            element("w:numFmt", {"val": "decimal"}),
            element("w:pStyle", {"val": f"Heading{level + 1}"}),
            element("w:suff", {"val": "space"}),
            element("w:lvlText", {"val": text}),
            element("w:lvlJc", {"val": "left"}),
            element("w:pPr", {}, element("w:ind", {"left": 0, "firstLine": 0})),
        )
        for level, text in enumerate(("%1", "%1.%2"))
    ]
    kind = element("w:multiLevelType", {"val": "multilevel"})
    counted = element("w:abstractNum", {"abstractNumId": HEADINGS}, kind, *levels)
    numbering = made.part.numbering_part.element
    numbering.insert(0, counted)
    numbering.append(element("w:num", {"numId": HEADINGS}, element("w:abstractNumId", {"val": HEADINGS})))
    for level in range(2):
        properties = made.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        for old in properties.findall(qn("w:numPr")):
            properties.remove(old)
        told = element("w:numPr")
        if level:
            told.append(element("w:ilvl", {"val": level}))
        told.append(element("w:numId", {"val": HEADINGS}))
        properties._insert_numPr(told)


def _special(made: Docx) -> None:
    """Boxes, grounds and indents of the styles that have them."""
    box = dict.fromkeys(("top", "left", "bottom", "right"), (4, LINE)) | {"left": (20, DEEP)}
    write = made.styles["Write"].element.get_or_add_pPr()
    write.insert_element_before(borders("w:pBdr", box, 6), *AFTER_BORDERS)
    write.insert_element_before(shade(PALE), *AFTER_BORDERS[1:])
    for name, left in (("Write", 0.3), ("TOC 2", 0.6)):
        made.styles[name].paragraph_format.left_indent = Cm(left)
    made.styles["Write"].paragraph_format.right_indent = Cm(0.3)
    title = made.styles["Title"].element.get_or_add_pPr()
    for old in title.findall(qn("w:pBdr")):
        title.remove(old)
    for name in ("TOC 1", "TOC 2"):
        stops = made.styles[name].paragraph_format.tab_stops
        stops.add_tab_stop(Cm(RIGHT_CM), WD_TAB_ALIGNMENT.RIGHT)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Tile label", "Tile value", "Tile beside"):
        told = made.styles[name].element.get_or_add_pPr()
        told.insert_element_before(element("w:suppressAutoHyphens"), *AFTER_BORDERS[3:])
    contents = made.styles["TOC Heading"]
    contents.base_style = made.styles["Normal"]  # else it would be counted as a heading
    for old in contents.element.pPr.findall(qn("w:outlineLvl")):
        contents.element.pPr.remove(old)


#: What stands after the borders in a paragraph's properties.
AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
)


def _page(made: Docx, title: str) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    section.different_first_page_header_footer = True
    footer = section.footer.paragraphs[0]
    _style(made, "Footer", Look(8.5, QUIET))
    told = made.styles["Footer"].element.get_or_add_pPr()
    for old in told.findall(qn("w:tabs")):
        told.remove(old)
    stops = footer.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(RIGHT_CM), WD_TAB_ALIGNMENT.RIGHT)
    footer._p.append(run(title))
    footer._p.append(element("w:r", {}, element("w:tab")))
    for part in (*field("PAGE", "2"), run(" / "), *field("NUMPAGES", "2")):
        footer._p.append(part)
