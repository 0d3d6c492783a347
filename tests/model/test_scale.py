"""Scale and remanence by hand: what falls behind falling need, and what few users cost."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.layout import Place
from framsyn.model.life import Life
from framsyn.model.services import dearer, follow_users, other_costs, renewal, school_costs
from framsyn.model.start import new_life

from .lives import a_place, effects_with

EFFECTS = effects_with()


def a_life(users: float = 1000.0) -> Life:
    """A thousand users of everything in the base year, with a place for each, of whom `users` are left."""
    life = new_life(2)
    life.base[layout.B_NEED : layout.B_NEED + layout.AREAS] = 1000.0
    life.sized[:], life.capacity[:], life.levers[:] = 1000.0, 1000.0, 1.0
    life.users[:] = users
    return life


def test_of_a_fall_in_need_fifty_five_hundredths_stay_the_next_year_and_a_tenth_for_good() -> None:
    life = a_life(800.0)
    stays = []
    for _ in range(40):
        follow_users(EFFECTS, life)
        assert (life.sized == life.sized[0]).all()
        stays.append((life.sized[layout.CULTURE] - 800.0) / 200.0)
    assert stays[:4] == pytest.approx([0.55, 0.325, 0.2125, 0.15625])
    assert stays[-1] == pytest.approx(0.1)


def test_growth_is_followed_at_once() -> None:
    life = a_life(1200.0)
    follow_users(EFFECTS, life)
    assert life.sized.tolist() == [1200.0] * layout.AREAS


def test_where_places_are_closed_nothing_of_the_fall_lasts() -> None:
    life = a_life(800.0)
    life.capacity[:] = 800.0
    for _ in range(60):
        follow_users(EFFECTS, life)
    np.testing.assert_allclose(life.sized[: layout.SCHOOLS], 800.0)
    np.testing.assert_allclose(life.sized[layout.SCHOOLS :], 820.0)


@pytest.mark.parametrize(
    ("area", "elasticities"),
    [
        (layout.EARLY_CHILDHOOD, (-0.17, 0.02, 0.01)),
        (layout.BASIC_EDUCATION, (-0.22, -0.09, 0.0)),
        (layout.LIBRARY, (-0.2, -0.14, 0.0)),
        (layout.ADMINISTRATION, (-0.36, -0.25, 0.06)),
        (layout.ENVIRONMENT, (0.0, 0.0, 0.0)),
        (layout.UPPER_SECONDARY, (0.0, 0.0, 0.0)),
    ],
)
def test_users_cost_more_the_fewer_they_are_by_class_of_size(
    area: int, elasticities: tuple[float, float, float]
) -> None:
    for size, elasticity in enumerate(elasticities):
        place = a_place()._replace(size_class=size)
        assert dearer(area, place, EFFECTS, a_life(800.0)) == pytest.approx(0.8**elasticity)
        assert dearer(area, place, EFFECTS, a_life()) == 1.0


def test_no_group_is_smaller_than_the_least() -> None:
    life, place = a_life(3.0), a_place()._replace(size_class=0)
    life.base[layout.B_NEED + layout.BASIC_EDUCATION] = 40.0
    assert dearer(layout.BASIC_EDUCATION, place, EFFECTS, life) == pytest.approx(0.5**-0.22)


def small() -> Place:
    return a_place()._replace(size_class=0)


def test_a_school_of_fewer_pupils_costs_by_scale_and_remanence() -> None:
    life, place = a_life(800.0), small()
    follow_users(EFFECTS, life)
    school_costs(place, EFFECTS, life)
    gross = place.costs[layout.BASIC_EDUCATION] + place.incomes[layout.BASIC_EDUCATION]
    # Spending is sized for 910 pupils, each 0.8^−0.22 times as dear.
    assert life.gross[layout.BASIC_EDUCATION] == pytest.approx(gross * 0.91 * 0.8**-0.22)
    assert life.staffed[layout.BASIC_EDUCATION] == pytest.approx(life.gross[layout.BASIC_EDUCATION])


def test_pupils_without_a_place_are_bought_dearer() -> None:
    life, place = a_life(1100.0), a_place()._replace(size_class=2)
    follow_users(EFFECTS, life)
    school_costs(place, EFFECTS, life)
    gross = place.costs[layout.BASIC_EDUCATION] + place.incomes[layout.BASIC_EDUCATION]
    assert life.staffed[layout.BASIC_EDUCATION] == pytest.approx(gross)
    assert life.gross[layout.BASIC_EDUCATION] == pytest.approx(gross * (1.0 + 0.1 * 1.2))


def test_other_services_cost_by_users_scale_ambition_and_planning() -> None:
    life, place = a_life(800.0), small()
    follow_users(EFFECTS, life)
    life.levers[layout.AMBITION + layout.LIBRARY] = 1.5
    life.levers[layout.PLANNING], life.levers[layout.ENGAGEMENT] = 0.5, 7.0
    other_costs(place, EFFECTS, 9000.0, life)
    gross = place.costs + place.incomes
    assert life.gross[layout.LIBRARY] == pytest.approx(gross[layout.LIBRARY] * 0.91 * 0.8**-0.2 * 1.5)
    assert life.gross[layout.ADMINISTRATION] == pytest.approx(
        gross[layout.ADMINISTRATION] * 0.91 * 0.8**-0.36
    )
    spared = 48.0 * 0.5 * 9000.0
    assert life.gross[layout.ENVIRONMENT] == pytest.approx(gross[layout.ENVIRONMENT] * 0.91 - spared)
    assert life.gross[layout.PARTICIPATION] == pytest.approx(7.0 * 9000.0)


def test_what_a_base_year_invests_beyond_wear_and_growth_is_forgotten_in_a_few_years() -> None:
    place = a_place(investment=1000.0, depreciation=400.0)
    place = place._replace(people_expected=np.array([100.0, 100.05]))
    life = a_life()
    # Wear is 1.25 × 400 €, growth 0.05 × 5,200 €: 240 € are beyond, of which 0.42 are left each year.
    beyond = [renewal(year, place, EFFECTS, life.levers) - 500.0 for year in (1, 2, 3)]
    assert beyond == pytest.approx([240.0, 240.0 * 0.42, 240.0 * 0.42**2])
    life.levers[layout.UPKEEP], life.levers[layout.INVESTMENT_KEPT] = 0.5, 0.0
    assert renewal(1, place, EFFECTS, life.levers) == pytest.approx(250.0)
