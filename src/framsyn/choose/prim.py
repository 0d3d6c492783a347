"""Patient rule induction: the box of a table of cases in which failures are dense.

From the box of all cases a small share is peeled off one side at a time, the side whose removal gains most;
then cases are pasted back as long as that raises density. Every box on the way is kept: the trajectory,
from which one is chosen in `conditions`. Friedman & Fisher 1999, Statistics and Computing 9: 123–143; the
lenient gain: Kwakkel & Jaxa-Rozen 2016, Environmental Modelling & Software 79: 311–321.

Each column is sorted once. A box keeps the order of its cases in every column, so that the share to peel is
the first or the last few of each, and a peel only filters the orders. Cases that share a value are peeled
together: whole numbers need nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.box import Bools, Box, Cases, Floats, inside
from framsyn.errors import FramsynError

Gain = Literal["lenient", "lenient_mass", "density"]
Orders = NDArray[np.integer]
LOW, HIGH = 0, 1


@dataclass(frozen=True)
class Settings:
    """How patiently to peel.

    Attributes:
        peel: share of the box's cases that a peel takes.
        paste: share of the box's cases that a paste gives back.
        least_mass: share of all cases below which no box is peeled.
        gain: what a peel is chosen by: `lenient` = rise of density per case removed; `lenient_mass` = that
            times the cases left; `density` = density after it.
    """

    peel: float = 0.05
    paste: float = 0.05
    least_mass: float = 0.05
    gain: Gain = "lenient"


STANDARD = Settings()


class _Peel(NamedTuple):
    """One way to make the box smaller: which side of which column, how many cases, failures among them."""

    column: int
    side: int
    cases: int
    failures: int


def table(x: Floats, failing: Bools, dimension: Sequence[int] | None = None) -> Cases:
    """Check a table of cases and make it ready.

    Args:
        x: [case, column] values.
        failing: [case] which cases are of interest.
        dimension: the dimension of each column; its own by default.

    Raises:
        FramsynError: shapes that do not fit, or a value that is not known.
    """
    if x.ndim != 2 or not x.size or failing.shape != x.shape[:1]:
        raise FramsynError(
            "Cases {cases} and failures {failures} do not fit: there must be one row a case, and of each"
            " case whether it fails.",
            cases=x.shape,
            failures=failing.shape,
        )
    lacking = np.argwhere(~np.isfinite(x))
    if len(lacking):
        raise FramsynError(
            "The value of column {column} is not known in case {case}: leave out the column or the case.",
            case=int(lacking[0][0]),
            column=int(lacking[0][1]),
        )
    numbers = np.arange(x.shape[1]) if dimension is None else np.asarray(dimension)
    whole = np.asarray((x == np.round(x)).all(axis=0), dtype=np.bool_)
    values = np.asfortranarray(x, dtype=np.float64)
    return Cases(values, np.asarray(failing, dtype=np.bool_), numbers, whole, np.ones(len(x), dtype=np.bool_))


def trajectory(cases: Cases, settings: Settings = STANDARD) -> tuple[Box, ...]:
    """Every box from that of all remaining cases to the smallest, then those of pasting."""
    boxes = list(_peels(cases, settings))
    boxes.extend(_pastes(cases, boxes[-1], settings))
    return tuple(boxes)


def _peels(cases: Cases, settings: Settings) -> Iterator[Box]:
    columns = cases.x.shape[1]
    by_column = cases.x.T
    order = _kept(np.argsort(by_column, axis=1).astype(np.int32), cases.remaining)
    box = cases.counted(
        np.full(columns, -np.inf),
        np.full(columns, np.inf),
        order.shape[1],
        int(cases.failing[cases.remaining].sum()),
    )
    yield box
    least = max(settings.least_mass * len(cases.x), 1.0)
    gone = ~cases.remaining
    while peel := _best(cases, by_column, order, box, settings):
        if box.cases - peel.cases < least:
            return
        low, high = box.low.copy(), box.high.copy()
        _limit(cases, by_column[peel.column][order[peel.column]], peel, low, high)
        gone[_taken(order, peel)] = True
        order = _kept(order, ~gone)
        box = cases.counted(low, high, box.cases - peel.cases, box.failures - peel.failures)
        yield box


def _kept(order: Orders, keep: Bools) -> Orders:
    """The orders [column, case] of those cases alone that are kept."""
    kept: Orders = np.compress(keep[order].ravel(), order.ravel()).reshape(len(order), -1)
    return kept


def _taken(order: Orders, peel: _Peel) -> Orders:
    row = order[peel.column]
    taken: Orders = row[: peel.cases] if peel.side == LOW else row[len(row) - peel.cases :]
    return taken


def _limit(cases: Cases, values: Floats, peel: _Peel, low: Floats, high: Floats) -> None:
    """Set the new limit: midway between what goes and what stays, or what stays where numbers are whole."""
    place = peel.cases if peel.side == LOW else len(values) - peel.cases
    stays = values[place] if peel.side == LOW else values[place - 1]
    goes = values[place - 1] if peel.side == LOW else values[place]
    limit = stays if cases.whole[peel.column] else (stays + goes) / 2.0
    (low if peel.side == LOW else high)[peel.column] = limit


def _best(cases: Cases, by_column: Floats, order: Orders, box: Box, settings: Settings) -> _Peel | None:
    """The peel that gains most; of equals the one that restricts no further dimension. None gains: None."""
    taken = _candidates(by_column, order, settings.peel)
    failures = _failures(cases.failing, order, taken)
    left = box.cases - taken
    density = (box.failures - failures) / np.maximum(left, 1)
    gain = _gains(density, box.density, taken, left, settings.gain)
    gain[(taken == 0) | (left == 0) | (density <= box.density)] = -np.inf
    most = gain.max()
    if not np.isfinite(most):
        return None
    known = set(cases.dimension[list(box.restricted)].tolist())
    column, side = min(
        np.argwhere(gain == most),
        key=lambda one: (int(cases.dimension[one[0]]) not in known, one[0], -one[1]),
    )
    return _Peel(int(column), int(side), int(taken[column, side]), int(failures[column, side]))


def _candidates(by_column: Floats, order: Orders, share: float) -> Orders:
    """[column, side] how many cases a peel takes: the share, moved so that equal values go together."""
    columns, n = order.shape
    usual = int((n - 1) * share) + 1
    if usual >= n:
        return np.zeros((columns, 2), dtype=np.int64)
    taken = np.full((columns, 2), usual)
    rows = np.arange(columns)
    for side, (goes, stays) in enumerate(((usual - 1, usual), (n - usual, n - usual - 1))):
        tied = by_column[rows, order[:, goes]] == by_column[rows, order[:, stays]]
        for column in np.flatnonzero(tied):
            values = by_column[column, order[column]]
            taken[column, side] = _with_ties(values, values[goes], side)
    return taken


def _with_ties(values: Floats, edge: float, side: int) -> int:
    """How many sorted values go when the peel falls among equals: those before them, or else all of them."""
    n = len(values)
    if side == LOW:
        before, through = np.searchsorted(values, edge, "left"), np.searchsorted(values, edge, "right")
    else:
        before = n - np.searchsorted(values, edge, "right")
        through = n - np.searchsorted(values, edge, "left")
    return int(before or through)


def _failures(failing: Bools, order: Orders, taken: Orders) -> Orders:
    """[column, side] failures among the cases that each peel takes."""
    n = order.shape[1]
    most = int(taken.max(initial=0))
    found = np.zeros_like(taken)
    if most == 0:
        return found
    rows = np.arange(len(order))
    for side, part in enumerate((order[:, :most], order[:, n - most :][:, ::-1])):
        running = np.cumsum(failing[part], axis=1)
        found[:, side] = np.where(taken[:, side] > 0, running[rows, np.maximum(taken[:, side], 1) - 1], 0)
    return found


def _gains(density: Floats, before: float, taken: Orders, left: Orders, gain: Gain) -> Floats:
    if gain == "density":
        return density
    per_case: Floats = (density - before) / np.maximum(taken, 1)
    return per_case if gain == "lenient" else per_case * left


def _pastes(cases: Cases, box: Box, settings: Settings) -> Iterator[Box]:
    """Boxes with cases given back at the side that raises density most, as long as one does."""
    while True:
        wider = [one for one in _wider(cases, box, settings.paste) if one.density > box.density]
        if not wider:
            return
        box = max(wider, key=lambda one: one.density)
        yield box


def _wider(cases: Cases, box: Box, share: float) -> Iterator[Box]:
    """The box with each of its limits moved out by a share of its cases, or to where no case is left."""
    count = max(int(box.cases * share), 1)
    for column in box.restricted:
        for side, limits in ((LOW, box.low), (HIGH, box.high)):
            if np.isfinite(limits[column]):
                yield _pasted(cases, box, column, side, count)


def _pasted(cases: Cases, box: Box, column: int, side: int, count: int) -> Box:
    low, high = box.low.copy(), box.high.copy()
    low[column], high[column] = (-np.inf, box.high[column]) if side == LOW else (box.low[column], np.inf)
    beyond = inside(cases.x, low, high) & cases.remaining & ~inside(cases.x, box.low, box.high)
    values = np.sort(cases.x[beyond, column])
    if len(values) > count:
        if side == LOW:
            low[column] = values[-count]
        else:
            high[column] = values[count - 1]
    return cases.box(low, high)
