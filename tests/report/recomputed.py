"""What a trace of a report says, found anew from the dataset that it names."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framsyn.choose.alone import Move
from framsyn.evaluate.criteria import ANY, CRITERIA, FOLLOWS
from framsyn.evaluate.dictionary import dictionary
from framsyn.evaluate.standing import Standing, evaluate_all
from framsyn.foresee.forecast.explain import explain_forecast
from framsyn.report.document.traced import Trace
from framsyn.report.kinds.material import Material

Values = tuple[float, float, float]
Z_80 = 1.2815515655446004  # of the normal law


def found_anew(trace: Trace, material: Material) -> Values:
    """(low, middle, high) of what a trace names."""
    return FINDERS[trace.dataset](trace, material)


def _lives(material: Material, indicator: str, posture: str) -> NDArray[np.float64]:
    chosen = material.futures[indicator].sel(posture=posture or "as_is").transpose("draw", "year")
    return np.asarray(chosen.to_numpy(), np.float64)


def _quantiles(values: NDArray[np.float64]) -> Values:
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9)).tolist()
    return low, middle, high


def _futures(trace: Trace, material: Material) -> Values:
    if trace.of == "share_of_futures":
        return math.nan, _share(trace, material), math.nan
    assert trace.year is not None
    place = trace.year - material.base
    lives = _lives(material, trace.indicator, trace.posture)
    now, then = lives[:, 0], lives[:, place]
    today = _lives(material, trace.indicator, "as_is")[:, place]
    if place == 0:
        return math.nan, float(np.median(now)), math.nan
    with np.errstate(divide="ignore", invalid="ignore"):  # only one of these is asked for
        made = {
            "value": then,
            "change": then - now,
            "change_percent": 100.0 * (then / now - 1.0),
            "difference": then - today,
            "difference_percent": 100.0 * (then / today - 1.0),
        }
    return _quantiles(made[trace.of])


def _share(trace: Trace, material: Material) -> float:
    if trace.indicator == ANY:
        return 100.0 * float(_met(material, trace.posture, CRITERIA).any(axis=1).mean())
    margin = _lives(material, trace.indicator, trace.posture)[:, -1]
    wear = _lives(material, "depreciation_per_resident", trace.posture)[:, -1]
    return 100.0 * float((margin >= wear).mean())


def _met(material: Material, posture: str, criteria: tuple[str, ...]) -> NDArray[np.bool_]:
    """[draw, year after the base year]."""
    told = [_lives(material, one, posture)[:, 1:] > 0.0 for one in criteria]
    return np.asarray(np.any(told, axis=0))


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 80 % interval of a share (Wilson 1927)."""
    z2 = Z_80**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z_80 * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2)) / (1 + z2 / count)
    return middle - half, middle + half


def _warning(trace: Trace, material: Material) -> Values:
    one = material.warning.postures[trace.posture]
    if trace.indicator in (ANY, *CRITERIA, *FOLLOWS) and trace.of == "probability":
        met = _met(material, trace.posture, CRITERIA if trace.indicator == ANY else (trace.indicator,))
        told = np.asarray(met.any(axis=1) if trace.year is None else met[:, trace.year - material.base - 1])
        share = float(told.mean())
        low, high = wilson(share, len(told))
        return 100.0 * low, 100.0 * share, 100.0 * high
    if trace.of == "count":
        some = int(_met(material, trace.posture, CRITERIA).any(axis=1).sum())
        return math.nan, float(min(some, material.asked.draws - some)), math.nan
    if trace.indicator in ("declines", "feeds_itself"):
        assert one.spiral is not None
        found = getattr(one.spiral, trace.indicator)
        return 100.0 * found.low, 100.0 * found.value, 100.0 * found.high
    if trace.indicator in ("turned_at_once", "stayed", "turning_year"):
        turning = one.turning
        assert turning is not None
        told_of = {
            "turned_at_once": 100.0 * turning.turned[0],
            "stayed": 100.0 * turning.stayed,
            "turning_year": float(turning.year or 0),
        }
        return math.nan, told_of[trace.indicator], math.nan
    driver = next(one for one in one.drivers if one.variable.id == trace.indicator)
    values = {"risk_where_lowest": 100 * driver.low, "risk_where_highest": 100 * driver.high}
    return math.nan, values.get(trace.of, driver.half_at), math.nan


@cache
def _standing() -> Standing:
    return evaluate_all()


def _present(trace: Trace, material: Material) -> Values:
    whole, at = _standing(), material.municipality.index
    place = list(dictionary()).index(trace.indicator)
    if trace.of == "value":
        return math.nan, float(whole.values[at, place]), math.nan
    if trace.of == "largest_of_all":
        return math.nan, float(np.nanmax(whole.values[:, place])), math.nan
    if trace.of == "peer_median":
        known = whole.compared[whole.peers[at], place]
        return math.nan, float(np.nanmedian(known)) if np.isfinite(known).any() else math.nan, math.nan
    table = whole.peer_percentile if trace.of.startswith("peer_") else whole.percentile
    percentile = float(table[at, place])
    turned = trace.of.endswith("score") and dictionary()[trace.indicator].direction != "higher"
    return math.nan, 100.0 - percentile if turned else percentile, math.nan


def _forecast(trace: Trace, material: Material) -> Values:
    told = explain_forecast(material.municipality, min(material.asked.years, 10))
    if trace.indicator.startswith("within_80_after_"):
        past = told.past_at(int(trace.indicator.rpartition("_")[2]))
        assert past is not None
        return math.nan, past.within_80, math.nan
    if trace.indicator == "expected":
        return told.low, told.expected, told.high
    exact = {"Births": told.births, "Deaths": -told.deaths, "change": told.expected - told.population}
    exact |= {**told.moves, "pull": told.pull, "Adjustment from all methods together": told.pull}
    # Told in whole persons that sum up, so that a part may be rounded the other way.
    assert abs(trace.middle - exact[trace.indicator]) <= 1.0
    return math.nan, trace.middle, math.nan


def _levers(trace: Trace, material: Material) -> Values:
    moves: list[Move] = [*material.moves, *material.postures_compared]
    one = next(move for move in moves if move.id == trace.posture)
    if trace.indicator == "lawful":
        return math.nan, 100.0 * one.lawful, math.nan
    found = next(other for other in one.against if other.objective.indicator.id == trace.indicator)
    return found.low, found.middle, found.high


def _position(trace: Trace, material: Material) -> Values:
    told = material.position
    near = {one.vision: one for one in told.visions}
    if trace.of == "value":
        place = list(told.mean).index(trace.indicator)
        column = np.sort(told.cloud[:, place])
        last = len(column) - 1
        return float(column[int(0.1 * last)]), told.mean[trace.indicator], float(column[round(0.9 * last)])
    if trace.of == "gap":
        return math.nan, near[trace.posture].gaps[trace.indicator], math.nan
    one = near[trace.indicator]
    if trace.of == "nearest_share":
        return math.nan, 100.0 * one.probability, math.nan
    return one.low, one.distance, one.high


def _signposts(trace: Trace, material: Material) -> Values:
    assert trace.year is not None
    guide = next(one for one in material.guides if one.ahead == trace.year - material.base)
    if trace.of == "right":
        return math.nan, 100.0 * guide.right, math.nan
    post = next(one for one in guide.posts if one.id == trace.indicator)
    if trace.of == "told_apart":
        return math.nan, 100.0 * post.auc, math.nan
    order = ("as_is", "engaging", "focused", "lazy", "given_up")
    return math.nan, post.levels[order.index(trace.posture)], math.nan


FINDERS: dict[str, Callable[[Trace, Material], Values]] = {
    "futures": _futures,
    "warning": _warning,
    "present": _present,
    "forecast": _forecast,
    "levers": _levers,
    "position": _position,
    "signposts": _signposts,
}


def same(told: Trace, found: Values) -> bool:
    """Whether a trace's values are what was found; not known is like not known."""
    pairs = list(zip((told.low, told.middle, told.high), found, strict=True))
    unknown = [math.isnan(a) and math.isnan(b) for a, b in pairs]
    near = [math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in pairs]
    return all(a or b for a, b in zip(unknown, near, strict=True))
