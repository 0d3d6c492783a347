"""A start from published accounts of a year before the reform of 2023, as they were then.

Health and social care is included, as the area that it was. It is for hindcasts: a life from the
accounts of 2015 or 2016 can be set beside those of 2019. Nothing later than the year is read but three
constants: the income tax rate (today's with the cut of 2023 put back; tax is rate × base, so the tax of the
year is exact), the income that goes with a euro of personnel in health care, and the cost of a job.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from framsyn.calibrate import key_figures as key
from framsyn.calibrate.accounts import Figures, read_accounts
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.asset_sales import WINSOR, book_value, drawn_to_size
from framsyn.calibrate.cost_parts import in_parts, part_shares, shares_of_cost
from framsyn.calibrate.costs import AREAS, HEALTH_SOCIAL, TOLD, accounted, take_out
from framsyn.calibrate.economy import commuting, commuting_shares, tradable_share
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, Column, FactTable, column, fact_table
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.levels import winsorised
from framsyn.calibrate.operating_income import health_staff, left_income, spread
from framsyn.calibrate.places import Places, unpeopled_places
from framsyn.calibrate.tax_baseline import income_tax_rate, rate_of_accounts
from framsyn.errors import FramsynError
from framsyn.law.taxes import income_tax_base
from framsyn.places.tables import Tables

Floats = NDArray[np.float64]

#: An area costs at least this, EUR a resident, so that a ratio to it is defined.
LEAST_COST = 1.0
#: Years over which growth is counted, see `growth`.
GROWTH_YEARS = 10


@dataclass(frozen=True)
class AccountsStart:
    """Facts of one year of accounts.

    Attributes:
        year: the year, at whose end stocks stand; flows run through it.
        codes: the municipalities, sorted.
        size: [P] residents at the end of the year.
        facts: [P, F] facts under the ids of the bundle, EUR in the prices of the year.
    """

    year: int
    codes: tuple[str, ...]
    size: Floats
    facts: FactTable


def start_from_accounts(tables: Tables, year: int) -> AccountsStart:
    """What a life can start from at the end of `year`, with health and social care as an area.

    The books close as published: annual margin = taxes + grant + financial net − interest − cost.
    Investment and asset sales are means of the years until `year`; all else is of the year itself. Jobs,
    employment and industries are of the year or the last before it that is published.

    Args:
        tables: the folder of tables; uses `accounts`, `net_costs`, `income_tax`, `commuting`,
            `unemployment_monthly` and `key_figures`.
        year: a year of the accounts.

    Raises:
        FramsynError: a table is absent, or does not have the year.
    """
    places = unpeopled_places(tables)
    every_year = read_accounts(tables, places.codes)
    known = () if every_year is None else every_year.years
    if every_year is None or year not in known:
        raise FramsynError(
            "There are no accounts of {year}: give one of the years {known}.",
            year=year,
            known=", ".join(map(str, known)) or "–",
        )
    accounts = until(every_year, year)
    size = places.size_in([year])[:, 0]
    flows = flow_columns(places, accounts, size)
    economy = economy_columns(places, year)
    land = {
        "asset_sales_eur": sales_until(places, accounts, size),
        "growth_10_years_pct": growth_until(places, year, size),
    }
    facts = fact_table({**flows, **stock_columns(places, accounts, size), **economy, **land})
    return AccountsStart(year, places.codes, size, facts)


def until(figures: Figures, year: int) -> Figures:
    """The figures of the years until `year`."""
    last = figures.years.index(year) + 1
    return Figures(figures.years[:last], {one: values[:, :last] for one, values in figures.by_id.items()})


def flow_columns(places: Places, accounts: Figures, size: Floats) -> dict[str, Column]:
    """Costs and incomes by area, taxes, grant, financial net, margin, depreciation, investment, EUR."""
    now = {one: values[:, -1] for one, values in accounts.by_id.items()}
    cost = area_costs_of(places, accounts.years[-1], size)
    income = area_incomes_of(places, accounts, cost)
    rate = rate_of_accounts(places, income_tax_rate(places).values, accounts.years[-1])
    spent = (accounts["investment_expenses"] - accounts["investment_contributions"]).mean(axis=1)
    interest = interest_rate(now["interest_paid"], now["loans"])
    none = np.zeros(len(size))
    costs = {area: column(cost[:, i], ESTIMATED) for i, area in enumerate(AREAS)}
    costs = in_parts(costs, part_shares(places, accounts.years[-1]), none)
    incomes = {area: column(income[:, i], ASSUMED) for i, area in enumerate(AREAS)}
    incomes = in_parts(incomes, shares_of_cost(costs), none)
    return {
        **{f"cost_{area}": part for area, part in costs.items()},
        **{f"income_{area}": part for area, part in incomes.items()},
        "income_tax_rate_pct": column(rate, ESTIMATED),
        "income_tax_base_eur": column(income_tax_base(now["income_tax"], rate), ESTIMATED),
        "corporate_tax_eur": column(now["corporate_tax"], OBSERVED),
        "property_tax_eur": column(now["property_tax"], OBSERVED),
        "state_grant_eur": column(now["state_grant"], OBSERVED),
        "interest_rate_pct": column(np.full(len(size), 100.0 * interest), ESTIMATED),
        "net_financial_income_eur": column(now["financial_net"] + interest * now["loans"], ESTIMATED),
        "annual_margin_eur": column(now["annual_margin"], OBSERVED),
        "depreciation_eur": column(now["depreciation"], OBSERVED),
        "investment_eur": column(spent, ESTIMATED),
        "municipal_jobs": column(now["personnel"] / anchor("cost_per_job"), ASSUMED),
    }


def stock_columns(places: Places, accounts: Figures, size: Floats) -> dict[str, Column]:
    """Fixed assets, loans, group loans, cash, accumulated surplus and repair debt, EUR."""
    now = {one: values[:, -1] for one, values in accounts.by_id.items()}
    repair = anchor("repair_debt") * now["fixed_assets"] / np.nansum(now["fixed_assets"])
    return {
        "fixed_assets_eur": column(now["fixed_assets"], OBSERVED),
        "loans_eur": column(now["loans"], OBSERVED),
        "group_loans_eur": group_loans_of(places, accounts.years[-1], size, now["loans"]),
        "cash_eur": column(np.maximum(now["cash"], 0.0), OBSERVED),
        "accumulated_surplus_eur": column(now["accumulated_surplus"], OBSERVED),
        "repair_debt_eur": column(repair, ASSUMED),
    }


def sales_until(places: Places, accounts: Figures, size: Floats) -> Column:
    """[P] yearly sales of assets less the gains in the margin, EUR: mean of the years, drawn to the size.

    Of a single year the country's per resident (assumed): one year says hardly anything of the next.
    """
    values = book_value(accounts) / places.size_in(accounts.years)
    known = np.isfinite(values).all(axis=1)
    plain = np.full(len(size), float(np.nansum(values[:, -1] * size) / size[known].sum()))
    if len(accounts.years) > 1:
        plain[known] = drawn_to_size(winsorised(values[known], WINSOR), size[known])
    status = np.where(known & (len(accounts.years) > 1), ESTIMATED, ASSUMED).astype(np.uint8)
    return column(np.maximum(plain, 0.0) * size, status)


def growth_until(places: Places, year: int, size: Floats) -> Column:
    """[P] change of residents in the ten years before `year`, percent; none (assumed) where not published."""
    before = places.size_in([year - GROWTH_YEARS])[:, 0]
    known = np.isfinite(before) & (before > 0)
    ratio = np.divide(size, before, out=np.ones_like(size), where=known)
    return column(100.0 * (ratio - 1.0), np.where(known, OBSERVED, ASSUMED).astype(np.uint8))


def economy_columns(places: Places, year: int) -> dict[str, Column]:
    """Employed, unemployed, labour force and jobs of the year, or the last before it."""
    home, coming, going = commuting(places, year)
    employed, jobs = home + going, home + coming
    unemployed = unemployed_of(places, year, employed)
    return {
        "labour_force": column(employed + unemployed.values, ESTIMATED),
        "unemployed": unemployed,
        "employed": column(employed, OBSERVED),
        "jobs": column(jobs, OBSERVED),
        "jobs_tradable": column(jobs * tradable_share(places, year).values, ESTIMATED),
        **commuting_shares(places, year),
    }


def area_costs_of(places: Places, year: int, size: Floats) -> Floats:
    """[P, 11] net operating cost by area, EUR of the year: their sum is minus the operating margin.

    As in the baseline, the net of what is common to all falls on the areas that stayed in proportion.
    """
    told = accounted(places, [year])
    if told is None:
        raise FramsynError("The table net_costs has no costs by function for {year}.", year=year)
    areas, health = told.areas[:, 0, :], told.areas[:, 0, HEALTH_SOCIAL]
    cost = np.zeros_like(areas)
    cost[:, list(TOLD)] = np.maximum(areas[:, list(TOLD)], LEAST_COST * size[:, None])
    cost *= (told.remaining[:, 0] / cost.sum(axis=1))[:, None]
    cost[:, HEALTH_SOCIAL] = health
    return take_out(cost, size)


def area_incomes_of(places: Places, accounts: Figures, cost: Floats) -> Floats:
    """[P, 11] operating income by area, EUR of the year; on the mainland health care's goes with staff."""
    revenue = accounts["operating_revenue"][:, -1]
    staff = health_staff(places, accounts)
    if staff is None:
        raise FramsynError("The table net_costs lacks years of the accounts.")
    health = left_income(places, accounts, staff, anchor("income_per_staff"))[:, -1]
    stayed = cost.copy()
    stayed[~places.exempt, HEALTH_SOCIAL] = 0.0
    income = spread(stayed, revenue - health)
    income[:, HEALTH_SOCIAL] += health
    return income


def interest_rate(paid: Floats, loans: Floats) -> float:
    """Interest paid in the country over its loans at the end of the year."""
    return float(np.nansum(paid) / np.nansum(loans))


def group_loans_of(places: Places, year: int, size: Floats, own: Floats) -> Column:
    """[P] group loans of the key figures of the year or the last before it, EUR; at least own loans."""
    frame = key.key_figures(places.tables, places.codes, (key.GROUP_LOANS,))
    values = np.full(len(own), np.nan)
    if frame is not None:
        told = frame.drop_nulls(key.GROUP_LOANS).filter(pl.col("year") <= year)
        last = told.filter(pl.col("year") == pl.col("year").max())
        values = values_of(last, key.GROUP_LOANS, list(places.codes)) * size
    found = np.isfinite(values)
    plain = own * anchor("group_loans_per_loans")
    status = np.where(found, ESTIMATED, ASSUMED).astype(np.uint8)
    return column(np.maximum(np.where(found, values, plain), own), status)


def unemployed_of(places: Places, year: int, employed: Floats) -> Column:
    """[P] mean of the months of `year`, persons; a blank takes the unemployed per employed of its region."""
    frame = places.tables.need("unemployment_monthly")
    of_year = frame.filter(pl.col("month").str.slice(0, 4) == str(year))
    means = of_year.group_by("code").agg(pl.col("unemployed").mean())
    told = values_of(means, "unemployed", list(places.codes))
    known = np.isfinite(told)
    usual = np.empty(len(told))
    for region in set(places.regions):
        here = np.array(places.regions) == region
        with_both = here & known if (here & known).any() else known
        usual[here] = told[with_both].sum() / employed[with_both].sum()
    status = np.where(known, OBSERVED, ESTIMATED).astype(np.uint8)
    return column(np.where(known, told, usual * employed), status)
