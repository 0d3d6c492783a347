"""Where groups see the municipality differently, and whether more so than chance would make them."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from framsyn.engage.bootstrap import Estimate, estimates, means
from framsyn.engage.statements import Floats

#: Labels of respondents dealt out anew, to see what gaps chance makes.
SHUFFLES = 1_000
#: How often chance alone may call any gap of all compared clear.
CHANCE = 0.05


class Gap(NamedTuple):
    """The difference between two groups' means of a measure.

    Attributes:
        measure: what it is of.
        first: the group from whose mean the other's is taken.
        second: the other group.
        difference: with its interval; `answers` are those of the group with fewer.
        clear: whether it is larger than the largest that chance makes in 19 cases of 20, among all measures
            of the kind and all pairs of groups.
    """

    measure: str
    first: str
    second: str
    difference: Estimate
    clear: bool


def gaps(
    names: tuple[str, ...],
    values: Mapping[str, Floats],
    drawn: Mapping[str, Floats],
    rng: np.random.Generator,
) -> tuple[Gap, ...]:
    """The gap of every pair of groups in every measure that both have answered enough, largest first.

    Args:
        names: ids of the measures, all on one scale.
        values: [respondent, measure] of each group, NaN = not known.
        drawn: bootstrap means [draw, measure] of each group.
        rng: source of the shuffles.
    """
    pairs = list(combinations(values, 2))
    found: list[Gap] = []
    for first, second in pairs:
        most = _most_by_chance(values[first], values[second], CHANCE / len(pairs), rng)
        difference = means(values[first]) - means(values[second])
        counts = np.minimum(*(np.isfinite(values[one]).sum(axis=0) for one in (first, second)))
        told = estimates(difference, drawn[first] - drawn[second], counts.tolist())
        found += [
            Gap(name, first, second, one, abs(one.mean) > most)
            for name, one in zip(names, told, strict=True)
            if np.isfinite(one.mean)
        ]
    return tuple(sorted(found, key=lambda gap: -abs(gap.difference.mean)))


def _most_by_chance(first: Floats, second: Floats, chance: float, rng: np.random.Generator) -> float:
    """The gap that is exceeded in any measure in a share `chance` of shuffles (Westfall and Young 1993)."""
    both = np.concatenate([first, second])
    told = np.isfinite(means(first)) & np.isfinite(means(second))
    if not told.any():
        return float("nan")
    in_order = (np.arange(len(both)) < len(first)).astype(np.float64)
    labels = rng.permuted(np.tile(in_order, (SHUFFLES, 1)), axis=1)
    known = np.isfinite(both[:, told]).astype(np.float64)
    filled = np.where(known > 0.0, both[:, told], 0.0)
    totals, counts = _labelled(labels, filled), _labelled(labels, known)
    rest, others = filled.sum(axis=0) - totals, known.sum(axis=0) - counts
    apart = np.abs(totals / np.maximum(counts, 1.0) - rest / np.maximum(others, 1.0))
    return float(np.quantile(apart.max(axis=1), 1.0 - chance, method="higher"))


def _labelled(labels: Floats, columns: Floats) -> Floats:
    """Sums over those with the label; not a matrix product, whose threads cost more than so small a sum."""
    summed: Floats = np.einsum("sr,rc->sc", labels, columns)
    return summed
