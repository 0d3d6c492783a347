from dataclasses import replace

import numpy as np
import pytest

from framsyn.evaluate.dictionary import DIMENSIONS, areas, dictionary
from framsyn.evaluate.figures import ESTIMATED, MISSING, OBSERVED, compute, figure
from framsyn.evaluate.standing import BEST_QUARTER, Standing, best_quarter, evaluate, evaluate_all
from framsyn.places.bundle import Bundle, shipped_bundle
from framsyn.places.municipality import Municipality, municipalities, municipality

IDS = list(dictionary())


@pytest.fixture(scope="module")
def standing() -> Standing:
    return evaluate_all()


def with_status(identity: str, place: int, status: int) -> Bundle:
    shipped = shipped_bundle()
    changed = shipped["fact_status"].copy()
    changed[place, list(shipped["fact_id"]).index(identity)] = status
    return replace(shipped, arrays={**shipped.arrays, "fact_status": changed})


def test_all_308_are_evaluated_within_the_scale(standing: Standing) -> None:
    assert standing.values.shape == (308, len(IDS))
    for told in (standing.percentile, standing.peer_percentile, standing.areas, standing.dimensions):
        known = told[np.isfinite(told)]
        assert known.min() >= 0.0
        assert known.max() <= 100.0
    assert np.array_equal(np.isfinite(standing.percentile), np.isfinite(standing.compared))
    for m in municipalities():
        assert len(evaluate(m, standing=standing).readings) == len(IDS)


def test_närpes_by_hand(standing: Standing) -> None:
    m = municipality("Närpes")
    told = {one.indicator.id: one for one in evaluate(m, standing=standing).readings}
    residents = m.population.sum()
    assert told["residents"].value == residents
    assert told["loans"].value == pytest.approx(m.fact("loans_eur").value / residents)
    assert told["unemployment"].value == pytest.approx(
        100.0 * m.fact("unemployed").value / m.fact("labour_force").value
    )
    assert told["turnout"].value == m.fact("turnout_pct").value
    assert told["turnout"].status == "observed"
    assert told["loans"].status == "estimated"
    higher = (standing.values[:, IDS.index("loans")] > told["loans"].value).sum()
    assert told["loans"].score == pytest.approx(100.0 * higher / 307)


def test_a_filled_gap_is_missing_and_moves_nobody(standing: Standing) -> None:
    place, column = municipality("Närpes").index, IDS.index("low_income")
    filled = evaluate_all(with_status("low_income_pct", place, ESTIMATED))
    assert filled.status[place, column] == MISSING
    assert np.isnan(filled.values[place, column])
    assert np.isnan(filled.percentile[place, column])
    others = np.delete(np.arange(308), place)
    rest = standing.values[others, column]
    expected = [
        100.0 * ((rest < one).sum() + 0.5 * ((rest == one).sum() - 1)) / (np.isfinite(rest).sum() - 1)
        for one in rest
    ]
    known = np.isfinite(rest)
    assert filled.percentile[others, column][known] == pytest.approx(np.array(expected)[known])


def test_a_value_made_of_a_filled_gap_is_missing_too() -> None:
    place = municipality("Närpes").index
    changed = evaluate_all(with_status("unemployed", place, ESTIMATED))
    for name in ("unemployment", "employment", "dependents_per_employed"):
        assert np.isnan(changed.values[place, IDS.index(name)]), name
    resources = DIMENSIONS.index("resources")
    assert changed.counted[place, resources] == evaluate_all().counted[place, resources] - 1


def test_status_is_the_least_sure_of_the_parts() -> None:
    bundle, told = shipped_bundle(), dictionary()
    assert (compute(bundle, told["residents"].formula).status == OBSERVED).all()
    assert (compute(bundle, told["loans"].formula).status == ESTIMATED).all()
    assert (compute(bundle, told["trust"].formula).status == MISSING).all()


def test_ages_moves_and_lives_are_those_of_the_bundle() -> None:
    bundle = shipped_bundle()
    assert figure(bundle, "ages_0_100").values == pytest.approx(figure(bundle, "residents").values)
    assert figure(bundle, "net_moves_0_100").values.sum() == pytest.approx(0.0, abs=3000.0)
    assert figure(bundle, "years_left_at_65").values.mean() == pytest.approx(20.0, abs=1.0)
    assert figure(bundle, "death_15_64").values.mean() == pytest.approx(0.1, abs=0.03)


def test_åland_is_not_compared_where_its_tasks_differ(standing: Standing) -> None:
    told = {one.indicator.id: one for one in evaluate(municipality("Mariehamn"), standing=standing).readings}
    assert np.isfinite(told["income_tax_rate"].value)
    assert np.isnan(told["income_tax_rate"].percentile)
    assert told["turnout"].status == "missing"  # it votes separately: the fact there fills a gap


def test_an_area_is_the_mean_of_what_has_a_direction(standing: Standing) -> None:
    read = evaluate(municipality("Närpes"), standing=standing)
    for area in areas():
        scores = [one.score for one in read.of_area(area) if np.isfinite(one.score)]
        assert read.areas[area] == pytest.approx(np.mean(scores) if scores else np.nan, nan_ok=True)


def test_self_chosen_peers_change_the_comparison_with_peers_alone(standing: Standing) -> None:
    m = municipality("Närpes")
    peers = [municipality(name) for name in ("Helsinki", "Espoo", "Tampere")]
    own, nearest = evaluate(m, peers, standing), evaluate(m, standing=standing)
    assert [one.percentile for one in own.readings] == pytest.approx(
        [one.percentile for one in nearest.readings], nan_ok=True
    )
    assert own.own_peers
    assert own.readings[IDS.index("residents")].peer_percentile == 0.0
    assert own.peers == tuple(peers)


def test_the_best_quarter_of_five_by_hand() -> None:
    values = np.array([10.0, 20.0, 30.0, 40.0, 50.0, np.nan])
    assert best_quarter(values, "higher") == 40.0
    assert best_quarter(values, "lower") == 20.0
    assert np.isnan(best_quarter(values, "neither"))
    assert BEST_QUARTER == 75.0


def test_shrinking_municipalities_can_score_high(standing: Standing) -> None:
    """Among those that lose residents some are over 70 in the mean of areas, and in the resource base."""
    shrinking = standing.values[:, IDS.index("population_trend")] < -2.0
    known = np.isfinite(standing.areas).any(axis=0)
    overall = standing.areas[:, known].mean(axis=1)
    assert (overall[shrinking] > 70.0).sum() >= 5
    assert (standing.dimensions[shrinking, DIMENSIONS.index("resources")] > 70.0).any()


def test_losing_residents_alone_changes_no_score(standing: Standing) -> None:
    """The past is larger, the present the same: the trend is another, every score is as it was."""
    shipped, place = shipped_bundle(), municipality("Närpes").index
    past = shipped["history_population"].copy()
    past[place, :-1] *= 1.5
    changed = evaluate_all(replace(shipped, arrays={**shipped.arrays, "history_population": past}))
    assert changed.values[place, IDS.index("population_trend")] < -30.0
    assert np.array_equal(changed.areas, standing.areas, equal_nan=True)
    assert np.array_equal(changed.dimensions, standing.dimensions, equal_nan=True)


def test_a_municipality_keeps_its_bundle(standing: Standing) -> None:
    assert all(
        isinstance(one, Municipality) for one in evaluate(municipality("545"), standing=standing).peers
    )
