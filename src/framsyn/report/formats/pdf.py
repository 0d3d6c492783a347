"""The report as a tagged, accessible PDF (PDF/UA-1), set by Typst with the fonts that it holds itself."""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst
from babel.dates import format_date

from framsyn.i18n.translator import Words, words
from framsyn.report.document.blocks import (
    Block,
    Bullets,
    Document,
    Drawing,
    Figure,
    Heading,
    Paragraph,
    Table,
    Tiles,
)
from framsyn.report.document.traced import Number, Text
from framsyn.report.listing import Look

STANDARD: Literal["ua-1"] = "ua-1"
REGION = "FI"
#: Settings after which Typst has forgotten a document.
BLANKS = 12
Run = str | dict[str, str | int]
Traces = dict[tuple[object, ...], int]


def pdf(document: Document) -> bytes:
    """The document as a PDF; the same document gives the same bytes."""
    day = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    told = json.dumps(_document(document, words(document.lang)), ensure_ascii=False)
    made = _compiler().compile(
        input=_template(), format="pdf", sys_inputs={"report": told}, pdf_standards=STANDARD, timestamp=day
    )
    _forget()
    return bytes(made)  # type: ignore[arg-type]  # one file, not one a page


def _forget() -> None:
    """Let Typst forget the document: it remembers parts of the last ones, which no other report has.

    Half a gigabyte would be held after some reports. What ten settings have not used is forgotten, so blank
    pages are set, which takes a thirtieth of a second.
    """
    for _ in range(BLANKS):
        _compiler().compile(input=b" ")


@cache
def _compiler() -> typst.Compiler:
    """Without the machine's fonts, so that every machine makes the same pages."""
    return typst.Compiler(ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return (files("framsyn.report") / "templates" / "report.typ").read_bytes()


def _document(document: Document, said: Words) -> dict[str, Any]:
    numbered: Traces = {one.key: place for place, one in enumerate(document.traces(), start=1)}
    return {
        "lang": document.lang,
        "region": REGION,
        "title": document.title,
        "place": document.place,
        "about": document.about,
        "day": [document.day.year, document.day.month, document.day.day],
        "date": format_date(document.day, "long", locale=said.locale),
        "made_from": [list(one) for one in document.made_from],
        "command": document.command,
        "blocks": [_block(one, numbered, said) for one in document.blocks],
        "appendix": _table(document.appendix, {}),
        "words": {
            "contents": said.gettext("Contents"),
            "made_from": said.gettext("Made from"),
            "again": said.gettext("The command that makes the same report again"),
            "appendix": said.gettext("Where the numbers come from"),
            "to_appendix": said.gettext(
                "Every number of the running text leads to the appendix, which tells what it is of."
            ),
        },
    }


def _block(block: Block, numbered: Traces, said: Words) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "text": block.text, "opens": block.opens}
        case Paragraph():
            return {"is": "paragraph", "kind": block.kind, "text": _runs(block.text, numbered)}
        case Bullets():
            return {"is": "bullets", "items": [_runs(one, numbered) for one in block.items]}
        case Tiles():
            return {
                "is": "tiles",
                "tiles": [
                    {
                        "label": one.label,
                        "value": _runs(one.value, numbered),
                        "beside": _runs(one.beside, numbered),
                    }
                    for one in block.tiles
                ],
            }
        case Table():
            return _table(block, {})
        case Figure():
            return {
                "is": "figure",
                "caption": block.caption,
                "note": _runs(block.note, {}),
                "across": block.across,
                "legend": [
                    {"label": said.gettext(one.label), "colour": one.colour, "dash": _dash(one)}
                    for one in block.legend
                ],
                "drawings": [_drawing(one, said.lang) for one in block.drawings],
            }


def _dash(look: Look) -> list[int]:
    return look.dashes if look.dash else []


def _drawing(drawing: Drawing, lang: str) -> dict[str, str]:
    panel = drawing.panel
    return {
        "title": drawing.title,
        "alt": panel.text,
        "svg": panel.print_svg(lang),
        "colour": panel.look.colour if panel.look else "",
    }


def _table(table: Table, numbered: Traces) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": table.caption,
        "widths": [one.width for one in table.columns],
        "numeric": [one.numeric for one in table.columns],
        "headings": [one.heading for one in table.columns],
        "rows": [
            {"kind": row.kind, "cells": [_runs(cell, numbered) for cell in row.cells]} for row in table.rows
        ],
        "note": _runs(table.note, numbered),
    }


def _runs(text: Text, numbered: Traces) -> list[Run]:
    """Words as they are, and numbers with the number of their trace in the appendix, 0 for none."""
    return [_run(one, numbered) for one in text]


def _run(one: str | Number, numbered: Traces) -> Run:
    if isinstance(one, str):
        return one
    return {"text": one.text, "trace": numbered.get(one.trace.key, 0)}
