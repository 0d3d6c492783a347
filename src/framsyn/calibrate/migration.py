"""Local moves inside the country: who leaves and who comes, by sex and age, in every municipality.

Three facts are met at once: the municipality's published totals in and out (recent years, shrunk),
its net by sex and age band (cohort changes, shrunk), and the national turnover by age. In a cell with
net N and scale m (the moves there would be without net), in·out = m² gives

    in = N/2 + √(N²/4 + m²),  out = −N/2 + √(N²/4 + m²),

both positive whatever N. Newcomers are then balanced so that every mover by sex and age who leaves one
place arrives in another.
"""

from dataclasses import dataclass

import numpy as np

from framsyn.calibrate.migration_abroad import Abroad, abroad_net, local_abroad
from framsyn.calibrate.migration_schedules import NetChanges, Turnover, net_changes, turnover
from framsyn.calibrate.model_schedules import parameters
from framsyn.calibrate.setting import (
    ASSUMED,
    ESTIMATED,
    Floats,
    LocalRates,
    Setting,
    recency_by_size,
    smooth,
)
from framsyn.calibrate.shrinkage import (
    NormalPosterior,
    Shrunk,
    effective_counts,
    shrink_normal,
    shrink_ratios,
)

#: First start ages of the bands in which a municipality's net is estimated; single years 15–21.
BAND_STARTS = (0, 3, 6, 10, 13, 15, 16, 17, 18, 19, 20, 21, 22, 24, 26, 29, 33, 38, 46, 56, 66, 76)
LEVEL_YEARS = 6
#: Residents that weigh as much as the national age structure where local cells are thin.
STRUCTURE_PERSONS = 100.0
LEAST, MOST = 1e-5, 0.9
ROUNDS = 40


@dataclass(frozen=True)
class LocalMigration:
    """Moves of every municipality in the base year.

    Attributes:
        out_rate: rate [P, 2, 101], probability by age at the start of the year (of survivors).
        in_count: rate [P, 2, 101], persons a year by age at the start of the year.
        abroad: immigration and emigration.
        net_weight: [P] mean weight of the own net by age band.
        turnover: the national schedule.

    """

    out_rate: LocalRates
    in_count: LocalRates
    abroad: Abroad
    net_weight: Floats
    turnover: Turnover


def local_migration(setting: Setting, mortality: Floats) -> LocalMigration:
    """Internal and foreign moves of every municipality.

    Args:
        setting: places and years.
        mortality: [P, 2, 101] probability of dying; only survivors move.

    """
    abroad = local_abroad(setting)
    changes = net_changes(setting)
    schedule = turnover(setting, changes)
    levels_in, levels_out = gross_levels(setting, schedule)
    net = net_by_band(setting, abroad, changes, schedule)
    alive = setting.population * (1.0 - mortality)
    out, came = fit(schedule.rate, alive, net.mean, levels_in.ratio, levels_out.ratio)
    status = max(schedule.status, ASSUMED if not setting.component("in_migration") else ESTIMATED)
    note = (
        f"turnover by age: {schedule.note}; totals: recent years, the latest weighing most "
        f"(k = {levels_out.shape:.0f} out, {levels_in.shape:.0f} in); net by age band: cohort changes "
        f"of {list(changes.years)} shrunk to places of the size"
    )
    return LocalMigration(
        LocalRates(out, levels_out.weight, note, status),
        LocalRates(came, levels_in.weight, note, status),
        abroad,
        net.weight.mean(axis=1),
        schedule,
    )


def gross_levels(setting: Setting, schedule: Turnover) -> tuple[Shrunk, Shrunk]:
    """Persons a year moving in and out as `ratio` [P], national sums equal; weights of own data."""
    movers = national_movers(setting, schedule)
    base = (setting.population * schedule.rate).sum(axis=(1, 2))
    return (
        gross_level(setting, schedule, "in_migration", base / base.sum() * movers),
        gross_level(setting, schedule, "out_migration", base / base.sum() * movers),
    )


def national_movers(setting: Setting, schedule: Turnover) -> float:
    """Movers between municipalities in the latest year; else half the turnover, else assumed."""
    counts = setting.component("out_migration")
    if counts:
        return float(counts[max(counts)].sum())
    if schedule.status == ESTIMATED:
        return float((schedule.rate * setting.population).sum()) / 2.0
    return parameters("turnover")["movers_per_resident"] * float(setting.size.sum())


def gross_level(setting: Setting, schedule: Turnover, name: str, base: Floats) -> Shrunk:
    """Persons a year [P] of one direction: expected at the base structure × posterior ratio."""
    counts = setting.component(name)
    years = sorted(counts)[-LEVEL_YEARS:]
    if not years:
        return Shrunk(base, np.zeros_like(base), base, np.inf)
    expected = {y: (setting.structure(y - 1) * schedule.rate).sum(axis=(1, 2)) for y in years}
    scaled = [expected[y] * counts[y].sum() / expected[y].sum() for y in years]
    observed, wanted = effective_counts(
        np.stack([counts[y] for y in years], axis=1),
        np.stack(scaled, axis=1),
        recency_by_size(years, setting.size),
    )
    shrunk = shrink_ratios(observed, wanted, setting.size_design())
    persons = base * shrunk.ratio
    return Shrunk(persons * base.sum() / persons.sum(), shrunk.weight, shrunk.prior, shrunk.shape)


def bands() -> Floats:
    """[101, B] membership of ages in bands, 0 or 1."""
    index = np.searchsorted(np.array(BAND_STARTS), np.arange(101), side="right") - 1
    return np.eye(len(BAND_STARTS))[index]


def by_band(values: Floats) -> Floats:
    """Sum [..., 2, 101] over ages into [..., 2, B]."""
    total: Floats = values @ bands()
    return total


def net_by_band(setting: Setting, abroad: Abroad, changes: NetChanges, schedule: Turnover) -> NormalPosterior:
    """Posterior net rate inside the country [P, 2·B], persons per survivor and year.

    The noise of an observed net is Skellam: the variance is the number of moves.
    """
    alive = changes.alive.sum(axis=0)
    if not changes.years:
        empty = np.zeros((len(setting.codes), 2 * len(BAND_STARTS)))
        return NormalPosterior(empty, empty)
    net = changes.net.sum(axis=0) - abroad_net(setting, abroad, changes.years)
    level = (setting.population * schedule.rate).sum(axis=(1, 2))
    gross = sum(gross.ratio for gross in gross_levels(setting, schedule)) / np.maximum(level, 1e-9)
    moves = by_band(alive * schedule.rate * gross[:, None, None] + changes.died.sum(axis=0)) + 0.5
    exposure = by_band(alive) + 0.5
    flat = (len(setting.codes), -1)
    rate = (by_band(net) / exposure).reshape(flat)
    noise = (moves / exposure**2).reshape(flat)
    return shrink_normal(rate, noise, setting.size_design())


def reference(alive: Floats) -> Floats:
    """[P, 2, 101] survivors, thin cells filled from the nation's structure; positive."""
    nation = alive.sum(axis=0)
    size = alive.sum(axis=(1, 2))
    own = (size / (size + STRUCTURE_PERSONS))[:, None, None]
    spread = size[:, None, None] * nation / nation.sum()
    filled: Floats = np.maximum(own * alive + (1.0 - own) * spread, 1e-9)
    return filled


def fit(
    schedule: Floats,
    alive: Floats,
    net_rate: Floats,
    total_in: Floats,
    total_out: Floats,
) -> tuple[Floats, Floats]:
    """Out-rates and in-counts [P, 2, 101] that meet totals, nets and national turnover.

    Args:
        schedule: [2, 101] turnover by sex and age (any level).
        alive: [P, 2, 101] survivors of the base population.
        net_rate: [P, 2·B] net per survivor.
        total_in, total_out: [P] persons a year, with equal sums.

    """
    stay = reference(alive)
    out_base, in_base = schedule * stay, schedule * smooth(stay, 3)
    risk, come = by_band(out_base), by_band(in_base)
    persons = net_rate.reshape(risk.shape) * by_band(alive)
    scale = np.sqrt(risk * come)
    # the band nets of past years are shifted to today's net in proportion to moves
    gap = (total_in - total_out) - persons.sum(axis=(1, 2))
    persons = persons + scale * (gap / scale.sum(axis=(1, 2)))[:, None, None]
    scale = scale * level_for(persons, scale, total_in + total_out)[:, None, None]
    root = np.sqrt(persons**2 / 4.0 + scale**2)
    spread = bands().T
    leave = ((root - persons / 2.0) / risk) @ spread * schedule
    arrive = ((root + persons / 2.0) / come) @ spread * in_base
    return balance(alive, leave, arrive, total_in, total_out)


def level_for(net: Floats, scale: Floats, gross: Floats) -> Floats:
    """Factor [P] on `scale` that makes the gross Σ 2·√(N²/4 + (f·m)²) meet the known total.

    Bisection on ln f. Where the nets alone exceed the total, the factor stops at its lower end and
    `balance` settles the rest.
    """
    low, high = np.full(len(gross), -4.0), np.full(len(gross), 8.0)
    for _ in range(ROUNDS):
        middle = (low + high) / 2.0
        moves = 2.0 * np.sqrt(net**2 / 4.0 + (np.exp(middle)[:, None, None] * scale) ** 2)
        above = moves.sum(axis=(1, 2)) > gross
        high, low = np.where(above, middle, high), np.where(above, low, middle)
    factor: Floats = np.exp((low + high) / 2.0)
    return factor


def balance(
    alive: Floats, leave: Floats, arrive: Floats, total_in: Floats, total_out: Floats
) -> tuple[Floats, Floats]:
    """Scale to the totals by place and make newcomers equal leavers by sex and age, exactly.

    The discrepancy at an age is split evenly between leaving and coming. Where nobody is told to move, as
    many come to a place as leave it.
    """
    for _ in range(ROUNDS):
        leave = np.clip(leave, LEAST, MOST)
        gone = alive * leave
        excess = np.sqrt(_ratio(gone.sum(axis=0), arrive.sum(axis=0)))
        arrive = arrive * excess
        leave = np.divide(leave, excess, out=leave.copy(), where=excess > 0.0)  # nobody is of the age
        arrive = arrive * _ratio(total_in, arrive.sum(axis=(1, 2)))[:, None, None]
        leave = leave * (total_out / np.maximum((alive * leave).sum(axis=(1, 2)), 1e-9))[:, None, None]
    leave = np.clip(leave, LEAST, MOST)
    gone = alive * leave
    come = arrive.sum(axis=0)
    return leave, np.where(come > 0.0, arrive * _ratio(gone.sum(axis=0), come), gone)


def _ratio(above: Floats, below: Floats) -> Floats:
    """`above` over `below`; 1 where `below` is nobody."""
    return np.divide(above, below, out=np.ones_like(below), where=below > 0.0)
