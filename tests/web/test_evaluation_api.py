import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from framsyn.cli.program import app as commands
from framsyn.web.app import create_app

NAME = "/api/v1/municipalities/Närpes"
FEW = {"years": 12, "draws": 30, "lang": "sv"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url="http://localhost") as made:
        yield made


def asked(client: TestClient, part: str, **parameters: Any) -> Any:
    answer = client.get(f"{NAME}/{part}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def printed(*arguments: str) -> Any:
    ran = CliRunner().invoke(commands, arguments)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_the_evaluation_is_that_of_the_command_line(client: TestClient) -> None:
    told = asked(client, "evaluation", lang="fi", projection="H2", draws=500)
    same = printed("evaluate", "545", "--json", "--lang", "fi", "--projection", "H2", "--draws", "500")
    assert same.pop("lowest_statements") == []
    assert same.pop("answer_notes") == []
    assert {**told, "made": None} == {**same, "made": None}
    assert sum(one["probability"] for one in told["position"]["visions"]) == pytest.approx(1.0)


def test_the_evaluation_compares_with_the_peers_that_are_asked_for(client: TestClient) -> None:
    told = asked(client, "evaluation", peer=["Malax", "Korsholm", "Larsmo"], draws=50)
    assert told["peers"]["chosen"]
    assert [one["name"] for one in told["peers"]["municipalities"]] == ["Malax", "Korsholm", "Larsmo"]
    assert client.get(f"{NAME}/evaluation", params={"peer": ["Malax"]}).status_code == 422
    assert client.get(f"{NAME}/evaluation", params={"peer": ["Nowhere"]}).status_code == 404


def test_the_warnings_are_those_of_the_command_line(client: TestClient) -> None:
    told = asked(client, "warnings", **FEW, posture=["as_is", "given_up"])
    same = printed(
        *("warn", "545", "--json", "--lang", "sv", "--years", "12", "--draws", "30"),
        *("--posture", "as_is", "--posture", "given_up"),
    )
    assert {**told, "made": None} == {**same, "made": None}
    assert told["postures"]["given_up"]["turning"]["years"][0] == told["base_year"]


def test_the_explanation_is_that_of_the_command_line_and_its_causes_sum_to_the_change(
    client: TestClient,
) -> None:
    query = {"indicator": "annual_margin", "year": 2028, "posture": "lazy", "draws": 3, "lang": "en"}
    told = asked(client, "explanation", **query)
    same = printed(
        *("explain", "545", "--json", "--lang", "en", "--indicator", "annual_margin", "--year", "2028"),
        *("--posture", "lazy", "--draws", "3"),
    )
    assert {**told, "made": None, "strategy": None} == {**same, "made": None, "strategy": None}
    assert sum(one["amount"] for one in told["causes"]) == pytest.approx(told["change"])


def test_a_strategy_is_explained_like_the_posture_that_it_starts_from(client: TestClient) -> None:
    query = {"indicator": "cash_flow", "year": 2028, "draws": 3}
    lazy = asked(client, "explanation", **query, posture="lazy")
    plain = asked(client, "explanation", **query, strategy="lazy")
    more = asked(client, "explanation", **query, strategy="lazy*housing.20")
    assert plain["causes"] == lazy["causes"]
    assert (more["posture"], more["strategy"]) == ("mine", "lazy*housing.20")
    assert more["value"] != lazy["value"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"indicator": "populaton"}, "population"),
        ({"year": 2020}, "2020"),
        ({"year": 2300}, "50"),
        ({"posture": "bold"}, "bold"),
        ({"strategy": "lazy*housing.9999"}, "9999"),
        ({"draws": 101}, "101"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_a_reason(
    client: TestClient, query: dict[str, Any], named: str
) -> None:
    answer = client.get(f"{NAME}/explanation", params=query)
    assert answer.status_code == 422
    assert named in answer.json()["error"]
