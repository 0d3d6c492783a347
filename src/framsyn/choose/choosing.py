"""Choosing: search many strategies, look at the best again in fresh worlds, and tell how they hold up.

The search has seen its own worlds, and what it chose there looks better than it is (the winner's curse). So
everything that is told of a strategy is told from fresh worlds that no strategy has been chosen by; the
search's own estimate stands beside.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.agreement import Agreement
from framsyn.choose.agreement import compared as agree
from framsyn.choose.candidates import Candidate, known_candidates
from framsyn.choose.dominance import nondominated
from framsyn.choose.evaluation import Wanted, Worlds, live_rows, live_strategy, worlds_of
from framsyn.choose.measures import Keep, Objective
from framsyn.choose.optimism import Optimism, optimism
from framsyn.choose.problem import Outcome
from framsyn.choose.robustness import Objective as Judged
from framsyn.choose.robustness import Robustness, robustness, weighted_value
from framsyn.choose.search import Front, Progress, search
from framsyn.choose.simplify import Simplifier
from framsyn.choose.space import Space, space_of
from framsyn.choose.thinning import thin
from framsyn.choose.variables import Kind, Variable, Variables
from framsyn.errors import FramsynError
from framsyn.foresee.postures import AS_IS, Posture, shipped, strategy_of
from framsyn.foresee.setting import Setting
from framsyn.model.layout import Floats

#: Where no strategy keeps what must hold, share of worlds that one may come behind the nearest.
NEARLY = 0.02
#: Strategies that are told at most of those found.
TOLD = 24
LEAST_WORLDS, MOST_WORLDS, LEAST_BUDGET, MOST_BUDGET = 10, 5_000, 200, 5_000_000


@dataclass(frozen=True)
class Asked:
    """What is asked of the choice.

    Attributes:
        objectives, keeps: what is wanted, and what must hold.
        turn: calendar year of the next council's first budget, when levers may change.
        budget: strategies that are evaluated at most.
        worlds: worlds of the search.
        fresh: worlds in which the strategies found are lived again.
        seed: of the search; that of the worlds is the setting's.
        weights: how much each objective counts, by id, where the user has said so; else no score is made.
    """

    objectives: tuple[Objective, ...]
    keeps: tuple[Keep, ...]
    turn: int
    budget: int = 20_000
    worlds: int = 100
    fresh: int = 1_000
    seed: int = 1
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """The strategies that are compared, and how they fare in fresh worlds.

    Attributes:
        asked: what was asked.
        setting: the municipality made ready.
        candidates: the strategies: as today, the visions, one's own, those found.
        worlds: the fresh worlds.
        values: [candidate, draw, objective] in the indicators' units.
        held: [candidate, draw, keep] whether each keep holds.
        unbeaten: [candidate] whether no other is at least as good in the mean of every objective, and better
            in one, among those that keep what must hold as often as asked.
        robustness: measures of the candidates over the fresh worlds.
        agreement: whether the measures rank the candidates alike.
        front: what the search found, in its own worlds.
        optimism: how much better the search thought the strategies found than they are; None without any.
        weighted: [candidate] mean additive value by the user's weights; None where none were given.
    """

    asked: Asked
    setting: Setting
    candidates: tuple[Candidate, ...]
    worlds: Worlds
    values: Floats
    held: NDArray[np.bool_]
    unbeaten: NDArray[np.bool_]
    robustness: Robustness
    agreement: Agreement
    front: Front
    optimism: Optimism | None
    weighted: Floats | None

    @property
    def ids(self) -> list[str]:
        """Ids of the candidates."""
        return [one.id for one in self.candidates]

    @property
    def lawful(self) -> NDArray[np.bool_]:
        """[candidate] whether every keep holds in as many fresh worlds as asked."""
        asked = np.array([keep.share for keep in self.asked.keeps])
        return np.asarray((self.held.mean(axis=1) >= asked).all(axis=1))

    @property
    def failing(self) -> NDArray[np.bool_]:
        """[candidate, draw] whether a keep does not hold."""
        return np.asarray(~self.held.all(axis=2))


def check_asked(asked: Asked, base_year: int) -> None:
    """Raise FramsynError where what is asked cannot be searched."""
    _check_between("--worlds", asked.worlds, LEAST_WORLDS, MOST_WORLDS)
    _check_between("--fresh", asked.fresh, LEAST_WORLDS, MOST_WORLDS)
    _check_between("--budget", asked.budget, LEAST_BUDGET, MOST_BUDGET)
    if not base_year < asked.turn:
        raise FramsynError(
            "The next council's first budget must come after the base year {base}; {year} was given.",
            base=base_year,
            year=asked.turn,
        )


def _check_between(option: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise FramsynError(
            "{option} must be from {least} to {most}; {value} was given.",
            option=option,
            least=least,
            most=most,
            value=value,
        )


def choose(
    setting: Setting,
    asked: Asked,
    own: Mapping[str, Posture] | None = None,
    progress: Callable[[Progress], bool | None] | None = None,
) -> Choice:
    """Find the strategies that none beats, and compare them with the visions in fresh worlds.

    Args:
        setting: the municipality made ready, with its years and the seed of its worlds.
        asked: what is asked.
        own: a user's own strategies by id, compared with the others and known to the search.
        progress: told after each batch of strategies; where it answers False the search stops there.

    Raises:
        FramsynError: worlds, budget or turn out of range.
    """
    check_asked(asked, setting.municipality.bundle.base_year)
    wanted = Wanted(asked.objectives, asked.keeps)
    space = space_of(setting, asked.turn)
    seen = worlds_of(setting, range(asked.worlds))
    known = known_candidates(own or {})
    problem = Searched(seen, space, wanted)
    start = np.array([space.row(one.posture) for one in known])
    front = searched(problem, asked, start, progress)
    candidates = (*known, *found_candidates(front, problem))
    fresh = worlds_of(setting, range(asked.worlds, asked.worlds + asked.fresh))
    lived = [live_strategy(fresh, strategy_of(one.posture), wanted.measures) for one in candidates]
    outcomes = np.array(lived)
    return compared(asked, setting, candidates, fresh, outcomes, front)


def searched(
    problem: "Searched", asked: Asked, start: Floats, progress: Callable[[Progress], bool | None] | None
) -> Front:
    """What the search finds; where nothing keeps what must hold, what comes nearly as near as anything did.

    Of strategies that all fall short the search tells hardly more than the nearest. So it is done again, with
    each keep asked for in as many worlds as that one kept it, less NEARLY: there are things to weigh again.
    """
    front = search(problem, asked.budget, asked.seed, start=start, progress=progress)
    if front.feasible:
        return front
    short = [max(0.0, one.nearest) for one in front.constraints]
    attained = tuple(
        replace(keep, share=max(0.0, keep.share - lacking - NEARLY))
        for keep, lacking in zip(problem.wanted.keeps, short, strict=True)
    )
    eased = Searched(problem.worlds, problem.space, Wanted(problem.wanted.objectives, attained))
    again = search(eased, asked.budget, asked.seed, start=start, progress=progress)
    return replace(again, feasible=False, constraints=front.constraints)


class Searched:
    """The search's problem: rows of a space, lived in the worlds of the search."""

    def __init__(self, worlds: Worlds, space: Space, wanted: Wanted) -> None:
        self.worlds, self.space, self.wanted = worlds, space, wanted
        self.variables = Variables(
            [
                Variable(one.id, one.lever.low, one.lever.high, one.lever.step, Kind(one.lever.kind))
                for one in space.variables
            ]
        )

    def evaluate(self, rows: Floats) -> Outcome:
        """Objectives to be minimised and violations of the keeps of strategies [strategy, variable]."""
        on_grid = self.space.on_grid(rows)
        outcomes = live_rows(self.worlds, self.space, on_grid, self.wanted.measures)
        return Outcome(self.wanted.minimised(outcomes), self.wanted.violations(outcomes))


def found_candidates(front: Front, problem: Searched) -> list[Candidate]:
    """Those of the front that are told, made simple, in the order of the first objective."""
    objectives = front.outcome.objectives
    chosen = problem.space.on_grid(front.rows[thin(objectives, TOLD)])
    span = np.ptp(objectives, axis=0)
    today = problem.space.row(shipped()[AS_IS])
    simplifier = Simplifier(problem.worlds, problem.space, problem.wanted, today, span)
    simple = np.unique(np.array([simplifier.simplified(row) for row in chosen]), axis=0)
    outcomes = live_rows(problem.worlds, problem.space, simple, problem.wanted.measures)
    estimates = problem.wanted.values(outcomes).mean(axis=1)
    order = np.lexsort(problem.wanted.minimised(outcomes).T[::-1])
    return [
        Candidate(f"S{number:02d}", "found", problem.space.posture(simple[row]), estimates[row])
        for number, row in zip(count(1), order, strict=False)
    ]


def compared(
    asked: Asked,
    setting: Setting,
    candidates: Sequence[Candidate],
    fresh: Worlds,
    outcomes: Floats,
    front: Front,
) -> Choice:
    """The candidates compared in fresh worlds, from their outcomes [candidate, draw, measure] there."""
    wanted = Wanted(asked.objectives, asked.keeps)
    values, held = wanted.values(outcomes), wanted.held(outcomes)
    lawful = np.asarray((wanted.violations(outcomes) <= 0.0).all(axis=1))
    judged = [Judged(one.id, one.direction == "higher") for one in asked.objectives]
    by_objective = {one.id: values[:, :, place] for place, one in enumerate(asked.objectives)}
    measured = robustness(by_objective, judged, names=[one.id for one in candidates])
    return Choice(
        asked=asked,
        setting=setting,
        candidates=tuple(candidates),
        worlds=fresh,
        values=values,
        held=held,
        unbeaten=unbeaten(wanted.minimised(outcomes), lawful),
        robustness=measured,
        agreement=ranked_alike(measured, held.all(axis=2).mean(axis=1)),
        front=front,
        optimism=_optimism(candidates, wanted, outcomes),
        weighted=weighted_value(by_objective, judged, asked.weights).mean(axis=1) if asked.weights else None,
    )


def ranked_alike(measured: Robustness, satisficing: Floats) -> Agreement:
    """Whether regret, satisficing [candidate] and mean against spread rank the candidates alike."""
    balanced = np.mean([one.mean_variance for one in measured.of.values()], axis=0)
    return agree(
        {
            "minimax_regret": -measured.minimax_regret,
            "regret_90": -measured.regret_90,
            "satisficing": satisficing,
            "mean_variance": balanced,
        }
    )


def _optimism(candidates: Sequence[Candidate], wanted: Wanted, outcomes: Floats) -> Optimism | None:
    found = [place for place, one in enumerate(candidates) if one.estimate is not None]
    if not found:
        return None
    signs = np.array([one.sign for one in wanted.objectives])
    own = -signs * np.array([candidates[place].estimate for place in found])
    return optimism(own, wanted.minimised(outcomes[found]), wanted.violations(outcomes[found]))


def unbeaten(minimised: Floats, lawful: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """[candidate] whether it keeps what must hold and no other that does so beats it on all objectives.

    Where none keeps what must hold, none is unbeaten.
    """
    best = np.zeros(len(minimised), dtype=np.bool_)
    places = np.flatnonzero(lawful)
    if len(places):
        distinct, back = np.unique(minimised[places], axis=0, return_inverse=True)
        # NumPy 2.0 gives the inverse an axis of its own.
        best[places] = np.isin(back.reshape(-1), nondominated(distinct))
    return best
