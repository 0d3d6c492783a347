import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from framsyn.model.kernel import live_population
from framsyn.model.layout import AGES, FEMALE, MALE, OPEN_AGE, Floats, Rates
from framsyn.model.population import FLOWS

from .lives import some_rates

seeds = st.integers(0, 2**32 - 1)


def project(population: Floats, rates: Rates, multipliers: Floats) -> tuple[Floats, Floats]:
    draws, rows, _ = multipliers.shape
    totals = np.zeros((draws, rows, 2, AGES))
    flows = np.zeros((draws, rows, FLOWS))
    for draw in range(draws):
        one = slice(draw, draw + 1)
        live_population(population, rates, multipliers[one], totals[draw], flows[one])
    return totals, flows


#: Boys among the newborn: not a half, so that the sexes cannot change places unseen.
BOYS = 0.512


def no_rates(years: int) -> Rates:
    return Rates(
        fertility=np.zeros(AGES),
        male_birth_share=BOYS,
        mortality=np.zeros((years + 1, 2, AGES)),
        mortality_newborn=np.zeros((years + 1, 2)),
        out_rate=np.zeros((years + 1, 2, AGES)),
        moves_in=np.zeros((years + 1, 2, AGES)),
        immigration=np.zeros((2, AGES)),
        emigration_rate=np.zeros((2, AGES)),
    )


@settings(max_examples=60, deadline=None)
@given(seed=seeds, years=st.integers(1, 8), size=st.sampled_from([0.01, 1.0, 1e4]))
def test_the_population_account_closes_in_every_life_and_year(seed: int, years: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    population = rng.uniform(0, size, (2, AGES))
    multipliers = np.exp(rng.standard_normal((3, years + 1, FLOWS)))
    totals, flows = project(population, some_rates(rng, years), multipliers)
    people = totals.sum(axis=(2, 3))
    births, deaths, came, left, immigrated, emigrated = np.moveaxis(flows[:, 1:], 2, 0)
    expected = people[:, :-1] + births - deaths + came - left + immigrated - emigrated
    np.testing.assert_allclose(people[:, 1:], expected, rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(seed=seeds, years=st.integers(1, 8))
def test_no_count_is_ever_negative_or_missing(seed: int, years: int) -> None:
    rng = np.random.default_rng(seed)
    population = rng.uniform(0, 100, (2, AGES)) * (rng.uniform(size=(2, AGES)) < 0.5)
    multipliers = np.exp(3 * rng.standard_normal((2, years + 1, FLOWS)))
    totals, flows = project(population, some_rates(rng, years), multipliers)
    assert np.isfinite(totals).all()
    assert (totals >= 0).all()
    assert (flows[:, 1:] >= 0).all()


def test_nobody_is_lost_in_the_open_age() -> None:
    population = np.zeros((2, AGES))
    population[:, OPEN_AGE] = 500.0
    totals, _ = project(population, no_rates(50), np.ones((1, 51, FLOWS)))
    assert (totals[0].sum(axis=(1, 2)) == 1000.0).all()
    assert (totals[0, :, :, OPEN_AGE] == 500.0).all()


def test_those_who_turn_a_hundred_join_the_open_age() -> None:
    population = np.zeros((2, AGES))
    population[MALE, OPEN_AGE - 1] = 30.0
    population[MALE, OPEN_AGE] = 7.0
    totals, _ = project(population, no_rates(1), np.ones((1, 2, FLOWS)))
    assert totals[0, 1, MALE, OPEN_AGE] == 37.0
    assert totals[0, 1].sum() == 37.0


def test_without_moves_the_projection_is_the_leslie_projection_by_hand() -> None:
    # Women: 100 aged 20, 50 aged 21. Fertility 0.1 at 20, 0.2 at 21 and 22; a tenth die each year.
    rates = no_rates(2)
    rates.fertility[[20, 21, 22]] = 0.1, 0.2, 0.2
    rates.mortality[:] = 0.1
    rates.mortality_newborn[:] = 0.05
    population = np.zeros((2, AGES))
    population[FEMALE, 20] = 100.0
    population[FEMALE, 21] = 50.0
    totals, flows = project(population, rates, np.ones((1, 3, FLOWS)))
    # Year 1: women 90 aged 21, 45 aged 22. Births ½(0.1·100 + 0.2·(50 + 90) + 0.2·45) = 23.5.
    assert flows[0, 1, 0] == 23.5
    np.testing.assert_allclose(totals[0, 1, FEMALE, [21, 22]], [90.0, 45.0], rtol=1e-15)
    np.testing.assert_allclose(totals[0, 1, MALE, 0], 0.512 * 23.5 * 0.95, rtol=1e-15)
    np.testing.assert_allclose(totals[0, 1, FEMALE, 0], 0.488 * 23.5 * 0.95, rtol=1e-15)
    # Year 2: 81 aged 22, 40.5 aged 23. Births ½(0.2·90 + 0.2·(45 + 81)) = 21.6.
    np.testing.assert_allclose(flows[0, 2, 0], 21.6, rtol=1e-15)
    girls = 0.488 * 23.5 * 0.95
    np.testing.assert_allclose(totals[0, 2, FEMALE, [1, 22, 23]], [0.9 * girls, 81.0, 40.5], rtol=1e-15)
    np.testing.assert_allclose(totals[0, 2, MALE, 1], 0.9 * 0.512 * 23.5 * 0.95, rtol=1e-15)
    np.testing.assert_allclose(flows[0, 1, 1], 15.0 + 0.05 * 23.5, rtol=1e-15)


def test_movers_are_counted_by_hand() -> None:
    # 1000 men aged 30: a tenth die, a fifth of the 900 leave, a quarter of the 720 emigrate.
    rates = no_rates(1)
    rates.mortality[1, MALE, 30] = 0.1
    rates.out_rate[:, MALE, 30] = 0.2
    rates.emigration_rate[MALE, 30] = 0.25
    rates.moves_in[1, MALE, 30] = 11.0
    rates.immigration[MALE, 30] = 5.0
    population = np.zeros((2, AGES))
    population[MALE, 30] = 1000.0
    totals, flows = project(population, rates, np.ones((1, 2, FLOWS)))
    np.testing.assert_allclose(flows[0, 1], [0, 100, 11, 180, 5, 180], rtol=1e-15)
    np.testing.assert_allclose(totals[0, 1, MALE, 31], 540.0 + 16.0, rtol=1e-15)


def test_a_multiplier_cannot_kill_or_move_more_people_than_there_are() -> None:
    rates = no_rates(1)
    rates.mortality[:] = 0.4
    population = np.full((2, AGES), 10.0)
    totals, flows = project(population, rates, np.full((1, 2, FLOWS), 5.0))
    assert flows[0, 1, 1] == 10.0 * 2 * AGES
    assert totals[0, 1].sum() == 0.0
