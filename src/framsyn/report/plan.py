"""The economic plan as a table for the terminal, as `plan.csv`, and as JSON."""

import csv
import io
import textwrap
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from framsyn.choose.plan import Cell, Plan, core_lines
from framsyn.choose.plan_lines import COLUMNS, CORE, lines
from framsyn.i18n.translator import Words
from framsyn.report.plan_words import (
    COLUMN_LABELS,
    TIES,
    amount,
    balance_sentences,
    interval,
    line_label,
    notes,
    reason,
)
from framsyn.report.terminal import WIDTH

TABLE = "plan.csv"
CSV_COLUMNS = ("key", "line", "column", "year", "keur", "p10", "p90", "status", "reason")
#: Thousand euros with three decimals are euros.
DECIMALS = 3
LABEL = 20  # columns of a line's name at the least


def print_plan(plan: Plan, name: str, words: Words, console: Console) -> None:
    """Print the plan's table, what its marks mean, and what the law says of it.

    Args:
        plan: the plan.
        name: of the strategy.
        words: the language.
        console: where.
    """
    width = min(console.width, WIDTH)
    shown = plan_table(plan, name, words)
    if _least(shown, console) > width:
        shown = plan_table(plan, name, words, folded=True)
    least = _least(shown, console)
    console.print(shown, width=max(width, least), crop=False)
    for line in notes(plan, words):
        console.print(_lines(line, width, "  "), soft_wrap=True)
    console.print()
    for line in balance_sentences(plan, words):
        console.print(_lines(line, width, ""), soft_wrap=True)


def _least(table: Table, console: Console) -> int:
    """Columns that the table takes at the least."""
    return Measurement.get(console, console.options.update(width=WIDTH * 2), table).minimum


def plan_table(plan: Plan, name: str, words: Words, *, folded: bool = False) -> Table:
    """The eight lines over what lies between them; `folded` sets the ends of an interval on two lines."""
    table = Table(
        title=Text(title(plan, name, words), style="bold"),
        caption=caption(plan, words),
        box=SIMPLE_HEAD,
        title_justify="left",
        caption_justify="left",
    )
    table.add_column(words.gettext("Thousand euros"), min_width=LABEL)
    shown = {
        column: [_cell(plan.cell(line, column), words, folded=folded) for line in lines()]
        for column in COLUMNS
    }
    for column, year in plan.years.items():
        heading = [*words.gettext(COLUMN_LABELS[column]).split(), str(year)]
        told = [*heading, *(part for cell in shown[column] for part in cell.plain.splitlines())]
        # Rich would break a number at its no-break spaces.
        widest = max(len(part) for part in told)
        table.add_column(Text("\n".join(heading)), justify="right", no_wrap=True, min_width=widest)
    last_core = core_lines()[-1].id
    for place, line in enumerate(lines().values()):
        label = Text(line_label(line.id, words), style="" if line.part == CORE else "dim")
        row = [shown[column][place] for column in COLUMNS]
        table.add_row(label, *row, end_section=line.id == last_core)
    return table


def title(plan: Plan, name: str, words: Words) -> str:
    """What the table is of."""
    return words.gettext("Economic plan of {name} {first}–{last}: {strategy}").format(
        name=plan.names.get(words.lang) or plan.code,
        first=plan.budget_year,
        last=plan.budget_year + 2,
        strategy=name,
    )


def caption(plan: Plan, words: Words) -> str:
    """What the amounts are."""
    text = words.ngettext(
        "{count} world drawn: a single life, no interval.",
        "Mean of {count} worlds, so that sums tie, with the interval that holds 80% of them.",
        plan.draws,
    )
    told = [
        text.format(count=words.number(plan.draws)),
        words.gettext("Current prices."),
        words.gettext(TIES),
    ]
    return " ".join(told)


def _cell(cell: Cell, words: Words, *, folded: bool) -> Text:
    core = lines()[cell.line].part == CORE
    shown = Text(amount(cell, words), style="italic" if cell.keur is None else "" if core else "dim")
    ends = interval(cell, words) if core else ""
    if ends and folded and cell.p10 is not None and cell.p90 is not None:
        ends = f"{words.number(cell.p10)} …\n{words.number(cell.p90)}"
    return Text.assemble(shown, "\n", (ends, "dim")) if ends else shown


def _lines(text: str, width: int, indent: str) -> Text:
    """The text in lines that break at plain spaces only, so that a number stays whole."""
    told = textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False)
    return Text(told, no_wrap=True)


def plan_csv(plan: Plan, words: Words) -> str:
    """One row for each cell, columns `CSV_COLUMNS`; what is missing is blank with its reason beside."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for cell in plan.cells.values():
        amounts = [_figure(one) for one in (cell.keur, cell.p10, cell.p90)]
        labelled = (cell.key, cell.line, cell.column, cell.year)
        writer.writerow((*labelled, *amounts, cell.status, reason(cell, words)))
    return out.getvalue()


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.{DECIMALS}f}"


def plan_document(plan: Plan, words: Words) -> dict[str, Any]:
    """The plan for JSON; keys are stable, labels and reasons in the reader's language."""
    return {
        "budget_year": plan.budget_year,
        "own_municipal_act": plan.exempt,
        "unit": "thousand euros, current prices",
        "columns": {
            column: {"year": year, "label": words.gettext(COLUMN_LABELS[column])}
            for column, year in plan.years.items()
        },
        "lines": {
            line.id: {
                "part": line.part,
                "within": line.within or None,
                "label": words.gettext(line.label),
                "sign": line.sign,
            }
            for line in lines().values()
        },
        "cells": [_cell_document(cell, words) for cell in plan.cells.values()],
        "balance": _balance_document(plan),
        "sentences": balance_sentences(plan, words),
    }


def _cell_document(cell: Cell, words: Words) -> dict[str, Any]:
    return {
        "key": cell.key,
        "line": cell.line,
        "column": cell.column,
        "year": cell.year,
        "keur": cell.keur,
        "p10": cell.p10,
        "p90": cell.p90,
        "status": cell.status,
        "reason": reason(cell, words),
    }


def _balance_document(plan: Plan) -> dict[str, Any]:
    balance = plan.balance
    opening = balance.opening
    return {
        "sum_keur": balance.keur,
        "balanced": balance.balanced,
        "has_own_figures": balance.own,
        "p10": balance.p10,
        "p90": balance.p90,
        "standard_error": balance.standard_error,
        "in_surplus_pct": balance.in_surplus,
        "accumulated_surplus_at_end_keur": balance.accumulated,
        "opening_deficit": None
        if opening is None
        else {
            "keur": opening.keur,
            "year": opening.year,
            "deadline": opening.deadline,
            "covered_pct": opening.covered,
        },
        "deadlines_at_end": None if balance.deadlines is None else list(balance.deadlines),
        "years": [
            {
                "year": one.year,
                "in_surplus_pct": one.in_surplus,
                "accumulated_deficit_pct": one.deficit,
                "criteria_pct": one.criteria,
                "any_criterion_pct": one.any_criterion,
            }
            for one in balance.years
        ],
        "criteria_pct": balance.criteria,
        "any_criterion_pct": balance.any_criterion,
    }
