"""Going on as today reproduces the forecast."""

import numpy as np
import pytest

import framsyn
from framsyn.foresee.forecast.anchor import Anchor, anchor_of
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import prepare
from framsyn.foresee.start import rates_of
from framsyn.foresee.worlds import demographic_parameters, immigration_path
from framsyn.model import layout
from framsyn.model.kernel import live_population
from framsyn.model.layout import Floats
from framsyn.model.population import FLOWS
from framsyn.places.municipality import Municipality, municipalities, municipality

DRAWS = 40


def drawn(anchor: Anchor, draws: int, seed: int) -> Floats:
    return anchor.drawn_totals(anchor.shared(range(draws), seed), range(draws), seed)


@pytest.mark.parametrize("code", ["545", "091", "765", "766"])
def test_lives_as_today_have_the_totals_of_the_forecast_in_every_draw_and_year(code: str) -> None:
    m = municipality(code)
    futures = framsyn.foresee(m, postures=["as_is"], years=20, draws=DRAWS, seed=3)
    lived = futures.population.sel(posture="as_is").values[:, 1:]
    np.testing.assert_allclose(lived, drawn(anchor_of(m, 20), DRAWS, 3), rtol=1e-11)


def test_their_mean_and_width_are_the_forecast_s_in_every_municipality_and_year_to_2045() -> None:
    for m in municipalities():
        anchor, ready = anchor_of(m, 20), prepare(m, 20)
        records = ready.live(ready.draw(range(DRAWS)), ready.course(posture("as_is")))
        lived = records[:, 1:, layout.POPULATION]
        np.testing.assert_allclose(lived.mean(axis=0), anchor.totals, rtol=0.003, err_msg=m.code)
        told = drawn(anchor, DRAWS, 1)
        widths = [np.diff(np.quantile(one, [0.1, 0.9], axis=0), axis=0) for one in (lived, told)]
        np.testing.assert_allclose(widths[0], widths[1], rtol=0.1, err_msg=m.code)


def test_the_draws_have_the_width_that_the_law_promises() -> None:
    anchor = anchor_of(municipality("545"), 20)
    told = drawn(anchor, 8000, 1)
    for year in (1, 7, 20):
        half = anchor.scale[year - 1] * anchor.spread.half_widths(year)[1]
        low, high = np.quantile(told[:, year - 1] / anchor.totals[year - 1] - 1.0, [0.1, 0.9])
        assert abs(high - low - 2 * half) < 0.1 * 2 * half


def test_an_undisturbed_life_has_the_expected_ages_of_the_forecast() -> None:
    for code in ("545", "091", "005"):
        m = municipality(code)
        anchor = anchor_of(m, 20)
        ages = undisturbed(m, anchor)
        np.testing.assert_allclose(ages[1:].sum(axis=(1, 2)), anchor.totals, rtol=0.01)
        off = np.abs(ages[1:] - anchor.ages).sum(axis=(1, 2)) / anchor.totals
        assert off.max() < 0.01, code


def undisturbed(m: Municipality, anchor: Anchor) -> Floats:
    """Population [year, sex, age] in a world where nothing deviates."""
    population, rates = np.ascontiguousarray(m.population), rates_of(m, anchor)
    multipliers = np.ones((1, 21, FLOWS))
    multipliers[0, 1:, 4] = immigration_path(20, demographic_parameters(m.bundle))
    ages = np.zeros((21, 2, layout.AGES))
    live_population(population, rates, multipliers, ages, np.zeros((1, 21, FLOWS)))
    return ages


def test_decisions_as_today_are_exactly_today_s_life_even_where_schools_have_closed() -> None:
    """Closed places act on moves six years later: a life as today must be its own reference."""
    m = municipality("545")
    futures = framsyn.foresee(m, postures=["as_is"], years=20, draws=200)
    lived = futures.population.sel(posture="as_is").values[:, 1:]
    np.testing.assert_allclose(lived, drawn(anchor_of(m, 20), 200, 1), rtol=1e-11)
