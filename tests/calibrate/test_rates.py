"""Local fertility and mortality: known conversions, published sums, no rate zero or infinite."""

from dataclasses import replace

import numpy as np
import pytest

from framsyn.calibrate.fertility import local_fertility, male_birth_share, taper
from framsyn.calibrate.model_schedules import (
    gompertz,
    model_fertility,
    model_migration,
    rogers_castro,
)
from framsyn.calibrate.mortality import (
    cohort_probability,
    infant_mean_age,
    local_mortality,
    newborn_probability,
)
from framsyn.calibrate.mover_pool import BaseRates
from framsyn.calibrate.setting import Setting, next_age, open_setting, smooth
from framsyn.errors import FramsynError


def test_a_constant_death_rate_gives_its_own_probability_at_every_age() -> None:
    rate = np.full(101, 0.1)
    rate[0] = 0.0
    assert cohort_probability(rate)[1:] == pytest.approx(1.0 - np.exp(-0.1))


def test_those_aged_zero_at_the_start_bear_only_the_late_part_of_infant_deaths() -> None:
    rate = np.zeros(101)
    rate[0] = 0.004
    later = 0.149 - 2.04 * 0.004
    assert infant_mean_age(rate[:1])[0] == pytest.approx(later)
    assert -np.log1p(-cohort_probability(rate)[0]) == pytest.approx(0.004 * later)
    assert -np.log1p(-newborn_probability(rate[:1])[0]) == pytest.approx(0.004 * (1 - later))


def test_the_gompertz_rate_at_the_modal_age_is_its_slope() -> None:
    assert gompertz(80.5, 0.1)[80] == pytest.approx(0.1)


def test_rogers_castro_follows_the_published_formula() -> None:
    rate = rogers_castro(0.02, 0.1, 0.06, 20.0, 0.1, 0.4, 0.003)
    assert rate[20] == pytest.approx(0.02 * np.exp(-2.0) + 0.06 * np.exp(-1.0) + 0.003)
    assert rate[100] == pytest.approx(0.003, abs=1e-4)
    assert 20 <= int(np.argmax(model_migration()[10:])) + 10 <= 25


def test_model_fertility_sums_to_one_and_is_nil_outside_fertile_ages() -> None:
    shape = model_fertility()
    assert shape.sum() == pytest.approx(1.0)
    assert shape[:13].sum() == 0.0
    assert (shape[15:50] > 0).all()


def test_fertility_falls_outward_where_the_published_spline_rises() -> None:
    rate = np.full((1, 101), 0.05)
    rate[0, 10] = 0.9
    tapered = taper(rate)[0]
    assert (np.diff(tapered[10:17]) > 0).all()
    assert (np.diff(tapered[45:55]) < 0).all()
    assert (tapered[17:45] == 0.05).all()


def test_ageing_keeps_everyone_and_the_open_age_stays_open() -> None:
    people = np.arange(101.0)
    assert next_age(people).sum() == people.sum()
    assert next_age(people)[100] == 99 + 100


def test_smoothing_leaves_a_straight_line_alone() -> None:
    line = np.arange(20.0)
    assert smooth(line, 2)[2:-2] == pytest.approx(line[2:-2])


def test_a_population_that_does_not_fit_the_places_is_refused(minimum: Setting) -> None:
    with pytest.raises(FramsynError, match="101 ages"):
        open_setting(minimum.tables, np.zeros((3, 2, 101)), 2020)


def test_years_between_known_ones_are_linear_and_the_nearest_stands_outside(
    minimum: Setting,
) -> None:
    later = replace(minimum, base_year=2024, population=minimum.observed[2020] + 4.0)
    assert later.structure(2021) == pytest.approx(minimum.observed[2020] + 1.0)
    assert (later.structure(2018) == minimum.observed[2019]).all()
    assert (later.structure(2030) == later.population).all()


@pytest.mark.data
def test_births_and_deaths_of_the_nation_are_those_published(setting: Setting, rates: BaseRates) -> None:
    women = setting.population[:, 1]
    births = (rates.fertility * women).sum()
    deaths = (rates.mortality * setting.population).sum()
    last = setting.base_year
    assert births == pytest.approx(setting.component("births")[last].sum(), rel=0.01)
    # deaths grow with the ageing of the year since
    assert deaths == pytest.approx(setting.component("deaths")[last].sum(), rel=0.04)
    assert 0.508 < male_birth_share(setting) < 0.516


@pytest.mark.data
def test_fertility_weights_rise_with_size_and_regions_keep_their_births(setting: Setting) -> None:
    local = local_fertility(setting)
    order = np.argsort(setting.size)
    assert local.weight[order[:10]].mean() < 0.4
    assert local.weight[order[-10:]].min() > 0.95
    total = local.rate.sum(axis=1)
    assert (total > 0.7).all()
    assert (total < 4.0).all()


@pytest.mark.data
def test_mortality_rises_with_age_and_improves(setting: Setting) -> None:
    local = local_mortality(setting)
    national = local.mortality.rate.mean(axis=0)
    assert (np.diff(national[:, 40:100]) > 0).all()
    assert (national[0, 20:95] > national[1, 20:95]).all()
    assert (local.improvement >= 0).all()
    assert 0.01 < local.improvement[:, 65].mean() < 0.03
    assert local.improvement[:, 100].max() < 0.001


def test_with_the_minimum_tables_everything_still_works(minimum: Setting) -> None:
    fertility, mortality = local_fertility(minimum), local_mortality(minimum)
    assert fertility.status == 2
    assert mortality.mortality.status == 2
    assert (fertility.rate[:, 15:50] > 0).all()
    assert np.isfinite(mortality.mortality.rate).all()
    assert (mortality.mortality.rate > 0).all()
    assert (mortality.newborn > 0).all()
