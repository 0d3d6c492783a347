"""Rolling origins: every method forecasts the same targets from the same past, and is laid beside the truth.

The widths at each origin are learned from earlier origins alone. Official projections take part where the
folder has them, at their own origin. A municipality without a published outcome is not scored.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from framsyn.calibrate.known import AGES, Floats, Projection
from framsyn.errors import FramsynError
from framsyn.foresee.forecast.forecast import Forecast
from framsyn.foresee.forecast.history import Bounds, History
from framsyn.foresee.forecast.members import RIVALS, hamilton_perry_ages
from framsyn.foresee.forecast.origins import SERVICE, AtOrigin, forecast_origins, possible_origins
from framsyn.foresee.forecast.past import Past, earlier, open_past
from framsyn.foresee.forecast.spread import MOST_HORIZON, WINDOW_YEARS, fit_spread
from framsyn.foresee.forecast.structures import grouped
from framsyn.foresee.scoring import crps_of

Progress = Callable[[], None]

OURS = "framsyn"
FIRST_ORIGIN, LAST_ORIGIN = 1995, 2018
DRAWS = 300
SEED = 1
YOUNG, OLD = 15, 65
SHARES = {"q025": 0.025, "q10": 0.1, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q90": 0.9, "q975": 0.975}
#: Small groups are whole persons: a truth within half a person of a bound is inside.
HALF_PERSON = 0.5


@dataclass(frozen=True)
class Backtest:
    """What was forecast and what came; one row a method, origin, horizon and municipality.

    Attributes:
        totals: forecast and actual totals of every method.
        spread: quantiles, CRPS and PIT of ours, for the total and age groups.
        ages: errors of ages of the methods that have them.
        notes: what was lacking.
    """

    totals: pl.DataFrame
    spread: pl.DataFrame
    ages: pl.DataFrame
    notes: tuple[str, ...]


def default_origins(past: Past) -> list[int]:
    """The origins 1995–2018 that can be stood on; where there are none, the last twenty that can."""
    possible = scorable_origins(past)
    within = [origin for origin in possible if FIRST_ORIGIN <= origin <= LAST_ORIGIN]
    return within or possible[-20:]


def scorable_origins(past: Past) -> list[int]:
    """Years that can be forecast from and have a published outcome within the horizon."""
    history = past.history

    def has_outcome(origin: int) -> bool:
        ahead = range(origin + 1, min(origin + past.horizon, history.base_year) + 1)
        return any(np.isfinite(history.actual(year)).any() for year in ahead)

    return [origin for origin in possible_origins(past) if has_outcome(origin)]


def check_origins(past: Past, origins: Sequence[int]) -> None:
    """Raise FramsynError where an origin cannot be stood on."""
    possible = scorable_origins(past)
    wrong = [origin for origin in origins if origin not in possible]
    if not possible:
        raise FramsynError(
            "No year can be an origin: at least nine years of population are needed before the last."
        )
    if wrong:
        raise FramsynError(
            "No forecast can be made from {wrong}: choose origins among {first}–{last} whose population is"
            " published.",
            wrong=", ".join(map(str, wrong)),
            first=possible[0],
            last=possible[-1],
        )


def backtest(
    history: History,
    region_codes: tuple[str, ...],
    projections: Sequence[Projection],
    origins: Sequence[int] | None = None,
    horizon: int = MOST_HORIZON,
    progress: Progress = lambda: None,
) -> Backtest:
    """Forecast from every origin and compare with what came.

    Args:
        history: everything known, the truth among it.
        region_codes: [P] code of each place's region.
        projections: official projections that take part.
        origins: years to forecast from; by default 1995–2018, as far as they can be stood on.
        horizon: the most years ahead.
        progress: called after each origin.

    Raises:
        FramsynError: an origin that cannot be stood on.
    """
    past = open_past(history, horizon)
    chosen = list(origins) if origins is not None else default_origins(past)
    check_origins(past, chosen)
    first = min(chosen) - WINDOW_YEARS - MOST_HORIZON
    needed = sorted({*possible_origins(past, max(first, past.series.first_year + 1)), *chosen})
    needed = [origin for origin in needed if origin <= max(chosen)]
    told = {one.origin: one for one in forecast_origins(past, needed, horizon, progress)}
    parts = [_Origin(past, told, origin, region_codes, projections) for origin in chosen]
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda part: part.scored(progress), parts))
    return Backtest(
        totals=pl.concat([one[0] for one in done]),
        spread=pl.concat([one[1] for one in done]),
        ages=pl.concat([one[2] for one in done]),
        notes=history.notes,
    )


class _Origin:
    """One origin's forecasts beside the truth."""

    def __init__(
        self,
        truth: Past,
        told: dict[int, AtOrigin],
        origin: int,
        region_codes: tuple[str, ...],
        projections: Sequence[Projection],
    ) -> None:
        self.truth = truth.history
        self.origin = origin
        self.own = told[origin]
        self.past = earlier(truth, origin, truth.horizon)
        self.region_codes = region_codes
        self.projections = [one for one in projections if one.base == origin]
        spread = fit_spread(self.truth.until(origin), [one for o, one in told.items() if o < origin])
        self.forecast = Forecast(
            self.past,
            self.own.expected,
            np.empty(0),
            spread,
            spread.scale(self.own.size, self.own.volatility),
            (),
            region_codes,
        )

    def scored(self, progress: Progress) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Totals, spread and ages of this origin."""
        found = self._totals(), self._spread(), self._ages()
        progress()
        return found

    @property
    def horizons(self) -> list[int]:
        """Years ahead with any published outcome."""
        last = min(self.past.horizon, self.truth.base_year - self.origin)
        ahead = range(1, last + 1)
        return [h for h in ahead if np.isfinite(self.truth.actual(self.origin + h)).any()]

    def _key(self, horizon: int) -> dict[str, object]:
        return {
            "origin": self.origin,
            "horizon": horizon,
            "code": self.truth.codes,
            "region": self.region_codes,
            "size": self.own.size,
        }

    def _totals(self) -> pl.DataFrame:
        paths = {OURS: self.own.expected.totals, **self.own.expected.members}
        paths |= {name: method(self.past) for name, method in RIVALS.items()}
        frames = []
        for horizon in self.horizons:
            actual = self.truth.actual(self.origin + horizon)
            told = {name: path[:, horizon - 1] for name, path in paths.items()}
            told |= {name: ages.sum(axis=1) for name, ages in self._official(horizon)}
            for name, forecast in told.items():
                frames.append(
                    pl.DataFrame(
                        {"method": name, **self._key(horizon), "forecast": forecast, "actual": actual},
                        schema_overrides={"forecast": pl.Float64, "actual": pl.Float64},
                    )
                )
        return pl.concat(frames).with_columns(pl.col("actual", "forecast").fill_nan(None))

    def _official(self, horizon: int) -> Iterator[tuple[str, Floats]]:
        """Ages [P, 101] of each official projection from this origin that tells the year."""
        for one in self.projections:
            ages = one.years.get(self.origin + horizon)
            if ages is not None:
                yield f"official_{one.base + 1}", np.nan_to_num(ages)

    def _known_groups(self, horizon: int) -> list[tuple[Bounds, Floats]]:
        """Published age groups after `horizon` years: bounds and persons [P, G]."""
        year = self.origin + horizon
        found: list[tuple[Bounds, Floats]] = []
        if year in self.truth.structures:
            found.append((SERVICE, grouped(self.truth.structures[year].sum(axis=1), SERVICE)))
        elif year in self.truth.groups:
            found.append((self.truth.bounds, self.truth.groups[year]))
        return found

    def _spread(self) -> pl.DataFrame:
        numbers = range(DRAWS)
        shared = self.forecast.shared(numbers, SEED)
        known = {horizon: self._known_groups(horizon) for horizon in self.horizons}
        places = len(self.truth.codes)
        told: dict[tuple[int, str], Floats] = {}
        room = self.forecast.room_for_people(DRAWS)
        for place in range(places):
            people = self.forecast.people(place, shared, numbers, SEED, room)
            ages = people.reshape(DRAWS, self.past.horizon, 2, AGES).sum(axis=2, dtype=np.float64)
            for horizon, groups in known.items():
                for bounds, _ in groups:
                    sums = grouped(ages[:, horizon - 1], bounds)
                    for index, (first, last) in enumerate(bounds):
                        drawn = told.setdefault((horizon, group_name(first, last)), np.empty((places, DRAWS)))
                        drawn[place] = sums[:, index]
        frames = [self._total_spread(horizon) for horizon in self.horizons]
        for horizon, groups in known.items():
            for bounds, actual in groups:
                for index, (first, last) in enumerate(bounds):
                    name = group_name(first, last)
                    frames.append(self._group_spread(horizon, name, told[horizon, name], actual[:, index]))
        return pl.concat(frames).with_columns(pl.col("actual", "crps", "pit").fill_nan(None))

    def _total_spread(self, horizon: int) -> pl.DataFrame:
        """The law itself, at quantiles fine enough to stand for draws in CRPS and PIT."""
        fine = (np.arange(DRAWS) + 0.5) / DRAWS
        actual = self.truth.actual(self.origin + horizon)
        grid = self.forecast.law(horizon, fine)
        bounds = self.forecast.law(horizon, np.array(list(SHARES.values())))
        return self._spread_frame(horizon, "total", grid, bounds, actual, 0.0)

    def _group_spread(self, horizon: int, name: str, drawn: Floats, actual: Floats) -> pl.DataFrame:
        bounds = np.quantile(drawn, list(SHARES.values()), axis=1).T
        return self._spread_frame(horizon, name, drawn, bounds, actual, HALF_PERSON)

    def _spread_frame(
        self, horizon: int, target: str, drawn: Floats, bounds: Floats, actual: Floats, slack: float
    ) -> pl.DataFrame:
        quantiles = {name: bounds[:, index] for index, name in enumerate(SHARES)}
        for name, share in SHARES.items():
            quantiles[name] = quantiles[name] + slack * np.sign(share - 0.5)
        below = (drawn < actual[:, None]).mean(axis=1) + 0.5 * (drawn == actual[:, None]).mean(axis=1)
        return pl.DataFrame(
            {
                "method": OURS,
                **self._key(horizon),
                "target": target,
                **quantiles,
                "crps": crps_of(drawn.T, actual),
                "pit": np.where(np.isfinite(actual), below, np.nan),
                "actual": actual,
            },
            schema_overrides={"actual": pl.Float64},
        )

    def _ages(self) -> pl.DataFrame:
        rival = hamilton_perry_ages(self.past).sum(axis=2)
        frames = [
            _age_errors(name, self._key(horizon), ages, *self._age_truth(horizon))
            for horizon in self.horizons
            for name, ages in (
                (OURS, self.own.ages[:, horizon - 1]),
                ("hamilton_perry", rival[:, horizon - 1]),
                *self._official(horizon),
            )
        ]
        return pl.concat(frames)

    def _age_truth(self, horizon: int) -> tuple[Floats | None, Bounds, Floats | None]:
        """Single ages [P, 101] if known, and the groups that are known."""
        year = self.origin + horizon
        single = self.truth.structures[year].sum(axis=1) if year in self.truth.structures else None
        if single is not None:
            return single, SERVICE, grouped(single, SERVICE)
        return None, self.truth.bounds, self.truth.groups.get(year)


def group_name(first: int, last: int) -> str:
    """What an age group is called: 0-5, 6, 85+."""
    if last >= AGES - 1:
        return f"{first}+"
    return str(first) if first == last else f"{first}-{last}"


def _age_errors(
    method: str,
    key: dict[str, object],
    forecast: Floats,
    single: Floats | None,
    bounds: Bounds,
    groups: Floats | None,
) -> pl.DataFrame:
    """Errors of ages [P, 101] against what is known of them; null where it is not."""
    unknown = np.full(len(forecast), np.nan)
    errors = {
        "persons": unknown,
        "absolute_error": unknown,
        "group_error": unknown,
        "age_structure_error": unknown,
        "error_under_15": unknown,
        "error_65_plus": unknown,
    }
    if groups is not None:
        told = grouped(forecast, bounds)
        errors["persons"] = groups.sum(axis=1)
        errors["group_error"] = np.abs(told - groups).sum(axis=1)
        errors["age_structure_error"] = _structure_error(told, groups)
        errors["error_65_plus"] = _share_error(told, groups, bounds, OLD, AGES - 1)
        errors["error_under_15"] = _share_error(told, groups, bounds, 0, YOUNG - 1)
    if single is not None:
        each = tuple((age, age) for age in range(AGES))
        errors["absolute_error"] = np.abs(forecast - single).sum(axis=1)
        errors["age_structure_error"] = _structure_error(forecast, single)
        errors["error_65_plus"] = _share_error(forecast, single, each, OLD, AGES - 1)
        errors["error_under_15"] = _share_error(forecast, single, each, 0, YOUNG - 1)
    return pl.DataFrame({"method": method, **key, **errors}).with_columns(pl.col(*errors).fill_nan(None))


def _structure_error(forecast: Floats, actual: Floats) -> Floats:
    """Age structure error, percent: half the sum of absolute differences of shares."""
    shares = [part / np.maximum(part.sum(axis=1, keepdims=True), 1e-9) for part in (forecast, actual)]
    return np.asarray(50.0 * np.abs(shares[0] - shares[1]).sum(axis=1))


def _share_error(forecast: Floats, actual: Floats, bounds: Bounds, first: int, last: int) -> Floats:
    """Error of the share of ages `first`–`last`, percentage points; NaN where groups do not tell it."""
    inside = [i for i, (a, b) in enumerate(bounds) if first <= a and b <= last]
    if not inside or bounds[inside[0]][0] != first or bounds[inside[-1]][1] != last:
        return np.full(len(forecast), np.nan)
    shares = [p[:, inside].sum(axis=1) / np.maximum(p.sum(axis=1), 1e-9) for p in (forecast, actual)]
    return np.asarray(100.0 * (shares[0] - shares[1]))
