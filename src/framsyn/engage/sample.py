"""Measures of the groups shown, with their bootstrap draws, and how groups make the municipality's."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.engage.bootstrap import Estimate, drawn_means, estimates, means
from framsyn.engage.groups import OTHERS, Group
from framsyn.engage.measures import measure_ids
from framsyn.engage.statements import Floats
from framsyn.engage.vocabulary import GROUPS

BY_GROUP, BY_RESPONDENT = "groups", "respondents"
WEIGHINGS = (BY_GROUP, BY_RESPONDENT)


@dataclass(frozen=True, eq=False)
class Sample:
    """Measures by group.

    Attributes:
        values: [respondent, measure] of each group, NaN = not known.
        drawn: bootstrap means [draw, measure] of each group.
    """

    values: Mapping[str, Floats]
    drawn: Mapping[str, Floats]

    def of_group(self, group: str) -> dict[str, Estimate]:
        """The estimate of each measure in one group."""
        values = self.values[group]
        return _estimates(means(values), self.drawn[group], np.isfinite(values).sum(axis=0))

    def of_all(self, weighing: str) -> tuple[dict[str, Estimate], Floats]:
        """The estimate of each measure in the municipality, and its draws [draw, measure]."""
        told = np.stack([means(values) for values in self.values.values()])
        counts = np.stack([np.isfinite(values).sum(axis=0) for values in self.values.values()])
        known = np.isfinite(told)
        weights = np.where(known, counts if weighing == BY_RESPONDENT else 1, 0).astype(np.float64)
        drawn = _weighted(np.stack(list(self.drawn.values())), weights[:, None, :])
        answers = np.where(known, counts, 0).sum(axis=0)
        return _estimates(_weighted(told, weights), drawn, answers), drawn


def sampled(values: Floats, groups: tuple[Group, ...], draws: int, seed: int) -> Sample:
    """Draw the respondents of each group anew.

    Args:
        values: measures [respondent, measure] of everybody.
        groups: the groups shown.
        draws: how many times.
        seed: seed of the draws; each group has its own stream.
    """
    own = {group.id: values[group.places] for group in groups}
    streams = (*GROUPS, OTHERS)
    drawn = {
        group: drawn_means(told, draws, np.random.default_rng([seed, streams.index(group)]))
        for group, told in own.items()
    }
    return Sample(own, drawn)


def _weighted(told: Floats, weights: Floats) -> Floats:
    """Mean over the first axis, of what is known; NaN where nothing is."""
    total = weights.sum(axis=0)
    summed = (np.where(weights > 0.0, told, 0.0) * weights).sum(axis=0)
    return np.where(total > 0.0, summed / np.where(total > 0.0, total, 1.0), np.nan)


def _estimates(told: Floats, drawn: Floats, counts: NDArray[np.intp]) -> dict[str, Estimate]:
    return dict(zip(measure_ids(), estimates(told, drawn, counts.tolist()), strict=True))
