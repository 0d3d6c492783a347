"""Council terms: the years in which a new council's first budget begins, when a strategy can change."""

from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows
from framsyn.errors import FramsynError


class Term(NamedTuple):
    """A council term: its election, its first day, and the first year under its own budget."""

    election: int
    starts: str
    first_budget_year: int
    source: str


@cache
def council_terms() -> tuple[Term, ...]:
    """The council terms of the Municipal Act, in order."""
    told = rows("framsyn.choose", "council_terms.csv")
    return tuple(
        Term(int(one["election"]), one["starts"], int(one["first_budget_year"]), one["source"])
        for one in told
    )


def term_years(first: int, last: int) -> tuple[int, ...]:
    """First budget years of council terms after `first` and until `last`: when a switch can begin."""
    years = (term.first_budget_year for term in council_terms())
    return tuple(year for year in years if first < year <= last)


def next_turn(base_year: int) -> int:
    """First budget year of the council after that which decides on the year after the base year.

    Raises:
        FramsynError: the base year lies beyond the terms of the table.
    """
    later = term_years(base_year + 1, council_terms()[-1].first_budget_year)
    if not later:
        raise FramsynError(
            "No council term after {year} is known: name the year with --turn.", year=base_year
        )
    return later[0]
