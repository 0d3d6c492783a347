"""Made-up municipalities and worlds for tests of the model."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from framsyn.evidence.register import effect
from framsyn.foresee.postures import AS_IS, posture
from framsyn.law.path import LawPath
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.course import Course
from framsyn.model.kernel import live_lives
from framsyn.model.layout import (
    AGES,
    COMMUNITY,
    DIGITAL,
    ENGAGEMENT,
    HOUSING,
    INDICATORS,
    INTEGRATION,
    LEVERS,
    TAX_RATE,
    TILT_KINDS,
    W_DISCRETIONARY,
    W_INTEREST,
    W_INVESTMENT,
    W_MERGER,
    W_MOVES_IN,
    W_ONE_OFF,
    W_PROCEDURE,
    W_TILT,
    W_TILTS,
    W_UNEMPLOYMENT,
    WORLD_COLUMNS,
    Floats,
    Place,
    Rates,
)
from framsyn.model.life import Draw, Town
from framsyn.model.mobility import WEIGHTS
from framsyn.model.rule import Rule, packed

AGE = np.arange(float(AGES))
#: World columns that are standard normals: by them it is decided whether what has a chance happens.
CHANCES = (W_PROCEDURE, W_DISCRETIONARY, W_MERGER)
#: Standard-normal score of the 99th percentile.
P99 = 2.3263478740408408
#: Logit of the unemployment rate of `a_place`.
USUAL_UNEMPLOYMENT = float(np.log(0.03 / 0.44))


def some_rates(rng: Generator, years: int) -> Rates:
    """Random but possible demographic rates."""
    fertile = (AGE >= 15) & (AGE < 50)
    return Rates(
        fertility=np.where(fertile, rng.uniform(0, 0.15, AGES), 0.0),
        male_birth_share=float(rng.uniform(0.51, 0.6)),
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
        costs=np.array([300, 900, 150, 60, 85, 25, 80, 400, 15, 28, 122, 5, 330, 20.0]) * n,
        incomes=np.array([40, 20, 10, 7, 10, 3, 15, 150, 1, 6, 24, 0, 60, 5.0]) * n,
        tax_profile=np.interp(AGE, [0, 15, 18, 30, 50, 65, 100], [0, 0.02, 0.2, 1, 1.4, 0.8, 0.5]),
        care_weights=np.interp(AGE, [0, 64, 75, 85, 100], [1, 1, 3, 12, 15.0]),
        income_tax_rate=8.4,
        income_tax_base=18_000 * n,
        corporate_tax=150 * n,
        property_tax=330 * n,
        grant_prices=np.where(AGE < 6, 5000, np.where(AGE < 16, 9000, 100.0)),
        grant_other=300 * n,
        equalisation_rate=0.0757,
        equalisation_mean=np.full(51, 1700.0),
        financial_income=30 * n,
        depreciation=350 * n,
        fixed_assets=5000 * n,
        investment=450 * n,
        loans=3500 * n,
        group_loans=6500 * n,
        mean_group_loans=7000.0,
        cash=300 * n,
        accumulated_surplus=1000 * n,
        employed=0.44 * n,
        labour_force=0.47 * n,
        jobs=0.43 * n,
        jobs_tradable=0.1 * n,
        jobs_recovery=np.ones(51),
        municipal_jobs=0.06 * n,
        local_share=0.7,
        village_share=0.3,
        repair_debt=1000 * n,
        digital=20.0,
        people_expected=np.full(51, n),
        homes=0.55 * n,
        households=0.48 * n,
        vacancy=0.09,
        house_price=2100.0,
        owner_share=0.65,
        short_share=0.5,
        long_term_share=0.4,
        asset_sales=60 * n,
        growth_10y=0.0,
        speakers=0.05 * n,
        basic_only=27.0,
        offences=40.0,
        grant_unemployment=40 * n,
        grant_speakers=10 * n,
        size_class=1,
        self_governing=0.0,
    )
    return place._replace(**changes)  # type: ignore[arg-type]  # scalar fields only


def a_law(years: int, **changes: Floats) -> LawPath:
    """Law that stays as it is."""
    flat = np.ones(years + 1)
    law = LawPath(
        grant_share=0.2573 * flat,
        fixed_term=0.0 * flat,
        decided=0.0 * flat,
        corporate_factor=flat,
        mean_income_tax_rate=7.57 * flat,
        equalisation_added=0.9 * flat,
        equalisation_deducted=0.1 * flat,
        cover_years=4.0 * flat,
        limits=np.array([1000.0, 500.0, 0.8, 2.0, 1.5, 0.8, 8.0]),
    )
    return law._replace(**changes)


def some_starts(draws: int) -> Floats:
    """The community at the base year, [draw, column]: turnout, four indices, reach, low income, youth."""
    starts = np.tile([60.0, 50.0, 50.0, 50.0, 50.0, 50.0, 12.0, 9.0], (draws, 1))
    assert starts.shape[1] == COMMUNITY
    return starts


def course_of(rule: Rule, rows: int, pins: dict[int, float] | None = None, **changes: object) -> Course:
    """A course under one rule; `pins` hold levers in every year."""
    pinned = np.full((rows, LEVERS), np.nan)
    for lever, value in (pins or {}).items():
        pinned[:, lever] = value
    course = Course(packed([rule]), np.zeros(rows, dtype=np.int64), pinned, 1.0, 1.0, 1.0)
    return course._replace(**changes)  # type: ignore[arg-type]  # fields of Course only


def spread_tilts(worlds: Floats) -> None:
    """Write the factors on the ages of each kind of mobility that the tilts of the worlds are."""
    worlds[..., W_TILTS : W_TILTS + TILT_KINDS] = worlds[..., [W_TILT]] ** WEIGHTS


def some_worlds(rng: Generator, draws: int, years: int) -> Floats:
    """Random worlds around an undisturbed base year, [draw, year, column]."""
    worlds = np.ones((draws, years + 1, WORLD_COLUMNS))
    worlds[:, 1:] = np.exp(0.08 * rng.standard_normal((draws, years, WORLD_COLUMNS)))
    worlds[:, :, W_INTEREST] = 0.03
    worlds[:, :, W_UNEMPLOYMENT] += USUAL_UNEMPLOYMENT - 1.0
    worlds[:, :, [W_ONE_OFF, W_INVESTMENT]] = 0.0
    worlds[:, :, CHANCES] = rng.standard_normal((draws, years + 1, len(CHANCES)))
    spread_tilts(worlds)
    return worlds


def calm_worlds(draws: int, years: int) -> Floats:
    """Worlds in which nothing deviates, and what has a chance below a half does not happen."""
    worlds = np.ones((draws, years + 1, WORLD_COLUMNS))
    worlds[:, :, W_INTEREST] = 0.03
    worlds[:, :, W_UNEMPLOYMENT] += USUAL_UNEMPLOYMENT - 1.0
    worlds[:, :, [W_ONE_OFF, W_INVESTMENT]] = 0.0
    worlds[:, :, CHANCES] = 0.0
    return worlds


def growing_worlds(draws: int, years: int) -> Floats:
    """Calm worlds in which more people move in, so that homes are needed every year."""
    worlds = calm_worlds(draws, years)
    worlds[:, 1:, W_MOVES_IN] = 1.3
    return worlds


def median_effects(draws: int) -> Floats:
    """Every effect at its prior median, [draw, coefficient]."""
    return np.tile([effect(identity).median for identity in COEFFICIENTS], (draws, 1))


def effects_with(**values: float) -> Floats:
    """Every effect at its prior median, but those of these ids at these values, [coefficient]."""
    found: Floats = median_effects(1)[0]
    for identity, value in values.items():
        found[COEFFICIENTS.index(identity)] = value
    return found


def some_effects(rng: Generator, draws: int) -> Floats:
    """Effects drawn from their priors, [draw, coefficient]."""
    return np.array(
        [[effect(i).at(float(rng.standard_normal())) for i in COEFFICIENTS] for _ in range(draws)]
    )


def wild_effects(rng: Generator, draws: int, corners: bool) -> Floats:
    """Effects [draw, coefficient] anywhere from the first to the 99th percentile, or at one of the two."""
    scores = rng.uniform(-P99, P99, (draws, len(COEFFICIENTS)))
    scores = np.where(scores < 0.0, -P99, P99) if corners else scores
    return np.array([[effect(one).at(z) for one, z in zip(COEFFICIENTS, row, strict=True)] for row in scores])


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
    reference = np.empty((draws, rows, INDICATORS))
    lived = {}
    for identity in (AS_IS, *(one for one in identities if one != AS_IS)):
        record = reference if identity == AS_IS else np.empty_like(reference)
        course = course_of(posture(identity), rows, pins)
        lived[identity] = live_under(course, place, rates, worlds, effects, reference, record)
    return lived


def pinned_as_today(years: int) -> Course:
    """A course on which every lever stands as in the base year of `a_place`."""
    levers = dict.fromkeys(range(LEVERS), 1.0)
    levers |= {HOUSING: 0.0, INTEGRATION: 0.0, DIGITAL: 20.0, ENGAGEMENT: 5.0, TAX_RATE: 8.4}
    return course_of(posture(AS_IS), years + 1, levers)


def with_lever(course: Course, lever: int, values: float | Floats, first: int = 1) -> Course:
    """A course on which a lever is held at other values, from the year `first` on."""
    pinned = course.pinned.copy()
    pinned[first:, lever] = values
    return course._replace(pinned=pinned)


def live_against(
    baseline: Course, courses: Sequence[Course], place: Place, effects: Floats, worlds: Floats | None = None
) -> list[Floats]:
    """Records [draw, year, indicator] of the baseline, and of each course against it, at calm rates."""
    draws, rows = len(effects), baseline.pinned.shape[0]
    worlds = calm_worlds(draws, rows - 1) if worlds is None else worlds
    rates = calm_rates(rows - 1)
    reference = np.empty((draws, rows, INDICATORS))
    live_under(baseline, place, rates, worlds, effects, reference, reference)
    others = [live_under(course, place, rates, worlds, effects, reference).record for course in courses]
    return [reference, *others]


def live_under(
    course: Course,
    place: Place,
    rates: Rates,
    worlds: Floats,
    effects: Floats,
    reference: Floats,
    record: Floats | None = None,
    law: LawPath | None = None,
) -> Lived:
    """Lives under one course; `reference` are those lived as today."""
    draws, rows, _ = worlds.shape
    record = np.empty_like(reference) if record is None else record
    ages = np.zeros((rows, 2, AGES))
    town = Town(place, rates, law or a_law(rows - 1))
    live_lives(town, Draw(worlds, effects, some_starts(draws), reference), course, record, ages)
    return Lived(record, ages)
