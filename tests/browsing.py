"""A real browser for tests of pages, and what is asked of every page in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
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
#: A chart is one image with one alternative text: what it is drawn of is not read.
INSIDE = {"exclude": [["svg[role=img] > *"], ["[role=img] > *"]]}
WIDE, NARROW, HEIGHT = 1280, 360, 900
#: Milliseconds that only end a hang: a busy machine is waited for.
PATIENCE = 300_000
expect.set_options(timeout=PATIENCE)


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Chromium, or a skip with the reason."""
    found = CHROMIUM if CHROMIUM.exists() else shutil.which("chromium")
    if not found:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(found), args=FLAGS, timeout=PATIENCE)
        yield opened
        opened.close()


class Heard:
    """What a page asks of servers and says in the console."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def outside(self, *own: str) -> list[str]:
        """Requests to anything that does not begin as one of these."""
        return [url for url in self.asked if not url.startswith((*own, "data:"))]


def assert_accessible(page: Page) -> None:
    """No violation of WCAG that axe finds."""
    results = Axe().run(page, context=INSIDE)
    assert results.violations_count == 0, results.generate_report()
