"""Where every municipality stands: each indicator's value, its percentiles, and what they sum up to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from framsyn.evaluate.dictionary import DIMENSIONS, MAINLAND, NEITHER, Indicator, areas, dictionary
from framsyn.evaluate.figures import compute
from framsyn.evaluate.peers import chosen, features, nearest
from framsyn.evaluate.percentiles import among, among_all, among_peers, favourable
from framsyn.model.layout import Floats
from framsyn.places.bundle import Bundle, shipped_bundle
from framsyn.places.municipality import Municipality

BEST_QUARTER = 75.0


@dataclass(frozen=True)
class Standing:
    """Every municipality by every indicator, in the order of the bundle and of the dictionary.

    Attributes:
        values: [place, indicator] in the indicator's unit, NaN = not published.
        status: [place, indicator] 0 observed, 1 estimated, 2 not published.
        compared: [place, indicator] the value where it can be compared, else NaN.
        percentile: [place, indicator] among all, 0 = lowest … 100 = highest, NaN = not compared.
        peers: [place, peer] indices of the nearest peers.
        peer_percentile: [place, indicator] among those peers.
        areas: [place, area] mean of the indicators with a direction, each turned so that 100 is the best.
        dimensions: [place, dimension] the same of the indicators that count in each of `DIMENSIONS`.
        counted: [place, dimension] how many indicators that is the mean of.
    """

    bundle: Bundle = field(repr=False)
    values: Floats
    status: NDArray[np.uint8]
    compared: Floats
    percentile: Floats
    peers: NDArray[np.intp]
    peer_percentile: Floats
    areas: Floats
    dimensions: Floats
    counted: NDArray[np.intp]


@dataclass(frozen=True)
class Reading:
    """One indicator of one municipality.

    Attributes:
        value: in the indicator's unit; NaN = not published.
        status: `observed`, `estimated` or `missing`.
        percentile, peer_percentile: 0 = lowest … 100 = highest; NaN = not compared.
        score, peer_score: the same turned so that 100 is the best; NaN where neither end is.
        peer_median: median of the peers' known values.
        peer_best_quarter: what a quarter of the peers reach or better; NaN where neither end is better.
        best_quarter_score: the score among all that the municipality would have with that value.
    """

    indicator: Indicator
    value: float
    status: str
    percentile: float
    peer_percentile: float
    score: float
    peer_score: float
    peer_median: float
    peer_best_quarter: float
    best_quarter_score: float


@dataclass(frozen=True)
class Evaluation:
    """One municipality: every indicator read, the mean score of each area (NaN = none), and its peers."""

    municipality: Municipality
    readings: tuple[Reading, ...]
    areas: dict[str, float]
    peers: tuple[Municipality, ...]
    own_peers: bool

    def of_area(self, area: str) -> tuple[Reading, ...]:
        """The readings of one area."""
        return tuple(one for one in self.readings if one.indicator.area == area)


def evaluate_all(bundle: Bundle | None = None) -> Standing:
    """Where every municipality of the bundle stands; the shipped bundle's where none is given."""
    told = bundle or shipped_bundle()
    figures = [compute(told, one.formula) for one in dictionary().values()]
    values = np.stack([one.values for one in figures], axis=1)
    status = np.stack([one.status for one in figures], axis=1)
    compared = np.where(_outside(told), np.nan, values)
    percentile = among_all(compared)
    peers = nearest(*features(told))
    scores = turned(percentile)
    dimensions, counted = _means(scores, [one.dimension for one in dictionary().values()], DIMENSIONS)
    return Standing(
        bundle=told,
        values=values,
        status=status,
        compared=compared,
        percentile=percentile,
        peers=peers,
        peer_percentile=among_peers(compared, peers),
        areas=_means(scores, [one.area for one in dictionary().values()], tuple(areas()))[0],
        dimensions=dimensions,
        counted=counted,
    )


def _outside(bundle: Bundle) -> NDArray[np.bool_]:
    """[place, indicator] whether the place is outside the indicator's peer group."""
    mainland = np.array([one.peer_group == MAINLAND for one in dictionary().values()])
    return np.asarray(mainland[None] & ~bundle["state_grant_by_law"][:, None])


def turned(percentile: Floats) -> Floats:
    """[…, indicator] percentiles turned so that 100 is the best; NaN where neither end is better."""
    columns = [
        favourable(percentile[..., place], one.direction) for place, one in enumerate(dictionary().values())
    ]
    return np.stack(columns, axis=-1)


def _means(scores: Floats, group_of: Sequence[str], groups: Sequence[str]) -> tuple[Floats, NDArray[np.intp]]:
    """[place, group] mean of the known scores of each group, NaN = none, and how many those are."""
    member = np.array([[one == group for group in groups] for one in group_of], dtype=np.float64)
    known = np.isfinite(scores)
    count = known.astype(np.float64) @ member
    mean = np.full(count.shape, np.nan)
    np.divide(np.where(known, scores, 0.0) @ member, count, out=mean, where=count > 0)
    return mean, count.astype(np.intp)


def evaluate(
    m: Municipality, peers: Sequence[Municipality] | None = None, standing: Standing | None = None
) -> Evaluation:
    """Read every indicator of a municipality, among all and among its nearest or self-chosen peers.

    Args:
        m: the municipality.
        peers: self-chosen peers, at least three; None = the nearest (`peers.csv`).
        standing: the whole country as `evaluate_all(m.bundle)` gives it, to save making it again.

    Raises:
        FramsynError: too few peers.
    """
    whole = standing or evaluate_all(m.bundle)
    row = whole.peers[m.index] if peers is None else chosen(m, peers)
    others = whole.compared[row]
    peer_percentile = among(whole.compared[m.index], others)
    scores, peer_scores = turned(whole.percentile[m.index]), turned(peer_percentile)
    aims = np.array(
        [best_quarter(others[:, place], one.direction) for place, one in enumerate(dictionary().values())]
    )
    aim_scores = turned(among(aims, np.delete(whole.compared, m.index, axis=0)))
    readings = tuple(
        Reading(
            indicator=one,
            value=float(whole.values[m.index, place]),
            status=("observed", "estimated", "missing")[int(whole.status[m.index, place])],
            percentile=float(whole.percentile[m.index, place]),
            peer_percentile=float(peer_percentile[place]),
            score=float(scores[place]),
            peer_score=float(peer_scores[place]),
            peer_median=_quantile(others[:, place], 50.0),
            peer_best_quarter=float(aims[place]),
            best_quarter_score=float(aim_scores[place]),
        )
        for place, one in enumerate(dictionary().values())
    )
    return Evaluation(
        municipality=m,
        readings=readings,
        areas=dict(zip(areas(), map(float, whole.areas[m.index]), strict=True)),
        peers=tuple(Municipality(int(index), m.bundle) for index in row),
        own_peers=peers is not None,
    )


def best_quarter(values: Floats, direction: str) -> float:
    """The value that a quarter of the known ones reach or better; NaN where neither end is better."""
    if direction == NEITHER:
        return float("nan")
    return _quantile(values, BEST_QUARTER if direction == "higher" else 100.0 - BEST_QUARTER)


def _quantile(values: Floats, percent: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.percentile(known, percent)) if len(known) else float("nan")
