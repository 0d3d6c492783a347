"""Whether every coefficient, lever, indicator and community stock has a say: what moves when it moves."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from framsyn.evidence.register import Effect, effect
from framsyn.foresee.postures import posture
from framsyn.foresee.setting import Drawn, Setting
from framsyn.model import coefficients as c
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import (
    AIM_BASIC,
    AIM_EARLY,
    AIM_UPPER,
    AMBITION,
    AREA_IDS,
    AREAS,
    CASH,
    DIGITAL,
    EXCLUSION,
    HOUSING,
    INDICATOR_IDS,
    INTEGRATION,
    INVESTMENT_KEPT,
    JOBS,
    LEVERS,
    LOANS,
    NET_OPERATING_COST,
    PARTICIPATION,
    PLANNING,
    POPULATION,
    REPAIR_DEBT,
    TAX_RATE,
    TAX_REVENUE,
    UNEMPLOYMENT_RATE,
    UPKEEP,
    Floats,
)
from framsyn.validate.trial import Trial, trial_of

#: Areas whose spending the probes move.
TRIED = tuple(AMBITION + area for area in range(AREAS) if area != PARTICIPATION)
#: What a headline says, and the columns that it adds up (with their sign).
HEADLINES: Mapping[str, tuple[tuple[int, float], ...]] = {
    "residents": ((POPULATION, 1.0),),
    "jobs": ((JOBS, 1.0),),
    "unemployment": ((UNEMPLOYMENT_RATE, 1.0),),
    "low income": ((EXCLUSION, 1.0),),
    "tax revenue": ((TAX_REVENUE, 1.0),),
    "net cost": ((NET_OPERATING_COST, 1.0),),
    "loans": ((LOANS, 1.0),),
    "total burden": ((LOANS, 1.0), (REPAIR_DEBT, 1.0), (CASH, -1.0)),
}
#: The arrows that leave each stock of the community.
STOCKS: Mapping[str, tuple[int, ...]] = {
    "cooperation": (c.COOPERATION_TO_COST, c.COOPERATION_TO_BUSINESS),
    "trust": (c.TRUST_TO_TURNOVER,),
    "cohesion": (c.COHESION_TO_STAY, c.COHESION_TO_EXCLUSION),
    "safety": (c.SAFETY_TO_STAY,),
    "digital reach": (c.REACH_TO_DIGITAL,),
}
#: Conducts in which influence is looked for, beside the one of today.
CONDUCTS = ("engaging", "focused", "lazy", "given_up")
#: Levers held beside these, since no vision moves them all: less of all and more of all.
PROBES: tuple[Mapping[int, float], ...] = (
    {PLANNING: 0.5, HOUSING: -30.0, INTEGRATION: -10.0, UPKEEP: 0.5, **dict.fromkeys(TRIED, 0.6)},
    {PLANNING: 2.0, HOUSING: 60.0, INTEGRATION: 30.0, DIGITAL: 60.0, **dict.fromkeys(TRIED, 1.4)},
)
#: The largest change of a headline against its mean size at both ends; loans without bound count so.
MOST = 2.0
#: A coefficient whose prior has no range is moved by this share.
WITHOUT_RANGE = 0.2
#: A headline that changes by less than this part of itself does not change.
LEAST = 1e-9


class Influence(NamedTuple):
    """What a coefficient at its 90th instead of its 10th percentile does.

    Attributes:
        id: the coefficient.
        strength: letter of its evidence.
        changes: by headline, mean over municipalities and conducts of the absolute change of the mean of
            the draws, share of the headline's own mean.
    """

    id: str
    strength: str
    changes: Mapping[str, float]

    @property
    def idle(self) -> bool:
        """Whether no headline answers to it."""
        return all(change < LEAST for change in self.changes.values())


def headlines(records: Floats) -> dict[str, Floats]:
    """[draw] each headline in the last year."""
    last = records[:, -1]
    return {
        name: np.asarray(sum(sign * last[:, column] for column, sign in parts))
        for name, parts in HEADLINES.items()
    }


def influences(settings: Sequence[Setting], draws: range) -> list[Influence]:
    """The influence of every coefficient, in their order, over municipalities."""
    changes = np.zeros((len(COEFFICIENTS), len(HEADLINES)))
    for setting in settings:
        drawn = setting.draw(draws)
        for column in range(len(COEFFICIENTS)):
            changes[column] += _change(setting, drawn, column) / len(settings)
    return [
        Influence(identity, effect(identity).strength, dict(zip(HEADLINES, row.tolist(), strict=True)))
        for identity, row in zip(COEFFICIENTS, changes, strict=True)
    ]


def _change(setting: Setting, drawn: Drawn, column: int) -> Floats:
    """[headline] mean absolute change over today's conduct and `CONDUCTS`, share of the headline."""
    prior = effect(COEFFICIENTS[column])
    ends = []
    for value in _ends(prior):
        effects = drawn.effects.copy()
        effects[:, column] = value
        ends.append(_levels(trial_of(setting, drawn._replace(effects=effects))))
    low, high = ends
    with np.errstate(invalid="ignore", over="ignore"):
        scale = np.maximum(0.5 * (np.abs(low) + np.abs(high)), 1.0)
        changed = np.nan_to_num(np.abs(high - low) / scale, nan=MOST)
    return np.asarray(changed.mean(axis=0))


def _ends(prior: Effect) -> tuple[float, float]:
    """10th and 90th percentile of a prior; of one without a range, a fifth below and above."""
    if prior.low < prior.high:
        return prior.low, prior.high
    return prior.median * (1.0 - WITHOUT_RANGE), prior.median * (1.0 + WITHOUT_RANGE)


def _levels(trial: Trial) -> Floats:
    """[conduct, headline] means over the draws, today's conduct first, probes last."""
    courses = [trial.setting.course(posture(identity)) for identity in CONDUCTS]
    lives = [trial.baseline, *(trial.setting.live(trial.drawn, one, trial.baseline) for one in courses)]
    lives += [trial.held(pins) for pins in PROBES]
    return np.array([[values.mean() for values in headlines(records).values()] for records in lives])


def strongest(found: Sequence[Influence], headline: str, count: int = 10) -> list[Influence]:
    """The coefficients that move a headline most, the strongest first."""
    return sorted(found, key=lambda one: -one.changes[headline])[:count]


def stock_moves(trial: Trial, stock: str) -> float:
    """Largest change of a headline when the arrows that leave a stock of the community are cut.

    Under the engaging vision, share of the headline; 0 where no headline answers to the stock.
    """
    effects = trial.drawn.effects.copy()
    effects[:, list(STOCKS[stock])] = 0.0
    cut = trial_of(trial.setting, trial.drawn._replace(effects=effects))
    course = trial.setting.course(posture("engaging"))
    whole = headlines(trial.setting.live(trial.drawn, course, trial.baseline))
    without = headlines(cut.setting.live(cut.drawn, course, cut.baseline))
    return max(
        float(np.abs(whole[name] - without[name]).mean() / max(np.abs(whole[name]).mean(), 1.0))
        for name in HEADLINES
    )


def lever_ids() -> tuple[str, ...]:
    """Names of the levers in their order."""
    named = {
        AIM_EARLY: "places in early childhood education",
        AIM_BASIC: "places in basic education",
        AIM_UPPER: "places in upper secondary education",
        UPKEEP: "upkeep",
        INVESTMENT_KEPT: "investment kept",
        HOUSING: "land and homes",
        PLANNING: "planning",
        INTEGRATION: "integration",
        DIGITAL: "digitalisation",
        TAX_RATE: "income tax rate",
        **{AMBITION + area: AREA_IDS[area].replace("_", " ") for area in range(AREAS)},
    }
    return tuple(named[lever] for lever in range(LEVERS))


def lever_moves(trial: Trial) -> dict[str, dict[str, float]]:
    """By lever and headline, the change when the lever is held a tenth (10 € or 1 point) higher, share."""
    base = headlines(trial.baseline)
    found = {}
    for lever, name in enumerate(lever_ids()):
        records = headlines(trial.held({lever: _raised(trial, lever)}))
        found[name] = {
            headline: float(
                (records[headline] - base[headline]).mean() / max(abs(base[headline].mean()), 1.0)
            )
            for headline in HEADLINES
        }
    return found


def _raised(trial: Trial, lever: int) -> float:
    place = trial.setting.place
    people = place.population.sum()
    if lever == TAX_RATE:
        return place.income_tax_rate + 1.0
    if lever == AMBITION + PARTICIPATION:
        return float(place.costs[PARTICIPATION] / people + 10.0)
    if lever == DIGITAL:
        return place.digital + 10.0
    if lever in (HOUSING, INTEGRATION):
        return 10.0
    return 1.1


def still_indicators(records: Sequence[Floats]) -> list[str]:
    """Indicators that are the same in every year, draw and conduct of records [draw, year, indicator]."""
    lowest = np.min([one.min(axis=(0, 1)) for one in records], axis=0)
    highest = np.max([one.max(axis=(0, 1)) for one in records], axis=0)
    return [
        identity for identity, low, high in zip(INDICATOR_IDS, lowest, highest, strict=True) if low == high
    ]
