"""Why a forecast is what it is: the parts sum to it, and the record is that of places of the size."""

from dataclasses import replace

import numpy as np
import pytest

import framsyn
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.anchor import anchor_of
from framsyn.foresee.forecast.explain import MOVES, past_of
from framsyn.foresee.forecast.record import SIZES
from framsyn.places.municipality import Municipality, municipalities, municipality

#: Helsinki, Närpes, Larsmo, Grankulla, Sottunga.
CODES = ["091", "545", "440", "235", "766"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("years", [1, 3, 10, 50])
def test_the_parts_sum_to_the_change(code: str, years: int) -> None:
    m = municipality(code)
    told = framsyn.explain_forecast(m, years)
    change = told.births - told.deaths + sum(told.moves.values()) + told.pull
    assert change == pytest.approx(told.expected - told.population, abs=1e-6 * told.population)
    assert (told.code, told.base_year, told.year) == (code, m.bundle.base_year, m.bundle.base_year + years)
    assert told.population == m.population.sum()
    assert told.births > 0
    assert told.deaths > 0
    assert list(told.moves) == list(MOVES)


@pytest.mark.parametrize("code", CODES)
def test_the_expected_population_and_its_members_are_the_forecast_s(code: str) -> None:
    m = municipality(code)
    told, anchor = framsyn.explain_forecast(m, 7), anchor_of(m, 7)
    assert told.expected == anchor.totals[-1]
    assert told.members == {name: path[-1] for name, path in anchor.members.items()}
    assert min(told.members.values()) > 0


@pytest.mark.parametrize("code", ["545", "766"])
@pytest.mark.parametrize("years", [1, 10])
def test_four_in_five_draws_lie_between_low_and_high(code: str, years: int) -> None:
    m = municipality(code)
    told, anchor, draws = framsyn.explain_forecast(m, years), anchor_of(m, years), range(8000)
    drawn = anchor.drawn_totals(anchor.shared(draws, 1), draws, 1)[:, -1]
    assert told.low < told.expected < told.high
    assert np.mean((told.low <= drawn) & (drawn <= told.high)) == pytest.approx(0.8, abs=0.02)


def test_every_municipality_is_explained_with_sane_rates() -> None:
    for m in municipalities():
        told = framsyn.explain_forecast(m)
        assert 0 < told.births < 0.4 * told.population, m.code
        assert 0 < told.deaths < 0.4 * told.population, m.code
        assert np.isfinite([*told.moves.values(), told.pull]).all(), m.code
        assert 0 <= told.low < told.expected < told.high, m.code


def test_ten_years_are_told_unless_others_are_asked_for() -> None:
    m = municipality("545")
    assert framsyn.explain_forecast(m) == framsyn.explain_forecast(m, years=10)


@pytest.mark.parametrize("years", [0, -1, 51])
def test_years_out_of_range_are_an_error(years: int) -> None:
    with pytest.raises(FramsynError, match=f"from 1 to 50; {years} was given"):
        framsyn.explain_forecast(municipality("545"), years)


@pytest.mark.parametrize("code", CODES)
def test_the_record_is_that_of_the_size_class(code: str) -> None:
    m = municipality(code)
    residents = m.population.sum()
    told = framsyn.explain_forecast(m)
    assert [one.horizon for one in told.past] == list(range(1, 11))
    for one in told.past:
        assert one.least_residents in SIZES
        assert one.least_residents <= residents < (one.most_residents or np.inf)
        assert 0 < one.within_50 < one.within_80 < one.within_95
        assert one.outcomes >= len(one.origins) > 0
        assert max(one.origins) + one.horizon <= m.bundle.base_year
    assert told.past_at(7) == told.past[6]
    assert told.past_at(11) is None


def resized(m: Municipality, residents: float) -> Municipality:
    """The municipality with another number of residents in its bundle."""
    population = m.bundle["population"].copy()
    population[m.index] *= residents / population[m.index].sum()
    return replace(m, bundle=replace(m.bundle, arrays={**m.bundle.arrays, "population": population}))


@pytest.mark.parametrize(
    ("residents", "least", "most"),
    [(1_990, 0, 2_000), (2_010, 2_000, 5_000), (19_900, 10_000, 20_000), (80_000, 50_000, None)],
)
def test_a_place_belongs_to_the_class_that_holds_its_residents(
    residents: float, least: int, most: int | None
) -> None:
    past = past_of(resized(municipality("545"), residents))
    assert {(one.least_residents, one.most_residents) for one in past} == {(least, most)}


def test_a_size_without_outcomes_has_no_record() -> None:
    m = municipality("545")
    forecast = {**m.bundle.manifest["forecast"], "past_errors": []}
    bundle = replace(m.bundle, manifest={**m.bundle.manifest, "forecast": forecast})
    assert past_of(replace(m, bundle=bundle)) == ()
