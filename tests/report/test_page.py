import copy
import os
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from framsyn.i18n.translator import LANGUAGES, words
from framsyn.law.path import RULES
from framsyn.model.indicators import indicators
from framsyn.report import page
from framsyn.report.charts import CHARTS, PLOT
from framsyn.report.drawing import (
    BESIDE,
    Filling,
    begin_drawing,
    compile_chart,
    compiled,
    drawing_beside,
    drawn,
    filled,
)
from framsyn.report.listing import law_rules, shown
from framsyn.report.page import render
from framsyn.report.summary import summarise
from tests.report.made_explained import made_explained
from tests.report.made_futures import made_futures, made_history, no_history

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Outline(HTMLParser):
    """Headings, ids, links and images of a page; fails on a tag that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.images: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [found["id"] or ""] if "id" in found else []
        self.targets += [(found["href"] or "")[1:]] if tag == "a" else []
        self.images += [found.get("aria-label") or ""] if found.get("role") == "img" else []
        self.scripts += tag == "script"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(text: str) -> Outline:
    parsed = Outline()
    parsed.feed(text)
    assert parsed.open == []
    return parsed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_and_its_headings_are_in_order(lang: str) -> None:
    text = render(made_futures(draws=20), made_history(), words(lang))
    found = outline(text)
    assert f'<html lang="{lang}">' in text
    assert found.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)


def test_the_page_asks_nothing_of_the_outside_and_runs_no_script() -> None:
    text = render(made_futures(draws=5), made_history(), words("sv"))
    assert outline(text).scripts == 0
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(""", text)


def test_every_chart_has_an_alternative_text_with_its_numbers() -> None:
    futures = made_futures(draws=20)
    images = outline(render(futures, made_history(), words("sv"))).images
    assert len(images) == 5 * 5 + 6
    assert all(len(text) > 40 for text in images)
    last = summarise(futures).at("population", "lazy", 2045)
    assert any("Lat kommun" in text and words("sv").number(last.p50) in text for text in images)


@pytest.mark.parametrize("hostile", ["L'Hôpital", "<script>alert(1)</script>", 'A"B&C'])
def test_a_name_is_text_whatever_it_holds(hostile: str) -> None:
    futures = made_futures((hostile, "lazy"), draws=5, years=3, name_sv=hostile, region_sv=hostile)
    text = render(futures, no_history(), words("sv"))
    found = outline(text)
    assert found.scripts == 0
    assert any(hostile in image for image in found.images)


@pytest.mark.parametrize(
    ("postures", "draws", "years", "growth"),
    [
        (("as_is",), 1, 1, 0.0),
        (("given_up", "engaging"), 3, 2, -3.0),
        (("my own", "lazy", "an other", "third", "fourth"), 2, 7, 4.0),
    ],
)
def test_any_shape_of_futures_makes_a_page(
    postures: tuple[str, ...], draws: int, years: int, growth: float
) -> None:
    futures = made_futures(postures, draws=draws, years=years, growth=growth)
    for history in (made_history(), no_history()):
        text = render(futures, history, words("fi"))
        assert "nan" not in re.sub(r"<[^>]*>", " ", text).lower().split()
        assert "NaN" not in text


def test_an_unknown_flow_is_a_dash_and_never_zero() -> None:
    futures = made_futures(draws=5, years=3)
    futures["cash_flow_per_resident"][:] = np.nan
    text = render(futures, no_history(), words("en"))
    assert re.search(r"<b>–</b><small>not known</small>", text)
    assert "NaN" not in text


def test_the_reform_is_marked_where_it_happened() -> None:
    mark = "2023: health and social services left"
    mainland = render(made_futures(draws=5), made_history(), words("en"))
    assert mainland.count(mark) == 10
    assert "cannot be compared" in mainland
    islands = render(made_futures(draws=5, region_en="Åland"), made_history(), words("en"))
    assert mark not in islands
    assert "cannot be compared" not in islands


def test_an_unpublished_year_is_a_dash_in_the_table_and_a_gap_in_the_line() -> None:
    text = render(made_futures(("lazy",), draws=5), made_history(), words("en"))
    assert re.search(r'<th scope="row">2023</th><td>–</td>', text)


def test_the_statement_and_the_reading_stand_apart() -> None:
    text = render(made_futures(draws=5), made_history(), words("sv"))
    assert text.count("Sägs i broschyren") == text.count("Vår läsning") == 4
    assert "axlarna i fyrfältet är vår läsning" in text


def test_axes_are_written_as_the_language_does() -> None:
    futures = made_futures(("lazy",), draws=5)
    assert ">10\u00a0000</text>" in render(futures, made_history(), words("sv"))
    assert ">10,000</text>" in render(futures, made_history(), words("en"))


def test_a_page_drawn_in_a_process_beside_is_the_same() -> None:
    futures, past = made_futures(("as_is", "lazy"), draws=3), made_history()
    here = render(futures, past, words("sv"))
    with drawing_beside():
        beside = render(futures, past, words("sv"))
    assert beside == here


def test_a_process_beside_that_dies_is_done_without() -> None:
    with drawing_beside():
        beside = BESIDE.get()
        assert beside is not None
        beside._worker.submit(os._exit, 1).exception()
        text = drawn("fan", Filling({}), "alternative", "sv")
    assert text.startswith("<svg")


#: A fan of two years.
FAN = [{"year": y, **dict.fromkeys(("p10", "p25", "p50", "p75", "p90"), 5.0)} for y in (2025, 2045)]


def test_drawings_begun_beside_are_each_the_chart_that_is_asked_for() -> None:
    spans = [{"x": (year, 2045), "y": (0, 9)} for year in (1990, 2000, 2010)]
    fillings = [Filling({"fan": FAN}, domains=one) for one in spans]
    here = [drawn("fan", one, "alternative", "sv") for one in fillings]
    assert len(set(here)) == 3
    with drawing_beside():
        begin_drawing([("fan", one) for one in fillings], "sv")
        beside = [drawn("fan", one, "alternative", "sv") for one in reversed(fillings)]
    assert beside == here[::-1]


def test_a_process_that_dies_with_drawings_begun_is_done_without() -> None:
    filling = Filling({}, years=(1990, 2045))
    with drawing_beside():
        beside = BESIDE.get()
        assert beside is not None
        beside._worker.submit(os._exit, 1)
        begin_drawing([("fan", filling)], "sv")
        text = drawn("fan", filling, "alternative", "sv")
    assert text.startswith("<svg")


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_chart_kept_compiled_is_the_one_declared(name: str) -> None:
    assert CHARTS[name]().to_dict(validate=True)["layer"]
    compiled.cache_clear()
    assert compiled(name) == compile_chart(name)
    compiled.cache_clear()
    assert compiled(name) == compile_chart(name)


def test_a_filling_sets_data_spans_years_and_room_and_leaves_the_chart_alone() -> None:
    chart = compile_chart("fan")
    before = copy.deepcopy(chart)
    rows = [{"year": 2030, "value": 1.0}]
    full = filled(chart, Filling({"past": rows}, domains={"y": (5, 9)}, years=(2030, 2040), room=20))
    assert chart == before
    assert [source["values"] for source in full["data"] if source["name"] == "past"] == [rows]
    assert [scale["domain"] for scale in full["scales"] if scale["name"] == "y"] == [[5, 9]]
    assert [2030, 2040] in [axis.get("values") for axis in full["axes"]]
    assert full["padding"]["top"] == before["padding"]["top"] + 20


def test_the_years_fill_the_width_of_a_fan() -> None:
    filling = Filling({"fan": FAN}, domains={"x": (1990, 2045), "y": (0, 9)}, years=(1990, 2045))
    svg = drawn("fan", filling, "alternative", "sv")
    at = {year: float(x) for x, year in re.findall(r'translate\(([\d.]+),[\d.]+\)"[^>]*>(\d{4})</text>', svg)}
    assert at["1990"] == pytest.approx(0.0, abs=1.0)
    assert at["2045"] == pytest.approx(PLOT["width"], abs=1.0)


def test_every_status_of_the_provenance_has_something_to_tell() -> None:
    futures = made_futures(draws=2, years=1)
    told = page._provenance(futures, summarise(futures), words("sv"))["provenance"]
    assert [heading for heading, _ in told] == ["Observerat", "Skattat", "Antaget", "Källor"]
    assert all(texts for _, texts in told)


@pytest.mark.parametrize(
    ("lang", "rules"),
    [
        (
            "en",
            "state grant percentage (2026); mean municipal income tax rate of the country (2027)",
        ),
        ("sv", "statsandelsprocenten (2026); hela landets genomsnittliga kommunalskattesats (2027)"),
    ],
)
def test_the_rules_of_law_carried_forward_are_told_with_their_last_year(lang: str, rules: str) -> None:
    futures = made_futures(("lazy",), draws=2, years=2)
    assert rules in render(futures, no_history(), words(lang))
    none = made_futures(("lazy",), draws=2, years=2, law_carried_forward="")
    assert rules not in render(none, no_history(), words(lang))


def test_every_rule_that_can_be_carried_forward_has_a_name() -> None:
    assert set(RULES) <= set(law_rules())


def test_the_core_task_is_told_in_words() -> None:
    futures = made_futures(draws=2, years=2)
    text = render(futures, no_history(), words("sv"))
    assert text.count("kultur och fritid") == 2
    without = made_futures(draws=2, years=2, core_task="")
    assert "Kärnuppgift här" not in render(without, no_history(), words("sv"))


def test_a_posture_of_the_user_s_own_is_not_told_to_be_the_brochure_s() -> None:
    futures = made_futures(("as_is", "lazy", "mine"), draws=2, years=2, own_postures='["lazy", "mine"]')
    text = render(futures, no_history(), words("sv"))
    assert "Lat kommun" not in text
    assert "Sägs i broschyren" not in text
    assert "inte broschyrens: lazy, mine." in text


def test_no_english_is_left_on_a_page_in_another_language() -> None:
    english = re.compile(r"\b(the|of|and|with|year|users|need|quality|cost|grant|staff)\b")
    for lang in ("sv", "fi"):
        text = render(made_futures(draws=3), made_history(), words(lang), explained=made_explained())
        visible = re.sub(r"<style>.*?</style>|<code>.*?</code>|<svg.*?</svg>|<[^>]*>", " ", text, flags=re.S)
        assert english.findall(visible) == []


def test_the_decisions_and_tables_name_indicators_that_the_model_has() -> None:
    for section in ("decisions", "finance", *page.TABLES):
        assert shown(section)
        assert set(shown(section)) <= set(indicators())
