"""The page in a real browser: accessible, silent, closed to the outside, and no wider than its window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from framsyn.i18n.translator import LANGUAGES, words
from framsyn.report.choice_page import render as choice_page
from framsyn.report.page import render
from tests.browsing import NARROW, PATIENCE, WIDE, Heard, assert_accessible, opened_browser
from tests.report.made_choice import made_choice
from tests.report.made_explained import made_explained, made_past
from tests.report.made_futures import STANDARD, made_futures, made_history

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
#: What axe asks hardly hangs on language and width: it is asked once.
BY_AXE = (("sv", NARROW),)
LONG_NAME = "Maarianhaminan-Mariehamnin kaupunkikunta"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_accessible_silent_closed_and_fits(browser: Browser, tmp_path: Path, lang: str) -> None:
    name = {"fi": LONG_NAME}.get(lang, "Närpes")
    postures = STANDARD if lang == "sv" else ("as_is", "engaging", "my_own")
    futures = made_futures(postures, draws=20, years=4, name_fi=name)
    path = tmp_path / "index.html"
    largest = made_explained(population=694_392.0, expected=776_008.6, pull=85_937.0, past=made_past(0, 2000))
    path.write_text(render(futures, made_history(), words(lang), explained=largest), encoding="utf-8")
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.set_default_timeout(PATIENCE)
    heard = Heard(page)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(SCROLLED) == []
        assert page.evaluate(CUT) == []
        if (lang, width) in BY_AXE:
            assert_accessible(page)
    page.close()
    assert (heard.outside("file:"), heard.said) == ([], [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_choice_is_accessible_silent_closed_and_fits(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    choice, insight = made_choice()
    path = tmp_path / "index.html"
    path.write_text(choice_page(choice, insight, "framsyn choose 545", words(lang)), encoding="utf-8")
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.set_default_timeout(PATIENCE)
    heard = Heard(page)
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if (lang, width) in BY_AXE:
            assert_accessible(page)
    page.close()
    assert (heard.outside("file:"), heard.said) == ([], [])


def test_the_skip_link_is_the_first_stop_and_is_seen(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render(made_futures(draws=2, years=2), made_history(), words("sv")), encoding="utf-8")
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Hoppa till innehållet"
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.close()
