"""Where the community of a municipality starts: published, assessed by itself, or drawn around neutral."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.foresee.counter_random import standard_normals
from framsyn.model.layout import Floats
from framsyn.places.municipality import Municipality

#: What a municipality's own assessment leaves unsure, index points, where it tells no width.
ASSESSED_SD = 5.0
LEAST, MOST = 0.0, 100.0

#: Mean and standard deviation by id of `community_starts.csv`.
Assessment = Mapping[str, tuple[float, float]]


class Start(NamedTuple):
    """One start value: the fact that holds it, or a value; `sd` how unsure it is."""

    id: str
    fact: str
    value: float
    sd: float
    status: str
    source: str


@cache
def starts() -> tuple[Start, ...]:
    """Every start value, in the order of the model's columns."""
    return tuple(
        Start(
            row["id"],
            row["fact"],
            float(row["value"] or "nan"),
            float(row["sd"]),
            row["status"],
            row["source"],
        )
        for row in rows("framsyn.foresee", "community_starts.csv")
    )


def draw_starts(m: Municipality, draws: range, seed: int, assessment: Assessment | None = None) -> Floats:
    """The community at the base year in each world: [draw, column], all within 0…100.

    Args:
        m: the municipality.
        draws: numbers of the draws; each is the same whatever the others are.
        seed: the seed.
        assessment: mean and standard deviation of what the municipality has assessed itself.

    Raises:
        FramsynError: an assessed id that is not there, or a value outside 0…100.
    """
    told = check_assessment(assessment or {})
    known = starts()
    normals = standard_normals(seed, draws, 1, tuple(f"start_{one.id}" for one in known), m.code)[:, 0]
    drawn = np.empty_like(normals)
    for column, one in enumerate(known):
        published = m.fact(one.fact).value if one.fact else one.value
        mean, sd = told.get(one.id, (published, one.sd))
        drawn[:, column] = mean + sd * normals[:, column]
    return np.clip(drawn, LEAST, MOST)


def check_assessment(assessment: Assessment) -> Assessment:
    """The assessment as it is; FramsynError where an id is unknown or a value impossible."""
    ids = [one.id for one in starts()]
    for identity, (mean, sd) in assessment.items():
        if identity not in ids:
            raise FramsynError(
                "The assessment names {id}, which is not there. There are: {known}.",
                id=identity,
                known=", ".join(ids),
            )
        if not (LEAST <= mean <= MOST and 0.0 <= sd <= MOST):
            raise FramsynError(
                "The assessment of {id} must be from 0 to 100 with a width of the same scale; {mean} ± {sd}"
                " was given.",
                id=identity,
                mean=mean,
                sd=sd,
            )
    return assessment
