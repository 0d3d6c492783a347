"""How much of known fronts a search finds, and how fast: Framsyn's against its rivals with equal evaluations.

Usage, from the project's folder: PYTHONPATH=. python bench/search.py [seeds] [all]

First table: the share of the true front's hypervolume (analytic; where that is not known, of everything that
any of them found) dominated by all that an algorithm tried, and its seconds, after 20,000 evaluations. The
rivals are given an archive of everything they evaluate too, though they do not keep one. `all` adds
AGE-MOEA-II and SMS-EMOA, which take minutes. Second table: evaluations a second of the small municipality
of tests/choose/known_model.py, beside the optimiser of EMA Workbench (ε-NSGA-II).
"""

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from pymoo.algorithms.moo.age2 import AGEMOEA2
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.moo.nsga3 import NSGA3
from pymoo.algorithms.moo.sms import SMSEMOA
from pymoo.optimize import minimize
from pymoo.problems import get_problem
from pymoo.util.ref_dirs import get_reference_directions
from tests.choose.known_model import LEVERS, LOANS_LIMIT, REFERENCE, KnownModel, front_hypervolume

from framsyn.choose.dominance import hypervolume, nondominated
from framsyn.choose.problem import Outcome
from framsyn.choose.search import search
from framsyn.choose.variables import Kind, Variable, Variables
from framsyn.model.layout import Floats

BUDGET, POPULATION = 20_000, 200
EMA_BUDGET = 4_000
#: Of longer fronts the volume is that of this many rows, evenly picked: for every algorithm alike.
LONGEST = 4_000


class Case(NamedTuple):
    """A textbook problem with a reference point, and the volume of its front where that is known."""

    name: str
    objectives: int
    variables: int
    reference: Floats
    volume: float | None


def _at(objectives: int, level: float) -> Floats:
    return np.full(objectives, level)


CASES = (
    Case("zdt1", 2, 30, _at(2, 1.1), 1.1**2 - 1 / 3),
    Case("dtlz2", 3, 12, _at(3, 1.1), 1.1**3 - np.pi / 6),
    Case("dtlz2", 5, 14, _at(5, 1.1), 1.1**5 - 8 * np.pi**2 / 15 / 32),
    Case("dtlz7", 3, 22, np.array([1.1, 1.1, 6.3]), None),
    Case("dtlz7", 5, 24, np.array([1.1, 1.1, 1.1, 1.1, 10.5]), None),
    Case("c1dtlz1", 3, 7, _at(3, 0.6), 0.6**3 - 0.5**3 / 6),
    Case("c2dtlz2", 5, 14, _at(5, 1.1), None),
    Case("mw4", 3, 15, _at(3, 1.1), None),
    Case("mw8", 3, 15, _at(3, 1.1), None),
)


def textbook(case: Case) -> Any:
    """The problem as pymoo has it."""
    many = {} if case.name.startswith("zdt") else {"n_obj": case.objectives}
    return get_problem(case.name, n_var=case.variables, **many)


@dataclass
class Recorded:
    """A problem of pymoo asked as ours."""

    case: Case
    variables: Variables = field(init=False)

    def __post_init__(self) -> None:
        self.inner = textbook(self.case)
        ends = zip(self.inner.xl, self.inner.xu, strict=True)
        self.variables = Variables([Variable(f"x{place}", *pair) for place, pair in enumerate(ends)])

    def evaluate(self, rows: Floats) -> Outcome:
        told = self.inner.evaluate(rows, return_as_dictionary=True)
        return Outcome(told["F"], told.get("G", np.zeros((len(rows), 0))))


def _ours(case: Case, seed: int) -> Floats:
    found = search(Recorded(case), BUDGET, seed, population=POPULATION)
    return found.outcome.objectives if found.feasible else np.empty((0, case.objectives))


def _directions(objectives: int) -> Floats:
    if objectives > 3:
        energy: Floats = get_reference_directions("energy", objectives, POPULATION, seed=1)
        return energy
    lattice: Floats = get_reference_directions(
        "das-dennis", objectives, n_partitions={2: 199, 3: 18}[objectives]
    )
    return lattice


RIVALS: dict[str, Callable[[int], Any]] = {
    "NSGA-II": lambda _: NSGA2(pop_size=POPULATION),
    "NSGA-III": lambda objectives: NSGA3(_directions(objectives), pop_size=POPULATION),
}
SLOW: dict[str, Callable[[int], Any]] = {
    "AGE-MOEA-II": lambda _: AGEMOEA2(pop_size=POPULATION),
    "SMS-EMOA": lambda _: SMSEMOA(pop_size=POPULATION),
}


def _rival(make: Callable[[int], Any], case: Case, seed: int) -> Floats:
    tried: list[Floats] = []

    def note(algorithm: Any) -> None:
        born = algorithm.pop if algorithm.off is None else algorithm.off
        tried.append(born.get("F")[(born.get("G") <= 0.0).all(axis=1)])

    minimize(textbook(case), make(case.objectives), ("n_eval", BUDGET), seed=seed, callback=note)
    objectives = np.concatenate(tried)
    return objectives[nondominated(objectives)]


def runs(
    case: Case, seed: int, rivals: dict[str, Callable[[int], Any]]
) -> Iterator[tuple[str, Floats, float]]:
    """Name, front found and processor seconds of each algorithm."""
    begun = time.process_time()
    front = _ours(case, seed)
    yield "Framsyn", front, time.process_time() - begun
    for name, make in rivals.items():
        begun = time.process_time()
        front = _rival(make, case, seed)
        yield name, front, time.process_time() - begun


def _volume(front: Floats, reference: Floats) -> float:
    if len(front) > LONGEST:
        front = front[np.linspace(0, len(front) - 1, LONGEST).astype(int)]
    return hypervolume(front, reference)


def compare(seeds: int, rivals: dict[str, Callable[[int], Any]]) -> None:
    """Print the first table."""
    names = ["Framsyn", *rivals]
    print(f"share of the hypervolume, mean of {seeds} (lowest), seconds, after {BUDGET:,} evaluations\n")
    print("| problem | objectives | " + " | ".join(names) + " |\n| --- | --- |" + " --- |" * len(names))
    for case in CASES:
        told: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
        whole = [np.empty((0, case.objectives))]
        for seed in range(1, seeds + 1):
            for name, front, seconds in runs(case, seed, rivals):
                told[name].append((_volume(front, case.reference), seconds))
                whole.append(front)
        together = np.concatenate(whole)
        full = case.volume or hypervolume(together[nondominated(together)], case.reference)
        cells = []
        for name in names:
            volumes, seconds_taken = np.array(told[name]).T
            low, mean = volumes.min() / full, volumes.mean() / full
            cells.append(f"{mean:.3f} ({low:.3f}), {seconds_taken.mean():.1f} s")
        mark = "" if case.volume else "*"
        print(f"| {case.name}{mark} | {case.objectives} | " + " | ".join(cells) + " |", flush=True)
    print("\n* of everything that any of them found\n")


class Free:
    """Five objectives that cost nothing to evaluate, so that only the driver takes time."""

    variables = Variables([Variable(f"x{place}", 0.0, 1.0, 0.01) for place in range(20)])

    def evaluate(self, rows: Floats) -> Outcome:
        parts = rows.reshape(len(rows), 5, 4)
        off = (parts[:, :, 1:] - 0.5).__abs__().sum(axis=(1, 2))
        shares = parts[:, :, 0] / np.maximum(parts[:, :, 0].sum(axis=1, keepdims=True), 0.01)
        return Outcome((1.0 - shares) * (1.0 + off[:, None]), np.zeros((len(rows), 0)))


def _ema(model: KnownModel) -> tuple[Floats, float]:
    """Front and seconds of EMA Workbench's optimiser on the same model, one call for each evaluation."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # says that an engine it could use is not there
        import ema_workbench as ema

    def outcome(**given: float) -> dict[str, float]:
        row = np.array([[float(given[one.id]) for one in LEVERS]])
        loans, gap, distrust = model.evaluate(row).objectives[0]
        return {"loans": loans, "gap": gap, "distrust": distrust}

    def lever(one: Variable) -> Any:
        if one.kind is Kind.CHOICE:
            return ema.CategoricalParameter(one.id, tuple(range(int(one.high) + 1)))
        if one.kind is Kind.INTEGER:
            return ema.IntegerParameter(one.id, int(one.low), int(one.high))
        return ema.RealParameter(one.id, one.low, one.high)

    asked = ema.Model("municipality", function=outcome)
    asked.levers = [lever(one) for one in LEVERS]
    names = ["loans", "gap", "distrust"]
    asked.outcomes = [ema.ScalarOutcome(name, ema.ScalarOutcome.MINIMIZE) for name in names]
    limit = ema.Constraint(
        "limit", outcome_names="loans", function=lambda loans: max(0.0, loans - LOANS_LIMIT)
    )
    begun = time.perf_counter()
    with ema.SequentialEvaluator(asked) as evaluator:
        found = evaluator.optimize(nfe=EMA_BUDGET, epsilons=[0.02] * 3, constraints=[limit])
    seconds = time.perf_counter() - begun
    objectives = found[names].to_numpy()
    return objectives[objectives[:, 0] <= LOANS_LIMIT], seconds


def speed() -> None:
    """Print the second table."""
    begun = time.perf_counter()
    search(Free(), BUDGET, 1)
    free = BUDGET / (time.perf_counter() - begun)
    model = KnownModel()
    begun = time.perf_counter()
    front = search(model, EMA_BUDGET, 1).outcome.objectives
    ours = model.asked / (time.perf_counter() - begun)
    model = KnownModel()
    theirs, seconds = _ema(model)
    other, full = model.asked / seconds, front_hypervolume()
    print(f"Driver alone, 5 objectives that cost nothing, {BUDGET:,} evaluations: {free:,.0f} a second")
    print(f"The small municipality in 100 worlds, {EMA_BUDGET:,} evaluations:")
    print(f"  Framsyn        {ours:>9,.0f} a second, {hypervolume(front, REFERENCE) / full:.3f} of the front")
    print(
        f"  EMA Workbench  {other:>9,.0f} a second, {hypervolume(theirs, REFERENCE) / full:.3f} of the front"
    )
    print(f"  {ours / other:,.0f} times as many a second; {os.cpu_count()} processors, one used by each")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    compare(numbers[0] if numbers else 3, RIVALS | (SLOW if "all" in sys.argv else {}))
    speed()
