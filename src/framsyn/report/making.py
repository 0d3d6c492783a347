"""One report: the kind set as a document, and the document set in a format."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.i18n.every_language import REPORT, every_name
from framsyn.i18n.translator import N_, Words
from framsyn.report.document.appendix import appendix
from framsyn.report.document.blocks import Block, Document, traces_of
from framsyn.report.kinds import foresight, plan, strategy, wellbeing
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.method import method
from framsyn.report.kinds.repeating import command_of, made_from

#: Sets a report in a format without the document.
Setter = Callable[[Material, Words, date], bytes]


class Kind(NamedTuple):
    """A kind of report.

    Attributes:
        title, about: its title and description in words.
        blocks: what it tells.
        usual: its usual format.
        own: formats that are not set from its document, and what sets them.
    """

    title: Callable[[Material, Words], str]
    about: Callable[[Words], str]
    blocks: Callable[[Material, Words], list[Block]]
    usual: str
    own: Mapping[str, Setter] = MappingProxyType({})


def _plan_book(material: Material, words: Words, day: date) -> bytes:
    """The plan as a workbook with formulas; its room is opened when it is asked for."""
    from framsyn.report.formats.plan_book import plan_book

    return plan_book(material, words, day)


KINDS: Mapping[str, Kind] = {
    "foresight": Kind(foresight.title, foresight.about, foresight.blocks, "pdf"),
    "strategy": Kind(strategy.title, strategy.about, strategy.blocks, "pdf"),
    "wellbeing": Kind(wellbeing.title, wellbeing.about, wellbeing.blocks, "pdf"),
    "plan": Kind(plan.title, plan.about, plan.blocks, "xlsx", {"xlsx": _plan_book}),
}
FORMATS = ("pdf", "html", "docx", "xlsx")


def made(material: Material, kind: str, form: str, words: Words, day: date) -> bytes:
    """The report as a file: the one way in which the command line and the pages make it.

    Args:
        material: of the municipality.
        kind: one of `KINDS`.
        form: one of `FORMATS`.
        words: the language.
        day: the date that the report bears.

    Raises:
        FramsynError: there is no such kind or format, or what it is of cannot be lived.
    """
    kind, form = kind_id(kind), format_id(form)
    if form in KINDS[kind].own:
        return KINDS[kind].own[form](material, words, day)
    document = document_of(material, kind, words, day)
    if form != KINDS[kind].usual:
        document = replace(document, command=f"{document.command} --format {form}")
    return rendered(document, form)


def kind_id(text: str) -> str:
    """The kind of report that an id or a name means; FramsynError where there is none."""
    return _kind_index().id_of(text)


def format_id(text: str) -> str:
    """The format that a text means, such as `pdf`, `PDF` or `.pdf`; FramsynError where there is none."""
    return _format_index().id_of(text)


@cache
def _kind_index() -> NameIndex:
    refusal = N_("There is no report {id}: choose {known}.")
    return NameIndex(
        tuple(KINDS),
        lambda: [NameEntry(one, every_name(REPORT, one)) for one in KINDS],
        Refusal(nearest=refusal, unknown=refusal),
    )


@cache
def _format_index() -> NameIndex:
    refusal = N_("There is no format {id}: choose {known}.")
    return NameIndex(
        FORMATS, lambda: [NameEntry(one) for one in FORMATS], Refusal(nearest=refusal, unknown=refusal)
    )


def document_of(material: Material, kind: str, words: Words, day: date) -> Document:
    """The report as a document.

    Args:
        material: of the municipality.
        kind: one of `KINDS`.
        words: the language.
        day: the date that the report bears.

    Raises:
        FramsynError: there is no such kind.
    """
    kind = kind_id(kind)
    told = KINDS[kind]
    blocks = (*told.blocks(material, words), *method(material, words))
    return Document(
        kind=kind,
        lang=words.lang,
        title=told.title(material, words),
        place=material.municipality.name(words.lang),
        about=told.about(words),
        day=day,
        made_from=made_from(material, words),
        command=command_of(material, kind, words.lang, day),
        blocks=blocks,
        appendix=appendix(traces_of(blocks), words),
    )


def rendered(document: Document, form: str) -> bytes:
    """The document in one of `FORMATS`; only the room of that format is opened.

    Raises:
        FramsynError: there is no such format.
    """
    form = format_id(form)
    setter: Callable[[Document], bytes] = getattr(import_module(f"framsyn.report.formats.{form}"), form)
    return setter(document)
