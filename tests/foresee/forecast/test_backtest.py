from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.calibrate.known import Projection
from framsyn.errors import FramsynError
from framsyn.foresee import scoring
from framsyn.foresee.forecast.backtest import (
    OURS,
    Backtest,
    backtest,
    check_origins,
    default_origins,
    group_name,
)
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.local_pattern import MOBILITY
from framsyn.foresee.forecast.members import MEMBERS, RIVALS
from framsyn.foresee.forecast.past import open_past
from framsyn.foresee.forecast.reading import projections_of, read_history, region_codes
from framsyn.foresee.forecast.structures import grouped

from .made import Country, country, written

ORIGINS, HORIZON = [2012, 2015, 2018], 4
METHODS = {OURS, *(name for name in MEMBERS if name != "boosting"), *RIVALS}


@pytest.fixture(scope="module")
def small() -> Country:
    """Seven municipalities in two regions, 2002–2020."""
    return country([200, 900, 2_000, 6_000, 15_000, 40_000, 3_000], [0, 0, 0, 1, 1, 1, 1], range(2002, 2021))


@pytest.fixture(scope="module")
def official(small: Country) -> Projection:
    ages = small.people[2015 - 2002].sum(axis=1)
    return Projection(2015, {2016: ages, 2017: ages})


def run(history: History, land: Country, *official: Projection) -> Backtest:
    return backtest(history, land.region_codes, official, ORIGINS, HORIZON)


@pytest.fixture(scope="module")
def done(small: Country, official: Projection) -> Backtest:
    return run(small.history(), small, official)


def test_frames_have_the_columns_that_scores_are_made_from(done: Backtest) -> None:
    assert set(done.totals.columns) == set(scoring.TOTALS)
    assert set(done.spread.columns) == set(scoring.SPREAD)
    assert set(done.ages.columns) == set(scoring.AGES)
    assert done.totals["method"].dtype == pl.String
    for frame in (done.totals, done.spread, done.ages):
        assert frame["origin"].unique().sort().to_list() == ORIGINS


def test_scores_are_made_from_the_frames(done: Backtest) -> None:
    points = scoring.point_scores(done.totals, ["method", "horizon"])
    assert points.filter(method=OURS).height == HORIZON
    assert points["mape"].is_finite().all()
    ours = points.filter(method=OURS, horizon=4)["mape"].item()
    assert ours < points.filter(method="no_change", horizon=4)["mape"].item()
    assert scoring.shelf_life(done.totals).filter(method=OURS)["longest"].item() == HORIZON
    assert scoring.known_ages(done.ages).height > 0


def test_every_method_has_the_same_targets_and_outcomes(done: Backtest) -> None:
    totals = done.totals.filter(pl.col("method") != "official_2016")
    assert set(totals["method"]) == METHODS
    targets = {
        str(method): rows.drop("method", "forecast").sort("origin", "horizon", "code")
        for (method,), rows in totals.group_by("method")
    }
    ours = targets.pop(OURS)
    assert ours.height == 7 * (4 + 4 + 2)
    for method, rows in targets.items():
        assert rows.equals(ours), method


def test_outcomes_are_what_came(done: Backtest, small: Country) -> None:
    row = done.totals.filter(method="lin_exp", origin=2015, horizon=3, code=small.codes[4])
    assert row["actual"].item() == small.totals[4, 2018 - 2002]
    assert row["size"].item() == small.totals[4, 2015 - 2002]
    assert row["region"].item() == "R1"


def test_an_official_projection_takes_part_at_its_own_origin(done: Backtest, small: Country) -> None:
    told = done.totals.filter(method="official_2016").sort("horizon", "code")
    assert told["origin"].unique().to_list() == [2015]
    assert told["horizon"].unique().sort().to_list() == [1, 2]
    np.testing.assert_allclose(told["forecast"].to_numpy()[:7], small.totals[:, 2015 - 2002])
    ages = done.ages.filter(method="official_2016")
    assert ages.height == 14
    assert ages["absolute_error"].is_not_null().all()


def test_official_projections_are_read_from_the_folder(small: Country, tmp_path: Path) -> None:
    tables = written(
        tmp_path, small, population_age_sex=small.ages(), official_projection_2016=small.official(2015)
    )
    history = read_history(tables)
    told = projections_of(tables, history.codes)
    assert [one.base for one in told] == [2015]
    assert region_codes(tables) == small.region_codes
    np.testing.assert_allclose(told[0].years[2017], small.people[2015 - 2002].sum(axis=1))


def test_quantiles_rise_and_scores_of_spread_are_told(done: Backtest, small: Country) -> None:
    quantiles = done.spread.select(scoring.QUANTILES).to_numpy()
    assert np.isfinite(quantiles).all()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert set(done.spread["method"]) == {OURS}
    names = {"total", "0-5", "6", "7-12", "13-15", "16-18", "19-24", "25-64", "65-74", "75-84", "85+"}
    assert set(done.spread["target"]) == names
    known = done.spread.filter(pl.col("actual").is_not_null())
    assert known["crps"].is_finite().all()
    assert known["pit"].is_between(0.0, 1.0).all()
    total = done.spread.filter(target="total", origin=2018, horizon=2, code=small.codes[5])
    ours = done.totals.filter(method=OURS, origin=2018, horizon=2, code=small.codes[5])
    assert total["q50"].item() == pytest.approx(ours["forecast"].item())


def test_groups_of_ages_are_laid_beside_what_came(done: Backtest, small: Country) -> None:
    row = done.spread.filter(target="65-74", origin=2015, horizon=2, code=small.codes[5])
    assert row["actual"].item() == small.people[2017 - 2002, 5, :, 65:75].sum()
    assert row["q10"].item() < row["actual"].item() < row["q90"].item() * 1.2


def test_errors_of_ages_by_hand(done: Backtest, small: Country) -> None:
    place, base = 5, small.people[2015 - 2002, 5].sum(axis=0)
    truth = small.people[2017 - 2002, 5].sum(axis=0)
    row = done.ages.filter(method="official_2016", horizon=2, code=small.codes[place])
    assert row["persons"].item() == truth.sum()
    assert row["absolute_error"].item() == np.abs(base - truth).sum()
    shares = base / base.sum(), truth / truth.sum()
    assert row["age_structure_error"].item() == pytest.approx(50.0 * np.abs(shares[0] - shares[1]).sum())
    young = 100.0 * (shares[0][:15].sum() - shares[1][:15].sum())
    assert row["error_under_15"].item() == pytest.approx(young)
    old = 100.0 * (shares[0][65:].sum() - shares[1][65:].sum())
    assert row["error_65_plus"].item() == pytest.approx(old)


def test_ages_of_ours_beat_a_population_that_stands_still(done: Backtest) -> None:
    ages = done.ages.filter(origin=2015, horizon=2)
    ours, still = (ages.filter(method=name)["absolute_error"].to_numpy() for name in (OURS, "official_2016"))
    assert ours.sum() < 0.8 * still.sum()


def test_widths_are_nested_so_later_outcomes_change_no_earlier_forecast(
    small: Country, done: Backtest
) -> None:
    people = small.people.copy()
    people[2016 - 2002 :] *= np.linspace(1.02, 1.06, 5)[:, None, None, None]
    other = run(Country(small.first_year, people, small.region).history(), small)
    unchanged = ["method", "origin", "horizon", "code", "target", *scoring.QUANTILES]
    seen = pl.col("origin") <= 2015
    assert done.spread.filter(seen).select(unchanged).equals(other.spread.filter(seen).select(unchanged))
    assert (
        not done.spread.filter(~seen).select(unchanged).equals(other.spread.filter(~seen).select(unchanged))
    )
    told = ["method", "origin", "horizon", "code", "size", "forecast"]
    ours = (pl.col("origin") <= 2015) & (pl.col("method") != "official_2016")
    assert done.totals.filter(ours).select(told).equals(other.totals.filter(ours).select(told))
    actual = done.totals.filter(ours)["actual"] != other.totals.filter(ours)["actual"]
    assert actual.any()


def test_a_municipality_without_a_published_outcome_is_not_scored(small: Country) -> None:
    history = small.history()
    published = history.published.copy()
    published[2, 2017 - 2002] = False
    structures = {y: v.copy() for y, v in history.structures.items()}
    structures[2017][2] = np.nan
    gap = replace(history, published=published, structures=structures)
    told = backtest(gap, small.region_codes, [], [2015], 3)
    missing = pl.col("code").eq(small.codes[2]) & pl.col("horizon").eq(2)
    for frame, column in ((told.totals, "actual"), (told.spread, "actual"), (told.ages, "persons")):
        assert frame.filter(missing)[column].is_null().all()
        assert frame.filter(~missing)[column].is_not_null().all()
    assert told.spread.filter(missing)["crps"].is_null().all()
    assert scoring.known_totals(told.totals).filter(missing).is_empty()


def test_outcomes_known_by_group_only_are_scored_by_group(small: Country) -> None:
    groups = [grouped(people.sum(axis=1), MOBILITY) for people in small.people]
    history = small.history(
        structures={2020: small.people[-1]},
        groups=dict(zip(small.years, groups, strict=True)),
        bounds=MOBILITY,
        regional={year: small.regional(year) for year in small.years},
    )
    told = backtest(history, small.region_codes, [], [2017], 3)
    by_group = told.spread.filter(horizon=1, code=small.codes[4])
    assert by_group["target"].to_list() == ["total", *(group_name(*bound) for bound in MOBILITY)]
    assert by_group.filter(target="18-24")["actual"].item() == groups[2018 - 2002][4, 1]
    assert told.ages.filter(horizon=1)["absolute_error"].is_null().all()
    assert told.ages.filter(horizon=1)["group_error"].is_not_null().all()
    assert told.ages.filter(horizon=1)["error_65_plus"].is_not_null().all()
    assert told.ages.filter(horizon=3)["absolute_error"].is_not_null().all()


def test_origins_are_those_that_can_be_stood_on(small: Country) -> None:
    past = open_past(small.history(), 4)
    assert default_origins(past) == list(range(2009, 2019))
    check_origins(past, [2009, 2019])
    with pytest.raises(
        FramsynError, match="No forecast can be made from 2005: choose origins among 2009–2019"
    ):
        check_origins(past, [2005, 2012])
    with pytest.raises(FramsynError, match="at least nine years of population"):
        backtest(small.history(2006), small.region_codes, [], None, 3)


def test_where_no_default_year_can_be_stood_on_the_last_twenty_are(small: Country) -> None:
    old = Country(1902, small.people, small.region)
    assert default_origins(open_past(old.history(), 4)) == list(range(1909, 1920))


def test_groups_are_named_by_their_ages() -> None:
    assert [group_name(*ages) for ages in ((0, 5), (6, 6), (85, 100))] == ["0-5", "6", "85+"]
