import numpy as np
import pytest

from framsyn.evaluate.dictionary import ALL, DIMENSIONS, HIGHER, LOWER, MAINLAND, NEITHER, areas, dictionary
from framsyn.evaluate.figures import figure
from framsyn.evaluate.standing import Standing, evaluate_all
from framsyn.model.indicators import indicators
from framsyn.places.bundle import shipped_bundle


@pytest.fixture(scope="module")
def standing() -> Standing:
    return evaluate_all()


def test_the_areas_are_those_of_the_model() -> None:
    assert set(areas()) == {one.area for one in indicators().values()} | {"welfare"}


def test_every_area_has_an_indicator_with_a_real_value(standing: Standing) -> None:
    real = np.asarray(np.isfinite(standing.values).any(axis=0))
    found = {one.area for one, known in zip(dictionary().values(), real, strict=True) if known}
    assert found == set(areas())


def test_every_row_is_complete() -> None:
    for one in dictionary().values():
        assert one.area in areas(), one.id
        assert one.label, one.id
        assert one.meaning, one.id
        assert one.unit, one.id
        assert one.source, one.id
        assert one.direction in (HIGHER, LOWER, NEITHER), one.id
        assert one.peer_group in (ALL, MAINLAND), one.id
        assert one.dimension in ("", *DIMENSIONS), one.id


def test_every_figure_that_a_row_names_is_there() -> None:
    for one in dictionary().values():
        for term in (*one.formula.above, *one.formula.below):
            assert len(figure(shipped_bundle(), term.removeprefix("-")).values) == 308, one.id


def test_size_and_growth_are_no_yardstick() -> None:
    for name in ("residents", "population_trend", "share_65_plus", "children_per_woman"):
        assert dictionary()[name].direction == NEITHER
        assert dictionary()[name].dimension == ""


def test_what_counts_in_a_dimension_has_a_direction() -> None:
    assert all(one.direction != NEITHER for one in dictionary().values() if one.dimension)


def test_nothing_observable_is_said_of_foresight() -> None:
    assert not any(one.dimension == "foresight" for one in dictionary().values())


def test_what_is_assumed_for_all_says_that_it_is_not_published(standing: Standing) -> None:
    missing = np.asarray(~np.isfinite(standing.values).any(axis=0))
    absent = {one for one, gone in zip(dictionary(), missing, strict=True) if gone}
    assert absent == {
        "repair_debt",
        "participation_money",
        "digital_money",
        "safety_cost",
        "trust",
    }
    assert {one.id for one in dictionary().values() if one.source == "not published"} == absent
