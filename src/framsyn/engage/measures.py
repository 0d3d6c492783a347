"""What is measured of each respondent: dimensions, statements and start values, side by side."""

from typing import Final

import numpy as np

from framsyn.engage.statements import (
    Floats,
    columns_of,
    flipped,
    percent_of_scale,
    started,
    statements,
)
from framsyn.evaluate.dictionary import DIMENSIONS

#: A respondent has a score where at least this share of its statements is answered.
LEAST_ANSWERED: Final = 0.5


def measure_ids() -> tuple[str, ...]:
    """Ids of the columns of `measured`: dimensions, then statements, then start values of the community."""
    return (*DIMENSIONS, *(one.id for one in statements()), *started())


def measured(values: Floats) -> Floats:
    """Every measure of every respondent: [respondent, measure], NaN where it is not known.

    Dimensions and start values are means of answers on 0–100, reversed statements mirrored; statements are
    answers 1–5 as written.

    Args:
        values: answers [respondent, statement], NaN = don't know.
    """
    scaled = percent_of_scale(flipped(values))
    dimensions = [_mean_of(scaled[:, columns_of(dimension=one)]) for one in DIMENSIONS]
    starts = [_mean_of(scaled[:, columns_of(start=one)]) for one in started()]
    return np.column_stack([*dimensions, values, *starts])


def _mean_of(scaled: Floats) -> Floats:
    """Mean of what each respondent has answered, where that is enough."""
    known = np.isfinite(scaled)
    counts = known.sum(axis=1)
    enough = counts >= LEAST_ANSWERED * scaled.shape[1]
    totals = np.where(known, scaled, 0.0).sum(axis=1)
    return np.where(enough, totals / np.maximum(counts, 1), np.nan)
