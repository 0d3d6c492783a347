"""What each decision does by itself: one lever moved from today to an end of its bounds, in the same worlds.

A search weighs whole strategies; this asks the plain question before it: which single decisions make
something better in nearly all worlds, and what do they cost there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.choose.evaluation import Wanted, Worlds, live_rules
from framsyn.choose.levers import Lever, levers
from framsyn.choose.measures import Objective, lawful, read_objectives
from framsyn.choose.space import NO_TASK
from framsyn.choose.strategy_text import BETWEEN, GIVES, settings_in, strategy_in
from framsyn.foresee.postures import AS_IS, shipped, strategy_of
from framsyn.model.course import Strategy
from framsyn.model.layout import Floats

#: Share of the worlds in which something must go the same way to be called sure.
SURE = 0.9
#: A difference below this share of today's median is none, and below what its decimals show.
WORTH_SEEING = 0.0025
#: What is looked at: the usual objectives of a search, and residents and exclusion.
LOOKED_AT = (
    "population:max",
    "quality_basic_education",
    "quality_sport_youth",
    "participation",
    "exclusion",
    "repair_debt",
    "cash_flow",
    "income_tax_rate",
    "loans",
)
#: Sets only how far a core task goes, so nothing by itself.
NOTHING_ALONE = ("core_ambition",)


@dataclass(frozen=True)
class Against:
    """One objective against going on as today, world by world.

    Attributes:
        objective: what is looked at.
        better, worse: share of the worlds in which it is better, worse, by what is worth seeing.
        low, middle, high: 10th, 50th and 90th percentile of the difference, in the indicator's unit.
    """

    objective: Objective
    better: float
    worse: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Move:
    """One decision, or one posture, against going on as today.

    Attributes:
        id: `digital.90` for a lever and its value, or the id of a posture.
        lever: which lever; None for a posture.
        value: what it is set to; blank for a posture.
        against: the objectives.
        lawful: share of the worlds in which no criterion of §§ 110 and 118 is ever met.
    """

    id: str
    lever: Lever | None
    value: float | str
    against: tuple[Against, ...]
    lawful: float

    def sure(self, side: str) -> list[Objective]:
        """The objectives that are `better`, or `worse`, in nearly all worlds."""
        return [one.objective for one in self.against if getattr(one, side) >= SURE]


def wanted_of(years: int) -> Wanted:
    """What is looked at in lives of so many years."""
    return Wanted(read_objectives(LOOKED_AT, years), (lawful(years),))


def moves_alone(worlds: Worlds) -> list[Move]:
    """Every searched lever moved alone to each end of its bounds, or to each of its choices.

    Args:
        worlds: with the lives as today in them.
    """
    told = list(_moves())
    strategies = [strategy_of(strategy_in(f"{AS_IS}{BETWEEN}{text}")) for text, _, _ in told]
    compared = _compared(worlds, strategies)
    return [Move(*one, *found) for one, found in zip(told, compared, strict=True)]


def postures_against(worlds: Worlds, strategies: Mapping[str, Strategy]) -> list[Move]:
    """Whole postures against going on as today, each lived by itself since its phases may differ."""
    return [Move(one, None, "", *_compared(worlds, [rule])[0]) for one, rule in strategies.items()]


def _moves() -> Iterator[tuple[str, Lever, float | str]]:
    today = settings_in(shipped()[AS_IS])
    for lever in levers().values():
        if not lever.searched or lever.id in NOTHING_ALONE:
            continue
        ends: Sequence[float | str] = lever.choices if lever.kind == "choice" else (lever.low, lever.high)
        for value in ends:
            if value not in (today[lever.id], NO_TASK):
                told = value if isinstance(value, str) else f"{value:g}"
                yield f"{lever.id}{GIVES}{told}", lever, value


def _compared(worlds: Worlds, strategies: Sequence[Strategy]) -> list[tuple[tuple[Against, ...], float]]:
    """Objectives against going on as today, and the share of lawful worlds, strategy by strategy."""
    wanted = wanted_of(worlds.setting.years)
    courses = [worlds.setting.course(one) for one in strategies]
    rules = np.stack([course.rules for course in courses])
    phases = np.stack([one.phases for one in courses])
    outcomes = live_rules(worlds, rules, phases, wanted.measures)
    today = np.stack([one.measure.of(worlds.as_today) for one in wanted.objectives], axis=-1)
    middles = np.median(today, axis=0)
    differences = wanted.values(outcomes) - today
    held = wanted.held(outcomes)[..., 0].mean(axis=1)
    return [
        (
            tuple(
                _against(one, found[:, place], float(middles[place]))
                for place, one in enumerate(wanted.objectives)
            ),
            float(share),
        )
        for found, share in zip(differences, held, strict=True)
    ]


def _against(objective: Objective, difference: Floats, today: float) -> Against:
    seen = max(0.5 * 10.0**-objective.indicator.decimals, WORTH_SEEING * abs(today))
    gain = objective.sign * difference
    low, middle, high = np.quantile(difference, (0.1, 0.5, 0.9)).tolist()
    return Against(objective, float((gain >= seen).mean()), float((gain <= -seen).mean()), low, middle, high)
