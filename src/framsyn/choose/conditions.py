"""The conditions under which failures happen: one box chosen from the peeling, and whether to believe it.

A box found by looking for dense failures is dense by chance too. So the whole search is done again on many
parts of the cases, each box then judged on the cases that it has not seen: limits that seldom come back are
dropped, and no box is offered where the unseen cases do not confirm that failures are denser within.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.box import Box, Cases, Floats, inside, quasi_p
from framsyn.choose.prim import STANDARD, Settings, trajectory
from framsyn.choose.sharpen import eliminated, sharpened, significant


@dataclass(frozen=True)
class Standard:
    """What is asked of a box before it is offered.

    Attributes:
        most_dimensions: how many dimensions it may restrict.
        level: quasi-p of every limit must be below this.
        worth: share by which the correlation must rise for one more dimension.
        correlation: of lying within and failing, at the least: below it a box tells too little to act on.
        resamples: number of parts of the cases that the search is done again on.
        part: share of the cases that each part holds, drawn without putting back.
        returns: share of the parts in which a limit must come back.
        holds: share of the parts in which a box must be found that is denser in failures than all cases on
            those that it has not seen.
        coverage: share of all failures that a box must hold at the least.
        most_boxes: how many boxes are looked for.
        looked_at: number of boxes of the trajectory that are followed.
        seed: of the parts.
    """

    most_dimensions: int = 4
    level: float = 0.05
    worth: float = 0.05
    correlation: float = 0.3
    resamples: int = 50
    part: float = 2.0 / 3.0
    returns: float = 0.5
    holds: float = 0.8
    coverage: float = 0.1
    most_boxes: int = 2
    looked_at: int = 12
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Tested:
    """A box with what the search on parts of the cases says of it.

    Attributes:
        box: the box.
        quasi_p: [column, side] see `box.quasi_p`.
        returned: [column, side] share of the parts in which a limit at that side came back.
        limits: [column, side, quantile] 10, 50 and 90 % of the limits that came back; NaN where none did.
        holds: share of the parts in which a box was found and failures are denser within it among cases that
            it has not seen.
        unseen_coverage, unseen_density: their medians on unseen cases: what to expect of new ones.
            Coverage is of all failures, those that earlier boxes hold among them.
    """

    box: Box
    quasi_p: Floats
    returned: Floats
    limits: Floats
    holds: float
    unseen_coverage: float
    unseen_density: float


@dataclass(frozen=True, eq=False)
class Conditions:
    """What was found.

    Attributes:
        boxes: those offered, the most telling first; each was sought among cases that none before it holds.
        trajectory: every box of the first peeling.
        rejected: the box that would have been chosen but that the parts do not confirm; None where a box is
            offered or there was none to test.
    """

    boxes: tuple[Tested, ...]
    trajectory: tuple[Box, ...]
    rejected: Tested | None


STRICT = Standard()
QUANTILES = (0.1, 0.5, 0.9)


def conditions(cases: Cases, standard: Standard = STRICT, settings: Settings = STANDARD) -> Conditions:
    """Find the conditions under which cases fail.

    Args:
        cases: the table, from `prim.table`.
        standard: what is asked of a box.
        settings: how patiently to peel.
    """
    first = trajectory(cases, settings)
    offered: list[Tested] = []
    rejected, boxes, left = None, first, cases
    while len(offered) < standard.most_boxes:
        tested = _tested(left, boxes, standard, settings)
        if tested is None or not believed(tested, standard):
            rejected = None if offered else tested
            break
        offered.append(tested)
        left = left.without(tested.box)
        boxes = trajectory(left, settings)
    return Conditions(tuple(offered), first, rejected)


def chosen(
    cases: Cases, boxes: Sequence[Box], standard: Standard = STRICT, settings: Settings = STANDARD
) -> Box | None:
    """The box that tells most (`box.correlation`) of those with few dimensions and limits that all matter.

    One more dimension is taken only where it raises the correlation by the share `worth`. None where no box
    tells what is asked for.
    """
    least = settings.least_mass * len(cases.x)
    sharp = by_dimensions(cases, boxes, standard, settings).values()
    best = [significant(cases, box, standard.level, least) for box in sharp]
    telling = [
        one for one in best if one.correlation >= standard.correlation and one.coverage >= standard.coverage
    ]
    if not telling:
        return None
    most = max(one.correlation for one in telling)
    good = [one for one in telling if one.correlation >= most / (1.0 + standard.worth)]
    return min(good, key=lambda one: (cases.dimensions(one.low, one.high), -one.correlation))


def by_dimensions(
    cases: Cases, boxes: Sequence[Box], standard: Standard = STRICT, settings: Settings = STANDARD
) -> dict[int, Box]:
    """The best box with each number of dimensions that is allowed, its limits sharpened."""
    best: dict[int, Box] = {}
    for box in _spread(boxes, standard.looked_at):
        for one in eliminated(cases, box, standard.most_dimensions):
            count = cases.dimensions(one.low, one.high)
            if count not in best or one.correlation > best[count].correlation:
                best[count] = one
    least = settings.least_mass * len(cases.x)
    return {count: sharpened(cases, box, least) for count, box in best.items()}


def _spread(boxes: Sequence[Box], count: int) -> list[Box]:
    """Boxes evenly over the trajectory, the unrestricted one left out."""
    places = np.unique(np.linspace(1, len(boxes) - 1, count).round().astype(np.int64))
    return [boxes[place] for place in places] if len(boxes) > 1 else []


def believed(tested: Tested, standard: Standard) -> bool:
    """Whether the parts confirm the box."""
    return bool(tested.box.restricted) and tested.holds >= standard.holds


def _tested(cases: Cases, boxes: Sequence[Box], standard: Standard, settings: Settings) -> Tested | None:
    box = chosen(cases, boxes, standard, settings)
    if box is None:
        return None
    parts = _parts(cases, standard, settings)
    returned = np.isfinite(parts.limits).mean(axis=0)
    box = _returning(cases, box, returned, standard, settings)
    return Tested(
        box=box,
        quasi_p=quasi_p(cases, box.low, box.high),
        returned=returned,
        limits=_quantiles(parts.limits),
        holds=float(parts.denser.mean()),
        unseen_coverage=float(np.median(parts.coverage)) * cases.failures / max(int(cases.failing.sum()), 1),
        unseen_density=float(np.median(parts.density)),
    )


def _returning(cases: Cases, box: Box, returned: Floats, standard: Standard, settings: Settings) -> Box:
    """The box without limits that came back too seldom, the rest sharpened."""
    least = settings.least_mass * len(cases.x)
    seldom = returned < standard.returns
    low = np.where(seldom[:, 0], -np.inf, box.low)
    high = np.where(seldom[:, 1], np.inf, box.high)
    return significant(cases, sharpened(cases, cases.box(low, high), least), standard.level, least)


@dataclass(frozen=True, eq=False)
class _Parts:
    """[resample, column, side] limits found on a part, and [resample] what they hold among the rest."""

    limits: Floats
    coverage: Floats
    density: Floats
    denser: NDArray[np.bool_]


def _parts(cases: Cases, standard: Standard, settings: Settings) -> _Parts:
    rng = np.random.default_rng(standard.seed)
    columns, n = cases.x.shape[1], standard.resamples
    limits = np.full((n, columns, 2), np.nan)
    coverage, density, denser = np.zeros(n), np.zeros(n), np.zeros(n, dtype=np.bool_)
    places = np.flatnonzero(cases.remaining)
    for number in range(n):
        mixed = rng.permutation(places)
        size = int(standard.part * len(mixed))
        seen, unseen = cases.part(np.sort(mixed[:size])), mixed[size:]
        box = chosen(seen, trajectory(seen, settings), standard, settings)
        failing = cases.failing[unseen]
        base = float(failing.mean()) if len(unseen) else 0.0
        density[number] = base
        if box is None:
            continue
        limits[number, :, 0], limits[number, :, 1] = box.low, box.high
        within = inside(cases.x[unseen], box.low, box.high)
        coverage[number] = failing[within].sum() / max(int(failing.sum()), 1)
        density[number] = failing[within].mean() if within.any() else 0.0
        denser[number] = density[number] > base
    return _Parts(limits, coverage, density, denser)


def _quantiles(limits: Floats) -> Floats:
    """[column, side, quantile] of the limits that are finite."""
    columns = limits.shape[1]
    found = np.full((columns, 2, len(QUANTILES)), np.nan)
    for column in range(columns):
        for side in range(2):
            known = limits[:, column, side]
            known = known[np.isfinite(known)]
            if len(known):
                found[column, side] = np.quantile(known, QUANTILES)
    return found
