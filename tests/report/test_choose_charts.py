"""The map of pathways and the trade-offs are drawn from their numbers, with alternative texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.choose.pathways import Demands, PathwayMap, pathway_map
from framsyn.choose.robustness import Objective
from framsyn.i18n.translator import words
from framsyn.report import pathways_chart, trade_offs_chart
from framsyn.report.listing import Look
from framsyn.report.trade_offs_chart import Axis, apart

EN = words("en")
LOOKS = [
    Look("weak", "As today", "#4a4a4a", ""),
    Look("strong", "Solution-oriented municipality", "#00705a", "7 2"),
]
YEARS = tuple(range(2025, 2036))


def lives(*firsts: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.array(YEARS)[None, :] >= np.array(firsts)[:, None]


@pytest.fixture(scope="module")
def found() -> PathwayMap:
    fails = {"weak": lives(2029, 2031, 2031, 2033), "strong": lives(2099, 2099, 2099, 2033)}

    def switched(_source: str, _target: str, year: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
        return lives(2099, 2099, 2099, 2033 if year > 2030 else 2099)

    demands = Demands(now=2025, accepted=0.5, threshold=0.75, least_time=1)
    return pathway_map(fails, YEARS, {"weak": 0, "strong": 2}, switched, demands)


def test_rows_stand_by_how_often_a_strategy_holds_and_lines_end_where_risk_is_too_large(
    found: PathwayMap,
) -> None:
    filled = pathways_chart.filling(found, LOOKS, EN)
    assert list(filled.domains["y"]) == ["strong", "weak"]
    assert list(filled.ranges["color"]) == ["#00705a", "#4a4a4a"]
    assert filled.data["works"] == [
        {"row": "strong", "start": 2025, "end": 2035},
        {"row": "weak", "start": 2025, "end": 2031},
    ]
    assert filled.data["spread"][1] == {"row": "weak", "start": 2029, "end": 2033}
    assert filled.data["mid"] == [{"row": "weak", "year": 2031}]
    assert filled.data["open"] == [{"row": "strong", "year": 2035}]
    assert filled.years == [2025, 2030, 2035]


def test_an_end_beyond_the_years_is_open_and_never_a_year() -> None:
    fails = {"strong": lives(2030, *[2099] * 9)}
    found = pathway_map(fails, YEARS, {"strong": 0}, lambda *_: lives(), Demands(2025))
    filled = pathways_chart.filling(found, LOOKS, EN)
    assert filled.data["open"] == [{"row": "strong", "year": 2035}]
    assert filled.data["mid"] == []
    assert "2030, not within the years, not within the years" in pathways_chart.spoken(found, LOOKS, EN)


def test_the_last_switch_from_what_does_not_hold_is_drawn_with_its_decision(found: PathwayMap) -> None:
    shown = pathways_chart.shown_switches(found)
    assert [(one.source, one.target, one.year, one.decide_by) for one in shown] == [
        ("weak", "strong", 2034, 2032)
    ]
    assert pathways_chart.filling(found, LOOKS, EN).data["switches"] == [
        {"decided": 2032.0, "year": 2034.0, "row": "weak", "target": "strong"}
    ]


def test_the_map_is_one_image_whose_text_tells_its_numbers(found: PathwayMap) -> None:
    svg = str(pathways_chart.pathways_figure(found, LOOKS, EN))
    assert svg.startswith(
        '<svg role="img" aria-label="Pathways 2025–2035. Solution-oriented municipality holds'
    )
    assert "2034, decided by 2032; it then holds in 75% of the worlds." in svg
    assert ">Solution-oriented municipality<" in svg
    assert ">holds in 75% of the worlds<" in svg


AXES = [
    Axis(Objective("people"), "Population", "persons", 0),
    Axis(Objective("loans", more_is_better=False), "Loans", "EUR/resident", 0),
]
VALUES = {"people": np.array([900.0, 1000.0, 950.0]), "loans": np.array([5000.0, 7000.0, 3000.0])}
NAMES = ["weak", "strong", "found"]


def test_the_best_of_each_objective_stands_at_the_top() -> None:
    filled = trade_offs_chart.filling(AXES, VALUES, NAMES, {one.id: one for one in LOOKS}, EN)
    assert [row["value"] for row in filled.data["named"]] == [0.0, 0.5, 1.0, 0.0]
    assert [row["value"] for row in filled.data["others"]] == [0.5, 1.0]
    assert [(row["best"], row["worst"]) for row in filled.data["axes"]] == [
        ("best 1,000", "worst 900"),
        ("best 3,000", "worst 7,000"),
    ]


def test_trade_offs_are_one_image_whose_text_tells_the_named_strategies() -> None:
    svg = str(trade_offs_chart.trade_offs_figure(AXES, VALUES, NAMES, {one.id: one for one in LOOKS}, EN))
    assert (
        "Loans (EUR/resident), from 7,000 to 3,000: As today 5,000; Solution-oriented municipality 7,000."
        in svg
    )
    assert ">As today<" in svg


@given(st.lists(st.floats(0, 1), max_size=8))
def test_names_stand_apart_in_the_order_of_their_lines(places: list[float]) -> None:
    moved = apart(places, 0.1)
    order = np.argsort(places, kind="stable")
    assert np.all(np.diff(np.array(moved)[order]) >= 0.1 - 1e-9)
    assert all(-1e-9 <= one <= 1.0 + 1e-9 for one in moved)


def test_names_are_moved_as_little_as_possible_and_stay_within_the_chart() -> None:
    assert apart([0.5, 0.5], 0.1) == pytest.approx([0.45, 0.55])
    assert apart([0.0, 0.02], 0.1) == pytest.approx([0.0, 0.1])
    assert apart([0.98, 1.0], 0.1) == pytest.approx([0.9, 1.0])
    assert apart([0.5, 0.52, 0.54], 0.1) == pytest.approx([0.42, 0.52, 0.62])
