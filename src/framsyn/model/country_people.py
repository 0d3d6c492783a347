"""The people of a coupled country in one year: who is born, dies and moves, and where they then live.

Every municipality first lives the year as today; its people are the forecast's. Under each other course the
country's deaths, emigrants, immigrants and newborn are the same by age and sex, since no municipality
decides them: what differs is who has them. Who leaves one municipality arrives where as-today's movers
arrive, times each municipality's pull. So the country's people by age are the same whatever municipalities
choose, and only where they live changes.

Arrays by age have 102 columns where ages are those at the end of the year: 0…100, and a last one where
those who were in the open age land before they join it again. Deaths and emigrants are counted by age at
the start of the year.
"""

from typing import NamedTuple

import numpy as np

from framsyn.model.compiled import compiled
from framsyn.model.layout import AGES, FEMALE, MALE, OPEN_AGE, SEXES, Floats, Rates
from framsyn.model.mobility import EDGES, KINDS, WEIGHTS
from framsyn.model.population import (
    FLOW_BIRTHS,
    FLOW_DEATHS,
    FLOW_EMIGRATION,
    FLOW_IMMIGRATION,
    FLOW_IN,
    FLOW_OUT,
    LANDING,
)
from framsyn.model.stacked import one
from framsyn.model.year import Life, world_multipliers

#: Fewer persons than this are nobody when shares are taken.
NOBODY = 1e-300
#: A share that dies or emigrates is not multiplied by more than this to meet the country's.
LARGEST_CORRECTION = 1e3
COLUMNS = AGES + 1


class Moves(NamedTuple):
    """Of each municipality before the country is made to add up, [municipality, sex, 102], persons."""

    settled: Floats  # were here, or came from abroad, and would stay
    leave: Floats  # were here, or came from abroad, and would leave for another municipality
    slots: Floats  # come from other municipalities when going on as today


class Nation(NamedTuple):
    """What the world gives the country in one year, persons: as everybody going on as today has it."""

    deaths: Floats  # [sex, age at the start]
    emigrants: Floats  # [sex, age at the start]
    people: Floats  # [sex, 102]
    newborn: Floats  # [sex, 0 born, 1 dead in the year]


class Sums(NamedTuple):
    """Sums over municipalities."""

    settled: Floats  # [sex, 102]; this and the two next, as in `Moves`
    leave: Floats
    wanted: Floats  # slots times pull
    given: Floats  # [sex, age at the start] deaths, or emigrants, before the correction
    weight: Floats  # [sex, age at the start] what a correction of +1 would add to them


class Balance(NamedTuple):
    """How the country is made to add up."""

    deaths: Floats  # [sex, age at the start] corrections of the share that dies, from −1
    emigrants: Floats  # [sex, age at the start] corrections of the share that moves abroad, from −1
    staying: Floats  # [sex, 102] factor on those who would stay
    held: Floats  # [sex, 102] share of those who would leave that nobody has a slot for: they stay
    filled: Floats  # [sex, 102] arrivals per slot and pull
    moved_out: Floats  # [sex, 102] share of those who leave that stays in the country
    moved_in: Floats  # [sex, 102] share of those who arrive that comes from the country
    births: Floats  # [sex] factor on births
    newborn_deaths: Floats  # [sex] factor on newborns' deaths


class Room(NamedTuple):
    """Working space of one country, written by the year's functions."""

    moves: Moves
    nation: Nation
    sums: Sums
    balance: Balance
    tilts: Floats  # [municipality, 102] the forecast's factor on each age
    pulls: Floats  # [municipality] multiplier of moves in
    births: Floats  # [municipality] expected, before the country's factor


def new_room(places: int) -> Room:
    """Working space for `places` municipalities."""
    local = (places, SEXES, COLUMNS)
    end, start = (SEXES, COLUMNS), (SEXES, AGES)
    return Room(
        moves=Moves(np.zeros(local), np.zeros(local), np.zeros(local)),
        nation=Nation(np.zeros(start), np.zeros(start), np.zeros(end), np.zeros((SEXES, 2))),
        sums=Sums(np.zeros(end), np.zeros(end), np.zeros(end), np.zeros(start), np.zeros(start)),
        balance=Balance(
            deaths=np.zeros(start),
            emigrants=np.zeros(start),
            staying=np.ones(end),
            held=np.zeros(end),
            filled=np.ones(end),
            moved_out=np.zeros(end),
            moved_in=np.zeros(end),
            births=np.ones(SEXES),
            newborn_deaths=np.ones(SEXES),
        ),
        tilts=np.ones((places, COLUMNS)),
        pulls=np.ones(places),
        births=np.zeros(places),
    )


@compiled
def write_tilts(factor: float, tilts: Floats) -> None:
    """Write into `tilts` [102] the factor on each age: `factor` to the power of the age's mobility."""
    strength = np.log(factor)
    for kind in range(KINDS):
        growth = np.exp(strength * WEIGHTS[kind])
        for age in range(EDGES[kind], EDGES[kind + 1]):
            tilts[age] = growth
    tilts[LANDING] = tilts[OPEN_AGE]


@compiled
def adjusted(share: float, correction: float) -> float:
    """A share of persons with the country's correction, which is −1 or more; within 0…1.

    Fewer is fewer by the same part everywhere. More is less where nearly all are concerned already.
    """
    room = 1.0 - share if correction > 0.0 else 1.0
    return min(1.0, share * (1.0 + correction * room))


@compiled
def add_deaths(before: Floats, mortality: Floats, multiplier: float, sums: Sums) -> None:
    """Add one municipality's deaths to `sums.given`, and what a correction of them adds to `weight`.

    `before` [sex, 102] is the population at the start of the year, `mortality` [sex, age].
    """
    for sex in range(SEXES):
        here, risk = before[sex], mortality[sex]
        given, weight = sums.given[sex], sums.weight[sex]
        for age in range(AGES):
            share = min(1.0, risk[age] * multiplier)
            dead = here[age] * share
            given[age] += dead
            weight[age] += dead * (1.0 - share)


@compiled
def add_emigrants(
    before: Floats, year: int, rates: Rates, multipliers: Floats, deaths: Floats, sums: Sums
) -> None:
    """As `add_deaths` with emigrants, when deaths [sex, age] are corrected."""
    for sex in range(SEXES):
        here, risk, correction = before[sex], rates.mortality[year, sex], deaths[sex]
        leaving, abroad = rates.out_rate[year, sex], rates.emigration_rate[sex]
        given, weight = sums.given[sex], sums.weight[sex]
        for age in range(AGES):
            dying = adjusted(min(1.0, risk[age] * multipliers[1]), correction[age])
            staying = here[age] * (1.0 - dying) * (1.0 - min(1.0, leaving[age] * multipliers[3]))
            share = min(1.0, abroad[age] * multipliers[5])
            gone = staying * share
            given[age] += gone
            weight[age] += gone * (1.0 - share)


@compiled
def write_corrections(wanted: Floats, sums: Sums, corrections: Floats) -> None:
    """Write the corrections [sex, age] that bring what is given to what the country has."""
    for sex in range(SEXES):
        for age in range(AGES):
            given = sums.given[sex, age]
            missing = wanted[sex, age] - given
            over = given if missing < 0.0 else sums.weight[sex, age]
            corrections[sex, age] = min(LARGEST_CORRECTION, missing / max(over, NOBODY))


@compiled
def part(
    before: Floats,
    year: int,
    rates: Rates,
    multipliers: Floats,
    tilts: Floats,
    deaths: Floats,
    emigrants: Floats,
    moves: Moves,
    flows: Floats,
) -> None:
    """Split who was here, and who comes from abroad, into those who stay and leave; count the flows.

    Newborns come later. Where the forecast's tilt asks for fewer people, that share leaves too. `before`
    [sex, 102] is the population at the start of the year, `deaths` and `emigrants` the country's
    corrections [sex, age]; `moves` and `flows` of one municipality are written.
    """
    flows[:] = 0.0
    for sex in range(SEXES):
        here, settled, leave = before[sex], moves.settled[sex], moves.leave[sex]
        dying, leaving = rates.mortality[year, sex], rates.out_rate[year, sex]
        abroad, coming = rates.emigration_rate[sex], rates.immigration[sex]
        more_deaths, more_emigrants = deaths[sex], emigrants[sex]
        died, emigrated, immigrated = 0.0, 0.0, 0.0
        for age in range(AGES):
            dead = here[age] * adjusted(min(1.0, dying[age] * multipliers[1]), more_deaths[age])
            alive = here[age] - dead
            gone = alive * min(1.0, leaving[age] * multipliers[3])
            share = adjusted(min(1.0, abroad[age] * multipliers[5]), more_emigrants[age])
            emigrant = (alive - gone) * share
            came = coming[age] * multipliers[4]
            left_here = alive - gone - emigrant + came
            kept = left_here * min(1.0, tilts[age + 1])
            settled[age + 1] = kept
            leave[age + 1] = gone + (left_here - kept)
            died += dead
            emigrated += emigrant
            immigrated += came
        land(settled)
        land(leave)
        flows[FLOW_DEATHS] += died
        flows[FLOW_EMIGRATION] += emigrated
        flows[FLOW_IMMIGRATION] += immigrated


@compiled
def land(ages: Floats) -> None:
    """Let those of the landing column of `ages` [102] join the open age; nobody is newborn yet."""
    ages[OPEN_AGE] += ages[LANDING]
    ages[LANDING] = 0.0
    ages[0] = 0.0


@compiled
def give_slots(year: int, rates: Rates, multiplier: float, tilts: Floats, moves: Moves) -> None:
    """Write who comes from other municipalities as today: the rates', and what the tilt asks beyond.

    `multiplier` is that of moves in; `moves` those of one municipality going on as today. The newborn
    are not there yet: `give_newborn_slots`.
    """
    for sex in range(SEXES):
        coming, slots, settled = rates.moves_in[year, sex], moves.slots[sex], moves.settled[sex]
        for age in range(AGES):
            slots[age + 1] = coming[age] * multiplier
        land(slots)
        for age in range(1, AGES):
            slots[age] = tilted_slots(slots[age], settled[age], tilts[age])


@compiled
def give_newborn_slots(tilt: float, moves: Moves) -> None:
    """Newborn who come as today: what the tilt asks beyond births."""
    for sex in range(SEXES):
        moves.slots[sex, 0] = tilted_slots(0.0, moves.settled[sex, 0], tilt)


@compiled
def tilted_slots(coming: float, settled: float, tilt: float) -> float:
    """Persons coming under a tilt; what it asks below 1 leaves among the settled, and comes less."""
    return coming * min(1.0, tilt) + (coming + settled) * max(0.0, tilt - 1.0)


@compiled
def add_moves(first_age: int, last_age: int, pull: float, moves: Moves, sums: Sums) -> None:
    """Add one municipality's moves of these ages to the country's."""
    for sex in range(SEXES):
        for age in range(first_age, last_age + 1):
            sums.settled[sex, age] += moves.settled[sex, age]
            sums.leave[sex, age] += moves.leave[sex, age]
            sums.wanted[sex, age] += moves.slots[sex, age] * pull


@compiled
def clear_moves(first_age: int, last_age: int, sums: Sums) -> None:
    """Set the sums of these ages to nobody."""
    for sex in range(SEXES):
        for age in range(first_age, last_age + 1):
            sums.settled[sex, age] = 0.0
            sums.leave[sex, age] = 0.0
            sums.wanted[sex, age] = 0.0


@compiled
def meet_people(first_age: int, last_age: int, people: Floats, sums: Sums, balance: Balance) -> None:
    """Write how those of these ages must settle so that the country has `people` [sex, 102].

    Whom the country still lacks arrives, by slots times pull. Where more stay than it has, the rest leaves;
    where nobody has a slot, those who would leave stay.
    """
    for sex in range(SEXES):
        for age in range(first_age, last_age + 1):
            settled, leaving, wanted = sums.settled[sex, age], sums.leave[sex, age], sums.wanted[sex, age]
            lacking = people[sex, age] - settled
            filled, staying, held = 0.0, 1.0, 0.0
            if lacking < 0.0:
                staying = people[sex, age] / settled
            elif wanted > 0.0:
                filled = lacking / wanted
            elif leaving > 0.0:
                held = min(1.0, lacking / leaving)
            balance.filled[sex, age] = filled
            balance.staying[sex, age] = staying
            balance.held[sex, age] = held
            share_inside(sex, age, sums, balance)


@compiled
def welcome_all(first_age: int, last_age: int, sums: Sums, balance: Balance) -> None:
    """Going on as today everyone settles where their slot is."""
    for sex in range(SEXES):
        for age in range(first_age, last_age + 1):
            balance.filled[sex, age] = 1.0
            balance.staying[sex, age] = 1.0
            balance.held[sex, age] = 0.0
            share_inside(sex, age, sums, balance)


@compiled
def share_inside(sex: int, age: int, sums: Sums, balance: Balance) -> None:
    """Write which share of leavers and of arrivals moves inside the country: those in equal those out.

    Where more arrive than leave, the rest have come from abroad; where fewer, the rest have gone abroad.
    """
    stay_on = 1.0 - balance.held[sex, age]
    extra = 1.0 - balance.staying[sex, age]
    leaving = sums.leave[sex, age] * stay_on + sums.settled[sex, age] * extra
    arriving = sums.wanted[sex, age] * balance.filled[sex, age]
    inside = min(leaving, arriving)
    balance.moved_out[sex, age] = inside / max(leaving, NOBODY)
    balance.moved_in[sex, age] = inside / max(arriving, NOBODY)


@compiled
def settle(
    first_age: int, last_age: int, pull: float, moves: Moves, balance: Balance, people: Floats
) -> None:
    """Write one municipality's people [sex, 102] of these ages at the end of the year."""
    for sex in range(SEXES):
        settled, leave, slots = moves.settled[sex], moves.leave[sex], moves.slots[sex]
        staying, held, filled = balance.staying[sex], balance.held[sex], balance.filled[sex]
        for age in range(first_age, last_age + 1):
            here = settled[age] * staying[age] + leave[age] * held[age]
            people[sex, age] = here + slots[age] * (pull * filled[age])


@compiled
def count_moves(pull: float, moves: Moves, balance: Balance, flows: Floats) -> None:
    """Add one municipality's moves, inside the country and across its border, to its flows."""
    for sex in range(SEXES):
        settled, leave, slots = moves.settled[sex], moves.leave[sex], moves.slots[sex]
        staying, held, filled = balance.staying[sex], balance.held[sex], balance.filled[sex]
        moved_out, moved_in = balance.moved_out[sex], balance.moved_in[sex]
        came, arrived, went, left = 0.0, 0.0, 0.0, 0.0
        for age in range(AGES):
            leaving = leave[age] * (1.0 - held[age]) + settled[age] * (1.0 - staying[age])
            arriving = slots[age] * (pull * filled[age])
            left += leaving
            went += leaving * moved_out[age]
            arrived += arriving
            came += arriving * moved_in[age]
        flows[FLOW_IN] += came
        flows[FLOW_IMMIGRATION] += arrived - came
        flows[FLOW_OUT] += went
        flows[FLOW_EMIGRATION] += left - went


@compiled
def expected_births(
    before: Floats, now: Floats, fertility: Floats, multiplier: float, tilts: Floats
) -> float:
    """Births of one municipality before the country's correction.

    Those whom the tilt of the year brings bear none. `before` and `now` [sex, 102] are its people at the
    start and end of the year.
    """
    total = 0.0
    women_before, women_now = before[FEMALE], now[FEMALE]
    for age in range(1, OPEN_AGE):
        total += fertility[age] * (women_before[age] + women_now[age] / tilts[age])
    return float(0.5 * total * multiplier)


@compiled
def bear(
    year: int,
    rates: Rates,
    multipliers: Floats,
    births: float,
    balance: Balance,
    tilt: float,
    moves: Moves,
    flows: Floats,
) -> None:
    """Newborns of one municipality: born, dead in the year, and who leaves again."""
    remain = min(1.0, tilt)
    for sex in range(SEXES):
        born = births * share_born(rates, sex) * balance.births[sex]
        dead = born * min(1.0, newborn_risk(rates, year, sex, multipliers) * balance.newborn_deaths[sex])
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
    return float(min(1.0, rates.mortality_newborn[year, sex] * multipliers[1]))


@compiled
def count_newborn(year: int, rates: Rates, births: float, multipliers: Floats, newborn: Floats) -> None:
    """Add one municipality's newborn, and those who die in the year, to the country's [sex, 2]."""
    for sex in range(SEXES):
        born = births * share_born(rates, sex)
        newborn[sex, 0] += born
        newborn[sex, 1] += born * newborn_risk(rates, year, sex, multipliers)


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


@compiled
def add_people(people: Floats, total: Floats) -> None:
    """Add the people [sex, 102] of a municipality to those of the country."""
    for sex in range(SEXES):
        for age in range(COLUMNS):
            total[sex, age] += people[sex, age]


@compiled
def people_as_today(year: int, rates: Rates, worlds: Floats, lives: Life, room: Room) -> None:
    """People of the year when every municipality goes on as today; counts the nation and gives the slots.

    Args:
        year: years since the base year.
        rates, lives: stacked by municipality.
        worlds: [municipality, year, world column].
        room: `tilts` are set; all else is written.
    """
    nation, sums, balance = room.nation, room.sums, room.balance
    begin_nation(nation, balance)
    clear_moves(0, OPEN_AGE, sums)
    before, now = (year - 1) % 2, year % 2
    for place in range(len(worlds)):
        own, moves, tilts = one(rates, place), one(room.moves, place), room.tilts[place]
        multipliers, flows = lives.multipliers[place], lives.flows[place]
        there, here = lives.people[place, before], lives.people[place, now]
        world_multipliers(worlds[place, year], multipliers)
        part(there, year, own, multipliers, tilts, balance.deaths, balance.emigrants, moves, flows)
        give_slots(year, own, multipliers[2], tilts, moves)
        settle(1, OPEN_AGE, 1.0, moves, balance, here)
        births = expected_births(there, here, own.fertility, multipliers[0], tilts)
        bear(year, own, multipliers, births, balance, tilts[0], moves, flows)
        count_newborn(year, own, births, multipliers, nation.newborn)
        give_newborn_slots(tilts[0], moves)
        settle(0, 0, 1.0, moves, balance, here)
        add_moves(0, OPEN_AGE, 1.0, moves, sums)
        add_people(here, nation.people)
    welcome_all(0, OPEN_AGE, sums, balance)
    for place in range(len(worlds)):
        count_moves(1.0, one(room.moves, place), balance, lives.flows[place])
    count_losses(year, rates, lives.people, lives.multipliers, nation, sums, balance)


@compiled
def begin_nation(nation: Nation, balance: Balance) -> None:
    """Nobody is counted, and nothing corrected, yet."""
    nation.people[:] = 0.0
    nation.newborn[:] = 0.0
    balance.deaths[:] = 0.0
    balance.emigrants[:] = 0.0
    balance.births[:] = 1.0
    balance.newborn_deaths[:] = 1.0
    balance.filled[:] = 1.0
    balance.staying[:] = 1.0
    balance.held[:] = 0.0


@compiled
def count_losses(
    year: int,
    rates: Rates,
    people: Floats,
    multipliers: Floats,
    nation: Nation,
    sums: Sums,
    balance: Balance,
) -> None:
    """Count the deaths and emigrants of the country, when nothing is corrected, by age at the start."""
    sum_deaths(year, rates.mortality, people, multipliers, sums)
    copy(sums.given, nation.deaths)
    sum_emigrants(year, rates, people, multipliers, balance.deaths, sums)
    copy(sums.given, nation.emigrants)


@compiled
def correct_losses(
    year: int,
    rates: Rates,
    people: Floats,
    multipliers: Floats,
    nation: Nation,
    sums: Sums,
    balance: Balance,
) -> None:
    """Write the corrections with which first the deaths, then the emigrants, are the country's.

    `people` [municipality, 2, sex, 102] and `multipliers` [municipality, 6] are those of the lives.
    """
    sum_deaths(year, rates.mortality, people, multipliers, sums)
    write_corrections(nation.deaths, sums, balance.deaths)
    sum_emigrants(year, rates, people, multipliers, balance.deaths, sums)
    write_corrections(nation.emigrants, sums, balance.emigrants)


@compiled
def sum_deaths(year: int, mortality: Floats, people: Floats, multipliers: Floats, sums: Sums) -> None:
    """Write into `sums` the deaths of the country before any correction."""
    before = (year - 1) % 2
    sums.given[:] = 0.0
    sums.weight[:] = 0.0
    for place in range(len(people)):
        add_deaths(people[place, before], mortality[place, year], multipliers[place, 1], sums)


@compiled
def sum_emigrants(
    year: int, rates: Rates, people: Floats, multipliers: Floats, deaths: Floats, sums: Sums
) -> None:
    """Write into `sums` the emigrants of the country, when deaths alone are corrected."""
    before = (year - 1) % 2
    sums.given[:] = 0.0
    sums.weight[:] = 0.0
    for place in range(len(people)):
        own = one(rates, place)
        add_emigrants(people[place, before], year, own, multipliers[place], deaths, sums)


@compiled
def copy(values: Floats, into: Floats) -> None:
    """Copy an array of two axes."""
    for row in range(len(values)):
        for column in range(values.shape[1]):
            into[row, column] = values[row, column]


@compiled
def people_apart(year: int, rates: Rates, lives: Life, room: Room) -> None:
    """People of the year under another course: the country's births, deaths and migration, moves by pull.

    Args:
        year: years since the base year.
        rates, lives: stacked by municipality; the multipliers of the lives are set.
        room: `tilts`, `pulls`, the nation and the slots are set; the rest is written.
    """
    nation, sums, balance, pulls, births = room.nation, room.sums, room.balance, room.pulls, room.births
    people, multipliers, flows = lives.people, lives.multipliers, lives.flows
    before, now = (year - 1) % 2, year % 2
    correct_losses(year, rates, people, multipliers, nation, sums, balance)
    clear_moves(0, OPEN_AGE, sums)
    for place in range(len(births)):
        own, moves, felt = one(rates, place), one(room.moves, place), multipliers[place]
        there, tilts = people[place, before], room.tilts[place]
        part(there, year, own, felt, tilts, balance.deaths, balance.emigrants, moves, flows[place])
        add_moves(1, OPEN_AGE, pulls[place], moves, sums)
    meet_people(1, OPEN_AGE, nation.people, sums, balance)
    for place in range(len(births)):
        there, here = people[place, before], people[place, now]
        settle(1, OPEN_AGE, pulls[place], one(room.moves, place), balance, here)
        fertility = rates.fertility[place]
        births[place] = expected_births(there, here, fertility, multipliers[place, 0], room.tilts[place])
    correct_births(year, rates, multipliers, births, nation.newborn, balance)
    for place in range(len(births)):
        own, moves, felt = one(rates, place), one(room.moves, place), multipliers[place]
        bear(year, own, felt, births[place], balance, room.tilts[place, 0], moves, flows[place])
        add_moves(0, 0, pulls[place], moves, sums)
    meet_people(0, 0, nation.people, sums, balance)
    for place in range(len(births)):
        moves = one(room.moves, place)
        settle(0, 0, pulls[place], moves, balance, people[place, now])
        count_moves(pulls[place], moves, balance, flows[place])
