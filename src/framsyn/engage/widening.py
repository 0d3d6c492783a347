"""Intervals that hold what careless answers may do: they span the figures with and without them.

Where too few answers are left to be shown without them, those in question count as unknown: each could have
been anything from the lowest to the highest of the scale.
"""

from collections.abc import Mapping

from framsyn.engage.bootstrap import Estimate
from framsyn.engage.statements import HIGHEST, LOWEST, statements

#: Half an 80 % interval of a normal distribution, in standard deviations.
HALF_INTERVAL = 1.2816


def widened(
    told: Mapping[str, Estimate], without: Mapping[str, Estimate], flagged: Mapping[str, float]
) -> dict[str, Estimate]:
    """Estimates whose intervals span those without careless answers; their deviations follow.

    Args:
        told: the estimate of every measure by id, with all answers.
        without: the same without the careless ones; NaN, or absent, where too few are left.
        flagged: share of the weight of each measure that careless answers have, 0–1.
    """
    return {
        name: _spanning(name, one, without.get(name), flagged.get(name, 0.0)) for name, one in told.items()
    }


def _spanning(name: str, one: Estimate, without: Estimate | None, share: float) -> Estimate:
    if not share > 0.0 or one.mean != one.mean:
        return one
    if without is not None and without.mean == without.mean:
        low, high = min(one.low, without.low), max(one.high, without.high)
    else:
        least, most = _scale(name)
        low = min(one.low, max(least, one.mean - share * (most - least)))
        high = max(one.high, min(most, one.mean + share * (most - least)))
    return one._replace(low=low, high=high, sd=max(one.sd, (high - low) / (2.0 * HALF_INTERVAL)))


def _scale(name: str) -> tuple[float, float]:
    return (float(LOWEST), float(HIGHEST)) if name in {one.id for one in statements()} else (0.0, 100.0)
