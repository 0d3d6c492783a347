"""The pictures of the page in the documentation: each page as it is, from a server of its own.

Run: python bench/screenshots.py [folder]    (docs/images by default; Chromium is needed)
"""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

PORT = 8779
BASE = f"http://127.0.0.1:{PORT}"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDE, PHONE = (1280, 1000), (360, 760)
LONGEST = 120_000  # milliseconds that a page may take to be whole


class Picture(NamedTuple):
    """One picture: its name, the address, the window, and the button pressed until something is there."""

    name: str
    path: str
    window: tuple[int, int]
    press: str = ""
    until: str = ""


PICTURES = (
    Picture("page-start", "sv/", WIDE),
    Picture("page-start-phone", "fi/", PHONE),
    Picture("page-municipality", "sv/municipality/N%C3%A4rpes", WIDE),
    Picture("page-municipality-phone", "sv/municipality/N%C3%A4rpes", PHONE),
    Picture(
        "page-levers",
        "sv/municipality/N%C3%A4rpes/levers?strategy=focused*digital.60*housing.20&against=lazy",
        WIDE,
    ),
    Picture("page-levers-phone", "en/municipality/N%C3%A4rpes/levers?strategy=as_is*engagement.30", PHONE),
    Picture("page-choose", "en/municipality/Joutsa/choose?budget=2000", WIDE, "#run", "#result"),
    Picture("page-compare", "fi/compare?of=545~as_is&of=545~engaging&of=280~as_is&relative=1", WIDE),
    Picture("page-country", "sv/country", WIDE, "#live", "#posture"),
    Picture(
        "page-why", "sv/municipality/N%C3%A4rpes/why?indicator=annual_margin_per_resident&year=2035", WIDE
    ),
    Picture("page-about", "en/about", WIDE),
)


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).with_name("framsyn")), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        _wait(server)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            for picture in PICTURES:
                _take(browser, picture, folder)
                print(picture.name)
            browser.close()
    finally:
        server.terminate()


def _wait(server: "subprocess.Popen[str]") -> None:
    """Until the server says where it is open."""
    if server.stdout is None or not server.stdout.readline():
        raise SystemExit("the server did not start")


def _take(browser: Browser, picture: Picture, folder: Path) -> None:
    width, height = picture.window
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(f"{BASE}/{picture.path}")
    if picture.press and page.locator(picture.press).is_visible():
        page.locator(picture.press).click()
        page.locator(picture.until).first.wait_for(timeout=LONGEST)
    _whole(page)
    page.screenshot(path=folder / f"{picture.name}.png", clip=_clip(page, width, height), full_page=True)
    page.close()


def _whole(page: Page) -> None:
    """Until what takes time has come."""
    page.wait_for_load_state("networkidle")
    busy = page.locator("[aria-busy=true]")
    if busy.count():
        busy.first.wait_for(state="detached", timeout=LONGEST)
    page.wait_for_timeout(1000)


def _clip(page: Page, width: int, height: int) -> FloatRect:
    """The first one and a half windows of a page."""
    whole = float(page.evaluate("document.documentElement.scrollHeight"))
    return {"x": 0.0, "y": 0.0, "width": float(width), "height": min(whole, 1.5 * height)}


if __name__ == "__main__":
    main()
