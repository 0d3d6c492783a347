"""The same question has the same answer, known by its tag."""

import pytest
from fastapi.testclient import TestClient

QUESTIONS = [
    "/api/v1/facts",
    "/api/v1/levers?lang=fi",
    "/api/v1/municipalities/545",
    "/api/v1/municipalities/545/futures?draws=20&years=3&strategy=focused*digital.40",
    "/sv/municipality/N%C3%A4rpes/levers?draws=20&years=3",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_known_again_by_its_tag(client: TestClient, question: str) -> None:
    first = client.get(question)
    again = client.get(question)
    assert first.status_code == 200
    assert first.content == again.content
    known = client.get(question, headers={"If-None-Match": first.headers["ETag"]})
    assert known.status_code == 304
    assert known.content == b""
    assert client.get(question, headers={"If-None-Match": '"other"'}).status_code == 200


def test_parameters_in_another_order_are_the_same_question(client: TestClient) -> None:
    path = "/api/v1/municipalities/545/futures?indicator=population"
    one = client.get(f"{path}&draws=10&years=2")
    other = client.get(f"{path}&years=2&draws=10")
    assert one.headers["ETag"] == other.headers["ETag"]
    assert client.get(f"{path}&years=2&draws=11").headers["ETag"] != one.headers["ETag"]


def test_files_of_the_pages_stay_in_the_browser_until_they_change(client: TestClient) -> None:
    page = client.get("/sv/").text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(style).headers["Cache-Control"]
    old = "/static/000000000000/" + style.rpartition("/")[2]
    assert client.get(old).headers["Cache-Control"] == "no-cache"


def test_a_link_made_with_another_version_says_so(client: TestClient) -> None:
    page = "/en/municipality/N%C3%A4rpes/levers?draws=20&years=3"
    made = client.get("/api/v1/facts").json()["made"]
    assert "figures may differ" not in client.get(f"{page}&made={made}").text
    assert "figures may differ" in client.get(f"{page}&made=0.0.1.old").text
