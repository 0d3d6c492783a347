import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framsyn.errors import FramsynError
from framsyn.evaluate.cloud import NOTHING, Measured, combine, distances_of, draw, nearest_shares
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.position import Position, position
from framsyn.evaluate.standing import Standing, evaluate_all
from framsyn.evaluate.visions import (
    assumptions,
    dimensions,
    places,
    projection,
    projections,
    vision_places,
)
from framsyn.foresee.postures import VISIONS
from framsyn.places.municipality import municipalities, municipality

UNIFORM_SD = 100.0 / np.sqrt(12.0)


@pytest.fixture(scope="module")
def standing() -> Standing:
    return evaluate_all()


@pytest.fixture(scope="module")
def told(standing: Standing) -> Position:
    return position(municipality("Närpes"), standing=standing)


def at(vision: str, sd: float = 5.0) -> dict[str, tuple[float, float]]:
    return {
        one: (float(place), sd)
        for one, place in zip(DIMENSIONS, places()[VISIONS.index(vision)], strict=True)
    }


def test_every_vision_has_a_place_with_words_a_mark_and_a_reading() -> None:
    assert {(one.vision, one.dimension) for one in vision_places()} == {
        (vision, dimension) for vision in VISIONS for dimension in DIMENSIONS
    }
    assert all(one.mark in ("stated", "inferred") for one in vision_places())
    assert all(one.words and one.reading and 0.0 <= one.place <= 100.0 for one in vision_places())


def test_a_municipality_that_answers_as_a_vision_is_placed_there(standing: Standing) -> None:
    """One of the weaker, a middling and one of the stronger by data, which may speak against the answers."""
    order = np.argsort(standing.dimensions[:, DIMENSIONS.index("resources")], kind="stable")
    for place in order[[31, 154, 277]]:
        m = municipalities()[int(place)]
        for vision in VISIONS:
            found = position(m, at(vision), standing=standing)
            assert found.nearest == vision
            # The weakest by data is not wholly believed when it answers as one with plenty.
            assert found.probabilities[vision] > 0.85, (m, vision)


def test_nine_municipalities_of_ten_are_placed_where_they_answer_whatever_their_data(
    standing: Standing,
) -> None:
    for vision in VISIONS:
        found = [
            position(m, at(vision), draws=200, standing=standing).nearest == vision
            for m in municipalities()[::12]
        ]
        assert np.mean(found) >= 0.9, vision


def test_probabilities_sum_to_one_and_come_in_order(told: Position) -> None:
    shares = [one.probability for one in told.visions]
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert set(told.probabilities) == set(VISIONS)


def test_without_self_assessment_foresight_is_open_over_the_whole_scale(told: Position) -> None:
    foresight = told.basis["foresight"]
    assert foresight.kind == "nothing"
    assert foresight.combined == NOTHING
    assert told.sd["foresight"] == pytest.approx(UNIFORM_SD, rel=0.03)
    assert told.sd["foresight"] > told.sd["engagement"] > told.sd["resources"]
    assert told.basis["engagement"].kind == told.basis["resources"].kind == "data"


def test_where_turnout_is_not_published_nothing_is_known_of_engagement(standing: Standing) -> None:
    found = position(municipality("Mariehamn"), standing=standing)
    assert found.basis["engagement"].kind == "nothing"
    assert found.sd["engagement"] == pytest.approx(UNIFORM_SD, rel=0.03)


def test_data_and_answers_are_weighed_by_precision() -> None:
    """60 ± 10 and 30 ± 5: weights 1/100 and 1/25, so 0.2·60 + 0.8·30 = 36 with variance 1/0.05 = 20."""
    both = combine(Measured(60.0, 10.0), Measured(30.0, 5.0))
    assert both.mean == pytest.approx(36.0)
    assert both.sd == pytest.approx(np.sqrt(20.0))
    assert combine(NOTHING, Measured(30.0, 5.0)) == Measured(30.0, 5.0)
    assert combine(NOTHING, NOTHING) == NOTHING


def test_the_stated_spreads_are_used(standing: Standing) -> None:
    m = municipality("Närpes")
    found = position(m, {"resources": (40.0, 6.0)}, standing=standing)
    basis = found.basis["resources"]
    count = basis.indicators
    shared, single = dimensions()["resources"].shared_sd, assumptions()["single_sd"]
    assert basis.data.sd == pytest.approx(np.sqrt(shared**2 + single**2 / count))
    assert basis.assessment.sd == pytest.approx(np.sqrt(6.0**2 + assumptions()["assessment_sd"] ** 2))
    assert basis.kind == "both"
    assert found.basis["foresight"].kind == "nothing"
    assert basis.data.mean == standing.dimensions[m.index, DIMENSIONS.index("resources")]


def test_the_cloud_is_a_normal_law_within_the_scale() -> None:
    cloud = draw([Measured(50.0, 5.0), Measured(2.0, 10.0), NOTHING], 20_000, 3)
    assert cloud.min() >= 0.0
    assert cloud.max() <= 100.0
    assert cloud[:, 0].mean() == pytest.approx(50.0, abs=0.2)
    assert cloud[:, 0].std() == pytest.approx(5.0, rel=0.03)
    ratio = np.exp(-0.02) / np.sqrt(2.0 * np.pi) / 0.579259709439103  # φ(−0.2)/(1 − Φ(−0.2))
    assert cloud[:, 1].mean() == pytest.approx(2.0 + 10.0 * ratio, abs=0.2)
    assert np.histogram(cloud[:, 2], 4, (0.0, 100.0))[0] / 20_000 == pytest.approx(0.25, abs=0.02)


def test_the_same_seed_gives_the_same_cloud_and_fewer_draws_its_beginning(standing: Standing) -> None:
    m = municipality("Närpes")
    whole, again = (position(m, standing=standing, seed=7) for _ in range(2))
    assert np.array_equal(whole.cloud, again.cloud)
    assert repr(whole.movers) == repr(again.movers)  # what is not known is NaN, which no NaN equals
    assert np.array_equal(position(m, standing=standing, seed=7, draws=50).cloud, whole.cloud[:50])
    assert not np.array_equal(position(m, standing=standing, seed=8).cloud, whole.cloud)


def test_distances_and_nearest_by_hand() -> None:
    at_lazy = places()[VISIONS.index("lazy")]
    cloud = np.stack([at_lazy, at_lazy, at_lazy, places()[VISIONS.index("focused")]])
    apart = distances_of(cloud)
    assert apart[0, VISIONS.index("lazy")] == 0.0
    # (85 − 25)² + (85 − 35)² + (85 − 65)²
    assert apart[0, VISIONS.index("engaging")] == pytest.approx(np.sqrt(60.0**2 + 50.0**2 + 20.0**2))
    assert nearest_shares(cloud) == pytest.approx([0.0, 0.25, 0.75, 0.0])


def test_gaps_and_distances_are_told_for_every_vision(told: Position) -> None:
    for one in told.visions:
        place = places()[VISIONS.index(one.vision)]
        assert one.low <= one.distance <= one.high
        for column, dimension in enumerate(DIMENSIONS):
            assert one.gaps[dimension] == pytest.approx(place[column] - told.mean[dimension])


def test_a_dimension_moved_towards_a_vision_makes_it_likelier(standing: Standing) -> None:
    middle = dict.fromkeys(DIMENSIONS, (50.0, 5.0))
    found = position(municipality("Närpes"), middle, standing=standing)
    for one in found.movers[:3]:
        assert one.kind == "dimension"
        assert one.shift == pytest.approx(assumptions()["step"], abs=0.5)
        assert one.probabilities["engaging"] > found.probabilities["engaging"]
        assert one.change == pytest.approx(
            one.probabilities[found.nearest] - found.probabilities[found.nearest]
        )


def test_an_indicator_moves_its_dimension_by_its_share(standing: Standing) -> None:
    """Puolanka's turnout is all that is known of its engagement: it moves more than one of seven does."""
    found = position(municipality("Puolanka"), standing=standing)
    indicators = [one for one in found.movers if one.kind == "indicator"]
    assert indicators[0].id == "turnout"
    assert indicators[0].target > indicators[0].value
    assert [one.shift for one in indicators] == sorted((one.shift for one in indicators), reverse=True)
    answered = position(municipality("Puolanka"), {"engagement": (30.0, 3.0)}, standing=standing)
    after = next(one for one in answered.movers if one.id == "turnout")
    assert after.shift < indicators[0].shift / 2


def test_what_is_missing_moves_nothing(standing: Standing) -> None:
    found = position(municipality("Mariehamn"), standing=standing)
    assert not {"turnout", "trust"} & {one.id for one in found.movers}


@given(
    st.fixed_dictionaries(
        {one: st.tuples(st.floats(0.0, 100.0), st.floats(0.0, 50.0)) for one in DIMENSIONS}
    ),
    st.integers(0, 307),
)
def test_any_assessment_gives_a_cloud_within_the_scale(
    standing: Standing, assessed: dict[str, tuple[float, float]], place: int
) -> None:
    found = position(municipalities()[place], assessed, draws=20, standing=standing)
    assert np.isfinite(found.cloud).all()
    assert found.cloud.min() >= 0.0
    assert found.cloud.max() <= 100.0
    assert sum(found.probabilities.values()) == pytest.approx(1.0)


def test_a_projection_is_found_by_its_id_and_its_hypothesis() -> None:
    assert projection("H1") == projection("resources") == next(iter(projections().values()))
    assert projection("h2").vertical == "engagement"
    with pytest.raises(FramsynError, match="There is no projection H3"):
        projection("H3")


@pytest.mark.parametrize(
    ("assessed", "said"),
    [
        ({"leadership": (50.0, 5.0)}, "There is no dimension leadership"),
        ({"foresight": (120.0, 5.0)}, "mean from 0 to 100"),
        ({"foresight": (50.0, -1.0)}, "at least 0"),
        ({"foresight": (float("nan"), 5.0)}, "mean from 0 to 100"),
        ({"foresight": (50.0, float("inf"))}, "standard deviation"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused(assessed: dict[str, tuple[float, float]], said: str) -> None:
    with pytest.raises(FramsynError, match=said):
        position(municipality("Närpes"), assessed)


@pytest.mark.parametrize(("draws", "seed"), [(0, 1), (100_001, 1), (10, -1)])
def test_draws_and_seeds_out_of_range_are_refused(draws: int, seed: int) -> None:
    with pytest.raises(FramsynError):
        position(municipality("Närpes"), draws=draws, seed=seed)
