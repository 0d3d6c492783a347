"""Where a municipality's unemployment stands at the base year, against its usual level and the country's."""

from typing import NamedTuple

import numpy as np

from framsyn.places.bundle import Bundle
from framsyn.places.municipality import Municipality

#: Facts of a municipality, and the state of the country, in a bundle that has them.
USUAL, LOADING = "unemployment_usual_logit", "unemployment_loading"
STATE, STATE_BEFORE = "national_unemployment_state", "national_unemployment_state_before"
COUNTRY_USUAL = "national_unemployment_usual_logit"
#: Array of a bundle that tells the labour market, the sub-region, of each municipality.
SUBREGION = "subregion_code"
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
        region: the region whose shocks it shares.
        subregion: the sub-region whose shocks it shares beside those; "" where that is not known.
    """

    mean: float
    loading: float
    own: float
    national: float
    national_before: float
    country_mean: float
    region: str = ""
    subregion: str = ""

    @property
    def base(self) -> float:
        """Logit of the rate of the base year."""
        return self.mean + self.loading * self.national + self.own


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
    here = here._replace(region=str(bundle["region_code"][m.index]))
    if SUBREGION in bundle.arrays:
        here = here._replace(subregion=str(bundle[SUBREGION][m.index]))
    national = bundle.manifest["economy"]
    if not {USUAL, LOADING} <= set(facts) or not {STATE, STATE_BEFORE, COUNTRY_USUAL} <= set(national):
        return here
    state, before, country_mean = (
        float(national[name]["value"]) for name in (STATE, STATE_BEFORE, COUNTRY_USUAL)
    )
    return here._replace(
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
