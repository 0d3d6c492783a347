"""Every municipality as a tile of the same size: a map in which the small ones are seen as well as the large.

From coordinates alone. Points are first spread evenly with their neighbours kept at one tile's distance, as a
net of springs that may not be crowded; the cells where they then lie densest are the country's shape; each
point takes one cell so that together they move least; last, two tiles change places as long as that brings
neighbours, those of the same region first, nearer each other. Regions with a law of their own, islands in
Finland, are kept apart by one cell's width of water.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree
from scipy.stats import rankdata

from framsyn.law.parameters import exempt_regions

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]

#: Width over height of the net at first, and the share of the country's box that its tiles fill.
ASPECT, FILLED = 0.45, 0.6
#: Neighbours that a point is tied to; one of its own region pulls harder, most when tiles change places.
NEIGHBOURS, OWN_IN_NET, OWN_IN_EXCHANGE = 6, 2.5, 4.0
#: Rounds of the net, pull of a spring, push of a crowd, length of both, and the longest step of a round.
ROUNDS, PULL, PUSH, LENGTH, STEP = 300, 0.05, 0.35, 1.1, 0.3
#: Width within which points make a cell dense, in tiles.
WIDTH = 0.7
#: Weight of a point's place in the net against its neighbours, and how far apart two may change places.
ANCHOR, REACH = 0.5, 2
#: Below this many a net has no shape.
FEWEST = 8


@dataclass(frozen=True)
class Tiles:
    """Where each municipality's tile lies.

    Attributes:
        row, column: from the north and from the west, 0 = the first.
        notes: what a reader of the map must know.
    """

    row: Whole
    column: Whole
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ties:
    """Pairs of neighbours [tie], and whether both are of one region."""

    one: NDArray[np.intp]
    other: NDArray[np.intp]
    own: NDArray[np.bool_]


def tiles(places: pl.DataFrame) -> Tiles:
    """The tile of each municipality, in the order of the table.

    Args:
        places: `municipalities`; with `latitude` and `longitude` (degrees) of all a map, else a plain block.
    """
    if not _has_coordinates(places):
        return block(len(places))
    east = places["longitude"].to_numpy().astype(float)
    north = places["latitude"].to_numpy().astype(float)
    region = places["region_code"].to_numpy()
    cells = laid_out(east, north, region, np.isin(region, list(exempt_regions())))
    return Tiles(cells[:, 1], cells[:, 0])


def block(count: int) -> Tiles:
    """A plain block of tiles in their order, where nothing is known of where the places lie."""
    wide = int(np.ceil(np.sqrt(count)))
    order = np.arange(count)
    note = "tiles of the map: a plain block in the order of codes, since coordinates are lacking"
    return Tiles((order // wide).astype(np.int32), (order % wide).astype(np.int32), (note,))


def _has_coordinates(places: pl.DataFrame) -> bool:
    known = {"latitude", "longitude"} <= set(places.columns) and len(places) >= FEWEST
    return known and not places.select(pl.col("latitude", "longitude").is_null().any()).row(0).count(True)


def laid_out(east: Floats, north: Floats, region: NDArray[np.object_], apart: NDArray[np.bool_]) -> Whole:
    """[place, (column, row)] cells that keep neighbours, regions, and the order of north and east.

    Args:
        east, north: degrees.
        region: code of each place's region.
        apart: whether water is left between the place and the others.
    """
    flat = np.stack([(east - east.mean()) * np.cos(np.radians(north.mean())), north.mean() - north], axis=1)
    ties = _ties(flat, region)
    net = _net(flat, ties)
    cells = np.zeros((len(net), 2))
    taken = np.zeros((0, 2))
    for group in (~apart, apart):
        own = _densest(net[group], taken)
        place, cell = linear_sum_assignment(_squared(net[group], own))
        cells[np.flatnonzero(group)[place]] = own[cell]
        taken = own if len(own) else taken
    cells = _exchanged(cells, net, ties, apart)
    return np.asarray(cells - cells.min(axis=0), dtype=np.int32)


def _ties(flat: Floats, region: NDArray[np.object_]) -> Ties:
    """Every place tied to its nearest, each pair once."""
    count = min(NEIGHBOURS, len(flat) - 1)
    nearest = cKDTree(flat).query(flat, count + 1)[1][:, 1:]
    pairs = np.stack([np.repeat(np.arange(len(flat)), count), nearest.ravel()], axis=1)
    one, other = np.unique(np.sort(pairs, axis=1), axis=0).T
    return Ties(one, other, region[one] == region[other])


def _net(flat: Floats, ties: Ties) -> Floats:
    """Points spread so that each has room for a tile, neighbours near."""
    share = (flat - flat.min(axis=0)) / np.maximum(np.ptp(flat, axis=0), 1e-9)
    rank = np.stack([rankdata(one) for one in flat.T], axis=1) / len(flat)
    height = np.sqrt(len(flat) / FILLED / ASPECT)
    net: Floats = (share + rank) / 2.0 * np.array([height * ASPECT, height])
    for _ in range(ROUNDS):
        net = net + np.clip(_pull(net, ties) + _push(net), -STEP, STEP)
    return net


def _pull(net: Floats, ties: Ties) -> Floats:
    """What the springs pull."""
    line = net[ties.other] - net[ties.one]
    long = np.maximum(np.hypot(*line.T), 1e-9)
    force = line * (PULL * np.where(ties.own, OWN_IN_NET, 1.0) * (long - LENGTH) / long)[:, None]
    pull = np.zeros_like(net)
    np.add.at(pull, ties.one, force)
    np.add.at(pull, ties.other, -force)
    return pull


def _push(net: Floats) -> Floats:
    """What others push who are too near."""
    line = net[:, None] - net[None]
    long = np.hypot(line[..., 0], line[..., 1])
    crowded = (long < LENGTH) & (long > 0.0)
    force = np.where(crowded, PUSH * (LENGTH - long) / np.where(crowded, long, 1.0), 0.0)
    pushed: Floats = (line * force[..., None]).sum(axis=1)
    return pushed


def _densest(net: Floats, taken: Floats) -> Floats:
    """As many cells as points, where the points lie densest and no taken cell is near."""
    if not len(net):
        return np.zeros((0, 2))
    low, high = np.floor(net.min(axis=0)) - 3, np.ceil(net.max(axis=0)) + 3
    columns, rows = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
    cells = np.stack([columns.ravel(), rows.ravel()], axis=1)
    if len(taken):
        cells = cells[np.abs(cells[:, None] - taken[None]).max(axis=-1).min(axis=1) > 1]
    dense = np.exp(-_squared(cells, net) / (2.0 * WIDTH**2)).sum(axis=1)
    chosen: Floats = cells[np.argsort(-dense, kind="stable")[: len(net)]]
    return chosen


def _exchanged(cells: Floats, net: Floats, ties: Ties, apart: NDArray[np.bool_]) -> Floats:
    """Cells after the two that gain most have changed places, as long as any gain."""
    pull = np.zeros((len(net), len(net)))
    pull[ties.one, ties.other] = pull[ties.other, ties.one] = np.where(ties.own, OWN_IN_EXCHANGE, 1.0)
    cells = cells.copy()
    together = apart[:, None] == apart[None]
    while True:
        near = np.abs(cells[:, None] - cells[None]).max(axis=-1) <= REACH
        # Rounded, so that no machine's last digit decides.
        gains = np.where(near & together, np.round(_gains(cells, net, pull), 6), 0.0)
        if gains.max() <= 0.0:
            return cells
        one, other = np.unravel_index(np.argmax(gains), gains.shape)
        cells[[one, other]] = cells[[other, one]]


def _gains(cells: Floats, net: Floats, pull: Floats) -> Floats:
    """[one, other] how much nearer two come to their neighbours and their points when they change places."""
    squared = _squared(cells, cells)
    strain = pull @ squared + ANCHOR * _squared(net, cells)  # [place, cell] of each place in each cell
    own = np.diag(strain)
    gains: Floats = own[:, None] + own[None] - strain - strain.T - 2.0 * pull * squared
    return gains


def _squared(these: Floats, those: Floats) -> Floats:
    """Squared distances of all pairs."""
    found: Floats = ((these[:, None] - those[None]) ** 2).sum(axis=-1)
    return found
