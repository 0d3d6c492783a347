"""The people of a coupled country in one year: who is born, dies and moves, and where they then live.

At the baseline every municipality first lives the year by itself; its people are the forecast's. Under each
other course the country's deaths, emigrants, immigrants and newborn are the same by age and sex, since no
municipality decides them: what differs is who has them. Who leaves one municipality arrives where the
baseline's movers arrive, times each municipality's pull. So the country's people by age are the same whatever
municipalities choose, and only where they live changes.
"""

from framsyn.model.compiled import compiled
from framsyn.model.country.balancing import add_moves, clear_moves, fill_every_slot, rescale_ages
from framsyn.model.country.births import add_births, correct_births, count_newborn, expected_births
from framsyn.model.country.corrections import correct_losses, count_losses
from framsyn.model.country.flows import (
    allocate_arrivals,
    count_moves,
    split_movers,
    write_newborn_slots,
    write_slots,
)
from framsyn.model.country.workspace import COLUMNS, Balance, Locality, Nation, Workspace
from framsyn.model.layout import OPEN_AGE, SEXES, Floats, Rates
from framsyn.model.life import Life
from framsyn.model.moves import OUTWARD, write_baseline_moves
from framsyn.model.stacked import one
from framsyn.model.year import world_multipliers


@compiled
def locality_of(place: int, year: int, rates: Rates, lives: Life, workspace: Workspace) -> Locality:
    """One municipality of the stacks in one year."""
    return Locality(
        one(rates, place),
        lives.multipliers[place],
        lives.moves[place, OUTWARD],
        workspace.tilts[place],
        one(workspace.moves, place),
        lives.flows[place],
        lives.people[place, (year - 1) % 2],
        lives.people[place, year % 2],
    )


@compiled
def baseline_people(year: int, rates: Rates, worlds: Floats, lives: Life, workspace: Workspace) -> None:
    """People of the year at the baseline; counts the nation and writes the slots.

    Args:
        year: years since the base year.
        rates, lives: stacked by municipality.
        worlds: [municipality, year, world column].
        workspace: `tilts` are set; all else is written, every pull as 1.
    """
    nation, sums, balance = workspace.nation, workspace.sums, workspace.balance
    clear_nation(nation, balance)
    clear_moves(0, OPEN_AGE, sums)
    pulls = workspace.pulls
    for place in range(len(worlds)):
        pulls[place, :] = 1.0
        world_multipliers(worlds[place, year], lives.multipliers[place])
        write_baseline_moves(one(lives, place))
        local = locality_of(place, year, rates, lives, workspace)
        split_movers(year, local, balance)
        write_slots(year, local)
        allocate_arrivals(1, OPEN_AGE, pulls[place], local, balance)
        births = expected_births(local)
        add_births(year, local, births, balance)
        count_newborn(year, local, births, nation.newborn)
        write_newborn_slots(local)
        allocate_arrivals(0, 0, pulls[place], local, balance)
        add_moves(0, OPEN_AGE, pulls[place], local.moves, sums)
        add_people(local.now, nation.people)
    fill_every_slot(0, OPEN_AGE, sums, balance)
    for place in range(len(worlds)):
        count_moves(pulls[place], locality_of(place, year, rates, lives, workspace), balance)
    count_losses(year, rates, lives, nation, sums, balance)


@compiled
def clear_nation(nation: Nation, balance: Balance) -> None:
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
def other_people(year: int, rates: Rates, lives: Life, workspace: Workspace) -> None:
    """People of the year under another course: the country's births, deaths and migration, moves by pull.

    Args:
        year: years since the base year.
        rates, lives: stacked by municipality; the multipliers of the lives are set.
        workspace: `tilts`, `pulls`, the nation and the slots are set; the rest is written.
    """
    nation, sums, balance = workspace.nation, workspace.sums, workspace.balance
    pulls, births = workspace.pulls, workspace.births
    correct_losses(year, rates, lives, nation, sums, balance)
    clear_moves(0, OPEN_AGE, sums)
    for place in range(len(births)):
        local = locality_of(place, year, rates, lives, workspace)
        split_movers(year, local, balance)
        add_moves(1, OPEN_AGE, pulls[place], local.moves, sums)
    rescale_ages(1, OPEN_AGE, nation.people, sums, balance)
    for place in range(len(births)):
        local = locality_of(place, year, rates, lives, workspace)
        allocate_arrivals(1, OPEN_AGE, pulls[place], local, balance)
        births[place] = expected_births(local)
    correct_births(year, rates, lives.multipliers, births, nation.newborn, balance)
    for place in range(len(births)):
        local = locality_of(place, year, rates, lives, workspace)
        add_births(year, local, births[place], balance)
        add_moves(0, 0, pulls[place], local.moves, sums)
    rescale_ages(0, 0, nation.people, sums, balance)
    for place in range(len(births)):
        local = locality_of(place, year, rates, lives, workspace)
        allocate_arrivals(0, 0, pulls[place], local, balance)
        count_moves(pulls[place], local, balance)


@compiled
def add_people(people: Floats, total: Floats) -> None:
    """Add the people [sex, 102] of a municipality to those of the country."""
    for sex in range(SEXES):
        for age in range(COLUMNS):
            total[sex, age] += people[sex, age]
