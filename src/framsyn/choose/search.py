"""The search: which choices are beaten by no other on every objective, within a number of evaluations.

An evolutionary search with pymoo's operators. What differs from pymoo's own algorithms, and was measured to
find more with the same evaluations (bench/search.py): nothing found is ever forgotten, and those who breed
are drawn anew from all of it, as champions of even directions with loners between (`parents.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import numpy as np

from framsyn.choose.children import Parents, children
from framsyn.choose.dominance import Places, nondominated
from framsyn.choose.log import Checkpoint, Log
from framsyn.choose.parents import directions, fit, spread_out
from framsyn.choose.problem import Outcome, Problem, judged
from framsyn.choose.variables import Variables
from framsyn.errors import FramsynError
from framsyn.model.layout import Floats

POPULATION = 200
#: One parent of each child is of the few, an eighth of the population, the other of the many, a half. Few
#: alone are sooner at the front but lose parts of it; many alone come late (bench/search.py).
FEW, MANY = 8, 2
FEWEST = 4
#: The working front is spread out again when it is this many times the population.
LONGEST, SHORTEST = 10, 5
#: So many times rows are bred anew when they have been tried before; then random rows are tried as often.
ATTEMPTS = 10


class Ended(StrEnum):
    """Why a search ended."""

    BUDGET = "budget"
    EVERYTHING = "everything"  # there is no combination left to try
    STOPPED = "stopped"  # the progress function said so


class Progress(NamedTuple):
    """What is told after each batch."""

    evaluated: int
    budget: int
    front: int  # rows on the front, at most about ten populations; 0 while every row violates something
    entered: int  # of them, found in this batch


class Broken(NamedTuple):
    """How one constraint bound the search, in the constraint's own unit."""

    kept: float  # share of the evaluated rows that keep it
    least: float  # the smallest violation of any row; ≤ 0 when some row keeps it
    nearest: float  # its violation in the row that violates least in all


@dataclass(frozen=True)
class Front:
    """What a search found.

    Attributes:
        rows: [row, variable] in the variables' units, in the order they were found.
        outcome: their objectives and violations.
        feasible: whether the rows keep every constraint. If no row that was tried does, these are the ones
            whose violations are beaten by no other's, least violated in all first.
        start: what the rows to start from gave, in their order, on the front or not.
        constraints: how each constraint bound.
        evaluated: distinct rows evaluated.
        ended: why the search ended.
        course: the front's growth; empty if nothing feasible was found.
    """

    rows: Floats
    outcome: Outcome
    feasible: bool
    start: Outcome
    constraints: tuple[Broken, ...]
    evaluated: int
    ended: Ended
    course: tuple[Checkpoint, ...]


class _Search:
    """The state of one search."""

    def __init__(self, problem: Problem, budget: int, seed: int, population: int) -> None:
        self.problem, self.budget, self.population = problem, budget, population
        self.variables: Variables = problem.variables
        self.rng = np.random.default_rng(seed)
        self.log = Log(budget)
        self.working: Places = np.zeros(0, dtype=np.intp)
        self.few: Places = self.working
        self.many: Places = self.working
        self.toward: Floats = np.zeros((0, 0))

    def evaluate(self, rows: Floats) -> Progress:
        """Evaluate one batch of rows never met before, and choose who may breed next."""
        begin = len(self.log)
        self.log.add(rows, judged(self.problem, rows))
        objectives, violation = self.log.objectives, self.log.broken()
        few, many = (max(self.population // share, FEWEST) for share in (FEW, MANY))
        if not len(self.toward):
            self.toward = directions(many, objectives.shape[1], self.rng)
        known = np.concatenate([self.working, np.arange(begin, len(self.log))])
        front = self.log.front(known)
        if len(front) > LONGEST * self.population:
            front = front[spread_out(objectives[front], SHORTEST * self.population, self.toward)]
        # Those that are beaten breed only while the front is short.
        pool = front if len(front) >= many else known
        fitted = partial(fit, objectives[pool], violation[pool])
        self.few, self.many = (pool[fitted(size, self.toward[:size])] for size in (few, many))
        self.working = np.union1d(front, np.union1d(self.few, self.many))
        return Progress(len(self.log), self.budget, len(front), int((front >= begin).sum()))

    def breed(self) -> Floats:
        """The next batch; empty when nothing untried was found."""
        most = min(self.population, self.budget - len(self.log))
        rows, violation = self.log.rows, self.log.broken()
        few, many = (Parents(rows[places], violation[places]) for places in (self.few, self.many))
        found = np.zeros((0, len(self.variables)))
        for attempt in range(2 * ATTEMPTS):
            if len(found) == most:
                break
            if attempt < ATTEMPTS:
                rows = children(few, many, self.population, self.variables, self.rng)
            else:
                rows = self.variables.sample(self.population, self.rng)
            found = np.vstack([found, self.log.fresh(rows, most - len(found))])
        return found

    def first(self, start: Floats) -> Floats:
        """Rows to begin with: those given, then every combination if the budget allows, else a sample."""
        size = max(self.population, len(start))
        everything = self.variables.combinations + len(start) <= self.budget
        others = self.variables.every() if everything else self.variables.sample(size - len(start), self.rng)
        return self.log.fresh(np.vstack([start, others]), self.budget)


def search(
    problem: Problem,
    budget: int,
    seed: int,
    *,
    population: int = POPULATION,
    start: Floats | None = None,
    progress: Callable[[Progress], bool | None] | None = None,
) -> Front:
    """Search for the rows that no other beats on every objective and that keep the constraints.

    The same problem, budget, seed, population and start give the same front, bit for bit. No row is
    evaluated twice. If there are no more combinations than the budget, all are evaluated, and the front is
    the true one.

    Args:
        problem: what to choose between and how rows are judged; asked about many rows at once.
        budget: how many distinct rows may be evaluated.
        seed: of the search's own chance.
        population: rows in a batch.
        start: rows [row, variable] that are evaluated first, exactly as given, on a step or between.
        progress: told after each batch; when it answers False the search stops with what it has.

    Raises:
        FramsynError: a row to start from is out of bounds, there are more of them than the budget allows, or
            the problem answers with something else than numbers.
    """
    given = (
        np.zeros((0, len(problem.variables))) if start is None else np.asarray(start, dtype=np.float64) + 0.0
    )
    problem.variables.check(given)
    if population < 2 or budget < max(len(given), 1):
        raise FramsynError(
            "A search needs a population of at least 2 and a budget for the {start} rows to start from, "
            "not a population of {population} and a budget of {budget}.",
            start=len(given),
            population=population,
            budget=budget,
        )
    state = _Search(problem, budget, seed, population)
    ended = _run(state, given, progress)
    return _front(state.log, given, ended)


def _run(state: _Search, given: Floats, progress: Callable[[Progress], bool | None] | None) -> Ended:
    """Evaluate batch after batch until there is a reason to end."""
    waiting = state.first(given)
    size = max(state.population, len(given))
    while len(waiting):
        told = state.evaluate(waiting[:size])
        waiting = waiting[size:]
        if progress is not None and progress(told) is False:
            return Ended.STOPPED
        if not len(waiting) and len(state.log) < state.budget:
            waiting = state.breed()
    return Ended.BUDGET if len(state.log) == state.budget else Ended.EVERYTHING


def _front(log: Log, given: Floats, ended: Ended) -> Front:
    """What was found, of everything that was tried."""
    total, front = log.broken(), log.front()
    feasible = len(front) > 0
    if not feasible:
        near = nondominated(np.maximum(log.violations, 0.0))
        front = near[np.argsort(total[near], kind="stable")]
    nearest = log.violations[front[0]] if feasible else log.violations[int(total.argmin())]
    constraints = tuple(
        Broken(float((column <= 0.0).mean()), float(column.min()), float(at))
        for column, at in zip(log.violations.T, nearest, strict=True)
    )
    place = {row.tobytes(): number for number, row in reversed(list(enumerate(log.rows[: len(given)])))}
    first = [place[row.tobytes()] for row in given]
    return Front(
        rows=log.rows[front],
        outcome=Outcome(log.objectives[front], log.violations[front]),
        feasible=feasible,
        start=Outcome(log.objectives[first], log.violations[first]),
        constraints=constraints,
        evaluated=len(log),
        ended=ended,
        course=log.course(),
    )
