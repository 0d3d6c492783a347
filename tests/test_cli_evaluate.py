"""`framsyn evaluate` as a person runs it."""

import json

import pytest

from .test_cli import run


def test_evaluate_prints_the_place_and_the_areas() -> None:
    done = run("evaluate", "närpiö", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Nearness to the visions" in done.stdout
    assert "Economy" in done.stdout
    assert "Peers, those most alike" in " ".join(done.stdout.split())


def test_evaluate_as_json_with_own_peers_and_projection() -> None:
    peers = [part for name in ("Malax", "Korsnäs", "Kaskö") for part in ("--peers", name)]
    asked = ("545", *peers, "--projection", "H2", "--draws", "100", "--seed", "3", "--json", "--lang", "sv")
    done = run("evaluate", *asked)
    document = json.loads(done.stdout)
    assert [one["name"] for one in document["peers"]["municipalities"]] == ["Malax", "Korsnäs", "Kaskö"]
    assert document["position"]["projection"]["id"] == "engagement"
    assert (document["position"]["draws"], document["position"]["seed"]) == (100, 3)
    assert run("evaluate", *asked).stdout == done.stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Närpes", "--projection", "H3"), "There is no projection H3"),
        (("Närpes", "--peers", "Malax"), "at least 3 peers"),
        (("Närpes", "--draws", "0"), "From 1 to"),
        (("Närpes", "--bundle", "none.bundle"), "There is no bundle at none.bundle"),
    ],
)
def test_bad_input_is_told_with_exit_status_2(asked: tuple[str, ...], said: str) -> None:
    done = run("evaluate", *asked, "--lang", "en")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
