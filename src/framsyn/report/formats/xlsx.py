"""The report as a workbook: every table and every number of it in cells that can be reckoned with."""

import io
from datetime import date, datetime

from babel.dates import format_date
from xlsxwriter import Workbook

from framsyn.evidence.register import effects
from framsyn.i18n.translator import N_, Words, words
from framsyn.report.document.appendix import DATASETS, OF
from framsyn.report.document.blocks import Block, Bullets, Document, Figure, Heading, Paragraph, Table, Tiles
from framsyn.report.document.traced import Trace, plain
from framsyn.report.evidence_table import cause_and_effect
from framsyn.report.formats.xlsx_cells import Looks
from framsyn.report.formats.xlsx_figures import figure_sheet
from framsyn.report.formats.xlsx_sheets import Book, Value, tall
from framsyn.report.formats.zipped import dated
from framsyn.report.page import provenance

AUTHOR = "Framsyn"
TABLE, FIGURE = N_("Table {number}: {caption}"), N_("Figure {number}: {caption}")
#: Widths of the columns of the first sheet, and of the sheet of text, which must fit a page.
FRONT = (22, 62)
TEXT = 78
#: Strengths of what rests on studies; the rest is our own judgement, which the register explains.
STUDIED = ("A", "B", "C", "0")
#: Message ids of the columns of the sheet of numbers, and their widths.
NUMBERS = (
    (N_("No."), 6),
    (N_("Dataset"), 14),
    (N_("Indicator (id)"), 30),
    (N_("Indicator"), 40),
    (N_("Posture (id)"), 13),
    (N_("Posture"), 30),
    (N_("Year"), 8),
    (N_("What (id)"), 18),
    (N_("What"), 40),
    (N_("Unit"), 16),
    (N_("Median"), 14),
    (N_("10%"), 14),
    (N_("90%"), 14),
)


def xlsx(document: Document) -> bytes:
    """The document as a workbook; the same document gives the same bytes."""
    said = words(document.lang)
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as made:
        properties(made, document.title, document.about, document.day)
        book = Book(made, Looks(made), said)
        _front(book, document)
        _text(book, document)
        _blocks(book, document)
        _numbers(book, document)
        sources(book)
    return dated(out.getvalue(), document.day)


def properties(made: Workbook, title: str, about: str, day: date) -> None:
    """Title, subject, author and the fixed day among the file's own properties."""
    told = {"title": title, "subject": about, "author": AUTHOR}
    made.set_properties({**told, "created": datetime(day.year, day.month, day.day)})


def _front(book: Book, document: Document) -> None:
    said = book.words.gettext
    sheet = book.sheet(said(N_("Report")), landscape=False)
    sheet.write_string(0, 0, document.title, book.looks.title())
    facts = [
        (said(N_("What it is")), document.about),
        (said(N_("Place")), document.place),
        (said(N_("Date")), format_date(document.day, "long", locale=book.words.locale)),
        *document.made_from,
        (said(N_("Command")), document.command),
    ]
    book.lines(sheet, 2, facts, FRONT[1])
    for column, width in enumerate(FRONT):
        sheet.set_column(column, column, width)


def _text(book: Book, document: Document) -> None:
    """The running text, paragraph by paragraph."""
    sheet = book.sheet(book.words.gettext(N_("Text")), landscape=False)
    sheet.write_string(0, 0, document.title, book.looks.title())
    sheet.set_column(0, 0, TEXT)
    place = 2
    for block in document.blocks:
        for text, bold in _lines(block):
            size = {"font_size": 12} if bold else {}
            sheet.write_string(place, 0, text, book.looks.text(bold=bold, **size))
            tall(sheet, place, [text], [TEXT])
            place += 1
    book.stay(sheet, 1, 0)


def _lines(block: Block) -> list[tuple[str, bool]]:
    """The lines of a block of running text, each with whether it is a heading."""
    match block:
        case Heading():
            return [(block.text, True)]
        case Paragraph():
            return [(plain(block.text), False)]
        case Bullets():
            return [(f"• {plain(one)}", False) for one in block.items]
        case Tiles():
            told = [(f"{one.label}: {plain(one.value)}", plain(one.beside)) for one in block.tiles]
            return [(f"{said} ({beside})" if beside else said, False) for said, beside in told]
        case _:
            return []


def _blocks(book: Book, document: Document) -> None:
    """A sheet for each table, then one for each figure."""
    said = book.words.gettext
    tables = [one for one in document.blocks if isinstance(one, Table)]
    for number, table in enumerate(tables, start=1):
        title = said(TABLE).format(number=number, caption=table.caption)
        book.table(title.replace(":", "", 1), table, title)
    figures = [one for one in document.blocks if isinstance(one, Figure)]
    for number, figure in enumerate(figures, start=1):
        title = said(FIGURE).format(number=number, caption=figure.caption)
        figure_sheet(book, title.replace(":", "", 1), figure, title)


def _numbers(book: Book, document: Document) -> None:
    """Every number of text and tables, each once, with its ids."""
    said = book.words.gettext
    traces = {one.trace.key: one.trace for one in document.numbers()}
    rows = (_trace(place, one, book.words) for place, one in enumerate(traces.values(), start=1))
    headings, widths = [said(one) for one, _ in NUMBERS], [width for _, width in NUMBERS]
    name, title = said(N_("Numbers")), said(N_("Every number of text and tables"))
    sheet = book.rows(name, title, headings, rows, widths, "#,##0.00")
    sheet.autofilter(2, 0, 2 + max(len(traces), 1), len(NUMBERS) - 1)


def _trace(place: int, one: Trace, said: Words) -> list[Value]:
    dataset, what = DATASETS.get(one.dataset, one.dataset), OF.get(one.of, one.of)
    return [
        place,
        said.gettext(dataset),
        one.indicator,
        one.label,
        one.posture,
        one.conduct,
        one.year,
        one.of,
        said.gettext(what),
        one.unit,
        float(one.middle),
        float(one.low),
        float(one.high),
    ]


def sources(book: Book) -> None:
    """What is observed, estimated and assumed, the sources, and the evidence with its strength."""
    said = book.words.gettext
    told = [(heading, text) for heading, texts in provenance(book.words) for text in texts]
    evidence = [
        (said(N_("Evidence")), f"{cause_and_effect(one, book.words)} ({said(one.strength)}): {one.source}")
        for one in effects()
        if one.strength in STUDIED
    ]
    headings = [said(N_("What")), said(N_("Source"))]
    book.rows(said(N_("Sources")), said(N_("Sources")), headings, [*told, *evidence], [20, 130])
