"""Causes switched one by one: each acts on something, and leaves alone what it does not name."""

from functools import cache

import numpy as np
import pytest

from framsyn.evaluate.causes import Cause, switched
from framsyn.evaluate.reversion import expected_paths
from framsyn.evaluate.switches import columns_without, course_without, effects_without, world_without
from framsyn.foresee.postures import shipped, strategy_of
from framsyn.foresee.setting import Setting, prepare
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS, DECLINE_TO_TAX, LOAN_CEILING
from framsyn.model.course import Strategy
from framsyn.model.layout import Floats
from framsyn.model.oversight import above_ceiling
from framsyn.places.municipality import municipality

YEARS, DRAWS = 20, 8
BASELINE = "as_is"
IDS = tuple(cause.id for cause in switched())


@cache
def setting() -> Setting:
    """A municipality with heavy loans, so that the end of the road is reached."""
    return prepare(municipality("Puolanka"), YEARS)


@cache
def busy() -> Strategy:
    """A policy that decides something of everything."""
    (phase,) = strategy_of(shipped()["lazy"])
    rule = phase.rule._replace(integration=30.0, planning=1.5, housing=60.0, digital=40.0, upkeep=0.4)
    return (phase._replace(rule=rule),)


def cause_of(identity: str) -> Cause:
    return next(cause for cause in switched() if cause.id == identity)


@cache
def simulated(off: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Records of the baseline and of the policy with some causes off."""
    without = [cause_of(identity) for identity in off]
    drawn = setting().draw(range(DRAWS))
    world = world_without(setting(), drawn, without, expected_paths(setting()))
    baseline, own = (
        course_without(world.setting, strategy, without, world.ageing)
        for strategy in (strategy_of(shipped()[BASELINE]), busy())
    )
    reference = world.setting.live(world.drawn, baseline)
    return reference, world.setting.live(world.drawn, own, reference)


@pytest.mark.parametrize("identity", IDS)
def test_every_cause_acts_on_something(identity: str) -> None:
    assert not np.array_equal(simulated((identity,))[1], simulated(())[1], equal_nan=True)


@pytest.mark.parametrize("identity", [cause.id for cause in switched() if cause.beyond_baseline])
def test_what_answers_only_to_differences_leaves_the_baseline_alone(identity: str) -> None:
    np.testing.assert_allclose(simulated((identity,))[0], simulated(())[0], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("identity", "column"),
    [
        ("homes", layout.HOUSE_PRICE_INDEX),
        ("skills", layout.SKILLS),
        ("one_off", layout.FINANCIAL_INCOME),
        ("integration", layout.LEVER_INTEGRATION),
        ("land", layout.LEVER_HOUSING),
        ("land", layout.LEVER_PLANNING),
        ("decline", layout.INCOME_TAX_RATE),
        ("size", layout.COST + layout.ADMINISTRATION),
        ("bill", layout.COST + layout.EMPLOYMENT),
        ("labour", layout.JOBS),
        ("jobs", layout.UNEMPLOYMENT_RATE),
        ("reversion", layout.UNEMPLOYMENT_RATE),
        ("end_of_road", layout.MERGED),
        ("community", layout.COST + layout.CULTURE),
        ("immigrants", layout.FOREIGN_LANGUAGE),
        ("moves", layout.MOVES_OUT),
    ],
)
def test_a_cause_acts_on_what_it_is_named_after(identity: str, column: int) -> None:
    assert np.any(simulated((identity,))[1][:, 1:, column] != simulated(())[1][:, 1:, column])


def test_with_homes_off_prices_stay_and_with_the_end_off_nobody_merges() -> None:
    assert np.all(simulated(("homes",))[1][..., layout.HOUSE_PRICE_INDEX] == 100.0)
    assert np.all(simulated(("end_of_road",))[1][..., layout.MERGED] == 0.0)


def test_without_shocks_unemployment_takes_its_expected_course_in_every_draw() -> None:
    rates = simulated(("jobs", "labour"))[0][..., layout.UNEMPLOYMENT_RATE]
    path = expected_paths(setting())[layout.W_UNEMPLOYMENT]
    assert rates[:, 1:] == pytest.approx(np.tile(100.0 / (1.0 + np.exp(-path[1:])), (DRAWS, 1)))


def test_without_reversion_only_shocks_to_the_logit_are_left() -> None:
    worlds = setting().draw(range(DRAWS)).worlds
    paths = expected_paths(setting())
    changed = columns_without(setting(), worlds, [cause_of("reversion")], paths)
    path, market = paths[layout.W_UNEMPLOYMENT], setting().market
    shocks = worlds[..., layout.W_UNEMPLOYMENT] - path
    assert changed[..., layout.W_UNEMPLOYMENT] == pytest.approx(market.base + shocks)
    # By hand: the country's own logit less its expected reversion, as a rate against the base year's.
    base = 1.0 / (1.0 + np.exp(-(market.country_mean + market.national)))
    rate, expected = (
        values * base
        for values in (worlds[0, 5, layout.W_COUNTRY_UNEMPLOYMENT], paths[layout.W_COUNTRY_UNEMPLOYMENT][5])
    )
    shock = np.log(rate / (1 - rate)) - np.log(expected / (1 - expected))
    rate_then = 1.0 / (1.0 + np.exp(-(market.country_mean + market.national + shock)))
    assert changed[0, 5, layout.W_COUNTRY_UNEMPLOYMENT] == pytest.approx(rate_then / base)


def test_without_shocks_and_reversion_every_column_of_unemployment_stays_at_the_base_year() -> None:
    worlds = setting().draw(range(DRAWS)).worlds
    off = [cause_of("jobs"), cause_of("reversion")]
    changed = columns_without(setting(), worlds, off, expected_paths(setting()))
    for column in (layout.W_UNEMPLOYMENT, layout.W_COUNTRY_UNEMPLOYMENT, layout.W_JOBS):
        assert np.all(changed[..., column] == worlds[:, :1, column])
    assert worlds[0, 0, layout.W_UNEMPLOYMENT] == pytest.approx(setting().market.base)


def test_effects_are_held_at_nothing_or_at_the_value_that_is_stated() -> None:
    drawn = setting().draw(range(2)).effects
    held = effects_without(drawn, [cause_of("decline"), cause_of("end_of_road")])
    assert np.all(held[:, DECLINE_TO_TAX] == 0.0)
    assert above_ceiling(np.full(layout.INDICATORS, 1e9), held[0]) == 0.0
    assert np.all(held[:, LOAN_CEILING] > 1e9)
    changed = np.flatnonzero(np.any(held != drawn, axis=0))
    named = {column for identity in ("decline", "end_of_road") for column, _ in cause_of(identity).effects}
    assert set(changed) <= named


def test_no_effect_is_held_by_two_causes() -> None:
    held = [COEFFICIENTS[column] for cause in switched() for column, _ in cause.effects]
    assert len(held) == len(set(held))


def test_every_world_column_is_some_cause_or_people_or_chance() -> None:
    held = {column for cause in switched() for column in cause.world}
    people = {
        layout.W_FERTILITY,
        layout.W_MORTALITY,
        layout.W_MOVES_IN,
        layout.W_MOVES_OUT,
        layout.W_IMMIGRATION,
        layout.W_EMIGRATION,
        *range(layout.W_TILTS, layout.W_AREA_COSTS),
        layout.W_TILT,
    }
    # What chance decides acts only through the end of the road, which is a cause.
    chance = {layout.W_PROCEDURE, layout.W_DISCRETIONARY, layout.W_MERGER}
    assert held | people | chance == set(range(layout.WORLD_COLUMNS))
    assert not held & (people | chance)
