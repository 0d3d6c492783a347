"""Files to keep: the same as the command line writes, and strategies there and back."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import xarray as xr
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from framsyn.choose.strategy_text import strategy_in
from framsyn.cli.program import app as commands

LINE = "focused*digital.40*from.2030*housing.20"
WHERE = "/api/v1/municipalities/Närpes/export"
SMALL: dict[str, Any] = {"years": 3, "draws": 5, "seed": 7, "strategy": ["as_is", LINE]}


def test_a_file_of_futures_is_what_the_command_line_writes(client: TestClient, tmp_path: Path) -> None:
    strategies = client.get("/api/v1/strategies.toml", params={"strategy": LINE, "id": "strategy_2"})
    assert 'filename="strategy_2.toml"' in strategies.headers["content-disposition"]
    file = tmp_path / "strategies.toml"
    file.write_bytes(strategies.content)
    options = ["--years=3", "--draws=5", "--seed=7", "--posture=as_is", "--posture=strategy_2"]
    ran = CliRunner().invoke(
        commands,
        ["foresee", "545", *options, "--posture-file", str(file), "--out", str(tmp_path), "--lang", "sv"],
    )
    assert ran.exit_code == 0, ran.output
    table = client.get(WHERE, params=SMALL | {"format": "csv"})
    assert table.content == (tmp_path / "indicators.csv").read_bytes()
    named = table.headers["content-disposition"].partition("filename*=UTF-8''")[2]
    assert unquote(named) == "framsyn-Närpes-indicators.csv"
    page = client.get(WHERE, params=SMALL | {"format": "html"}).text
    written = (tmp_path / "index.html").read_text("utf-8")
    assert page.replace("strategies.toml", str(file)) == written
    sent = client.get(WHERE, params=SMALL | {"format": "nc"})
    (tmp_path / "sent.nc").write_bytes(sent.content)
    with xr.open_dataset(tmp_path / "sent.nc") as ours, xr.open_dataset(tmp_path / "futures.nc") as theirs:
        xr.testing.assert_equal(ours, theirs)
        assert ours["loans_per_resident"].attrs == theirs["loans_per_resident"].attrs


def test_numbers_of_the_json_file_are_those_of_the_interface(client: TestClient) -> None:
    told = client.get(WHERE, params=SMALL | {"format": "json"}).json()["futures"][1]["indicators"]
    asked = SMALL | {"indicator": ["loans_per_resident"]}
    same = client.get("/api/v1/municipalities/545/futures", params=asked).json()["futures"][1]["indicators"]
    assert told["loans_per_resident"] == same["loans_per_resident"]
    assert len(told) > 100


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": "xlsx"}, "choose among"),
        ({"strategy": ["beauty"]}, "beauty"),
        ({"years": 50, "draws": 1000, "strategy": ["as_is", "lazy", "focused"]}, "ask for 849 worlds"),
    ],
)
def test_what_cannot_be_written_is_refused(client: TestClient, changes: dict[str, Any], said: str) -> None:
    refused = client.get(WHERE, params=SMALL | changes | {"lang": "en"})
    assert refused.status_code == 422
    assert said in refused.json()["error"]


def test_a_strategy_goes_to_a_file_and_back(client: TestClient) -> None:
    file = client.get("/api/v1/strategies.toml", params={"strategy": [LINE, "lazy"], "id": ["vår_väg"]})
    read = client.post("/api/v1/strategies", json={"toml": file.text}).json()["strategies"]
    assert [one["id"] for one in read] == ["vår_väg", "strategy_2"]
    assert [one["lost"] for one in read] == [[], []]
    assert strategy_in(read[0]["strategy"]) == strategy_in(LINE).model_copy(update=told_of(read[0]))
    assert read[1]["strategy"] == "lazy"


def told_of(read: dict[str, Any]) -> dict[str, str]:
    """What is only said of a posture, and acts on nothing."""
    posture = strategy_in(read["strategy"])
    return {"stated": posture.stated, "inferred": posture.inferred}


def test_what_no_lever_reaches_is_told(client: TestClient) -> None:
    toml = '[ours]\nbased_on = "focused"\nsees_after = 3\nambition = { culture = 1.1, elsewhere = 1.0 }\n'
    (read,) = client.post("/api/v1/strategies", params={"lang": "en"}, json={"toml": toml}).json()[
        "strategies"
    ]
    assert read["lost"] == ["sees_after"]
    assert read["note"].endswith("starts from: sees_after.")
    assert "culture.1.1" in read["strategy"]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[ours", "is not TOML"),
        ("a = " + "[" * 9000, "brackets more than"),
        ("a = " + "9" * 9000, "is not TOML"),
        ("", "holds no posture"),
        ("[ours]\nbased_on = [1]", "which is not there"),
        ("ours = 3\n[theirs]\nbased_on = 'ours'", "stands outside every posture"),
        ("[ours]\nmood = 1", "which no posture has"),
        ("[ours]\nupkeep = inf", "cannot be used"),
        ("[ours]\nupkeep = 2.9", "upkeep must be from 0.6 to 1.4"),
        ("[ours]\n[[ours.then]]\nfrom = 999999999999\nupkeep = 1.2", "changes from a year"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(
    client: TestClient, toml: str, said: str
) -> None:
    refused = client.post("/api/v1/strategies", params={"lang": "en"}, json={"toml": toml})
    assert refused.status_code == 422
    assert said in refused.json()["error"]
    assert len(refused.json()["error"]) < 2000


def test_a_file_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/strategies", json={"toml": "#" * 20_001}).status_code == 422
    assert client.get("/api/v1/strategies.toml", params={"strategy": LINE, "id": "lazy"}).status_code == 422
