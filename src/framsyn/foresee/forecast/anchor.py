"""The forecast of one municipality, kept small in a bundle: what lives as today are held to.

The arrays of the bundle are enough to give back the forecast's totals, their draws and expected ages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framsyn.core.arrays import Floats
from framsyn.foresee.forecast import draws as chance
from framsyn.foresee.forecast.cohort import DAMPING, CohortRates, Plan, live_cohorts
from framsyn.foresee.forecast.local_pattern import band_of_age
from framsyn.foresee.forecast.moving import stepwise
from framsyn.foresee.forecast.spread import Spread
from framsyn.places.municipality import Municipality

Arrays = dict[str, NDArray[Any]]
#: Fields of a spread that are arrays.
ARRAYS = ("slopes", "level", "power")
#: Years that a bundle's forecast reaches.
YEARS = 50


@dataclass(frozen=True)
class Anchor:
    """One municipality's forecast over H years.

    Attributes:
        code: the municipality.
        region: code of its region.
        totals: [H] expected persons.
        ages: [H, 2, 101] expected persons.
        members: totals [H] of each member of the ensemble.
        rates: its cohort rates, as of a country of one place.
        spread: law of the total's error.
        scale: [H] its scale in that law.
        birth_rate: births a resident of the country and year.
        death_rate: losses at old ages a resident of the country and year.
    """

    code: str
    region: str
    totals: Floats
    ages: Floats
    members: Mapping[str, Floats]
    rates: CohortRates
    spread: Spread
    scale: Floats
    birth_rate: float
    death_rate: float

    def shared(self, draws: range, seed: int) -> chance.Shared:
        """The country's draws."""
        years = len(self.totals)
        return chance.shared_draws(self.spread, self.birth_rate, self.death_rate, years, draws, seed)

    def drawn_totals(self, shared: chance.Shared, draws: range, seed: int) -> Floats:
        """[D, H] draws of the total, the same as `Forecast.totals` gives."""
        errors = chance.relative_errors(self.spread, self.scale, shared, self.region, self.code, draws, seed)
        return chance.fan(self.totals, errors)

    def own_innovations(self, years: int, draws: range, seed: int) -> Floats:
        """[D, years] standard normals: what a year brings to the total's error beside the country's part."""
        return chance.own_innovations(years, self.region, self.code, draws, seed)


def anchor_of(m: Municipality, years: int) -> Anchor:
    """A municipality's forecast from its bundle.

    Args:
        m: the municipality.
        years: years ahead, 1 … 50.
    """
    bundle, i = m.bundle, m.index
    told = bundle.manifest["forecast"]
    region = str(bundle["region_code"][i])
    regions = sorted(set(map(str, bundle["region_code"])))
    deviation = bundle["forecast_deviation"][i].astype(np.float64)[band_of_age()]
    rates = CohortRates(
        ratio=bundle["forecast_ratio"][regions.index(region)][None].astype(np.float64),
        improvement=bundle["forecast_improvement"].astype(np.float64),
        deviation=deviation[None],
        fertility=bundle["forecast_fertility"][i][None].astype(np.float64),
        boys=np.array([float(bundle["forecast_boys"][i])]),
    )
    totals = bundle["forecast_totals"][i, :years].astype(np.float64)
    plan = Plan(damping=stepwise(DAMPING), totals=totals[None])
    start = np.asarray(m.population, dtype=np.float64)[None]
    spread = Spread(**{**told["spread"], **{k: np.array(told["spread"][k]) for k in ARRAYS}})
    return Anchor(
        code=m.code,
        region=region,
        totals=totals,
        ages=live_cohorts(start, np.zeros(1, dtype=np.int64), rates, years, plan)[0],
        members={
            name: bundle["forecast_members"][i, k, :years].astype(np.float64)
            for k, name in enumerate(told["members"])
        },
        rates=rates,
        spread=spread,
        scale=spread.over_years(
            np.array(float(bundle["forecast_scale"][i])), np.array(float(m.population.sum())), years
        ),
        birth_rate=float(told["birth_rate"]),
        death_rate=float(told["death_rate"]),
    )
