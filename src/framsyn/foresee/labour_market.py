"""Where a municipality's unemployment stands at the base year, and the law by which it moves."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from framsyn.calibrate.unemployment_local import size_class
from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

#: Facts of a municipality in a bundle that has them.
USUAL, LOADING = "unemployment_usual_logit", "unemployment_loading"
#: Parameters in a bundle's manifest: the country's usual level, its state at the base year and the law.
COUNTRY_MEAN = "unemployment_mean"
STATE, STATE_BEFORE = "unemployment_state", "unemployment_state_before"
LAGS = ("unemployment_first_lag", "unemployment_second_lag")
INNOVATION = "unemployment_innovation_sd"
LOCAL_PERSISTENCE, LOCAL_INNOVATION = "unemployment_local_persistence", "unemployment_local_innovation_sd"
#: Array of a bundle with the labour market area, the sub-region, of each municipality, and what it shares.
SUBREGION, SHARED = "subregion_code", "unemployment_shared_in_sub_region"
SHARED_IN_REGION = "unemployment_shared_in_region"
#: Rates are held inside these, so that a logit is defined where nobody or everybody is unemployed.
LEAST_RATE, MOST_RATE = 0.001, 0.999


class LabourMarket(NamedTuple):
    """The base year of unemployment, logits of the rate.

    Attributes:
        mean: the municipality's usual level.
        loading: how many times the country's cycle it has.
        own: its deviation from both at the base year.
        national: the country's deviation from its usual level at the base year.
        national_before: the same a year earlier.
        country_mean: the country's usual level.
    """

    mean: float
    loading: float
    own: float
    national: float
    national_before: float
    country_mean: float

    @property
    def base(self) -> float:
        """Logit of the rate of the base year."""
        return self.mean + self.loading * self.national + self.own


class UnemploymentLaw(NamedTuple):
    """How unemployment moves, logits.

    Attributes:
        lags: parts of the country's deviation that go on after one year and after two.
        innovation: standard deviation of what a year brings to the country.
        local_persistence: part of the own deviation that is left a year later.
        local_innovation: standard deviation of what a year brings to the municipality beside the country.
        area: whom it shares a part of that with.
        shared: how large a part of its variance.
    """

    lags: tuple[float, float]
    innovation: float
    local_persistence: float
    local_innovation: float
    area: str
    shared: float


def logit(rate: float) -> float:
    """ln(rate / (1 − rate)) of a share, held inside what has a logit."""
    inside = min(max(rate, LEAST_RATE), MOST_RATE)
    return float(np.log(inside / (1.0 - inside)))


def labour_market_of(m: Municipality) -> LabourMarket:
    """The labour market of a municipality in its bundle.

    Where the bundle tells no usual level, the base year's is the usual one: no reversion is expected.
    """
    bundle = m.bundle
    facts = dict(zip(map(str, bundle["fact_id"]), bundle["facts"][m.index].tolist(), strict=True))
    here = labour_market_at(1.0 - facts["employed"] / facts["labour_force"], country_rate(bundle))
    national = bundle.manifest["economy"]
    if not {USUAL, LOADING} <= set(facts) or not {STATE, STATE_BEFORE, COUNTRY_MEAN} <= set(national):
        return here
    state, before, country_mean = (
        float(national[name]["value"]) for name in (STATE, STATE_BEFORE, COUNTRY_MEAN)
    )
    return LabourMarket(
        mean=facts[USUAL],
        loading=facts[LOADING],
        own=here.base - facts[USUAL] - facts[LOADING] * state,
        national=state,
        national_before=before,
        country_mean=country_mean,
    )


def labour_market_at(rate: float, country: float) -> LabourMarket:
    """A labour market whose unemployment is at its usual level.

    Args:
        rate: unemployed residents, share of the labour force.
        country: the same in the country.
    """
    return LabourMarket(logit(rate), 1.0, 0.0, 0.0, 0.0, logit(country))


def country_rate(bundle: Bundle) -> float:
    """Unemployed residents of the country, share of its labour force."""
    ids = list(map(str, bundle["fact_id"]))
    employed, force = (bundle["facts"][:, ids.index(name)].sum() for name in ("employed", "labour_force"))
    return float(1.0 - employed / force)


def unemployment_law(m: Municipality, defaults: Mapping[str, float]) -> UnemploymentLaw:
    """The law of a municipality's unemployment: its bundle's parameters, else `defaults` of the same ids."""
    bundle = m.bundle
    of_size = int(size_class(np.array([m.population.sum()]))[0])
    in_subregion = SUBREGION in bundle.arrays

    def value(name: str) -> float:
        own = bundle.manifest["economy"].get(name)
        return defaults[name] if own is None else float(own["value"])

    return UnemploymentLaw(
        lags=(value(LAGS[0]), value(LAGS[1])),
        innovation=value(INNOVATION),
        local_persistence=value(LOCAL_PERSISTENCE),
        local_innovation=value(f"{LOCAL_INNOVATION}_{1 + of_size}"),
        area=str(bundle[SUBREGION if in_subregion else "region_code"][m.index]),
        shared=value(SHARED if in_subregion else SHARED_IN_REGION),
    )
