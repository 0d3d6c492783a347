"""How movers are shared out, so that whoever leaves one municipality arrives in another."""

from framsyn.model.compiled import compiled
from framsyn.model.country.workspace import NOBODY, Balance, Moves, Sums
from framsyn.model.layout import SEXES, Floats


@compiled
def add_moves(first_age: int, last_age: int, pull: Floats, moves: Moves, sums: Sums) -> None:
    """Add one municipality's moves of these ages to the country's; `pull` [102] is by age."""
    for sex in range(SEXES):
        for age in range(first_age, last_age + 1):
            sums.settled[sex, age] += moves.settled[sex, age]
            sums.leave[sex, age] += moves.leave[sex, age]
            sums.wanted[sex, age] += moves.slots[sex, age] * pull[age]


@compiled
def clear_moves(first_age: int, last_age: int, sums: Sums) -> None:
    """Set the sums of these ages to nobody."""
    for sex in range(SEXES):
        for age in range(first_age, last_age + 1):
            sums.settled[sex, age] = 0.0
            sums.leave[sex, age] = 0.0
            sums.wanted[sex, age] = 0.0


@compiled
def rescale_ages(first_age: int, last_age: int, people: Floats, sums: Sums, balance: Balance) -> None:
    """Write how those of these ages must allocate_arrivals so that the country has `people` [sex, 102].

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
def fill_every_slot(first_age: int, last_age: int, sums: Sums, balance: Balance) -> None:
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
