"""Early warning: how likely each criterion of §§ 110 and 118 is by year, and what drives it.

Beside the probabilities stand whether the decline feeds itself (`spiral`) and the last year in which
turning still works (`turning`). What drives the risk is read off the worlds: which of their variables tell
the lives that meet a criterion from those that do not. What chance alone can do is not told as a driver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.errors import FramsynError
from framsyn.evaluate.criteria import ANY, CRITERIA, FOLLOWS, met_in
from framsyn.evaluate.drivers import Driver, drivers
from framsyn.evaluate.lived import live_postures
from framsyn.evaluate.separation import Mask, enough
from framsyn.evaluate.spiral import LEAST_YEARS, Share, Spiral, share_of, spiral
from framsyn.evaluate.turning import LEAST_TIME, Turning, turning_year
from framsyn.foresee.futures import DEFAULT_POSTURES, check_request, strategies_of
from framsyn.foresee.postures import AS_IS, Posture, posture_ids
from framsyn.foresee.setting import Setting, prepare
from framsyn.foresee.starts import Assessment
from framsyn.law.parameters import Law
from framsyn.model.course import Conduct
from framsyn.places.municipality import Municipality

#: Posture to which the turn is tried.
TURN_TO = "engaging"
#: Worlds in which spiral and turning are looked for: every one is lived many times.
MOST_TURNS = 100


@dataclass(frozen=True)
class PostureWarning:
    """The risk under one posture.

    Attributes:
        by_year: share of lives that meet each criterion in each year after the base year, with the 80 %
            interval that their number leaves; `any` is any of them. Beside them stand the shares in an
            assessment procedure, and merged.
        ever: share of lives that meet it in some year.
        told_apart: whether lives enough meet any criterion, and enough meet none, to tell what drives it.
        drivers: what tells the lives that meet any criterion from the others, strongest first.
        spiral: whether the decline feeds itself; None for going on as today, which is what it is measured
            from, and in too few years.
        turning: until when turning still works; None for the posture turned to, and in too few years.
    """

    by_year: Mapping[str, tuple[Share, ...]]
    ever: Mapping[str, Share]
    told_apart: bool
    drivers: tuple[Driver, ...]
    spiral: Spiral | None
    turning: Turning | None


@dataclass(frozen=True)
class EarlyWarning:
    """The risks of a municipality under each posture.

    Attributes:
        municipality: whose.
        years: the calendar years told.
        draws, seed: the worlds.
        turn_to: the posture to which turning is tried.
        postures: by id.
    """

    municipality: Municipality
    years: tuple[int, ...]
    draws: int
    seed: int
    turn_to: str
    postures: Mapping[str, PostureWarning]

    @property
    def turn_draws(self) -> int:
        """The worlds in which spiral and turning are looked for."""
        return min(self.draws, MOST_TURNS)


def early_warning(
    m: Municipality,
    postures: Sequence[str] = DEFAULT_POSTURES,
    years: int = 20,
    draws: int = 500,
    seed: int = 1,
    *,
    known: Mapping[str, Posture] | None = None,
    core_task: str | None = None,
    law: Law | None = None,
    assessment: Assessment | None = None,
    turn_to: str = TURN_TO,
) -> EarlyWarning:
    """How likely each criterion is under each posture, and what drives it.

    Args:
        m: the municipality.
        postures: ids or names of postures.
        years: years after the base year, 1…50.
        draws: worlds, 1…20 000.
        seed: the seed of the worlds.
        known, core_task, law, assessment: as in `foresee`.
        turn_to: the posture to which turning is tried.

    Raises:
        FramsynError: something out of range or unknown.
    """
    check_request(postures, years, draws, seed)
    postures = posture_ids(postures, known)
    (turn_to,) = posture_ids((turn_to,), known)
    rules = strategies_of((*dict.fromkeys((*postures, turn_to)),), known, core_task)
    setting = prepare(m, years, seed, law, assessment)
    return warn(setting, {one: rules[one] for one in postures}, draws, (turn_to, rules[turn_to]))


def warn(
    setting: Setting, rules: Mapping[str, Conduct], draws: int, turn_to: tuple[str, Conduct]
) -> EarlyWarning:
    """The same for a municipality made ready and rules by id; `turn_to` is an id and its rule."""
    if not rules:
        raise FramsynError("Name at least one posture.")
    lives = live_postures(setting, rules, draws)
    told = {}
    for identity, rule in rules.items():
        records = lives.records[identity]
        lived = {one: met_in(records, one) for one in (*CRITERIA, ANY, *FOLLOWS)}
        some: Mapping[str, Mask] = {one: np.asarray(found.any(axis=1)) for one, found in lived.items()}
        told[identity] = PostureWarning(
            by_year={
                one: tuple(share_of(found[:, year]) for year in range(setting.years))
                for one, found in lived.items()
            },
            ever={one: share_of(found) for one, found in some.items()},
            told_apart=enough(some[ANY]),
            drivers=drivers(lives.drawn, some[ANY]),
            spiral=_spiral(setting, identity, rule, draws),
            turning=_turning(setting, identity, rule, draws, turn_to),
        )
    base = setting.municipality.bundle.base_year
    ahead = tuple(int(year) for year in np.arange(base + 1, base + setting.years + 1))
    return EarlyWarning(setting.municipality, ahead, draws, setting.seed, turn_to[0], told)


def _spiral(setting: Setting, identity: str, rule: Conduct, draws: int) -> Spiral | None:
    if identity == AS_IS or setting.years < LEAST_YEARS:
        return None
    return spiral(setting, rule, min(draws, MOST_TURNS))


def _turning(
    setting: Setting, identity: str, rule: Conduct, draws: int, turn_to: tuple[str, Conduct]
) -> Turning | None:
    if identity == turn_to[0] or setting.years < LEAST_TIME:
        return None
    return turning_year(setting, rule, turn_to[1], min(draws, MOST_TURNS))
