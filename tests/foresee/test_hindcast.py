"""The hindcast of money: what it compares, and that its lives begin with the accounts."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from framsyn.foresee import hindcast as past_money
from framsyn.foresee.forecast.anchor import anchor_of
from framsyn.foresee.hindcast import Hindcast, scores
from framsyn.foresee.postures import areas
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import municipality
from framsyn.places.tables import Tables


def told(**changes: object) -> Hindcast:
    """Two municipalities and one figure."""
    made = Hindcast(
        base_year=2016,
        target_year=2019,
        codes=("001", "002"),
        names=("loans",),
        observed=np.array([[100.0], [200.0]]),
        carried=np.array([[90.0], [220.0]]),
        trend=np.array([[80.0], [260.0]]),
        median=np.array([[105.0], [195.0]]),
        low=np.array([[101.0], [150.0]]),
        high=np.array([[120.0], [250.0]]),
        size=np.array([1000.0, 9000.0]),
    )
    return made if not changes else Hindcast(**{**vars(made), **changes})


def test_scores_are_mean_absolute_errors_and_the_share_inside() -> None:
    row = scores(told())["loans"]
    assert (row["lives"], row["carried"], row["line"]) == (5.0, 15.0, 40.0)
    assert (row["bias_lives"], row["bias_carried"]) == (0.0, 5.0)
    assert row["shape_carried"] == 15.0
    assert row["cover"] == 50.0


def test_scores_among_some_take_out_the_level_of_all() -> None:
    row = scores(told(), np.array([True, False]))["loans"]
    assert (row["lives"], row["count"]) == (5.0, 1.0)
    # Errors of the lives are +5 and −5, so their median is 0; carried forward −10 and +20, so 5.
    assert (row["shape_lives"], row["shape_carried"]) == (5.0, 15.0)
    assert row["cover"] == 0.0


def test_what_is_not_published_is_not_counted() -> None:
    found = scores(told(observed=np.array([[100.0], [np.nan]])))["loans"]
    assert (found["count"], found["lives"]) == (1.0, 5.0)
    assert scores(told(observed=np.full((2, 1), np.nan))) == {}


def test_without_a_year_before_there_is_no_line() -> None:
    assert "line" not in scores(told(trend=None))["loans"]


@pytest.mark.data
def test_lives_from_the_accounts_of_2018_are_whole(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the shipped forecast instead of one of 2018, which takes a minute to fit."""
    bundle = shipped_bundle()
    people = SimpleNamespace(
        past=SimpleNamespace(base_structure=bundle["population"].astype(np.float64)),
        expected=SimpleNamespace(totals=np.ones((len(bundle), 1))),
    )
    monkeypatch.setattr(past_money, "fit_forecast", lambda *_: people)
    monkeypatch.setattr(past_money, "read_history", lambda *_: None)
    codes = list(map(str, bundle["code"]))
    monkeypatch.setattr(past_money, "anchor_from", lambda _, place: anchor_of(municipality(codes[place]), 1))
    found = past_money.hindcast(Tables.open(data_folder), 2018, 2019, draws=5)
    assert len(found.codes) > 290
    assert np.isfinite(found.median).all()
    assert (found.low <= found.high).all()
    # Of areas that are sums of functions all add up to the whole, in accounts as in lives.
    total = found.names.index("net_operating_cost")
    by_area = found.observed[:, : len(areas())]
    np.testing.assert_allclose(by_area.sum(axis=1), found.observed[:, total], rtol=1e-9)
    near = np.abs(found.median[:, total] / found.carried[:, total] - 1.0)
    assert np.median(near) < 0.1
