"""Lives from published accounts of a past year, set beside what came.

The municipality begins with its accounts and people of the base year, lives on as today in worlds drawn with
today's parameters, and its money some years later is compared with the accounts of that year, with carrying
the base year forward, and with the straight line through the base year and the year before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.accounts_start import AccountsStart, observed_after, start_from_accounts
from framsyn.calibrate.levels import WINSOR, winsorised
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.forecast.anchor_build import anchor_from
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.labour_market import labour_market_at
from framsyn.foresee.postures import AS_IS, areas, posture
from framsyn.foresee.setting import Setting
from framsyn.foresee.start import Country, expected_flows, law_of, place_from, rates_of
from framsyn.foresee.worlds import demographic_parameters, labour_law_of
from framsyn.law import grants
from framsyn.law.parameters import Law
from framsyn.law.path import law_path
from framsyn.model.layout import (
    ANNUAL_MARGIN,
    COST,
    LOANS,
    NET_OPERATING_COST,
    STATE_GRANT,
    TAX_REVENUE,
    W_INTEREST,
    W_PRICE,
    Floats,
)
from framsyn.model.life import Town
from framsyn.places.municipality import Municipality, municipality
from framsyn.places.tables import Tables

#: Facts of the model that are the same for all here. Sales of assets are in net investment. Homes, and what
#: else accounts do not hold, are as in the bundle of today.
UNTOLD = {"digital_eur_per_resident": 20.0, "village_share": 0.14, "asset_sales_eur": 0.0}
INVESTMENT = "investment_before_sales_eur"
#: What is compared, beside the cost of each area: columns of the record, and how the accounts tell it.
MONEY = {
    "net_operating_cost": NET_OPERATING_COST,
    "tax_revenue": TAX_REVENUE,
    "state_grant": STATE_GRANT,
    "annual_margin": ANNUAL_MARGIN,
    "loans": LOANS,
}
TAXES = ("corporate_tax_eur", "property_tax_eur")
LOW, HIGH = 0.1, 0.9
#: Part of a deviation of investment that was seen again: slope of 2018–2019 on 2015–2017.
INVESTMENT_PERSISTS = 0.49
#: The same of a result per resident.
RESULT_PERSISTS = 0.48


@dataclass(frozen=True)
class Hindcast:
    """Money of every municipality some years after the base year, euros of the year per resident.

    Attributes:
        base_year, target_year: from and to which year.
        codes: municipalities with accounts in both.
        names: what is compared: areas (`cost_…`) and sums.
        observed, carried: [municipality, name] the accounts of the target year, and of the base year.
        trend: [municipality, name] the straight line through the base year and the year before; None where
            that has no accounts.
        median, low, high: [municipality, name] of the lives: 50, 10 and 90 %.
    """

    base_year: int
    target_year: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    observed: Floats
    carried: Floats
    trend: Floats | None
    median: Floats
    low: Floats
    high: Floats


def hindcast(tables: Tables, base_year: int, target_year: int, draws: int = 200, seed: int = 1) -> Hindcast:
    """Live every municipality from its accounts of `base_year` to `target_year`.

    Args:
        tables: the folder: population, accounts, costs by function, commuting.
        base_year: a year of the accounts; nothing later is read about money or people.
        target_year: a later year of the accounts.
        draws: worlds.
        seed: the seed of the worlds.

    Raises:
        FramsynError: a table or year that is not there.
    """
    start = start_from_accounts(tables, base_year)
    after = observed_after(tables, base_year)[target_year]
    years = target_year - base_year
    forecast = fit_forecast(read_history(tables, base_year), region_codes(tables), years)
    here = _known(start, after)
    lived = _lives(start, forecast, here, years, range(draws), seed)
    before = _before(tables, start)
    now = _figures(start)[here]
    then = None if before is None else now + years * (now - _figures(before)[here])
    low, median, high = np.quantile(lived, [LOW, 0.5, HIGH], axis=1)
    return Hindcast(
        base_year,
        target_year,
        tuple(start.codes[place] for place in here),
        names(),
        _figures(after)[here],
        now,
        then,
        median,
        low,
        high,
    )


def names() -> tuple[str, ...]:
    """What is compared: the cost of each area, and sums."""
    return (*(f"cost_{area}" for area in areas()), *MONEY)


def _known(start: AccountsStart, after: AccountsStart) -> list[int]:
    """Municipalities whose figures are known at both ends and that have a counterpart in the bundle."""
    found = np.isfinite(_figures(start)).all(axis=1) & np.isfinite(_figures(after)).all(axis=1)
    facts = np.isfinite(start.facts.values).all(axis=1)
    return [int(place) for place in np.flatnonzero(found & facts)]


def _before(tables: Tables, start: AccountsStart) -> AccountsStart | None:
    years = tables.need("accounts")["year"].unique().to_list()
    return start_from_accounts(tables, start.year - 1) if start.year - 1 in years else None


def _figures(start: AccountsStart) -> Floats:
    """[municipality, name] of the accounts, euros of the year per resident."""
    facts = start.facts
    costs = np.stack([facts[f"cost_{area}"] for area in areas()], axis=1)
    income_tax = facts["income_tax_rate_pct"] / 100.0 * facts["income_tax_base_eur"]
    sums = (
        costs.sum(axis=1),
        income_tax + facts["corporate_tax_eur"] + facts["property_tax_eur"],
        facts["state_grant_eur"],
        facts["annual_margin_eur"],
        facts["loans_eur"],
    )
    return np.concatenate([costs, np.stack(sums, axis=1)], axis=1) / start.size[:, None]


def _lives(
    start: AccountsStart,
    forecast: Forecast,
    here: Sequence[int],
    years: int,
    draws: range,
    seed: int,
) -> Floats:
    """[municipality, draw, name] in the target year, euros of the year per resident."""
    people = forecast.past.base_structure
    path, carried = law_path(Law.standing(), start.year, years, float(people.sum()))
    country = _country(start, people, municipality(start.codes[0]), years)
    unemployed = float(1.0 - np.nansum(start.facts["employed"]) / np.nansum(start.facts["labour_force"]))
    invested, one_off = usual_investment(start), one_off_items(start)
    found = []
    for place in here:
        m = municipality(start.codes[place])
        published = dict(zip(start.facts.ids, start.facts.values[place].tolist(), strict=True))
        facts = {**facts_of(m), **published, **UNTOLD, INVESTMENT: float(invested[place])}
        facts["net_financial_income_eur"] -= float(one_off[place])
        anchor = anchor_from(forecast, place)
        rate = 1.0 - facts["employed"] / facts["labour_force"]
        market = labour_market_at(rate, unemployed)
        own = law_of(m, path)
        by_law = bool(m.bundle["state_grant_by_law"][m.index])
        population = np.ascontiguousarray(people[place])
        expected = np.concatenate([[population.sum()], anchor.totals])
        home = place_from(population, facts, country, own, by_law, np.ones(years + 1), expected)
        rates = rates_of(m, anchor, population)
        setting = Setting(
            municipality=m,
            anchor=anchor,
            market=market,
            labour=labour_law_of(m),
            town=Town(home, rates, own),
            carried=carried,
            flows=expected_flows(home, rates),
            demography=demographic_parameters(m.bundle),
            assessment=None,
            years=years,
            seed=seed,
        )
        drawn = setting.draw(draws)
        level = facts["interest_rate_pct"] / 100.0 / economic_parameters()["interest_mean"]
        drawn.worlds[:, :, W_INTEREST] *= level
        records = setting.live(drawn, setting.course(posture(AS_IS)))
        found.append(_at_the_end(records, drawn.worlds))
    return np.stack(found)


def facts_of(m: Municipality) -> dict[str, float]:
    """Facts of the municipality in its bundle by id."""
    bundle = m.bundle
    return dict(zip(map(str, bundle["fact_id"]), bundle["facts"][m.index].tolist(), strict=True))


def usual_investment(start: AccountsStart) -> Floats:
    """[municipality] net investment of a normal year, EUR, as the bundle tells it.

    In the country's ratio to own depreciation, and of the rest the part that persists.
    """
    depreciation, own = start.facts["depreciation_eur"], start.facts["investment_eur"]
    known = np.isfinite(depreciation) & np.isfinite(own)
    usual = depreciation * (own[known].sum() / depreciation[known].sum())
    normal: Floats = usual + INVESTMENT_PERSISTS * (own - usual)
    return normal


def one_off_items(start: AccountsStart) -> Floats:
    """[municipality] the part of the year's result that is not expected to persist, EUR.

    As the bundle tells the structural result: the country's mean, and of the own deviation the part that
    persists.
    """
    facts, size = start.facts, start.size
    result = (facts["annual_margin_eur"] - facts["depreciation_eur"]) / size
    known = np.isfinite(result)
    mean = float(np.average(result[known], weights=size[known]))
    deviation = winsorised(result - mean, WINSOR)
    items: Floats = (result - mean - RESULT_PERSISTS * deviation) * size
    return items


def _at_the_end(records: Floats, worlds: Floats) -> Floats:
    """[draw, name] of the last year in euros of that year."""
    last, price = records[:, -1], worlds[:, -1, W_PRICE, None]
    costs = last[:, COST : COST + len(areas())]
    return np.concatenate([costs, last[:, list(MONEY.values())]], axis=1) * price


def _country(start: AccountsStart, people: Floats, m: Municipality, years: int) -> Country:
    """The country's figures of the year of the accounts."""
    facts, year = start.facts, start.year
    known = np.isfinite(facts["income_tax_base_eur"]) & np.isfinite(facts["corporate_tax_eur"])
    rate, base = facts["income_tax_rate_pct"][known], facts["income_tax_base_eur"][known]
    mean_rate = float(rate @ base / base.sum())
    corporate = facts["corporate_tax_eur"][known]
    calculated = float(grants.calculated_tax(base, mean_rate, corporate).sum() / start.size[known].sum())
    residents = people.sum(axis=(0, 1))
    total = Law.standing().value("calculated_costs_eur", year).value
    group = facts["group_loans_eur"]
    return Country(
        tax_profile=m.bundle["tax_profile"].astype(np.float64),
        grant_prices=grants.scale_prices(Law.standing().age_prices(year), residents, total),
        equalisation_rate=mean_rate / 100.0,
        equalisation_mean=np.full(years + 1, calculated),
        mean_group_loans=float(np.nansum(group) / start.size.sum()),
    )


def scores(told: Hindcast) -> Mapping[str, Mapping[str, float]]:
    """Mean absolute errors by name, euros per resident: of the lives, carrying forward and the line.

    `cover` is the share of municipalities, percent, whose outcome lies within the lives' 10–90 %; the
    country's level is taken out in the `shape_…` errors, so that they tell the differences between
    municipalities alone.
    """
    found = {}
    for column, name in enumerate(told.names):
        outcome = told.observed[:, column]
        row = {"level": float(outcome.mean())}
        for kind, values in (("lives", told.median), ("carried", told.carried), ("line", told.trend)):
            if values is not None:
                error = values[:, column] - outcome
                row[kind] = float(np.abs(error).mean())
                row[f"bias_{kind}"] = float(error.mean())
                row[f"shape_{kind}"] = float(np.abs(error - np.median(error)).mean())
        inside = (told.low[:, column] <= outcome) & (outcome <= told.high[:, column])
        row["cover"] = 100.0 * float(inside.mean())
        found[name] = row
    return found
