"""From a municipality of the bundle to the plain arrays that the kernel lives from."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.labour_draws import expected_recovery
from framsyn.foresee.labour_market import labour_market_of
from framsyn.foresee.postures import areas
from framsyn.foresee.worlds import demographic_parameters, immigration_path, labour_law_of
from framsyn.law import grants
from framsyn.law.parameters import Law
from framsyn.law.path import LawPath
from framsyn.model.layout import (
    AGES,
    Floats,
    Place,
    Rates,
)
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

#: Facts that stand in the model under their own name, in euros, persons or percent.
FACTS = {
    "income_tax_rate": "income_tax_rate_pct",
    "income_tax_base": "income_tax_base_eur",
    "corporate_tax": "corporate_tax_eur",
    "property_tax": "property_tax_eur",
    "financial_income": "net_financial_income_eur",
    "depreciation": "depreciation_eur",
    "fixed_assets": "fixed_assets_eur",
    "investment": "investment_eur",
    "loans": "loans_eur",
    "group_loans": "group_loans_eur",
    "cash": "cash_eur",
    "accumulated_surplus": "accumulated_surplus_eur",
    "employed": "employed",
    "labour_force": "labour_force",
    "jobs": "jobs",
    "jobs_tradable": "jobs_tradable",
    "local_share": "local_share_of_jobs",
    "village_share": "village_share",
    "municipal_jobs": "municipal_jobs",
    "repair_debt": "repair_debt_eur",
    "digital": "digital_eur_per_resident",
    "homes": "homes",
    "households": "households",
    "vacancy": "vacancy_share",
    "house_price": "house_price_eur_m2",
    "owner_share": "owner_share",
    "short_share": "short_move_share",
    "long_term_share": "long_term_share",
    "asset_sales": "asset_sales_eur",
    "growth_10y": "growth_10_years_pct",
    "basic_only": "basic_education_only_pct",
    "offences": "offences_per_1000",
    "grant_unemployment": "grant_unemployment_eur",
    "grant_speakers": "grant_foreign_language_eur",
}
#: Residents from which the second and third class of size begin, see the scale of costs in the register.
SIZE_CLASSES = (5_000.0, 20_000.0)
#: The last year in which municipalities had health and social care, and the oldest who counts as one.
LAST_YEAR_WITH_CARE, OLDEST_WORKER = 2022, 64
#: Expected yearly flows are not taken below this, so that small-number noise stays finite.
LEAST_FLOW = 0.5
#: Largest probability of dying in a year, and share of those here who may leave beyond the usual.
MOST_MORTAL, MOST_LEAVING = 0.95, 0.9


class Country(NamedTuple):
    """Figures of the country that every municipality's life uses."""

    tax_profile: Floats  # [age] taxed earnings relative to the mean of the age profile
    grant_prices: Floats  # [age] calculated cost per resident of that age, euros a year
    equalisation_rate: float  # mean income tax rate / 100
    equalisation_mean: Floats  # [year] calculated tax, base-year euros per resident
    mean_group_loans: float  # euros per resident


def country_of(bundle: Bundle, years: int) -> Country:
    """The country's figures in a bundle, for lives of `years` years."""
    return Country(
        tax_profile=bundle["tax_profile"].astype(np.float64),
        grant_prices=bundle["grant_prices"].astype(np.float64),
        equalisation_rate=float(bundle.manifest["national"]["equalisation_rate"]),
        equalisation_mean=calculated_tax_path(bundle)[: years + 1],
        mean_group_loans=mean_group_loans(bundle),
    )


def place_of(m: Municipality, law: LawPath, anchor: Anchor) -> Place:
    """What a life starts from; money in base-year euros.

    Args:
        m: the municipality.
        law: that of the municipality's years.
        anchor: its forecast.
    """
    bundle = m.bundle
    facts = dict(zip(map(str, bundle["fact_id"]), bundle["facts"][m.index].tolist(), strict=True))
    country = country_of(bundle, len(law.grant_share) - 1)
    by_law = bool(bundle["state_grant_by_law"][m.index])
    population = np.ascontiguousarray(m.population)
    expected = np.concatenate([[population.sum()], anchor.totals])
    recovery = jobs_recovery(m, len(anchor.totals))
    return place_from(population, facts, country, law, by_law, recovery, expected)


def jobs_recovery(m: Municipality, years: int) -> Floats:
    """[year] factor on jobs: they recover as the country's unemployment reverts to its usual level."""
    return expected_recovery(labour_law_of(m), labour_market_of(m), years)


def place_from(
    population: Floats,
    facts: Mapping[str, float],
    country: Country,
    law: LawPath,
    by_law: bool,
    jobs_recovery: Floats,
    people_expected: Floats,
) -> Place:
    """What a life starts from, of scalar facts under the ids of the bundle.

    Args:
        population: [2, 101] persons.
        facts: values by id; money in euros of the base year.
        country: the country's figures.
        law: that of the municipality's years.
        by_law: whether the state grant's formula reaches the municipality.
        jobs_recovery: [year] factor on jobs as the country's cycle reverts.
        people_expected: [year] residents that the forecast expects, those of the base year first.
    """
    place = Place(
        population=population,
        costs=np.array([facts[f"cost_{area}"] for area in areas()]),
        incomes=np.array([facts[f"income_{area}"] for area in areas()]),
        tax_profile=country.tax_profile,
        care_weights=care_weights(),
        grant_prices=country.grant_prices if by_law else np.zeros_like(country.grant_prices),
        equalisation_rate=country.equalisation_rate,
        equalisation_mean=country.equalisation_mean,
        mean_group_loans=country.mean_group_loans,
        jobs_recovery=jobs_recovery,
        people_expected=people_expected,
        grant_other=0.0,
        speakers=facts["foreign_language_share"] * population.sum(),
        size_class=int(np.searchsorted(SIZE_CLASSES, population.sum(), side="right")),
        self_governing=0.0 if by_law else 1.0,
        **{name: float(facts[fact]) for name, fact in FACTS.items()},
    )
    return place._replace(grant_other=facts["state_grant_eur"] - grant_by_formula(place, law))


def care_weights() -> Floats:
    """[age] need of health and social care relative to those of working age.

    From the base prices that held it (Decree 691/2022); under 65 everyone counts alike.
    """
    prices = Law.standing().age_prices(LAST_YEAR_WITH_CARE)
    weights: Floats = prices / prices[OLDEST_WORKER]
    weights[: OLDEST_WORKER + 1] = 1.0
    return weights


def law_of(m: Municipality, law: LawPath) -> LawPath:
    """The law of the years as it reaches the municipality.

    The formula of the state grant does not reach self-governing regions: theirs follows residents and
    prices alone.
    """
    if m.bundle["state_grant_by_law"][m.index]:
        return law
    none = np.zeros_like(law.grant_share)
    return law._replace(fixed_term=none, decided=none, equalisation_added=none, equalisation_deducted=none)


def mean_group_loans(bundle: Bundle) -> float:
    """Loans of all municipal groups, euros per resident of the country."""
    column = list(map(str, bundle["fact_id"])).index("group_loans_eur")
    return float(bundle["facts"][:, column].sum() / bundle["population"].sum())


def calculated_tax_path(bundle: Bundle) -> Floats:
    """The country's calculated tax per resident [year], base-year earnings: it follows the ages."""
    people = bundle["country_population"].sum(axis=1)
    profile = people @ bundle["tax_profile"].astype(np.float64) / people.sum(axis=1)
    mean = float(bundle.manifest["national"]["mean_calculated_tax_eur_per_resident"])
    return np.asarray(mean * profile / profile[0], dtype=np.float64)


def grant_by_formula(place: Place, law: LawPath) -> float:
    """State grant by age and equalisation in the base year, euros: what the model itself gives."""
    people = place.population.sum(axis=0)
    by_age = grants.calculated_costs(place.grant_prices, people) * law.grant_share[0]
    own = place.equalisation_rate * place.income_tax_base + place.corporate_tax
    evened = grants.equalisation(
        own / people.sum(),
        float(place.equalisation_mean[0]),
        float(law.equalisation_added[0]),
        float(law.equalisation_deducted[0]),
    )
    return float(by_age + evened * people.sum())


def rates_of(m: Municipality, anchor: Anchor, population: Floats | None = None) -> Rates:
    """Demographic rates with which an undisturbed life has the forecast's expected ages.

    Deaths, emigration and immigration are the bundle's. Moves between municipalities are the bundle's
    too, and what the forecast asks beyond them comes on top: as moves in where it is more people, as
    moves out where it is fewer. Row 0 of rates that change over time is not used. `population` [2, 101] is
    whom the forecast starts from, where that is not the bundle's.
    """
    bundle, i = m.bundle, m.index

    def own(name: str) -> Floats:
        rates: Floats = bundle[name][i].astype(np.float64)
        return rates

    years = len(anchor.totals)
    ahead = np.arange(years + 1.0)
    better = np.exp(-bundle["mortality_improvement"].astype(np.float64) * ahead[:, None, None])
    newborn = own("mortality_newborn") * better[:, :, 0]
    pool = bundle["mover_pool"][: years + 1].astype(np.float64)
    rates = Rates(
        fertility=anchor.rates.fertility[0] / (1.0 - newborn[0].mean()),
        male_birth_share=float(anchor.rates.boys[0]),
        mortality=np.minimum(own("mortality") * better, MOST_MORTAL),
        mortality_newborn=newborn,
        out_rate=np.broadcast_to(own("out_rate"), (years + 1, 2, AGES)).copy(),
        moves_in=own("in_count") * pool,
        immigration=own("immigration"),
        emigration_rate=own("emigration_rate"),
    )
    path = immigration_path(years, demographic_parameters(bundle))
    people = np.asarray(m.population if population is None else population, dtype=np.float64)
    for year in range(1, years + 1):
        _meet_ages(rates, people, anchor.ages[year - 1], year, float(path[year - 1]))
        people = anchor.ages[year - 1]
    return rates


def _meet_ages(rates: Rates, before: Floats, after: Floats, year: int, immigration: float) -> None:
    """Set the year's moves in and out so that `before` [2, 101] becomes `after`, a year older."""
    alive = before * (1.0 - rates.mortality[year])
    stay = (1.0 - rates.out_rate[year]) * (1.0 - rates.emigration_rate)
    given = alive * stay + rates.moves_in[year] + rates.immigration * immigration
    wanted = _by_start(after, given)
    missing = wanted - given
    rates.moves_in[year] += np.maximum(missing, 0.0)
    leaving = np.maximum(-missing, 0.0)
    # Where more must leave than are here, fewer come.
    able = alive * (1.0 - rates.emigration_rate) * (1.0 - rates.out_rate[year])
    extra = np.minimum(leaving, MOST_LEAVING * able)
    rates.moves_in[year] -= np.minimum(leaving - extra, rates.moves_in[year])
    share = extra / np.maximum(alive * (1.0 - rates.emigration_rate), 1e-12)
    rates.out_rate[year] = np.minimum(rates.out_rate[year] + share, 1.0)


def _by_start(after: Floats, given: Floats) -> Floats:
    """Persons [2, 101] of `after` by age at the start; 99 and 100+ share those of 100+ as `given`."""
    wanted = np.empty_like(after)
    wanted[:, :-1] = after[:, 1:]
    last = given[:, -2] + given[:, -1]
    share = np.where(last > 0, given[:, -2] / np.maximum(last, 1e-12), 0.5)
    wanted[:, -2], wanted[:, -1] = after[:, -1] * share, after[:, -1] * (1.0 - share)
    return wanted


def expected_flows(place: Place, rates: Rates) -> Floats:
    """Births, deaths, moves in, moves out, immigration, emigration expected in the first year."""
    people = place.population
    women = people[1]
    flows = np.array(
        [
            rates.fertility @ women,
            np.sum(rates.mortality[1] * people),
            np.sum(rates.moves_in[1]),
            np.sum(rates.out_rate[1] * people),
            np.sum(rates.immigration),
            np.sum(rates.emigration_rate * people),
        ]
    )
    expected: Floats = np.maximum(flows, LEAST_FLOW)
    return expected
