"""What the plan rests on, year by year: prices, tax rate, interest and grant, as means of the worlds."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from framsyn.choose.chosen import Chosen
from framsyn.choose.plan import Plan
from framsyn.i18n.translator import N_
from framsyn.model.layout import POPULATION, W_GRANT, W_INTEREST, W_PRICE, Floats


class Driver(NamedTuple):
    """An assumption.

    Attributes:
        label: message id.
        form: number format of a workbook.
        told: the driver of every world, [draw, year].
    """

    label: str
    form: str
    told: Callable[[Chosen], Floats]


PRICES, COSTS, RATE, GRANT, INTEREST = "prices", "own_costs", "income_tax_rate", "grant", "interest_rate"
DRIVERS: Mapping[str, Driver] = {
    PRICES: Driver(N_("Prices, {base} = 1"), "0.000", lambda one: one.worlds[..., W_PRICE]),
    COSTS: Driver(
        N_("Prices of the municipality's own operations, {base} = 1"), "0.000", lambda one: one.cost_index
    ),
    RATE: Driver(N_("Municipal income tax rate, %"), "0.00", lambda one: one.values("income_tax_rate")),
    GRANT: Driver(
        N_("State grant's calculated part against the law's, factor"),
        "0.000",
        lambda one: one.worlds[..., W_GRANT],
    ),
    INTEREST: Driver(N_("Interest on loans, %"), "0.00", lambda one: 100.0 * one.worlds[..., W_INTEREST]),
}
#: Told beside, since no line follows it in proportion.
RESIDENTS = Driver(N_("Residents at 31 December"), "#,##0", lambda one: one.records[..., POPULATION])
#: The drivers that a line follows in proportion.
DRIVEN: Mapping[str, tuple[str, ...]] = {
    "operating_income": (COSTS,),
    "operating_expenses": (COSTS,),
    "personnel": (COSTS,),
    "income_tax": (RATE, PRICES),
    "corporate_tax": (PRICES,),
    "property_tax": (PRICES,),
    "state_grant": (GRANT, PRICES),
    "financial_income": (PRICES,),
    "interest": (INTEREST,),
    "net_investment": (PRICES,),
    "asset_sales": (PRICES,),
}


def means(told: Driver, chosen: Chosen, plan: Plan) -> dict[str, float]:
    """The mean over the worlds in each column."""
    values = told.told(chosen)
    return {column: float(np.mean(values[:, year - plan.base_year])) for column, year in plan.years.items()}
