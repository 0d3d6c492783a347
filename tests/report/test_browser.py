"""The page in a real browser: accessible, silent, closed to the outside, and no wider than its window."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from framsyn.report.choice_page import render as choice_page
from framsyn.report.page import render
from framsyn.report.words import LANGUAGES, words
from tests.report.made_choice import made_choice
from tests.report.made_explained import made_explained, made_past
from tests.report.made_futures import STANDARD, made_futures, made_history

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = Path("/usr/bin/chromium")
#: A chart is one image with one alternative text: what it is drawn of is not read.
INSIDE = {"exclude": [["svg[role=img] > *"]]}
#: Cells and headings that reach outside their card.
STICKING_OUT = """[...document.querySelectorAll('.card th, .card td, .card h3, .card dd, .card p')]
    .filter(e => e.scrollWidth > e.clientWidth + 1
        || e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right)
    .map(e => e.textContent)"""
#: Tables on why the forecast is what it is that reach outside their section: none has to be scrolled.
SCROLLED = """[...document.querySelectorAll('section[aria-labelledby=why] table')]
    .filter(e => e.getBoundingClientRect().right > e.closest('section').getBoundingClientRect().right + 1)
    .map(e => e.textContent)"""
#: Headings of rows that run into the next cell, and captions that are cut off by their window.
CUT = """[...document.querySelectorAll('table.full th[scope=row], table.full caption span')]
    .filter(e => e.scrollWidth > e.clientWidth + 1 || e.clientWidth > innerWidth)
    .map(e => e.textContent)"""
NARROW = 360
LONG_NAME = "Maarianhaminan-Mariehamnin kaupunkikunta"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = CHROMIUM if CHROMIUM.exists() else shutil.which("chromium")
    if not found:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(found), args=FLAGS)
        yield opened
        opened.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_accessible_silent_closed_and_fits(browser: Browser, tmp_path: Path, lang: str) -> None:
    name = {"fi": LONG_NAME}.get(lang, "Närpes")
    postures = STANDARD if lang == "sv" else ("as_is", "engaging", "my_own")
    futures = made_futures(postures, draws=20, years=4, name_fi=name)
    path = tmp_path / "index.html"
    largest = made_explained(population=694_392.0, expected=776_008.6, pull=85_937.0, past=made_past(0, 2000))
    path.write_text(render(futures, made_history(), words(lang), explained=largest), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (1280, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(SCROLLED) == []
        assert page.evaluate(CUT) == []
        # What axe asks hardly changes with the width: the wide page is asked about in one language.
        if width == (1280 if lang == "sv" else NARROW):
            results = Axe().run(page, context=INSIDE)
            assert results.violations_count == 0, results.generate_report()
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_choice_is_accessible_silent_closed_and_fits(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    choice, insight = made_choice()
    path = tmp_path / "index.html"
    path.write_text(choice_page(choice, insight, "framsyn choose 545", words(lang)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (1280, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == (1280 if lang == "sv" else NARROW):
            results = Axe().run(page, context=INSIDE)
            assert results.violations_count == 0, results.generate_report()
    page.close()
    assert [one for one in heard if not one.startswith(("file:", "data:"))] == []


def test_the_skip_link_is_the_first_stop_and_is_seen(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render(made_futures(draws=2, years=2), made_history(), words("sv")), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Hoppa till innehållet"
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.close()
