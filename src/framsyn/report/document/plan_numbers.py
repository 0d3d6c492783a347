"""Traced numbers of the economic plan's cells."""

import math
from dataclasses import dataclass

from framsyn.choose.plan import Cell, Plan
from framsyn.choose.plan_lines import lines
from framsyn.i18n.translator import Words
from framsyn.report.balance_words import THOUSANDS
from framsyn.report.document.traced import Number, Text, Trace, phrase
from framsyn.report.plan_words import MARKS

OWN = "own_figure"


@dataclass(frozen=True)
class PlanNumbers:
    """Traced numbers of one plan, thousand euros.

    Attributes:
        plan: the plan.
        conduct: what its strategy is called.
        words: the language.
    """

    plan: Plan
    conduct: str
    words: Words

    def trace(self, cell: Cell) -> Trace:
        """The trace of a cell's amount: its indicator is the cell's key."""
        return Trace(
            "plan",
            cell.key,
            self.words.gettext(lines()[cell.line].label),
            self.plan.strategy,
            self.conduct,
            cell.year,
            OWN if cell.status == OWN else "mean",
            self.words.gettext(THOUSANDS),
            _known(cell.keur),
            _known(cell.p10),
            _known(cell.p90),
        )

    def amount(self, cell: Cell) -> Text:
        """The amount with the mark of its status, or that it is missing: never zero for what is not known."""
        mark = MARKS.get(cell.status, "")
        if cell.keur is None:
            return (self.words.gettext("missing") + mark,)
        number = Number(self.words.number(cell.keur), (cell.keur,), 0, self.trace(cell))
        return phrase("{number}{mark}", number=number, mark=mark)

    def interval(self, cell: Cell) -> Text:
        """The 80 % interval, blank where there is none."""
        if cell.p10 is None or cell.p90 is None:
            return ()
        text = self.words.interval(cell.p10, cell.p90)
        return (Number(text, (cell.p10, cell.p90), 0, self.trace(cell)),)

    def with_interval(self, cell: Cell) -> Text:
        """The amount with its 80 % interval in brackets, where it has one."""
        interval = self.interval(cell)
        amount = self.amount(cell)
        return phrase("{amount} ({interval})", amount=amount, interval=interval) if interval else amount


def _known(value: float | None) -> float:
    return math.nan if value is None else value
