"""The dictionary of indicators: what is read off a life each year, from `indicators.csv`."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from framsyn.datafile import rows

Direction = Literal["higher", "lower", "neither"]
DIRECTIONS: Mapping[str, Direction] = {"higher": "higher", "lower": "lower", "neither": "neither"}


class Indicator(NamedTuple):
    """One indicator; `label` and `unit` are message ids, `kind` is stock, flow or lever.

    `country` tells whether it is among those written for every municipality of a country; `direction`
    whether a higher or lower value is better for residents, other things equal, or neither.
    """

    id: str
    area: str
    unit: str
    decimals: int
    kind: str
    country: bool
    direction: Direction
    label: str


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by id, in the order of the record's columns."""
    return {
        row["id"]: Indicator(
            row["id"],
            row["area"],
            row["unit"],
            int(row["decimals"]),
            row["kind"],
            bool(row["country"]),
            DIRECTIONS[row["direction"]],
            row["label"],
        )
        for row in rows("framsyn.model", "indicators.csv")
    }
