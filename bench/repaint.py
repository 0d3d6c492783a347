"""How soon the charts follow a lever that is dragged, and how soon and how heavy the first page is.

Starts a server, opens the levers of Närpes in Chromium and drags sliders with the mouse: from each move to
the frame in which the charts are drawn anew. Five figures, each with the four postures, going on as today and
one's own strategy as a fan of 300 worlds over 20 years. Run: python bench/repaint.py [repeats]
"""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PORT = 8777
BASE = f"http://127.0.0.1:{PORT}"
LEVERS = f"{BASE}/sv/municipality/N%C3%A4rpes/levers"
DRAGGED = ("digital", "education", "housing", "upkeep", "tax_ceiling", "engagement")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MEASURES = "performance.getEntriesByName('framsyn-repaint').map(one => one.duration)"
WEIGHT = """performance.getEntries().filter(one => 'transferSize' in one)
    .reduce((sum, one) => sum + one.transferSize, 0)"""


def main() -> None:
    """Print medians and 95th percentiles."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    command = [str(Path(sys.executable).with_name("framsyn")), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            for path in ("/sv/", "/sv/municipality/N%C3%A4rpes", "/sv/municipality/N%C3%A4rpes/levers"):
                _first(browser, path)
            for number in range(repeats):
                print(f"drag {number + 1}: {_told(_drag(browser))}")
            browser.close()
    finally:
        server.terminate()


def _wait() -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{BASE}/api/v1/facts", timeout=5).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _first(browser: Browser, path: str) -> None:
    """When a page can be used and what it weighs, for somebody who has never been there."""
    times, weight = [], 0.0
    for _ in range(4):
        page = browser.new_context().new_page()
        page.goto(BASE + path, wait_until="load")
        ready = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        times.append(float(page.evaluate(ready)))
        page.wait_for_timeout(500)
        weight = float(page.evaluate(WEIGHT))
        page.context.close()
    print(f"{path}: usable after {median(times[1:]):.0f} ms (first {times[0]:.0f}), {weight / 1000:.0f} kB")


def _drag(browser: Browser) -> list[float]:
    """Milliseconds from each move of a lever to the frame that shows what follows."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(LEVERS)
    page.wait_for_timeout(2000)
    page.evaluate("performance.clearMeasures()")
    for lever in DRAGGED:
        _slide(page, lever)
    page.wait_for_timeout(1000)
    found: list[float] = page.evaluate(MEASURES)
    page.close()
    return found


def _slide(page: Any, lever: str) -> None:
    slider = page.locator(f"#lever-{lever}")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 5, middle)
    page.mouse.down()
    for step in range(1, 41):
        page.mouse.move(box["x"] + 5 + (box["width"] - 10) * step / 40, middle)
        page.wait_for_timeout(16)
    page.mouse.up()


def _told(found: list[float]) -> str:
    late = quantiles(found, n=20)[-1]
    return (
        f"{len(found)} repaints, median {median(found):.0f} ms, 95th percentile {late:.0f} ms,"
        f" most {max(found):.0f} ms"
    )


if __name__ == "__main__":
    main()
