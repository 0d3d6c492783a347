from dataclasses import replace

import numpy as np
import pytest

from framsyn.calibrate.fitting import sum_by
from framsyn.calibrate.known import Floats
from framsyn.calibrate.model_schedules import model_mortality
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.local_pattern import MOBILITY
from framsyn.foresee.forecast.structures import (
    between,
    cohort_ratio,
    fit_groups,
    grouped,
    newborns,
    older,
    structure_series,
    usual_ratio,
)

from .made import Country, country


@pytest.fixture(scope="module")
def small() -> Country:
    """Five municipalities in two regions, 2000–2012."""
    return country([300, 2_000, 9_000, 1_200, 25_000], [0, 0, 0, 1, 1], range(2000, 2013))


def from_groups(small: Country, **known: object) -> History:
    """What age groups of municipalities and ages of regions tell; the last year's ages are observed."""
    groups = dict(zip(small.years, [grouped(p.sum(axis=1), MOBILITY) for p in small.people], strict=True))
    told: dict[str, object] = {
        "groups": groups,
        "bounds": MOBILITY,
        "regional": {year: small.regional(year) for year in small.years},
        "structures": {small.base_year: small.people[-1]},
    }
    return small.history(**(told | known))


# Growing older


def test_everyone_grows_a_year_older_and_the_open_age_keeps_its_own() -> None:
    before = np.arange(1.0, 102.0)
    after = older(before)
    assert after[0] == 0
    np.testing.assert_array_equal(after[1:100], before[:99])
    assert after[100] == before[99] + before[100]
    assert after.sum() == before.sum()


def test_a_cohort_ratio_is_those_left_a_year_later() -> None:
    before, after = np.full(101, 100.0), np.full(101, 90.0)
    before[20], after[21] = 50.0, 75.0
    before[99], before[100], after[100] = 6.0, 4.0, 7.0
    ratio = cohort_ratio(before, after)
    assert ratio[20] == pytest.approx(75.0 / 50.0)
    assert ratio[30] == pytest.approx(0.9)
    # Those of 99 and of 100 and over go to the open age together.
    assert ratio[99] == ratio[100] == pytest.approx(7.0 / 10.0)
    np.testing.assert_allclose(older(before * ratio)[1:], after[1:])


def test_a_cohort_of_nobody_has_the_ratio_one_and_a_ratio_is_never_wild() -> None:
    before, after = np.zeros(101), np.zeros(101)
    after[11] = 3.0
    before[50], after[51] = 0.5, 40.0
    ratio = cohort_ratio(before, after)
    assert ratio[10] == 1.0
    assert ratio[50] == 5.0
    assert np.isfinite(ratio).all()


def test_the_usual_ratio_pools_late_years_and_one_year_alone_dies_as_the_model_does(small: Country) -> None:
    whole = small.people.sum(axis=1)
    pooled = cohort_ratio(whole[-6:-1].sum(axis=0), whole[-5:].sum(axis=0))
    np.testing.assert_array_equal(usual_ratio(whole), pooled)
    np.testing.assert_allclose(usual_ratio(whole[:1]), np.exp(-model_mortality()))


# Fitting to what is published


def test_groups_are_fitted_to_municipalities_and_regions_at_once(small: Country) -> None:
    people = small.people[-1]
    groups = grouped(people.sum(axis=1), MOBILITY)
    regional = small.regional(small.base_year)
    rng = np.random.default_rng(5)
    start = people * np.exp(0.3 * rng.standard_normal(people.shape))
    fitted = fit_groups(start, groups, MOBILITY, regional, small.region, sweeps=200)
    np.testing.assert_allclose(grouped(fitted.sum(axis=1), MOBILITY), groups, rtol=1e-6)
    sums = sum_by(fitted, small.region, 2)
    np.testing.assert_allclose(sums, regional, rtol=1e-3, atol=0.05)
    # It is nearer the truth than what was fitted.
    assert np.abs(fitted - people).sum() < np.abs(start - people).sum()


def test_what_fits_already_is_left_as_it_is(small: Country) -> None:
    people = np.maximum(small.people[-1], 0.5)
    groups, regional = grouped(people.sum(axis=1), MOBILITY), sum_by(people, small.region, 2)
    fitted = fit_groups(people, groups, MOBILITY, regional, small.region)
    np.testing.assert_allclose(fitted, people, rtol=1e-10)


def test_estimated_years_meet_groups_and_lie_near_the_truth(small: Country) -> None:
    series = structure_series(from_groups(small))
    assert (series.first_year, series.last_year) == (2000, 2012)
    assert series.observed == {2012}
    assert series.looking_back == frozenset()
    np.testing.assert_array_equal(series.at(2012), small.people[-1])
    for year in (2003, 2010):
        people = small.people[year - 2000]
        groups = grouped(people.sum(axis=1), MOBILITY)
        np.testing.assert_allclose(grouped(series.at(year).sum(axis=1), MOBILITY), groups, rtol=1e-6)
    off = np.abs(series.at(2011) - small.people[-2]).sum(axis=(1, 2)) / small.people[-2].sum(axis=(1, 2))
    assert off[[2, 4]].max() < 0.08


def test_an_estimate_rests_on_earlier_years_only(small: Country) -> None:
    rng = np.random.default_rng(9)
    honest = from_groups(small, structures={})

    def wild(known: Floats) -> Floats:
        return known * rng.uniform(0.5, 2.0, known.shape)

    spoilt = replace(
        honest,
        groups={y: v if y <= 2007 else wild(v) for y, v in honest.groups.items()},
        regional={y: v if y <= 2007 else wild(v) for y, v in honest.regional.items()},
    )
    for told in (structure_series(spoilt), structure_series(honest.until(2007))):
        np.testing.assert_array_equal(told.local[:8], structure_series(honest).local[:8])


def test_registered_births_are_the_newborn_scaled_to_the_region_s(small: Country) -> None:
    births = small.people[-1, :, :, 0].sum(axis=1) * np.array([1.0, 1.0, 1.0, 1.05, 1.05])
    history = from_groups(small, births={2012: births})
    told = newborns(history, 2012)
    assert told is not None
    np.testing.assert_allclose(sum_by(told, small.region, 2), small.regional(2012)[:, :, 0].sum(axis=1))
    np.testing.assert_allclose(told[3:] / told[3], births[3:] / births[3])
    assert newborns(history, 2011) is None
    assert newborns(from_groups(small, births={2012: births * np.nan}), 2012) is None


def test_newborn_are_split_from_the_youngest_group_where_births_are_registered(small: Country) -> None:
    births = dict(zip(small.years, small.people[:, :, :, 0].sum(axis=2), strict=True))
    series = structure_series(from_groups(small, births=births))
    told = series.local[5, :, :, 0].sum(axis=1)
    np.testing.assert_allclose(told, births[2005], rtol=0.01)


# Years between and after


def test_a_cohort_between_two_known_years_goes_on_an_exponential_line() -> None:
    before, after = np.zeros((1, 2, 101)), np.zeros((1, 2, 101))
    before[0, 0, 30], after[0, 0, 34] = 100.0, 160_000.0
    before[0, 1, 30], after[0, 1, 34] = 81.0, 16.0
    after[0, :, 1] = 12.0
    before[0, :, 100], after[0, :, 100] = 4.0, 8.0
    found = between(before, after, 2000, 2004)
    assert sorted(found) == [2001, 2002, 2003]
    np.testing.assert_allclose(found[2002][0, :, 32], [4000.0, 36.0])
    np.testing.assert_allclose(found[2001][0, 1, 31], 81.0 * (16.0 / 81.0) ** 0.25)
    # Born in 2003: as many at birth as stood at the end. The open age lies on a straight line.
    np.testing.assert_allclose(found[2003][0, :, 0], 12.0)
    np.testing.assert_allclose(found[2001][0, :, 100], 5.0)


def test_small_places_are_not_emptied_between_two_known_years() -> None:
    rng = np.random.default_rng(2)
    before = rng.poisson(0.8, (200, 2, 101)).astype(np.float64)
    after = rng.poisson(0.8, (200, 2, 101)).astype(np.float64)
    for people in between(before, after, 2000, 2010).values():
        assert people.sum() == pytest.approx(before.sum(), rel=0.05)
        assert (people >= 0).all()


def test_years_between_are_told_since_they_lean_on_a_later_one(small: Country) -> None:
    known = {year: small.people[year - 2000] for year in (2000, 2004, 2012)}
    series = structure_series(small.history(structures=known))
    assert (series.first_year, series.last_year) == (2000, 2012)
    assert series.observed == {2000, 2004, 2012}
    assert series.looking_back == set(range(2001, 2012)) - {2004}
    for year, people in known.items():
        np.testing.assert_array_equal(series.at(year), people)


def test_late_years_that_are_compared_are_all_observed_or_all_estimated(small: Country) -> None:
    def late(years: list[int]) -> list[int]:
        known = {year: small.people[year - 2000] for year in years}
        series = structure_series(small.history(structures=known))
        return list(range(series.first_year, 2013))[series.alike(6)]

    assert late(small.years) == list(range(2007, 2013))
    assert late([2000, 2010, 2011, 2012]) == [2010, 2011, 2012]
    assert late([2000, 2012]) == list(range(2006, 2012))
    assert late([2000, 2001, 2002, 2008]) == [2009, 2010, 2011, 2012]


def test_ages_are_carried_on_to_the_base_with_the_region_s_change(small: Country) -> None:
    regional = {year: small.regional(year) for year in small.years}
    known = {year: small.people[year - 2000] for year in range(2000, 2010)}
    series = structure_series(small.history(structures=known, regional=regional))
    carried = series.at(2012)
    np.testing.assert_allclose(carried.sum(axis=(1, 2)), small.totals[:, -1])
    off = np.abs(carried - small.people[-1]).sum() / small.people[-1].sum()
    held = np.abs(small.people[9] - small.people[-1]).sum() / small.people[-1].sum()
    assert off < 0.1
    assert off < 0.8 * held


def test_ages_are_carried_on_with_deaths_where_no_region_tells_them(small: Country) -> None:
    for years in (range(2000, 2008), [2007]):
        known = {year: small.people[year - 2000] for year in years}
        carried = structure_series(small.history(structures=known)).at(2012)
        np.testing.assert_allclose(carried.sum(axis=(1, 2)), small.totals[:, -1])
        old = carried[:, :, 85:].sum() / small.people[-1][:, :, 85:].sum()
        assert old == pytest.approx(1.0, abs=0.25)


def test_a_place_that_lacks_a_year_gets_the_ages_of_its_nearest(small: Country) -> None:
    gap = small.people[6].copy()
    gap[1] = np.nan
    known = dict(zip(small.years, small.people, strict=True)) | {2006: gap}
    series = structure_series(small.history(structures=known))
    told = series.at(2006)[1]
    assert told.sum() == pytest.approx(small.totals[1, 6])
    np.testing.assert_allclose(told / told.sum(), small.people[5, 1] / small.people[5, 1].sum())


def test_a_place_without_any_ages_gets_those_of_its_region(small: Country) -> None:
    people = small.people.copy()
    people[:, 1] = np.nan
    known = dict(zip(small.years, people, strict=True))
    series = structure_series(small.history(structures=known))
    of_region = np.nansum(small.people[-1, [0, 2]], axis=0)
    np.testing.assert_allclose(
        series.at(2012)[1], of_region / of_region.sum() * small.totals[1, -1], rtol=1e-6
    )


def test_a_year_that_most_places_lack_is_not_used(small: Country) -> None:
    gap = small.people[6].copy()
    gap[:3] = np.nan
    series = structure_series(
        small.history(structures={2000: small.people[0], 2006: gap, 2012: small.people[-1]})
    )
    assert 2006 in series.looking_back
