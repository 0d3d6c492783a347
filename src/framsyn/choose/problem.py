"""What a search is asked to solve: many rows of choices in, objectives and violations out."""

from typing import NamedTuple, Protocol

import numpy as np

from framsyn.choose.variables import Variables
from framsyn.errors import FramsynError
from framsyn.model.layout import Floats


class Outcome(NamedTuple):
    """What rows of choices give."""

    objectives: Floats  # [row, objective], less is better
    violations: Floats  # [row, constraint], kept where ≤ 0; [row, 0] without constraints


class Problem(Protocol):
    """Anything that can judge many rows of choices at once."""

    @property
    def variables(self) -> Variables:
        """What can be chosen."""
        ...

    def evaluate(self, rows: Floats) -> Outcome:
        """Judge rows [row, variable], each by itself: the same row always gives the same outcome."""
        ...


def judged(problem: Problem, rows: Floats) -> Outcome:
    """The outcome of rows, refused when it is not one finite number for each row and objective."""
    told = problem.evaluate(rows)
    objectives = np.asarray(told.objectives, dtype=np.float64)
    violations = np.asarray(told.violations, dtype=np.float64)
    if objectives.ndim != 2 or violations.ndim != 2 or {len(objectives), len(violations)} != {len(rows)}:
        raise FramsynError(
            "The problem was asked about {rows} rows but answered with {objectives} and {violations}.",
            rows=len(rows),
            objectives=len(objectives),
            violations=len(violations),
        )
    wrong = np.argwhere(~np.isfinite(objectives))
    if len(wrong):
        row, place = wrong[0]
        raise FramsynError(
            "Objective {place} is not a number for the choices {row}.",
            place=int(place) + 1,
            row=rows[row].tolist(),
        )
    wrong = np.argwhere(~np.isfinite(violations))
    if len(wrong):
        row, place = wrong[0]
        raise FramsynError(
            "Constraint {place} is not a number for the choices {row}.",
            place=int(place) + 1,
            row=rows[row].tolist(),
        )
    return Outcome(objectives, violations)
