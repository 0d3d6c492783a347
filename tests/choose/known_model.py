"""A small municipality of which everything is known: its Pareto front and in which worlds a strategy fails.

Nine levers, three objectives, one constraint, six uncertainties. Shares of money g ≥ 0 are wasted when the
levers that have one right setting (upkeep, digitalisation, premises, the core task …) are off it. The
mean outcome over the worlds of a strategy is

    loans       (1 + g) cos(π/2 · service) cos(π/2 · engagement)
    gap         (1 + g) sin(π/2 · service) cos(π/2 · engagement)
    distrust    (1 + g) sin(π/2 · engagement)

all to be small. A point with g > 0 is beaten by the one with the same directions and g = 0, which keeps the
constraint too, so the front is the part of the unit sphere in the positive octant with loans ≤ 0.8.

Worlds are drawn uniformly from the unit cube, in stratified pairs mirrored about the middle, and each
moves loans, gap and distrust linearly, so that the mean over worlds is exactly the above.

A strategy fails in a world when the money runs out: when immigration is low *and* interest is high. The
region is a box in two of the six uncertainties, wider the more a strategy borrows (`failure_box`).
"""

from dataclasses import dataclass, field
from math import pi

import numpy as np

from framsyn.choose.problem import Outcome
from framsyn.choose.variables import Kind, Variable, Variables
from framsyn.model.layout import Floats

UNCERTAINTIES = ("immigration", "interest", "prices", "grant", "fertility", "shocks")
IMMIGRATION, INTEREST, PRICES, GRANT, FERTILITY, SHOCKS = range(6)
#: Waste by core task: education is the right one here.
CORE_TASKS = (0.4, 0.0, 0.7, 0.2)
LOANS_LIMIT = 0.8
#: Reference point of the hypervolume.
REFERENCE = np.full(3, 1.1)
LEVERS = (
    Variable("service", 0.0, 1.0),
    Variable("engagement", 0.0, 1.0),
    Variable("upkeep", 0.0, 2.0, 0.05),
    Variable("digital", -1.0, 1.0, 0.01),
    Variable("premises", 0, 20, kind=Kind.INTEGER),
    Variable("core_task", 0, len(CORE_TASKS) - 1, kind=Kind.CHOICE),
    Variable("land", 0.0, 1.0, 0.1),
    Variable("tax", 4.0, 12.0, 0.1),
    Variable("partners", 0, 5, kind=Kind.INTEGER),
)
#: The right setting of the levers that have one, all on their grids (the core task has its own list).
RIGHT = np.array([np.nan, np.nan, 1.2, 0.25, 13.0, np.nan, 0.3, 8.5, 2.0])


def worlds(count: int, seed: int) -> Floats:
    """Worlds [world, uncertainty] in 0…1: stratified, half of them the mirror images of the others."""
    rng = np.random.default_rng(seed)
    half = count // 2
    layers = rng.permuted(np.tile(np.arange(half, dtype=np.float64), (len(UNCERTAINTIES), 1)), axis=1).T
    drawn = (layers + rng.random((half, len(UNCERTAINTIES)))) / half
    return np.vstack([drawn, 1.0 - drawn])


def waste(rows: Floats) -> Floats:
    """Share of money wasted [row]; 0 when every lever with a right setting has it."""
    span = np.array([one.high - one.low for one in LEVERS])
    off = np.nansum(((rows - RIGHT) / span) ** 2, axis=1)
    return np.asarray(np.array(CORE_TASKS)[rows[:, 5].astype(int)] + 4.0 * off)


def mean_outcome(rows: Floats) -> Floats:
    """Loans, gap and distrust [row, objective] in the mean over worlds."""
    service, engagement, far = rows[:, 0] * pi / 2, rows[:, 1] * pi / 2, 1.0 + waste(rows)
    return np.stack(
        [
            far * np.cos(service) * np.cos(engagement),
            far * np.sin(service) * np.cos(engagement),
            far * np.sin(engagement),
        ],
        axis=1,
    )


def outcomes(rows: Floats, of_worlds: Floats) -> Floats:
    """Loans, gap and distrust in each world [row, world, objective]."""
    moved = of_worlds[:, [INTEREST, PRICES, SHOCKS]] - 0.5
    return np.asarray(mean_outcome(rows)[:, None, :] * (1.0 + 0.4 * moved))


def failure_box(rows: Floats) -> tuple[Floats, Floats]:
    """The known failure region of each row: immigration under the first and interest over the second."""
    loans = mean_outcome(rows)[:, 0]
    return 0.3 + 0.2 * loans, 0.7 - 0.2 * loans


def money_left(rows: Floats, of_worlds: Floats) -> Floats:
    """Money left in each world [row, world]; the strategy fails where it is below 0."""
    immigration, interest = failure_box(rows)
    return np.maximum(
        of_worlds[:, IMMIGRATION] - immigration[:, None], interest[:, None] - of_worlds[:, INTEREST]
    )


def front_hypervolume() -> float:
    """Exact volume that the whole front dominates inside the reference point (1.1, 1.1, 1.1).

    Slices at a fixed level x of loans: up to the limit the quarter disc of radius √(1 - x²) is missing from
    the square 1.1 × 1.1, beyond it the one at the limit.
    """
    side, limit = 1.1, LOANS_LIMIT
    below = side**2 * limit - pi / 4 * (limit - limit**3 / 3)
    return float(below + (side - limit) * (side**2 - pi / 4 * (1 - limit**2)))


@dataclass
class KnownModel:
    """The municipality as a problem, its objectives taken as means over worlds lived one by one."""

    of_worlds: Floats = field(default_factory=lambda: worlds(100, 1))
    variables: Variables = field(default_factory=lambda: Variables(LEVERS))
    asked: int = 0

    def evaluate(self, rows: Floats) -> Outcome:
        """Mean loans, gap and distrust over the worlds; mean loans may be at most 0.8."""
        self.asked += len(rows)
        mean = outcomes(rows, self.of_worlds).mean(axis=1)
        return Outcome(mean, mean[:, :1] - LOANS_LIMIT)
