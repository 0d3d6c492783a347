"""Running text of the word-processing file: every number leads to its row of the appendix."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from framsyn.i18n.translator import Words
from framsyn.report.document.appendix import decimals_of
from framsyn.report.document.blocks import Document
from framsyn.report.document.traced import Number, Text, Trace
from framsyn.report.formats.docx_parts import element, link, run

Key = tuple[object, ...]


@dataclass(frozen=True)
class Runs:
    """Texts as runs.

    Attributes:
        words: the language.
        numbered: the row of the appendix of each trace, by its key.
    """

    words: Words
    numbered: Mapping[Key, int]

    def of(self, text: Text, *styled: str) -> list[BaseOxmlElement]:
        """The text; `styled` = names of run properties such as `w:b`. Breaks of line are kept."""
        return [part for one in text for part in self._part(one, styled)]

    def _part(self, one: str | Number, styled: tuple[str, ...]) -> list[BaseOxmlElement]:
        if isinstance(one, str):
            return lines(one, styled)
        shown = lines(one.text, styled)
        place = self.numbered.get(one.trace.key)
        return [link(anchor(place), *shown, tip=self._tip(one.trace))] if place else shown

    def _tip(self, trace: Trace) -> str:
        """What a number is of, beside the pointer."""
        decimals = decimals_of(trace)
        value = self.words.number(trace.middle, decimals)
        if math.isfinite(trace.low):
            value += f" ({self.words.interval(trace.low, trace.high, decimals)})"
        year = str(trace.year) if trace.year else ""
        parts = (trace.label, trace.conduct, year, f"{value} {trace.unit}".strip())
        return ", ".join(part for part in parts if part)


def anchor(place: int) -> str:
    """The bookmark of a row of the appendix."""
    return f"trace_{place}"


def lines(text: str, styled: tuple[str, ...]) -> list[BaseOxmlElement]:
    """Plain words as runs, with a break between lines."""
    made: list[BaseOxmlElement] = []
    for place, line in enumerate(text.split("\n")):
        if place:
            made.append(element("w:r", {}, element("w:br")))
        made.append(run(line, *(element(name) for name in styled)))
    return made


def runs_of(document: Document, words: Words) -> Runs:
    """How the document's texts are set."""
    return Runs(words, {one.key: place for place, one in enumerate(document.traces(), start=1)})
