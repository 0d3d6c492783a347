"""How fast strategies are searched for: the command's own search, and EMA Workbench's on the same model.

Usage: python bench/choose.py [municipality] [budget]

Both drive the same compiled lives over the same 100 worlds towards the same five objectives in the same run.
EMA Workbench is asked in the way it is made for, robust optimisation: it draws its strategies by ε-NSGA-II
and calls the model once for each strategy and world. A third line lets it call the model once for each
strategy with all worlds inside, which is not its robust optimisation but the least that its calls can cost.
"""

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from framsyn.choose.choosing import Asked, Searched, choose
from framsyn.choose.evaluation import Wanted, Worlds, live_rows, worlds_of
from framsyn.choose.insight import insight_of
from framsyn.choose.levers import Lever
from framsyn.choose.measures import read_keeps, read_objectives
from framsyn.choose.search import search
from framsyn.choose.space import Space, space_of
from framsyn.foresee.setting import Drawn, Setting, prepare
from framsyn.model.layout import Floats
from framsyn.places.municipality import municipality

YEARS, WORLDS, TURN = 20, 100, 2030
OBJECTIVES = ["quality_basic_education,quality_sport_youth,participation,repair_debt,loans"]
#: Evaluations that EMA Workbench is given: it would take an hour with as many as ours.
EMA_ROBUST, EMA_PLAIN = 100, 400


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Wall seconds and the result."""
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done


def asked_of(setting: Setting, budget: int) -> Asked:
    """Five objectives, the law, 100 worlds."""
    base = setting.municipality.bundle.base_year
    return Asked(read_objectives(OBJECTIVES, YEARS), read_keeps((), base, YEARS), TURN, budget, WORLDS)


def one_world(worlds: Worlds, draw: int) -> Worlds:
    """One of the worlds alone."""
    part = slice(draw, draw + 1)
    drawn = Drawn(*(array[part] for array in worlds.drawn))
    return Worlds(worlds.setting, range(draw, draw + 1), drawn, worlds.as_today[part])


def parameter(ema: Any, name: str, lever: Lever) -> Any:
    """A lever as EMA Workbench knows it."""
    if lever.kind == "real":
        return ema.RealParameter(name, lever.low, lever.high)
    return ema.IntegerParameter(name, int(lever.low), int(lever.high))


def with_ema(worlds: Worlds, space: Space, wanted: Wanted, *, robust: bool) -> float:
    """Strategies a second when EMA Workbench drives the model."""
    with warnings.catch_warnings(action="ignore"):
        import ema_workbench as ema

    names = [one.id for one in space.variables]
    alone = [one_world(worlds, draw) for draw in range(WORLDS)]

    def lived(**told: float) -> dict[str, float]:
        rows: Floats = np.array([[told[name] for name in names]])
        chosen = alone[int(told["draw"])] if robust else worlds
        outcomes = live_rows(chosen, space, rows, wanted.measures)
        values = wanted.minimised(outcomes)[0]
        return {f"o{at}": float(value) for at, value in enumerate(values)}

    model = ema.Model("framsyn", function=lived)
    model.levers = [parameter(ema, name, one.lever) for name, one in zip(names, space.variables, strict=True)]
    kinds = range(len(wanted.objectives))
    model.outcomes = [ema.ScalarOutcome(f"o{at}", kind=ema.ScalarOutcome.MINIMIZE) for at in kinds]
    epsilons = [0.01] * len(wanted.objectives)
    with ema.SequentialEvaluator(model) as evaluator, warnings.catch_warnings(action="ignore"):
        if not robust:
            took, _ = timed(lambda: evaluator.optimize(nfe=EMA_PLAIN, searchover="levers", epsilons=epsilons))
            return EMA_PLAIN / took
        model.uncertainties = [ema.IntegerParameter("draw", 0, WORLDS - 1)]
        scenarios = [ema.Scenario(f"w{draw}", draw=draw) for draw in range(WORLDS)]
        means = [
            ema.ScalarOutcome(
                f"mean_o{at}", kind=ema.ScalarOutcome.MINIMIZE, variable_name=f"o{at}", function=np.mean
            )
            for at in kinds
        ]
        took, _ = timed(
            lambda: evaluator.robust_optimize(means, scenarios, nfe=EMA_ROBUST, epsilons=epsilons)
        )
        return EMA_ROBUST / took


def main(name: str, budget: int) -> None:
    """Print strategies a second, and the seconds of a whole choice."""
    setting = prepare(municipality(name), YEARS)
    asked = asked_of(setting, budget)
    wanted, space = Wanted(asked.objectives, asked.keeps), space_of(setting, TURN)
    worlds = worlds_of(setting, range(WORLDS))
    problem = Searched(worlds, space, wanted)
    live_rows(worlds, space, space.low[None], wanted.measures)  # compiled before it is measured
    took, front = timed(lambda: search(problem, budget, 1))
    ours = front.evaluated / took
    print(f"{name}, {YEARS} years, {WORLDS} worlds, {len(asked.objectives)} objectives")
    print(f"  search                 {front.evaluated:6d} strategies in {took:5.1f} s  {ours:8.1f} a second")
    for label, robust in (("EMA Workbench, robust", True), ("EMA, worlds within", False)):
        theirs = with_ema(worlds, space, wanted, robust=robust)
        print(f"  {label:22} {theirs:37.1f} a second  ours × {ours / theirs:.0f}")
    took, choice = timed(lambda: choose(setting, asked))
    told, _ = timed(lambda: insight_of(choice))
    print(f"  the whole choice       {took:.1f} s, vulnerabilities and pathways {told:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "Närpes", int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
