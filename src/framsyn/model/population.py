"""Live: births, deaths and moves by single year of age and sex, one year at a time.

The cohort-component account by age at the start of the year. Those aged `a` on 31 December of year
t−1 are aged a+1 on 31 December of year t; 100+ stays open. Of those present at the start a share dies,
of the survivors a share moves to another municipality, of the rest a share moves abroad, so no count
can fall below zero. Newcomers are counted with the age they had at the start of the year, and neither
die nor leave again in the year they come. Sums over ages carry a relative rounding error below 1e-13.

Populations are arrays [sex, 102]: ages 0…100 and a last column, zero between years, where those who
were in the open age land before they join it again.

Source of the account: Preston, Heuveline & Guillot (2001), Demography, chapter 6.
"""

from framsyn.model.compiled import compiled
from framsyn.model.layout import (
    AGES,
    FEMALE,
    M_EMIGRATION,
    M_FERTILITY,
    M_IMMIGRATION,
    M_MORTALITY,
    MALE,
    OPEN_AGE,
    SEXES,
    Floats,
    Rates,
)

LANDING = AGES  # the spare column
#: Ages of each of three runs that are summed side by side.
RUN = (AGES + 1) // 3

#: Columns of the year's flows, persons.
FLOW_BIRTHS, FLOW_DEATHS, FLOW_IN, FLOW_OUT, FLOW_IMMIGRATION, FLOW_EMIGRATION = range(6)
FLOWS = 6


@compiled
def advance(
    start: Floats, end: Floats, year: int, rates: Rates, multipliers: Floats, moves: Floats, flows: Floats
) -> None:
    """Live one year: fill `end` and `flows` from `start`.

    Args:
        start: [sex, 102] population at 31 December of the year before, persons.
        end: [sex, 102] written: population at 31 December of the year, persons.
        year: years since the base year, 1 for the first; the row of rates that change over time.
        rates: rates of the municipality.
        multipliers: [MULTIPLIERS] of the rates, each ≥ 0; probabilities are capped at 1.
        moves: [2, age] factors on moves in and out, which hold the multipliers of both.
        flows: [FLOWS] written: persons born, dead, moved in, moved out, immigrated, emigrated.

    """
    flows[:] = 0.0
    for sex in range(SEXES):
        age_and_move(start, end, year, sex, rates, multipliers, moves, flows)
    bear(start, end, year, rates, multipliers, flows)


@compiled
def age_and_move(
    start: Floats,
    end: Floats,
    year: int,
    sex: int,
    rates: Rates,
    multipliers: Floats,
    moves: Floats,
    flows: Floats,
) -> None:
    """Deaths, moves and ageing of one sex; arguments as in `advance`."""
    mortality = multipliers[M_MORTALITY]
    moves_in, moves_out = moves[0], moves[1]
    immigration = multipliers[M_IMMIGRATION]
    emigration = multipliers[M_EMIGRATION]
    here = start[sex]
    after = end[sex]
    risk_of_death = rates.mortality[year, sex]
    risk_of_leaving = rates.out_rate[year, sex]
    risk_of_emigrating = rates.emigration_rate[sex]
    coming = rates.moves_in[year, sex]
    immigrating = rates.immigration[sex]
    died, left, emigrated, came, immigrated = 0.0, 0.0, 0.0, 0.0, 0.0
    for age in range(AGES):
        dead = here[age] * min(1.0, risk_of_death[age] * mortality)
        alive = here[age] - dead
        gone = alive * min(1.0, risk_of_leaving[age] * moves_out[age])
        staying = alive - gone
        abroad = staying * min(1.0, risk_of_emigrating[age] * emigration)
        inward = coming[age] * moves_in[age]
        foreign = immigrating[age] * immigration
        died += dead
        left += gone
        emigrated += abroad
        came += inward
        immigrated += foreign
        after[age + 1] = (staying - abroad) + (inward + foreign)
    after[OPEN_AGE] += after[LANDING]
    after[LANDING] = 0.0
    flows[FLOW_DEATHS] += died
    flows[FLOW_OUT] += left
    flows[FLOW_EMIGRATION] += emigrated
    flows[FLOW_IN] += came
    flows[FLOW_IMMIGRATION] += immigrated


@compiled
def bear(start: Floats, end: Floats, year: int, rates: Rates, multipliers: Floats, flows: Floats) -> None:
    """Births to the mean of the women at the start and end of the year, and newborns' deaths."""
    expected = 0.0
    women_before = start[FEMALE]
    women_after = end[FEMALE]
    for age in range(1, OPEN_AGE):
        expected += rates.fertility[age] * (women_before[age] + women_after[age])
    births = 0.5 * expected * multipliers[M_FERTILITY]
    flows[FLOW_BIRTHS] = births
    share = rates.male_birth_share
    for sex in range(SEXES):
        born = births * (share if sex == MALE else 1.0 - share)
        dead = born * min(1.0, rates.mortality_newborn[year, sex] * multipliers[M_MORTALITY])
        flows[FLOW_DEATHS] += dead
        end[sex, 0] = born - dead


@compiled
def stand_still(start: Floats, end: Floats, flows: Floats) -> None:
    """A year in which nobody is born, dies, ages or moves: for telling what ages alone have changed."""
    flows[:] = 0.0
    for sex in range(SEXES):
        for age in range(AGES + 1):
            end[sex, age] = start[sex, age]


@compiled
def accumulate(people: Floats, below: Floats) -> None:
    """Write into `below` [103] the persons of both sexes younger than each age (`below[0]` = 0).

    Three runs of ages are summed side by side, since one sum waits for the one before.
    """
    young, adult, old = 0.0, 0.0, 0.0
    men, women = people[MALE], people[FEMALE]
    below[0] = 0.0
    for age in range(RUN):
        young += men[age] + women[age]
        adult += men[age + RUN] + women[age + RUN]
        old += men[age + 2 * RUN] + women[age + 2 * RUN]
        below[age + 1] = young
        below[age + 1 + RUN] = adult
        below[age + 1 + 2 * RUN] = old
    for age in range(RUN):
        below[age + 1 + RUN] += young
        below[age + 1 + 2 * RUN] += young + adult


@compiled
def between(below: Floats, first: int, last: int) -> float:
    """Persons aged `first`…`last` (both included), from the sums that `accumulate` wrote."""
    return float(below[last + 1] - below[first])
