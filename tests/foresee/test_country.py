"""The whole country on the shipped bundle, few worlds and years."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import framsyn
from framsyn.errors import FramsynError
from framsyn.foresee import country as room
from framsyn.foresee.country import live_country_futures, spread_of
from framsyn.foresee.country_totals import totals
from framsyn.foresee.futures import foresee
from framsyn.foresee.postures import read_postures
from framsyn.model.indicators import indicators

YEARS, DRAWS = 5, 3
NATIONAL = ("births", "deaths", "immigration", "emigration", "population")


@cache
def lived() -> xr.Dataset:
    return live_country_futures(years=YEARS, draws=DRAWS, seed=7)


def total(name: str) -> np.ndarray:
    """[posture, year] of the country, mean over the draws, from the first year on."""
    summed: np.ndarray = (
        lived()[name].sel(statistic="mean").isel(year=slice(1, None)).sum("municipality").values
    )
    return summed


def test_as_many_move_in_as_out_of_the_municipalities_of_finland() -> None:
    np.testing.assert_allclose(total("moves_in"), total("moves_out"), rtol=1e-7)


@pytest.mark.parametrize("name", NATIONAL)
def test_what_the_world_gives_the_country_is_the_same_under_every_posture(name: str) -> None:
    sums = total(name)
    np.testing.assert_allclose(sums, np.broadcast_to(sums[0], sums.shape), rtol=1e-7)


def test_postures_differ_in_where_people_live() -> None:
    elsewhere = lived().country_elsewhere.isel(year=-1)
    assert (elsewhere.sel(posture="as_is") == 0.0).all()
    assert (elsewhere.sel(posture="given_up") > 10.0).all()


def test_a_municipality_has_the_same_people_as_when_it_is_foreseen_alone() -> None:
    alone = foresee(framsyn.municipality("Närpes"), ["as_is"], YEARS, DRAWS, seed=7).population.sel(
        posture="as_is"
    )
    coupled = lived().population.sel(posture="as_is", municipality="545")
    np.testing.assert_allclose(coupled.sel(statistic="mean"), alone.mean("draw"), rtol=1e-7)
    np.testing.assert_allclose(coupled.sel(statistic="p50"), alone.quantile(0.5, "draw"), rtol=1e-6)


def test_a_draw_is_the_same_whatever_the_number_of_draws_threads_and_the_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "BATCH", 2)
    other = live_country_futures(postures=["lazy"], years=YEARS, draws=DRAWS + 2, seed=7, threads=1)
    assert other.posture.values.tolist() == ["as_is", "lazy"]
    for name in (one.id for one in totals()):
        few, many = (
            lived()[name].sel(posture="lazy"),
            other[name].sel(posture="lazy", draw=slice(0, DRAWS - 1)),
        )
        np.testing.assert_array_equal(few, many, err_msg=name)


def test_the_dataset_names_every_axis_unit_and_what_is_not_known() -> None:
    futures = lived()
    assert futures.population.dims == ("posture", "municipality", "year", "statistic")
    assert dict(futures.sizes) == {
        "posture": 5,
        "municipality": 308,
        "year": YEARS + 1,
        "statistic": 4,
        "draw": DRAWS,
    }
    kept = [one for one in indicators().values() if one.country]
    assert [name for name in futures.data_vars if not str(name).startswith("country_")] == [
        one.id for one in kept
    ]
    assert all(futures[one.id].attrs["units"] == one.unit for one in kept)
    assert futures.moves_in.isel(year=0).isnull().all()
    assert futures.to_array().isel(year=slice(1, None)).notnull().all()
    assert (
        futures.loans_per_resident.sel(statistic="p10") <= futures.loans_per_resident.sel(statistic="p90")
    ).all()


def test_statistics_are_those_over_the_draws_and_not_known_where_one_draw_is_not() -> None:
    kept = np.random.default_rng(1).normal(size=(7, 2, 23, 3, 2)).astype(np.float32)
    kept[4, 0, 20, 1, 1] = np.nan
    spread = spread_of(kept, threads=2)
    assert np.isnan(spread[0, 20, 1, 1]).all()
    assert np.isnan(spread).sum() == 4
    np.testing.assert_allclose(spread[1, ..., 0], kept[:, 1].astype(float).mean(0), rtol=1e-12)
    np.testing.assert_allclose(
        spread[1, ..., 3], np.quantile(kept[:, 1].astype(float), 0.9, axis=0), rtol=1e-12
    )


def test_a_users_posture_and_chosen_indicators(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[thrifty]\nbased_on = "lazy"\nresult_aimed = 400\n', encoding="utf-8")
    futures = live_country_futures(
        postures=["thrifty"], years=2, draws=1, known=read_postures(path), indicators=["population", "trust"]
    )
    assert futures.posture.values.tolist() == ["as_is", "thrifty"]
    assert {"population", "trust"} == {
        str(name) for name in futures.data_vars if "municipality" in futures[name].dims
    }


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"postures": ["nobody"]}, "no posture nobody"),
        ({"postures": ["lazy", "lazy"]}, "named twice"),
        ({"years": 0}, "from 1 to 50"),
        ({"draws": 20_000}, "more than memory should hold: choose at most 909"),
        ({"indicators": ["happiness"]}, "no indicator happiness"),
    ],
)
def test_what_cannot_be_lived_is_refused_before_any_work(asked: dict[str, object], words: str) -> None:
    with pytest.raises(FramsynError, match=words):
        live_country_futures(**asked)  # type: ignore[arg-type]  # bad input on purpose
