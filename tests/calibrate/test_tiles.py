"""The map of equal tiles: neighbours, regions and the points of the compass are kept."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from framsyn.calibrate.tiles import block, laid_out, tiles
from framsyn.places.bundle import shipped_bundle
from framsyn.places.municipality import municipality
from framsyn.places.tables import Tables

Whole = NDArray[np.int32]


@pytest.fixture(scope="module")
def cells() -> Whole:
    """[place, (column, row)] of the shipped bundle."""
    bundle = shipped_bundle()
    return np.stack([bundle["tile_column"], bundle["tile_row"]], axis=1)


def country(side: int) -> pl.DataFrame:
    """A made-up square country, crowded in the south, in four regions; codes in no order of place."""
    rng = np.random.default_rng(5)
    east, north = (rng.random(side * side) for _ in range(2))
    return pl.DataFrame(
        {
            "code": [f"{number:03d}" for number in range(side * side)],
            "region_code": [f"{int(a > 0.5)}{int(b > 0.5)}" for a, b in zip(east, north, strict=True)],
            "latitude": 60 + 6 * north**2,
            "longitude": 22 + 8 * east,
        }
    )


def test_every_municipality_has_a_tile_of_its_own(cells: Whole) -> None:
    assert len(np.unique(cells, axis=0)) == len(cells) == 308
    assert cells.min() == 0
    assert cells[:, 0].max() < 20  # columns, so that a tile is large enough to point at
    assert cells[:, 1].max() < 34


def test_the_shipped_tiles_keep_the_points_of_the_compass_and_real_neighbours(
    cells: Whole, data_folder: Path
) -> None:
    places = Tables.open(data_folder).need("municipalities").sort("code")
    east, north = (places[name].to_numpy() for name in ("longitude", "latitude"))
    assert spearmanr(cells[:, 1], -north).statistic > 0.98
    assert spearmanr(cells[:, 0], east).statistic > 0.96
    flat = np.stack([east * np.cos(np.radians(north.mean())), north], axis=1)
    away = ((flat[:, None] - flat[None]) ** 2).sum(axis=-1)
    np.fill_diagonal(away, np.inf)
    nearest = np.argsort(away, axis=1)[:, :4]
    steps = np.abs(cells[:, None] - cells[nearest]).max(axis=-1)
    assert (steps <= 1).mean() > 0.83
    assert (steps <= 2).mean() > 0.99


def test_nearly_every_region_is_in_one_piece(cells: Whole) -> None:
    region = shipped_bundle()["region_code"]
    pieces = {one: pieces_of({tuple(cell) for cell in cells[region == one].tolist()}) for one in set(region)}
    assert sum(count > 1 for count in pieces.values()) <= 2
    assert max(pieces.values()) <= 2


def pieces_of(tiles_left: set[tuple[int, ...]]) -> int:
    """How many pieces tiles that share a side make."""
    pieces = 0
    while tiles_left:
        pieces += 1
        edge = [tiles_left.pop()]
        while edge:
            column, row = edge.pop()
            for near in ((column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)):
                if near in tiles_left:
                    tiles_left.remove(near)
                    edge.append(near)
    return pieces


def test_aland_lies_apart_in_the_south_west(cells: Whole) -> None:
    region = shipped_bundle()["region_code"]
    own = region == region[municipality("Mariehamn").index]
    away = np.abs(cells[own][:, None] - cells[~own][None]).max(axis=-1)
    assert own.sum() == 16
    assert away.min() == 2  # one tile of water
    assert cells[own, 0].mean() < np.quantile(cells[~own, 0], 0.05)
    assert cells[own, 1].mean() > np.quantile(cells[~own, 1], 0.95)


def test_utsjoki_is_in_the_northernmost_rows_and_hanko_south_of_vasa(cells: Whole) -> None:
    row = {name: int(cells[municipality(name).index, 1]) for name in ("Utsjoki", "Hanko", "Vasa")}
    assert row["Utsjoki"] <= 1
    assert row["Hanko"] > row["Vasa"]


def test_a_made_up_country_keeps_its_order_and_is_laid_out_the_same_again() -> None:
    places = country(9)
    made, again = tiles(places), tiles(places)
    assert np.array_equal(made.row, again.row)
    assert np.array_equal(made.column, again.column)
    assert len({*zip(made.row.tolist(), made.column.tolist(), strict=True)}) == len(places)
    assert spearmanr(made.row, -places["latitude"].to_numpy()).statistic > 0.9
    assert spearmanr(made.column, places["longitude"].to_numpy()).statistic > 0.9
    assert made.notes == ()


def test_tiles_do_not_hang_on_the_order_in_which_places_are_told() -> None:
    places = country(7)
    order = np.random.default_rng(3).permutation(len(places))
    told, turned = tiles(places), tiles(places[order])
    assert np.array_equal(told.row[order], turned.row)
    assert np.array_equal(told.column[order], turned.column)


def test_places_set_apart_have_water_around_them() -> None:
    places = country(8)
    apart = (places["region_code"] == "00").to_numpy()
    cells = laid_out(
        places["longitude"].to_numpy(), places["latitude"].to_numpy(), places["region_code"].to_numpy(), apart
    )
    assert np.abs(cells[apart][:, None] - cells[~apart][None]).max(axis=-1).min() >= 2


@pytest.mark.parametrize("lacking", ["column", "value", "few"])
def test_without_coordinates_tiles_are_a_plain_block_and_that_is_told(lacking: str) -> None:
    places = country(5)
    if lacking == "column":
        places = places.drop("latitude")
    elif lacking == "value":
        places = places.with_columns(
            pl.when(pl.col("code") == "007").then(None).otherwise(pl.col("longitude")).alias("longitude")
        )
    else:
        places = places.head(5)
    made, plain = tiles(places), block(len(places))
    assert np.array_equal(made.row, plain.row)
    assert np.array_equal(made.column, plain.column)
    assert "block" in made.notes[0]


def test_a_block_is_as_wide_as_high() -> None:
    made = block(10)
    assert list(zip(made.row.tolist(), made.column.tolist(), strict=True))[:5] == [
        (0, 0),
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 0),
    ]
