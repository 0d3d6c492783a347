"""Baseline of municipal finance in base-year prices, closed to national anchors.

Health, social and rescue services left in 2023, so the accounts of 2015–2019 are read without them.
Structure comes from the municipality's own accounts, level from the country's base year, and the
state grant closes the books: margin = taxes + grant + financial net − interest − net operating cost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import read_accounts
from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.cost_parts import in_parts, part_shares, shares_of_cost
from framsyn.calibrate.costs import AREAS, AreaCosts, area_costs, employment_duty
from framsyn.calibrate.economy import labour_force, unemployment
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, FactTable, column, fact_table
from framsyn.calibrate.margin import structural_result
from framsyn.calibrate.national import grant_prices, national_figures
from framsyn.calibrate.operating_income import income_columns
from framsyn.calibrate.places import Places, open_places
from framsyn.calibrate.stocks import stocks
from framsyn.calibrate.tax_baseline import taxes
from framsyn.law import grants
from framsyn.law.parameters import value
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Books:
    """Annual flows [P], EUR: what the closing of the books stands on."""

    net_cost: Floats
    margin: Floats
    financial: Floats
    interest: Floats


def finance_facts(tables: Tables, population: Floats) -> FactTable:
    """Costs by area, taxes, grant, margin, depreciation, investment, loans and other stocks.

    All in EUR in base-year prices; the books of every municipality close to the cent.

    Args:
        tables: the folder of tables; uses `accounts`, `net_costs`, `debt` and `income_tax`.
        population: [P, 2, 101] base population, municipalities sorted by code.
    """
    places = open_places(tables, population)
    accounts = read_accounts(tables, places.codes)
    unemployed, _ = unemployment(places, labour_force(places)[0])
    costs = area_costs(places, unemployed)
    held = stocks(places, accounts)
    margin = structural_result(places, accounts)
    depreciation = held["depreciation_eur"]
    interest = anchor("interest_rate_pct") / 100.0 * held["loans_eur"].values
    books = Books(
        costs.cost.sum(axis=1),
        margin.values + depreciation.values,
        held["net_financial_income_eur"].values,
        interest,
    )
    closing = needed_income(books)
    taxed = taxes(places, accounts, float(closing.sum()) - anchor("state_grant") * places.scale)
    shares = part_shares(places)
    cost = in_parts(cost_columns(costs), shares, employment_duty(places, unemployed))
    no_duty = np.zeros(len(costs.cost))
    income = in_parts(income_columns(places, accounts, costs), shares_of_cost(cost), no_duty)
    by_area = {f"cost_{area}": part for area, part in cost.items()}
    by_area |= {f"income_{area}": part for area, part in income.items()}
    known = fact_table({**by_area, **taxed, **held})
    grant = closing - tax_revenue(known)
    status = np.maximum(margin.status, depreciation.status)
    closing_status = np.maximum.reduce([status, costs.status, known.status_of("income_tax_base_eur")])
    return known.beside(
        fact_table(
            {
                "annual_margin_eur": column(books.margin, status),
                **grant_columns(places, known, Column(grant, closing_status)),
                "interest_rate_pct": column(np.full(len(grant), anchor("interest_rate_pct")), ASSUMED),
                "municipal_jobs": municipal_jobs(costs, places, unemployed),
            }
        )
    )


def needed_income(books: Books) -> Floats:
    """[P] taxes and grant that the margin, interest and cost call for, EUR."""
    return books.margin + books.interest + books.net_cost - books.financial


def tax_revenue(facts: FactTable) -> Floats:
    """[P] income tax at today's rate, corporate tax and property tax, EUR."""
    income = facts["income_tax_rate_pct"] / 100.0 * facts["income_tax_base_eur"]
    return income + facts["corporate_tax_eur"] + facts["property_tax_eur"]


def cost_columns(costs: AreaCosts) -> dict[str, Column]:
    """Net operating cost of each area of the accounts."""
    return {area: column(costs.cost[:, i], costs.status_of(i)) for i, area in enumerate(AREAS)}


def grant_columns(places: Places, facts: FactTable, grant: Column) -> dict[str, Column]:
    """The state grant and its parts: by age, equalisation of tax revenue, and the rest.

    The formulas do not reach the self-governing regions: there all of it is the rest.
    """
    year = anchor_year()
    mainland = ~places.exempt
    national = national_figures(facts, places.population, year, mainland)
    residents = places.population.sum(axis=1)
    costs = residents @ grant_prices(year, places.population[mainland])
    by_age = mainland * grants.grant_of_costs(costs, value("state_grant_pct", year).value)
    own = grants.calculated_tax(
        facts["income_tax_base_eur"], 100.0 * national["equalisation_rate"], facts["corporate_tax_eur"]
    )
    evened = (
        mainland
        * places.size
        * grants.equalisation(
            own / places.size,
            national["mean_calculated_tax_eur_per_resident"],
            national["equalisation_added"],
            national["equalisation_deducted"],
        )
    )
    return {
        "state_grant_eur": grant,
        "grant_age_part_eur": column(by_age, ESTIMATED),
        "grant_equalisation_eur": column(evened, facts.status_of("income_tax_base_eur")),
        "grant_other_eur": column(grant.values - by_age - evened, grant.status),
    }


def municipal_jobs(costs: AreaCosts, places: Places, unemployed: Floats) -> Column:
    """Jobs paid by the municipality: the personnel part of cost over the cost of a job."""
    duty = employment_duty(places, unemployed)
    personnel = anchor("personnel_share") * (costs.cost.sum(axis=1) - duty)
    personnel += anchor("municipal_jobs_duty_share") * duty
    return column(personnel / anchor("cost_per_job"), ASSUMED)
