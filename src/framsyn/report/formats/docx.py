"""The report as a word-processing file that opens clean in Word and LibreOffice, and is edited there."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import docx as office
from babel.dates import format_date
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as Set

from framsyn.i18n.translator import N_, Words, words
from framsyn.report.document.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    Tiles,
)
from framsyn.report.document.traced import Text
from framsyn.report.formats import docx_contents, docx_figures, docx_parts, docx_tables
from framsyn.report.formats.docx_runs import Runs, lines, runs_of
from framsyn.report.formats.docx_styles import LOCALES, dress
from framsyn.report.formats.zipped import dated

AUTHOR = "Framsyn"
TABLE, FIGURE = N_("Table {number}: {caption}"), N_("Figure {number}: {caption}")
KINDS = {"body": "Normal", "lead": "Lead", "note": "Note", "write": "Write"}
TO_APPENDIX = N_("Every number of the running text leads to the appendix, which tells what it is of.")
MADE_FROM, AGAIN = N_("Made from"), N_("The command that makes the same report again")
#: Blank lines of the place where the municipality writes, and points beneath its box.
LINES, AFTER_BOX = 3, 12


def docx(document: Document) -> bytes:
    """The document as a word-processing file; the same document gives the same bytes."""
    said = words(document.lang)
    made = office.Document()
    dress(made, document.lang, document.title)
    _properties(made, document)
    page = _Page(made, document, said, runs_of(document, said))
    contents = page.cover()
    for block in document.blocks:
        page.block(block)
    if document.appendix.rows:
        page.appendix()
    docx_contents.fill(contents, page.headings)
    docx_figures.count(made)
    out = io.BytesIO()
    made.save(out)
    return dated(out.getvalue(), document.day)


def _properties(made: Docx, document: Document) -> None:
    day = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    told = made.core_properties
    told.title, told.subject, told.author = document.title, document.about, AUTHOR
    told.last_modified_by, told.language, told.comments = AUTHOR, LOCALES[document.lang], document.command
    told.created = told.modified = day
    told.revision, told.keywords = 1, document.place
    package = made.part.package
    assert package is not None  # noqa: S101  (for the type)
    thumbnails = [key for key, one in package.rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]
    for key in thumbnails:
        package.rels.pop(key)


@dataclass
class _Page:
    """The file as it is written, block after block."""

    made: Docx
    document: Document
    words: Words
    runs: Runs
    headings: list[docx_contents.Entry] = field(default_factory=list)
    figures: int = 0
    tables: int = 0

    def put(self, *parts: BaseOxmlElement) -> None:
        """Write elements at the end."""
        body = self.made.element.body
        for part in parts:
            body.insert(len(body) - 1, part)  # before what tells of the page

    def say(self, style: str, text: Text, *styled: str) -> Set:
        """Write a paragraph at the end."""
        paragraph = self.made.add_paragraph(style=style)
        paragraph._p.extend(self.runs.of(text, *styled))
        return paragraph

    def cover(self) -> Set:
        """Title, what the report is and what it was made from; returns the heading of the contents."""
        told, said = self.document, self.words.gettext
        date = format_date(told.day, "long", locale=self.words.locale)
        self.say("Subtitle", (f"{told.place} · {date}",))
        self.say("Title", (told.title,))
        self.say("Lead", (told.about,))
        contents = self.say("TOC Heading", (said(N_("Contents")),))
        facts = " · ".join(f"{what} {value}" for what, value in told.made_from)
        made_from = self.say("Note", (f"{said(MADE_FROM)}: {facts}.",))
        made_from.paragraph_format.space_before = office.shared.Pt(18)
        if told.traces():
            self.say("Note", (said(TO_APPENDIX),))
        again = self.say("Note", (f"{said(AGAIN)}:",))
        again.paragraph_format.keep_with_next = True
        self.say("Command", (told.command,))
        return contents

    def appendix(self) -> None:
        """Where each number of the running text comes from."""
        told = self.document.appendix
        self.heading(Heading(1, self.words.gettext(N_("Where the numbers come from")), opens=True))
        self.table(told, anchored=True)

    def block(self, block: Block) -> None:
        """Write a block."""
        setters: dict[type, Callable[..., None]] = {
            Heading: self.heading,
            Paragraph: self.paragraph,
            Bullets: self.bullets,
            Tiles: self.tiles,
            Table: self.table,
            Figure: self.figure,
        }
        setters[type(block)](block)

    def heading(self, told: Heading) -> None:
        """A heading with a bookmark to which the contents lead; the first begins a page of its own."""
        paragraph = self.say(f"Heading {told.level}", (told.text,))
        paragraph.paragraph_format.page_break_before = (told.opens or not self.headings) or None
        entry = docx_contents.Entry(told.level, told.text, len(self.headings) + 1)
        self.headings.append(entry)
        docx_parts.bookmarked(paragraph, entry.anchor, entry.place)

    def paragraph(self, told: Paragraph) -> None:
        """A paragraph; where the municipality writes, with blank lines in the same box."""
        italic = ("w:i",) if told.kind == "write" else ()
        paragraph = self.say(KINDS[told.kind], told.text, *italic)
        if told.kind == "write":
            paragraph.paragraph_format.keep_with_next = True
            for _ in range(LINES):
                paragraph = self.say("Write", ())
            paragraph.paragraph_format.space_after = office.shared.Pt(AFTER_BOX)

    def bullets(self, told: Bullets) -> None:
        """A list."""
        for item in told.items:
            self.say("List Bullet", item)

    def tiles(self, told: Tiles) -> None:
        """The big numbers."""
        self.put(docx_tables.tiles(told.tiles, self.runs))
        self.say("Gap", ())

    def table(self, told: Table, *, anchored: bool = False) -> None:
        """A table under its caption, with its note beneath."""
        self.tables += 1
        caption = self.caption(TABLE, "Table", self.tables, told.caption)
        caption.paragraph_format.keep_with_next = True
        plain_runs = Runs(self.words, {})
        self.put(docx_tables.table(told, plain_runs, anchored=anchored))
        self.say("Note" if told.note else "Gap", told.note)

    def figure(self, told: Figure) -> None:
        """Drawings with their caption beneath."""
        self.figures += 1
        self.put(*docx_figures.figure(self.made, told, self.words))
        caption = self.caption(FIGURE, "Figure", self.figures, told.caption)
        caption.paragraph_format.keep_with_next = bool(told.note) or None
        if told.note:
            self.say("Note", told.note)

    def caption(self, message: str, sequence: str, number: int, text: str) -> Set:
        """A caption with its number as a field that counts itself."""
        template = self.words.gettext(message)
        before, _, after = template.format(number="\0", caption=text).partition("\0")
        paragraph = self.made.add_paragraph(style="Caption")
        label = before.strip() or sequence
        parts = docx_parts.field(f"SEQ {label} \\* ARABIC", str(number))
        paragraph._p.extend([*lines(before, ()), *parts, *lines(after, ())])
        return paragraph
