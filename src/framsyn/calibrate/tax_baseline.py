"""Baseline of taxes: rate of today, bases from the accounts, sums closed to the country's."""

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts import Figures
from framsyn.calibrate.anchors import anchor, anchor_year
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, Column, column
from framsyn.calibrate.known import column as values_of
from framsyn.calibrate.levels import blank, closed, mean_at_last
from framsyn.calibrate.places import Places
from framsyn.law.parameters import value
from framsyn.law.taxes import corporate_tax_at_share, income_tax_base, rate_before_2023

Floats = NDArray[np.float64]

YEARS = 3
REFORM = 2023


def taxes(places: Places, accounts: Figures | None, total: float) -> dict[str, Column]:
    """Income tax rate and base, corporate tax and property tax of the base year.

    Args:
        places: the municipalities.
        accounts: their accounts, if any.
        total: EUR that the three taxes together bring; the income tax base closes it.
    """
    rate = income_tax_rate(places)
    corporate = corporate_tax(places, accounts)
    property_tax = property_taxes(places, accounts)
    income = total - float(corporate.values.sum() + property_tax.values.sum())
    then = base_of_accounts(places, accounts, rate.values)
    return {
        "income_tax_rate_pct": rate,
        "income_tax_base_eur": closed_base(then, rate, places.size, income),
        "corporate_tax_eur": corporate,
        "property_tax_eur": property_tax,
    }


def income_tax_rate(places: Places) -> Column:
    """[P] rate in percent: the table's latest; the country's mean where it lacks (assumed)."""
    mean = value("income_tax_mean_pct", anchor_year() + 1).value
    frame = places.tables.get("income_tax")
    published = blank(places.size)
    if frame is not None:
        last = frame.sort("year").unique("code", keep="last", maintain_order=True)
        published = values_of(last, "income_tax_pct", list(places.codes))
    known = np.isfinite(published)
    return column(np.where(known, published, mean), np.where(known, OBSERVED, ASSUMED).astype(np.uint8))


def rate_of_accounts(places: Places, rate_pct: Floats, year: int) -> Floats:
    """[P] rate in `year`, percent.

    Before 2023 the reform's cut is put back and the mean change since taken off.
    """
    if year >= REFORM:
        return rate_pct
    cut = value("income_tax_cut_2023_pp", REFORM).value
    now = value("income_tax_mean_pct", anchor_year() + 1).value
    then = value("income_tax_mean_pct", REFORM - 1).value
    before = rate_before_2023(rate_pct, cut, now + cut - then)
    return np.where(places.exempt, rate_pct, before)


def base_of_accounts(places: Places, accounts: Figures | None, rate_pct: Floats) -> Floats:
    """[P] income tax base at the accounts' level for today's residents, EUR; NaN without accounts."""
    if accounts is None:
        return blank(places.size)
    years = accounts.years[-YEARS:]
    rates = np.stack([rate_of_accounts(places, rate_pct, year) for year in years], axis=1)
    bases = income_tax_base(accounts["income_tax"][:, -YEARS:], rates)
    return mean_at_last(bases / places.size_in(years)) * places.size


def closed_base(then: Floats, rate: Column, size: Floats, income: float) -> Column:
    """[P] base scaled so that rate / 100 × base sums to `income`, EUR; gaps get the mean base."""
    known = np.isfinite(then)
    mean = then[known].sum() / size[known].sum() if known.any() else 1.0
    base = np.where(known, then, mean * size)
    factor = income / float((rate.values / 100.0 * base).sum())
    return column(base * factor, np.where(known, ESTIMATED, ASSUMED).astype(np.uint8))


def corporate_tax(places: Places, accounts: Figures | None) -> Column:
    """[P] mean of all accounts, at the share the municipalities have now and the profits of today."""
    size = places.size
    if accounts is None:
        return closed(blank(size), size, anchor("corporate_tax") * places.scale)
    then = value("corporate_tax_municipal_share_pct", accounts.years[-1]).value
    now = value("corporate_tax_municipal_share_pct", anchor_year()).value
    own = np.maximum(mean_at_last(accounts["corporate_tax"]), 0.0)
    known = np.isfinite(own)
    at_last = accounts["corporate_tax"][known, -1].sum() * size.sum() / size[known].sum()
    level = float(corporate_tax_at_share(float(at_last), then, now)) * anchor("corporate_base_growth")
    return closed(own, size, level)


def property_taxes(places: Places, accounts: Figures | None) -> Column:
    """[P] the country's property tax by the shares of the last accounts."""
    own = blank(places.size) if accounts is None else np.maximum(accounts["property_tax"][:, -1], 0.0)
    return closed(own, places.size, anchor("property_tax") * places.scale)
