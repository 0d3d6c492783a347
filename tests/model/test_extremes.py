"""What must hold whatever the draw, and what must come out where a lever is driven to its end."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.foresee.postures import VISIONS
from framsyn.model import layout
from framsyn.model.layout import Floats

from .lives import (
    a_place,
    calm_rates,
    effects_with,
    growing_worlds,
    live,
    live_against,
    pinned_as_today,
    some_worlds,
    wild_effects,
    with_lever,
)

SHARES = (
    *(layout.VACANCY, layout.LONG_TERM, layout.FOREIGN_LANGUAGE),
    *(layout.EXCLUSION, layout.YOUTH_OUTSIDE, layout.BASIC_ONLY),
)
COUNTS = (
    *(layout.LOANS, layout.CASH, layout.HOMES, layout.HOMES_COMPLETED),
    *(layout.JOBS, layout.OFFENCES, layout.IN_COMMUTERS, layout.OUT_COMMUTERS),
)
INDICES = (layout.TURNOUT, layout.TRUST, layout.COHESION, layout.COOPERATION, layout.SAFETY_FELT)
STATES = (layout.PROCEDURE, layout.MERGED, *range(layout.DEFICIT_UNCOVERED, layout.FOUR_LIMITS + 1))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    corners=st.booleans(),
    islands=st.sampled_from([0.0, 1.0]),
    size=st.sampled_from([0, 1, 2]),
)
def test_fifty_years_are_finite_and_within_bounds_whatever_the_effects(
    seed: int, corners: bool, islands: float, size: int
) -> None:
    rng = np.random.default_rng(seed)
    place = a_place(self_governing=islands)._replace(size_class=size)
    effects = wild_effects(rng, 3, corners)
    lived = live(VISIONS, place, calm_rates(50), some_worlds(rng, 3, 50), effects)
    for one in lived.values():
        record = one.record[:, 1:]
        assert np.isfinite(record).all()
        assert (record[..., layout.POPULATION] > 0.0).all()
        assert (record[..., layout.BIRTHS : layout.EMIGRATION + 1] >= 0.0).all()
        for column in COUNTS:
            assert (record[..., column] >= 0.0).all()
        for column in (*SHARES, *INDICES):
            assert (record[..., column] >= 0.0).all()
            assert (record[..., column] <= 100.0).all()
        assert (record[..., layout.UNEMPLOYMENT_RATE] > 0.0).all()
        assert (record[..., layout.UNEMPLOYMENT_RATE] < 100.0).all()
        assert (record[..., layout.HOUSE_PRICE_INDEX] >= 15.0).all()
        assert np.isin(record[..., STATES], (0.0, 1.0)).all()
        assert (np.diff(record[..., layout.MERGED], axis=1) >= 0.0).all()
        assert (record[..., layout.MERGED] * record[..., layout.PROCEDURE] == 0.0).all()


YEARS = 20


def change(levers: dict[int, float], **effects: float) -> Floats:
    """Change of the last year's record [indicator] against the baseline, share, in a growing tight market."""
    today = pinned_as_today(YEARS)
    course = today
    for lever, value in levers.items():
        course = with_lever(course, lever, value)
    place = a_place(house_price=3000.0, vacancy=0.05)
    worlds = growing_worlds(1, YEARS)
    reference, record = live_against(today, [course], place, effects_with(**effects)[None], worlds)
    then = reference[0, -1]
    return np.where(then == 0.0, 0.0, (record[0, -1] - then) / np.where(then == 0.0, 1.0, np.abs(then)))


TENTH = {layout.AMBITION + area: 0.1 for area in range(layout.SERVICES)}


def test_a_tenth_of_all_services_drives_people_away() -> None:
    """It rests on the row of services that collapse, which nobody has seen."""
    people = change(TENTH)[layout.POPULATION]
    assert people < -0.05
    assert people < 1.5 * change(TENTH, collapse_of_services=0.0)[layout.POPULATION] < 0.0


def test_ten_points_of_tax_drive_people_away() -> None:
    assert -0.15 < change({layout.TAX_RATE: 18.4})[layout.POPULATION] < -0.01


@pytest.mark.parametrize("lever", [layout.HOUSING, layout.DIGITAL, layout.ENGAGEMENT, layout.INTEGRATION])
def test_a_thousand_euros_a_resident_on_one_thing_brings_no_boom_but_loans(lever: int) -> None:
    found = change({lever: 1000.0})
    assert -0.02 < found[layout.POPULATION] < 0.25
    assert found[layout.LOANS] > 1.0


def test_without_culture_and_sport_trust_falls_and_more_youth_stand_outside() -> None:
    closed = (layout.LIBRARY, layout.ART, layout.CULTURE, layout.SPORT_YOUTH)
    found = change({layout.AMBITION + area: 0.0 for area in closed})
    assert found[layout.TRUST] < -0.1
    assert found[layout.YOUTH_OUTSIDE] > 0.05
    assert found[layout.POPULATION] < 0.0


def test_no_planning_leaves_people_without_homes_where_they_want_to_live() -> None:
    found = change({layout.PLANNING: 0.0})
    assert found[layout.HOMES] < -0.02
    assert found[layout.POPULATION] < -0.01
    assert found[layout.HOUSE_PRICE_INDEX] > 0.0
