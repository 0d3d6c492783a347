"""The national schedule of moves by age and sex, read from net changes of small municipalities.

No table gives moves by age. But a municipality's yearly net change at an age is a difference of two
Poisson counts (Skellam): its variance is the *sum* of those who came and went. The difference between
two years' net changes at the same age has the variance of both years' moves, and what does not
change from year to year (the young leave, families come) cancels in it. Summed over the many
municipalities too small for real changes to matter, it tells the turnover at every age.

Source of the distribution: Skellam (1946), J. Royal Statistical Society 109:296.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.calibrate.model_schedules import model_migration
from framsyn.calibrate.mortality import cohort_probability, regional_mortality
from framsyn.calibrate.setting import (
    AGES,
    ASSUMED,
    ESTIMATED,
    OPEN_AGE,
    Floats,
    Setting,
    next_age,
    smooth,
)

#: Municipalities above this size are left out: there real changes outweigh chance.
LARGEST_PERSONS = 30_000
#: Above this age deaths drown moves in the net change; the schedule goes on flat, then rises slowly.
LAST_AGE = 75


@dataclass(frozen=True)
class NetChanges:
    """Net migration by cohort, from observed structures one year apart.

    Attributes:
        years: years of the flows.
        net: [Y, P, 2, 101] net persons by age at the start of the year, all moves together.
        alive: [Y, P, 2, 101] persons of the start expected to live at the end.
        died: [Y, P, 2, 101] deaths expected among them.

    """

    years: tuple[int, ...]
    net: Floats
    alive: Floats
    died: Floats


@dataclass(frozen=True)
class Turnover:
    """Shape of moves by sex and age [2, 101] (per person-year, coming and going), and its origin."""

    rate: Floats
    status: int
    note: str


def net_changes(setting: Setting) -> NetChanges:
    """Residual net migration by cohort in every pair of observed years one year apart."""
    years = tuple(y for y in sorted(setting.observed) if y - 1 in setting.observed)
    rates = regional_mortality(setting)
    parts = [residual(setting, rates, year) for year in years]
    empty = np.zeros((0, *setting.population.shape))
    if not parts:
        return NetChanges(years, empty, empty, empty)
    net, alive, died = (np.stack(part) for part in zip(*parts, strict=True))
    return NetChanges(years, net, alive, died)


def residual(setting: Setting, rates: dict[int, Floats], year: int) -> tuple[Floats, Floats, Floats]:
    """Net migration, survivors and deaths [P, 2, 101] of one year by age at its start."""
    start, end = setting.observed[year - 1], setting.observed[year]
    nearest = rates[min(rates, key=lambda known: abs(known - year))]
    died = start * cohort_probability(nearest)[setting.region]
    alive = start - died
    change = end - next_age(alive)
    net = np.zeros_like(start)
    net[..., : OPEN_AGE - 1] = change[..., 1:OPEN_AGE]
    # those of 99 and of 100+ arrive in the same open age
    net[..., OPEN_AGE - 1] = change[..., OPEN_AGE]
    return net, alive, died


def turnover(setting: Setting, changes: NetChanges) -> Turnover:
    """Moves (in + out, all kinds) per person-year by sex and age, positive everywhere."""
    sizes = setting.size
    small = sizes <= max(LARGEST_PERSONS, float(np.median(sizes)))
    if len(changes.years) < 2 or small.sum() < 30:
        model = np.broadcast_to(2.0 * model_migration(), (2, AGES)).copy()
        note = "Rogers–Castro standard schedule: too few observed years or places for an own one"
        return Turnover(model, ASSUMED, note)
    raw = skellam_turnover(changes, small)
    note = (
        f"variance between the net changes by age of {changes.years[0]} and {changes.years[-1]} in "
        f"{int(small.sum())} municipalities of at most {int(sizes[small].max()):,} residents"
    )
    return Turnover(finish(raw), ESTIMATED, note)


def skellam_turnover(changes: NetChanges, among: NDArray[np.bool_]) -> Floats:
    """Raw moves per person-year [2, 101]: variance of year-to-year differences over exposure.

    The expected difference (cohorts of another size) is taken out; the binomial variance of deaths
    is subtracted.
    """
    moves = np.zeros(changes.net.shape[2:])
    exposure = np.zeros_like(moves)
    for earlier in range(len(changes.years) - 1):
        pair = slice(earlier, earlier + 2)
        net, alive, died = (x[pair][:, among] for x in (changes.net, changes.alive, changes.died))
        grown = (alive[1] + 1.0) / (alive[0] + 1.0)
        difference = net[1] - net[0] * np.clip(grown, 0.5, 2.0)
        # a difference scaled by g has variance g²·V0 + V1: its own exposure keeps it unbiased
        moves += (difference**2 - died.sum(axis=0)).sum(axis=0)
        exposure += (alive[1] + alive[0] * np.clip(grown, 0.5, 2.0) ** 2).sum(axis=0)
    raw: Floats = moves / np.maximum(exposure, 1.0)
    return raw


def finish(raw: Floats) -> Floats:
    """Smooth the raw schedule over age, more where it is flat, and carry it on past `LAST_AGE`.

    The sexes share the old ages, where counts are few.
    """
    fine, coarse = smooth(raw, 1), smooth(smooth(raw, 3), 3)
    ages = np.arange(AGES)
    sharp = np.clip(1.0 - np.abs(ages - 21.0) / 8.0, 0.0, 1.0)
    mixed = sharp * fine + (1.0 - sharp) * coarse
    both = mixed.mean(axis=0)
    old = np.clip((ages - 50.0) / 15.0, 0.0, 1.0)
    mixed = (1.0 - old) * mixed + old * both
    tail = both[LAST_AGE - 15 : LAST_AGE].mean()
    mixed[:, LAST_AGE - 7 :] = tail
    least = 0.2 * mixed[:, 40:65].mean()
    finished: Floats = np.maximum(mixed, least)
    return finished
