"""A search on its page in a real browser: followed in every window, and cancelled where it was begun."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from framsyn.i18n.translator import words
from framsyn.web.app import create_app
from tests.browsing import HEIGHT, NARROW, Heard, assert_accessible, opened_browser
from tests.web.thread_server import serving

pytestmark = pytest.mark.browser

LONG = "municipality/545/choose?budget=20000&years=50"
PATIENCE = 120_000.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def address() -> Iterator[str]:
    with serving(create_app()) as opened:
        yield opened


def test_a_search_is_followed_in_every_window_and_cancelled_where_it_was_begun(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce")
    first = context.new_page()
    heard = Heard(first)
    first.goto(f"{address}/sv/{LONG}")
    first.click("#run")
    shows_progress(first, "generation")
    expect(first.locator("#cancel")).to_be_visible()
    expect(first.locator("#not-mine")).to_be_hidden()
    second = context.new_page()
    second.goto(re.sub("/sv/", "/fi/", first.url))
    shows_progress(second, "sukupolvi")
    expect(second.locator("#cancel")).to_be_hidden()
    expect(second.locator("#not-mine")).to_be_visible()
    assert_accessible(second)
    first.reload()
    expect(first.locator("#cancel")).to_be_visible(timeout=PATIENCE)
    first.click("#cancel")
    for page, lang in ((first, "sv"), (second, "fi")):
        text = words(lang).gettext("The search was cancelled.")
        expect(page.locator("#said")).to_have_text(text, timeout=PATIENCE)
        expect(page.locator("#progress")).to_be_hidden()
        expect(page.locator("#question")).to_be_visible()
    assert heard.said == []
    context.close()


def shows_progress(page: Page, word: str) -> None:
    expect(page.locator("#count")).to_contain_text(word, timeout=PATIENCE)
