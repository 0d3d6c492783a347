import numpy as np
import pytest

from framsyn.evaluate.strength import figures, past_residents, ranks, strength, tenths
from framsyn.places.bundle import shipped_bundle


def test_ranks_go_from_nought_to_one_and_equals_are_equal() -> None:
    assert ranks(np.array([5.0, 1.0, 3.0])).tolist() == [1.0, 0.0, 0.5]
    assert ranks(np.array([1.0, 1.0, 1.0])).tolist() == [0.5, 0.5, 0.5]


def test_what_is_not_known_has_no_rank() -> None:
    told = ranks(np.array([2.0, np.nan, 1.0]))
    assert np.isnan(told[1])
    assert told[[0, 2]].tolist() == [1.0, 0.0]


def test_every_municipality_has_a_strength_between_nought_and_one() -> None:
    told = strength(shipped_bundle())
    assert np.all((told > 0.0) & (told < 1.0))
    assert told.std() > 0.1


def test_the_tax_of_a_self_governing_region_is_not_compared() -> None:
    bundle = shipped_bundle()
    tax = figures(bundle)["tax_rate"]
    assert np.array_equal(np.isnan(tax), ~bundle["state_grant_by_law"].astype(bool))


def test_the_trend_is_of_ten_years() -> None:
    bundle = shipped_bundle()
    years = list(bundle["history_years"])
    assert np.array_equal(
        past_residents(bundle), bundle["history_population"][:, years.index(bundle.base_year - 10)]
    )


def test_tenths_hold_every_place_once_the_weakest_first() -> None:
    values = np.array([0.9, 0.1, *np.linspace(0.2, 0.8, 18)])
    parts = tenths(values)
    assert sorted(place for part in parts for place in part) == list(range(20))
    assert parts[0][0] == 1
    assert len(parts) == 10
    assert values[parts[-1]].max() == pytest.approx(0.9)
