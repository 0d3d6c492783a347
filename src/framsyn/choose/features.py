"""Worlds as a table of features that a council can read: one row a world, one column a matter.

What differs between worlds is a path through the years (interest, immigration …), the size of an effect, or
where the community starts. `features.csv` tells how each path is summed up and on which scale; each effect
of the register that is drawn is a feature of its own. W_TILT is none: it holds lives as today to the
forecast's total, which the change of population when going on as today tells in plain terms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from framsyn.datafile import rows
from framsyn.errors import FramsynError
from framsyn.evidence.register import effect
from framsyn.foresee.setting import Drawn
from framsyn.model import layout
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats

Source = Literal["world", "reference", "start", "effect"]
#: What makes one number of a path [draw, year] whose first year is the base year, undisturbed.
SUMMARIES: dict[str, Callable[[Floats], Floats]] = {
    "mean": lambda path: path[:, 1:].mean(axis=1),
    "growth": lambda path: (path[:, -1] / path[:, 0]) ** (1.0 / (path.shape[1] - 1)) - 1.0,
    "change": lambda path: path[:, -1] / path[:, 0] - 1.0,
    "start": lambda path: path[:, 0],
}
#: From the summary to the scale it is told on.
SCALES: dict[str, Callable[[Floats], Floats]] = {
    "as_is": lambda values: values,
    "in_percent": lambda values: values,
    "percent": lambda values: 100.0 * values,
    "from_logit": lambda values: 100.0 / (1.0 + np.exp(-values)),
    "of_expected": lambda values: 100.0 * values / values.mean(),
}
PERCENT = ("in_percent", "percent", "from_logit", "of_expected")


@dataclass(frozen=True)
class Feature:
    """What a column of the table means.

    Attributes:
        id: name; of an effect, its name in the register.
        source: `world`, `reference` (the life as today), `start` or `effect`.
        label: message id of what it is; of an effect what moves, `cause`.
        effect: message id of what the effect moves; blank for others.
        unit: message id: how a value is told, with {number}; blank = the number alone. Of an effect, its
            unit.
        decimals: how many are told; None = as many as two significant figures need.
        percent: whether the value is in percent.
    """

    id: str
    source: Source
    label: str
    effect: str
    unit: str
    decimals: int | None
    percent: bool


class FeatureTable(NamedTuple):
    """The table [draw, feature] and what its columns mean."""

    features: tuple[Feature, ...]
    values: Floats


class _Row(NamedTuple):
    feature: Feature
    column: int
    summary: str
    scale: str


@cache
def _known() -> tuple[_Row, ...]:
    return tuple(_row(row) for row in rows("framsyn.choose", "features.csv"))


def _row(row: dict[str, str]) -> _Row:
    source: dict[str, Source] = {"world": "world", "reference": "reference", "start": "start"}
    feature = Feature(
        id=row["id"],
        source=source[row["source"]],
        label=row["label"],
        effect="",
        unit=row["unit"],
        decimals=int(row["decimals"]),
        percent=row["scale"] in PERCENT,
    )
    return _Row(feature, int(getattr(layout, row["column"])), row["summary"], row["scale"])


def feature_table(drawn: Drawn, reference: Floats) -> FeatureTable:
    """The features of drawn worlds; those alike in all worlds are left out.

    Args:
        drawn: the worlds, the sizes of effects and the starts.
        reference: [draw, year, indicator] the lives as today in the same worlds.

    Raises:
        FramsynError: the lives are of other worlds or years.
    """
    if reference.shape[:2] != drawn.worlds.shape[:2]:
        raise FramsynError(
            "The lives as today are {lives} worlds by years, the worlds {worlds}: both must be of one draw.",
            lives=reference.shape[:2],
            worlds=drawn.worlds.shape[:2],
        )
    paths = {"world": drawn.worlds, "reference": reference, "start": drawn.starts[:, None, :]}
    features, columns = [], []
    for row in _known():
        features.append(row.feature)
        path = paths[row.feature.source][:, :, row.column]
        columns.append(SCALES[row.scale](SUMMARIES[row.summary](path)))
    for column, identity in enumerate(COEFFICIENTS):
        features.append(effect_feature(identity))
        columns.append(drawn.effects[:, column])
    differing = [place for place, values in enumerate(columns) if np.ptp(values) > 0.0]
    return FeatureTable(
        tuple(features[place] for place in differing),
        np.column_stack([columns[place] for place in differing])
        if differing
        else np.empty((len(reference), 0)),
    )


def effect_feature(identity: str) -> Feature:
    """The feature of an effect, in the words of the register."""
    known = effect(identity)
    return Feature(identity, "effect", known.cause, known.effect, known.unit, None, False)
