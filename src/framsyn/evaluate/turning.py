"""The last year in which turning still works: another posture takes over and brings balance back.

A life is *in balance* at the end of its years when, over the last WINDOW of them,

- it pays its way: its annual margin covers the base year's depreciation in real euros, which stands for
  assets that are kept up, or its cash flow of operations and investments is at least zero;
- no deficit is left uncovered beyond the law's time and none is too large (Municipal Act §§ 110 and 118);
- its repair debt does not grow by more than a tenth of that depreciation a year.

Every year of turning is judged at the same end, so that they are comparable; at least LEAST_TIME years are
left after the turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.foresee.postures import AS_IS, posture
from framsyn.foresee.setting import Setting
from framsyn.model.course import Conduct, switched
from framsyn.model.layout import (
    ANNUAL_MARGIN,
    CASH_FLOW,
    DEFICIT_TOO_LARGE,
    DEFICIT_UNCOVERED,
    DEPRECIATION,
    POPULATION,
    REPAIR_DEBT,
    Floats,
)

#: Years that must be left after the turn, and over which balance is judged.
LEAST_TIME, WINDOW = 8, 3
#: Yearly growth of repair debt that counts as none, share of the base year's depreciation.
SETTLED = 0.1
#: Share of lives from which on turning is said to work.
LIKELY = 0.5

Outcome = Literal["year", "always", "never"]


@dataclass(frozen=True)
class Turning:
    """Until when turning from one posture to another still brings the municipality back to balance.

    Attributes:
        outcome: `year` = in every year until the one told; `always` = in every year looked at; `never` =
            not even in the base year.
        year: the last year lived under the first posture; None unless the outcome is `year`.
        years: [turn] the last years under the first posture that were looked at, the base year first.
        turned: [turn] share of lives that are in balance at the end after turning. Where law has forced
            the first posture to act in the meantime, it may rise again.
        stayed: share of lives that are in balance at the end without turning.
    """

    outcome: Outcome
    year: int | None
    years: tuple[int, ...]
    turned: tuple[float, ...]
    stayed: float


def turning_year(
    setting: Setting,
    rule: Conduct,
    other: Conduct,
    draws: int = 100,
    least_time: int = LEAST_TIME,
) -> Turning:
    """Find the last year until which turning from `rule` to `other` still brings balance back.

    Args:
        setting: the municipality made ready; balance is judged at the end of its years.
        rule: the posture until the turn.
        other: the posture from the turn on.
        draws: worlds.
        least_time: years that must be left after the turn.

    Raises:
        FramsynError: `least_time` is shorter than the window of judgement or longer than the years.
    """
    if not WINDOW <= least_time <= setting.years:
        raise FramsynError(
            "From {least} to {most} years must be left after the turn; {years} was given.",
            least=WINDOW,
            most=setting.years,
            years=least_time,
        )
    drawn = setting.draw(range(draws))
    as_today = setting.live(drawn, setting.course(posture(AS_IS)))
    base = setting.municipality.bundle.base_year
    balanced = []
    for last in range(setting.years - least_time + 1):
        course = setting.course(switched(rule, other, base + last + 1))
        lives = setting.live(drawn, course, as_today)
        balanced.append(float(in_balance(lives).mean()))
    outcome, place = last_likely(balanced)
    return Turning(
        outcome=outcome,
        year=None if place is None else base + place,
        years=tuple(range(base, base + len(balanced))),
        turned=tuple(balanced),
        stayed=float(in_balance(setting.live(drawn, setting.course(rule), as_today)).mean()),
    )


def last_likely(shares: Sequence[float]) -> tuple[Outcome, int | None]:
    """The last place until which every share is at least LIKELY; None where that is all or none of them."""
    unlikely = next((place for place, share in enumerate(shares) if share < LIKELY), None)
    if unlikely is None:
        return "always", None
    if unlikely == 0:
        return "never", None
    return "year", unlikely - 1


def in_balance(records: Floats) -> NDArray[np.bool_]:
    """[draw] whether the life [draw, year, indicator] is in balance at the end of its years."""
    window = records[:, -WINDOW:]
    wear = records[:, :1, DEPRECIATION] * records[:, :1, POPULATION]
    covered = (window[..., ANNUAL_MARGIN] - wear / window[..., POPULATION]).mean(axis=1) >= 0.0
    pays = covered | (window[..., CASH_FLOW].mean(axis=1) >= 0.0)
    lawful = records[:, -1, DEFICIT_UNCOVERED] + records[:, -1, DEFICIT_TOO_LARGE] == 0.0
    repair_debt = records[..., REPAIR_DEBT] * records[..., POPULATION]
    grown = repair_debt[:, -1] - repair_debt[:, -1 - WINDOW]
    return np.asarray(pays & lawful & (grown <= SETTLED * WINDOW * wear[:, 0]), dtype=np.bool_)
