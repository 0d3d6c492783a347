import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.peers import PEERS, chosen, features, nearest
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import municipality

ONE = np.ones(1)


def test_the_nearest_by_hand_on_a_line() -> None:
    told = nearest(np.array([[0.0], [1.0], [3.0], [7.0]]), ONE, 2)
    assert told.tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]


def test_a_heavier_feature_counts_more() -> None:
    places = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 3.0]])
    assert nearest(places, np.array([1.0, 1.0]), 1)[0].tolist() == [1]
    assert nearest(places, np.array([9.0, 1.0]), 1)[0].tolist() == [2]


def test_a_feature_that_is_not_known_is_left_out_of_the_distance() -> None:
    places = np.array([[0.0, np.nan], [1.0, 50.0], [2.0, 0.0]])
    assert nearest(places, np.ones(2), 2)[0].tolist() == [1, 2]


def test_equals_come_in_their_order_and_nobody_is_their_own_peer() -> None:
    assert nearest(np.zeros((4, 1)), ONE, 3).tolist() == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]]


def test_every_real_municipality_has_its_peers() -> None:
    likeness, weights = features(shipped_bundle())
    told = nearest(likeness, weights)
    assert told.shape == (308, PEERS)
    assert np.nanmean(likeness, axis=0) == pytest.approx(0.0, abs=1e-9)
    for place, others in enumerate(told):
        assert place not in others
        assert len(set(others.tolist())) == PEERS


def test_large_cities_are_peers_of_large_cities() -> None:
    told = nearest(*features(shipped_bundle()))
    names = shipped_bundle()["name_fi"]
    helsinki = municipality("Helsinki").index
    assert {"Tampere", "Espoo"} <= {str(names[one]) for one in told[helsinki]}


def test_self_chosen_peers_are_told_once_without_the_municipality_itself() -> None:
    names = ("Malax", "Närpes", "Korsnäs", "Malax", "Kaskö")
    told = chosen(municipality("Närpes"), [municipality(name) for name in names])
    assert [str(shipped_bundle()["name_sv"][one]) for one in told] == ["Malax", "Korsnäs", "Kaskö"]


def test_too_few_peers_are_refused() -> None:
    with pytest.raises(FramsynError, match="at least 3 peers"):
        chosen(municipality("Närpes"), [municipality("Malax"), municipality("Närpes")])
