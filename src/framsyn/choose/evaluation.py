"""Strategies lived in many worlds at once: what the search asks of the model."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.measures import Keep, Measure, Objective
from framsyn.choose.space import Space
from framsyn.core.cancellation import check_cancelled, with_current_token
from framsyn.foresee.postures import AS_IS, shipped, strategy_of
from framsyn.foresee.setting import Drawn, Setting
from framsyn.model.course import Strategy
from framsyn.model.kernel import live_strategies
from framsyn.model.layout import Floats
from framsyn.model.life import Draw
from framsyn.model.rule import Rules
from framsyn.processors import processors

#: Strategies that a thread lives before it takes more; small, so that no thread waits long for another.
CHUNK = 4


@dataclass(frozen=True)
class Worlds:
    """Worlds drawn once, and the lives as today in them, which every strategy is measured from."""

    setting: Setting
    draws: range
    drawn: Drawn = field(repr=False)
    as_today: Floats = field(repr=False)


def worlds_of(setting: Setting, draws: range) -> Worlds:
    """The worlds of these draws, and the lives as today in them."""
    drawn = setting.draw(draws)
    course = setting.course(strategy_of(shipped()[AS_IS]))
    return Worlds(setting, draws, drawn, setting.live(drawn, course))


@dataclass(frozen=True)
class Wanted:
    """What is read off every life: the objectives, then the measures of the keeps."""

    objectives: tuple[Objective, ...]
    keeps: tuple[Keep, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure, those of the objectives first."""
        kept = [measure for keep in self.keeps for measure in keep.measures]
        return (*(one.measure for one in self.objectives), *kept)

    def values(self, outcomes: Floats) -> Floats:
        """[…, objective] in the indicators' units, from outcomes […, measure]."""
        return outcomes[..., : len(self.objectives)]

    def held(self, outcomes: Floats) -> NDArray[np.bool_]:
        """[…, keep] whether each keep holds, from outcomes […, measure]."""
        first, made = len(self.objectives), []
        for keep in self.keeps:
            made.append(keep.holds(outcomes[..., first : first + len(keep.measures)]))
            first += len(keep.measures)
        return np.stack(made, axis=-1)

    def minimised(self, outcomes: Floats) -> Floats:
        """[strategy, objective] means over the worlds, turned so that lower is better."""
        signs = np.array([one.sign for one in self.objectives])
        return np.asarray(-signs * self.values(outcomes).mean(axis=1))

    def violations(self, outcomes: Floats) -> Floats:
        """[strategy, keep] share of worlds lacking for the keep, at or below 0 where it holds in enough."""
        asked = np.array([keep.share for keep in self.keeps])
        return np.asarray(asked - self.held(outcomes).mean(axis=1))


def live_rows(worlds: Worlds, space: Space, rows: Floats, measures: Sequence[Measure]) -> Floats:
    """Outcomes [strategy, draw, measure] of the strategies [strategy, variable] of a space."""
    return live_rules(worlds, space.rules(rows), space.phases(len(rows)), measures)


def live_strategy(worlds: Worlds, strategy: Strategy, measures: Sequence[Measure]) -> Floats:
    """Outcomes [draw, measure] of any strategy, such as a vision or a user's own."""
    course = worlds.setting.course(strategy)
    outcomes: Floats = live_rules(worlds, course.rules[None], course.phases[None], measures)[0]
    return outcomes


def live_rules(
    worlds: Worlds, rules: Rules, phases: NDArray[np.int64], measures: Sequence[Measure]
) -> Floats:
    """Outcomes [strategy, draw, measure] under rules [strategy, phase].

    Args:
        worlds: the worlds, the same for every strategy.
        rules: [strategy, phase].
        phases: [strategy, year] the phase that rules in each year.
        measures: what is read off every life.
    """
    setting = worlds.setting
    outcomes = np.empty((len(phases), len(worlds.draws), len(measures)))
    asked = np.array([(one.column, one.how, one.first, one.last) for one in measures], dtype=np.int64)

    def live(first: int) -> None:
        check_cancelled()
        part = slice(first, first + CHUNK)
        live_strategies(
            setting.town,
            Draw(*worlds.drawn, worlds.as_today),
            rules[part],
            phases[part],
            asked,
            outcomes[part],
        )

    if len(phases) <= CHUNK:
        live(0)  # a pool would take longer to make
        return outcomes
    with ThreadPoolExecutor(processors()) as pool:
        list(pool.map(with_current_token(live), range(0, len(phases), CHUNK)))
    return outcomes
