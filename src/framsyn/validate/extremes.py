"""What the model does where conduct is extreme: the conditions of `conditions.csv`, as levers held."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.model.layout import (
    AMBITION,
    AREA_IDS,
    AREAS,
    CASH,
    HOUSING,
    LOANS,
    POPULATION,
    REPAIR_DEBT,
    SKILLS,
    TAX_RATE,
    TRUST,
    YOUTH_OUTSIDE,
    Floats,
    Place,
    area_of,
)
from framsyn.validate.trial import Trial

#: Years after which conditions are read, and those of skills.
YEARS, LONG = 20, 40
#: Levers by the names that `conditions.csv` uses, beside the areas.
OTHER = {"tax_rate": TAX_RATE, "housing": HOUSING}
TERM = re.compile(r"([a-z_]+)([*+-])([0-9.]+)")


class Condition(NamedTuple):
    """An extreme condition.

    Attributes:
        id: its id.
        label: what is done.
        levers: what is held, as `lever*share`, `lever+amount` or `lever-amount` of the base year's.
        expected: what a model of a municipality ought to show.
    """

    id: str
    label: str
    levers: str
    expected: str

    def pins(self, place: Place) -> dict[int, float]:
        """The levers that are held in a municipality.

        Raises:
            FramsynError: a term that is none.
        """
        pins: dict[int, float] = {}
        for text in self.levers.split():
            term = TERM.fullmatch(text)
            if term is None:
                raise FramsynError("{term} is no term of levers.", term=text)
            name, sign, number = term[1], term[2], float(term[3])
            base = place.income_tax_rate if name == "tax_rate" else 0.0
            value = number if sign == "*" else base + (number if sign == "+" else -number)
            pins.update(dict.fromkeys(_levers(name), value))
        return pins


def _levers(name: str) -> tuple[int, ...]:
    if name == "all":
        return tuple(range(AMBITION, AMBITION + AREAS))
    return (AMBITION + area_of(name) if name in AREA_IDS else OTHER[name],)


@cache
def conditions() -> Mapping[str, Condition]:
    """The conditions by id, in the order of the table."""
    return {row["id"]: Condition(**row) for row in rows("framsyn.validate", "conditions.csv")}


def residents_change(records: Floats, baseline: Floats, year: int) -> Floats:
    """[draw] change of residents against the lives as today in the same worlds, percent."""
    changed: Floats = 100.0 * (records[:, year, POPULATION] / baseline[:, year, POPULATION] - 1.0)
    return changed


class Answer(NamedTuple):
    """What a condition does in one municipality.

    Attributes:
        residents: 10, 50 and 90 % of the change of residents after `YEARS`, percent.
        fewer: share of draws with fewer residents.
        less_trust, more_youth_outside: share of draws where it is worse.
        lower_skills: share of draws with lower skills after `LONG` years; NaN where lives are shorter.
        skills: median of their change, percent.
        burden: median change of loans + repair debt − cash, euros per resident.
    """

    residents: tuple[float, float, float]
    fewer: float
    less_trust: float
    more_youth_outside: float
    lower_skills: float
    skills: float
    burden: float


def answer(trial: Trial, condition: Condition) -> Answer:
    """Live a condition in the worlds of a trial."""
    records, baseline = trial.held(condition.pins(trial.setting.place)), trial.baseline
    changed = residents_change(records, baseline, YEARS)
    then, now = baseline[:, YEARS], records[:, YEARS]
    low, median, high = np.quantile(changed, [0.1, 0.5, 0.9])
    skills = np.full(len(records), np.nan)
    if records.shape[1] > LONG:
        skills = 100.0 * (records[:, LONG, SKILLS] / baseline[:, LONG, SKILLS] - 1.0)
    return Answer(
        (float(low), float(median), float(high)),
        float(np.mean(changed < 0.0)),
        float(np.mean(now[:, TRUST] < then[:, TRUST])),
        float(np.mean(now[:, YOUTH_OUTSIDE] > then[:, YOUTH_OUTSIDE])),
        float(np.mean(skills < 0.0)) if np.isfinite(skills).all() else float("nan"),
        float(np.median(skills)),
        float(np.median(burden(now) - burden(then))),
    )


def burden(row: Floats) -> Floats:
    """[draw] loans + repair debt − cash, euros per resident, of records [draw, indicator]."""
    total: Floats = row[:, LOANS] + row[:, REPAIR_DEBT] - row[:, CASH]
    return total
