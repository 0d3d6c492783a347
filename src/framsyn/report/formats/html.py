"""The report as one HTML file that opens offline, without script, in which each number tells of itself."""

import math
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape

from framsyn.i18n.translator import Words, words
from framsyn.report.document.appendix import told
from framsyn.report.document.blocks import Block, Document
from framsyn.report.document.traced import Number, Text
from framsyn.report.environment import environment


def html(document: Document) -> bytes:
    """The document as UTF-8 HTML."""
    said = words(document.lang)
    setter = _Setter(document, said)
    page = environment("framsyn.report").get_template("report.html.j2")
    return page.render(
        _=said.gettext,
        document=document,
        date=format_date(document.day, "long", locale=said.locale),
        name_of=lambda block: type(block).__name__,
        text=setter.text,
        row=setter.row,
        labels=labels(document, said),
        anchors=setter.anchors,
        contents=[
            (place, one)
            for place, one in enumerate(document.blocks)
            if type(one).__name__ == "Heading" and getattr(one, "level", 3) == 1
        ],
    ).encode()


def labels(document: Document, said: Words) -> dict[int, str]:
    """The number of each figure and table, by its place among the blocks."""
    counts = {"Figure": 0, "Table": 0}
    names = {"Figure": said.gettext("Figure"), "Table": said.gettext("Table")}
    made = {}
    for place, block in enumerate(document.blocks):
        kind = _kind(block)
        if kind in counts:
            counts[kind] += 1
            made[place] = f"{names[kind]} {counts[kind]}"
    return made


def _kind(block: Block) -> str:
    return type(block).__name__


class _Setter:
    """Texts as markup; a traced number leads to the appendix and tells its source."""

    def __init__(self, document: Document, said: Words) -> None:
        self.anchors = {one.key: place for place, one in enumerate(document.traces(), start=1)}
        self.said = said

    def text(self, text: Text) -> Markup:
        """Running text, whose numbers are links to the appendix."""
        return Markup("").join(self._linked(one) for one in text)

    def row(self, text: Text) -> Markup:
        """A table's cell, whose numbers only tell."""
        return Markup("").join(escape(one) if isinstance(one, str) else self._span(one) for one in text)

    def _linked(self, one: str | Number) -> Markup:
        if isinstance(one, str):
            return escape(one)
        place = self.anchors.get(one.trace.key)
        return Markup('<a class="n" href="#trace-{}">{}</a>').format(place, self._span(one))

    def _span(self, one: Number) -> Markup:
        attributes = Markup(" ").join(
            Markup('{}="{}"').format(name, value) for name, value in self._told(one).items()
        )
        return Markup("<span {}>{}</span>").format(attributes, one.text)

    def _told(self, one: Number) -> dict[str, Any]:
        trace = one.trace
        shown = " ".join("" if math.isnan(value) else repr(float(value)) for value in one.shown)
        return {
            "title": told(trace, self.said),
            "data-dataset": trace.dataset,
            "data-indicator": trace.indicator,
            "data-posture": trace.posture,
            "data-year": trace.year or "",
            "data-of": trace.of,
            "data-shown": shown,
            "data-decimals": one.decimals,
        }
