"""What the lives of one posture have in common, as sentences whose numbers know where they come from."""

import math

from framsyn.evaluate.criteria import ANY
from framsyn.i18n.translator import N_
from framsyn.report.document.numbers import Numbers
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.findings import (
    ANCHOR,
    SAME_LOANS,
    STABLE_PERCENT,
    WORTH_TELLING,
    WORTH_WARNING,
    Finding,
    Range,
    against_message,
    assessed_message,
    finding,
    loans_message,
    margin_message,
    population_message,
)

MARGIN = "annual_margin_per_resident"


def clauses(n: Numbers, posture: str) -> list[Text]:
    """What is found, one matter each, in lower case; as `findings.clauses`, with traces."""
    found = finding(n.futures, posture)
    told = [_population(n, posture), _margin(n, posture, found), _loans(n, posture)]
    if found.repair_debt.mid >= WORTH_TELLING:
        told.append(_repair_debt(n, posture))
    if found.assessed >= WORTH_WARNING:
        told.append(_assessed(n, posture, found))
    if found.against is not None and posture != ANCHOR:
        told.append(_against(n, posture))
    return told


def _range(trace: Trace) -> Range:
    return Range(trace.low, trace.middle, trace.high)


def _with_interval(n: Numbers, text: Text, interval: Number) -> Text:
    """The text with its 80 % interval, which a single life has not."""
    if n.futures.sizes["draw"] == 1:
        return text
    message = n.words.gettext(N_("(80% interval {interval})"))
    return phrase("{text} {interval}", text=text, interval=phrase(message, interval=interval))


def _population(n: Numbers, posture: str) -> Text:
    change = n.change("population", posture, n.last, percent=True)
    stable = abs(change.middle) < STABLE_PERCENT
    number = n.shown(change, 1, signed=stable, size=not stable)
    text = phrase(n.words.gettext(population_message(_range(change))), change=number)
    return _with_interval(n, text, n.ends(change, 1))


def _margin(n: Numbers, posture: str, found: Finding) -> Text:
    label = n.words.gettext(N_("Annual margin covers depreciation"))
    conduct = n.names[posture]
    trace = Trace("futures", MARGIN, label, posture, conduct, n.last, "share_of_futures", "%", found.covered)
    share = min(max(found.covered, 1.0), 99.0)  # rounding never turns "some" into "none" or "all"
    number = Number(n.words.percent(share, 0), (share,), 0, trace)
    return phrase(n.words.gettext(margin_message(found.covered)), share=number)


def _loans(n: Numbers, posture: str) -> Text:
    change = n.change("loans_per_resident", posture, n.last, percent=False)
    near = abs(change.middle) < SAME_LOANS
    number = n.shown(change, 0, signed=near, size=not near)
    text = phrase(n.words.gettext(loans_message(_range(change))), change=number)
    return text if not math.isfinite(change.middle) else _with_interval(n, text, n.ends(change, 0))


def _repair_debt(n: Numbers, posture: str) -> Text:
    change = n.change("repair_debt_per_resident", posture, n.last, percent=False)
    message = n.words.gettext(N_("repair debt rises by {change} €/resident"))
    return _with_interval(n, phrase(message, change=n.shown(change, 0)), n.ends(change, 0))


def _assessed(n: Numbers, posture: str, found: Finding) -> Text:
    label = n.words.gettext(N_("Any criterion met"))
    trace = Trace(
        "futures", ANY, label, posture, n.names[posture], None, "share_of_futures", "%", found.assessed
    )
    number = Number(n.words.share(found.assessed), (found.assessed,), 0, trace)
    return phrase(n.words.gettext(assessed_message(found.assessed)), share=number)


def _against(n: Numbers, posture: str) -> Text:
    difference = n.difference("population", posture, n.last, percent=True)
    message = against_message(_range(difference))
    signed = message.endswith(": {difference}")
    number = n.shown(difference, 1, signed=signed, size=not signed)
    text = phrase(n.words.gettext(message), difference=number)
    return _with_interval(n, text, n.ends(difference, 1))
