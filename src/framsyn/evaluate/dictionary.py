"""The dictionary of what a municipality is evaluated by, from `dictionary.csv`."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from framsyn.datafile import rows

ROOM = "framsyn.evaluate"
HIGHER, LOWER, NEITHER = "higher", "lower", "neither"
#: Dimensions of the place among the visions, in the order of every array of three.
DIMENSIONS = ("foresight", "engagement", "resources")
#: Peer groups: everybody, or those whom the law of the state grant reaches.
ALL, MAINLAND = "all", "mainland"


class Ratio(NamedTuple):
    """A sum of figures (facts of the bundle or those of `figures.py`) over another sum, times a factor.

    Each term is a figure's id, with a minus sign before it where it is taken away; no terms below = 1.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    times: float


class Indicator(NamedTuple):
    """One indicator; `label`, `meaning` and `unit` are message ids.

    Attributes:
        area: one of `areas()`.
        direction: `higher` or `lower` is better, or `neither`.
        formula: how it is computed.
        peer_group: `all`, or `mainland` where Åland cannot be compared.
        dimension: the one of `DIMENSIONS` in which it counts; blank = none.
        source: who published what it rests on, and of which years.
    """

    id: str
    area: str
    label: str
    meaning: str
    unit: str
    decimals: int
    direction: str
    formula: Ratio
    peer_group: str
    dimension: str
    source: str


@cache
def dictionary() -> Mapping[str, Indicator]:
    """Every indicator by id, area by area."""
    return {
        row["id"]: Indicator(
            row["id"],
            row["area"],
            row["label"],
            row["meaning"],
            row["unit"],
            int(row["decimals"]),
            row["direction"],
            ratio(row),
            row["peer_group"],
            row["dimension"],
            row["source"],
        )
        for row in rows(ROOM, "dictionary.csv")
    }


def ratio(row: Mapping[str, str]) -> Ratio:
    """The formula in the columns `of`, `per` and `times` of a row."""
    return Ratio(tuple(row["of"].split()), tuple(row["per"].split()), float(row["times"]))


@cache
def areas() -> Mapping[str, str]:
    """Label (a message id) of each area of the brochure, in its order."""
    return {row["id"]: row["label"] for row in rows(ROOM, "areas.csv")}
