"""How the lines of the plan hang together: the same sums as values and as formulas of a workbook.

The mean over worlds of a sum is the sum of the means, so that each of these holds for the means exactly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framsyn.choose.chosen import Chosen
from framsyn.choose.plan import Plan, amounts_of
from framsyn.choose.plan_lines import COLUMNS
from framsyn.i18n.translator import N_
from framsyn.report.formats.plan_drivers import DRIVEN

#: What stood at the end of the year before the columns.
OPENING = "opening"
CASH = "cash"
#: Taxes, which the plan's lines tell together.
TAXES = ("income_tax", "corporate_tax", "property_tax")
#: Lines of the workbook that the plan itself has not: their names and indicators.
BESIDE: Mapping[str, tuple[str, str]] = {
    "income_tax": (N_("Income tax"), "income_tax_per_resident"),
    "corporate_tax": (N_("Corporate tax"), "corporate_tax_per_resident"),
    "property_tax": (N_("Property tax"), "property_tax_per_resident"),
    CASH: (N_("Cash at 31 December"), "cash_per_resident"),
}
STOCKS = ("loan_stock", CASH, "accumulated_surplus")


class Term(NamedTuple):
    """A line that is added (+1) or taken off (−1); `back` = that of the column before."""

    sign: int
    line: str
    back: bool = False

    def at(self, column: str) -> str:
        """The column in which its amount stands."""
        if not self.back:
            return column
        place = COLUMNS.index(column)
        return COLUMNS[place - 1] if place else OPENING


SUMS: Mapping[str, tuple[Term, ...]] = {
    "tax_revenue": tuple(Term(1, one) for one in TAXES),
    "annual_margin": (
        Term(1, "operating_income"),
        Term(-1, "operating_expenses"),
        Term(1, "tax_revenue"),
        Term(1, "state_grant"),
        Term(1, "financial_income"),
        Term(-1, "interest"),
    ),
    "result": (Term(1, "annual_margin"), Term(-1, "depreciation")),
    "cash_flow": (Term(1, "annual_margin"), Term(-1, "net_investment"), Term(1, "asset_sales")),
    "loan_stock": (Term(1, "loan_stock", True), Term(-1, "cash_flow"), Term(1, CASH), Term(-1, CASH, True)),
    "accumulated_surplus": (Term(1, "accumulated_surplus", True), Term(1, "result")),
}
At = tuple[str, str]


@dataclass(frozen=True)
class Sums:
    """The amounts of a plan and how they are reckoned.

    Attributes:
        model: thousand euros that the model gives, by line and column; None = missing.
        own: figures of the municipality's own, by line and column.
    """

    model: Mapping[At, float | None]
    own: Mapping[At, float]

    def amount(self, line: str, column: str) -> float | None:
        """The amount as the workbook reckons it, thousand euros; None = missing."""
        own = self.own.get((line, column))
        if own is not None:
            return own
        if line not in SUMS or column == OPENING:
            return self.model[line, column]
        parts = [(one.sign, self.amount(one.line, one.at(column))) for one in SUMS[line]]
        return sum(sign * part for sign, part in parts if part is not None)


def formula(
    line: str,
    column: str,
    cell: Callable[[str, str], str],
    model: Callable[[str, str], str],
    own: Callable[[str, str], str],
    factor: Callable[[str, str], str],
    missing: str | None,
) -> str:
    """The formula of a cell, without what stands for the municipality's own figure where it is given.

    Args:
        line, column: of the cell.
        cell, model, own: where the plan's, the model's and the own amount of a line and column stand.
        factor: by a driver and a column, the formula of how it is changed.
        missing: the text where the model has no amount.
    """
    if missing is not None:
        inner = '"{}"'.format(missing.replace('"', '""'))
    elif line in SUMS:
        terms = [(one.sign, cell(one.line, one.at(column))) for one in SUMS[line]]
        inner = "".join(f"{'+' if sign > 0 else '-'}{at}" for sign, at in terms).removeprefix("+")
    else:
        inner = "*".join([model(line, column), *(factor(one, column) for one in DRIVEN.get(line, ()))])
    given = own(line, column)
    return f"=IF(ISNUMBER({given}),{given},{inner})"


def sums_of(plan: Plan, chosen: Chosen, own: Mapping[At, float]) -> Sums:
    """The model's means of every line of the workbook.

    Args:
        plan: of the strategy.
        chosen: its lives.
        own: figures of the municipality's own.
    """
    lived = {
        **amounts_of(chosen),
        **{line: chosen.nominal(indicator) for line, (_, indicator) in BESIDE.items()},
    }
    years = {OPENING: plan.budget_year - 2, **plan.years}
    model: dict[At, float | None] = {}
    for line in (*dict.fromkeys(cell.line for cell in plan.cells.values()), *BESIDE):
        for column, year in years.items():
            if line in lived and (column != OPENING or line in STOCKS):
                model[line, column] = float(np.mean(lived[line][:, year - chosen.base_year]))
            elif column != OPENING:
                cell = plan.cell(line, column)
                model[line, column] = cell.keur if cell.status == "own_share" else None
    return Sums(model, own)
