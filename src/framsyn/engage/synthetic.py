"""Made-up respondents who live in one of the visions: what a placement can be tried on.

Each sees the municipality as the vision's expected answers say, but kinder or harsher than others on the
whole, and with noise of its own on every statement.
"""

from typing import NamedTuple

import numpy as np

from framsyn.engage.answers import Answers
from framsyn.engage.statements import HIGHEST, LOWEST, Floats, expected_answers, flipped, statements
from framsyn.engage.vocabulary import GROUPS


class Noise(NamedTuple):
    """How respondents differ, in steps of the scale 1–5.

    Attributes:
        item: standard deviation of each answer around what its respondent sees.
        leniency: between respondents: how kind they are on the whole.
        shared: between municipalities: how kind all of one municipality's respondents are together.
        agreeing: between respondents: how much they agree with anything that is put to them.
        dont_know: share of answers that are don't know.
    """

    item: float = 1.0
    leniency: float = 0.5
    shared: float = 0.0
    agreeing: float = 0.0
    dont_know: float = 0.1


def synthetic_answers(
    vision: str, count: int, rng: np.random.Generator, noise: Noise | None = None
) -> Answers:
    """Answers of `count` respondents, spread evenly over the groups, in a municipality of a vision.

    Answers are rounded to the scale and cut at its ends, so their means lie nearer the middle than the
    expected answers do.
    """
    told = noise or Noise()
    size = (count, len(statements()))
    kind = rng.normal(0.0, told.shared) + rng.normal(0.0, told.leniency, (count, 1))
    seen = flipped(flipped(expected_answers(vision)) + kind)  # kindness agrees less with what is reversed
    seen = seen + rng.normal(0.0, told.agreeing, (count, 1)) + rng.normal(0.0, told.item, size)
    values: Floats = np.clip(np.rint(seen), LOWEST, HIGHEST)
    values[rng.random(size) < told.dont_know] = np.nan
    names = tuple(f"{vision}-{number:04d}" for number in range(count))
    return Answers(names, tuple(GROUPS[number % len(GROUPS)] for number in range(count)), values)
