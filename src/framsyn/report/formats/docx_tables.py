"""Tables of the word-processing file: a header that repeats, rows that stay whole, numbers to the right."""

import re
from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from framsyn.report.document.blocks import Column, Row, Table, Tile
from framsyn.report.document.traced import Text, plain
from framsyn.report.formats.docx_parts import borders, element, shade
from framsyn.report.formats.docx_runs import Runs, anchor
from framsyn.report.formats.docx_styles import DEEP, LINE, PALE, QUIET, STYLES, WIDTH_CM

#: Twentieths of a point.
TWIPS_A_CM, TWIPS_A_POINT = 567, 20
#: Width of a letter and of one in bold, for its height.
BROAD, BOLD = 0.52, 0.58
#: Rows and columns beyond which a table is set smaller.
LONG = 30
WIDE = 6
ACROSS = 3
#: Ids of bookmarks of the appendix begin here, above those of headings.
ANCHORS = 10_000
Sides = dict[str, tuple[int, str]]


def table(told: Table, runs: Runs, *, anchored: bool = False) -> BaseOxmlElement:
    """The table; `anchored` = its rows are the appendix, to which numbers lead."""
    small = anchored or len(told.rows) > LONG or len(told.columns) > WIDE
    style = "Smallcell" if small else "Cell"
    points = STYLES["Small cell" if small else "Cell"].size
    widths = fitted(_widths([one.width for one in told.columns]), _least(told, points))
    made = _frame(widths, told.caption)
    made.append(_header(told.columns, widths, runs, style))
    for place, row in enumerate(told.rows, start=1):
        made.append(_row(row, told.columns, widths, runs, style, place if anchored else 0))
    return made


def _widths(shares: Sequence[float]) -> list[int]:
    whole = WIDTH_CM * TWIPS_A_CM / sum(shares)
    return [round(share * whole) for share in shares]


def _least(told: Table, points: float) -> list[int]:
    """The width that each column needs so that no word of it is broken, with the room at its sides."""
    rows = [row for row in told.rows if row.kind != "group"]
    needs = [
        max([_long(column.heading) * BOLD, *(_long(plain(row.cells[at])) * BROAD for row in rows)])
        for at, column in enumerate(told.columns)
    ]
    return [round((need * points + 8) * TWIPS_A_POINT) for need in needs]


def _long(text: str) -> int:
    """Letters of the longest part of a text that is not broken: a no-break space holds it together."""
    return max(map(len, re.split(r"[ \n]|(?<=-)", text)))


def fitted(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """The widths changed so that none is below its least, where the others have that much to spare."""
    lacking = sum(max(0, need - width) for width, need in zip(widths, least, strict=True))
    spare = sum(max(0, width - need) for width, need in zip(widths, least, strict=True))
    if not 0 < lacking <= spare:
        return list(widths)
    kept = 1.0 - lacking / spare
    return [
        need + round(kept * (width - need)) if width > need else need
        for width, need in zip(widths, least, strict=True)
    ]


def _frame(widths: Sequence[int], caption: str) -> BaseOxmlElement:
    room = {"top": 25, "left": 70, "bottom": 25, "right": 70}
    cells = [element(f"w:{side}", {"w": size, "type": "dxa"}) for side, size in room.items()]
    properties = element(
        "w:tblPr",
        {},
        element("w:tblW", {"w": sum(widths), "type": "dxa"}),
        element("w:tblLayout", {"type": "fixed"}),
        element("w:tblCellMar", {}, *cells),
        element("w:tblLook", {"val": "0620", "firstRow": 1, "noHBand": 1, "noVBand": 1}),
        *([element("w:tblCaption", {"val": caption})] if caption else []),
    )
    grid = element("w:tblGrid", {}, *(element("w:gridCol", {"w": width}) for width in widths))
    return element("w:tbl", {}, properties, grid)


def _header(columns: Sequence[Column], widths: Sequence[int], runs: Runs, style: str) -> BaseOxmlElement:
    sides: Sides = {"bottom": (8, QUIET)}
    cells = [
        _cell(runs.of((one.heading,), "w:b"), width, style, sides, right=one.numeric, stays=True, low=True)
        for one, width in zip(columns, widths, strict=True)
    ]
    return element("w:tr", {}, _whole(header=True), *cells)


def _row(
    row: Row, columns: Sequence[Column], widths: Sequence[int], runs: Runs, style: str, place: int
) -> BaseOxmlElement:
    bold = ("w:b",) if row.kind != "body" else ()
    sides: Sides = {"bottom": (4, LINE)} | ({"top": (8, QUIET)} if row.kind == "total" else {})
    cells = []
    for at, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
        parts = runs.of(cell, *bold)
        if place and at == 0:
            told = {"id": ANCHORS + place}
            opening = element("w:bookmarkStart", {**told, "name": anchor(place)})
            parts = [opening, *parts, element("w:bookmarkEnd", told)]
        ground = PALE if row.kind == "group" else ""
        group = row.kind == "group"
        cells.append(_cell(parts, width, style, sides, right=column.numeric, stays=group, ground=ground))
    return element("w:tr", {}, _whole(header=False), *cells)


def _whole(*, header: bool) -> BaseOxmlElement:
    """A row that is not split between pages, and is repeated on each where it is the header."""
    return element("w:trPr", {}, element("w:cantSplit"), *([element("w:tblHeader")] if header else []))


def _cell(
    parts: Sequence[BaseOxmlElement],
    width: int,
    style: str,
    sides: Sides,
    *,
    right: bool,
    stays: bool = False,
    low: bool = False,
    ground: str = "",
) -> BaseOxmlElement:
    properties = element(
        "w:tcPr", {}, element("w:tcW", {"w": width, "type": "dxa"}), borders("w:tcBorders", sides)
    )
    if ground:
        properties.append(shade(ground))
    if low:
        properties.append(element("w:vAlign", {"val": "bottom"}))
    return element("w:tc", {}, properties, _paragraph(parts, style, right=right, stays=stays))


def _paragraph(
    parts: Sequence[BaseOxmlElement], style: str, *, right: bool = False, stays: bool = False
) -> BaseOxmlElement:
    properties = element("w:pPr", {}, element("w:pStyle", {"val": style}))
    if stays:
        properties.append(element("w:keepNext"))
    if right:
        properties.append(element("w:jc", {"val": "right"}))
    return element("w:p", {}, properties, *parts)


def tiles(told: Sequence[Tile], runs: Runs) -> BaseOxmlElement:
    """The big numbers, three beside each other, on a ground without lines between."""
    across = min(len(told), ACROSS)
    widths = _widths([1.0] * across)
    made = _frame(widths, "")
    for start in range(0, len(told), across):
        row = [
            _tile(one, width, runs) for one, width in zip(told[start : start + across], widths, strict=False)
        ]
        row += [_blank(width) for width in widths[len(row) :]]
        made.append(element("w:tr", {}, _whole(header=False), *row))
    return made


def _tile(tile: Tile, width: int, runs: Runs) -> BaseOxmlElement:
    sides: Sides = {
        "top": (24, "FFFFFF"),
        "left": (24, DEEP),
        "bottom": (24, "FFFFFF"),
        "right": (24, "FFFFFF"),
    }
    size = element("w:tcW", {"w": width, "type": "dxa"})
    properties = element("w:tcPr", {}, size, borders("w:tcBorders", sides), shade(PALE))
    lines: tuple[tuple[str, Text], ...] = (
        ("Tilelabel", (tile.label,)),
        ("Tilevalue", tile.value),
        ("Tilebeside", tile.beside),
    )
    set_lines = [_paragraph(runs.of(text), style) for style, text in lines if text]
    return element("w:tc", {}, properties, *set_lines)


def _blank(width: int) -> BaseOxmlElement:
    size = element("w:tcW", {"w": width, "type": "dxa"})
    return element("w:tc", {}, element("w:tcPr", {}, size), _paragraph([], "Cell"))


def grid(rows: Sequence[Sequence[Sequence[BaseOxmlElement]]], widths: Sequence[float]) -> BaseOxmlElement:
    """A table without lines that sets blocks beside each other; widths are shares of the page's."""
    whole = WIDTH_CM * TWIPS_A_CM
    sizes = [round(share * whole) for share in widths]
    made = _frame(sizes, "")
    for row in rows:
        cells = [
            element("w:tc", {}, element("w:tcPr", {}, element("w:tcW", {"w": size, "type": "dxa"})), *within)
            for within, size in zip(row, sizes, strict=False)
        ]
        cells += [_blank(size) for size in sizes[len(cells) :]]
        made.append(element("w:tr", {}, _whole(header=False), *cells))
    return made
