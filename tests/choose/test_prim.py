"""Peeling, sharpening and resampling: known boxes are found, noise is not."""

import warnings

import numpy as np
import pytest
from scipy.stats import binom

from framsyn.choose.box import Bools, Box, Cases, Floats, at_least, correlation, indicators, inside, quasi_p
from framsyn.choose.conditions import Standard, by_dimensions, conditions
from framsyn.choose.prim import Gain, Settings, table, trajectory
from framsyn.choose.sharpen import significant
from framsyn.errors import FramsynError

QUICK = Standard(resamples=20)


def known_box(n: int, columns: int, noise: float, seed: int) -> tuple[Floats, Bools]:
    """Cases that fail where the first three columns lie in a box, some of them told wrongly."""
    rng = np.random.default_rng(seed)
    x = rng.random((n, columns))
    within = (x[:, 0] < 0.6) & (x[:, 1] > 0.4) & (x[:, 2] > 0.2) & (x[:, 2] < 0.8)
    return x, np.asarray(within ^ (rng.random(n) < noise))


def box_of(cases: Cases, low: list[float], high: list[float]) -> Box:
    return cases.box(np.array(low), np.array(high))


def test_coverage_density_and_mass_are_counted() -> None:
    x = np.arange(10.0)[:, None]
    cases = table(x, x[:, 0] >= 6)
    box = box_of(cases, [5.0], [np.inf])
    assert (box.cases, box.failures) == (5, 4)
    assert (box.coverage, box.density, box.mass) == (1.0, 0.8, 0.5)
    assert box.product == 0.8


def test_correlation_is_that_of_lying_within_and_failing() -> None:
    rng = np.random.default_rng(3)
    within, failing = rng.random(50) < 0.4, rng.random(50) < 0.3
    told = correlation(float(within.sum()), float((within & failing).sum()), 50, int(failing.sum()))
    assert float(told) == pytest.approx(np.corrcoef(within, failing)[0, 1])
    assert float(correlation(50.0, 10.0, 50, 10)) == 0.0


def test_one_peel_takes_the_share_that_gains_most_and_the_limit_lies_midway() -> None:
    x = np.column_stack([np.arange(100.0) + 0.5, np.tile(np.arange(10.0) + 0.5, 10)])
    failing = x[:, 0] > 20
    boxes = trajectory(table(x, failing), Settings(peel=0.05))
    assert boxes[1].low.tolist() == [5.0, -np.inf]
    assert boxes[1].cases == 95
    assert boxes[-1].density == 1.0
    assert boxes[-1].restricted == (0,)


def test_equal_values_are_peeled_together_and_limits_of_whole_numbers_are_whole() -> None:
    x = np.repeat(np.arange(5.0), 20)[:, None]
    boxes = trajectory(table(x, x[:, 0] >= 3))
    assert [box.cases for box in boxes] == [100, 80, 60, 40]
    assert boxes[-1].low[0] == 3.0
    assert boxes[-1].density == boxes[-1].coverage == 1.0


def test_a_category_is_left_out_by_its_indicator() -> None:
    rng = np.random.default_rng(5)
    kind = rng.integers(0, 3, 600)
    x = np.column_stack([indicators(kind), rng.random(600)])
    failing = (kind != 1) & (x[:, 3] < 0.5)
    cases = table(x, failing, dimension=[0, 0, 0, 1])
    found = conditions(cases, QUICK).boxes[0].box
    assert found.coverage == pytest.approx(1.0)
    assert found.density == pytest.approx(1.0)
    assert cases.dimensions(found.low, found.high) == 2
    assert found.high[1] == 0.0


def test_least_mass_is_kept_and_density_never_falls_while_peeling() -> None:
    x, failing = known_box(800, 6, 0.1, 1)
    boxes = trajectory(table(x, failing), Settings(least_mass=0.1))
    assert min(box.mass for box in boxes) >= 0.1
    assert np.all(np.diff([box.density for box in boxes]) > 0)


@pytest.mark.parametrize("gain", ["lenient", "lenient_mass", "density"])
def test_each_gain_leads_into_the_known_box(gain: Gain) -> None:
    x, failing = known_box(2000, 10, 0.0, 2)
    best = max(trajectory(table(x, failing), Settings(gain=gain)), key=lambda box: box.product)
    assert best.product >= 0.8
    assert {0, 1, 2} <= set(best.restricted)


def test_a_known_box_in_three_of_ten_dimensions_is_found_through_noise() -> None:
    x, failing = known_box(1000, 10, 0.03, 4)
    told = conditions(table(x, failing), QUICK)
    first = told.boxes[0]
    assert first.box.restricted == (0, 1, 2)
    assert first.box.coverage >= 0.8
    assert first.box.density >= 0.8
    assert first.unseen_coverage >= 0.8
    assert first.unseen_density >= 0.8
    assert first.box.high[0] == pytest.approx(0.6, abs=0.02)
    assert first.box.low[1] == pytest.approx(0.4, abs=0.02)
    assert first.box.low[2] == pytest.approx(0.2, abs=0.02)
    assert first.box.high[2] == pytest.approx(0.8, abs=0.02)
    assert np.nanmax(first.quasi_p) < 0.05
    assert first.returned[0, 1] == first.returned[1, 0] == 1.0
    assert first.limits[0, 1, 1] == pytest.approx(0.6, abs=0.02)
    assert first.holds == 1.0
    assert told.trajectory[0].coverage == 1.0


@pytest.mark.parametrize("seed", range(10))
def test_in_pure_noise_no_box_is_offered(seed: int) -> None:
    rng = np.random.default_rng(seed)
    told = conditions(table(rng.random((300, 12)), rng.random(300) < 0.25), QUICK)
    assert told.boxes == ()
    assert len(told.trajectory) > 10


def test_quasi_p_alone_would_offer_boxes_in_noise() -> None:
    """Why resampling is needed: limits sought for density pass the test that they were sought by."""
    passed = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        cases = table(rng.random((300, 12)), rng.random(300) < 0.25)
        sharp = by_dimensions(cases, trajectory(cases)).values()
        passed += any(significant(cases, box, 0.05, 15).restricted for box in sharp)
    assert passed >= 5


def test_two_boxes_are_found_one_after_the_other() -> None:
    x = np.random.default_rng(6).random((1500, 8))
    failing = ((x[:, 0] < 0.3) & (x[:, 1] < 0.5)) | ((x[:, 2] > 0.75) & (x[:, 3] > 0.5))
    told = conditions(table(x, failing), QUICK)
    assert {one.box.restricted for one in told.boxes} == {(0, 1), (2, 3)}
    assert sum(one.box.coverage for one in told.boxes) >= 0.9


def test_quasi_p_is_the_binomial_chance_without_that_limit() -> None:
    x, failing = known_box(500, 4, 0.1, 7)
    cases = table(x, failing)
    low, high = np.array([-np.inf, 0.4, -np.inf, -np.inf]), np.array([0.6, np.inf, np.inf, 0.9])
    found = quasi_p(cases, low, high)
    box = cases.box(low, high)
    without = inside(x, np.where(np.arange(4) == 1, -np.inf, low), high)
    expected = binom.sf(box.failures - 1, box.cases, failing[without].mean())
    assert found[1, 0] == pytest.approx(expected)
    assert found[3, 1] > 0.05 > found[1, 0]
    assert np.isnan(found[2]).all()
    assert at_least(0, 10, 0.5) == 1.0


def test_the_same_table_gives_the_same_conditions() -> None:
    x, failing = known_box(400, 6, 0.1, 8)
    one, other = (conditions(table(x, failing), QUICK).boxes[0] for _ in range(2))
    assert np.array_equal(one.box.low, other.box.low)
    assert np.array_equal(one.returned, other.returned)


def test_a_table_that_does_not_fit_is_told() -> None:
    x = np.zeros((3, 2))
    with pytest.raises(FramsynError, match="do not fit"):
        table(x, np.zeros(4, dtype=bool))
    x[1, 1] = np.nan
    with pytest.raises(FramsynError, match="column 1 is not known in case 1"):
        table(x, np.zeros(3, dtype=bool))


@pytest.fixture(scope="module")
def beside() -> "Beside":
    """One table, and what EMA Workbench finds in it: its best product by dimensions, and its way there."""
    x, failing = known_box(500, 6, 0.08, 9)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from ema_workbench.analysis import prim

        frame = pd.DataFrame(x, columns=[f"c{place}" for place in range(x.shape[1])])
        box = prim.Prim(frame, failing.astype(int), threshold=0.5).find_box()
        told = box.peeling_trajectory
    best: dict[int, float] = {}
    for count, coverage, density in zip(told.res_dim, told.coverage, told.density, strict=True):
        best[int(count)] = max(best.get(int(count), 0.0), float(coverage * density))
    return table(x, failing), best, list(told.coverage), list(told.density)


Beside = tuple[Cases, dict[int, float], list[float], list[float]]


def test_peeling_goes_the_way_of_ema_workbench(beside: Beside) -> None:
    cases, _, coverage, density = beside
    steps = [box for box in trajectory(cases) if box.cases]
    peels = next(place for place, box in enumerate(steps[1:], 1) if box.cases > steps[place - 1].cases)
    assert [box.coverage for box in steps[:peels]] == pytest.approx(coverage[:peels])
    assert [box.density for box in steps[:peels]] == pytest.approx(density[:peels])


def test_with_as_many_dimensions_boxes_are_as_good_as_ema_workbenchs_or_better(beside: Beside) -> None:
    cases, best, _, _ = beside
    ours = by_dimensions(cases, trajectory(cases))
    compared = [count for count in best if count in ours]
    assert {1, 2, 3} <= set(compared)
    assert all(ours[count].product >= best[count] for count in compared)
