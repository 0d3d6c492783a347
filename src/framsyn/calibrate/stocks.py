"""Baseline of what wears and what is owed: depreciation, assets, investment, loans, cash, surplus."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures
from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.asset_sales import asset_sales
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, Column, column
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.levels import (
    LATE_YEARS,
    blank,
    clip_to_mean,
    closed,
    mean_at_last,
    on_trend,
    persistence,
)
from framsyn.calibrate.places import Places

Floats = NDArray[np.float64]

YEARS = 3
#: Per resident these lie within these multiples of the country's mean.
RANGE = (0.25, 4.0)
REPAIR_RANGE = (0.5, 1.8)
FINANCIAL_RANGE = (-4.0, 8.0)


def stocks(places: Places, accounts: Figures | None) -> dict[str, Column]:
    """Depreciation, fixed assets, investment, loans, cash, surplus, financial net, repair debt, EUR."""
    depreciation = on_last_trend(places, accounts, "depreciation", "depreciation")
    assets = on_last_trend(places, accounts, "fixed_assets", "fixed_assets")
    owed = loans(places, accounts)
    sales = asset_sales(places, accounts)
    return {
        "depreciation_eur": depreciation,
        "fixed_assets_eur": assets,
        "investment_eur": investment(places, accounts, depreciation.values, sales.values),
        "asset_sales_eur": sales,
        "loans_eur": owed,
        "group_loans_eur": group_loans(places, owed.values),
        "cash_eur": cash(places, accounts),
        "accumulated_surplus_eur": accumulated_surplus(places, accounts),
        "net_financial_income_eur": financial_net(places, accounts),
        "repair_debt_eur": repair_debt(places, assets.values),
    }


def on_last_trend(places: Places, accounts: Figures | None, identity: str, fallback: str) -> Column:
    """Mean of the last three accounts; the country goes on along its trend to the base year."""
    size = places.size
    if accounts is None:
        return closed(blank(size), size, anchor(fallback) * places.scale)
    own = mean_at_last(accounts[identity][:, -YEARS:])
    total = on_trend(accounts, identity, anchor_year())
    known = np.isfinite(own)
    # Without accounts of their own, places get the mean of the others.
    share = float(size[known].sum() / size.sum()) if known.any() else 1.0
    return closed(clip_to_mean(own, size, RANGE), size, total / share)


def investment(places: Places, accounts: Figures | None, depreciation: Floats, sales: Floats) -> Column:
    """Net investment of a normal year, closed with asset sales to the country's cash flow.

    The country's: result + depreciation − cash flow of operations and investments + asset sales beyond the
    gains, so net of financing contributions but not of what is sold. The municipality's: in the country's
    ratio to its own depreciation, and of the rest of its own mean per resident the part that proved to
    persist.
    """
    size = places.size
    total = float(depreciation.sum() + sales.sum())
    total += (anchor("result") - anchor("cash_flow")) * places.scale
    if accounts is None or len(accounts.years) <= LATE_YEARS:
        return closed(blank(size), size, total)
    spent = accounts["investment_expenses"] - accounts["investment_contributions"]
    history = spent / places.size_in(accounts.years)
    known = np.isfinite(history).all(axis=1)
    own = clip_to_mean(spent.mean(axis=1), size, RANGE)
    own *= total / own[known].sum()
    usual = depreciation * (total / depreciation.sum())
    part = persistence(history[known], size[known])
    return closed(np.where(known, usual + part * (own - usual), np.nan), size, total)


def loans(places: Places, accounts: Figures | None) -> Column:
    """Loans of the table `debt`, else of the last accounts, grown as the country's."""
    size = places.size
    known = debt(places, "loans_eur_per_resident")
    if accounts is not None:
        known = np.where(np.isfinite(known), known, accounts["loans"][:, -1])
    plain = anchor("loans_2020") * size / anchor("population")
    own = np.isfinite(known)
    return column(
        np.where(own, known, plain) * loan_growth(), np.where(own, ESTIMATED, ASSUMED).astype(np.uint8)
    )


def group_loans(places: Places, own_loans: Floats) -> Column:
    """Loans of the municipal group by the table `debt`, grown as loans; never below the own loans.

    Where they are not published they are in the country's ratio to the own loans.
    """
    known = debt(places, "group_loans_eur_per_resident") * loan_growth()
    own = np.isfinite(known)
    plain = own_loans * anchor("group_loans_per_loans")
    values = np.maximum(np.where(own, known, plain), own_loans)
    return column(values, np.where(own, ESTIMATED, ASSUMED).astype(np.uint8))


def debt(places: Places, per_resident: str) -> Floats:
    """[P] a column of the table `debt` per resident × residents of its year, EUR; NaN without it."""
    frame = places.tables.get("debt")
    if frame is None:
        return blank(places.size)
    values = values_of(frame, per_resident, list(places.codes))
    found: Floats = values * places.size_in([places.tables.year("debt")])[:, 0]
    return found


def loan_growth() -> float:
    """Loans of today over those of 2020, the same for all."""
    return 1.0 + anchor("loans_since_2020") / anchor("loans_2020")


def cash(places: Places, accounts: Figures | None) -> Column:
    """Cash and short investments of the last accounts, carried unchanged; never below zero."""
    return carried(places, accounts, "cash", anchor("cash"), least=0.0)


def accumulated_surplus(places: Places, accounts: Figures | None) -> Column:
    """Surplus of the last accounts plus the country's results since, the same for every resident."""
    since = anchor("surplus_since_2019") * places.size / anchor("population")
    then = carried(places, accounts, "accumulated_surplus", anchor("accumulated_surplus_2019"))
    return column(then.values + since, then.status)


def carried(
    places: Places, accounts: Figures | None, identity: str, fallback: float, least: float = -np.inf
) -> Column:
    """The figure of the last accounts as it was, EUR; the anchor per resident where there is none."""
    plain = fallback * places.size / anchor("population")
    if accounts is None:
        return column(plain, ASSUMED)
    own = np.maximum(accounts[identity][:, -1], least)
    known = np.isfinite(own)
    return column(np.where(known, own, plain), np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


def financial_net(places: Places, accounts: Figures | None) -> Column:
    """Median year of dividends, interest and other financial items without interest paid, EUR."""
    size = places.size
    if accounts is None:
        return column(anchor("financial_net") * size / anchor("population"), ASSUMED)
    own = np.median(accounts["financial_net"] + accounts["interest_paid"], axis=1)
    held = clip_to_mean(own, size, FINANCIAL_RANGE)
    known = np.isfinite(held)
    plain = held[known].sum() / size[known].sum() * size
    return column(np.where(known, held, plain), np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


def repair_debt(places: Places, fixed_assets: Floats) -> Column:
    """The country's repair debt by fixed assets, held within a range per resident."""
    held = clip_to_mean(fixed_assets, places.size, REPAIR_RANGE)
    return closed(held, places.size, anchor("repair_debt") * places.scale, ASSUMED)
