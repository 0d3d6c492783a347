"""How wrong such forecasts have been: the width of the fan around a total.

The error of a place relative to its forecast is its own scale times a standardised error whose quantiles
grow with the horizon as a power. The scale follows the place's own past wandering and its size. Both are
learned from the ensemble's own past errors, of outcomes of the last years, since the width that was right
in calmer or wilder times is not the width of today. No distribution is assumed: the quantiles of the
standardised error are those that were seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.datafile import sections
from framsyn.foresee.forecast.history import History
from framsyn.foresee.forecast.national import country_path
from framsyn.foresee.forecast.origins import LEAST_YEARS, AtOrigin, possible_origins
from framsyn.foresee.forecast.past import Past
from framsyn.foresee.forecast.trends import country_totals

#: Levels of central intervals whose half-widths are learned.
LEVELS = (0.5, 0.8, 0.95)
#: Standard normal quantiles of those levels' upper ends.
NORMAL = (0.674490, 1.281552, 1.959964)
#: Outcomes of so many last years teach; short horizons weigh more, since more of them are independent.
WINDOW_YEARS, HORIZON_POWER = 10, 1.2
#: How firmly the power of the horizon is held to what was found in Finland, in squared weight.
POWER_WEIGHT = 0.01
LEAST_ERRORS, LEAST_ORIGINS = 60, 3
MOST_HORIZON = 10
SMALL_PART = 0.05
#: Errors that weigh as much as the usual slopes.
SLOPE_WEIGHT = 5.0


@dataclass(frozen=True)
class Spread:
    """The law of a total's relative error.

    Attributes:
        slopes: [4] of the scale's logarithm: constant, log volatility, log persons − 9 and its square.
        level: [3] logarithm of the half-width at horizon 1, standardised, by `LEVELS`.
        power: [3] power of the horizon by `LEVELS`.
        growth: how much faster the scale grows with the horizon in large places: power of the horizon for
            each unit of log persons − 9. Chance of small numbers rules the first years of small places.
        country_sd: relative error (standard deviation) of the country's total after one year.
        country_power: its power of the horizon.
        origins: how many past origins it rests on; 0 = the default.
        note: what it rests on, in a sentence.
    """

    slopes: Floats
    level: Floats
    power: Floats
    growth: float
    country_sd: float
    country_power: float
    origins: int
    note: str

    def scale(self, size: Floats, wander: Floats) -> Floats:
        """[P] scale of the relative error after a year: `size` persons, volatility `wander`."""
        return np.asarray(np.exp(_features(size, wander) @ self.slopes))

    def over_years(self, scale: Floats, size: Floats, years: int) -> Floats:
        """[..., H] scales in the years ahead of places with `scale` [...] in the first and `size` persons."""
        ahead = np.log(np.arange(1.0, years + 1.0))
        larger = np.asarray(np.log(np.maximum(size, 1.0)) - 9.0)
        return np.asarray(np.asarray(scale)[..., None] * np.exp(self.growth * larger[..., None] * ahead))

    def half_widths(self, horizon: int) -> Floats:
        """[3] standardised half-widths of the central intervals `LEVELS` after `horizon` years, rising."""
        width = np.exp(self.level + self.power * np.log(horizon))
        return np.asarray(np.maximum.accumulate(width) * (1.0 + 1e-9 * np.arange(len(width))))

    def country_error(self, horizon: int) -> float:
        """Standard deviation of the country's relative error after `horizon` years."""
        return float(self.country_sd * horizon**self.country_power)


def teaching_origins(past: Past) -> list[int]:
    """Earlier origins whose errors teach: those with outcomes in the last years."""
    first = past.history.base_year - WINDOW_YEARS - MOST_HORIZON + 1
    return possible_origins(past, max(first, past.series.first_year + 1))


def default_spread() -> Spread:
    """What was found for Finland's municipalities; for histories too short to learn from."""
    told = sections("framsyn.foresee.forecast", "forecast_defaults.toml")["spread"]
    return Spread(
        slopes=np.array(told["slopes"]),
        level=np.array(told["level"]),
        power=np.array(told["power"]),
        growth=float(told["growth"]),
        country_sd=float(told["country_sd"]),
        country_power=float(told["country_power"]),
        origins=0,
        note="the history is too short to learn from: widths are those of Finland's municipalities",
    )


def _features(size: Floats, wander: Floats) -> Floats:
    persons = np.log(np.maximum(size, 1.0)) - 9.0
    return np.stack([np.ones_like(size), np.log(wander), persons, persons**2], axis=-1)


def fit_spread(history: History, past: Sequence[AtOrigin]) -> Spread:
    """Learn the law from forecasts at earlier origins and the totals of `history` that came true.

    Only outcomes up to the base year of `history` are used; the default where there are too few.
    """
    usual = default_spread()
    errors = _errors(history, past)
    late = {k: e for k, e in errors.items() if k[0] + k[1] > history.base_year - WINDOW_YEARS}
    chosen = late if _enough(late) else errors
    if not _enough(chosen):
        return usual
    by_origin = {one.origin: one for one in past}
    slopes, growth = _slopes(chosen, by_origin)
    level, power = _quantiles(chosen, by_origin, slopes, growth, usual)
    country_sd, country_power = _country(history, usual)
    origins = len({origin for origin, _ in chosen})
    years = [origin + horizon for origin, horizon in chosen]
    note = (
        f"widths from the errors of {origins} past origins with outcomes in {min(years)}–{max(years)},"
        f" horizons 1–{max(horizon for _, horizon in chosen)}"
    )
    return Spread(slopes, level, power, growth, country_sd, country_power, origins, note)


def _errors(history: History, past: Sequence[AtOrigin]) -> dict[tuple[int, int], Floats]:
    """Relative errors [P] by (origin, horizon) of outcomes that are known."""
    found = {}
    for one in past:
        for horizon in range(1, one.expected.totals.shape[1] + 1):
            actual = history.actual(one.origin + horizon)
            if one.origin < history.base_year and np.isfinite(actual).any():
                found[one.origin, horizon] = actual / one.expected.totals[:, horizon - 1] - 1.0
    return found


def _enough(errors: dict[tuple[int, int], Floats]) -> bool:
    count = sum(int(np.isfinite(e).sum()) for e in errors.values())
    return count >= LEAST_ERRORS and len({origin for origin, _ in errors}) >= LEAST_ORIGINS


def _slopes(errors: dict[tuple[int, int], Floats], by_origin: dict[int, AtOrigin]) -> tuple[Floats, float]:
    """Least squares of the log error over its horizon's median on volatility, size, size × log horizon."""
    rows, wanted = [], []
    for horizon in sorted({h for _, h in errors}):
        of_horizon = {o: np.abs(e) for (o, h), e in errors.items() if h == horizon}
        middle = float(np.nanmedian(np.concatenate(list(of_horizon.values())))) or 1e-6
        for origin, size in of_horizon.items():
            known = np.isfinite(size)
            told = _features(by_origin[origin].size, by_origin[origin].volatility)
            rows.append(np.concatenate([told, told[:, 2:3] * np.log(horizon)], axis=1)[known])
            wanted.append(np.log(size[known] / middle + SMALL_PART))
    design, target = np.concatenate(rows), np.concatenate(wanted)
    usual = default_spread()
    ridge = np.diag([0.0, *[SLOPE_WEIGHT] * 4])
    held = np.append(usual.slopes, usual.growth)
    found = np.linalg.solve(design.T @ design + ridge, design.T @ target + ridge @ held)
    return np.asarray(found[:-1]), float(found[-1])


def _quantiles(
    errors: dict[tuple[int, int], Floats],
    by_origin: dict[int, AtOrigin],
    slopes: Floats,
    growth: float,
    usual: Spread,
) -> tuple[Floats, Floats]:
    """Half-widths as powers of the horizon: level and power by `LEVELS`."""
    horizons = sorted({h for _, h in errors})
    seen = []
    for horizon in horizons:
        parts = []
        for (origin, h), error in errors.items():
            if h == horizon:
                one = by_origin[origin]
                told = _features(one.size, one.volatility)
                scale = np.exp(told @ slopes + growth * told[:, 2] * np.log(horizon))
                parts.append(np.abs(error) / scale)
        standard = np.concatenate(parts)
        seen.append(np.quantile(standard[np.isfinite(standard)], LEVELS))
    x = np.log(np.array(horizons, dtype=np.float64))
    weight = np.array(horizons, dtype=np.float64) ** (-2.0 * HORIZON_POWER)
    level, power = np.empty(len(LEVELS)), np.empty(len(LEVELS))
    for i in range(len(LEVELS)):
        y = np.log(np.maximum([s[i] for s in seen], 1e-6))
        level[i], power[i] = _line(x, y, weight, float(usual.power[i]))
    return level, power


def _line(x: Floats, y: Floats, weight: Floats, slope: float) -> tuple[float, float]:
    """Intercept and slope of a weighted line, the slope drawn toward a usual one."""
    center, middle = np.average(x, weights=weight), np.average(y, weights=weight)
    moment = float(np.sum(weight * (x - center) * (y - middle))) + POWER_WEIGHT * slope
    found = moment / (float(np.sum(weight * (x - center) ** 2)) + POWER_WEIGHT)
    return float(middle - found * center), float(found)


def _country(history: History, usual: Spread) -> tuple[float, float]:
    """Relative error of the country's total after a year, and the power of its growth with the horizon."""
    totals = country_totals(history.totals)
    by_horizon: dict[int, list[float]] = {}
    for last in range(LEAST_YEARS - 1, len(totals) - 1):
        ahead = min(MOST_HORIZON, len(totals) - 1 - last)
        path = country_path(totals[: last + 1], ahead)
        for horizon in range(1, ahead + 1):
            off = float(totals[last + horizon] / path[horizon - 1] - 1.0)
            by_horizon.setdefault(horizon, []).append(off**2)
    known = {h: float(np.sqrt(np.mean(sq))) for h, sq in by_horizon.items() if len(sq) >= LEAST_ORIGINS}
    if not known:
        return usual.country_sd, usual.country_power
    x = np.log(np.array(list(known), dtype=np.float64))
    y = np.log(np.maximum(list(known.values()), 1e-5))
    level, power = _line(x, y, np.exp(-x), usual.country_power)
    return float(np.exp(level)), min(max(power, 0.5), 1.5)
