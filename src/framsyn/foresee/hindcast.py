"""Lives from published accounts of a past year, set beside what came.

The municipality begins with its accounts and people of the base year, lives on as today in worlds drawn with
today's parameters, and its money some years later is compared with the accounts of that year, with carrying
the base year forward, and with the straight line through the base year and the year before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.accounts_start import AccountsStart, start_from_accounts
from framsyn.calibrate.levels import WINSOR, winsorised
from framsyn.foresee.economy_draws import economic_parameters
from framsyn.foresee.forecast.anchor_build import anchor_from
from framsyn.foresee.forecast.forecast import Forecast, fit_forecast
from framsyn.foresee.forecast.reading import read_history, region_codes
from framsyn.foresee.labour_draws import expected_recovery
from framsyn.foresee.labour_market import LabourMarket, labour_market_at
from framsyn.foresee.postures import AS_IS, areas, posture
from framsyn.foresee.setting import Drawn, Setting
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
#: The first year whose rules of money are in the data of law; earlier lives stand under them too.
FIRST_LAW = 2015
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
        size: [municipality] residents at the end of the base year.
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
    size: Floats


def hindcast(
    tables: Tables,
    base_year: int,
    target_year: int,
    draws: int = 200,
    seed: int = 1,
    outcomes: Floats | None = None,
    markets: Mapping[str, LabourMarket] | None = None,
    forecast: Forecast | None = None,
) -> Hindcast:
    """Live every municipality from its accounts of `base_year` to `target_year`.

    Args:
        tables: the folder: population, accounts, costs by function, commuting.
        base_year: a year of the accounts; nothing later is read about money or people.
        target_year: a later year, of the accounts or of `outcomes`.
        draws: worlds.
        seed: the seed of the worlds.
        outcomes: [P, name] what came, euros of the year per resident, NaN where it is not published; the
            accounts of the target year where not given.
        markets: the labour market of each municipality at the base year, by code; unemployment at its usual
            level where not given.
        forecast: that of the base year, over the years to the target or more; fitted where not given.

    Raises:
        FramsynError: a table or year that is not there.
    """
    start = start_from_accounts(tables, base_year)
    observed = _figures(start_from_accounts(tables, target_year)) if outcomes is None else outcomes
    years = target_year - base_year
    if forecast is None:
        forecast = fit_forecast(read_history(tables, base_year), region_codes(tables), years)
    here = _known(start, observed)
    lived = _lives(start, forecast, here, years, range(draws), seed, markets or {})
    before = _before(tables, start)
    now = _figures(start)[here]
    then = None if before is None else now + years * (now - _figures(before)[here])
    low, median, high = np.quantile(lived, [LOW, 0.5, HIGH], axis=1)
    return Hindcast(
        base_year,
        target_year,
        tuple(start.codes[place] for place in here),
        names(),
        observed[here],
        now,
        then,
        median,
        low,
        high,
        start.size[here],
    )


def names() -> tuple[str, ...]:
    """What is compared: the cost of each area, and sums."""
    return (*(f"cost_{area}" for area in areas()), *MONEY)


def _known(start: AccountsStart, observed: Floats) -> list[int]:
    """Municipalities whose figures are known at the base year, and some of them at the target."""
    found = np.isfinite(_figures(start)).all(axis=1) & np.isfinite(observed).any(axis=1)
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
    markets: Mapping[str, LabourMarket],
) -> Floats:
    """[municipality, draw, name] after `years` years, euros of the year per resident."""
    found = []
    for setting in past_settings(start, forecast, here, seed, markets):
        drawn = setting.draw(draws)
        records = setting.live(drawn, setting.course(posture(AS_IS)))
        found.append(_in_year(years, records, drawn.worlds))
    return np.stack(found)


@dataclass(frozen=True)
class PastSetting(Setting):
    """A municipality made ready to live from a past year, whose loans then cost what they did.

    Attributes:
        interest: the interest paid in the base year over the mean of the worlds.
    """

    interest: float

    def draw(self, draws: range) -> Drawn:
        """The worlds of these draws; each is the same whatever the others are."""
        drawn = super().draw(draws)
        drawn.worlds[:, :, W_INTEREST] *= self.interest
        return drawn


def past_settings(
    start: AccountsStart,
    forecast: Forecast,
    here: Sequence[int],
    seed: int,
    markets: Mapping[str, LabourMarket],
) -> Iterator[PastSetting]:
    """Municipalities made ready to live from past accounts: what these do not tell is today's.

    Args:
        start: the accounts.
        forecast: of people, from the same year; its years are those of the lives.
        here: numbers of the municipalities.
        seed: the seed of the worlds.
        markets: labour markets at the base year by code; unemployment at its usual level where not given.
    """
    people, years = forecast.past.base_structure, forecast.expected.totals.shape[1]
    path, carried = law_path(Law.standing(), max(start.year, FIRST_LAW), years, float(people.sum()))
    country = _country(start, people, municipality(start.codes[0]), years)
    unemployed = float(1.0 - np.nansum(start.facts["employed"]) / np.nansum(start.facts["labour_force"]))
    invested, one_off = usual_investment(start), one_off_items(start)
    for place in here:
        m = municipality(start.codes[place])
        facts = facts_of(m, start, place)
        facts["investment_eur"] = float(invested[place])
        facts["net_financial_income_eur"] -= float(one_off[place])
        anchor = anchor_from(forecast, place)
        rate = 1.0 - facts["employed"] / facts["labour_force"]
        market = markets.get(m.code, labour_market_at(rate, unemployed))
        labour = labour_law_of(m)
        own = law_of(m, path)
        by_law = bool(m.bundle["state_grant_by_law"][m.index])
        population = np.ascontiguousarray(people[place])
        expected = np.concatenate([[population.sum()], anchor.totals])
        recovery = expected_recovery(labour, market, years)
        home = place_from(population, facts, country, own, by_law, recovery, expected)
        rates = rates_of(m, anchor, population)
        yield PastSetting(
            municipality=m,
            anchor=anchor,
            market=market,
            labour=labour,
            town=Town(home, rates, own),
            carried=carried,
            flows=expected_flows(home, rates),
            demography=demographic_parameters(m.bundle),
            assessment=None,
            years=years,
            seed=seed,
            interest=facts["interest_rate_pct"] / 100.0 / economic_parameters()["interest_mean"],
        )


def facts_of(m: Municipality, start: AccountsStart, place: int) -> dict[str, float]:
    """Facts by id: those of the past accounts, and today's where these are silent."""
    today = dict(zip(map(str, m.bundle["fact_id"]), m.bundle["facts"][m.index].tolist(), strict=True))
    return {**today, **dict(zip(start.facts.ids, start.facts.values[place].tolist(), strict=True))}


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


def _in_year(year: int, records: Floats, worlds: Floats) -> Floats:
    """[draw, name] of a year after the base year, in euros of that year."""
    row, price = records[:, year], worlds[:, year, W_PRICE, None]
    costs = row[:, COST : COST + len(areas())]
    return np.concatenate([costs, row[:, list(MONEY.values())]], axis=1) * price


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


def scores(told: Hindcast, among: NDArray[np.bool_] | None = None) -> Mapping[str, Mapping[str, float]]:
    """Mean absolute errors by name, euros per resident: of the lives, carrying forward and the line.

    `cover` is the share of municipalities, percent, whose outcome lies within the lives' 10–90 %; the
    country's level is taken out in the `shape_…` errors, so that they tell the differences between
    municipalities alone, and in `cover_shape`.

    Args:
        told: lives and outcomes.
        among: [municipality] who is counted; all where not given. The country's level is that of all.

    Returns:
        By name, those that are published for somebody.
    """
    found = {}
    whom = np.ones(len(told.codes), dtype=np.bool_) if among is None else among
    for column, name in enumerate(told.names):
        outcome = told.observed[:, column]
        seen = np.isfinite(outcome)
        counted = seen & whom
        if not counted.any():
            continue
        row = {"level": float(outcome[counted].mean()), "count": float(counted.sum())}
        for kind, values in (("lives", told.median), ("carried", told.carried), ("line", told.trend)):
            if values is not None:
                error = values[:, column] - outcome
                row[kind] = float(np.abs(error[counted]).mean())
                row[f"bias_{kind}"] = float(error[counted].mean())
                row[f"shape_{kind}"] = float(np.abs(error[counted] - np.median(error[seen])).mean())
        common = float(np.median((told.median[:, column] - outcome)[seen]))
        for kind, level in (("cover", outcome), ("cover_shape", outcome + common)):
            inside = (told.low[:, column] <= level) & (level <= told.high[:, column])
            row[kind] = 100.0 * float(inside[counted].mean())
        found[name] = row
    return found
