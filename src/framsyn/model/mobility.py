"""How strongly each age takes part when a total is not what the rates alone would give.

What a total holds beyond the rates is migration of the ages that move: each age is multiplied by one
factor to the power of its weight. The weights are the slopes of age groups' errors on the total's error
one year ahead (Finland's municipalities, forecasts of 1995–2013).
"""

import numpy as np

from framsyn.model.compiled import compiled
from framsyn.model.layout import AGES, SEXES, TILT_KINDS, W_TILT, W_TILTS, Floats
from framsyn.model.population import FLOW_IN, FLOW_OUT

#: First age, and weight of the ages from it on.
MOVING: tuple[tuple[int, float], ...] = (
    (0, 1.7),
    (6, 0.9),
    (16, 1.5),
    (20, 2.0),
    (25, 2.5),
    (30, 1.8),
    (36, 1.0),
    (46, 0.35),
    (66, 0.25),
    (76, 0.2),
)
EDGES = np.array([*(first for first, _ in MOVING), AGES])
WEIGHTS = np.array([weight for _, weight in MOVING])
KINDS = TILT_KINDS
NEWTON_STEPS, LARGEST_STEP, SETTLED = 60, 1.0, 1e-14
LEAST = 1e-9


@compiled
def tilt(people: Floats, world: Floats, flows: Floats) -> None:
    """Multiply the ages of `people` [sex, 102] by the factors of the year's `world`; count the moves."""
    if world[W_TILT] == 1.0:
        return
    change = 0.0
    for sex in range(SEXES):
        here = people[sex]
        for kind in range(KINDS):
            growth = world[W_TILTS + kind]
            moved = 0.0
            for age in range(EDGES[kind], EDGES[kind + 1]):
                moved += here[age]
                here[age] *= growth
            change += moved * (growth - 1.0)
    if change > 0.0:
        flows[FLOW_IN] += change
    else:
        flows[FLOW_OUT] -= change


@compiled
def write_factors(world: Floats, factor: float) -> None:
    """Write the tilt and its factor on each kind of mobility into the year's `world`."""
    world[W_TILT] = factor
    strength = np.log(factor)
    for kind in range(KINDS):
        world[W_TILTS + kind] = np.exp(strength * WEIGHTS[kind])


@compiled
def factor_to(people: Floats, total: float) -> float:
    """The factor with which `tilt` makes `people` [sex, 102] sum to `total`, persons > 0 (Newton)."""
    strength = 0.0
    for _ in range(NEWTON_STEPS):
        level, slope = 0.0, LEAST
        for kind in range(KINDS):
            growth = np.exp(strength * WEIGHTS[kind])
            for sex in range(SEXES):
                for age in range(EDGES[kind], EDGES[kind + 1]):
                    tilted = people[sex, age] * growth
                    level += tilted
                    slope += tilted * WEIGHTS[kind]
        step = min(max((total - level) / slope, -LARGEST_STEP), LARGEST_STEP)
        strength += step
        if abs(step) < SETTLED:
            break
    return float(np.exp(strength))
