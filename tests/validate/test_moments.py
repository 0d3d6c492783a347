"""Moments of histories: slopes, spreads and persistence of cases by hand."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.history import population_history
from framsyn.calibrate.places import unpeopled_places
from framsyn.calibrate.unemployment import sub_region_index
from framsyn.model.layout import Floats
from framsyn.places.tables import Tables
from framsyn.validate.driven import base_ages
from framsyn.validate.history_panel import SERIES, Controls, History, controls
from framsyn.validate.moments import READ, computed, correlation, read_moments, slope
from framsyn.validate.published import by_year, published_history

YEARS = 21


def history(series: Mapping[str, Floats], residents: Floats) -> History:
    """A history in one draw with no control but the mean; what is not given is not published."""
    shape = (len(residents), 1, YEARS)
    blank = {name: np.full(shape, np.nan) for name in SERIES}
    design = np.ones((len(residents), 1))
    return History(
        {**blank, **{name: values[:, None] for name, values in series.items()}}, Controls(residents, design)
    )


def growing(rates: Floats) -> Floats:
    """[P, year] that grows by a constant part a year."""
    return 1000.0 * np.exp(rates[:, None] * np.arange(YEARS))


def test_slopes_and_correlations_leave_out_what_is_not_known() -> None:
    x = np.array([[0.0], [1.0], [2.0], [9.0]])
    y = np.array([[1.0], [3.0], [5.0], [np.nan]])
    assert slope(y, x) == pytest.approx([2.0])
    assert correlation(y, x) == pytest.approx([1.0])


def test_residents_that_follow_jobs_by_a_fifth_have_that_slope() -> None:
    rates = np.linspace(-0.02, 0.02, 9)
    of = history({"jobs": growing(rates), "people": growing(0.2 * rates)}, np.full(9, 5e3))
    assert READ["jobs_to_people_10y"](of) == pytest.approx([0.2])
    assert READ["jobs_people_10y"](of) == pytest.approx([1.0])


def test_growth_that_goes_on_for_ever_persists_whole() -> None:
    of = history({"people": growing(np.linspace(-0.02, 0.02, 9))}, np.full(9, 5e3))
    assert READ["growth_persistence_5y"](of) == pytest.approx([1.0])
    # Rates of −2 to 2 % a year: their sd is 1.369, times 20 years.
    assert READ["people_sd_20y"](of) == pytest.approx([27.386], abs=1e-3)


def test_a_deficit_that_is_borrowed_by_four_fifths_is_read_so_and_a_surplus_apart() -> None:
    flow = np.tile(np.array([[-300.0], [-100.0], [200.0], [400.0]]), (1, YEARS))
    change = np.where(flow < 0.0, -0.8 * flow, -0.3 * flow)
    of = history({"cash_flow": flow, "loans": 5000.0 + np.cumsum(change, axis=1)}, np.full(4, 5e3))
    assert READ["deficit_borrowed"](of) == pytest.approx([0.8])
    assert READ["surplus_repaid"](of) == pytest.approx([0.3])


def test_controls_take_out_sub_regions_and_leave_the_rest() -> None:
    areas = np.array([0, 0, 1, 1])
    same = np.full(4, 0.2)
    taken = controls(np.full(4, 1e3), same, same, areas)
    left = taken.taken_out(np.array([1.0, 3.0, 10.0, 14.0]))
    assert left == pytest.approx([-1.0, 1.0, -2.0, 2.0])


def test_every_moment_of_the_list_that_is_computed_has_its_function() -> None:
    assert [moment.id for moment in computed()] == list(READ)


def test_what_was_published_has_the_moments_that_research_found(data_folder: Path) -> None:
    """Those whose years are the same; the rest of the list rests on other years."""
    tables = Tables.open(data_folder)
    places = unpeopled_places(tables)
    people, ages = by_year(places, population_history(tables, places.codes)), base_ages(tables)
    taken = controls(people[:, 0], ages[:, 0], ages[:, 1], sub_region_index(places))
    found = dict(zip(READ, read_moments(published_history(tables, taken))[0], strict=True))
    same = (
        "jobs_to_people_10y",
        "unemployment_persistence",
        "moves_in_sd",
        "moves_out_sd",
        "moves_in_and_out",
    )
    money = (
        "investment_1y",
        "investment_2y",
        "investment_4y",
        "deficit_borrowed",
        "surplus_repaid",
        "loans_sd_4y",
    )
    for moment in computed():
        if moment.id in (*same, *money, "loans_change_12y", "loans_p99"):
            assert abs(found[moment.id] - moment.target) <= moment.tolerance, moment.id
