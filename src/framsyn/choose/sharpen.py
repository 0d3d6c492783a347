"""From a box of the peeling to one with few limits, each set where it tells failures best.

Peeling is patient: it leaves limits a peel wide of the mark and picks up columns by chance. Here limits are
dropped one dimension after the other, the least missed first, and those that stay are each moved to the
exact value at which coverage × density is highest, the others held.
"""

from collections.abc import Iterator

import numpy as np

from framsyn.choose.box import Box, Cases, Floats, inside, quasi_p, violations

LOW, HIGH = 0, 1
#: A limit moves as long as it gains; each round goes through all limits.
ROUNDS = 10


def eliminated(cases: Cases, box: Box) -> Iterator[Box]:
    """The box, then the box with ever fewer dimensions, the one least missed dropped each time."""
    yield box
    while cases.dimensions(box.low, box.high) > 1:
        box = _without_one(cases, box)
        yield box


def _without_one(cases: Cases, box: Box) -> Box:
    broken = violations(cases, box.low, box.high)
    numbers = cases.dimension[broken.columns]
    breaks = broken.low.astype(np.int64) + broken.high
    best, best_score = None, -1.0
    for number in np.unique(numbers):
        let_in = (broken.count == breaks[:, numbers == number].sum(axis=1)) & cases.remaining
        failures = int(cases.failing[let_in].sum())
        score = failures**2 / max(int(let_in.sum()), 1)
        if score > best_score:
            best, best_score = number, score
    return dropped(cases, box, cases.dimension == best)


def dropped(cases: Cases, box: Box, columns: np.typing.NDArray[np.bool_]) -> Box:
    """The box without limits on these columns [column]."""
    return cases.box(np.where(columns, -np.inf, box.low), np.where(columns, np.inf, box.high))


def sharpened(cases: Cases, box: Box, least_cases: float) -> Box:
    """The box with each limit moved to where coverage × density is highest, until none gains.

    Args:
        cases: the table.
        box: where to start.
        least_cases: no limit leaves fewer cases than this.
    """
    for _ in range(ROUNDS):
        before = box.score
        for column in box.restricted:
            for side in (LOW, HIGH):
                box = _moved(cases, box, column, side, least_cases)
        if box.score <= before:
            break
    return box


def _moved(cases: Cases, box: Box, column: int, side: int, least_cases: float) -> Box:
    """The box with one limit at its best, the others held; a limit that does not help is dropped."""
    low, high = box.low.copy(), box.high.copy()
    if not np.isfinite((low, high)[side][column]):
        return box
    (low, high)[side][column] = (-np.inf, np.inf)[side]
    within = inside(cases.x, low, high) & cases.remaining
    limit = best_limit(
        cases.x[within, column], cases.failing[within], side, least_cases, bool(cases.whole[column])
    )
    (low, high)[side][column] = limit
    moved = cases.box(low, high)
    return moved if moved.score >= box.score else box


def best_limit(
    values: Floats, failing: np.typing.NDArray[np.bool_], side: int, least_cases: float, whole: bool
) -> float:
    """The limit at one side with the highest coverage × density; infinite where none beats leaving it open.

    Args:
        values: [case] values of the column, of cases that every other limit keeps.
        failing: [case] which of them fail.
        side: 0 = the limit keeps what is above it, 1 = below it.
        least_cases: number of cases that must stay.
        whole: the limit is a value that stays rather than one midway.
    """
    order = np.argsort(values)
    if side == LOW:
        order = order[::-1]
    ordered = values[order]
    n = np.arange(1, len(ordered) + 1)
    score = np.cumsum(failing[order]) ** 2.0 / n
    possible = n >= least_cases
    possible[:-1] &= ordered[:-1] != ordered[1:]
    score[~possible] = -1.0
    place = int(np.argmax(score)) if len(score) else 0
    if place >= len(ordered) - 1 or score[place] <= score[-1]:
        return (-np.inf, np.inf)[side]
    return float(ordered[place] if whole else (ordered[place] + ordered[place + 1]) / 2.0)


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
