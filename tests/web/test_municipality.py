import csv
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from itertools import pairwise
from typing import Any
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from framsyn.foresee.futures import DEFAULT_POSTURES, foresee
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.cells import HEADLINES
from framsyn.report.summary import indicators_csv, summarise
from framsyn.web.app import create_app

NAMES = {"sv": "Närpes", "fi": "Närpiö", "en": "Närpes"}
FEW = "years=10&draws=12"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url="http://localhost") as made:
        yield made


def page(client: TestClient, query: str = FEW, lang: str = "sv", part: str = "") -> str:
    answer = client.get(f"/{lang}/municipality/{NAMES[lang]}{part}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def figure(text: str, indicator: str, posture: str) -> tuple[str, str]:
    """Median and interval of a headline on the page."""
    found = re.search(rf'data-figure="{indicator}\.{posture}">(.*?)</dd>', text, re.DOTALL)
    assert found
    plain = [unescape(re.sub("<[^>]*>", "", part)).strip() for part in found[1].split("<small>")]
    return plain[0], plain[1]


def test_the_headlines_are_those_of_the_interface_and_of_the_command_line(
    client: TestClient,
) -> None:
    text = page(client, "draws=300")
    written_by_command = indicators_csv(summarise(foresee(municipality("545"), draws=300)))
    table = {
        (row["posture"], row["indicator"]): row
        for row in csv.DictReader(StringIO(written_by_command))
        if row["year"] == "2045"
    }
    query = {"indicator": list(HEADLINES)}
    told = client.get("/api/v1/municipalities/545/futures", params=query).json()
    said = words("sv")
    for future in told["futures"]:
        for indicator, spread in future["indicators"].items():
            decimals = 1 if indicator == "share_65_plus" else 0
            low, mid, high = (spread[name][-1] for name in ("p10", "p50", "p90"))
            written = said.percent(mid, 1) if decimals else said.number(mid)
            expected = written, said.interval(low, high, decimals)
            assert figure(text, indicator, future["strategy"]) == expected
            row = table[future["strategy"], indicator]
            assert [float(row[name]) for name in ("p10", "p50", "p90")] == [low, mid, high]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_page_with_its_headings_in_order_and_a_way_to_the_others(
    client: TestClient, lang: str
) -> None:
    text = page(client, lang=lang)
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for other in LANGUAGES:
        assert (
            f'href="/{other}/municipality/{quote(NAMES[other])}?{FEW.replace("&", "&amp;")}&amp;made=' in text
        )


def test_another_name_leads_to_the_one_of_the_language_and_keeps_the_view(client: TestClient) -> None:
    for name in ("545", "närpiö", "NARPES", "KU545", "FI-545", "Närpes stad", "Närpiön kaupunki"):
        answer = client.get(f"/sv/municipality/{name}?indicator=jobs", follow_redirects=False)
        assert answer.status_code == 307
        assert unquote(answer.headers["location"]) == "/sv/municipality/Närpes?indicator=jobs"
    part = client.get("/fi/municipality/545/warnings", follow_redirects=False)
    assert unquote(part.headers["location"]) == "/fi/municipality/Närpiö/warnings"


def test_an_unknown_name_is_answered_with_the_nearest_as_links(client: TestClient) -> None:
    answer = client.get("/fi/municipality/Närpiöö")
    assert answer.status_code == 404
    assert re.search(r'<a href="/fi/municipality/545\?[^"]*">Närpiö</a>', answer.text)
    hostile = client.get("/sv/municipality/<script>alert(1)")
    assert hostile.status_code == 404
    assert "<script>alert" not in hostile.text


def test_the_indicator_the_ages_and_the_axes_stand_in_the_address(client: TestClient) -> None:
    text = page(client, FEW + "&indicator=loans&age_posture=lazy&age_year=2030&projection=H2")
    chosen = re.findall(r'<option value="([^"]+)" selected>', text)
    assert chosen == ["loans_per_resident", "lazy", "H2"]
    assert 'name="age_year" min="2025" max="2035" value="2030"' in text
    fans = text[text.index('id="fans"') : text.index('aria-labelledby="ages"')]
    assert fans.count('data-chart="fan"') == len(DEFAULT_POSTURES)
    assert "indicator=loans_per_resident&amp;year=2035&amp;posture=given_up&amp;years=10&amp;draws=12" in fans


def test_forms_keep_the_rest_of_the_view_without_script(client: TestClient) -> None:
    text = page(client, FEW + "&projection=H2")
    form = text[text.index('data-swap="fans"') : text.index('id="fans"')]
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', form))
    assert kept == {"years": "10", "draws": "12", "projection": "H2"}


def test_the_place_among_the_visions_is_that_of_the_interface(client: TestClient) -> None:
    text = page(client)
    told = client.get("/api/v1/municipalities/545/evaluation").json()["position"]
    said = words("sv")
    table = text[text.index('class="near"') :].partition("</table>")[0]
    shares = [unescape(one) for one in re.findall(r"<td><b>([^<]+)</b>", table)]
    assert shares == [said.share(100.0 * one["probability"]) for one in told["visions"]]


def test_early_warnings_are_a_part_with_the_interfaces_probabilities(client: TestClient) -> None:
    where = re.search(r'data-part="([^"]+)" aria-busy="true"', page(client))
    assert where
    part = client.get(unescape(where[1]))
    assert "data-content" in part.text
    told = client.get(f"/api/v1/municipalities/545/warnings?{FEW}").json()
    said = words("sv")
    for one in told["postures"].values():
        assert f"<b>{said.share(100.0 * one['ever']['any']['value'])}</b>" in unescape(part.text)


@pytest.mark.parametrize(
    "query", ["indicator=none", "years=51", "draws=0", "draws=2000", "age_posture=bold", "projection=H3"]
)
def test_what_cannot_be_shown_is_refused_in_words(client: TestClient, query: str) -> None:
    answer = client.get(f"/sv/municipality/Närpes?{query}")
    assert answer.status_code == 422
    assert 'class="refused"' in answer.text


def test_a_place_without_published_figures_has_its_page_too(client: TestClient) -> None:
    answer: Any = client.get(f"/sv/municipality/Sottunga?{FEW}")
    assert answer.status_code == 200
    assert "nan" not in re.sub(r"<[^>]*>", " ", answer.text).lower().split()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["municipality/Ingenstans", "municipality/Nerpes", "municipality/545/why?indicator=xyz"]
)
def test_a_page_that_refuses_names_no_command(client: TestClient, lang: str, path: str) -> None:
    text = re.search('<p class="refused">([^<]*)</p>', client.get(f"/{lang}/{path}").text)
    assert text is not None
    assert text[1].endswith(".")
    assert "framsyn " not in text[1]
