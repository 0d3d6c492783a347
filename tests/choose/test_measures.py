"""Objectives and keeps: read from a user's words, and every mistake told."""

import numpy as np
import pytest

from framsyn.choose.evaluation import Wanted
from framsyn.choose.measures import LAW_SHARE, Measure, read_keeps, read_objectives, read_weights
from framsyn.errors import FramsynError
from framsyn.model import layout
from framsyn.model.kernel import AT, CHANGE, LEAST, MEAN, MOST

BASE, YEARS = 2025, 20


def test_an_amount_is_read_over_the_last_years_and_what_is_lived_every_year_over_all() -> None:
    trust, margin, loans = read_objectives(["trust,annual_margin,loans"], YEARS)
    assert trust.measure == Measure(layout.TRUST, MEAN, 1, 20)
    assert margin.measure == Measure(layout.ANNUAL_MARGIN, MEAN, 1, 20)
    assert loans.measure == Measure(layout.LOANS, MEAN, 16, 20)
    assert (trust.direction, margin.direction, loans.direction) == ("higher", "higher", "lower")


def test_an_objective_says_how_it_is_read_and_which_way_is_better() -> None:
    low, end = read_objectives(["population:min", "loans@end"], YEARS)
    assert (low.direction, low.sign) == ("lower", -1.0)
    assert end.indicator.id == "loans_per_resident"
    assert end.measure.how == AT


def test_a_keep_is_read_with_its_year_and_share_of_worlds() -> None:
    law, every, one = read_keeps(["loans < 6000", "cash_flow ≥ −200,5 in 2035 in 90 %"], BASE, YEARS)
    assert (law.id, law.share, len(law.measures)) == ("law", LAW_SHARE, 3)
    assert (every.limit, every.least, every.strict, every.share) == (6000.0, False, True, 0.8)
    assert every.measures == (Measure(layout.LOANS, MOST, 1, 20),)
    assert (one.limit, one.least, one.strict, one.share) == (-200.5, True, False, 0.9)
    assert one.measures == (Measure(layout.CASH_FLOW, AT, 1, 10),)


def test_a_strict_limit_is_not_held_by_the_limit_itself() -> None:
    strict, loose = read_keeps(["loans < 6000", "loans <= 6000"], BASE, YEARS)[1:]
    values = np.array([[5999.0], [6000.0], [6001.0]])
    assert strict.holds(values).tolist() == [True, False, False]
    assert loose.holds(values).tolist() == [True, True, False]


def test_shares_of_worlds_and_means_are_those_counted_by_hand() -> None:
    objectives = read_objectives(["trust", "loans"], YEARS)
    wanted = Wanted(objectives, read_keeps(["loans < 100"], BASE, YEARS))
    # Two objectives, three criteria of law, one limit; one strategy in four worlds.
    outcomes = np.array(
        [[[50, 90, 0, 0, 0, 90], [60, 90, 0, 1, 0, 120], [70, 80, 0, 0, 0, 80], [80, 140, 0, 0, 0, 140]]],
        dtype=float,
    )
    assert wanted.minimised(outcomes).tolist() == [[-65.0, 100.0]]
    assert wanted.held(outcomes).mean(axis=1).tolist() == [[0.75, 0.5]]
    assert wanted.violations(outcomes) == pytest.approx(np.array([[0.15, 0.3]]))


def test_every_reading_of_the_years_is_as_counted_by_hand() -> None:
    records = np.zeros((1, 4, layout.INDICATORS))
    records[0, :, layout.TRUST] = [10.0, 40.0, 20.0, 30.0]

    def read(how: int, first: int = 1) -> float:
        return float(Measure(layout.TRUST, how, first, 3).of(records)[0])

    assert [read(how) for how in (MEAN, LEAST, MOST, AT, CHANGE)] == [30.0, 20.0, 40.0, 30.0, 20.0]
    assert read(MEAN, 2) == 25.0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["trust"], "at least two"),
        (["trust,beauty"], "beauty"),
        (["trust,population"], "population:max"),
        (["trust,loans@sometimes"], "sometimes"),
        (["trust,loans:up"], "loans_per_resident:max"),
        (["trust,loans<3"], "no objective"),
        (["trust", "trust"], "twice"),
    ],
)
def test_an_objective_that_cannot_be_used_is_told(written: list[str], said: str) -> None:
    with pytest.raises(FramsynError, match=said):
        read_objectives(written, YEARS)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("loans", "nothing that can be kept"),
        ("loans < many", "nothing that can be kept"),
        ("beauty > 3", "beauty"),
        ("loans < 6000 in 1999", "1999"),
        ("loans < 6000 in 2046", "2046"),
        ("loans < 6000 in 0 %", "more than 0"),
        ("loans < 6000 in 101 %", "at most 100"),
    ],
)
def test_a_keep_that_cannot_be_used_is_told(written: str, said: str) -> None:
    with pytest.raises(FramsynError, match=said):
        read_keeps([written], BASE, YEARS)


@pytest.mark.parametrize(
    "written", ["lån < 9000", "Loans < 9000", "loans < 9 000", "lånestock < 9 000", "lainat < 9000 € i 80 %"]
)
def test_a_keep_is_read_in_the_words_of_three_languages(written: str) -> None:
    (keep,) = read_keeps([written], BASE, YEARS)[1:]
    (plain,) = read_keeps(["loans_per_resident < 9000"], BASE, YEARS)[1:]
    assert (keep.measures, keep.least, keep.strict, keep.limit, keep.share) == (
        plain.measures,
        plain.least,
        plain.strict,
        plain.limit,
        plain.share,
    )
    assert keep.id == written


def test_an_unknown_indicator_of_a_keep_names_the_nearest_few() -> None:
    with pytest.raises(FramsynError) as caught:
        read_keeps(["lånx < 9000"], BASE, YEARS)
    assert "Nearest: lån (loans)." in str(caught.value)
    assert len(str(caught.value)) < 120


def test_objectives_and_weights_go_by_names_and_are_called_by_ids() -> None:
    objectives = read_objectives(["Lånestock:min, Delaktighet", "rahavirta@least"], YEARS)
    assert [one.id for one in objectives] == ["loans", "participation", "cash_flow@least"]
    plain = read_objectives(["loans:min,participation,cash_flow@least"], YEARS)
    assert [one.measure for one in objectives] == [one.measure for one in plain]
    weights = read_weights(["lån=2", "valdeltagande = 1,5", "cash_flow@least=1"], objectives)
    assert weights == {"loans": 2.0, "participation": 1.5, "cash_flow@least": 1.0}


@pytest.mark.parametrize("written", ["loans,loans_per_resident", "lån,lainat", "Loans:min,loans"])
def test_one_objective_by_two_names_is_named_twice(written: str) -> None:
    with pytest.raises(FramsynError, match="named twice"):
        read_objectives([written], YEARS)


@pytest.mark.parametrize("weight", ["jobs=1", "beauty=1", "loans=x"])
def test_a_weight_of_what_is_not_wanted_is_refused(weight: str) -> None:
    with pytest.raises(FramsynError, match="is no weight"):
        read_weights([weight], read_objectives(["loans,trust"], YEARS))
