"""Tables of changes: since the base year, and against going on as today."""

import math
from collections.abc import Sequence

from framsyn.i18n.translator import N_, NOT_KNOWN
from framsyn.report.document.blocks import Column, Row, Table
from framsyn.report.document.traced import Text
from framsyn.report.kinds.telling import INDICATOR_WIDTH, VALUE_WIDTH, Telling

FLOWS = N_("Flows of people are counted from the first year on: – in the base year.")


def change_table(t: Telling, indicators: Sequence[str], caption: str) -> Table:
    """Each indicator today, at the horizon when going on as today, and its change."""
    columns = (
        Column(t.words.gettext("Indicator"), numeric=False, width=INDICATOR_WIDTH),
        Column(str(t.material.base)),
        Column(t.say("As today {year}", year=t.horizon), width=1.5),
        Column(t.words.gettext(N_("Change")), width=1.5),
    )
    told = tuple(
        Row(
            (
                (t.named(one),),
                t.value(one, "as_is", t.material.base),
                t.value(one, "as_is", t.horizon),
                _change(t, one),
            )
        )
        for one in indicators
    )
    unknown = any(row.cells[1] == (NOT_KNOWN,) for row in told)
    parts = [t.reading(indicators, changes=True), *([t.words.gettext(FLOWS)] if unknown else [])]
    return Table(caption, columns, told, (" ".join(parts),))


def _change(t: Telling, indicator: str) -> Text:
    trace = t.numbers.change(indicator, "as_is", t.horizon, percent=False)
    if not math.isfinite(trace.middle):
        return (NOT_KNOWN,)
    return t.points(trace, t.numbers.cells.indicator(indicator).decimals)


def differences_table(t: Telling, indicators: Sequence[str], caption: str) -> Table:
    """Each indicator's difference from going on as today at the horizon, posture by posture."""
    postures = [one for one in t.material.postures if one != "as_is"]
    columns = [Column(t.words.gettext("Indicator"), numeric=False, width=INDICATOR_WIDTH)]
    columns += [Column(t.numbers.names[one], width=VALUE_WIDTH) for one in postures]
    told = tuple(
        Row(((t.named(one),), *(_difference(t, one, posture) for posture in postures))) for one in indicators
    )
    return Table(caption, tuple(columns), told, (t.reading(indicators, changes=True),))


def _difference(t: Telling, indicator: str, posture: str) -> Text:
    trace = t.numbers.difference(indicator, posture, t.horizon, percent=False)
    if not math.isfinite(trace.middle):
        return (NOT_KNOWN,)
    return t.points(trace, t.numbers.cells.indicator(indicator).decimals)


def expected_table(t: Telling, indicators: Sequence[str], caption: str) -> Table:
    """Each indicator in the years of the economic plan under the strategy."""
    years = [year for year in t.material.plan.years.values() if year >= t.material.plan.budget_year]
    columns = [Column(t.words.gettext("Indicator"), numeric=False, width=INDICATOR_WIDTH)]
    columns += [Column(str(year), width=VALUE_WIDTH) for year in years]
    told = tuple(
        Row(((t.named(one),), *(t.value(one, t.strategy, year) for year in years))) for one in indicators
    )
    return Table(caption, tuple(columns), told, (t.reading(indicators),))
