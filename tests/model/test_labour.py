"""Labour by hand: unemployment of the draw, jobs that follow people and decisions, who commutes."""

import numpy as np
import pytest

from framsyn.model import layout
from framsyn.model.labour import employ, follow_people, jobs_from_decisions, work, write_commuters
from framsyn.model.layout import INDICATORS, Floats
from framsyn.model.life import Draw, Life
from framsyn.model.population import between
from framsyn.model.start import new_life

from .lives import (
    a_place,
    calm_worlds,
    effects_with,
    live_against,
    pinned_as_today,
    some_starts,
    with_lever,
)

YEARS = 12
PLACE = a_place()
PEOPLE = float(PLACE.population.sum())


def a_record() -> Floats:
    """Years [year, indicator] in which nothing happens."""
    record = np.zeros((YEARS + 1, INDICATORS))
    record[:, layout.POPULATION] = PEOPLE
    record[:, layout.JOBS], record[:, layout.MUNICIPAL_JOBS] = PLACE.jobs, PLACE.municipal_jobs
    record[:, [layout.LEVER_BUSINESS, layout.EARNINGS_INDEX]] = 100.0
    return record


def a_life() -> Life:
    life = new_life(YEARS)
    life.base[layout.B_POPULATION] = PEOPLE
    life.below[:, 1:102] = np.cumsum(PLACE.population.sum(axis=0))
    life.below[:, 102] = PEOPLE
    life.base[layout.B_WORKING_AGE] = between(life.below[0], 18, 64)
    life.stock[[layout.S_TRUST, layout.S_COOPERATION, layout.S_COHESION, layout.S_SAFETY]] = 50.0
    return life


def a_draw(**effects: float) -> Draw:
    return Draw(calm_worlds(1, YEARS)[0], effects_with(**effects), some_starts(1)[0], a_record())


@pytest.mark.parametrize("rate", [0.013, 0.1, 0.4])
def test_unemployment_is_that_of_the_draw(rate: float) -> None:
    draw, life, record = a_draw(), a_life(), a_record()
    draw.world[1, layout.W_UNEMPLOYMENT] = np.log(rate / (1.0 - rate))
    employ(1, PLACE, draw, 1.0, life, record)
    assert record[1, layout.UNEMPLOYMENT_RATE] == pytest.approx(100.0 * rate)
    assert record[1, layout.EMPLOYED] == pytest.approx(PLACE.labour_force * (1.0 - rate))


def test_unemployment_answers_a_little_to_jobs_beyond_the_baseline_of_last_year() -> None:
    draw, life, record = a_draw(), a_life(), a_record()
    rate = 0.03 / 0.47
    life.signals[1:, layout.G_JOBS] = 0.1
    for feedback, logit in ((1.0, -0.035 * 0.1 / (rate * (1.0 - rate))), (0.0, 0.0)):
        employ(2, PLACE, draw, feedback, life, record)
        expected = 1.0 / (1.0 + np.exp(-(np.log(0.03 / 0.44) + logit)))
        assert record[2, layout.UNEMPLOYMENT_RATE] == pytest.approx(100.0 * expected)


def test_more_jobs_draw_some_residents_into_the_labour_force() -> None:
    draw, life, record = a_draw(), a_life(), a_record()
    record[1, layout.JOBS] += 100.0
    employ(1, PLACE, draw, 1.0, life, record)
    force = PLACE.labour_force + 0.15 * 0.7 * 100.0
    assert record[1, layout.EMPLOYED] == pytest.approx(force * 0.44 / 0.47)


def test_jobs_follow_people_in_part_at_once_and_by_their_whole_elasticity_in_the_long_run() -> None:
    life, record = a_life(), a_record()
    record[1:, layout.POPULATION] = 1.1 * PEOPLE
    factors = [follow_people(year, effects_with(), life, record) for year in range(1, YEARS + 1)]
    # 0.3 of the people at once; of the other 0.4 a third a year, the first in the next year.
    left = 0.4 * (2.0 / 3.0) ** np.arange(YEARS)
    np.testing.assert_allclose(factors, 1.1 ** (0.7 - left), rtol=1e-12)


def test_jobs_never_follow_people_more_at_once_than_in_the_long_run() -> None:
    life, record = a_life(), a_record()
    record[1:, layout.POPULATION] = 0.8 * PEOPLE
    slow = effects_with(people_to_local_jobs=0.2)
    assert follow_people(1, slow, life, record) == pytest.approx(0.8**0.2)


def test_jobs_are_the_draws_and_follow_people_but_the_municipalitys_own() -> None:
    draw, life, record = a_draw(), a_life(), a_record()
    draw.world[1, layout.W_JOBS] = 1.05
    record[1, layout.POPULATION] = 0.9 * PEOPLE
    work(1, PLACE, draw, 1.0, life, record)
    trend = 1.05 * 0.9**0.3
    private = PLACE.jobs - PLACE.municipal_jobs
    assert record[1, layout.JOBS] == pytest.approx(private * trend + PLACE.municipal_jobs)
    assert record[1, layout.JOBS_TRADABLE] == pytest.approx(PLACE.jobs_tradable * trend)


def test_municipal_jobs_support_others() -> None:
    record = a_record()
    record[3, layout.MUNICIPAL_JOBS] += 100.0
    assert jobs_from_decisions(4, PLACE, a_draw(), a_life(), record) == pytest.approx(35.0)


def test_business_services_make_firms_whose_jobs_make_more() -> None:
    record, life = a_record(), a_life()
    record[1, layout.LEVER_BUSINESS] = 120.0
    spent = 0.2 * PLACE.costs[layout.BUSINESS] / 100_000.0
    made = spent * 0.4 * 1.45
    assert jobs_from_decisions(4, PLACE, a_draw(), life, record) == pytest.approx(made)
    # Ten points more of cooperation: 1 % more.
    life.stock[layout.S_COOPERATION] += 10.0
    assert jobs_from_decisions(4, PLACE, a_draw(), life, record) == pytest.approx(made * 1.01)


def test_engagement_makes_jobs_only_as_far_as_its_coefficient_says() -> None:
    record = a_record()
    record[1, layout.LEVER_ENGAGEMENT] = 20.0
    assert jobs_from_decisions(4, PLACE, a_draw(), a_life(), record) == 0.0
    made = jobs_from_decisions(4, PLACE, a_draw(engagement_to_jobs=0.05), a_life(), record)
    assert made == pytest.approx(2.0 * 0.0005 * PLACE.jobs)


def test_jobs_from_decisions_come_by_a_third_of_the_gap_a_year() -> None:
    draw, life, record = a_draw(), a_life(), a_record()
    record[1:, layout.MUNICIPAL_JOBS] += 100.0
    for year, made in ((2, 0.33 * 35.0), (3, 0.33 * 35.0 * (1.0 + 0.67))):
        work(year, PLACE, draw, 1.0, life, record)
        assert record[year, layout.JOBS] == pytest.approx(PLACE.jobs + 100.0 + made)
    work(4, PLACE, draw, 0.0, a_life(), record)
    assert record[4, layout.JOBS] == pytest.approx(PLACE.jobs)


def test_residents_hold_their_share_of_the_jobs_here_and_the_rest_commute() -> None:
    row = a_record()[0]
    row[layout.JOBS], row[layout.EMPLOYED] = 1000.0, 900.0
    write_commuters(row, PLACE)
    assert row[[layout.OUT_COMMUTERS, layout.IN_COMMUTERS]].tolist() == pytest.approx([200.0, 300.0])
    row[layout.EMPLOYED] = 600.0
    write_commuters(row, PLACE)
    assert row[[layout.OUT_COMMUTERS, layout.IN_COMMUTERS]].tolist() == pytest.approx([0.0, 400.0])


def test_more_business_services_give_more_jobs_and_then_more_people() -> None:
    years, effects = 15, effects_with(business_spending_to_jobs=1.0)[None]
    today = pinned_as_today(years)
    more = with_lever(today, layout.AMBITION + layout.BUSINESS, 2.0)
    reference, record = live_against(today, [more], PLACE, effects)
    jobs, people = (
        record[0, :, column] / reference[0, :, column] for column in (layout.JOBS, layout.POPULATION)
    )
    assert jobs[1] == 1.0
    assert (jobs[2:] > 1.0).all()  # the municipality's own jobs count the year after
    assert people[:2].tolist() == [1.0, 1.0]
    assert (np.diff(people[2:]) > 0.0).all()
    assert jobs[-1] - 1.0 > people[-1] - 1.0 > 0.0
