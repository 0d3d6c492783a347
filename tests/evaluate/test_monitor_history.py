"""The monitor on history: scores counted by hand, and the reading of what came."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.evaluate.history_figures import Came, what_came
from framsyn.evaluate.monitor_history import ABOVE, BELOW, FED, Tried, outside, scores, try_on_history
from framsyn.places.bundle import Bundle, shipped_bundle
from framsyn.places.tables import Tables


def tried(end: float, chance: float, lower: float) -> Tried:
    """One municipality fed for a year; nothing was promised but 0.8 and 0.1."""
    blank = np.full((1, len(FED)), np.nan)
    blank[0, 0] = lower
    return Tried(
        end=end,
        chances={BELOW: np.array([chance]), ABOVE: np.array([0.0])},
        promised={side: np.array([[0.8, 0.1]]) for side in (BELOW, ABOVE)},
        naive={BELOW: np.array([1.0 - lower]), ABOVE: np.array([lower])},
        percentiles=blank,
        shifted=np.array([False]),
        leading={BELOW: (("population",),), ABOVE: ((),)},
    )


def test_hits_and_false_alarms_are_counted_beside_the_naive_rule_and_the_promise() -> None:
    told = scores(
        [
            tried(end=0.10, chance=0.9, lower=0.50),  # hit; the naive rule misses it
            tried(end=0.20, chance=0.4, lower=0.10),  # missed; the naive rule hits it
            tried(end=0.50, chance=0.6, lower=0.60),  # false alarm
            tried(end=0.90, chance=0.1, lower=0.97),  # rightly silent
        ]
    )
    below = told[0]
    assert (below.side, below.fed, below.base_rate) == (BELOW, 1, 0.5)
    assert (below.hits, below.false_alarms) == (0.5, 0.5)
    assert (below.naive_hits, below.naive_false_alarms) == (0.5, 0.0)
    assert (below.promised_hits, below.promised_false_alarms) == pytest.approx((0.8, 0.1))
    assert (below.auc, below.naive_auc) == (0.75, 1.0)


def test_a_figure_outside_ninety_per_cent_of_the_lives_is_counted() -> None:
    told = outside([tried(0.5, 0.5, lower) for lower in (0.01, 0.5, 0.5, 0.99)])
    assert told["population"] == [0.5]
    assert np.isnan(told["births"][0])


def test_a_municipality_that_follows_its_lives_is_tried_without_alarm_on_both_sides() -> None:
    # The shipped bundle, fed with the expected residents as if they had come.
    bundle: Bundle = shipped_bundle()
    expected = bundle["forecast_totals"][:, :6].astype(np.float64)
    blank = np.full((len(bundle), 2), np.nan)
    figures = dict.fromkeys(FED, blank) | {"unemployment_ratio": blank, "population": expected[:, :2]}
    came = Came(tuple(map(str, bundle["code"])), figures, expected[:, 5])
    told = try_on_history(bundle, came, 2, 2031, draws=200, places=[10, 200])
    assert len(told) == 2
    for one in told:
        assert 0.3 < one.end < 0.7
        assert not one.shifted.any()
        assert one.chances[BELOW][1] < 0.6
        assert one.chances[ABOVE][1] < 0.6


def test_a_municipality_that_falls_behind_its_lives_is_warned_of() -> None:
    bundle = shipped_bundle()
    low = 0.96 * bundle["forecast_totals"][:, :6].astype(np.float64)
    blank = np.full((len(bundle), 2), np.nan)
    figures = dict.fromkeys(FED, blank) | {"unemployment_ratio": blank, "population": low[:, :2]}
    came = Came(tuple(map(str, bundle["code"])), figures, low[:, 5])
    one = try_on_history(bundle, came, 2, 2031, draws=400, places=[200])[0]
    assert one.chances[BELOW][1] > 0.9
    assert one.chances[ABOVE][1] < 0.1
    assert one.naive[BELOW][1] > 0.95
    assert one.shifted[1]
    assert one.leading[BELOW][1][0] == "population"


@pytest.mark.data
def test_what_came_after_2018_is_read_from_the_tables(data_folder: Path) -> None:
    came = what_came(Tables.open(data_folder), 2018, 4, 2025)
    assert len(came.codes) == 308
    assert came.final.sum() == pytest.approx(5_652_881)
    # The accounting identity of the statistics, but for corrections.
    residents = came.figures["population"]
    change = sum(
        sign * came.figures[one][:, 1]
        for one, sign in (("births", 1), ("deaths", -1), ("net_moves", 1), ("net_immigration", 1))
    )
    assert np.abs((residents[:, 1] - residents[:, 0]) - change).max() < 200
    assert np.isfinite(came.figures["share_under_15"][:, :2]).all()
    assert np.isnan(came.figures["share_under_15"][:, 2:]).all()
    assert np.isnan(came.figures["loans_per_resident"][:, 1:]).all()
