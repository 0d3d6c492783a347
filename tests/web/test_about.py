import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from framsyn.evaluate.visions import vision_places
from framsyn.evidence.register import loop_names
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.bundle import shipped_bundle
from framsyn.report.listing import visions
from framsyn.report.loops_diagram import loop_figure, overview_figure
from framsyn.web.app import create_app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url="http://localhost") as made:
        yield made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_stated_is_told_apart_from_what_is_our_reading(client: TestClient, lang: str) -> None:
    text, said = unescape(client.get(f"/{lang}/about").text), words(lang)
    for vision in visions().values():
        stated, inferred = (said.gettext(vision[key]) for key in ("stated", "inferred"))
        assert re.search(
            rf"<dt>{said.gettext('Stated in the brochure')}</dt><dd>{re.escape(stated)}\.</dd>\s*"
            rf"<dt>{said.gettext('Our reading')}</dt><dd>{re.escape(inferred)}\.</dd>",
            text,
        )
    assert all(said.gettext(one.reading) in text for one in vision_places())


def test_the_record_of_the_forecast_is_the_bundles(client: TestClient) -> None:
    text = unescape(client.get("/en/about").text)
    for row in shipped_bundle().manifest["forecast"]["past_errors"]:
        if row["horizon"] in (1, 3, 5, 10):
            assert f"<td>±{words('en').percent(row['within_80'])}</td>" in text


def test_every_operation_of_the_interface_is_listed(client: TestClient) -> None:
    text = client.get("/fi/api").text
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert paths
    assert all(f"{method.upper()} {path}" in text for path, told in paths.items() for method in told)


def test_headings_are_in_order_and_every_link_on_the_page_has_its_target(client: TestClient) -> None:
    for path in ("/sv/about", "/sv/api"):
        text = client.get(path).text
        levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = set(re.findall(r' id="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_loops_are_drawn_from_the_register_in_the_language_of_the_page(
    client: TestClient, lang: str
) -> None:
    text = client.get(f"/{lang}/about").text
    assert overview_figure(words(lang)) in text
    assert all(loop_figure(loop, words(lang)) in text for loop in loop_names())
