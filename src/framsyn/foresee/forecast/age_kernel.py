"""The compiled kernel of draws by age: one place's years in one draw, and what is read off many draws.

Each year cohorts grow older with the expected ratio, the draw's lasting deviations and the chance of
small numbers; births and deaths at old ages follow the draw's fertility and mortality; then the ages that
move are tilted so that the total is the draw's. Every function that calls another stands in this file.
"""

import numpy as np
from numpy.typing import NDArray

from framsyn.core.arrays import Floats, Ints
from framsyn.model.compiled import compiled, compiled_maker

Samples = NDArray[np.float32]

AGES, SEXES, CELLS = 101, 2, 202
OPEN_AGE = AGES - 1
#: Ages at the start of a year from which losses are mostly deaths.
FIRST_OLD = 62
#: Steps after the first; what is then left is spread evenly.
NEWTON_STEPS = 1
LARGEST_TILT = 1.0
#: Cells copied together: a cache line of single-precision numbers.
LINE = 16

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
S30, S27, S31 = np.uint64(30), np.uint64(27), np.uint64(31)
S16, S32, S48 = np.uint64(16), np.uint64(32), np.uint64(48)
WORD = np.uint64(0xFFFF)
#: The sum of four uniform 16-bit numbers has this mean and this standard deviation.
SUM_MEAN = 4.0 * 32767.5
SUM_SD = 37837.22723
TINY = 1e-30


@compiled
def mixed(value: np.uint64) -> np.uint64:
    """A 64-bit number as if at random from another (Steele, Lea & Flood 2014, SplitMix64)."""
    value = (value ^ (value >> S30)) * MIX_1
    value = (value ^ (value >> S27)) * MIX_2
    return value ^ (value >> S31)


@compiled
def fill_chance(state: np.uint64, noise: Floats) -> None:
    """Numbers with mean 0, variance 1 and nearly normal (the sum of four uniforms), one for each cell."""
    for cell in range(len(noise)):
        bits = state + np.uint64(cell + 1) * GOLDEN
        bits = (bits ^ (bits >> S30)) * MIX_1
        bits = (bits ^ (bits >> S27)) * MIX_2
        bits = bits ^ (bits >> S31)
        total = (bits & WORD) + ((bits >> S16) & WORD) + ((bits >> S32) & WORD) + (bits >> S48)
        noise[cell] = (np.float64(np.int64(total)) - SUM_MEAN) / SUM_SD


@compiled
def scattered(expected: float, half: float, noise: float) -> float:
    """A count around `expected` whose variance is (2 · `half`)² times it; never below zero, mean kept.

    The square root is scattered: its standard deviation, `half`, is the same for every size (Bartlett 1936).
    """
    root = np.sqrt(expected) + half * noise
    count: float = root * root * expected / (expected + half * half + TINY)
    return count


@compiled
def grow(
    now: Floats,
    after: Floats,
    ratio: Floats,
    lasting: Floats,
    mortality: float,
    half: Floats,
    noise: Floats,
) -> None:
    """Cohorts of one sex a year older, with chance; age 0 is left empty.

    Args:
        now: [101] persons at the start.
        after: [102] written; the last place is empty again afterwards.
        ratio: [101] expected cohort ratio by age at the start.
        lasting: [101] the draw's lasting factor by age at the start.
        mortality: the year's multiplier of losses at old ages.
        half: [102] half the yearly standard deviation of one person's count, by age at the end.
        noise: [101] chance by age at the start.
    """
    after[0] = 0.0
    for age in range(FIRST_OLD):
        expected = now[age] * ratio[age] * lasting[age]
        after[age + 1] = scattered(expected, half[age + 1], noise[age])
    for age in range(FIRST_OLD, AGES):
        loss = 1.0 - ratio[age]
        kept = 1.0 - (loss * mortality if loss > 0.0 else loss)
        expected = now[age] * max(kept, 0.0) * lasting[age]
        after[age + 1] = scattered(expected, half[age + 1], noise[age])
    after[OPEN_AGE] += after[AGES]
    after[AGES] = 0.0


@compiled
def bear(
    now: Floats, after: Floats, fertility: Floats, multiplier: float, boys: float, half: float, noise: Floats
) -> None:
    """Children aged 0 at the end, of the mean of the women at the start and the end; `noise` [2]."""
    born = 0.0
    for age in range(AGES):
        born += fertility[age] * (now[1, age] + after[1, age])
    born *= 0.5 * multiplier
    after[0, 0] = scattered(born * boys, half, noise[0])
    after[1, 0] = scattered(born * (1.0 - boys), half, noise[1])


@compiled
def meet(after: Floats, total: float, edges: Ints, moving: Floats, sums: Floats) -> None:
    """Tilt `after` [2, 102] along the ages that move so that it sums to `total`.

    Ages `edges[k]` to `edges[k + 1]` − 1 take part by `moving[k]` in what was not expected; `sums` [K]
    is working space.
    """
    kinds = len(moving)
    level, slope = 0.0, 1e-9
    for k in range(kinds):
        people = 0.0
        for age in range(edges[k], edges[k + 1]):
            people += after[0, age] + after[1, age]
        sums[k] = people
        level += people
        slope += people * moving[k]
    strength = min(max((total - level) / slope, -LARGEST_TILT), LARGEST_TILT)
    for _ in range(NEWTON_STEPS):
        level, slope = 0.0, 1e-9
        for k in range(kinds):
            tilted = sums[k] * np.exp(strength * moving[k])
            level += tilted
            slope += tilted * moving[k]
        strength += min(max((total - level) / slope, -LARGEST_TILT), LARGEST_TILT)
    level = 1e-9
    for k in range(kinds):
        factor = np.exp(strength * moving[k])
        level += sums[k] * factor
        sums[k] = factor
    rest = total / level
    for k in range(kinds):
        factor = rest * sums[k]
        for age in range(edges[k], edges[k + 1]):
            after[0, age] *= factor
            after[1, age] *= factor


@compiled
def scatter_start(start: Floats, half: Floats, group: Ints, noise: Floats, now: Floats, sums: Floats) -> None:
    """A base that was estimated: `now` scattered around `start`, age groups kept as they are known.

    Args:
        start: [2, 101] estimated persons.
        half: [101] half the standard deviation of one person's count; nothing happens where all are 0.
        group: [101] index of the group whose sum is known.
        noise: [202] chance of each cell.
        now: [2, 102] written.
        sums: [2, G] working space.
    """
    sums[:] = 0.0
    for sex in range(SEXES):
        for age in range(AGES):
            count = scattered(start[sex, age], half[age], noise[sex * AGES + age])
            now[sex, age] = count
            sums[0, group[age]] += start[sex, age]
            sums[1, group[age]] += count
    for sex in range(SEXES):
        for age in range(AGES):
            now[sex, age] *= sums[0, group[age]] / (sums[1, group[age]] + TINY)


@compiled_maker
def draw_ages(
    start: Floats,
    start_variance: Floats,
    start_group: Ints,
    ratio: Floats,
    fertility: Floats,
    boys: float,
    totals: Floats,
    births: Floats,
    mortality: Floats,
    lasting: Floats,
    variance: Floats,
    edges: Ints,
    moving: Floats,
    seed: int,
    place: int,
    first_draw: int,
    people: Samples,
) -> None:
    """Population by age of one place in every draw and year.

    Args:
        start: [2, 101] persons in the base year.
        start_variance: [101] variance a person of the base, 0 where it was observed.
        start_group: [101] index of the age group whose size in the base is known.
        ratio: [H, 2, 101] expected cohort ratios.
        fertility: [101] children alive at year end per woman-year.
        boys: share of boys.
        totals: [D, H] totals to meet.
        births: [D, H] multiplier of fertility.
        mortality: [D, H] multiplier of losses at old ages.
        lasting: [D, 101] lasting factors of the cohort ratio.
        variance: [102] yearly variance a person, by age at the end of the year.
        edges: [K + 1] first ages of kinds, and 101.
        moving: [K] how strongly each kind of ages takes part in an unexpected total.
        seed: seed of the draws.
        place: number of the place.
        first_draw: number of the first draw.
        people: [D, H, 202] written: males by age, then females.
    """
    draws, years = totals.shape
    now = np.zeros((SEXES, AGES + 1))
    after = np.zeros((SEXES, AGES + 1))
    noise = np.empty(CELLS + SEXES)
    sums = np.empty(len(moving))
    start_sums = np.empty((2, int(start_group.max()) + 1))
    start_half, half = 0.5 * np.sqrt(start_variance), 0.5 * np.sqrt(variance)
    for draw in range(draws):
        state = mixed(np.uint64(seed) + GOLDEN * np.uint64(place + 1))
        state = mixed(state + GOLDEN * np.uint64(first_draw + draw + 1))
        fill_chance(state, noise)
        scatter_start(start, start_half, start_group, noise, now, start_sums)
        for year in range(years):
            state = mixed(state + GOLDEN)
            fill_chance(state, noise)
            for sex in range(SEXES):
                own = noise[sex * AGES : (sex + 1) * AGES]
                grow(now[sex], after[sex], ratio[year, sex], lasting[draw], mortality[draw, year], half, own)
            bear(now, after, fertility, births[draw, year], boys, half[0], noise[CELLS:])
            meet(after, totals[draw, year], edges, moving, sums)
            for sex in range(SEXES):
                for age in range(AGES):
                    people[draw, year, sex * AGES + age] = after[sex, age]
            now, after = after, now


@compiled
def smallest(values: Samples, first: int, last: int, rank: int) -> None:
    """Reorder `values[first:last+1]` so that `values[rank]` is in its sorted place (Hoare's selection)."""
    low, high = first, last
    while low < high:
        pivot = values[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if rank <= j:
            high = j
        elif rank >= i:
            low = i
        else:
            return


@compiled
def bin_values(values: Samples, low: float, high: float, bins: NDArray[np.uint8], counts: Ints) -> None:
    """Sort `values` between `low` and `high` roughly into 256 bins: `bins` of each, `counts` of all."""
    counts[:] = 0
    scale = 255.999 / max(high - low, 1e-30)
    for i in range(len(values)):
        bins[i] = np.uint8((values[i] - low) * scale)
    for i in range(len(values)):
        counts[bins[i]] += 1


@compiled
def order_statistic(
    values: Samples, rank: int, bins: NDArray[np.uint8], counts: Ints, inside: Samples
) -> float:
    """The rank-th smallest of binned values; only its bin is searched, in `inside`."""
    below = 0
    chosen = 0
    while below + counts[chosen] <= rank:
        below += counts[chosen]
        chosen += 1
    found = 0
    for i in range(len(values)):
        if bins[i] == chosen:
            inside[found] = values[i]
            found += 1
    smallest(inside, 0, found - 1, rank - below)
    return float(inside[rank - below])


@compiled_maker
def summarise_cells(people: Samples, shares: Floats, summary: Samples) -> None:
    """Mean and quantiles (linear between order statistics) over draws of every cell.

    Args:
        people: [D, N] persons.
        shares: [Q] shares of the quantiles.
        summary: [1 + Q, N] written: the mean, then the quantiles.
    """
    draws, cells = people.shape
    line = np.empty((LINE, draws), dtype=np.float32)
    inside = np.empty(draws, dtype=np.float32)
    bins = np.empty(draws, dtype=np.uint8)
    counts = np.empty(256, dtype=np.int64)
    for first in range(0, cells, LINE):
        width = min(LINE, cells - first)
        for draw in range(draws):
            for k in range(width):
                line[k, draw] = people[draw, first + k]
        for k in range(width):
            values = line[k]
            total, low, high = 0.0, values[0], values[0]
            for draw in range(draws):
                total += values[draw]
                low = min(low, values[draw])
                high = max(high, values[draw])
            summary[0, first + k] = total / draws
            bin_values(values, low, high, bins, counts)
            for q in range(len(shares)):
                position = shares[q] * (draws - 1)
                rank = int(position)
                at = order_statistic(values, rank, bins, counts, inside)
                if rank + 1 < draws and position > rank:
                    after = order_statistic(values, rank + 1, bins, counts, inside)
                    at += (position - rank) * (after - at)
                summary[1 + q, first + k] = at
