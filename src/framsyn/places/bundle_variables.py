"""The data dictionary of the bundle: its arrays, and between which values they lie."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from framsyn.datafile import rows

TEXT, NUMBER, INTEGER, FLAG = "text", "number", "integer", "flag"


@dataclass(frozen=True)
class Variable:
    """One row of the bundle's data dictionary.

    Attributes:
        name: of the array.
        dimensions: what its axes are.
        type: `text`, `number`, `integer` or `flag`.
        low, high: between which its values lie, whatever the country; None for texts and flags.
        blank: whether a value may be NaN, not published.
        unit, meaning: for readers.
    """

    name: str
    dimensions: tuple[str, ...]
    type: str
    low: float | None
    high: float | None
    blank: bool
    unit: str
    meaning: str


@cache
def variables() -> tuple[Variable, ...]:
    """The bundle's data dictionary."""
    return tuple(
        Variable(
            name=row["name"],
            dimensions=tuple(row["dimensions"].split()),
            type=row["type"],
            low=float(row["minimum"]) if row["minimum"] else None,
            high=float(row["maximum"]) if row["maximum"] else None,
            blank=row["blank"] == "yes",
            unit=row["unit"],
            meaning=row["meaning"],
        )
        for row in rows("framsyn.places", "bundle_variables.csv")
    )


@cache
def fact_range(identity: str) -> tuple[float, float]:
    """Between which values a scalar fact lies, whatever the municipality."""
    return next(ends for facts, ends in _fact_ranges() if fnmatchcase(identity, facts))


@cache
def _fact_ranges() -> tuple[tuple[str, tuple[float, float]], ...]:
    """Patterns of facts, in the order in which they are tried, and the ends of their ranges."""
    ranges = rows("framsyn.places", "fact_ranges.csv")
    return tuple((row["facts"], (float(row["minimum"]), float(row["maximum"]))) for row in ranges)
