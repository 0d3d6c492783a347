"""What a search may choose between: one table of variables, each real, whole or a category."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.model.layout import Floats

#: Bounds are kept to this share of the step, or of the range, so that 0.1 added ten times is 1.
TOLERANCE = 1e-9


class Kind(StrEnum):
    """How the values of a variable relate to each other."""

    REAL = "real"
    INTEGER = "integer"
    CHOICE = "choice"


@dataclass(frozen=True)
class Variable:
    """One thing to choose, in its own unit.

    Args:
        id: the name told in errors and results.
        low: the smallest value; 0 for a choice.
        high: the greatest value; for a choice of k categories k - 1.
        step: distance between values, counted from `low`; 0 = every value between the bounds.
        kind: a choice has categories coded 0…k-1 without order.
    """

    id: str
    low: float
    high: float
    step: float = 0.0
    kind: Kind = Kind.REAL

    def __post_init__(self) -> None:
        if not (np.isfinite([self.low, self.high]).all() and self.low <= self.high and self.step >= 0.0):
            raise FramsynError(
                "The bounds {low} to {high} and the step {step} of {variable} are no range: give low ≤ high.",
                variable=self.id,
                low=self.low,
                high=self.high,
                step=self.step,
            )
        if self.kind is Kind.CHOICE and (self.low != 0.0 or not float(self.high).is_integer()):
            raise FramsynError(
                "{variable} is a choice: its categories are coded 0, 1, 2 …, not {low} to {high}.",
                variable=self.id,
                low=self.low,
                high=self.high,
            )

    @property
    def spacing(self) -> float:
        """Distance between values; 0 where every value is allowed."""
        return self.step or (0.0 if self.kind is Kind.REAL else 1.0)

    @property
    def values(self) -> float:
        """How many values there are; infinite for a continuous variable."""
        if self.low == self.high:
            return 1.0
        if not self.spacing:
            return np.inf
        return float(np.floor((self.high - self.low) / self.spacing + TOLERANCE)) + 1.0


class Variables:
    """The table of variables, and the way between their units and the unit cube.

    Operators of the search work on places in the unit cube; the problem sees values in its own units.
    """

    def __init__(self, table: Sequence[Variable]) -> None:
        if not table:
            raise FramsynError("There is nothing to choose: the table of variables is empty.")
        self.table = tuple(table)
        self.low = np.array([one.low for one in table], dtype=np.float64)
        self.high = np.array([one.high for one in table], dtype=np.float64)
        self.counts: Floats = np.array([one.values for one in table], dtype=np.float64)
        self.choices: NDArray[np.bool_] = np.array([one.kind is Kind.CHOICE for one in table])
        self._spacing = np.array([one.spacing for one in table], dtype=np.float64)
        self._stepped = np.isfinite(self.counts)
        reach = self._spacing * (np.where(self._stepped, self.counts, 1.0) - 1.0)
        self._range = np.where(self._stepped, reach, self.high - self.low)

    def __len__(self) -> int:
        return len(self.table)

    @property
    def combinations(self) -> float:
        """How many different rows there are; infinite when any variable is continuous."""
        return float(np.prod(self.counts))

    def of_unit(self, places: Floats) -> Floats:
        """Values [row, variable] in their units on the allowed grid, of places 0…1."""
        values = self.low + np.clip(places, 0.0, 1.0) * self._range
        spacing = np.where(self._spacing > 0.0, self._spacing, 1.0)
        steps = np.minimum(np.rint((values - self.low) / spacing), self.counts - 1.0)
        on_grid: Floats = np.where(self._stepped, self.low + steps * self._spacing, values) + 0.0
        return on_grid

    def to_unit(self, values: Floats) -> Floats:
        """Places 0…1 of values in their units; a variable with one value is at 0."""
        room = np.where(self._range > 0.0, self._range, 1.0)
        places: Floats = np.clip((values - self.low) / room, 0.0, 1.0)
        return places

    def sample(self, rows: int, rng: np.random.Generator) -> Floats:
        """A Latin hypercube [row, variable] on the allowed grid: every value about equally often."""
        layers = rng.permuted(np.tile(np.arange(rows, dtype=np.float64), (len(self), 1)), axis=1).T
        even = (layers + rng.random((rows, len(self)))) / rows
        finite = np.where(self._stepped, self.counts, 2.0)
        stepped = np.minimum(np.floor(even * finite), finite - 1.0) / np.maximum(finite - 1.0, 1.0)
        return self.of_unit(np.where(self._stepped, stepped, even))

    def every(self) -> Floats:
        """Every row [row, variable] of a table without continuous variables."""
        axes = [np.arange(count) / max(count - 1.0, 1.0) for count in self.counts]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(self))
        return self.of_unit(grid)

    def check(self, rows: Floats) -> None:
        """Refuse rows that are outside the bounds or hold a category that does not exist."""
        if rows.ndim != 2 or rows.shape[1] != len(self):
            raise FramsynError(
                "A row to start from has {got} values, but there are {expected} variables.",
                got=rows.shape[-1] if rows.ndim else 0,
                expected=len(self),
            )
        slack = TOLERANCE * np.maximum(self.high - self.low, 1.0)
        wrong = ~((rows >= self.low - slack) & (rows <= self.high + slack))
        wrong |= self.choices & (rows != np.rint(rows))
        if wrong.any():
            row, place = np.argwhere(wrong)[0]
            raise FramsynError(
                "{variable} is {value} in a row to start from: it must be from {low} to {high}.",
                variable=self.table[place].id,
                value=float(rows[row, place]),
                low=self.table[place].low,
                high=self.table[place].high,
            )
