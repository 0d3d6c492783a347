"""What drives a risk: the variables of the worlds that tell the lives that meet it from the others."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.datafile import rows
from framsyn.evaluate.separation import auc, enough, half_at, noise
from framsyn.foresee.setting import Drawn
from framsyn.foresee.starts import starts
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats

WORLD, EFFECT, START = "world", "effect", "start"
FIFTHS = 5


class Variable(NamedTuple):
    """A variable of the worlds. `kind`: world (mean over the years), effect of the register, or start."""

    id: str
    kind: str


class WorldVariable(NamedTuple):
    """A column of a world; `label` and `unit` are message ids."""

    id: str
    label: str
    unit: str


class Driver(NamedTuple):
    """A variable that tells lives that meet a risk from those that do not.

    Attributes:
        variable: which.
        auc: how well, 0…1; below 0.5 where the risk rises as the variable falls.
        low, high: the risk among the fifth of the lives where the variable is least, and where it is most.
        half_at: the value at which half of the lives meet the risk; NaN where that is not seen.
    """

    variable: Variable
    auc: float
    low: float
    high: float
    half_at: float

    @property
    def rises(self) -> bool:
        """Whether the risk rises with the variable."""
        return self.auc > 0.5


@cache
def world_variables() -> tuple[WorldVariable, ...]:
    """The columns of a world, in the model's order."""
    return tuple(WorldVariable(**row) for row in rows("framsyn.evaluate", "world_variables.csv"))


def variables() -> tuple[Variable, ...]:
    """Every variable of the worlds, in the order of `values_of`."""
    return (
        *(Variable(one.id, WORLD) for one in world_variables()),
        *(Variable(one, EFFECT) for one in COEFFICIENTS),
        *(Variable(one.id, START) for one in starts()),
    )


def values_of(drawn: Drawn) -> Floats:
    """[draw, variable]: means of the world's named columns over the years, effects, starts."""
    named = drawn.worlds[:, 1:, : len(world_variables())]
    return np.concatenate([named.mean(axis=1), drawn.effects, drawn.starts], axis=1)


def drivers(drawn: Drawn, found: NDArray[np.bool_]) -> tuple[Driver, ...]:
    """The variables that tell the lives `found` [draw] from the others, strongest first.

    A variable is told only where its AUC is further from 0.5 than the best of all variables gets by chance
    in one of twenty cases.
    """
    if not enough(found):
        return ()
    values, known = values_of(drawn), variables()
    told = auc(values, found)
    least = noise(int(found.sum()), int((~found).sum()), len(known))
    order = np.argsort(-np.abs(told - 0.5), kind="stable")
    return tuple(
        _driver(known[one], values[:, one], found, float(told[one]))
        for one in order.tolist()
        if abs(told[one] - 0.5) > least
    )


def _driver(variable: Variable, values: Floats, found: NDArray[np.bool_], told: float) -> Driver:
    parts = np.array_split(np.argsort(values, kind="stable"), FIFTHS)
    return Driver(
        variable,
        told,
        float(found[parts[0]].mean()),
        float(found[parts[-1]].mean()),
        half_at(values, found),
    )
