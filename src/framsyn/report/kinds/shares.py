"""Traced shares of worlds: probabilities of criteria, and of what turning does."""

from dataclasses import replace

from framsyn.evaluate.criteria import ANY
from framsyn.evaluate.spiral import Share
from framsyn.evaluate.warning import EarlyWarning
from framsyn.i18n.translator import Words
from framsyn.report.document.traced import Number, Trace
from framsyn.report.warning import criterion_name

PERCENT = "%"


def probability(
    told: EarlyWarning,
    posture: str,
    conduct: str,
    words: Words,
    criterion: str = ANY,
    year: int | None = None,
) -> Trace:
    """How likely a criterion is in a year, or ever, per cent, with the interval that the worlds leave."""
    one = told.postures[posture]
    share = one.ever[criterion] if year is None else one.by_year[criterion][told.years.index(year)]
    return of_share(share, criterion, criterion_name(criterion, words), posture, conduct, year)


def of_share(
    share: Share,
    indicator: str,
    label: str,
    posture: str,
    conduct: str,
    year: int | None,
    of: str = "probability",
) -> Trace:
    """A share of the worlds of the early warning as a trace, per cent."""
    low, middle, high = 100.0 * share.low, 100.0 * share.value, 100.0 * share.high
    return Trace("warning", indicator, label, posture, conduct, year, of, PERCENT, middle, low, high)


def bare_share(value: float, like: Trace, of: str) -> Trace:
    """A share, 0–1, of which no interval is told, of the same posture as another trace."""
    return replace(like, of=of, middle=100.0 * value, low=float("nan"), high=float("nan"))


def shown(trace: Trace, words: Words) -> Number:
    """Whole per cent; some are never rounded to none, nor to all."""
    return Number(words.share(trace.middle), (trace.middle,), 0, trace)


def ends(trace: Trace, words: Words) -> Number:
    """The interval in whole per cent; `<1` where all of it is below one."""
    low, high = trace.low, trace.high
    if high < 1.0:
        text = "<" + words.percent(1.0, 0)
    elif low > 99.0:
        text = ">" + words.percent(99.0, 0)
    else:
        text = words.interval(low, high) + words.percent(0.0, 0).removeprefix("0")
    return Number(text, (low, high), 0, trace)
