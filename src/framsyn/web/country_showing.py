"""How an indicator of the country's lives is shown on a map: level, change, or distance from as today."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framsyn.foresee.postures import AS_IS, posture_id
from framsyn.i18n.translator import N_
from framsyn.model.indicator_names import indicator_named
from framsyn.model.indicators import Indicator, indicators
from framsyn.web.country_result import MET, PERCENT, CountryResult
from framsyn.web.shades import Shades, shades

Floats = NDArray[np.float64]

LEVEL, CHANGE, AGAINST = "level", "change", "against"
#: What each is called; `base` is the base year.
WAYS = {
    LEVEL: N_("Level of the year"),
    CHANGE: N_("Change since {base}"),
    AGAINST: N_("Difference from going on as today"),
}
#: Units of numbers of people and jobs: sizes differ a thousandfold, so that only shares can be compared.
COUNTS, FLOWS, PER = ("persons", "jobs"), ("persons/year",), 1000.0
#: Units of what is shown; those that are no indicator's own.
SHARE, POINTS, PER_1000 = "%", N_("percentage points"), N_("per 1000 residents")
WORLDS = N_("% of worlds")


@dataclass(frozen=True, eq=False)
class Shown:
    """One indicator as it is shown.

    Attributes:
        indicator: its id.
        label: message id.
        way: of `WAYS`.
        unit: message id.
        decimals: that it is written with.
        values: [municipality, year]; NaN = not known.
        shades: classes of the last year under all postures, so that colours can be compared through the
            years and between postures.
    """

    indicator: str
    label: str
    way: str
    unit: str
    decimals: int
    values: Floats = field(repr=False)
    shades: Shades


def ways_of(indicator: str) -> tuple[str, ...]:
    """In which ways an indicator can be shown, the usual first."""
    unit = indicators()[indicator].unit
    if unit in COUNTS:
        return (CHANGE, AGAINST)
    return (LEVEL, AGAINST) if unit in (*FLOWS, MET) else (LEVEL, CHANGE, AGAINST)


def shown(result: CountryResult, posture: str, indicator: str, way: str) -> Shown:
    """An indicator of a posture as it is shown.

    Args:
        result: the country's lives.
        posture, indicator: ids or names.
        way: of `WAYS`; where the indicator cannot be shown so, its usual.

    Raises:
        FramsynError: the posture or the indicator is not among those kept.
    """
    posture, indicator = posture_id(posture, result.postures), indicator_named(indicator).id
    result.course(posture, indicator)  # the indicator is among those kept
    one, chosen = indicators()[indicator], way if way in ways_of(indicator) else ways_of(indicator)[0]
    every = _every(result, one, chosen)
    decimals = _decimals(one)
    return Shown(
        indicator=indicator,
        label=one.label,
        way=chosen,
        unit=_unit(one, chosen),
        decimals=decimals,
        values=every[result.postures.index(posture)],
        shades=shades(every[..., -1].ravel(), decimals),
    )


def _every(result: CountryResult, one: Indicator, way: str) -> Floats:
    """[posture, municipality, year] as it is shown."""
    levels = result.every_course(one.id)
    if one.unit in FLOWS:
        levels = PER * levels / result.every_course("population")
    if way == LEVEL:
        return levels
    origin = levels[..., :1] if way == CHANGE else levels[result.postures.index(AS_IS)][None]
    if one.unit not in COUNTS:
        return levels - origin
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(origin > 0, PERCENT * (levels / origin - 1.0), np.nan))


def _unit(one: Indicator, way: str) -> str:
    if one.unit in COUNTS:
        return SHARE
    if one.unit in FLOWS:
        return PER_1000
    if one.unit == MET:
        return WORLDS if way == LEVEL else POINTS
    return POINTS if one.unit == SHARE and way != LEVEL else one.unit


def _decimals(one: Indicator) -> int:
    return 1 if one.unit in (*COUNTS, *FLOWS) else one.decimals
