"""Who stays, leaves and comes in one municipality of a coupled country."""

from framsyn.model.compiled import compiled
from framsyn.model.country.corrections import adjusted
from framsyn.model.country.workspace import Balance, Locality
from framsyn.model.layout import (
    AGES,
    M_EMIGRATION,
    M_IMMIGRATION,
    M_MORTALITY,
    M_MOVES_IN,
    OPEN_AGE,
    SEXES,
    W_TILTS,
    Floats,
)
from framsyn.model.mobility import EDGES, KINDS
from framsyn.model.population import (
    FLOW_DEATHS,
    FLOW_EMIGRATION,
    FLOW_IMMIGRATION,
    FLOW_IN,
    FLOW_OUT,
    LANDING,
)


@compiled
def write_tilts(world: Floats, tilts: Floats) -> None:
    """Write into `tilts` [102] the factor on each age of the tilt of the year's `world`."""
    for kind in range(KINDS):
        growth = world[W_TILTS + kind]
        for age in range(EDGES[kind], EDGES[kind + 1]):
            tilts[age] = growth
    tilts[LANDING] = tilts[OPEN_AGE]


@compiled
def split_movers(year: int, local: Locality, balance: Balance) -> None:
    """Split who was here, and who comes from abroad, into those who stay and leave; count the flows.

    Newborns come later. Where the forecast's tilt asks for fewer people, that share leaves too. Deaths and
    emigrants are corrected as `balance` says; the moves and flows of the municipality are written.
    """
    rates, multipliers, tilts, flows = local.rates, local.multipliers, local.tilts, local.flows
    flows[:] = 0.0
    for sex in range(SEXES):
        here, settled, leave = local.before[sex], local.moves.settled[sex], local.moves.leave[sex]
        dying, leaving = rates.mortality[year, sex], rates.out_rate[year, sex]
        outward = local.outward
        abroad, coming = rates.emigration_rate[sex], rates.immigration[sex]
        more_deaths, more_emigrants = balance.deaths[sex], balance.emigrants[sex]
        died, emigrated, immigrated = 0.0, 0.0, 0.0
        for age in range(AGES):
            dead = here[age] * adjusted(min(1.0, dying[age] * multipliers[M_MORTALITY]), more_deaths[age])
            alive = here[age] - dead
            gone = alive * min(1.0, leaving[age] * outward[age])
            share = adjusted(min(1.0, abroad[age] * multipliers[M_EMIGRATION]), more_emigrants[age])
            emigrant = (alive - gone) * share
            came = coming[age] * multipliers[M_IMMIGRATION]
            left_here = alive - gone - emigrant + came
            kept = left_here * min(1.0, tilts[age + 1])
            settled[age + 1] = kept
            leave[age + 1] = gone + (left_here - kept)
            died += dead
            emigrated += emigrant
            immigrated += came
        close_open_age(settled)
        close_open_age(leave)
        flows[FLOW_DEATHS] += died
        flows[FLOW_EMIGRATION] += emigrated
        flows[FLOW_IMMIGRATION] += immigrated


@compiled
def close_open_age(ages: Floats) -> None:
    """Let those of the landing column of `ages` [102] join the open age; nobody is newborn yet."""
    ages[OPEN_AGE] += ages[LANDING]
    ages[LANDING] = 0.0
    ages[0] = 0.0


@compiled
def write_slots(year: int, local: Locality) -> None:
    """Write who comes from other municipalities at the baseline: the rates', and what the tilt asks beyond.

    The newborn are not there yet: `write_newborn_slots`.
    """
    multiplier, tilts = local.multipliers[M_MOVES_IN], local.tilts
    for sex in range(SEXES):
        coming, slots = local.rates.moves_in[year, sex], local.moves.slots[sex]
        settled = local.moves.settled[sex]
        for age in range(AGES):
            slots[age + 1] = coming[age] * multiplier
        close_open_age(slots)
        for age in range(1, AGES):
            slots[age] = tilted_slots(slots[age], settled[age], tilts[age])


@compiled
def write_newborn_slots(local: Locality) -> None:
    """Newborn who come at the baseline: what the tilt asks beyond births."""
    for sex in range(SEXES):
        local.moves.slots[sex, 0] = tilted_slots(0.0, local.moves.settled[sex, 0], local.tilts[0])


@compiled
def tilted_slots(coming: float, settled: float, tilt: float) -> float:
    """Persons coming under a tilt; what it asks below 1 leaves among the settled, and comes less."""
    return coming * min(1.0, tilt) + (coming + settled) * max(0.0, tilt - 1.0)


@compiled
def allocate_arrivals(first_age: int, last_age: int, pull: Floats, local: Locality, balance: Balance) -> None:
    """Write one municipality's people of these ages at the end of the year."""
    moves = local.moves
    for sex in range(SEXES):
        settled, leave, slots = moves.settled[sex], moves.leave[sex], moves.slots[sex]
        staying, held, filled = balance.staying[sex], balance.held[sex], balance.filled[sex]
        for age in range(first_age, last_age + 1):
            here = settled[age] * staying[age] + leave[age] * held[age]
            local.now[sex, age] = here + slots[age] * (pull[age] * filled[age])


@compiled
def count_moves(pull: Floats, local: Locality, balance: Balance) -> None:
    """Add one municipality's moves, inside the country and across its border, to its flows."""
    moves, flows = local.moves, local.flows
    for sex in range(SEXES):
        settled, leave, slots = moves.settled[sex], moves.leave[sex], moves.slots[sex]
        staying, held, filled = balance.staying[sex], balance.held[sex], balance.filled[sex]
        moved_out, moved_in = balance.moved_out[sex], balance.moved_in[sex]
        came, arrived, went, left = 0.0, 0.0, 0.0, 0.0
        for age in range(AGES):
            leaving = leave[age] * (1.0 - held[age]) + settled[age] * (1.0 - staying[age])
            arriving = slots[age] * (pull[age] * filled[age])
            left += leaving
            went += leaving * moved_out[age]
            arrived += arriving
            came += arriving * moved_in[age]
        flows[FLOW_IN] += came
        flows[FLOW_IMMIGRATION] += arrived - came
        flows[FLOW_OUT] += went
        flows[FLOW_EMIGRATION] += left - went
