"""The register of effects, read from `effects.csv`."""

from dataclasses import dataclass
from functools import cache

from framsyn.datafile import rows
from framsyn.errors import FramsynError

#: Standard-normal 90th percentile: the priors' low and high are an 80 % range.
Z90 = 1.2815515655446004


@dataclass(frozen=True)
class Effect:
    """One causal effect with its prior.

    `median`, `low` and `high` (80 % range; equal to the median where no range is known) are in `unit`.
    `strength` is A, B, C, 0 (a well-identified null) or `assumption`.
    """

    id: str
    cause: str
    effect: str
    unit: str
    median: float
    low: float
    high: float
    minimum: float
    maximum: float
    lag_years_min: int
    lag_years_max: int
    strength: str
    source: str
    note: str

    def at(self, z: float) -> float:
        """The value at standard-normal score `z` of the split-normal prior, within its bounds."""
        spread = self.high - self.median if z > 0 else self.median - self.low
        return min(self.maximum, max(self.minimum, self.median + z * spread / Z90))


@cache
def effects() -> tuple[Effect, ...]:
    """Every effect, in the order of the data file."""
    return tuple(_effect(row) for row in rows("framsyn.evidence", "effects.csv"))


def effect(identity: str) -> Effect:
    """The effect `identity`; FramsynError when the register has none of that name."""
    for one in effects():
        if one.id == identity:
            return one
    raise FramsynError(
        "There is no effect called {id} in the evidence register. Add it there, with its source.",
        id=identity,
    )


def _effect(row: dict[str, str]) -> Effect:
    median = float(row["median"])
    return Effect(
        id=row["id"],
        cause=row["cause"],
        effect=row["effect"],
        unit=row["unit"],
        median=median,
        low=float(row["low"] or median),
        high=float(row["high"] or median),
        minimum=float(row["minimum"] or "-inf"),
        maximum=float(row["maximum"] or "inf"),
        lag_years_min=int(row["lag_years_min"]),
        lag_years_max=int(row["lag_years_max"]),
        strength=row["strength"],
        source=row["source"],
        note=row["note"] or "",
    )
