"""Schools of thought on what local policy can do, and how much weight each has by default.

S0 holds that local policy hardly matters, S1 what the evidence says, S2 that one thing feeds another. What
each makes of an effect stands in the register; the weights are a judgement, in `schools.csv`, with reasons.
"""

from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows

#: Residents below which the weights for small municipalities hold.
SMALL = 2_000.0


class School(NamedTuple):
    """A school of thought.

    Attributes:
        id: one of the register's `SCHOOLS_OF_THOUGHT`.
        label, meaning: message ids.
        weight, weight_small: share of draws that belong to it, and below `SMALL` residents.
        source: what the weight rests on.
    """

    id: str
    label: str
    meaning: str
    weight: float
    weight_small: float
    source: str


@cache
def schools_of_thought() -> tuple[School, ...]:
    """The schools in the order of the register's `SCHOOLS_OF_THOUGHT`, from `schools.csv`."""
    return tuple(
        School(
            id=row["id"],
            label=row["label"],
            meaning=row["meaning"],
            weight=float(row["weight"]),
            weight_small=float(row["weight_small"]),
            source=row["source"],
        )
        for row in rows("framsyn.evidence", "schools.csv")
    )


def default_weights(residents: float) -> tuple[float, ...]:
    """The share of draws of each school for a municipality of so many residents."""
    small = residents < SMALL
    return tuple(school.weight_small if small else school.weight for school in schools_of_thought())
