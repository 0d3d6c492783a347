"""Moments: figures that tell how municipalities' people, jobs, unemployment and money move and hang together.

The same functions read histories that were published and histories that were simulated, one value per draw.
Sub-regions, ages and size of the base year are taken out of growth, rates and money.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.model.layout import Floats
from framsyn.validate.history_panel import History

#: First year in which flows and stocks are read, so that what the base year holds has settled.
FIRST = 1
#: Residents that part small and large municipalities.
SMALL, LARGE = (2_000.0, 5_000.0), (20_000.0, 1e9)


class Moment(NamedTuple):
    """A figure that the model ought to give.

    Attributes:
        id: its id.
        target, tolerance: what data say, and how far from it is still near.
        files: the tables that it comes from.
        computed: whether it is computed here; `meaning` says why not.
        meaning: what it is.
    """

    id: str
    target: float
    tolerance: float
    files: str
    computed: bool
    meaning: str


@cache
def moments() -> tuple[Moment, ...]:
    """Every moment, in the order of `moments.csv`."""
    return tuple(
        Moment(
            row["id"],
            float(row["target"]),
            float(row["tolerance"]),
            row["files"],
            row["computed"] == "yes",
            row["meaning"],
        )
        for row in rows("framsyn.validate", "moments.csv")
    )


def slope(y: Floats, x: Floats) -> Floats:
    """[draw] slope of y on x over municipalities [P, draw] known in both, both centred."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = _centred(x, known), _centred(y, known)
    return np.asarray((x * y).sum(axis=0) / (x * x).sum(axis=0))


def correlation(x: Floats, y: Floats) -> Floats:
    """[draw] correlation over municipalities [P, draw] known in both."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = _centred(x, known), _centred(y, known)
    return np.asarray((x * y).sum(axis=0) / np.sqrt((x * x).sum(axis=0) * (y * y).sum(axis=0)))


def spread(values: Floats) -> Floats:
    """[draw] standard deviation over the municipalities [P, draw] that are known."""
    return np.asarray(np.nanstd(values, axis=0, ddof=1))


def _centred(values: Floats, known: NDArray[np.bool_]) -> Floats:
    total = np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0)
    return np.where(known, values - total, 0.0)


def _together(of: History, span: int) -> Floats:
    """Mean over windows of `span` years of the correlation of changes of jobs and residents."""
    return _mean(
        [
            correlation(of.growth("jobs", a, b), of.growth("people", a, b))
            for a, b in _windows(of, "jobs", span)
        ]
    )


def _windows(of: History, name: str, span: int) -> list[tuple[int, int]]:
    """Windows of `span` years that do not overlap, from the last year known backwards."""
    known = of.years(name)
    ends = range(known[-1], known[0] + span - 1, -span)
    return [(end - span, end) for end in ends if end in known and end - span in known]


def _mean(values: list[Floats]) -> Floats:
    return np.mean(values, axis=0) if values else np.full(1, np.nan)


def _among(of: History, span: tuple[float, float]) -> NDArray[np.bool_]:
    here: NDArray[np.bool_] = (of.controls.residents >= span[0]) & (of.controls.residents < span[1])
    return here


def _growth_sd(name: str, span: tuple[float, float]) -> Callable[[History], Floats]:
    def read(of: History) -> Floats:
        return _mean([spread(of.growth(name, a, b)[_among(of, span)]) for a, b in _windows(of, name, 10)])

    return read


def _persistence(
    name: str, span: int, how: Callable[[Floats, Floats], Floats]
) -> Callable[[History], Floats]:
    def read(of: History) -> Floats:
        windows = _windows(of, name, span)
        pairs = [(late, early) for late in windows for early in windows if early[1] == late[0]]
        return _mean([how(of.growth(name, *late), of.growth(name, *early)) for late, early in pairs])

    return read


def _logits(of: History) -> Floats:
    """[P, draw, year] logits of unemployment beside the country's, of the years known."""
    rate = np.clip(
        np.asarray(of.series["unemployment"][:, :, of.years("unemployment")], dtype=np.float64), 0.01, 99.0
    )
    logit = np.log(rate / (100.0 - rate))
    return np.asarray(logit - np.nanmean(logit, axis=0))


def _place(of: History) -> Floats:
    """The mean's spread less what the deviations of few years add to it."""
    logit = _logits(of)
    within = np.nanvar(np.diff(logit, axis=2), axis=(0, 2)) / 2.0
    whole = np.nanvar(np.nanmean(logit, axis=2), axis=0)
    return np.asarray(np.sqrt(np.maximum(whole - within / logit.shape[2], 0.0)))


def _unemployment_persistence(of: History) -> Floats:
    """First autocorrelation within municipalities; few years pull it down by (1 + 3r) / n."""
    logit = _logits(of)
    own = logit - np.nanmean(logit, axis=2, keepdims=True)
    now, then = own[:, :, 1:], own[:, :, :-1]
    r = np.nansum(now * then, axis=(0, 2)) / np.nansum(then * then, axis=(0, 2))
    years = own.shape[2]
    return np.asarray((r + 1.0 / years) / (1.0 - 3.0 / years))


def _unemployment_change(of: History) -> Floats:
    logit = _logits(of)
    return spread(logit[:, :, 10] - logit[:, :, 0])


def _least_rate(of: History) -> Floats:
    rates = of.series["unemployment"][_among(of, (2_000.0, 1e9))]
    return np.asarray(np.nanmin(rates, axis=(0, 2)), dtype=np.float64)


def _rate(of: History, name: str) -> Floats:
    """[P, draw] mean yearly moves per 100 residents, the controls taken out."""
    years = [year for year in of.years(name) if year >= 5]
    rates = 100.0 * np.stack([of.of(name, year) / of.of("people", year) for year in years])
    return of.controls.taken_out(rates.mean(axis=0))


def _later(name: str, span: int) -> Callable[[History], Floats]:
    """Mean correlation of a series with itself `span` years later."""

    def read(of: History) -> Floats:
        years = [year for year in of.years(name) if year >= FIRST]
        left = {year: of.controls.taken_out(of.of(name, year)) for year in years}
        return _mean([correlation(left[year], left[year + span]) for year in years if year + span in left])

    return read


def _loans_on(sign: float) -> Callable[[History], Floats]:
    """Change of loans per euro of a cash flow of this sign, against what it would repay."""

    def read(of: History) -> Floats:
        years = [year for year in of.years("cash_flow") if year >= FIRST and year - 1 in of.years("loans")]
        found = []
        for year in years:
            flow = of.of("cash_flow", year)
            change = of.of("loans", year) - of.of("loans", year - 1)
            here = np.isfinite(flow) & np.isfinite(change) & (sign * flow > 0.0)
            found.append(-slope(np.where(here, change, np.nan), np.where(here, flow, np.nan)))
        return _mean(found)

    return read


def _loans_sd(of: History) -> Floats:
    years = of.years("loans")
    pairs = [(year, year + 4) for year in years if year >= FIRST and year + 4 in years]
    return _mean([spread(of.of("loans", b) - of.of("loans", a)) for a, b in pairs])


def _loans_change(of: History) -> Floats:
    return np.asarray(np.nanmean(of.of("loans", 15) - of.of("loans", 3), axis=0))


def _loans_high(of: History) -> Floats:
    return np.asarray(np.nanquantile(of.of("loans", 15), 0.99, axis=0))


def _tax_on_growth(of: History) -> Floats:
    growth = of.growth("people", 10, 20)
    return slope(growth, of.controls.taken_out(of.of("tax_rate", 20)))


READ: Mapping[str, Callable[[History], Floats]] = {
    "jobs_to_people_10y": lambda of: _mean(
        [slope(of.growth("people", a, b), of.growth("jobs", a, b)) for a, b in _windows(of, "jobs", 10)]
    ),
    "jobs_people_1y": lambda of: _together(of, 1),
    "jobs_people_5y": lambda of: _together(of, 5),
    "jobs_people_10y": lambda of: _together(of, 10),
    "jobs_sd_10y_small": _growth_sd("jobs", SMALL),
    "jobs_sd_10y_large": _growth_sd("jobs", LARGE),
    "jobs_residuals_5y": _persistence("jobs", 5, correlation),
    "people_sd_10y_small": _growth_sd("people", SMALL),
    "people_sd_10y_large": _growth_sd("people", LARGE),
    "people_sd_20y": lambda of: spread(of.growth("people", 0, 20)),
    "growth_persistence_5y": _persistence("people", 5, slope),
    "growth_persistence_10y": _persistence("people", 10, slope),
    "unemployment_place": _place,
    "unemployment_persistence": _unemployment_persistence,
    "unemployment_sd_10y": _unemployment_change,
    "unemployment_least": _least_rate,
    "moves_in_sd": lambda of: spread(_rate(of, "moves_in")),
    "moves_out_sd": lambda of: spread(_rate(of, "moves_out")),
    "moves_in_and_out": lambda of: correlation(_rate(of, "moves_in"), _rate(of, "moves_out")),
    "margin_1y": _later("margin", 1),
    "margin_4y": _later("margin", 4),
    "margin_8y": _later("margin", 8),
    "investment_1y": _later("investment", 1),
    "investment_2y": _later("investment", 2),
    "investment_4y": _later("investment", 4),
    "deficit_borrowed": _loans_on(-1.0),
    "surplus_repaid": _loans_on(1.0),
    "loans_sd_4y": _loans_sd,
    "loans_change_12y": _loans_change,
    "loans_p99": _loans_high,
    "tax_on_growth": _tax_on_growth,
}


def computed() -> tuple[Moment, ...]:
    """The moments that are computed, in their order."""
    return tuple(moment for moment in moments() if moment.computed)


def read_moments(history: History) -> Floats:
    """[draw, moment] the computed moments of a history."""
    return np.stack([READ[moment.id](history) for moment in computed()], axis=1)
