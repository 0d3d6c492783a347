"""Robustness of strategies over the same futures: regret, satisficing and their kin, and where they disagree.

Every measure is a table of values [strategy, future] made into one number a strategy. Values are first turned
so that more is better, and results are told in that sense: a loan of 5 000 euros that should be small is
−5 000. Formulas: McPhail, Maier, Kwakkel, Giuliani, Castelletti & Westra 2018, Earth's Future 6(2): 169–191.

Regret hangs on the strategies that are compared: it is what a strategy misses of the best *of this set* in
the same future. Quantiles are linear between order statistics (Hyndman & Fan 1996, type 7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from framsyn.errors import FramsynError

Floats = NDArray[np.float64]

#: The share of futures whose regret is not looked at in the percentile measure is 1 − HIGH.
HIGH = 0.9
#: Hurwicz's weight on the worst future. (Some libraries put it on the best.)
PESSIMISM = 0.5


@dataclass(frozen=True)
class Objective:
    """What a strategy is judged by.

    Attributes:
        id: name.
        more_is_better: False where a low value is good.
        threshold: the value that is good enough, in the objective's own unit; None = none is stated.
    """

    id: str
    more_is_better: bool = True
    threshold: float | None = None


@dataclass(frozen=True)
class Measures:
    """Measures of one objective, each [strategy], of values turned so that more is better.

    Attributes:
        worst: Wald's maximin, the value of the worst future.
        best: the value of the best future.
        mean: Laplace, every future alike.
        hurwicz: α · worst + (1 − α) · best.
        minimax_regret: Savage, the largest regret; less is better, as of the next.
        regret_90: the 90th percentile of regret.
        mean_variance: (μ + 1)/(σ + 1) of values scaled to 0…1 over the set, σ the sample's. Scaled so, the
            mean is never below zero and spread always counts against a strategy.
        satisficing: share of futures in which the threshold is met; None where none is stated.
    """

    worst: Floats
    best: Floats
    mean: Floats
    hurwicz: Floats
    minimax_regret: Floats
    regret_90: Floats
    mean_variance: Floats
    satisficing: Floats | None


@dataclass(frozen=True)
class Robustness:
    """Measures of each objective, and of all of them together.

    Attributes:
        objectives: what was judged.
        of: measures by objective id.
        minimax_regret: [strategy] the largest regret in any future and objective. Each objective's regret is
            first divided by the range of its values over the set, so that it is a share of what is at stake;
            the largest of them needs no weights. Less is better, as of the next.
        regret_90: [strategy] the 90th percentile over futures of the largest regret of any objective.
        satisficing: [strategy] share of futures in which every stated threshold is met (Starr's domain
            criterion); None where no objective has one.
    """

    objectives: tuple[Objective, ...]
    of: Mapping[str, Measures]
    minimax_regret: Floats
    regret_90: Floats
    satisficing: Floats | None


def regret(values: Floats) -> Floats:
    """[strategy, future] what each misses of the set's best in the same future; of values, more is better."""
    missed: Floats = values.max(axis=0) - values
    return missed


def scaled(values: Floats) -> Floats:
    """Values [strategy, future] from 0, the set's worst, to 1, its best; 1 where all of them are alike."""
    low, span = values.min(), np.ptp(values)
    return (values - low) / span if span > 0.0 else np.ones_like(values)


def measures(
    values: Floats,
    objective: Objective,
    pessimism: float = PESSIMISM,
    names: Sequence[str] | None = None,
) -> Measures:
    """The measures of one objective.

    Args:
        values: [strategy, future] in the objective's own unit; the same futures for every strategy.
        objective: its direction and threshold.
        pessimism: Hurwicz's α, the weight on the worst future.
        names: of the strategies, for messages.

    Raises:
        FramsynError: a value is not known, there is no value at all, or `pessimism` is outside 0…1.
    """
    checked(values, objective, names)
    if not 0.0 <= pessimism <= 1.0:
        raise FramsynError(
            "The weight on the worst future must be from 0 to 1; {weight} was given.", weight=pessimism
        )
    turned = _turned(values, objective)
    missed, unit = regret(turned), scaled(turned)
    spread = unit.std(axis=1, ddof=1) if turned.shape[1] > 1 else np.zeros(len(turned))
    worst, best = turned.min(axis=1), turned.max(axis=1)
    return Measures(
        worst=worst,
        best=best,
        mean=turned.mean(axis=1),
        hurwicz=pessimism * worst + (1.0 - pessimism) * best,
        minimax_regret=missed.max(axis=1),
        regret_90=np.quantile(missed, HIGH, axis=1),
        mean_variance=(unit.mean(axis=1) + 1.0) / (spread + 1.0),
        satisficing=None if objective.threshold is None else meets(values, objective).mean(axis=1),
    )


def robustness(
    values: Mapping[str, Floats],
    objectives: Sequence[Objective],
    pessimism: float = PESSIMISM,
    names: Sequence[str] | None = None,
) -> Robustness:
    """The measures of each objective and of all together.

    Args:
        values: [strategy, future] by objective id, in its own unit.
        objectives: what to judge by.
        pessimism: Hurwicz's α, the weight on the worst future.
        names: of the strategies, for messages.

    Raises:
        FramsynError: no objective, a value that is not known, or tables of different shapes.
    """
    _check_shapes(values, objectives)
    of = {one.id: measures(values[one.id], one, pessimism, names) for one in objectives}
    shares = [scaled_regret(_turned(values[one.id], one)) for one in objectives]
    largest = np.max(shares, axis=0)
    met = [meets(values[one.id], one) for one in objectives if one.threshold is not None]
    return Robustness(
        objectives=tuple(objectives),
        of=of,
        minimax_regret=largest.max(axis=1),
        regret_90=np.quantile(largest, HIGH, axis=1),
        satisficing=np.all(met, axis=0).mean(axis=1) if met else None,
    )


def scaled_regret(values: Floats) -> Floats:
    """[strategy, future] regret as a share of the range of the values over the set; 0 where there is none."""
    span = np.ptp(values)
    return regret(values) / span if span > 0.0 else np.zeros_like(values)


def meets(values: Floats, objective: Objective) -> NDArray[np.bool_]:
    """[strategy, future] whether the objective's threshold is met; True throughout where none is stated."""
    if objective.threshold is None:
        return np.ones(values.shape, dtype=np.bool_)
    met = values >= objective.threshold if objective.more_is_better else values <= objective.threshold
    return np.asarray(met, dtype=np.bool_)


def weighted_value(
    values: Mapping[str, Floats], objectives: Sequence[Objective], weights: Mapping[str, float]
) -> Floats:
    """[strategy, future] additive value Σ w·u, where the user gives weights; never made without them.

    u runs from 0 to 1 over the range of the objective's values in this set: the swing that its weight is
    about. Weights are divided by their sum.

    Raises:
        FramsynError: an objective without a weight, a weight without its objective, or one below zero.
    """
    _check_shapes(values, objectives)
    _check_weights(objectives, weights)
    total = sum(weights.values())
    value = np.zeros_like(values[objectives[0].id], dtype=np.float64)
    for one in objectives:
        checked(values[one.id], one)
        value += weights[one.id] / total * scaled(_turned(values[one.id], one))
    return value


def checked(values: Floats, objective: Objective, names: Sequence[str] | None = None) -> None:
    """Raise FramsynError where a value is missing, saying of which strategy and in which future."""
    if values.ndim != 2 or not values.size:
        raise FramsynError(
            "The values of {objective} must be a table of strategies by futures with at least one of each.",
            objective=objective.id,
        )
    lacking = np.argwhere(~np.isfinite(values))
    if len(lacking):
        strategy, future = (int(place) for place in lacking[0])
        raise FramsynError(
            "The value of {objective} is not known for strategy {strategy} in future {future} ({count} values"
            " are missing). Leave out that strategy, future or objective: a missing value is not zero.",
            objective=objective.id,
            strategy=names[strategy] if names else strategy,
            future=future,
            count=len(lacking),
        )


def _turned(values: Floats, objective: Objective) -> Floats:
    return values if objective.more_is_better else -values


def _check_shapes(values: Mapping[str, Floats], objectives: Sequence[Objective]) -> None:
    if not objectives:
        raise FramsynError("Robustness needs at least one objective.")
    for one in objectives:
        if one.id not in values:
            raise FramsynError("There are no values of the objective {objective}.", objective=one.id)
    if len({values[one.id].shape for one in objectives}) > 1:
        raise FramsynError(
            "The objectives have different numbers of strategies or futures: {shapes}.",
            shapes=", ".join(f"{one.id} {values[one.id].shape}" for one in objectives),
        )


def _check_weights(objectives: Sequence[Objective], weights: Mapping[str, float]) -> None:
    ids = {one.id for one in objectives}
    if set(weights) != ids:
        raise FramsynError(
            "Every objective needs one weight. Objectives: {objectives}; weights: {weights}.",
            objectives=", ".join(sorted(ids)),
            weights=", ".join(sorted(weights)),
        )
    wrong = [name for name, weight in weights.items() if not (isfinite(weight) and weight >= 0.0)]
    if wrong or sum(weights.values()) <= 0.0:
        raise FramsynError(
            "Weights must be zero or more, and one at least above zero: see {names}.",
            names=", ".join(wrong or weights),
        )
