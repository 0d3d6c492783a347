"""The school of thought to which each draw belongs, and what it makes of effects.

What is not known of the structure is thereby drawn like what is not known of the numbers, and every table can
be read by school; see `evidence.schools`.
"""

from collections.abc import Sequence
from functools import cache
from math import inf, isfinite
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError
from framsyn.evidence.register import SCHOOLS_OF_THOUGHT, effect
from framsyn.evidence.schools import default_weights
from framsyn.foresee.counter_random import standard_normals
from framsyn.model.coefficients import COEFFICIENTS
from framsyn.model.layout import Floats

COUNTRY = "country"
VARIABLE = ("school_of_thought",)

Indices = NDArray[np.intp]


def draw_schools(
    draws: range, seed: int, residents: float, weights: Sequence[float] | None = None
) -> Indices:
    """Which school of thought each draw belongs to: [draw] 0, 1 or 2 for S0, S1, S2.

    A draw has the same number in every municipality and among any number of draws, so its school differs
    between municipalities only where their weights do.

    Args:
        draws: numbers of the draws.
        seed: the seed.
        residents: of the municipality, for its default weights.
        weights: shares of the schools, summing to 1; None = `default_weights`.

    Raises:
        FramsynError: `weights` are not three shares that sum to 1.
    """
    shares = check_weights(default_weights(residents) if weights is None else weights)
    scores = standard_normals(seed, draws, 1, VARIABLE, COUNTRY)[:, 0, 0]
    limits = [_score(share) for share in np.cumsum(shares)[:-1]]
    return np.searchsorted(limits, scores, side="right").astype(np.intp)


def _score(share: float) -> float:
    """The standard-normal score below which this share of draws lies."""
    if 0.0 < share < 1.0:
        return NormalDist().inv_cdf(share)
    return inf if share > 0.0 else -inf


def check_weights(weights: Sequence[float]) -> Floats:
    """The weights [school] as an array.

    Raises:
        FramsynError: they are not as many as the schools, one is negative or not a number, or their sum is
            not 1.
    """
    shares = np.asarray(weights, dtype=float)
    if shares.shape != (len(SCHOOLS_OF_THOUGHT),):
        raise FramsynError(
            "There are {wanted} schools of thought ({schools}), so as many weights are needed, not {count}.",
            wanted=len(SCHOOLS_OF_THOUGHT),
            schools=", ".join(SCHOOLS_OF_THOUGHT),
            count=shares.size,
        )
    if any(not isfinite(share) or share < 0.0 for share in shares):
        raise FramsynError("The weight of a school of thought is a share, 0 or more.")
    if abs(shares.sum() - 1.0) > 1e-9:
        raise FramsynError(
            "The weights of the schools of thought sum to {sum}, and must sum to 1.", sum=f"{shares.sum():g}"
        )
    return shares


def effects_in_schools(values: Floats, schools: Indices) -> Floats:
    """Effects as the school of their draw has them.

    Args:
        values: [draw, coefficient] drawn from the priors, columns as in `COEFFICIENTS`.
        schools: [draw] 0, 1 or 2.

    Returns:
        [draw, coefficient], within the bounds of every effect; the draws of S1 are as they were.
    """
    terms = _school_terms()
    moved = values * terms.factors[schools] + terms.shifts[schools]
    return np.clip(moved, terms.minimum, terms.maximum)


class _Terms(NamedTuple):
    """What schools make of effects: factors and shifts [school, coefficient], bounds [coefficient]."""

    factors: Floats
    shifts: Floats
    minimum: Floats
    maximum: Floats


@cache
def _school_terms() -> _Terms:
    priors = [effect(identity) for identity in COEFFICIENTS]
    terms = np.array([[prior.school_terms(school) for prior in priors] for school in SCHOOLS_OF_THOUGHT])
    return _Terms(
        factors=np.ascontiguousarray(terms[:, :, 0]),
        shifts=np.ascontiguousarray(terms[:, :, 1]),
        minimum=np.array([prior.minimum for prior in priors]),
        maximum=np.array([prior.maximum for prior in priors]),
    )
