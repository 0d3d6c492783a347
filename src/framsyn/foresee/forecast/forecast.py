"""A fitted forecast: expected totals and ages of every place, their spread, and draws of each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

import numpy as np

from framsyn.core.arrays import Floats, Ints
from framsyn.foresee.counter_random import number_of
from framsyn.foresee.forecast import draws as chance
from framsyn.foresee.forecast.age_kernel import FIRST_OLD, Samples, draw_ages
from framsyn.foresee.forecast.boosting import can_boost, library
from framsyn.foresee.forecast.cohort import DAMPING, CohortRates, yearly_ratios
from framsyn.foresee.forecast.ensemble import Expected, expected, expected_ages
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.local_pattern import band_of_age
from framsyn.foresee.forecast.moving import MOVING, stepwise
from framsyn.foresee.forecast.origins import AtOrigin, forecast_origins, volatility
from framsyn.foresee.forecast.past import Past, open_past
from framsyn.foresee.forecast.spread import Spread, fit_spread, teaching_origins
from framsyn.model.layout import AGES

Progress = Callable[[], None]


@dataclass(frozen=True)
class Forecast:
    """The forecast of P places in the next H years.

    Attributes:
        past: what it is made from.
        expected: totals of the ensemble and its members.
        ages: [P, H, 2, 101] expected persons.
        spread: law of the totals' error.
        scale: [P] each place's scale in it, one year ahead.
        origins: forecasts at earlier origins, whose errors taught the spread.
        region_codes: [P] code of each place's region.
        notes: what was lacking, filled or assumed, in English sentences.
    """

    past: Past
    expected: Expected
    ages: Floats
    spread: Spread
    scale: Floats
    origins: tuple[AtOrigin, ...]
    region_codes: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def scales(self) -> Floats:
        """[P, H] each place's scale in the years ahead."""
        return self.spread.over_years(self.scale, self.history.base, self.past.horizon)

    @property
    def history(self) -> History:
        """What was known."""
        return self.past.history

    @cached_property
    def _moving(self) -> tuple[Ints, Floats]:
        """First ages of the kinds that move alike, and how strongly each takes part."""
        edges = np.array([*(first for first, _ in MOVING), AGES])
        return edges, np.array([weight for _, weight in MOVING])

    def law(self, horizon: int, shares: Floats) -> Floats:
        """[P, Q] quantiles of every place's total after `horizon` years: exact, from the law of its error."""
        normal = np.array([NormalDist().inv_cdf(float(share)) for share in shares])
        standard = chance.at_quantile(normal, self.spread.half_widths(horizon))
        error = chance.soften(self.scales[:, horizon - 1, None] * standard)
        return np.asarray(self.expected.totals[:, horizon - 1, None] * (1.0 + error))

    def shared(self, draws: range, seed: int) -> chance.Shared:
        """The country's draws."""
        birth_rate, death_rate = rates_of_loss(self.past)
        return chance.shared_draws(self.spread, birth_rate, death_rate, self.past.horizon, draws, seed)

    def totals(self, place: int, shared: chance.Shared, draws: range, seed: int) -> Floats:
        """[D, H] draws of a place's total."""
        errors = chance.relative_errors(
            self.spread,
            self.scales[place],
            shared,
            self.region_codes[place],
            self.history.codes[place],
            draws,
            seed,
        )
        return chance.fan(self.expected.totals[place], errors)

    def people(
        self, place: int, shared: chance.Shared, draws: range, seed: int, into: Samples | None = None
    ) -> Samples:
        """[D, H, 202] draws of a place's population: males by age, then females; written `into` if given."""
        rates, code = self.past.rates, self.history.codes[place]
        start = np.ascontiguousarray(self.past.base_structure[place], dtype=np.float64)
        women = start[1]
        births = chance.local_births(float(rates.fertility[place] @ women), code, draws, seed)
        edges, moving = self._moving
        people = self.room_for_people(len(draws)) if into is None else into
        variance = chance.by_age("chance")
        draw_ages(
            start,
            *self._start,
            self._ratio(place, rates),
            np.ascontiguousarray(rates.fertility[place]),
            float(rates.boys[place]),
            self.totals(place, shared, draws, seed),
            shared.fertility * births[:, None],
            shared.mortality,
            chance.lasting_factors(code, draws, seed, band_of_age()),
            np.append(variance, variance[-1]),
            edges,
            moving,
            seed,
            number_of(code),
            draws.start,
            people,
        )
        return people

    def room_for_people(self, draws: int) -> Samples:
        """An array for `people`, to be used again: making one costs as much as filling it."""
        return np.empty((draws, self.past.horizon, 2 * AGES), dtype=np.float32)

    @cached_property
    def _start(self) -> tuple[Floats, Ints]:
        """Variance a person [101] of the base by age, and the group [101] whose size is known."""
        variance = base_variance(self.past)
        group = np.zeros(AGES, dtype=np.int64)
        if self.history.base_year in self.history.groups:
            for index, (first, last) in enumerate(self.history.bounds):
                group[first : last + 1] = index
        return variance, group

    def _ratio(self, place: int, rates: CohortRates) -> Floats:
        """[H, 2, 101] expected cohort ratios of a place."""
        region = int(self.history.region[place])
        return yearly_ratios(rates, region, place, self.past.horizon, stepwise(DAMPING))


def rates_of_loss(past: Past) -> tuple[float, float]:
    """Newborn, and losses at old ages, a resident of the country and year."""
    people = past.base_structure.sum(axis=0)
    region = past.series.regional[-1]
    lost = np.maximum(1.0 - past.rates.ratio[:, :, FIRST_OLD:], 0.0) * region[:, :, FIRST_OLD:]
    return float(people[:, 0].sum() / people.sum()), float(lost.sum() / people.sum())


def base_variance(past: Past) -> Floats:
    """[101] variance a person of the base by age: none where observed, else as far as it was carried."""
    base = past.history.base_year
    usual = chance.by_age("estimated")
    if not past.history.structures:
        return usual
    years = base - max(past.history.structures) + past.history.carried
    return np.minimum(years * chance.by_age("chance"), usual)


def fit_forecast(
    history: History, region_codes: tuple[str, ...], horizon: int, progress: Progress = lambda: None
) -> Forecast:
    """Forecast a history, its spread learned from forecasts at earlier origins.

    Args:
        history: what is known.
        region_codes: [P] code of each place's region.
        horizon: years ahead.
        progress: called after each earlier origin.
    """
    past = open_past(history, horizon)
    origins = forecast_origins(past, teaching_origins(past), 10, progress)
    told = expected(past)
    spread = fit_spread(history, origins)
    return Forecast(
        past,
        told,
        expected_ages(past, told.totals),
        spread,
        spread.scale(history.base, volatility(history)),
        tuple(origins),
        region_codes,
        (*history.notes, *_lacking(past), spread.note),
    )


def _lacking(past: Past) -> list[str]:
    """What the forecast had to do without, in English sentences."""
    history, series = past.history, past.series
    notes = []
    if not history.structures:
        notes.append("no ages by single year are observed: they are estimated from age groups and regions")
    elif max(history.structures) < history.base_year:
        last = max(history.structures)
        notes.append(f"ages of {history.base_year} are carried from {last} on the regions' change")
    if series.looking_back:
        years = ", ".join(map(str, sorted(series.looking_back)))
        notes.append(f"ages between observed years follow cohorts: {years}")
    if not history.fertility:
        notes.append("no regional fertility by age: a model schedule at the level of the newborn")
    if not history.births:
        notes.append("no registered births: local fertility from those aged 0")
    if not can_boost(past):
        why = "lightgbm cannot be loaded" if library() is None else "the history is too short to learn from"
        notes.append(f"boosting is left out of the ensemble: {why}")
    return notes
