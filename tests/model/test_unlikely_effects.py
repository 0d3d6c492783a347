"""Effects far out in their priors: nothing divides by nothing, and the baseline stays the forecast's."""

import numpy as np
import pytest

from framsyn.evidence.register import effect
from framsyn.foresee.postures import VISIONS, postures
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import POPULATION, Floats

from .lives import a_place, calm_rates, course_of, live, live_under, some_worlds

YEARS = 25


def far_out(rng: np.random.Generator, draws: int) -> Floats:
    """Every effect six standard deviations off its median, up or down at random: often on its bound."""
    scores = rng.choice([-6.0, 6.0], (draws, len(COEFFICIENTS)))
    return np.array(
        [[effect(name).at(float(z)) for name, z in zip(COEFFICIENTS, row, strict=True)] for row in scores]
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_baseline_s_people_do_not_depend_on_any_effect(seed: int) -> None:
    rng = np.random.default_rng(seed)
    worlds, effects = some_worlds(rng, 20, YEARS), far_out(rng, 20)
    answering = live((), a_place(), calm_rates(YEARS), worlds, effects)["as_is"].record
    deaf = course_of(postures()["as_is"], YEARS + 1, feedback=0.0)
    alone = live_under(deaf, a_place(), calm_rates(YEARS), worlds, effects, answering)
    np.testing.assert_array_equal(answering[:, :, POPULATION], alone.record[:, :, POPULATION])


def test_every_figure_is_finite_whatever_the_effects() -> None:
    rng = np.random.default_rng(3)
    trajectories = live(VISIONS, a_place(), calm_rates(YEARS), some_worlds(rng, 20, YEARS), far_out(rng, 20))
    for identity, trajectory in trajectories.items():
        assert np.isfinite(trajectory.record[:, 1:]).all(), identity
