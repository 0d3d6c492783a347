"""A search through the interface: refused at once where it cannot be, followed, equal to the command's."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from framsyn.choose.strategy_text import strategy_in
from framsyn.cli.program import app as commands
from framsyn.foresee.postures import read_postures, rule_of
from tests.web.waiting import until

SMALL = {"budget": 200, "worlds": 10, "fresh": 30, "years": 10}
ASKED: dict[str, Any] = SMALL | {
    "objective": ["participation", "loans:min"],
    "keep": ["loans < 9000"],
    "weight": ["participation=2", "loans=1"],
}
WHERE = "/api/v1/municipalities/Närpes/choices"


@pytest.fixture(scope="module")
def done(client: TestClient) -> dict[str, Any]:
    """A small search, begun and followed to its end."""
    begun = client.post(WHERE, json=ASKED)
    assert begun.status_code == 202
    job = begun.json()
    assert begun.headers["location"] == f"/api/v1/choices/{job['id']}"
    assert client.post(WHERE, json=ASKED).json()["id"] == job["id"]
    with client.stream("GET", f"/api/v1/choices/{job['id']}/events?lang=en") as told:
        assert told.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in told.iter_lines() if line.startswith("data:")]
    events = [json.loads(line.removeprefix("data:")) for line in lines]
    assert [one["done"] for one in events] == sorted(one["done"] for one in events)
    assert events[-1]["state"] == "done", events[-1]
    assert {one["stage"] for one in events} & {"search", "test", "explain"}
    assert all(one["stage_text"] or one["state"] == "done" for one in events)
    last: dict[str, Any] = events[-1]
    return last


def test_a_search_tells_what_the_command_line_writes(
    client: TestClient, done: dict[str, Any], tmp_path: Path
) -> None:
    where = f"/api/v1/choices/{done['id']}"
    result = client.get(where, params={"lang": "en"}).json()["result"]
    _, *arguments = result["command"].split(" ", 1)
    assert arguments[0].startswith("choose 545 --objectives participation,loans:min --keep 'loans < 9000'")
    options = [f"--{name}={value}" for name, value in SMALL.items()]
    options += [f"--keep={ASKED['keep'][0]}", *(f"--weight={one}" for one in ASKED["weight"])]
    ran = CliRunner().invoke(
        commands,
        [
            *("choose", "545", "--objectives", ",".join(ASKED["objective"]), *options),
            *("--lang", "sv", "--out", str(tmp_path)),
        ],
    )
    assert ran.exit_code == 0, ran.output
    assert client.get(f"{where}/strategies.csv").content == (tmp_path / "strategies.csv").read_bytes()
    written = sorted((tmp_path / "strategies").iterdir())
    assert written
    for path in written:
        sent = client.get(f"{where}/strategies/{path.name}", params={"lang": "sv"})
        assert sent.content == path.read_bytes()
        assert f'filename="{path.name}"' in sent.headers["content-disposition"]
    told = {one["id"]: one for one in result["candidates"]}
    weak = json.loads((tmp_path / "vulnerabilities.json").read_text("utf-8"))
    assert {one: told[one]["vulnerability"] for one in weak} == weak
    assert result["pathways"]["map"] == json.loads((tmp_path / "pathways.json").read_text("utf-8"))
    for path in written:
        (posture,) = read_postures(path).values()
        line = told[path.stem]
        assert line["lost"] == []
        assert str(rule_of(strategy_in(line["strategy"]))) == str(rule_of(posture))


def test_a_search_is_told_in_the_language_asked_for(client: TestClient, done: dict[str, Any]) -> None:
    where = f"/api/v1/choices/{done['id']}"
    told = {lang: client.get(where, params={"lang": lang}).json()["result"] for lang in ("sv", "fi", "en")}
    said = {lang: one["lines"]["asked"][0] for lang, one in told.items()}
    assert len(set(said.values())) == 3
    numbers = {json.dumps([c["objectives"] for c in one["candidates"]]) for one in told.values()}
    assert len(numbers) == 1
    assert {one["name"] for one in told.values()} == {"Närpes", "Närpiö"}
    assert all(one["command"].endswith(f"--lang {lang}") for lang, one in told.items())


def test_the_same_question_finds_its_search_without_beginning_one(
    client: TestClient, done: dict[str, Any]
) -> None:
    assert client.get(WHERE, params=ASKED).json()["id"] == done["id"]
    assert client.get(WHERE.replace("Närpes", "545"), params=ASKED).json()["state"] == "done"
    other = client.get(WHERE, params=ASKED | {"seed": 2, "lang": "en"})
    assert (other.status_code, other.json()["error"]) == (
        404,
        "There is no such work, or it is remembered no longer. Begin it again.",
    )


def test_a_finished_search_has_a_tag(client: TestClient, done: dict[str, Any]) -> None:
    first = client.get(f"/api/v1/choices/{done['id']}")
    again = client.get(f"/api/v1/choices/{done['id']}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"objective": ["trust"]}, "at least two objectives"),
        ({"objective": ["trust", "beauty"]}, "There is no indicator beauty"),
        ({"keep": ["loans"]}, "nothing that can be kept"),
        ({"keep": ["loans < 6000 in 2090"]}, "names a year outside"),
        ({"weight": ["participation=1"]}, "Every objective needs a weight"),
        ({"strategy": ["focused*digital.99999"]}, "digital must be from"),
        ({"budget": 20_001}, "budget cannot be 20001: 20000 at most"),
        ({"worlds": -1}, "worlds cannot be -1: 10 at least"),
        ({"turn": 2020}, "2020 was given"),
        ({"years": 51}, "50 at most"),
        ({"made": "x"}, "there is no such parameter"),
    ],
)
def test_what_cannot_be_searched_is_refused_before_it_begins(
    client: TestClient, changes: dict[str, Any], said: str
) -> None:
    refused = client.post(WHERE, params={"lang": "en"}, json=ASKED | changes)
    assert refused.status_code == 422
    assert said in refused.json()["error"]


def test_another_sites_page_begins_nothing(client: TestClient) -> None:
    assert client.post(WHERE, json=SMALL, headers={"Origin": "http://elsewhere"}).status_code == 403
    assert client.post(WHERE, content="budget=200").status_code == 415


def test_a_search_is_ended_and_what_it_did_not_find_is_not_there(client: TestClient) -> None:
    job = client.post(WHERE, json=SMALL | {"budget": 20_000, "years": 50}).json()
    where = f"/api/v1/choices/{job['id']}"
    assert client.get(f"{where}/strategies.csv").status_code == 404
    headers = {"Content-Type": "application/json"}
    assert client.request("DELETE", where, headers=headers).status_code == 403
    ended = client.request("DELETE", where, headers=headers | {"Framsyn-Follower": job["token"]})
    assert ended.json()["state"] == "cancelled"
    answer = client.get(where).json()
    assert (answer["job"]["state"], answer["result"]) == ("cancelled", None)
    until(lambda: client.app.state.shared.jobs.idle)  # type: ignore[attr-defined]
