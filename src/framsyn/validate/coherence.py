"""Whether lives as today stay where municipalities have been, and how far conduct parts them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.evidence.register import effect
from framsyn.foresee.setting import Drawn
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import (
    CASH,
    COHESION,
    COOPERATION,
    DIGITAL_REACH,
    EXCLUSION,
    HOMES_COMPLETED,
    JOBS,
    LOANS,
    MERGED,
    POPULATION,
    PROCEDURE,
    REPAIR_DEBT,
    SAFETY_FELT,
    TRUST,
    TURNOUT,
    UNEMPLOYMENT_RATE,
    VACANCY,
    YOUTH_OUTSIDE,
    Floats,
)
from framsyn.validate.conduct import drawn_pins
from framsyn.validate.extremes import YEARS
from framsyn.validate.trial import Trial

#: Loans of a municipality beyond what any has had, euros per resident.
WANDERING = 15_000.0
#: What cannot go below a bound or beyond: columns, and the bounds where a life would rest on them.
ENDS = (0.0, 100.0)
BOUNDED: Mapping[str, tuple[int, tuple[float, ...]]] = {
    "no empty home": (VACANCY, (0.0,)),
    "no home completed": (HOMES_COMPLETED, (0.0,)),
    "no job": (JOBS, (0.0,)),
    "no cash": (CASH, (0.0,)),
    "no loans": (LOANS, (0.0,)),
    "no repair debt": (REPAIR_DEBT, (0.0,)),
    "trust at an end": (TRUST, ENDS),
    "cohesion at an end": (COHESION, ENDS),
    "cooperation at an end": (COOPERATION, ENDS),
    "safety at an end": (SAFETY_FELT, ENDS),
    "digital reach at an end": (DIGITAL_REACH, ENDS),
    "turnout at an end": (TURNOUT, ENDS),
    "low income at an end": (EXCLUSION, ENDS),
    "youth outside at an end": (YOUTH_OUTSIDE, ENDS),
}


class Coherence(NamedTuple):
    """Lives as today of one municipality.

    Attributes:
        residents: of the base year.
        mean_less_median: of unemployment after `YEARS` years, percentage points.
        by_chance: its standard error from so many draws, as of a normal.
        loans: mean and 90 % of loans after `YEARS` years, euros per resident.
        wandering: share of lives with loans above `WANDERING` without a procedure or merger until then.
        procedures, merged: share of lives with a procedure ever, and merged, within `YEARS` years.
        bounds: by name of `BOUNDED`, share of years of lives that rest on it.
        gaps: [conduct, draw] logarithm of residents under random conduct over those as today.
    """

    residents: float
    mean_less_median: float
    by_chance: float
    loans: tuple[float, float]
    wandering: float
    procedures: float
    merged: float
    bounds: dict[str, float]
    gaps: Floats


def coherence(trial: Trial, conducts: int, seed: int) -> Coherence:
    """Read lives as today, and live random conducts in the same worlds."""
    lives = trial.baseline[:, : YEARS + 1]
    last, place = lives[:, YEARS], trial.setting.place
    rate, loans = last[:, UNEMPLOYMENT_RATE], last[:, LOANS]
    free = (lives[:, 1:, PROCEDURE].max(axis=1) == 0.0) & (last[:, MERGED] == 0.0)
    code = trial.setting.municipality.code
    gaps = [
        np.log(trial.held(drawn_pins(code, number, seed, place.income_tax_rate))[:, YEARS, POPULATION])
        - np.log(last[:, POPULATION])
        for number in range(conducts)
    ]
    return Coherence(
        residents=trial.setting.residents,
        mean_less_median=float(rate.mean() - np.median(rate)),
        by_chance=float(rate.std() * np.sqrt((0.5 * np.pi - 1.0) / len(rate))),
        loans=(float(loans.mean()), float(np.quantile(loans, 0.9))),
        wandering=float(np.mean((loans > WANDERING) & free)),
        procedures=float(np.mean(lives[:, 1:, PROCEDURE].max(axis=1) > 0.0)),
        merged=float(np.mean(last[:, MERGED] > 0.0)),
        bounds={
            name: float(np.mean(np.isin(lives[:, 1:, column], ends)))
            for name, (column, ends) in BOUNDED.items()
        },
        gaps=np.stack(gaps) if gaps else np.empty((0, len(lives))),
    )


def room(found: list[Coherence]) -> tuple[float, float, float]:
    """Standard deviation over municipalities of the gap that conduct makes, percent: 10, 50, 90 % over draws.

    Each draw has its own Finland, in which every municipality has a conduct of its own.
    """
    gaps = np.stack([one.gaps for one in found])
    spread = 100.0 * gaps.std(axis=0, ddof=1).ravel()
    low, median, high = np.quantile(spread, [0.1, 0.5, 0.9])
    return float(low), float(median), float(high)


def bounded_priors(drawn: Drawn) -> dict[str, float]:
    """Share of draws in which a coefficient lies on a bound of its prior that is not a school's zero."""
    found = {}
    for column, identity in enumerate(COEFFICIENTS):
        prior = effect(identity)
        values = drawn.effects[:, column]
        on = ((values <= prior.minimum) | (values >= prior.maximum)) & (values != 0.0)
        zero = (values == 0.0) & (prior.minimum == 0.0)
        share = float(np.mean(on | zero))
        if share > 0.0:
            found[identity] = share
    return found
