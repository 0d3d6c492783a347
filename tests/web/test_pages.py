"""Every page in a real browser: accessible, silent, closed to the outside, no wider than its window.

By default each page is opened in one language, and asked about by axe in one width; with FRAMSYN_PAGES=all
in every language and width, and with all that is folded opened.
"""

import os
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote, urlencode

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from framsyn.i18n.translator import LANGUAGES, words
from tests.browsing import HEIGHT, NARROW, PATIENCE, WIDE, Heard, assert_accessible, opened_browser

pytestmark = pytest.mark.browser

PAGES = {
    "start": "",
    "search": "?q=kr",
    "municipality": "municipality/545",
    "levers": "municipality/545/levers?strategy=focused*digital.40*from.2030*housing.20&against=lazy",
    "choose": "municipality/545/choose",
    "why": "municipality/545/why",
    "report": "municipality/545/report?strategy=focused*digital.40&kind=foresight",
    "compare": "compare?of=545~as_is&of=091~focused*digital.40",
    "country": "country",
    "about": "about",
    "interface": "api",
    "refused": "municipality/Ingenstans",
}
WHOLE = os.environ.get("FRAMSYN_PAGES") == "all"
WIDTHS = (WIDE, NARROW)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def asked_about() -> list[tuple[str, str]]:
    """Each page once, in another language than the one before; in all where that is asked."""
    every = [(name, lang) for name in PAGES for lang in LANGUAGES]
    return every if WHOLE else [(name, LANGUAGES[turn % 3]) for turn, name in enumerate(PAGES)]


@pytest.mark.parametrize(("name", "lang"), asked_about())
def test_a_page_is_accessible_silent_closed_and_fits(page: Page, served: str, name: str, lang: str) -> None:
    heard = Heard(page)
    page.goto(f"{served}/{lang}/{PAGES[name]}")
    wait_until_whole(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if WHOLE:
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        if WHOLE or width == WIDTHS[list(PAGES).index(name) % 2]:
            assert_accessible(page)
    assert heard.outside(served) == []
    allowed = ("404",) if name == "refused" else ()
    assert [one for one in heard.said if not any(each in one for each in allowed)] == []
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1


SMALL = {"budget": 400, "worlds": 20, "fresh": 60, "years": 10, "objective": ["participation", "loans"]}


@pytest.mark.skipif(not WHOLE, reason="takes a search: FRAMSYN_PAGES=all asks for it")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finished_search_is_accessible_and_fits(page: Page, served: str, lang: str) -> None:
    begun = page.request.post(f"{served}/api/v1/municipalities/545/choices", data=SMALL).json()
    while page.request.get(f"{served}/api/v1/choices/{begun['id']}").json()["job"]["state"] != "done":
        page.wait_for_timeout(300)
    heard = Heard(page)
    page.goto(f"{served}/{lang}/municipality/545/choose?{urlencode(SMALL, doseq=True)}")
    wait_until_whole(page)
    expect(page.locator("#result")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)
    assert (heard.outside(served), heard.said) == ([], [])


def wait_until_whole(page: Page) -> None:
    """Until the parts that take time have come and the charts in sight are drawn."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


FOUND = {
    "närpes stad": "Närpes",
    "KU545": "Närpes",
    "Jomala kommun": "Jomala",
    "helsingin kaupunki": "Helsingfors",
}


def test_what_the_search_finds_is_suggested_while_it_is_written(page: Page, served: str) -> None:
    page.goto(f"{served}/sv/")
    for written, name in FOUND.items():
        page.fill("#q", written)
        expect(page.locator("#suggestions li")).to_have_count(1)
        expect(page.locator("#suggestions li").first).to_contain_text(name)
        assert page.locator("#finding-said").inner_text().startswith("1 ")
    page.fill("#q", "xyzzy")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#finding-said")).to_contain_text("Ingen kommun")


LEVERS = "municipality/N%C3%A4rpes/levers"
CELL = '[data-row="population"] [data-cell="{name}"]'


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_of_a_moved_lever_are_those_of_the_interface(page: Page, served: str, lang: str) -> None:
    page.goto(f"{served}/{lang}/{LEVERS}")
    wait_until_whole(page)
    slider = page.locator("#lever-housing")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**strategy=as_is*housing.20**")
    page.wait_for_load_state("networkidle")
    said = words(lang)
    question = f"{served}/api/v1/municipalities/545/futures?strategy=as_is&strategy=as_is*housing.20"
    answer = page.request.get(question + "&indicator=population").json()
    before, after = (future["indicators"]["population"] for future in answer["futures"])
    shown = {
        "other": said.number(before["p50"][-1]),
        "median": said.number(after["p50"][-1]),
        "interval": said.interval(after["p10"][-1], after["p90"][-1]),
        "difference": said.signed(after["p50"][-1] - before["p50"][-1]),
    }
    for name, text in shown.items():
        expect(page.locator(CELL.format(name=name))).to_have_text(text)
    label = page.locator('[data-indicator="population"] .drawing').get_attribute("aria-label")
    assert label is not None
    assert shown["median"] in label


def test_back_forward_reload_and_a_link_keep_the_view(page: Page, served: str) -> None:
    page.goto(f"{served}/sv/{LEVERS}")
    wait_until_whole(page)
    median = page.locator(CELL.format(name="median"))
    seen = [median.inner_text()]
    for lever, strategy in (
        ("housing", "as_is*housing.40"),
        ("engagement", "as_is*housing.40*engagement.40"),
    ):
        page.locator(f"#lever-{lever}").focus()
        with page.expect_response(partial(_holds, strategy)):
            page.keyboard.press("End")
        page.wait_for_url(f"**strategy={strategy}*")
        wait_until_whole(page)
        seen.append(median.inner_text())
    assert len(set(seen)) > 1
    page.go_back()
    expect(median).to_have_text(seen[1])
    page.go_forward()
    expect(median).to_have_text(seen[2])
    page.reload()
    expect(median).to_have_text(seen[2])
    expect(page.locator("#lever-engagement")).to_have_value("40")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(CELL.format(name="median"))).to_have_text(seen[2])
    assert "made=" in page.url
    page.locator('a[data-language="fi"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    expect(page.locator("#lever-engagement")).to_have_value("40")
    assert "/fi/municipality/N%C3%A4rpi%C3%B6/levers" in page.url


def test_undo_redo_and_reset_move_the_levers(page: Page, served: str) -> None:
    page.goto(f"{served}/en/{LEVERS}")
    wait_until_whole(page)
    slider = page.locator("#lever-digital")
    before = slider.input_value()
    slider.focus()
    page.keyboard.press("End")
    expect(slider).to_have_value("90")
    page.locator("#undo").click()
    expect(slider).to_have_value(before)
    page.locator("#redo").click()
    expect(slider).to_have_value("90")
    page.locator("#reset").click()
    expect(slider).to_have_value(before)
    assert "digital" not in page.url


def test_a_strategy_saved_on_the_device_is_there_again_and_can_be_compared(page: Page, served: str) -> None:
    page.goto(f"{served}/en/{LEVERS}?strategy=lazy*digital.90")
    wait_until_whole(page)
    page.fill("#save-name", "Våren")
    page.click("#save")
    page.goto(f"{served}/en/compare")
    page.fill("#place", "Närpes")
    page.select_option("#strategy", label="Våren")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".side-head")).to_have_count(1)
    assert "lazy*digital.90" in page.url


def test_without_script_the_pages_read_and_the_levers_work(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{served}/sv/{LEVERS}")
    assert page.locator(CELL.format(name="median")).inner_text().strip()
    page.select_option("#base", "lazy")
    page.locator("noscript button").click()
    page.wait_for_url("**strategy=lazy*")
    page.goto(f"{served}/sv/municipality/N%C3%A4rpes")
    assert "9" in page.locator("main").inner_text()
    context.close()


def test_the_whole_way_is_gone_by_keyboard_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/sv/")
    wait_until_whole(page)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, "input[name=q]")
    page.keyboard.type("närp")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/municipality/N%C3%A4rpes*")
    wait_until_whole(page)
    reach(page, '.place-nav a[href*="/levers"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/levers*")
    wait_until_whole(page)
    reach(page, "#lever-housing")
    page.keyboard.press("End")
    page.wait_for_url("**housing.40*")
    reach(page, "#undo", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator("#lever-housing")).to_have_value("0")


def reach(page: Page, wanted: str, most: int = 120, *, backwards: bool = False) -> None:
    """Press Tab until an element has the focus, which must then be seen."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) != "none"
            return
    raise AssertionError(f"{wanted} is not reached by {most} tabs")


def _holds(strategy: str, answer: Response) -> bool:
    """Whether an answer is that of a strategy in one line."""
    return f"strategy={strategy}" in unquote(answer.url)
