"""What has shifted: published figures against the lives, however many of them there are.

Each figure is scored against the lives' median in units of their width on its side. The years of one figure
are also taken together, as the mean of their scores: a course that lies a little low every year. How large
a score chance makes is read off the lives themselves, whose years and figures hang together as those of
the municipality do; and since the largest of many scores is large by chance, it is compared with the
largest of each life (Westfall & Young 1993, single step).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framsyn.model.layout import Floats

LOW, HIGH = 0.05, 0.95
#: Standard-normal 95th percentile: from quantiles to a standard deviation.
Z95 = 1.6448536269514722
#: Chance that anything at all is told to have shifted where nothing has.
LEVEL = 0.1
#: A published figure and the model's may mean slightly different things: share of the level.
DEFINITION = 0.002


@dataclass(frozen=True)
class Scale:
    """Median of the lives and their width below and above it, each [figure]."""

    middle: Floats
    below: Floats
    above: Floats

    def score(self, values: Floats) -> Floats:
        """Values [..., figure] as deviations from the median in units of the width."""
        off = values - self.middle
        return np.asarray(off / np.where(off < 0.0, self.below, self.above))


@dataclass(frozen=True)
class Shift:
    """One score among many.

    Attributes:
        score: the deviation in standard units; below 0 = below the lives.
        chance: share of lives whose largest score is at least as large.
    """

    score: float
    chance: float

    @property
    def shifted(self) -> bool:
        """Whether chance makes so large a score in at most one of ten lives, over all scores."""
        return self.chance <= LEVEL


def scale_of(lives: Floats, slack: Floats) -> Scale:
    """The scale of lives [draw, figure]; `slack` [figure] is what a published figure is rounded to."""
    low, middle, high = np.quantile(lives, (LOW, 0.5, HIGH), axis=0)
    floor = slack + DEFINITION * np.abs(middle)
    return Scale(middle, np.hypot((middle - low) / Z95, floor), np.hypot((high - middle) / Z95, floor))


def shifts(
    lives: Floats, values: Floats, slack: Floats, courses: Sequence[Sequence[int]]
) -> tuple[list[Shift], list[Shift]]:
    """The scores of each figure, and of each course.

    Args:
        lives: [draw, figure].
        values: [figure] as published.
        slack: [figure] half of the last decimal published.
        courses: the figures of each course, two or more.
    """
    scale = scale_of(lives, slack)
    of_lives, of_values = scale.score(lives), scale.score(values)

    def together(scores: Floats) -> Floats:
        return np.stack([scores[..., list(course)].mean(axis=-1) for course in courses], axis=-1)

    if courses:
        summed = together(of_lives)
        width = np.maximum(summed.std(axis=0), 1e-9)
        of_lives = np.concatenate([of_lives, summed / width], axis=1)
        of_values = np.concatenate([of_values, together(of_values) / width])
    largest = np.abs(of_lives).max(axis=1)
    found = [
        Shift(float(score), float((1 + (largest >= abs(score)).sum()) / (1 + len(largest))))
        for score in of_values
    ]
    return found[: len(values)], found[len(values) :]


def percentiles(lives: Floats, values: Floats) -> Floats:
    """[figure] per cent of the lives [draw, figure] below each value [figure], equal ones half."""
    below = (lives < values).mean(axis=0) + 0.5 * (lives == values).mean(axis=0)
    return np.asarray(100.0 * below)
