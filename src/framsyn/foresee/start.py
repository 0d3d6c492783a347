"""From a municipality of the bundle to the plain arrays that the kernel lives from."""

import numpy as np

from framsyn.foresee.forecast.anchor import Anchor
from framsyn.foresee.worlds import demographic_parameters, immigration_path
from framsyn.law import grants
from framsyn.model.layout import AGES, Floats, Place, Rates
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

#: Facts of net operating cost, in the order of the model's areas.
COSTS = (
    "cost_early_childhood",
    "cost_basic_education",
    "cost_upper_secondary",
    "cost_leisure",
    "cost_environment",
    "cost_business",
    "cost_administration",
)
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
    "cash": "cash_eur",
    "accumulated_surplus": "accumulated_surplus_eur",
    "employed": "employed",
    "labour_force": "labour_force",
    "jobs": "jobs",
    "municipal_jobs": "municipal_jobs",
    "repair_debt": "repair_debt_eur",
    "digital": "digital_eur_per_resident",
    "engagement": "engagement_eur_per_resident",
    "participation": "turnout_pct",
    "trust": "trust_index",
    "exclusion": "low_income_pct",
}
#: National figures in the manifest that stand in the model under their own name.
NATIONAL = ("grant_share", "equalisation_rate", "equalisation_added", "equalisation_deducted")
#: Expected yearly flows are not taken below this, so that small-number noise stays finite.
LEAST_FLOW = 0.5
#: Largest probability of dying in a year, and share of those here who may leave beyond the usual.
MOST_MORTAL, MOST_LEAVING = 0.95, 0.9


def place_of(m: Municipality, years: int) -> Place:
    """What a life of `years` years starts from; money in base-year euros."""
    bundle = m.bundle
    values = dict(zip(map(str, bundle["fact_id"]), bundle["facts"][m.index], strict=True))
    national = bundle.manifest["national"]
    place = Place(
        population=np.ascontiguousarray(m.population),
        costs=np.array([values[name] for name in COSTS]),
        tax_profile=bundle["tax_profile"].astype(np.float64),
        grant_prices=bundle["grant_prices"].astype(np.float64),
        equalisation_mean=calculated_tax_path(bundle)[: years + 1],
        grant_other=0.0,
        **{name: float(values[fact]) for name, fact in FACTS.items()},
        **{name: float(national[name]) for name in NATIONAL},
    )
    if not bundle["state_grant_by_law"][m.index]:
        place = without_grant_formula(place)
    formula = grant_by_formula(place)
    return place._replace(grant_other=float(values["state_grant_eur"]) - formula)


def without_grant_formula(place: Place) -> Place:
    """A municipality of a self-governing region: its grant follows residents and prices alone."""
    return place._replace(
        grant_prices=np.zeros_like(place.grant_prices), equalisation_added=0.0, equalisation_deducted=0.0
    )


def calculated_tax_path(bundle: Bundle) -> Floats:
    """The country's calculated tax per resident [year], base-year earnings: it follows the ages."""
    people = bundle["country_population"].sum(axis=1)
    profile = people @ bundle["tax_profile"].astype(np.float64) / people.sum(axis=1)
    mean = float(bundle.manifest["national"]["mean_calculated_tax_eur_per_resident"])
    return np.asarray(mean * profile / profile[0], dtype=np.float64)


def grant_by_formula(place: Place) -> float:
    """State grant by age and equalisation in the base year, euros: what the model itself gives."""
    people = place.population.sum(axis=0)
    by_age = grants.calculated_costs(place.grant_prices, people) * place.grant_share
    own = place.equalisation_rate * place.income_tax_base + place.corporate_tax
    evened = grants.equalisation(
        own / people.sum(),
        float(place.equalisation_mean[0]),
        place.equalisation_added,
        place.equalisation_deducted,
    )
    return float(by_age + evened * people.sum())


def rates_of(m: Municipality, anchor: Anchor) -> Rates:
    """Demographic rates with which an undisturbed life has the forecast's expected ages.

    Deaths, emigration and immigration are the bundle's. Moves between municipalities are the bundle's
    too, and what the forecast asks beyond them comes on top: as moves in where it is more people, as
    moves out where it is fewer. Row 0 of rates that change over time is not used.
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
    people = np.asarray(m.population, dtype=np.float64)
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
