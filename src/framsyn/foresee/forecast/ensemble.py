"""The expected population: the mean of the members, and its ages.

Equal weights, on logarithms. No weighting tried on outcomes up to 2014 was better than noise (see the
page on accuracy), and equal weights hold on where nothing can be tuned.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from framsyn.core.arrays import Floats
from framsyn.foresee.forecast.boosting import can_boost
from framsyn.foresee.forecast.cohort import DAMPING, Plan, live_cohorts
from framsyn.foresee.forecast.members import MEMBERS
from framsyn.foresee.forecast.moving import stepwise
from framsyn.foresee.forecast.past import Past
from framsyn.foresee.forecast.trends import controlled


@dataclass(frozen=True)
class Expected:
    """Expected persons of P places in the next H years.

    Attributes:
        totals: [P, H] persons.
        members: totals [P, H] of each member.
        country: [H] persons, the sum of `totals`.
    """

    totals: Floats
    members: Mapping[str, Floats]
    country: Floats

    @property
    def disagreement(self) -> Floats:
        """[P, H] standard deviation of the members' logarithms."""
        spread: Floats = np.log(np.stack(list(self.members.values()))).std(axis=0)
        return spread


def expected(past: Past) -> Expected:
    """The ensemble's totals."""
    members = {
        name: method(past) for name, method in MEMBERS.items() if name != "boosting" or can_boost(past)
    }
    mean = np.mean([np.log(np.maximum(path, 1e-3)) for path in members.values()], axis=0)
    return Expected(controlled(np.exp(mean), past.country), members, past.country)


def expected_ages(past: Past, totals: Floats) -> Floats:
    """Population [P, H, 2, 101] that meets the totals [P, H]: cohorts with fading local deviations."""
    plan = Plan(damping=stepwise(DAMPING), totals=totals)
    return live_cohorts(past.base_structure, past.history.region, past.rates, past.horizon, plan)
