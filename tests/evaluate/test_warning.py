"""Early warning: probabilities of the criteria counted by hand, and drivers that are there."""

import numpy as np
import pytest

from framsyn.errors import FramsynError
from framsyn.evaluate.criteria import CRITERIA, met_in
from framsyn.evaluate.drivers import drivers, values_of, variables, world_variables
from framsyn.evaluate.spiral import share_of
from framsyn.evaluate.warning import EarlyWarning, early_warning
from framsyn.foresee.setting import Drawn
from framsyn.foresee.starts import starts
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import DEFICIT_TOO_LARGE, DEFICIT_UNCOVERED, FOUR_LIMITS, INDICATORS, WORLD_COLUMNS
from framsyn.places.municipality import municipality

DRAWS = 60


def made_drawn(draws: int, years: int = 3, seed: int = 3) -> Drawn:
    """Worlds of pure noise."""
    generator = np.random.default_rng(seed)
    return Drawn(
        generator.normal(size=(draws, years + 1, WORLD_COLUMNS)),
        generator.normal(size=(draws, len(COEFFICIENTS))),
        generator.normal(size=(draws, len(starts()))),
    )


@pytest.fixture(scope="module")
def told() -> EarlyWarning:
    return early_warning(municipality("Joutsa"), ("as_is", "given_up"), 12, DRAWS)


def test_a_life_that_meets_several_criteria_counts_once() -> None:
    records = np.zeros((4, 3, INDICATORS))
    records[0, 1, [DEFICIT_UNCOVERED, DEFICIT_TOO_LARGE]] = 1.0
    records[1, 2, FOUR_LIMITS] = 1.0
    records[2, 0, FOUR_LIMITS] = 1.0  # the base year is no warning
    assert met_in(records).sum(axis=0).tolist() == [1, 1]
    assert met_in(records).any(axis=1).tolist() == [True, True, False, False]
    assert met_in(records, CRITERIA[2]).sum() == 1


def test_the_interval_of_a_share_is_wilson_s() -> None:
    # 2 of 10 at 80 %: 0.0821 less than the middle, by hand from Wilson's formula.
    share = share_of(np.arange(10) < 2)
    z2 = 1.2815515655446004**2
    middle = (0.2 + z2 / 20) / (1 + z2 / 10)
    half = (z2 * (0.16 / 10 + z2 / 400)) ** 0.5 / (1 + z2 / 10)
    assert share == pytest.approx((0.2, middle - half, middle + half))


def test_probabilities_are_shares_of_the_lives_and_any_is_at_least_each(told: EarlyWarning) -> None:
    for one in told.postures.values():
        for criterion in CRITERIA:
            for each, whole in zip(one.by_year[criterion], one.by_year["any"], strict=True):
                assert each.low <= each.value <= each.high
                assert each.value <= whole.value
            assert one.ever[criterion].value >= max(year.value for year in one.by_year[criterion])
        assert round(one.ever["any"].value * DRAWS, 6).is_integer()
    assert told.years == tuple(range(2026, 2038))


def test_drivers_are_told_only_where_both_kinds_of_lives_are_enough(told: EarlyWarning) -> None:
    for one in told.postures.values():
        met = round(one.ever["any"].value * DRAWS)
        assert one.told_apart == (min(met, DRAWS - met) >= 10)
        assert one.told_apart or not one.drivers
    assert told.turn_draws == DRAWS


def test_spiral_and_turning_stand_beside_where_they_can_be_told(told: EarlyWarning) -> None:
    assert told.postures["as_is"].spiral is None
    assert told.postures["given_up"].spiral is not None
    assert told.postures["given_up"].turning is not None
    short = early_warning(municipality("Joutsa"), ("given_up", "engaging"), 3, 20)
    assert short.postures["given_up"].spiral is None
    assert short.postures["given_up"].turning is None


def test_a_variable_that_decides_who_fails_is_the_driver_with_its_value() -> None:
    drawn = made_drawn(1000)
    interest = drawn.worlds[:, 1:, layout.W_INTEREST].mean(axis=1)
    found = drivers(drawn, interest < -0.3)
    assert (found[0].variable.id, found[0].variable.kind) == ("interest", "world")
    assert not found[0].rises
    assert (found[0].low, found[0].high) == (1.0, 0.0)
    assert found[0].half_at == pytest.approx(-0.3, abs=0.05)


def test_noise_is_told_as_a_driver_as_seldom_as_promised() -> None:
    told = [bool(drivers(made_drawn(200, seed=seed), np.arange(200) % 4 == 0)) for seed in range(60)]
    assert np.mean(told) <= 0.12  # 5 % promised


def test_a_handful_of_cases_tells_nothing() -> None:
    drawn = made_drawn(400)
    assert drivers(drawn, drawn.effects[:, 0] > np.sort(drawn.effects[:, 0])[-6]) == ()


def test_every_column_of_a_world_has_its_name() -> None:
    # The tilt's factors on single kinds of ages follow from the tilt.
    assert len(world_variables()) == layout.W_TILTS
    assert world_variables()[layout.W_MERGER].id == "merger"
    assert world_variables()[layout.W_INTEREST].id == "interest"
    assert world_variables()[layout.W_ONE_OFF].id == "one_off"
    assert values_of(made_drawn(2)).shape == (2, len(variables()))


def test_an_unknown_posture_is_refused() -> None:
    with pytest.raises(FramsynError, match="no posture sleepy"):
        early_warning(municipality("Joutsa"), ("sleepy",), 3, 20)
