"""Everything a search has tried, each row once."""

from typing import NamedTuple

import numpy as np

from framsyn.choose.dominance import Places, Scale, hypervolume_share, nondominated
from framsyn.choose.problem import Outcome
from framsyn.model.layout import Floats

#: The course of a search is told at most at this many points.
CHECKPOINTS = 25
#: With more objectives than this the course is estimated along fixed directions all the way.
EXACT_COURSE = 3


class Checkpoint(NamedTuple):
    """How far a search had come."""

    evaluated: int
    front: int  # rows on the front so far
    hypervolume: float  # share 0…1 of the box around the final front that the front so far dominates


class Log:
    """Rows tried with their outcomes, in the order they were tried."""

    def __init__(self, budget: int) -> None:
        self._room = budget
        self._seen: set[bytes] = set()
        self._arrays: tuple[Floats, Floats, Floats] | None = None
        self.ends: list[int] = [0]

    def __len__(self) -> int:
        return self.ends[-1]

    def fresh(self, rows: Floats, most: int) -> Floats:
        """The first rows never met before, each once and at most so many; they count as met from now on."""
        kept: list[int] = []
        for place, row in enumerate(rows):
            if len(kept) == most:
                break
            key = row.tobytes()
            if key not in self._seen:
                self._seen.add(key)
                kept.append(place)
        return rows[kept]

    def add(self, rows: Floats, outcome: Outcome) -> None:
        """Write down a batch that has been evaluated."""
        begin, end = len(self), len(self) + len(rows)
        batch = (rows, outcome.objectives, outcome.violations)
        if self._arrays is None:
            first, second, third = (np.empty((self._room, array.shape[1])) for array in batch)
            self._arrays = (first, second, third)
        for kept, new in zip(self._arrays, batch, strict=True):
            kept[begin:end] = new
        self.ends.append(end)

    def _upto_now(self, which: int) -> Floats:
        return self._arrays[which][: len(self)] if self._arrays is not None else np.empty((0, 0))

    @property
    def rows(self) -> Floats:
        """[row, variable]."""
        return self._upto_now(0)

    @property
    def objectives(self) -> Floats:
        """[row, objective]."""
        return self._upto_now(1)

    @property
    def violations(self) -> Floats:
        """[row, constraint], kept where ≤ 0."""
        return self._upto_now(2)

    def broken(self) -> Floats:
        """How much each row violates in all; each constraint in shares of the most it has been violated."""
        over = np.maximum(self.violations, 0.0)
        most = over.max(axis=0, initial=0.0)
        total: Floats = (over / np.where(most > 0.0, most, 1.0)).sum(axis=1)
        return total

    def front(self, among: Places | None = None) -> Places:
        """Places of the rows that keep every constraint and that no other such row beats."""
        places = np.arange(len(self)) if among is None else among
        kept = places[(self.violations[places] <= 0.0).all(axis=1)]
        return kept[nondominated(self.objectives[kept])]

    def course(self) -> tuple[Checkpoint, ...]:
        """The front's growth from batch to batch, measured in the box of the final front."""
        final = self.front()
        if not len(final):
            return ()
        scale, exact = Scale(self.objectives[final]), self.objectives.shape[1] <= EXACT_COURSE
        told = np.unique(np.linspace(1, len(self.ends) - 1, CHECKPOINTS).astype(int))
        front, begin, course = np.zeros(0, dtype=np.intp), 0, []
        for end in (self.ends[place] for place in told):
            front = self.front(np.concatenate([front, np.arange(begin, end)]))
            share = hypervolume_share(self.objectives[front], scale, exact=exact) if len(front) else 0.0
            course.append(Checkpoint(end, len(front), share))
            begin = end
        return tuple(course)
