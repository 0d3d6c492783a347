"""The appendix: where each number of the running text comes from."""

import math
from collections.abc import Mapping, Sequence

from framsyn.i18n.translator import N_, NOT_KNOWN, Words
from framsyn.report.document.blocks import Column, Row, Table
from framsyn.report.document.traced import Number, Text, Trace

#: What was reckoned of an indicator, in words.
OF: Mapping[str, str] = {
    "value": N_("value"),
    "change": N_("change since the base year"),
    "change_percent": N_("change since the base year, per cent"),
    "difference": N_("difference from going on as today"),
    "difference_percent": N_("difference from going on as today, per cent"),
    "share_of_futures": N_("share of the futures"),
    "percentile": N_("place among municipalities, 0–100"),
    "score": N_("place among municipalities, 100 = best"),
    "peer_median": N_("median of the peers"),
    "largest_of_all": N_("largest of all municipalities"),
    "peer_percentile": N_("place among the peers, 0–100"),
    "peer_score": N_("place among the peers, 100 = best"),
    "probability": N_("probability"),
    "year": N_("year"),
    "nearest_share": N_("share of the draws that are nearest"),
    "distance": N_("distance, points"),
    "gap": N_("above (+) or below (−), points"),
    "risk_where_lowest": N_("risk in the fifth of the worlds where it is lowest"),
    "risk_where_highest": N_("risk in the fifth of the worlds where it is highest"),
    "half_at": N_("value at which the risk is one half"),
    "told_apart": N_("told apart"),
    "right": N_("right in"),
    "count": N_("number"),
    "women": N_("women"),
    "men": N_("men"),
    "women_men": N_("difference between women and men"),
    "mean": N_("mean of the worlds"),
    "sum": N_("sum over the plan, mean of the worlds"),
    "own_figure": N_("the municipality's own figure"),
    "share_in_surplus": N_("share of the worlds at or above zero"),
    "share_in_deficit": N_("share of the worlds with a deficit"),
    "share_covered": N_("share of the worlds in which it is covered"),
    "deficit": N_("deficit"),
    "two_standard_errors": N_("two standard errors of the mean"),
    "low": N_("lowest value"),
    "high": N_("highest value"),
    "set": N_("what is set"),
    "lead_years": N_("years from decision to effect"),
}
DATASETS: Mapping[str, str] = {
    "futures": N_("the futures lived"),
    "present": N_("published figures"),
    "warning": N_("early warning"),
    "signposts": N_("signposts"),
    "levers": N_("levers moved alone"),
    "forecast": N_("the forecast under the futures"),
    "position": N_("place among the visions"),
    "plan": N_("economic plan"),
    "strategy": N_("the strategy's lives"),
    "law": N_("the law"),
    "settings": N_("what a council can set"),
    "effects": N_("the register of effects"),
}


def appendix(traces: Sequence[Trace], words: Words) -> Table:
    """A row for each trace: its number, what it is, of which posture and year, and its values."""
    columns = (
        Column(words.gettext("No."), width=0.5),
        Column(words.gettext("Indicator"), numeric=False, width=3.2),
        Column(words.gettext("Posture"), numeric=False, width=1.6),
        Column(words.gettext("Year"), width=0.7),
        Column(words.gettext("What"), numeric=False, width=2.0),
        Column(words.gettext("Median"), width=1.1),
        Column(words.gettext("80% interval"), width=1.5),
    )
    rows = tuple(_row(place, one, words) for place, one in enumerate(traces, start=1))
    return Table(words.gettext("Where each number of the text comes from"), columns, rows)


def _row(place: int, trace: Trace, words: Words) -> Row:
    decimals = decimals_of(trace)
    unit = f" ({trace.unit})" if trace.unit else ""
    what = f"{words.gettext(DATASETS[trace.dataset])}: {words.gettext(OF.get(trace.of, trace.of))}"
    cells: tuple[Text, ...] = (
        (str(place),),
        (f"{trace.label}{unit} · {trace.indicator}",),
        (trace.conduct or NOT_KNOWN,),
        (str(trace.year) if trace.year else NOT_KNOWN,),
        (what,),
        (Number(words.number(trace.middle, decimals), (trace.middle,), decimals, trace),),
        (_interval(trace, decimals, words),),
    )
    return Row(cells)


def told(trace: Trace, words: Words) -> str:
    """A trace in one line: what it is, of which posture and year, its median and interval."""
    decimals = decimals_of(trace)
    what = f"{words.gettext(DATASETS[trace.dataset])}: {words.gettext(OF.get(trace.of, trace.of))}"
    value = words.number(trace.middle, decimals) + (f" {trace.unit}" if trace.unit else "")
    parts = [f"{trace.label} ({trace.indicator})", trace.conduct, str(trace.year or ""), f"{what}, {value}"]
    if math.isfinite(trace.low):
        interval = words.interval(trace.low, trace.high, decimals)
        parts.append(words.gettext("80% interval {interval}").format(interval=interval))
    return " · ".join(part for part in parts if part)


def _interval(trace: Trace, decimals: int, words: Words) -> str | Number:
    if not math.isfinite(trace.low):
        return NOT_KNOWN
    text = words.interval(trace.low, trace.high, decimals)
    return Number(text, (trace.low, trace.high), decimals, trace)


def decimals_of(trace: Trace) -> int:
    """Decimals that show a trace's values with at least three digits."""
    size = max((abs(one) for one in (trace.low, trace.middle, trace.high) if math.isfinite(one)), default=0.0)
    whole = float(trace.middle).is_integer() and not math.isfinite(trace.low)
    if whole or size >= 1000.0:
        return 0
    return 1 if size >= 10.0 else 2
