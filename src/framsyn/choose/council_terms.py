"""Council terms: the years in which a new council's first budget begins, when a strategy can change."""

from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows


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
