"""The foresight report, read back: every number against the dataset, in three languages and three formats."""

import math
import re
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from framsyn.evaluate.observables import observables
from framsyn.i18n.translator import LANGUAGES, Words, words
from framsyn.places.municipality import municipality
from framsyn.report.document.blocks import Document, Figure, Heading, Table, Tiles, texts_of
from framsyn.report.document.traced import Number, numbers_in, plain
from framsyn.report.formats.html import html
from framsyn.report.formats.pdf import pdf
from framsyn.report.kinds.material import Asked, Material
from framsyn.report.making import document_of
from tests.browsing import NARROW, PATIENCE, WIDE, Heard, assert_accessible, opened_browser
from tests.report.reading import Page, numerals, shows
from tests.report.recomputed import found_anew, same

DAY = date(2026, 11, 24)
#: Years after which the forecast's record is told.
HORIZON = 7.0
#: Small, but long enough for a turning year and with worlds enough to differ.
ASKED = Asked(municipality("Närpes"), years=12, draws=60)


@cache
def material() -> Material:
    return Material(ASKED)


@cache
def document(lang: str) -> Document:
    return document_of(material(), "foresight", words(lang), DAY)


@cache
def made(lang: str) -> str:
    return html(document(lang)).decode()


@cache
def page(lang: str) -> Page:
    return Page(made(lang))


def test_every_number_is_what_its_dataset_says_when_found_anew() -> None:
    traces = {one.trace.key: one.trace for one in document("en").numbers()}
    assert len(traces) > 400
    wrong = [one for one in traces.values() if not same(one, found_anew(one, material()))]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_written_as_its_language_writes_what_it_shows(lang: str) -> None:
    wrong = [one for one in document(lang).numbers() if not shows(one, lang)]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shown_is_the_trace_it_carries(lang: str) -> None:
    def of_trace(one: Number) -> bool:
        told = one.trace
        # A share is never rounded to none or all, and a bound is told rounded up.
        shares = {min(max(told.middle, 1.0), 99.0)} if told.unit == "%" else set()
        bounds = {math.ceil(10 * told.high) / 10} if math.isfinite(told.high) else set()
        said = {told.low, told.middle, told.high, abs(told.middle)} | shares | bounds
        return all(math.isnan(value) or value in said for value in one.shown)

    assert [one for one in document(lang).numbers() if not of_trace(one)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_every_number_as_it_was_told(lang: str) -> None:
    told = document(lang)
    wanted = [one.text for one in told.numbers()]
    tables = [block for block in told.blocks if isinstance(block, Table)]
    cells = [cell for row in told.appendix.rows for cell in row.cells]
    beside = [one.text for text in (*cells, *(one.note for one in tables)) for one in numbers_in(text)]
    assert sorted(text for _, text in page(lang).numbers) == sorted([*wanted, *beside])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_of_a_sentence_stands_without_its_source(lang: str) -> None:
    """Bare are only years, sections of the law, the 80 %, what the report was made from, and names' own."""
    counts = {0.0, 1.0, 50.0, 80.0, 100.0, 110.0, 118.0, float(ASKED.draws), HORIZON, 545.0}
    bare = []
    for piece in (one for text in texts_of(document(lang).blocks) for one in text if isinstance(one, str)):
        found = numerals(_without_names(piece, words(lang)), lang)
        bare += [(one, piece) for one in found if not (one in counts or 1990 <= one <= 2100)]
    assert bare == []


@cache
def _names(lang: str) -> tuple[str, ...]:
    """Names that hold numbers: of indicators, figures, effects and size classes."""
    said = words(lang)
    found = {one.label for one in document(lang).traces()} | {
        one.trace.label for one in document(lang).numbers()
    }
    found |= {said.gettext(one.label) for one in observables().values()}
    return tuple(sorted((one for one in found if re.search(r"\d", one)), key=len, reverse=True))


def _without_names(text: str, said: Words) -> str:
    for name in _names(said.lang):
        text = text.replace(name, "").replace(name[:1].lower() + name[1:], "")
    # Sources, licences and size classes stand as they are published.
    return re.sub(r"\d+/\d{4}|CC BY 4\.0|\(\d[^)]*\)", "", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_reads_as_not_a_number_and_nothing_is_blank(lang: str) -> None:
    told = document(lang)
    texts = [plain(one) for one in texts_of(told.blocks)]
    tables = [block for block in told.blocks if isinstance(block, Table)]
    rows = [row for one in tables for row in one.rows if row.kind != "group"]
    cells = [plain(cell) for row in rows for cell in row.cells]
    assert not [one for one in (*texts, *cells) if re.search(r"\b(nan|inf|None)\b", one)]
    assert all(cells)
    figures = [block for block in told.blocks if isinstance(block, Figure)]
    texts = [drawing.panel.text for one in figures for drawing in one.drawings]
    drawn = made(lang).split("<svg role")[1:]
    assert len(drawn) == len(texts)
    assert all(texts)
    assert all(one.partition("</svg>")[0].count("<path") > 3 for one in drawn)


@pytest.mark.parametrize("lang", ["sv", "fi"])
def test_every_text_of_a_report_is_translated(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking: set[str] = set()
    catalogue = words(lang).messages
    assert catalogue is not None

    def spied(self: Words, message: str) -> str:
        found = catalogue.get(message) if message else None
        if message and re.search("[a-z]{3}", message) and not found:
            lacking.add(message)
        return ORIGINAL(self, message)

    monkeypatch.setattr(Words, "gettext", spied)
    html(document_of(material(), "foresight", words(lang), DAY))
    assert lacking - _as_they_are() == set()


ORIGINAL = Words.gettext


def _as_they_are() -> set[str]:
    """What is a name in every language: kept as it is."""
    return {"Framsyn"}


def test_the_pdf_is_tagged_titled_and_says_its_language() -> None:
    import pikepdf

    told = document("sv")
    with pikepdf.open(_pdf_file("sv")) as opened:
        root = opened.Root
        assert root.Lang == "sv-FI"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(opened.docinfo["/Title"]) == told.title
        with opened.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
        tags = list(_elements(root.StructTreeRoot.K))
        outline = [str(one.title) for one in opened.open_outline().root]
    kinds = [kind for kind, _ in tags]
    drawings = [
        one.panel.text for block in told.blocks if isinstance(block, Figure) for one in block.drawings
    ]
    assert sorted(alt for kind, alt in tags if kind == "/Figure") == sorted(drawings)
    tables = [block for block in told.blocks if isinstance(block, Table)]
    assert kinds.count("/Table") == len(tables) + 1
    assert kinds.count("/TH") == sum(len(one.columns) for one in (*tables, told.appendix))
    headings = [one for one in told.blocks if isinstance(one, Heading)]
    assert [kinds.count(f"/H{level}") for level in (2, 3)] == [
        sum(one.level == level for one in headings) for level in (2, 3)
    ]
    assert [one.partition(" ")[2] for one in outline[:-1]] == [one.text for one in headings if one.level == 1]


def _elements(part: object) -> list[tuple[str, str]]:
    import pikepdf

    if isinstance(part, pikepdf.Array):
        return [found for one in part for found in _elements(one)]
    if not isinstance(part, pikepdf.Dictionary):
        return []
    own = [(str(part.S), str(part.get("/Alt", "")))] if "/S" in part else []
    return own + (_elements(part.K) if "/K" in part else [])


@cache
def _pdf_file(lang: str) -> Path:
    import tempfile

    path = Path(tempfile.mkdtemp()) / "å ä ö.pdf"
    path.write_bytes(pdf(document(lang)))
    return path


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext, of poppler-utils, is not installed")
@pytest.mark.parametrize("lang", ["sv", "fi"])
def test_every_number_of_the_text_can_be_read_in_the_pdf(lang: str) -> None:
    read = subprocess.run(
        ["pdftotext", _pdf_file(lang), "-"], capture_output=True, check=True
    ).stdout.decode()
    flat = re.sub(r"\s+", " ", read.replace("\u00a0", " ").replace("\u202f", " "))
    wanted = {re.sub(r"\s+", " ", one.text.replace("\u00a0", " ")) for one in document(lang).numbers()}
    assert len(wanted) > 200
    assert [one for one in wanted if one not in flat] == []


def test_the_same_report_is_made_of_the_same_bytes() -> None:
    again = document_of(Material(ASKED), "foresight", words("sv"), DAY)
    assert pdf(again) == _pdf_file("sv").read_bytes()
    assert html(again).decode() == made("sv")


def test_the_smallest_municipality_reads_as_well_and_says_what_a_reader_must_know_first() -> None:
    """Sottunga: another law, suppressed figures, and loans beyond all that there are."""
    smallest = Material(Asked(municipality("Sottunga"), years=12, draws=40))
    told = document_of(smallest, "foresight", words("fi"), DAY)
    traces = {one.trace.key: one.trace for one in told.numbers()}
    assert [one for one in traces.values() if not same(one, found_anew(one, smallest))] == []
    texts = [plain(one) for one in texts_of(told.blocks)]
    assert not [one for one in texts if re.search(r"\b(nan|inf|None)\b", one)]
    assert any("Ahvenanmaalla" in one for one in texts)
    assert any(one.text == "–" and one.trace.dataset == "present" for one in told.numbers())
    assert pdf(told).startswith(b"%PDF-1.7")


def test_what_is_not_known_is_said_and_never_drawn_blank() -> None:
    lacking = Material(ASKED)
    futures = material().futures.copy()
    futures["loans_per_resident"] = futures["loans_per_resident"] * math.nan
    lacking.__dict__["futures"] = futures
    for part in ("warning", "guides", "moves", "postures_compared"):
        lacking.__dict__[part] = getattr(material(), part)
    told = document_of(lacking, "foresight", words("en"), DAY)
    texts = [plain(one) for one in texts_of(told.blocks)]
    assert "Loans: not known in any year, and so not drawn. Not known is not zero." in texts
    assert any("how loans change is not known" in one for one in texts)
    assert not [one for one in told.blocks if isinstance(one, Figure) and one.caption.startswith("Loans")]
    assert not [one for one in texts if "nan" in one.split()]
    tiles = [tile for block in told.blocks if isinstance(block, Tiles) for tile in block.tiles]
    tile = next(one for one in tiles if "Loans" in one.label)
    assert (plain(tile.value), plain(tile.beside)) == ("–", "not known")


@pytest.mark.browser
def test_the_page_of_a_report_is_accessible_silent_closed_and_fits(tmp_path: Path) -> None:
    path = tmp_path / "framsyn-Närpes.html"
    path.write_text(made("sv"), encoding="utf-8")
    with opened_browser() as browser:
        page = browser.new_page(viewport={"width": WIDE, "height": 900})
        page.set_default_timeout(PATIENCE)
        heard = Heard(page)
        page.goto(path.as_uri())
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)
        page.close()
    assert (heard.outside("file:"), heard.said) == ([], [])
