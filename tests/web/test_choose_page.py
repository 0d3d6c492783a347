"""The page of choices: the question stands in the address, and leads back to its search."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from framsyn.choose.measures import OBJECTIVES
from framsyn.choose.strategy_text import strategy_in
from tests.web.waiting import until

SMALL: dict[str, Any] = {
    "budget": 200,
    "worlds": 10,
    "fresh": 40,
    "years": 8,
    "objective": ["quality_basic_education", "loans"],
    "keep": ["loans_per_resident <= 9000 in 2030 in 70 %"],
    "strategy": ["focused*digital.40"],
}
MORE = {"weight": ["trust=2", "cash_flow@least=1"], "seed": 9, "budget": 2000}
PAGE = "/en/municipality/Närpes/choose"


def checked(page: str, name: str) -> list[str]:
    """Values of the boxes that are ticked."""
    boxes = re.findall(rf'<input type="(?:checkbox|radio)" name="{name}" value="([^"]*)"([^>]*)>', page)
    return [value for value, rest in boxes if rest.endswith(" checked")]


@pytest.fixture(scope="module")
def result(client: TestClient) -> str:
    """The page of a finished search."""
    job = client.post("/api/v1/municipalities/545/choices", json=SMALL).json()
    where = f"/api/v1/choices/{job['id']}"
    until(lambda: client.get(where).json()["job"]["state"] not in ("waiting", "running"))
    page = client.get(PAGE, params=SMALL)
    assert page.headers["cache-control"] == "no-store"
    return page.text


def test_the_form_asks_the_usual_question_where_the_address_asks_none(client: TestClient) -> None:
    page = client.get("/sv/municipality/Närpes/choose").text
    assert checked(page, "objective") == list(OBJECTIVES)
    assert checked(page, "budget") == ["8000"]
    assert 'id="choose-data"' not in page
    assert '<html lang="sv">' in page


def test_the_form_comes_back_as_the_address_has_it(client: TestClient) -> None:
    asked: dict[str, Any] = {
        "objective": ["trust", "cash_flow@least"],
        "keep": "jobs > 4000 in 90 %",
        "budget": 2000,
    }
    page = client.get(PAGE, params=asked | MORE).text
    assert set(checked(page, "objective")) == {"trust", "cash_flow@least"}
    assert checked(page, "budget") == ["2000"]
    row = page[page.index('id="keeps"') : page.index("<template")]
    assert re.search(r'<option value="jobs"[^>]* selected>', row)
    assert re.search(r'<option value="&gt;" selected>', row)
    assert 'data-field="limit" value="4000"' in row
    assert 'data-field="share" value="90"' in row
    assert re.search(r'value="trust"[^>]* data-weight="2"', page)
    assert 'name="seed" min="0" value="9"' in page


def test_a_finished_search_is_read_at_its_address_without_script(result: str) -> None:
    assert "200 strategies were lived in 10 worlds" in result
    rows = re.findall(r'<tr data-strategy="(\w+)"', result)
    assert rows[:6] == ["as_is", "engaging", "focused", "lazy", "given_up", "strategy_1"]
    assert "S01" in rows
    assert "framsyn choose 545" in result
    assert "/api/v1/strategies.toml?strategy=focused%2Adigital.40&amp;id=strategy_1" in result
    for strategy in rows:
        assert f'id="{strategy}"' in result


def test_every_strategy_opens_in_the_levers(result: str) -> None:
    links = re.findall(r'href="(/en/municipality/[^"]*/levers\?strategy=[^"]*)"', result)
    assert len(links) == len(re.findall(r'<tr data-strategy="', result))
    for link in links:
        line = unquote(re.search(r"strategy=([^&]*)", link)[1])  # type: ignore[index]
        strategy_in(line)


def test_the_numbers_of_the_page_are_those_of_the_interface(client: TestClient, result: str) -> None:
    found = re.search(r"/api/v1/choices/(\w+)/strategies.csv", result)
    assert found
    told = client.get(f"/api/v1/choices/{found[1]}", params={"lang": "en"}).json()["result"]
    cells = re.findall(r'<td data-value="([^"]*)">', result)
    means = [one["objectives"][each]["mean"] for one in told["candidates"] for each in one["objectives"]]
    assert [float(one) for one in cells] == means
    script = re.search(r'id="choose-data">(.*?)</script>', result, re.DOTALL)
    assert script
    assert json.loads(script[1])["objectives"] == ["quality_basic_education", "loans"]


def test_a_running_search_is_told_at_its_address(client: TestClient) -> None:
    asked = SMALL | {"budget": 20_000, "years": 50}
    job = client.post("/api/v1/municipalities/545/choices", json=asked).json()
    try:
        assert f'data-job="{job["id"]}"' in client.get(PAGE, params=asked).text
    finally:
        where = f"/api/v1/choices/{job['id']}"
        headers = {"Content-Type": "application/json", "Framsyn-Follower": job["token"]}
        assert client.request("DELETE", where, headers=headers).json()["state"] == "cancelled"
    assert 'data-job=""' in client.get(PAGE, params=asked).text


def test_a_question_that_cannot_be_asked_is_told_on_a_page(client: TestClient) -> None:
    refused = client.get(PAGE, params={"keep": "<script>alert(1)</script>"})
    assert refused.status_code == 422
    assert "nothing that can be kept" in refused.text
    assert "<script>alert" not in refused.text
