import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from framsyn.evaluate.causes import causes
from framsyn.i18n.translator import words
from framsyn.web.app import create_app

FEW = "draws=3&year=2028"
NAME = "Närpes"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url="http://localhost") as made:
        yield made


def page(client: TestClient, query: str, part: str = "", lang: str = "sv") -> str:
    answer = client.get(f"/{lang}/municipality/{NAME}/why{part}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_the_figure_stands_at_once_as_the_interface_tells_it(client: TestClient) -> None:
    text = page(client, "indicator=loans_per_resident&posture=lazy&year=2035")
    query = {"indicator": "loans_per_resident", "strategy": "lazy"}
    told = client.get(f"/api/v1/municipalities/{NAME}/futures", params=query).json()
    spread = told["futures"][0]["indicators"]["loans_per_resident"]
    at, said = told["years"].index(2035), words("sv")
    assert f"<dd data-figure><b>{said.number(spread['p50'][at])}</b>" in unescape(text)
    assert said.interval(spread["p10"][at], spread["p90"][at]) in unescape(text)


def test_the_causes_are_a_part_that_the_page_says_is_being_worked_out(client: TestClient) -> None:
    text = page(client, FEW + "&indicator=cash_flow&posture=lazy")
    where = re.search(r'<div data-part="([^"]+)" aria-busy="true">\s*<p role="status"', text)
    assert where
    assert f'href="{where[1]}"' in text
    asked = unquote(unescape(where[1]))
    assert "indicator=cash_flow_per_resident&year=2028&posture=lazy&draws=3" in asked


def test_the_causes_are_those_of_the_interface_with_what_they_rest_on(client: TestClient) -> None:
    query = FEW + "&indicator=annual_margin&posture=lazy"
    text = page(client, query, "/told", "en")
    told = client.get(f"/api/v1/municipalities/{NAME}/explanation?{query}&lang=en").json()
    said = plain(text)
    assert words("en").number(told["value"]) in said
    for cause in told["causes"]:
        assert cause["label"] in said
        if abs(cause["amount"]) >= 1:
            assert words("en").signed(cause["amount"]) in said
    moving = [cause for cause in told["causes"] if abs(cause["amount"]) >= 1]
    evidence = {one["id"]: one["strength"] for cause in moving for one in cause["evidence"]}
    assert evidence
    assert all(one in said for one in evidence)
    assert "our own judgement, because no size is known" in said
    assert "state_grant_pct" in said
    assert "HE 100/2025" in said


def test_every_cause_has_a_step_or_is_told_to_change_nothing(client: TestClient) -> None:
    text = page(client, FEW + "&indicator=population", "/told", "en")
    steps = text[text.index("<tbody>") : text.index("</tbody>")]
    still = text[text.index("These causes change nothing") :].partition("</p>")[0]
    for cause in causes():
        assert (f"<span>{cause.label}" in unescape(steps)) != (cause.label in unescape(still))


def test_the_forecast_itself_is_explained_where_the_figure_is_the_population(client: TestClient) -> None:
    assert 'id="forecast"' in page(client, FEW)
    assert 'id="forecast"' not in page(client, FEW + "&indicator=jobs")


def test_a_strategy_of_ones_own_is_explained_too(client: TestClient) -> None:
    text = page(client, FEW + "&strategy=lazy*housing.20")
    assert '<option value="lazy*housing.20" selected>' in text
    assert "strategy=lazy*housing.20" in text


@pytest.mark.parametrize(
    "query", ["indicator=none", "year=2025", "year=2300", "posture=bold", "strategy=lazy*housing.9999"]
)
def test_what_cannot_be_explained_is_refused_in_words(client: TestClient, query: str) -> None:
    for part in ("", "/told"):
        answer = client.get(f"/sv/municipality/{NAME}/why{part}?{query}")
        assert answer.status_code == 422
        assert 'class="refused"' in answer.text


def test_a_figure_is_explained_against_another_policy(client: TestClient) -> None:
    query = FEW + "&indicator=loans_per_resident&posture=lazy&against=engaging"
    frame = page(client, query, lang="en")
    assert '<option value="engaging" selected>' in frame[frame.index('id="w-against"') :]
    assert "against=engaging" in unquote(unescape(frame))
    text = plain(page(client, query, "/told", "en"))
    told = client.get(f"/api/v1/municipalities/{NAME}/explanation?{query}&lang=en").json()
    assert (told["posture"], told["against"]) == ("lazy", "engaging")
    assert sum(cause["amount"] for cause in told["causes"]) == pytest.approx(told["change"], abs=1e-6)
    assert f"a difference of {words('en').signed(told['change'])}" in text
    assert "Lazy municipality against Engaging vitality municipality" in text
    assert "What nobody here decides" not in text


def test_strategies_of_ones_own_are_compared(client: TestClient) -> None:
    query: dict[str, str | int] = {
        "indicator": "loans",
        "year": 2028,
        "draws": 2,
        "strategy": "lazy*housing.20",
        "against": "lazy*housing.0",
    }
    told = client.get(f"/api/v1/municipalities/{NAME}/explanation", params=query).json()
    shares = {cause["id"]: cause["amount"] for cause in told["causes"]}
    assert shares["land"] > 0.0
    assert shares["digital"] == 0.0
    assert (told["strategy"], told["against"]) == (query["strategy"], query["against"])
