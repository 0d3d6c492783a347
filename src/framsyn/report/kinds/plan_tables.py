"""Tables of the economic plan: its lines by year, what the law says year by year, what it assumes."""

import math
from collections.abc import Callable, Mapping

import numpy as np

from framsyn.choose.chosen import Chosen
from framsyn.choose.plan_lines import BRIDGE, COLUMNS, CORE, lines
from framsyn.i18n.translator import N_
from framsyn.model.indicators import indicators
from framsyn.model.layout import W_PRICE, Floats
from framsyn.report.balance_words import ANY, BalanceNumbers
from framsyn.report.document.blocks import Column, Row, Table
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.kinds.telling import Telling
from framsyn.report.plan_words import COLUMN_LABELS, line_label

LINE_WIDTH = 1.6
#: What the plan rests on beside its lines, read from the futures of the same strategy.
RESTS_ON = ("population", "income_tax_rate", "unemployment_rate", "municipal_jobs")
INDEX_DECIMALS = 1
QUANTILES = (0.1, 0.5, 0.9)


def prices(chosen: Chosen) -> Floats:
    """[draw, year] general prices, base year = 100."""
    return np.asarray(100.0 * chosen.worlds[..., W_PRICE])


def cost_prices(chosen: Chosen) -> Floats:
    """[draw, year] prices of the municipality's own operations, base year = 100."""
    return np.asarray(100.0 * chosen.cost_index)


#: Price indices that turn the futures into money of each year.
INDICES: Mapping[str, tuple[str, Callable[[Chosen], Floats]]] = {
    "price_index": (N_("General prices (base year = 100)"), prices),
    "cost_index": (N_("Prices of the municipality's operations (base year = 100)"), cost_prices),
}


def core_table(t: Telling) -> Table:
    """The lines of the report to the State Treasury."""
    return _lines(t, CORE, N_("The plan's lines, thousand euros"))


def bridge_table(t: Telling) -> Table:
    """What lies between the core lines, so that a reader sees that the books tie."""
    return _lines(t, BRIDGE, N_("Between the lines: what the annual margin and the result come of"))


def _lines(t: Telling, part: str, caption: str) -> Table:
    plan = t.material.plan
    columns = [Column(t.words.gettext("Thousand euros"), numeric=False, width=LINE_WIDTH)]
    columns += [
        Column(f"{t.words.gettext(COLUMN_LABELS[one])} {year}", width=1.2) for one, year in plan.years.items()
    ]
    told = tuple(
        Row(
            (
                (line_label(line.id, t.words),),
                *(t.plan.with_interval(plan.cell(line.id, one)) for one in COLUMNS),
            )
        )
        for line in lines().values()
        if line.part == part
    )
    note = t.words.gettext(N_("Mean of the worlds, in brackets the interval that holds 80% of them."))
    return Table(t.words.gettext(caption), tuple(columns), told, (note,))


def criteria_table(t: Telling) -> Table:
    """Year by year: the share of the worlds in which each test of §§ 110 and 118 goes one way."""
    told = BalanceNumbers(t.material.plan, t.words, t.conduct)
    balance = t.material.plan.balance
    columns = [Column(t.words.gettext(N_("Share of the worlds")), numeric=False, width=2.4)]
    columns += [Column(str(one.year)) for one in balance.years]

    def row(label: str, indicator: str, of: str, values: list[float]) -> Row:
        years = (one.year for one in balance.years)
        shares = (told.share(indicator, of, value, year) for value, year in zip(values, years, strict=True))
        return Row(((t.words.gettext(label),), *((one,) for one in shares)))

    years = balance.years
    made = [
        row(
            N_("The result of the year is at or above zero"),
            "result",
            "share_in_surplus",
            [one.in_surplus for one in years],
        ),
        row(
            N_("An accumulated deficit stands at the end of the year"),
            "accumulated_surplus",
            "share_in_deficit",
            [one.deficit for one in years],
        ),
        *(
            row(indicators()[name].label, name, "share_of_futures", [one.criteria[name] for one in years])
            for name in balance.criteria
        ),
        row(N_("A criterion of § 118 is met"), ANY, "share_of_futures", [one.any_criterion for one in years]),
    ]
    made[-1] = Row(made[-1].cells, "total")
    return Table(t.words.gettext(N_("The tests of §§ 110 and 118 year by year")), tuple(columns), tuple(made))


def assumptions_table(t: Telling) -> Table:
    """Prices and people that the plan rests on, by year."""
    years = list(t.material.plan.years.values())
    columns = [Column(t.words.gettext(N_("Assumption")), numeric=False, width=2.0)]
    columns += [Column(str(year), width=1.2) for year in years]
    told = [
        Row(((t.words.gettext(label),), *(_index(t, name, label, year) for year in years)))
        for name, (label, _) in INDICES.items()
    ]
    told += [Row(((t.named(one),), *(t.value(one, t.strategy, year) for year in years))) for one in RESTS_ON]
    note = t.words.gettext("Median, in brackets the interval that holds 80% of the futures.")
    return Table(t.words.gettext(N_("What the plan rests on")), tuple(columns), tuple(told), (note,))


def _index(t: Telling, name: str, label: str, year: int) -> Text:
    values = INDICES[name][1](t.material.chosen)[:, year - t.material.base]
    low, middle, high = np.quantile(values, QUANTILES).tolist()
    single = len(values) == 1
    ends = (math.nan, math.nan) if single else (low, high)
    trace = Trace("plan", name, t.words.gettext(label), "", "", year, "value", "", middle, *ends)
    number = Number(t.words.number(middle, INDEX_DECIMALS), (middle,), INDEX_DECIMALS, trace)
    if single:
        return (number,)
    text = t.words.interval(low, high, INDEX_DECIMALS)
    return phrase("{number} ({ends})", number=number, ends=Number(text, ends, INDEX_DECIMALS, trace))
