"""What the numbers of one future say, in one sentence bound to conditions on them.

Every clause carries the number that it is about; a comparison with the as-is course is made draw by draw,
because both lived in the same worlds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.evaluate.criteria import ever
from framsyn.i18n.translator import N_, Words

if TYPE_CHECKING:
    import xarray as xr

ANCHOR = "as_is"
STABLE_PERCENT = 1.0  # a median change of population below this is called "about as large"
SAME_LOANS = 100.0  # euros per resident; below this loans are called "about as today"
WORTH_TELLING = 300.0  # euros per resident by which repair debt must have grown to be told
SAME_PERCENT = 0.5  # a difference from the as-is course below this is called "practically the same"
MOST = 80.0  # percent of futures
WORTH_WARNING = 5.0  # percent of futures in which a criterion of § 118 must be met to be told


class Range(NamedTuple):
    """Median and 80 % interval."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Finding:
    """One future at the last year.

    Attributes:
        draws: number of lives.
        population: change since the base year, percent.
        covered: percent of lives whose annual margin covers depreciation; NaN = not known.
        loans: change since the base year, euros per resident in base-year prices.
        repair_debt: change since the base year, euros per resident in base-year prices.
        assessed: percent of lives that meet a criterion of § 118 in some year; NaN = not known.
        against: population against the as-is life of the same world, percent; None = no such life.
    """

    draws: int
    population: Range
    covered: float
    loans: Range
    repair_debt: Range
    assessed: float
    against: Range | None


def finding(futures: "xr.Dataset", posture: str) -> Finding:
    """Find what one posture's lives have in common at the last year."""
    population = _lives(futures, "population", posture)
    loans = _lives(futures, "loans_per_resident", posture)
    neglected = _lives(futures, "repair_debt_per_resident", posture)
    last = population[:, -1]
    against = None
    if posture != ANCHOR and ANCHOR in futures["posture"].values:
        anchor = _lives(futures, "population", ANCHOR)[:, -1]
        against = _range(100.0 * (last / anchor - 1.0))
    return Finding(
        draws=population.shape[0],
        population=_range(100.0 * (last / population[:, 0] - 1.0)),
        covered=_covered(futures, posture),
        loans=_range(loans[:, -1] - loans[:, 0]),
        repair_debt=_range(neglected[:, -1] - neglected[:, 0]),
        assessed=ever(futures, posture),
        against=against,
    )


def _lives(futures: "xr.Dataset", indicator: str, posture: str) -> NDArray[np.float64]:
    """[draw, year] of one indicator."""
    chosen = futures[indicator].sel(posture=posture).transpose("draw", "year")
    return np.asarray(chosen.to_numpy(), dtype=np.float64)


def _range(values: NDArray[np.float64]) -> Range:
    return Range(*np.quantile(values, (0.1, 0.5, 0.9)).tolist())


def _covered(futures: "xr.Dataset", posture: str) -> float:
    margin = _lives(futures, "annual_margin_per_resident", posture)[:, -1]
    wear = _lives(futures, "depreciation_per_resident", posture)[:, -1]
    known = np.isfinite(margin).all() and np.isfinite(wear).all()
    return float(100.0 * np.mean(margin >= wear)) if known else float("nan")


def sentence(found: Finding, words: Words) -> str:
    """The finding as one sentence without the posture's name; starts in lower case."""
    return "; ".join(clauses(found, words)) + "."


def clauses(found: Finding, words: Words) -> list[str]:
    """What the finding tells, one matter each, in lower case."""
    told = [_population(found, words), _margin(found, words), _loans(found, words)]
    if found.repair_debt.mid >= WORTH_TELLING:
        told.append(_repair_debt(found, words))
    if found.assessed >= WORTH_WARNING:
        told.append(_assessed(found.assessed, words))
    if found.against is not None:
        told.append(_against(found.against, found.draws, words))
    return told


def _with_interval(text: str, interval: str, draws: int, words: Words) -> str:
    """The text with its 80 % interval, which a single life has not."""
    return (
        text
        if draws == 1
        else f"{text} " + words.gettext(N_("(80% interval {interval})")).format(interval=interval)
    )


def population_message(change: Range) -> str:
    """The message id that is true for a change of population."""
    if abs(change.mid) < STABLE_PERCENT:
        return N_("the population is about as large as today: {change}")
    if change.mid > 0:
        return (
            N_("the population grows by {change}")
            if change.low > 0
            else N_("the population grows by {change} at the median, but may also shrink")
        )
    return (
        N_("the population shrinks by {change}")
        if change.high < 0
        else N_("the population shrinks by {change} at the median, but may also grow")
    )


def _population(found: Finding, words: Words) -> str:
    change = found.population
    stable = abs(change.mid) < STABLE_PERCENT
    text = words.gettext(population_message(change)).format(change=_percent(change.mid, words, signed=stable))
    return _with_interval(text, _percents(change, words), found.draws, words)


def margin_message(covered: float) -> str:
    """The message id that is true for a share (percent) of futures whose margin covers depreciation."""
    choices: tuple[tuple[Callable[[float], bool], str], ...] = (
        (lambda x: bool(np.isnan(x)), N_("whether the annual margin covers depreciation is not known")),
        (lambda x: x == 100, N_("the annual margin covers depreciation in every future drawn")),
        (lambda x: x == 0, N_("the annual margin covers depreciation in no future drawn")),
        (
            lambda x: x >= MOST,
            N_("the annual margin covers depreciation in most futures ({share})"),
        ),
        (
            lambda x: x <= 100 - MOST,
            N_("the annual margin covers depreciation in few futures ({share})"),
        ),
    )
    other = N_("the annual margin covers depreciation in {share} of the futures")
    return next((message for holds, message in choices if holds(covered)), other)


def _margin(found: Finding, words: Words) -> str:
    share = min(max(found.covered, 1.0), 99.0)  # rounding never turns "some" into "none" or "all"
    return words.gettext(margin_message(found.covered)).format(share=words.percent(share, 0))


def loans_message(change: Range) -> str:
    """The message id that is true for a change of loans."""
    if not np.isfinite(change.mid):
        return N_("how loans change is not known")
    if abs(change.mid) < SAME_LOANS:
        return N_("loans are about as today: {change} €/resident")
    if change.mid > 0:
        return N_("loans rise by {change} €/resident")
    return N_("loans fall by {change} €/resident")


def _loans(found: Finding, words: Words) -> str:
    change = found.loans
    near = abs(change.mid) < SAME_LOANS
    value = words.signed(change.mid) if near else words.number(abs(change.mid))
    text = words.gettext(loans_message(change)).format(change=value)
    if not np.isfinite(change.mid):
        return text
    return _with_interval(text, words.interval(change.low, change.high), found.draws, words)


def _repair_debt(found: Finding, words: Words) -> str:
    """The clause told beside loans where upkeep has been borrowed from the buildings."""
    change = found.repair_debt
    text = words.gettext(N_("repair debt rises by {change} €/resident")).format(
        change=words.number(change.mid)
    )
    return _with_interval(text, words.interval(change.low, change.high), found.draws, words)


def assessed_message(share: float) -> str:
    """The message id that is true for a share (percent) of futures that meet a criterion of § 118."""
    if share == 100:
        return N_("a criterion for the state's assessment procedure (§ 118) is met in every future drawn")
    return N_(
        "a criterion for the state's assessment procedure (§ 118) is met at some time in {share} of the"
        " futures"
    )


def _assessed(share: float, words: Words) -> str:
    """The clause on the state's assessment procedure, which a council must know of early."""
    return words.gettext(assessed_message(share)).format(share=words.share(share))


def against_message(difference: Range) -> str:
    """The message id that is true for a difference from the as-is course."""
    if abs(difference.mid) < SAME_PERCENT:
        return N_("practically as many residents as when going on as today: {difference}")
    if difference.low <= 0 <= difference.high:
        return N_("within the uncertainty as many residents as when going on as today: {difference}")
    if difference.mid > 0:
        return N_("{difference} more residents than when going on as today")
    return N_("{difference} fewer residents than when going on as today")


def _against(difference: Range, draws: int, words: Words) -> str:
    message = against_message(difference)
    signed = message.endswith(": {difference}")
    text = words.gettext(message).format(difference=_percent(difference.mid, words, signed=signed))
    return _with_interval(text, _percents(difference, words), draws, words)


def _percent(value: float, words: Words, *, signed: bool) -> str:
    shown = value if signed else abs(value)
    plus = "+" if signed and round(value, 1) > 0 else ""
    return plus + words.percent(shown, 1)


def _percents(change: Range, words: Words) -> str:
    suffix = words.percent(0.0, 0).removeprefix("0")
    return words.interval(change.low, change.high, 1) + suffix
