"""The interface tells the same numbers as the command line and Python."""

import csv
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import framsyn
from framsyn.choose.strategy_text import strategy_in
from framsyn.cli.program import app as command
from framsyn.model.indicators import indicators
from framsyn.report.summary import Spread

ASKED = {"years": 4, "draws": 30, "seed": 5}
OWN = "focused*digital.40*from.2028*housing.20"


@pytest.fixture(scope="module")
def told(client: TestClient) -> dict[tuple[str, str], dict[str, list[float | None]]]:
    strategies = ["as_is", "engaging", "focused", "lazy", "given_up", OWN]
    answer = client.get(
        "/api/v1/municipalities/Närpes/futures", params={**ASKED, "indicator": "all", "strategy": strategies}
    ).json()
    assert answer["years"] == [2025, 2026, 2027, 2028, 2029]
    return {
        (future["strategy"], indicator): spread
        for future in answer["futures"]
        for indicator, spread in future["indicators"].items()
    }


def test_every_number_is_that_of_the_command_line(
    told: dict[tuple[str, str], dict[str, list[float | None]]], tmp_path: Path
) -> None:
    asked = ["--years", "4", "--draws", "30", "--seed", "5", "--out", str(tmp_path)]
    assert CliRunner().invoke(command, ["foresee", "545", *asked]).exit_code == 0
    compared = 0
    with (tmp_path / "indicators.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            spread = told[row["posture"], row["indicator"]]
            for part in Spread._fields:
                value = spread[part][int(row["year"]) - 2025]
                assert value == (float(row[part]) if row[part] else None)
                compared += 1
    assert compared == 5 * 5 * len(indicators()) * len(Spread._fields)


def test_a_strategy_of_one_s_own_is_lived_as_in_python(
    told: dict[tuple[str, str], dict[str, list[float | None]]],
) -> None:
    futures = framsyn.foresee(
        framsyn.municipality("Närpes"), ["mine"], 4, 30, 5, known={"mine": strategy_in(OWN)}
    )
    for indicator in ("population", "loans_per_resident", "digital_reach"):
        medians = futures[indicator].sel(posture="mine").quantile(0.5, "draw").to_numpy()
        assert np.allclose(np.array(told[OWN, indicator]["p50"], float), medians, rtol=1e-9)


def test_flows_of_the_base_year_are_not_known_and_never_zero(
    told: dict[tuple[str, str], dict[str, list[float | None]]],
) -> None:
    assert told["as_is", "births"]["p50"][0] is None
    assert told["as_is", "births"]["p50"][1] is not None


def test_indicators_and_strategies_may_go_by_their_names(client: TestClient) -> None:
    asked = {"years": 2, "draws": 5, "seed": 5}
    where = "/api/v1/municipalities/{}/futures"
    by_name = client.get(
        where.format("Närpes stad"),
        params={**asked, "indicator": ["lån", "Vuosikate"], "strategy": "Lat kommun"},
    ).json()
    ids = ["loans_per_resident", "annual_margin_per_resident"]
    by_id = client.get(where.format("545"), params={**asked, "indicator": ids, "strategy": "lazy"}).json()
    assert by_name["futures"][0]["indicators"] == by_id["futures"][0]["indicators"]
    assert list(by_name["futures"][0]["indicators"]) == ids


def test_an_unknown_indicator_is_answered_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/api/v1/municipalities/545/futures", params={"indicator": "lånx", "lang": "sv"})
    assert answer.status_code == 422
    assert "Närmast: lån (loans)." in answer.json()["error"]
