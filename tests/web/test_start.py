"""The start page: found by any name, and a map whose every tile is a municipality with its value."""

import gzip
import re
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from urllib.parse import unquote

import numpy as np
import pytest
from fastapi.testclient import TestClient

from framsyn.evaluate.dictionary import dictionary
from framsyn.evaluate.standing import evaluate_all
from framsyn.i18n.translator import words
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import municipality
from framsyn.web.colouring import FORECAST, colourings
from framsyn.web.shades import UNKNOWN, every_class, legend, shades


class Tiles(HTMLParser):
    """The tiles of a page: class, address and name of each by its code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "data-code" in told:
            self.found[told["data-code"]] = told


@pytest.mark.parametrize("text", ["Närpes", "närpiö", "NARPES", "545", " Närpes ", "KU545", "närpes stad"])
def test_any_name_or_code_leads_straight_to_the_municipality(client: TestClient, text: str) -> None:
    answer = client.get("/sv/", params={"q": text})
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]).startswith("/sv/municipality/Närpes?")


def test_the_way_to_a_municipality_is_in_the_readers_language(client: TestClient) -> None:
    where = client.get("/fi/", params={"q": "Närpes"}).headers["location"]
    assert unquote(where).startswith("/fi/municipality/Närpiö?")


def test_part_of_several_names_gives_them_all(client: TestClient) -> None:
    page = client.get("/en/", params={"q": "lapp"}).text
    hits = page[page.index('class="hits"') : page.index("</section>")]
    names = re.findall(r"<li><a[^>]*>([^<]*)</a>", hits)
    assert "Lappeenranta" in names
    assert len(names) == len(set(names)) > 2
    assert f"{len(names)} municipalities hold" in hits


def test_a_name_that_is_nobodys_gives_the_nearest(client: TestClient) -> None:
    page = client.get("/en/", params={"q": "Nerpes"}).text
    assert "No municipality is called" in page
    assert re.search(r"<li><a[^>]*>Närpes</a>", page)
    plain = client.get("/en/", params={"q": "qqqqqqqq"}).text
    assert "part of it, or the code" in plain


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "../../etc/passwd", "'; --", "%00", "!?!"])
def test_strange_searches_are_answered_and_never_run(client: TestClient, text: str) -> None:
    answer = client.get("/sv/", params={"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_every_municipality_is_a_tile_that_links_to_it_and_tells_its_value(client: TestClient) -> None:
    tiles = Tiles(client.get("/sv/").text).found
    bundle = shipped_bundle()
    assert set(tiles) == {str(code) for code in bundle["code"]}
    own = tiles["545"]
    at = municipality("545").index
    now = bundle["population"][at].sum()
    then = float(bundle["forecast_totals"][at, 19])
    assert own["aria-label"] == f"Närpes: {words('sv').percent(100 * (then / now - 1), 1)}"
    assert unquote(own["href"]) == "/sv/municipality/Närpes"
    for code, tile in tiles.items():
        assert municipality(unquote(tile["href"]).rpartition("/")[2]).code == code
        assert tile["class"] in every_class()


def test_colours_follow_the_indicator_and_what_is_not_published_is_hatched_and_told(
    client: TestClient,
) -> None:
    page = client.get("/sv/", params={"colour": "income_tax_rate"}).text
    tiles = Tiles(page).found
    mariehamn = municipality("Mariehamn").code
    assert tiles[mariehamn]["class"] == UNKNOWN
    assert tiles[mariehamn]["aria-label"] == "Mariehamn: –"
    part = page[page.index(f'data-code="{mariehamn}"') :]
    assert 'fill="url(#hatch)"' in part[: part.index("</a>")]
    assert tiles["545"]["class"] != UNKNOWN
    values = evaluate_all().compared[:, list(dictionary()).index("income_tax_rate")]
    shown = sorted({tile["class"] for tile in tiles.values()})
    chosen = shades(values, dictionary()["income_tax_rate"].decimals)
    assert shown == sorted({chosen.of(float(one)) for one in values})


def test_an_unknown_colour_is_refused_with_what_there_is(client: TestClient) -> None:
    answer = client.get("/sv/", params={"colour": "nonsense"})
    assert answer.status_code == 422
    assert FORECAST in answer.text


def test_a_municipality_without_a_known_value_is_in_no_class_of_a_value() -> None:
    values = np.array([np.nan, 1.0, 2.0, 3.0, 40.0])
    chosen = shades(values, 0)
    lines = legend(chosen, values, "", words("en"))
    assert chosen.of(float("nan")) == UNKNOWN
    assert sum(line.count for line in lines) == len(values)
    assert lines[-1].shade == UNKNOWN
    assert lines[-1].count == 1


def test_zero_parts_the_colours_where_values_lie_on_both_sides() -> None:
    chosen = shades(np.linspace(-30.0, 50.0, 200), 1)
    assert 0.0 in chosen.limits
    assert {one for one in chosen.limits if one > 0} == {-one for one in chosen.limits if one < 0}
    assert chosen.of(-0.04) == chosen.of(0.0) == chosen.of(0.2)  # written as 0.0
    assert chosen.of(-0.1)[0] != chosen.of(0.1)[0]


@pytest.mark.parametrize("identity", list(colourings()))
def test_every_figure_has_a_few_classes_and_every_value_is_within_what_its_class_says(identity: str) -> None:
    one = colourings()[identity]
    chosen = shades(one.values, one.decimals)
    assert len(chosen.limits) < len(chosen.classes) <= 6
    assert list(chosen.limits) == sorted(set(chosen.limits))
    lines = legend(chosen, one.values, one.unit, words("sv"))
    assert sum(line.count for line in lines) == 308
    filled = sum(line.count > 0 for line in lines)
    assert filled >= min(3, len(np.unique(one.values[np.isfinite(one.values)])))
    edges = (-np.inf, *chosen.limits, np.inf)
    for value in one.values[np.isfinite(one.values)]:
        place = chosen.classes.index(chosen.of(float(value)))
        assert edges[place] <= round(float(value), one.decimals) < edges[place + 1]


def test_the_interface_tells_the_same_values_as_the_evaluation(client: TestClient) -> None:
    told = client.get("/api/v1/map", params={"indicator": "loans", "lang": "en"}).json()
    standing = evaluate_all()
    values = standing.values[:, list(dictionary()).index("loans")]
    assert [one["code"] for one in told["values"]] == [str(code) for code in standing.bundle["code"]]
    for one, value in zip(told["values"], values, strict=True):
        assert (one["value"] is None) == (not np.isfinite(value))
        assert one["value"] is None or one["value"] == pytest.approx(value, rel=1e-9)
        assert (one["status"] == "missing") == (one["value"] is None)
    assert told["year"] == 2025
    assert told["unit"] == "EUR/resident"


def test_a_municipality_tells_its_tile(client: TestClient) -> None:
    told = client.get("/api/v1/municipalities").json()["municipalities"]
    cells = {(one["tile"]["row"], one["tile"]["column"]) for one in told}
    assert len(cells) == 308


@pytest.mark.parametrize("lang", ["sv", "fi", "en"])
def test_the_page_says_its_title_and_can_be_chosen_by_any_figure(client: TestClient, lang: str) -> None:
    page = unescape(client.get(f"/{lang}/").text)
    options = re.findall(r'<option value="([a-z0-9_]+)"', page)
    assert options == list(colourings())
    assert f'<html lang="{lang}">' in page
    assert "{" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def test_the_first_page_is_light(client: TestClient) -> None:
    page = client.get("/sv/").text
    asked = {*re.findall(r'(?:src|href)="(/static/[^"]*\.(?:js|css))"', page)}
    modules = ("address.js", "api.js", "chart.js", "words.js", "finding.js", "sorting.js", "tiles.js")
    own = files("framsyn.web").joinpath("static")
    weight = len(gzip.compress(page.encode()))
    weight += sum(len(gzip.compress(client.get(where).content)) for where in asked)
    weight += sum(len(gzip.compress(own.joinpath(name).read_bytes())) for name in modules)
    assert not any("vega" in where for where in asked)
    assert "data-chart" not in page  # nothing that would bring Vega in
    assert weight < 80_000  # bytes
