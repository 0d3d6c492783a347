"""Levers: what a council can set, within which bounds, under which law, and when it acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from framsyn.datafile import rows

Kind = Literal["real", "integer", "choice"]
KINDS: Mapping[str, Kind] = {"real": "real", "integer": "integer", "choice": "choice"}


@dataclass(frozen=True)
class Lever:
    """One lever.

    Attributes:
        id: its name in files and tables.
        fields: the posture's fields that it sets; `ambition.culture` is one area of a field by area.
        label, unit: message ids; the unit is blank for a choice.
        kind: `real` and `integer` lie on a grid, `choice` is one of `choices`.
        low, high, step: bounds and grid; the numbers of the first and last choice, and 1, for a choice.
        choices: what a choice lies between, in the order of its numbers.
        varies: whether it may change when a new council takes over.
        searched: whether the search may move it; the others stay as today, `note` says why.
        law: the law that bounds it, with its section.
        lead_years: from the council's decision to the first year in which it can act.
        acts: when a decision begins to be felt.
        note: what else is to be known.
    """

    id: str
    fields: tuple[str, ...]
    label: str
    unit: str
    kind: Kind
    low: float
    high: float
    step: float
    choices: tuple[str, ...]
    varies: bool
    searched: bool
    law: str
    lead_years: int
    acts: str
    note: str


@cache
def levers() -> Mapping[str, Lever]:
    """Every lever by its id, in the order of `levers.csv`."""
    return {row["id"]: _lever(row) for row in rows("framsyn.choose", "levers.csv")}


def _lever(row: Mapping[str, str]) -> Lever:
    choices = tuple(row["choices"].split())
    return Lever(
        id=row["id"],
        fields=tuple(row["fields"].split()),
        label=row["label"],
        unit=row["unit"],
        kind=KINDS[row["kind"]],
        low=float(row["low"] or 0.0),
        high=float(row["high"] or len(choices) - 1),
        step=float(row["step"] or 1.0),
        choices=choices,
        varies=row["varies"] == "1",
        searched=row["searched"] == "1",
        law=row["law"],
        lead_years=int(row["lead_years"]),
        acts=row["acts"],
        note=row["note"],
    )
