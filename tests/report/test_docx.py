import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx as office
import pytest
from docx.oxml.ns import qn

from framsyn.i18n.translator import words
from framsyn.report.document.blocks import Bullets, Figure, Heading, Paragraph, Table, Tiles
from framsyn.report.document.traced import numbers_in, plain
from framsyn.report.formats.docx import docx
from tests.report.made_document import CAPTION, DAY, made_document
from tests.report.office import converted


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx(made_document())


@pytest.fixture(scope="module")
def opened(content: bytes) -> Any:
    return office.Document(io.BytesIO(content))


def test_the_same_document_gives_the_same_bytes(content: bytes) -> None:
    assert docx(made_document()) == content
    with ZipFile(io.BytesIO(content)) as archive:
        dates = {one.date_time[:3] for one in archive.infolist()}
    assert dates == {(DAY.year, DAY.month, DAY.day)}


def test_headings_are_headings_in_their_order_and_levels(opened: Any) -> None:
    told = [one for one in made_document().blocks if isinstance(one, Heading)]
    found = [one for one in opened.paragraphs if one.style.name.startswith("Heading")]
    assert [(one.style.name, one.text) for one in found[:-1]] == [
        (f"Heading {one.level}", one.text) for one in told
    ]
    assert all(one.style.paragraph_format.keep_with_next for one in found)
    assert next(one for one in opened.paragraphs if one.style.name == "Title").text == "Närpes: framtiden"


@pytest.mark.parametrize(("lang", "locale"), [("sv", "sv-FI"), ("fi", "fi-FI"), ("en", "en-GB")])
def test_language_and_captions_are_the_readers(lang: str, locale: str) -> None:
    document = made_document(lang)
    blocks = tuple(one for one in document.blocks if not isinstance(one, Figure))  # drawn elsewhere
    made: Any = office.Document(io.BytesIO(docx(replace(document, blocks=blocks))))
    (defaults,) = made.styles.element.iter(qn("w:docDefaults"))
    assert {one.get(qn("w:val")) for one in defaults.iter(qn("w:lang"))} == {locale}
    assert made.core_properties.language == locale
    caption = next(one.text for one in made.paragraphs if one.style.name == "Caption")
    assert caption == words(lang).gettext("Table {number}: {caption}").format(number=1, caption=CAPTION)


def test_captions_count_by_fields_and_stay_with_their_tables(opened: Any) -> None:
    captions = [one for one in opened.paragraphs if one.style.name == "Caption"]
    codes = [one.text for paragraph in captions for one in paragraph._p.iter(qn("w:instrText"))]
    assert len(codes) == len(captions) == 3  # the table, the figure, the appendix
    assert all(code.startswith(" SEQ ") for code in codes)
    assert captions[0].paragraph_format.keep_with_next


def test_the_contents_lead_to_every_heading_of_two_levels(opened: Any) -> None:
    (contents,) = opened.element.body.iter(qn("w:sdt"))
    assert any(one.text.strip().startswith("TOC ") for one in contents.iter(qn("w:instrText")))
    led = {one.get(qn("w:anchor")) for one in contents.iter(qn("w:hyperlink"))}
    marks = {one.get(qn("w:name")) for one in opened.element.body.iter(qn("w:bookmarkStart"))}
    assert len(led) == 4  # three headings and the appendix
    assert led <= marks


def test_tables_repeat_their_header_and_keep_rows_whole(opened: Any) -> None:
    told = next(one for one in made_document().blocks if isinstance(one, Table))
    table = next(one for one in opened.tables if len(one.columns) == len(told.columns))
    assert [cell.text for cell in table.rows[0].cells] == [one.heading for one in told.columns]
    assert table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is not None
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in table.rows)
    for row, one in zip(table.rows[1:], told.rows, strict=True):
        assert [cell.text for cell in row.cells] == [plain(text) for text in one.cells]
    sides = [cell.paragraphs[0].alignment for cell in table.rows[2].cells]
    assert [side is not None for side in sides] == [one.numeric for one in told.columns]


def test_every_picture_tells_what_it_shows(opened: Any) -> None:
    figure = next(one for one in made_document().blocks if isinstance(one, Figure))
    found = [one.get("descr") for one in opened.element.body.iter(qn("wp:docPr"))]
    assert found == [one.panel.text for one in figure.drawings]
    assert all(found)
    ids = [one.get("id") for one in opened.element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids) == 2


def test_every_number_of_the_text_leads_to_its_row_of_the_appendix(opened: Any) -> None:
    document = made_document()
    texts = [text for block in document.blocks for text in _texts(block)]
    numbers = [one for text in texts for one in numbers_in(text)]
    links = opened.element.body.iter(qn("w:hyperlink"))
    led = [one for one in links if one.get(qn("w:anchor")).startswith("trace_")]
    shown = ["".join(part.text for part in one.iter(qn("w:t"))) for one in led]
    assert shown == [one.text for one in numbers]
    order = [one.key for one in document.traces()]
    for one, number in zip(led, numbers, strict=True):
        place = order.index(number.trace.key) + 1
        assert one.get(qn("w:anchor")) == f"trace_{place}"
        assert number.trace.label in one.get(qn("w:tooltip"))


def _texts(block: object) -> list[Any]:
    match block:
        case Paragraph():
            return [block.text]
        case Bullets():
            return list(block.items)
        case Tiles():
            return [text for one in block.tiles for text in (one.value, one.beside)]
        case _:
            return []


def test_no_part_says_nan(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert not re.search(r">[^<]*\bnan\b[^<]*<", text, re.IGNORECASE)


def test_libreoffice_loses_no_text(content: bytes, tmp_path: Path) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler) is not installed")
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    (pdf,) = converted([path], "pdf", tmp_path)
    told = subprocess.run([reader, str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    read, document = _close(told), made_document()
    for block in document.blocks:
        for text in (*_texts(block), *_said(block)):
            assert _close(plain(text) if isinstance(text, tuple) else text) in read
    assert all(_close(one) in read for one in (document.title, document.about, document.command))


def _said(block: object) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Table():
            cells = [plain(cell) for row in block.rows for cell in row.cells]
            return [block.caption, plain(block.note), *cells]
        case Figure():
            return [block.caption, plain(block.note)]
        case _:
            return []


def _close(text: str) -> str:
    return re.sub(r"\s|\u00ad", "", text)
