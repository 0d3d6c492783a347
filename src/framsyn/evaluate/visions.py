"""The visions' places in the three dimensions, the dimensions, and the projections: our reading, as data.

The brochure gives words, no figures and no names of axes. `visions.csv` holds for each place the words that
it rests on, whether they state it or we infer it, and why.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from framsyn.core.name_index import NameEntry, NameIndex, Refusal
from framsyn.datafile import rows
from framsyn.evaluate.dictionary import DIMENSIONS, ROOM
from framsyn.foresee.postures import VISIONS
from framsyn.i18n.every_language import labels
from framsyn.i18n.translator import N_
from framsyn.model.layout import Floats


class Dimension(NamedTuple):
    """A dimension; `label` and `meaning` are message ids, `shared_sd` (points) what no indicator tells."""

    id: str
    label: str
    meaning: str
    shared_sd: float
    reason: str


class VisionPlace(NamedTuple):
    """A vision's place in one dimension, 0–100, with the words of the brochure (in short, a message id).

    `mark` is `stated` where those words say that it is high or low, `inferred` where we conclude it; the
    figure itself is always ours. `reading` tells why.
    """

    vision: str
    dimension: str
    place: float
    mark: str
    words: str
    reading: str


class Projection(NamedTuple):
    """Two dimensions to draw the four-field in; the texts are message ids."""

    id: str
    hypothesis: str
    horizontal: str
    vertical: str
    left: str
    right: str
    below: str
    above: str
    speaks_for: str
    speaks_against: str


@cache
def dimensions() -> Mapping[str, Dimension]:
    """The three dimensions by id, in the order of `DIMENSIONS`."""
    told = {row["id"]: row for row in rows(ROOM, "dimensions.csv")}
    return {
        one: Dimension(
            one, told[one]["label"], told[one]["meaning"], float(told[one]["shared_sd"]), told[one]["reason"]
        )
        for one in DIMENSIONS
    }


@cache
def vision_places() -> tuple[VisionPlace, ...]:
    """Every row of `visions.csv`."""
    return tuple(
        VisionPlace(
            row["vision"],
            row["dimension"],
            float(row["place"]),
            row["mark"],
            row["words"],
            row["reading"],
        )
        for row in rows(ROOM, "visions.csv")
    )


@cache
def places() -> Floats:
    """[vision, dimension] the visions' places, in the orders of `VISIONS` and `DIMENSIONS`."""
    told = {(one.vision, one.dimension): one.place for one in vision_places()}
    return np.array([[told[vision, dimension] for dimension in DIMENSIONS] for vision in VISIONS])


@cache
def assumptions() -> Mapping[str, float]:
    """The assumptions of the place among the visions by id, from `position_assumptions.csv`."""
    return {row["id"]: float(row["value"]) for row in rows(ROOM, "position_assumptions.csv")}


@cache
def projections() -> Mapping[str, Projection]:
    """The projections by id, the default first."""
    return {row["id"]: Projection(**row) for row in rows(ROOM, "projections.csv")}


def projection(identity: str) -> Projection:
    """A projection by its id, its hypothesis or what it shows upwards: `resources`, `H1`, `resurser`.

    Raises:
        FramsynError: there is none such.
    """
    return tuple(projections().values())[_projection_index().find(identity)]


@cache
def _projection_index() -> NameIndex:
    shown = {one: f"{one} ({told.hypothesis})" for one, told in projections().items()}
    refusal = N_("There is no projection {id}: choose one of {known}.")
    return NameIndex(
        tuple(shown),
        lambda: [
            NameEntry(one.id, (one.hypothesis, *labels(dimensions()[one.vertical].label)))
            for one in projections().values()
        ],
        Refusal(nearest=refusal, unknown=refusal),
    )
