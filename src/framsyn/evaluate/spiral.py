"""Whether a decline feeds itself, and how much of it is its own feedback.

The same lives are lived with the loop and without it: without it, moves, jobs, interest and the running cost
of premises are those of going on as today in the same world, so that nothing answers to the life's own
course. What differs is the feedback. It has two parts: moves and jobs, and interest and premises.

A life *declines* when its underlying balance (see `balance`) over the last quarter of the years is below
zero by more than LEAST_FALL, below that of the base year, and below that of going on as today. The decline
*feeds itself* when the part of it that is feedback is at least LEAST_FED a year and grows: larger in the last
quarter than in the quarter before, and there above zero. What it adds up to then grows faster and faster.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.evaluate.balance import owed_and_lacking, underlying_balance
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.setting import Setting
from framsyn.model.course import Conduct
from framsyn.model.layout import ANNUAL_MARGIN, POPULATION, Floats

#: Real euros per resident a year.
LEAST_FALL, LEAST_FED = 100.0, 50.0
#: The years are told in quarters; shorter lives than this have none.
QUARTERS, LEAST_YEARS = 4, 8
#: Standard-normal 90th percentile, of an 80 % interval.
Z90 = 1.2815515655446004
LOW, HIGH = 0.1, 0.9


class FedLives(NamedTuple):
    """Records [draw, year, indicator] of the same worlds with the loop, and with parts of it cut."""

    as_today: Floats
    full: Floats
    without_moves: Floats  # moves and jobs do not answer
    without_debt: Floats  # interest and premises do not answer
    without: Floats  # nothing answers


class Range(NamedTuple):
    """A mean and the interval that holds 80 % of the lives; NaN = not known."""

    mean: float
    p10: float
    p90: float


class Share(NamedTuple):
    """A share of the lives, and the 80 % interval that their number leaves (Wilson 1927)."""

    value: float
    low: float
    high: float


class Fed(NamedTuple):
    """How far a measure has departed from going on as today, and what of it is feedback.

    Attributes:
        departure: from the lives as today, mean of the last quarter, in the measure's unit.
        feedback: the part that is feedback.
        of_moves, of_debt: its two parts, means over the lives (Shapley values).
        share: feedback over departure: of the means, and over the lives that decline.
    """

    departure: Range
    feedback: Range
    of_moves: float
    of_debt: float
    share: Range


@dataclass(frozen=True)
class Spiral:
    """Whether a municipality's decline under one posture feeds itself.

    Attributes:
        years, draws: of the lives.
        declines: share of lives that decline.
        feeds_itself: share of lives whose decline feeds itself.
        measures: what departs, by id: `underlying_balance`, `annual_margin` and `owed_and_lacking` in real
            euros per resident, `population` in persons.
    """

    years: int
    draws: int
    declines: Share
    feeds_itself: Share
    measures: Mapping[str, Fed]


def spiral(setting: Setting, rule: Conduct, draws: int = 100) -> Spiral:
    """Find out whether a posture's decline feeds itself.

    Args:
        setting: the municipality made ready, with its years (8 or more) and seed.
        rule: the posture's rule of decision.
        draws: worlds.

    Raises:
        FramsynError: too few years to tell whether something grows faster and faster.
    """
    lives = fed_lives(setting, rule, draws)
    balance = FedLives(*(underlying_balance(one, setting.place) for one in lives))
    falling = declines(balance)
    measures = {
        "underlying_balance": balance,
        "annual_margin": FedLives(*(one[..., ANNUAL_MARGIN] for one in lives)),
        "owed_and_lacking": FedLives(*(owed_and_lacking(one) for one in lives)),
        "population": FedLives(*(one[..., POPULATION] for one in lives)),
    }
    return Spiral(
        years=setting.years,
        draws=draws,
        declines=share_of(falling),
        feeds_itself=share_of(feeds_itself(balance)),
        measures={name: fed(measure, falling) for name, measure in measures.items()},
    )


def fed_lives(setting: Setting, rule: Conduct, draws: int) -> FedLives:
    """Live the same worlds as today, and under the rule with the loop and with parts of it cut."""
    if setting.years < LEAST_YEARS:
        raise FramsynError(
            "Whether a decline feeds itself takes {least} years or more to tell; {years} was given.",
            least=LEAST_YEARS,
            years=setting.years,
        )
    drawn = setting.draw(range(draws))
    as_today = setting.live(drawn, setting.course(posture(AS_IS)))
    course = setting.course(rule)

    def live(moves: float, debt: float) -> Floats:
        return setting.live(drawn, course._replace(feedback=moves, debt_feedback=debt), as_today)

    return FedLives(as_today, live(1.0, 1.0), live(0.0, 1.0), live(1.0, 0.0), live(0.0, 0.0))


def declines(balance: FedLives) -> NDArray[np.bool_]:
    """[draw] whether the life declines, from its underlying balance [draw, year]."""
    last = quarter(balance.full, 1)
    falls = (last < -LEAST_FALL) & (last < balance.full[:, 0]) & (last < quarter(balance.as_today, 1))
    return np.asarray(falls, dtype=np.bool_)


def feeds_itself(balance: FedLives) -> NDArray[np.bool_]:
    """[draw] whether the life's decline feeds itself, from its underlying balance [draw, year]."""
    lost = balance.without - balance.full
    before, last = quarter(lost, 2), quarter(lost, 1)
    return declines(balance) & (last >= LEAST_FED) & (last > before) & (before > 0.0)


def quarter(values: Floats, from_end: int) -> Floats:
    """[draw] mean over one quarter of the years of [draw, year]: 1 = the last, 2 = that before it."""
    length = (values.shape[1] - 1) // QUARTERS
    end = values.shape[1] - (from_end - 1) * length
    return np.asarray(values[:, end - length : end].mean(axis=1))


def fed(measure: FedLives, falling: NDArray[np.bool_]) -> Fed:
    """Departure and feedback of one measure [draw, year]; `falling` [draw] tells which lives decline."""
    last = FedLives(*(quarter(one, 1) for one in measure))
    departure, feedback = last.full - last.as_today, last.full - last.without
    moves = last.full - last.without_moves + last.without_debt - last.without
    debt = last.full - last.without_debt + last.without_moves - last.without
    return Fed(
        departure=range_of(departure),
        feedback=range_of(feedback),
        of_moves=float(moves.mean()) / 2.0,
        of_debt=float(debt.mean()) / 2.0,
        share=_share_of_departure(departure, feedback, falling),
    )


def _share_of_departure(departure: Floats, feedback: Floats, falling: NDArray[np.bool_]) -> Range:
    """Of the means over the lives that decline, and the interval over these lives."""
    known = falling & (departure != 0.0)
    if not known.any():
        return Range(np.nan, np.nan, np.nan)
    ratios = feedback[known] / departure[known]
    low, high = np.quantile(ratios, (LOW, HIGH)).tolist()
    return Range(float(feedback[known].mean() / departure[known].mean()), low, high)


def range_of(values: Floats) -> Range:
    """Mean and 80 % interval over the lives."""
    low, high = np.quantile(values, (LOW, HIGH)).tolist()
    return Range(float(values.mean()), low, high)


def share_of(found: NDArray[np.bool_]) -> Share:
    """The share of lives for which something holds, with the 80 % interval of Wilson (1927)."""
    count, share = len(found), float(found.mean())
    widened = 1.0 + Z90**2 / count
    middle = (share + Z90**2 / (2.0 * count)) / widened
    half = Z90 / widened * sqrt(share * (1.0 - share) / count + Z90**2 / (4.0 * count**2))
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))
