"""Births of a coupled country: expected in each municipality, corrected to the country's."""

from framsyn.model.compiled import compiled
from framsyn.model.country.workspace import NOBODY, Balance, Locality
from framsyn.model.layout import FEMALE, M_FERTILITY, M_MORTALITY, MALE, OPEN_AGE, SEXES, Floats, Rates
from framsyn.model.population import FLOW_BIRTHS, FLOW_DEATHS
from framsyn.model.stacked import one


@compiled
def expected_births(local: Locality) -> float:
    """Births of one municipality before the country's correction.

    Those whom the tilt of the year brings bear none.
    """
    total = 0.0
    women_before, women_now = local.before[FEMALE], local.now[FEMALE]
    for age in range(1, OPEN_AGE):
        total += local.rates.fertility[age] * (women_before[age] + women_now[age] / local.tilts[age])
    return float(0.5 * total * local.multipliers[M_FERTILITY])


@compiled
def add_births(year: int, local: Locality, births: float, balance: Balance) -> None:
    """Newborns of one municipality: born, dead in the year, and who leaves again."""
    rates, moves, flows = local.rates, local.moves, local.flows
    remain = min(1.0, local.tilts[0])
    for sex in range(SEXES):
        born = births * share_born(rates, sex) * balance.births[sex]
        risk = newborn_risk(rates, year, sex, local.multipliers)
        dead = born * min(1.0, risk * balance.newborn_deaths[sex])
        flows[FLOW_BIRTHS] += born
        flows[FLOW_DEATHS] += dead
        moves.settled[sex, 0] = (born - dead) * remain
        moves.leave[sex, 0] = (born - dead) * (1.0 - remain)


@compiled
def share_born(rates: Rates, sex: int) -> float:
    """Share of the newborn who are of this sex."""
    return rates.male_birth_share if sex == MALE else 1.0 - rates.male_birth_share


@compiled
def newborn_risk(rates: Rates, year: int, sex: int, multipliers: Floats) -> float:
    """Probability that a newborn dies before the end of the year."""
    return float(min(1.0, rates.mortality_newborn[year, sex] * multipliers[M_MORTALITY]))


@compiled
def count_newborn(year: int, local: Locality, births: float, newborn: Floats) -> None:
    """Add one municipality's newborn, and those who die in the year, to the country's [sex, 2]."""
    for sex in range(SEXES):
        born = births * share_born(local.rates, sex)
        newborn[sex, 0] += born
        newborn[sex, 1] += born * newborn_risk(local.rates, year, sex, local.multipliers)


@compiled
def correct_births(
    year: int, rates: Rates, multipliers: Floats, births: Floats, wanted: Floats, balance: Balance
) -> None:
    """Write the factors with which births, and newborns' deaths, of each sex are the country's."""
    balance.births[:] = 0.0
    balance.newborn_deaths[:] = 0.0
    for place in range(len(births)):
        own = one(rates, place)
        for sex in range(SEXES):
            born = births[place] * share_born(own, sex)
            balance.births[sex] += born
            balance.newborn_deaths[sex] += born * newborn_risk(own, year, sex, multipliers[place])
    for sex in range(SEXES):
        born, dead = balance.births[sex], balance.newborn_deaths[sex]
        balance.births[sex] = wanted[sex, 0] / max(born, NOBODY)
        balance.newborn_deaths[sex] = wanted[sex, 1] / max(dead * balance.births[sex], NOBODY)
