"""New rows from old ones: the operators of the search, in the unit cube."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pymoo.operators.crossover.sbx import cross_sbx
from pymoo.operators.mutation.pm import mut_pm

from framsyn.choose.variables import Variables
from framsyn.model.layout import Floats

#: Simulated binary crossover and polynomial mutation (Deb & Agrawal 1995; Deb & Goyal 1996): nearly all
#: variables of a pair are crossed, one variable of a child is mutated on average. How near a child lies is
#: drawn anew for each: with one index for all, some searches stay in a corner (bench/search.py).
CROSSED = 0.9
CROSSOVER_INDEX, MUTATION_INDEX = (3.0, 30.0), (5.0, 50.0)
#: Every fifth child is born by a jump instead: a parent moved by half the difference of two others in few or
#: nearly all variables (differential evolution, Storn & Price 1997).
JUMPS, JUMP, JUMPED = 0.2, 0.5, (0.2, 0.9)
#: A stepped variable that is mutated moves at least one step this often, else it would mostly stand still.
STEP_SHARE = 0.5


def _index(between: tuple[float, float], shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Indices of an operator, even on the logarithm."""
    return np.exp(rng.uniform(np.log(between[0]), np.log(between[1]), shape))


def crossed(pairs: Floats, choices: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """Two children of each pair [parent, pair, variable]; a choice is taken from either parent."""
    count, width = pairs.shape[1:]
    index, swap = _index(CROSSOVER_INDEX, (count, 1), rng), np.full((count, 1), 0.5)
    born = cross_sbx(pairs, np.zeros(width), np.ones(width), index, CROSSED, swap, random_state=rng)
    turned = np.where(rng.random((count, width)) < 0.5, pairs, pairs[::-1])
    return np.where(choices, turned, born).reshape(-1, width)


def jumped(parents: Floats, choices: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """Each parent moved by half the difference of two others; its choices stay."""
    one, other = parents[rng.integers(len(parents), size=(2, len(parents)))]
    share = rng.choice(JUMPED, size=(len(parents), 1))
    moves = ~choices & (rng.random(parents.shape) < share)
    return np.where(moves, np.clip(parents + JUMP * (one - other), 0.0, 1.0), parents)


def mutated(rows: Floats, variables: Variables, rng: np.random.Generator) -> Floats:
    """Rows with about one variable each changed: a choice to any category, others mostly a little."""
    count, width = rows.shape
    share = np.full(count, min(0.5, 1.0 / width))
    zero, one = np.zeros(width), np.ones(width)
    near = mut_pm(rows, zero, one, _index(MUTATION_INDEX, (count,), rng), share, False, random_state=rng)
    step = np.where(np.isfinite(variables.counts), 1.0 / np.maximum(variables.counts - 1.0, 1.0), 0.0)
    aside = rows + np.where(near < rows, -step, step)
    short = (near != rows) & (np.abs(near - rows) < step) & (rng.random(rows.shape) < STEP_SHARE)
    near = np.clip(np.where(short, aside, near), 0.0, 1.0)
    anew = rng.random(rows.shape) < share[:, None]
    drawn = variables.to_unit(variables.sample(count, rng))
    return np.where(variables.choices, np.where(anew, drawn, rows), near)


class Parents(NamedTuple):
    """Rows that may breed."""

    rows: Floats  # [row, variable] in their own units
    violation: Floats  # [row] how much each violates; 0 where it keeps every constraint


def _drawn(parents: Parents, count: int, variables: Variables, rng: np.random.Generator) -> Floats:
    """Rows drawn in the unit cube: of two drawn for a place the one that violates less."""
    one, other = rng.integers(len(parents.rows), size=(2, count))
    better = np.where(parents.violation[one] <= parents.violation[other], one, other)
    return variables.to_unit(parents.rows[better])


def children(
    few: Parents, many: Parents, count: int, variables: Variables, rng: np.random.Generator
) -> Floats:
    """`count` rows on the allowed grid, each with one parent of the few and the other of the many.

    Args:
        few: the best of all directions, so that the search moves fast.
        many: a wider choice, so that no part of the front is lost.
        count: how many children.
        variables: the table of variables.
        rng: the source of chance.
    """
    pairs = np.stack([_drawn(parents, (count + 1) // 2, variables, rng) for parents in (few, many)])
    born = crossed(pairs, variables.choices, rng)
    jumps = rng.random((len(born), 1)) < JUMPS
    born = np.where(jumps, jumped(pairs.reshape(born.shape), variables.choices, rng), born)
    return variables.of_unit(mutated(born[:count], variables, rng))
