"""Draws of a whole world: the same whatever is drawn beside them, and on one national cycle."""

import numpy as np
import pytest

from framsyn.foresee.forecast.anchor import anchor_of
from framsyn.foresee.labour_market import labour_market_of, logit
from framsyn.foresee.worlds import demographic_parameters, draw_worlds, labour_law_of
from framsyn.model import layout
from framsyn.model.layout import Floats
from framsyn.places.municipality import Municipality, municipality

YEARS = 12
FLOWS = np.array([60.0, 90.0, 300.0, 300.0, 50.0, 20.0])
NATIONAL = (
    layout.W_PRICE,
    layout.W_EARNINGS,
    layout.W_COST,
    layout.W_INTEREST,
    layout.W_GRANT,
    layout.W_CORPORATE,
)


def worlds_of(m: Municipality, draws: range, seed: int = 1, years: int = YEARS) -> tuple[Floats, Floats]:
    anchor, size = anchor_of(m, years), float(m.population.sum())
    market, law = labour_market_of(m), labour_law_of(m)
    return draw_worlds(anchor, market, law, size, FLOWS, demographic_parameters(m.bundle), draws, seed)


@pytest.mark.parametrize("part", [range(1), range(3, 4), range(3, 7), range(5, 9)])
def test_a_draw_is_the_same_whatever_the_number_of_draws(part: range) -> None:
    m = municipality("545")
    every = worlds_of(m, range(9))
    for whole, some in zip(every, worlds_of(m, part), strict=True):
        np.testing.assert_array_equal(whole[part.start : part.stop], some)


def test_another_seed_is_another_world() -> None:
    m = municipality("545")
    first, second = (worlds_of(m, range(2), seed)[0] for seed in (1, 2))
    assert not np.isclose(first[:, 1:, layout.W_UNEMPLOYMENT], second[:, 1:, layout.W_UNEMPLOYMENT]).any()


def test_fewer_years_are_the_beginning_of_more() -> None:
    m = municipality("545")
    few, many = worlds_of(m, range(4), years=5)[0], worlds_of(m, range(4))[0]
    np.testing.assert_allclose(few, many[:, :6], rtol=1e-12)


def test_the_base_year_is_undisturbed_and_has_the_published_unemployment() -> None:
    m = municipality("545")
    base = worlds_of(m, range(5))[0][:, 0]
    rate = 1.0 - m.fact("employed").value / m.fact("labour_force").value
    np.testing.assert_allclose(base[:, layout.W_UNEMPLOYMENT], logit(rate))
    np.testing.assert_array_equal(base[:, layout.W_JOBS], 1.0)
    np.testing.assert_array_equal(base[:, [layout.W_ONE_OFF, layout.W_INVESTMENT]], 0.0)


def test_municipalities_share_the_country_s_prices_and_money_and_its_cycle() -> None:
    first, second = (worlds_of(municipality(code), range(400))[0] for code in ("091", "564"))
    np.testing.assert_array_equal(first[..., NATIONAL], second[..., NATIONAL])
    here, there = (np.diff(one[:, :, layout.W_UNEMPLOYMENT], axis=1).ravel() for one in (first, second))
    assert 0.4 < np.corrcoef(here, there)[0, 1] < 0.9


def test_unemployment_rises_where_jobs_fall_in_the_country_and_hardly_where_they_fall_here() -> None:
    worlds = worlds_of(municipality("091"), range(2000))[0]
    jobs, rate = np.log(worlds[:, 1:, layout.W_JOBS]), worlds[:, 1:, layout.W_UNEMPLOYMENT]
    jobs_change, rate_change = (np.diff(one, axis=1).ravel() for one in (jobs, rate))
    assert -0.9 < np.corrcoef(jobs_change, rate_change)[0, 1] < -0.4
    assert abs(worlds[:, 1:, layout.W_JOBS].mean() - 1.0) < 0.01
