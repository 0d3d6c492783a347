"""Why a municipality's forecast is what it is, and how right such forecasts have been."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.anchor import YEARS, Anchor, anchor_of
from framsyn.foresee.forecast.cohort import DAMPING, yearly_ratios
from framsyn.foresee.forecast.moving import stepwise
from framsyn.foresee.forecast.record import SIZES, size_class
from framsyn.foresee.forecast.structures import older
from framsyn.places.municipality import Municipality

#: Ages at the start of a year by which moves are told, first and last.
MOVES: Mapping[str, tuple[int, int]] = {
    "0-15": (0, 15),
    "16-19": (16, 19),
    "20-24": (20, 24),
    "25-34": (25, 34),
    "35-64": (35, 64),
    "65+": (65, 100),
}
#: Age from which all that a cohort loses is told as deaths.
HARDLY_MOVING = 80


@dataclass(frozen=True)
class PastErrors:
    """How far from the truth such forecasts have been.

    Attributes:
        least_residents, most_residents: the size class; no upper bound where None.
        horizon: years ahead.
        within_50, within_80, within_95: percent within which that many of 100 outcomes lay.
        outcomes: outcomes counted.
        origins: years that the forecasts were made from.
    """

    least_residents: int
    most_residents: int | None
    horizon: int
    within_50: float
    within_80: float
    within_95: float
    outcomes: int
    origins: tuple[int, ...]


@dataclass(frozen=True)
class ForecastExplained:
    """What moves a forecast, persons from the base year to `year`; the parts sum to the change.

    Attributes:
        code: the municipality.
        base_year: the year before the first forecast.
        year: the last year told.
        population: residents at the end of the base year.
        expected: residents expected at the end of `year`.
        low, high: bounds of the 80 % interval of that.
        births: children born.
        deaths: residents who die.
        moves: net moves in by age at the start of the year. From 80 on, where hardly anyone moves, all that
            a cohort loses counts as deaths.
        pull: what the ensemble's total adds to, or takes from, what births, deaths and moves alone give.
        members: the total of each member of the ensemble at the end of `year`.
        past: how right such forecasts have been at each horizon that the past has outcomes for.
    """

    code: str
    base_year: int
    year: int
    population: float
    expected: float
    low: float
    high: float
    births: float
    deaths: float
    moves: Mapping[str, float]
    pull: float
    members: Mapping[str, float]
    past: tuple[PastErrors, ...]

    def past_at(self, horizon: int) -> PastErrors | None:
        """Past errors at a horizon; None where there were too few outcomes."""
        return next((one for one in self.past if one.horizon == horizon), None)


def explain_forecast(m: Municipality, years: int = 10) -> ForecastExplained:
    """What moves a municipality's forecast over the next years.

    Args:
        m: the municipality.
        years: years after the base year, 1 … 50.

    Raises:
        FramsynError: years out of range.
    """
    if not 1 <= years <= YEARS:
        raise FramsynError("Years must be from 1 to {most}; {years} was given.", most=YEARS, years=years)
    anchor = anchor_of(m, years)
    births, deaths, moves, pull = _parts(m, anchor, years)
    half = anchor.scale[-1] * anchor.spread.half_widths(years)[1] * anchor.totals[-1]
    return ForecastExplained(
        code=m.code,
        base_year=m.bundle.base_year,
        year=m.bundle.base_year + years,
        population=float(m.population.sum()),
        expected=float(anchor.totals[-1]),
        low=float(max(anchor.totals[-1] - half, 0.0)),
        high=float(anchor.totals[-1] + half),
        births=births,
        deaths=deaths,
        moves={name: float(moves[first : last + 1].sum()) for name, (first, last) in MOVES.items()},
        pull=pull,
        members={name: float(path[-1]) for name, path in anchor.members.items()},
        past=past_of(m),
    )


def past_of(m: Municipality) -> tuple[PastErrors, ...]:
    """Past errors of municipalities of its size, by horizon."""
    least = SIZES[size_class(float(m.population.sum()))]
    rows = m.bundle.manifest["forecast"]["past_errors"]
    told = [row for row in rows if row["least_residents"] == least]
    return tuple(PastErrors(**{**row, "origins": tuple(row["origins"])}) for row in told)


def _parts(m: Municipality, anchor: Anchor, years: int) -> tuple[float, float, Floats, float]:
    """Births, deaths, net moves [101] by age at the start of the year, and the pull; persons."""
    mortality, newborn = _mortality(m, years)
    ratio = yearly_ratios(anchor.rates, 0, 0, years, stepwise(DAMPING))
    fertility = anchor.rates.fertility[0]
    boys = float(anchor.rates.boys[0])
    now = np.asarray(m.population, dtype=np.float64)
    births = deaths = pull = 0.0
    moves = np.zeros(now.shape[1])
    for year in range(years):
        kept = now * ratio[year]
        dead = now * mortality[year]
        dead[:, HARDLY_MOVING:] = (now - kept)[:, HARDLY_MOVING:]
        after = older(kept)
        alive = float(fertility @ (0.5 * (now[1] + after[1])))
        after[:, 0] = alive * np.array([boys, 1.0 - boys])
        born = alive / (1.0 - newborn[year])
        births += born
        deaths += float(dead.sum()) + born - alive
        moves += (kept - (now - dead)).sum(axis=0)
        now = anchor.ages[year]
        pull += float(now.sum() - after.sum())
    return float(births), float(deaths), moves, float(pull)


def _mortality(m: Municipality, years: int) -> tuple[Floats, Floats]:
    """Probabilities of dying [H, 2, 101] and, newborn, [H]."""
    ahead = np.arange(1.0, years + 1.0)[:, None, None]
    better = np.exp(-m.bundle["mortality_improvement"].astype(np.float64) * ahead)
    own = np.minimum(m.bundle["mortality"][m.index].astype(np.float64) * better, 1.0)
    newborn = m.bundle["mortality_newborn"][m.index].astype(np.float64) * better[:, :, 0]
    return own, newborn.mean(axis=1)
