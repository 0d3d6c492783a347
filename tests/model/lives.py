"""Made-up municipalities and worlds for tests of the model."""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from framsyn.evidence.register import effect
from framsyn.foresee.postures import AS_IS, posture
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.kernel import live_lives
from framsyn.model.layout import (
    AGES,
    INDICATORS,
    LEVERS,
    W_INTEREST,
    WORLD_COLUMNS,
    Floats,
    Place,
    Rates,
)

AGE = np.arange(float(AGES))


def some_rates(rng: Generator, years: int) -> Rates:
    """Random but possible demographic rates."""
    fertile = (AGE >= 15) & (AGE < 50)
    return Rates(
        fertility=np.where(fertile, rng.uniform(0, 0.15, AGES), 0.0),
        male_birth_share=float(rng.uniform(0.4, 0.6)),
        mortality=rng.uniform(0, 0.6, (years + 1, 2, AGES)),
        mortality_newborn=rng.uniform(0, 0.1, (years + 1, 2)),
        out_rate=rng.uniform(0, 0.5, (years + 1, 2, AGES)),
        moves_in=rng.uniform(0, 20, (years + 1, 2, AGES)),
        immigration=rng.uniform(0, 5, (2, AGES)),
        emigration_rate=rng.uniform(0, 0.1, (2, AGES)),
    )


def calm_rates(years: int, moves: float = 0.03) -> Rates:
    """Rates of an ordinary municipality, the same every year."""
    fertile = (AGE >= 18) & (AGE < 42)
    mortality = np.minimum(0.5, 1e-4 * np.exp(0.085 * AGE))
    people = some_people()
    return Rates(
        fertility=np.where(fertile, 0.055, 0.0),
        male_birth_share=0.512,
        mortality=np.broadcast_to(mortality, (years + 1, 2, AGES)).copy(),
        mortality_newborn=np.full((years + 1, 2), 0.002),
        out_rate=np.full((years + 1, 2, AGES), moves),
        moves_in=np.broadcast_to(moves * people, (years + 1, 2, AGES)).copy(),
        immigration=0.004 * people,
        emigration_rate=np.full((2, AGES), 0.002),
    )


def some_people() -> Floats:
    """About 10 000 people, [sex, age]."""
    return np.vstack([60 * np.exp(-((np.maximum(AGE - 70, 0) / 15) ** 2))] * 2) + 0.01


def a_place(population: Floats | None = None, **changes: float) -> Place:
    """An ordinary municipality; `changes` replace its scalar fields."""
    people = some_people() if population is None else population
    n = float(people.sum())
    place = Place(
        population=people,
        costs=np.array([300, 900, 150, 250, 400, 150, 350.0]) * n,
        tax_profile=np.interp(AGE, [0, 15, 18, 30, 50, 65, 100], [0, 0.02, 0.2, 1, 1.4, 0.8, 0.5]),
        income_tax_rate=8.4,
        income_tax_base=18_000 * n,
        corporate_tax=150 * n,
        property_tax=330 * n,
        grant_prices=np.where(AGE < 6, 5000, np.where(AGE < 16, 9000, 100.0)),
        grant_share=0.2573,
        grant_other=300 * n,
        equalisation_rate=0.0757,
        equalisation_mean=np.full(51, 1700.0),
        equalisation_added=0.9,
        equalisation_deducted=0.1,
        financial_income=30 * n,
        depreciation=350 * n,
        fixed_assets=5000 * n,
        investment=450 * n,
        loans=3500 * n,
        cash=300 * n,
        accumulated_surplus=1000 * n,
        employed=0.44 * n,
        labour_force=0.47 * n,
        jobs=0.43 * n,
        municipal_jobs=0.06 * n,
        repair_debt=1000 * n,
        digital=20.0,
        engagement=5.0,
        participation=60.0,
        trust=50.0,
        exclusion=12.0,
    )
    return place._replace(**changes)  # type: ignore[arg-type]  # scalar fields only


def some_worlds(rng: Generator, draws: int, years: int) -> Floats:
    """Random worlds around an undisturbed base year, [draw, year, column]."""
    worlds = np.ones((draws, years + 1, WORLD_COLUMNS))
    worlds[:, 1:] = np.exp(0.08 * rng.standard_normal((draws, years, WORLD_COLUMNS)))
    worlds[:, :, W_INTEREST] = 0.03
    return worlds


def calm_worlds(draws: int, years: int) -> Floats:
    """Worlds in which nothing deviates."""
    worlds = np.ones((draws, years + 1, WORLD_COLUMNS))
    worlds[:, :, W_INTEREST] = 0.03
    return worlds


def median_effects(draws: int) -> Floats:
    """Every effect at its prior median, [draw, coefficient]."""
    return np.tile([effect(identity).median for identity in COEFFICIENTS], (draws, 1))


def some_effects(rng: Generator, draws: int) -> Floats:
    """Effects drawn from their priors, [draw, coefficient]."""
    return np.array(
        [[effect(i).at(float(rng.standard_normal())) for i in COEFFICIENTS] for _ in range(draws)]
    )


class Lived(NamedTuple):
    """Records [draw, year, indicator] and population sums [year, sex, age] of one posture."""

    record: Floats
    ages: Floats


def live(
    identities: tuple[str, ...],
    place: Place,
    rates: Rates,
    worlds: Floats,
    effects: Floats,
    pins: dict[int, float] | None = None,
) -> dict[str, Lived]:
    """Lives under each posture in the same worlds, measured from the lives lived as today."""
    draws, rows, _ = worlds.shape
    pinned = np.full((rows, LEVERS), np.nan)
    for lever, value in (pins or {}).items():
        pinned[:, lever] = value
    reference = np.empty((draws, rows, INDICATORS))
    closed = np.zeros((draws, rows + 1))
    lived = {}
    for identity in (AS_IS, *(one for one in identities if one != AS_IS)):
        record = reference if identity == AS_IS else np.empty_like(reference)
        shut = closed if identity == AS_IS else np.zeros_like(closed)
        ages = np.zeros((rows, 2, AGES))
        live_lives(
            place, rates, posture(identity), pinned, worlds, effects, reference, closed, record, shut, ages
        )
        lived[identity] = Lived(record, ages)
    return lived
