"""What foresight is worth, what the loop adds, and what a switch of posture changes."""

import numpy as np

from framsyn.foresee.postures import postures
from framsyn.model import layout
from framsyn.model.course import Phase, course_over
from framsyn.model.layout import AGES, INDICATORS, Floats, Rates
from framsyn.model.rule import Rule

from .lives import (
    a_place,
    calm_rates,
    calm_worlds,
    course_of,
    live,
    live_under,
    median_effects,
    some_effects,
    some_people,
    some_worlds,
)


def shrinking_people() -> Floats:
    """About 10 000 people whose cohorts of children are smaller the younger they are."""
    people = some_people()
    people[:, :16] *= np.linspace(0.4, 1.0, 16)
    return people


def still_rates(people: Floats, years: int) -> Rates:
    """Nobody dies before 80 or moves; as many are born as are aged 0 now: what comes can be foreseen."""
    rates = calm_rates(years, moves=0.0)
    mortality = np.where(np.arange(AGES) < 80, 0.0, 0.2)
    fertile = (np.arange(AGES) >= 18) & (np.arange(AGES) < 42)
    return rates._replace(
        fertility=np.where(fertile, people[:, 0].sum() / people[1, fertile].sum(), 0.0),
        mortality=np.broadcast_to(mortality, (years + 1, 2, AGES)).copy(),
        mortality_newborn=np.zeros((years + 1, 2)),
        moves_in=np.zeros((years + 1, 2, AGES)),
        immigration=np.zeros((2, AGES)),
        emigration_rate=np.zeros((2, AGES)),
    )


def advantage_of_foresight(people: Floats, years: int = 12) -> float:
    """Yearly cash flow per resident gained by looking ahead, all else being decided alike."""
    worlds, drawn = calm_worlds(1, years), median_effects(1)
    place, rates = a_place(people), still_rates(people, years)
    reference = live((), place, rates, worlds, drawn)["as_is"].record
    seeing = postures()["engaging"]
    blind = seeing._replace(look_ahead=np.zeros(3), plan_years=0.0, sees_after=2.0, fiscal_rule=1.0)
    pins = {layout.TAX_RATE: 8.4, layout.DIGITAL: 20.0, layout.HOUSING: 0.0}
    pins |= {layout.AMBITION + area: 1.0 for area in range(layout.AREAS)}
    pins[layout.ENGAGEMENT] = 5.0
    flows = [
        live_under(course_of(rule, years + 1, pins), place, rates, worlds, drawn, reference)
        .record[0, 1:, layout.CASH_FLOW]
        .mean()
        for rule in (seeing, blind)
    ]
    return float(flows[0] - flows[1])


def test_foresight_is_worth_nothing_where_nothing_can_be_foreseen() -> None:
    flat = np.full((2, AGES), 60.0)
    flat[:, 80:] *= 0.8 ** np.arange(1, 22)
    assert abs(advantage_of_foresight(flat)) < 0.5


def test_foresight_is_worth_something_where_the_school_age_shrinks() -> None:
    assert advantage_of_foresight(shrinking_people()) > 5.0


def test_with_the_loop_cut_people_and_jobs_are_those_of_going_on_as_today() -> None:
    rng = np.random.default_rng(11)
    worlds, drawn = some_worlds(rng, 3, 15), some_effects(rng, 3)
    place, rates = a_place(), calm_rates(15)
    reference = live((), place, rates, worlds, drawn)["as_is"].record
    course = course_of(postures()["given_up"], 16)
    whole = live_under(course, place, rates, worlds, drawn, reference).record
    cut = live_under(course._replace(feedback=0.0), place, rates, worlds, drawn, reference).record
    for column in (layout.POPULATION, layout.JOBS, layout.EMPLOYED):
        np.testing.assert_allclose(cut[..., column], reference[..., column], rtol=1e-12)
        assert not np.allclose(whole[..., column], reference[..., column], rtol=1e-6)
    assert not np.allclose(cut[..., layout.LOANS], reference[..., layout.LOANS])


def test_a_switch_in_the_first_year_is_the_other_posture_from_the_start() -> None:
    rng = np.random.default_rng(12)
    worlds, drawn = some_worlds(rng, 2, 10), some_effects(rng, 2)
    place, rates = a_place(), calm_rates(10)
    reference = live((), place, rates, worlds, drawn)["as_is"].record
    engaging, given_up = (postures()[one] for one in ("engaging", "given_up"))

    def lived(*phases: tuple[int, Rule]) -> Floats:
        course = course_over(tuple(Phase(*phase) for phase in phases), 2025, 10)
        return live_under(course, place, rates, worlds, drawn, reference).record

    assert lived((0, given_up), (2026, engaging)).tobytes() == lived((0, engaging)).tobytes()
    late, never = lived((0, given_up), (2031, engaging)), lived((0, given_up))
    assert late[:, :6].tobytes() == never[:, :6].tobytes()
    assert late[:, 6:].tobytes() != never[:, 6:].tobytes()


def test_years_in_which_people_stand_still_change_nobody() -> None:
    rng = np.random.default_rng(13)
    worlds, drawn = some_worlds(rng, 1, 5), median_effects(1)
    course = course_of(postures()["as_is"], 6)._replace(ageing=0.0)
    record = np.empty((1, 6, INDICATORS))
    lived = live_under(course, a_place(), calm_rates(5), worlds, drawn, record, record)
    assert (lived.record[0, :, layout.POPULATION] == lived.record[0, 0, layout.POPULATION]).all()
    np.testing.assert_array_equal(lived.ages[5], lived.ages[0])
