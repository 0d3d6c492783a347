"""Whether the measures of robustness rank the strategies alike, and which they put first and last."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.robustness import Floats, Robustness

#: Measures of one objective that are ranked, and whether more is better.
RANKED = {
    "worst": True,
    "mean": True,
    "hurwicz": True,
    "minimax_regret": False,
    "regret_90": False,
    "mean_variance": True,
    "satisficing": True,
}
#: Measures of all objectives together.
TOGETHER = {"minimax_regret": False, "regret_90": False, "satisficing": True}


@dataclass(frozen=True)
class Agreement:
    """How far measures agree on the order of strategies.

    Attributes:
        measures: their names.
        tau: [measure, measure] Kendall's τ-b: 1 = the same order, −1 = the opposite one; NaN where a measure
            puts all strategies level.
        first: numbers of the strategies that each measure puts first, several where they are level.
        last: those that each puts last.
    """

    measures: tuple[str, ...]
    tau: Floats
    first: Mapping[str, tuple[int, ...]]
    last: Mapping[str, tuple[int, ...]]

    @property
    def unanimous(self) -> tuple[int, ...]:
        """Strategies that every measure puts first."""
        sets = [set(one) for one in self.first.values()]
        return tuple(sorted(set.intersection(*sets))) if sets else ()


def agreement(found: Robustness, objective: str | None = None) -> Agreement:
    """Agreement between the measures of one objective, or of all objectives together where none is named."""
    source, ranked = (found, TOGETHER) if objective is None else (found.of[objective], RANKED)
    scores: dict[str, Floats] = {}
    for name, more_is_better in ranked.items():
        value = getattr(source, name)
        if value is not None:
            scores[name] = value if more_is_better else -value
    return compared(scores)


def compared(scores: Mapping[str, Floats]) -> Agreement:
    """Agreement between scores [strategy] by measure, more being better."""
    names = tuple(scores)
    told = {name: _without_rounding(score) for name, score in scores.items()}
    tau = np.array([[kendall(told[a], told[b]) for b in names] for a in names])
    return Agreement(
        measures=names,
        tau=tau.reshape(len(names), len(names)),
        first={name: _level(score, score.max()) for name, score in told.items()},
        last={name: _level(score, score.min()) for name, score in told.items()},
    )


def kendall(one: Floats, other: Floats) -> float:
    """Kendall's τ-b between two scores [strategy]; NaN where either is level throughout (Kendall 1945)."""
    a, b = _orders(one), _orders(other)
    pairs = float(np.sqrt((a != 0).sum() * float((b != 0).sum())))
    return float((a * b).sum() / pairs) if pairs else float("nan")


def _orders(score: Floats) -> NDArray[np.int64]:
    """Of each pair of strategies, which is the better: 1, −1, or 0 where they are level."""
    first, second = np.triu_indices(len(score), k=1)
    return np.sign(score[first] - score[second]).astype(np.int64)


def _without_rounding(score: Floats) -> Floats:
    """Scores in billionths of their spread, so that those that differ by rounding alone are level."""
    span = np.ptp(score)
    return np.round(score / span, 9) if span > 0.0 else np.zeros_like(score)


def _level(score: Floats, value: float) -> tuple[int, ...]:
    return tuple(int(place) for place in np.flatnonzero(score == value))
