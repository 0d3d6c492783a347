"""Scalar facts by municipality, each figure with its status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.errors import FramsynError

Floats = NDArray[np.float64]
Statuses = NDArray[np.uint8]

OBSERVED, ESTIMATED, ASSUMED = 0, 1, 2


@dataclass(frozen=True)
class FactMeaning:
    """What a fact is: unit, year, usual status (observed, estimated, assumed), source and method."""

    id: str
    unit: str
    year: str
    status: str
    source: str
    method: str


@dataclass(frozen=True)
class FactTable:
    """Facts of every municipality.

    Attributes:
        ids: [F] ids of the facts, as in `facts.csv`.
        values: [P, F] finite values in the units of `facts.csv`.
        status: [P, F] 0 observed, 1 estimated, 2 assumed.
    """

    ids: list[str]
    values: Floats
    status: Statuses

    def __getitem__(self, identity: str) -> Floats:
        """[P] values of one fact."""
        return self.values[:, self.ids.index(identity)]

    def status_of(self, identity: str) -> Statuses:
        """[P] status of one fact."""
        return self.status[:, self.ids.index(identity)]

    def beside(self, other: "FactTable") -> "FactTable":
        """The facts of both tables."""
        return FactTable(
            self.ids + other.ids,
            np.concatenate([self.values, other.values], axis=1),
            np.concatenate([self.status, other.status], axis=1),
        )


@dataclass(frozen=True)
class Column:
    """One fact while it is being made: `values` [P] and `status` [P]."""

    values: Floats
    status: Statuses


def column(values: Floats, status: int | Statuses) -> Column:
    """A column with one status for all, or one for each."""
    return Column(values, np.broadcast_to(np.asarray(status, dtype=np.uint8), values.shape))


def fact_table(columns: Mapping[str, Column]) -> FactTable:
    """Put columns together.

    Raises:
        FramsynError: a fact that `facts.csv` does not explain, or a value that is not finite.
    """
    meanings = fact_meanings()
    for identity, one in columns.items():
        if identity not in meanings:
            raise FramsynError("The fact {id} is not explained: add it to facts.csv.", id=identity)
        if not np.isfinite(one.values).all():
            raise FramsynError(
                "The fact {id} has no finite value for municipality number {place}:"
                " check the tables it is made of.",
                id=identity,
                place=int(np.argmin(np.isfinite(one.values))) + 1,
            )
    return FactTable(
        list(columns),
        np.stack([one.values for one in columns.values()], axis=1),
        np.stack([one.status for one in columns.values()], axis=1),
    )


def dictionary(ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """What each of these facts is, as plain text for a manifest."""
    return {one: {k: v for k, v in vars(fact_meanings()[one]).items() if k != "id"} for one in ids}


@cache
def fact_meanings() -> Mapping[str, FactMeaning]:
    """The dictionary of facts by id, from `facts.csv`."""
    return {row["id"]: FactMeaning(**row) for row in rows("framsyn.calibrate", "facts.csv")}
