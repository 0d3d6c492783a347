"""How unsure a mean is that few have answered for: respondents drawn anew, group by group."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framsyn.engage.groups import LEAST
from framsyn.engage.statements import Floats

#: The interval told: 80 %.
LOW, HIGH = 10.0, 90.0


class Estimate(NamedTuple):
    """A mean with its standard deviation and 80 % interval over the draws; `answers` behind it."""

    mean: float
    sd: float
    low: float
    high: float
    answers: int


def means(values: Floats) -> Floats:
    """Mean of each column over the known, NaN where fewer than `LEAST` are known: [column].

    Args:
        values: [respondent, column], NaN = not known.
    """
    known = np.isfinite(values)
    counts = known.sum(axis=0)
    totals = np.where(known, values, 0.0).sum(axis=0)
    return np.where(counts >= LEAST, totals / np.maximum(counts, 1), np.nan)


def drawn_means(values: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Means of respondents drawn with replacement: [draw, column]; NaN where `means` has it.

    Of n respondents n − 1 are drawn, so that the variance of the draws is the unbiased s²/n (Rao and Wu
    1988), which matters for small groups; no draw leaves the scale.

    Args:
        values: [respondent, column], NaN = not known.
        draws: how many times.
        rng: source of the draws.
    """
    count = len(values)
    times = rng.multinomial(count - 1, np.full(count, 1.0 / count), size=draws).astype(np.float64)
    known = np.isfinite(values)
    totals = times @ np.where(known, values, 0.0)
    counts = times @ known.astype(np.float64)
    told = np.isfinite(means(values))
    # A draw of nobody who has answered says nothing: it is as the mean.
    drawn = np.where(counts > 0.0, totals / np.maximum(counts, 1.0), means(values))
    return np.where(told, drawn, np.nan)


def estimates(told: Floats, drawn: Floats, answers: Sequence[int]) -> list[Estimate]:
    """Means with the spread of their draws, all NaN where a mean is not known.

    Args:
        told: the means [column].
        drawn: their draws [draw, column].
        answers: answers behind each.
    """
    low, high = np.percentile(drawn, [LOW, HIGH], axis=0)
    rows = zip(told, drawn.std(axis=0), low, high, answers, strict=True)
    return [
        Estimate(float(mean), float(sd), float(p10), float(p90), int(n)) for mean, sd, p10, p90, n in rows
    ]
