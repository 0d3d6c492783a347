"""The country's unemployment: logit of the rate as a second-order autoregression around its mean.

Source of the form: a business cycle turns back, which takes two lags (Box & Jenkins 1970).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LAGS = 2
#: Fewer years than this with two years before them do not show a cycle.
LEAST_STEPS = 8
#: Largest modulus of the roots: the cycle dies away.
MOST_LASTING = 0.98


class Cycle(NamedTuple):
    """AR(2) of the country's logit: mean, coefficients and yearly innovation, with standard errors.

    `state` is the deviation from the mean in the base year, `before` that of the year before.
    """

    mean: float
    first: float
    second: float
    innovation: float
    mean_se: float
    first_se: float
    second_se: float
    innovation_se: float
    state: float
    before: float


def fitted_cycle(years: tuple[int, ...], logit: Floats) -> Cycle | None:
    """The cycle of the country's logits; None where too few years follow on each other.

    Coefficients by least squares over years that have two years before them. The mean by generalised least
    squares over all years with the covariance of that autoregression, so that a lone late year counts for
    more than one beside others.
    """
    at = dict(zip(years, logit.tolist(), strict=True))
    steps = [year for year in years if {year - 1, year - 2} <= set(at)]
    if len(steps) < LEAST_STEPS:
        return None
    design = np.array([[1.0, at[year - 1], at[year - 2]] for year in steps])
    target = np.array([at[year] for year in steps])
    found = np.linalg.lstsq(design, target, rcond=None)[0]
    residual = target - design @ found
    free = len(steps) - design.shape[1]
    variance = float(residual @ residual) / free
    errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
    first, second = stationary(float(found[1]), float(found[2]))
    mean, mean_se = generalised_mean(years, logit, first, second, variance)
    last = max(years)
    state = at[last] - mean
    before = at[last - 1] - mean if last - 1 in at else first / (1.0 - second) * state
    return Cycle(
        mean,
        first,
        second,
        variance**0.5,
        mean_se,
        float(errors[1]),
        float(errors[2]),
        (variance / (2.0 * free)) ** 0.5,
        state,
        before,
    )


def stationary(first: float, second: float) -> tuple[float, float]:
    """The coefficients, drawn in where their cycle would not die away."""
    roots = np.roots([1.0, -first, -second])
    modulus = float(np.max(np.abs(roots)))
    shrink = min(1.0, MOST_LASTING / modulus) if modulus > 0.0 else 1.0
    return first * shrink, second * shrink**2


def generalised_mean(
    years: tuple[int, ...], values: Floats, first: float, second: float, variance: float
) -> tuple[float, float]:
    """Mean of the values and its standard error under the autoregression's covariance."""
    lags = np.abs(np.subtract.outer(years, years))
    covariance = autocovariance(first, second, variance, int(lags.max()))[lags]
    weight = np.linalg.solve(covariance, np.ones(len(years)))
    return float(weight @ values / weight.sum()), float(weight.sum() ** -0.5)


def autocovariance(first: float, second: float, variance: float, last: int) -> Floats:
    """Autocovariances at lags 0…`last` of a stationary AR(2) with this innovation variance."""
    correlation = [1.0, first / (1.0 - second)]
    for _ in range(LAGS, last + 1):
        correlation.append(first * correlation[-1] + second * correlation[-2])
    level = variance / (1.0 - first * correlation[1] - second * (first * correlation[1] + second))
    return level * np.array(correlation[: last + 1])
