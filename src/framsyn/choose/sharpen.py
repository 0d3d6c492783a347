"""From a box of the peeling to one with few limits, each set where it tells failures best.

Peeling is patient: it leaves limits a peel wide of the mark and picks up columns by chance. Here limits are
dropped one dimension after the other, the least missed first, and those that stay are each moved to the
exact value at which the correlation of lying within and failing is highest, the others held.
"""

from collections.abc import Iterator

import numpy as np

from framsyn.choose.box import Bools, Box, Cases, correlation, inside, quasi_p

LOW, HIGH = 0, 1
#: A limit moves as long as it gains; each round goes through all limits.
ROUNDS = 10


def eliminated(cases: Cases, box: Box, most: int) -> Iterator[Box]:
    """Boxes of `most` dimensions and fewer, the least missed dropped each time; the last has one."""
    numbers = np.unique(cases.dimension[list(box.restricted)])
    broken = _broken(cases, box, numbers)
    count = broken.sum(axis=1)
    left = len(numbers)
    while left:
        if left <= most:
            kept = np.isin(cases.dimension, numbers[numbers >= 0])
            within = (count == 0) & cases.remaining
            yield cases.counted(
                np.where(kept, box.low, -np.inf),
                np.where(kept, box.high, np.inf),
                int(within.sum()),
                int(cases.failing[within].sum()),
            )
        if left == 1:
            return
        place = _least_missed(cases, broken, count, numbers >= 0)
        count -= broken[:, place]
        broken[:, place] = False
        numbers[place] = -1
        left -= 1


def _broken(cases: Cases, box: Box, numbers: np.typing.NDArray[np.int64]) -> Bools:
    """[case, dimension] whether a remaining case breaks a limit of that dimension."""
    broken = np.zeros((len(cases.x), len(numbers)), dtype=np.bool_)
    for column in box.restricted:
        values = cases.x[:, column]
        place = int(np.searchsorted(numbers, cases.dimension[column]))
        broken[:, place] |= (values < box.low[column]) | (values > box.high[column])
    return broken


def _least_missed(cases: Cases, broken: Bools, count: np.typing.NDArray[np.int64], there: Bools) -> int:
    """The dimension without which the correlation is highest."""
    within, once = (count == 0) & cases.remaining, (count == 1) & cases.remaining
    let_in = broken[once]
    n = within.sum() + let_in.sum(axis=0)
    k = cases.failing[within].sum() + let_in[cases.failing[once]].sum(axis=0)
    told = correlation(n.astype(np.float64), k.astype(np.float64), cases.total, cases.failures)
    return int(np.argmax(np.where(there, told, -np.inf)))


def sharpened(cases: Cases, box: Box, least_cases: float) -> Box:
    """The box with each limit moved to where the correlation is highest, until none gains.

    Args:
        cases: the table.
        box: where to start.
        least_cases: no limit leaves fewer cases than this.
    """
    for _ in range(ROUNDS):
        before = box.correlation
        for column in box.restricted:
            for side in (LOW, HIGH):
                box = _moved(cases, box, column, side, least_cases)
        if box.correlation <= before:
            break
    return box


def _moved(cases: Cases, box: Box, column: int, side: int, least_cases: float) -> Box:
    """The box with one limit at its best, the others held; a limit that does not help is dropped."""
    low, high = box.low.copy(), box.high.copy()
    if not np.isfinite((low, high)[side][column]):
        return box
    (low, high)[side][column] = (-np.inf, np.inf)[side]
    within = inside(cases.x, low, high) & cases.remaining
    limit = _best_limit(cases, np.flatnonzero(within), column, side, least_cases)
    (low, high)[side][column] = limit
    moved = cases.box(low, high)
    return moved if moved.correlation >= box.correlation else box


def _best_limit(
    cases: Cases, within: np.typing.NDArray[np.int64], column: int, side: int, least_cases: float
) -> float:
    """The limit at one side with the highest correlation; infinite where none beats leaving it open.

    `within` are the cases that every other limit keeps; `least_cases` of them must stay.
    """
    values = cases.x[within, column]
    order = np.argsort(values)
    if side == LOW:
        order = order[::-1]
    ordered = values[order]
    n = np.arange(1.0, len(ordered) + 1.0)
    k = np.cumsum(cases.failing[within[order]], dtype=np.float64)
    told = correlation(n, k, cases.total, cases.failures)
    possible = n >= least_cases
    possible[:-1] &= ordered[:-1] != ordered[1:]
    told[~possible] = -np.inf
    place = int(np.argmax(told)) if len(told) else 0
    if place >= len(ordered) - 1 or told[place] <= told[-1]:
        return (-np.inf, np.inf)[side]
    stays, goes = ordered[place], ordered[place + 1]
    return float(stays if cases.whole[column] else (stays + goes) / 2.0)


def significant(cases: Cases, box: Box, level: float, least_cases: float) -> Box:
    """The box without limits of quasi-p above `level`, the weakest dropped first and the rest sharpened."""
    while box.restricted:
        chance = quasi_p(cases, box.low, box.high)
        if np.nanmax(chance) < level:
            break
        column, side = np.unravel_index(int(np.nanargmax(chance)), chance.shape)
        low, high = box.low.copy(), box.high.copy()
        (low, high)[int(side)][column] = (-np.inf, np.inf)[int(side)]
        box = sharpened(cases, cases.box(low, high), least_cases)
    return box
