"""Made-up respondents of a vision are placed in it."""

import numpy as np
import pytest

from framsyn.engage.groups import grouped
from framsyn.engage.measures import measured
from framsyn.engage.placement import Placement, place
from framsyn.engage.sample import sampled
from framsyn.engage.scoring import score
from framsyn.engage.statements import expected_scores
from framsyn.engage.synthetic import Noise, synthetic_answers
from framsyn.evaluate.dictionary import DIMENSIONS
from framsyn.evaluate.position import position
from framsyn.evaluate.standing import evaluate_all
from framsyn.evaluate.visions import places
from framsyn.foresee.postures import VISIONS
from framsyn.places.municipality import municipality
from tests.engage.made import answers

ONE = np.zeros((1, 3))


def placed(vision: str, trial: int, noise: Noise) -> Placement | None:
    rng = np.random.default_rng([11, VISIONS.index(vision), trial])
    made = synthetic_answers(vision, 30, rng, noise)
    measures, drawn = sampled(measured(made.values), grouped(made).shown, 2, trial).of_all("groups")
    return place({name: measures[name].mean for name in DIMENSIONS}, drawn[:, :3])


@pytest.mark.parametrize("vision", VISIONS)
def test_thirty_respondents_of_a_vision_are_placed_in_it_nine_times_of_ten(vision: str) -> None:
    noise = Noise(item=1.2, leniency=0.5, dont_know=0.15)
    found = [placed(vision, trial, noise) for trial in range(200)]
    assert sum(one is not None and one.nearest == vision for one in found) >= 180


@pytest.mark.parametrize("vision", VISIONS)
def test_a_mood_that_all_share_misleads_more_than_noise_of_each(vision: str) -> None:
    """What no number of respondents mends: the rate falls, so that the test above can fail."""
    found = [placed(vision, trial, Noise(shared=1.5)) for trial in range(60)]
    assert sum(one is not None and one.nearest == vision for one in found) < 54


def home(vision: str) -> dict[str, float]:
    return dict(zip(DIMENSIONS, places()[VISIONS.index(vision)].tolist(), strict=True))


def test_the_visions_stand_where_the_answers_expected_in_them_lie() -> None:
    for vision in VISIONS:
        assert home(vision) == pytest.approx(expected_scores()[vision], abs=2.5)


@pytest.mark.parametrize("name", ["Närpes", "Puolanka", "Jyväskylä"])
@pytest.mark.parametrize("vision", VISIONS)
def test_made_up_respondents_place_a_municipality_with_its_data_in_their_vision(
    name: str, vision: str
) -> None:
    m, standing = municipality(name), evaluate_all()
    made = [synthetic_answers(vision, 30, np.random.default_rng(trial)) for trial in range(10)]
    found = [position(m, score(one, draws=100).dimensions, 300, standing=standing) for one in made]
    assert sum(one.nearest == vision for one in found) >= 9


@pytest.mark.parametrize("vision", VISIONS)
def test_the_answers_expected_in_a_vision_lie_in_it(vision: str) -> None:
    found = place(home(vision), np.array([list(home(vision).values())]))
    assert found is not None
    assert (found.nearest, found.distances[vision], found.shares[vision]) == (vision, 0.0, 100.0)


def test_a_distance_is_the_root_of_the_mean_square() -> None:
    lazy = home("lazy")
    moved = {"foresight": lazy["foresight"] + 3.0, "engagement": lazy["engagement"] + 4.0}
    found = place(moved, ONE)
    assert found is not None
    assert found.distances["lazy"] == pytest.approx(np.sqrt((9.0 + 16.0) / 2))
    assert found.dimensions == ("foresight", "engagement")


def test_shares_tell_how_often_a_vision_is_nearest() -> None:
    homes = [list(home(vision).values()) for vision in ("lazy", "lazy", "lazy", "focused")]
    found = place(home("lazy"), np.array(homes))
    assert found is not None
    assert found.shares == {"engaging": 0.0, "focused": 25.0, "lazy": 75.0, "given_up": 0.0}


def test_without_a_score_there_is_no_place() -> None:
    assert place({}, ONE) is None


def test_a_place_is_told_from_the_dimensions_that_were_answered() -> None:
    scores = score(answers(["firms"] * 5, [{"foresight": 1}] * 5), draws=100)
    assert scores.placement is not None
    assert scores.placement.dimensions == ("foresight",)
    assert scores.placement.nearest == "given_up"


def test_noise_leaves_what_is_expected_in_the_middle() -> None:
    made = synthetic_answers("given_up", 40, np.random.default_rng(1), Noise(0.0, 0.0, 0.0, 0.0, 0.0))
    found = measured(made.values)[:, :3]
    assert found[0] == pytest.approx([expected_scores()["given_up"][name] for name in DIMENSIONS])
    kinder = synthetic_answers("given_up", 40, np.random.default_rng(1), Noise(0.0, 0.0, 1.0, 0.0, 0.0))
    assert len(set(measured(kinder.values)[:, 0])) == 1  # all alike: the mood is shared
