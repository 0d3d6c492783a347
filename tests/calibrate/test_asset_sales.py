from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.accounts import Figures, read_accounts
from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.asset_sales import asset_sales, book_value, drawn_to_size
from framsyn.calibrate.cost_parts import share_of
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED
from framsyn.calibrate.finance import finance_facts
from framsyn.calibrate.grant_criteria import grant_criteria_facts
from framsyn.calibrate.places import open_places
from framsyn.calibrate.population import base_population
from framsyn.places.tables import Tables

POPULATION = np.ones((3, 2, 101)) * np.array([10.0, 20.0, 30.0])[:, None, None]
SIZE = np.array([2020.0, 4040.0, 6060.0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "code,name,region_code\n1,One,01\n2,Two,01\n3,Three,21\n"
    (tmp_path / "municipalities.csv").write_text(rows)
    return tmp_path


def sold(proceeds: np.ndarray, gains: np.ndarray) -> Figures:
    years = tuple(range(2015, 2015 + proceeds.shape[1]))
    return Figures(years, {"asset_proceeds": proceeds, "internal_adjustments": -gains})


def test_the_gain_that_the_margin_holds_is_no_sale_again() -> None:
    figures = sold(np.array([[100.0, 50.0]]), np.array([[30.0, 50.0]]))
    assert book_value(figures).tolist() == [[70.0, 0.0]]


def test_sales_that_only_chance_tells_apart_are_those_of_the_size() -> None:
    size = np.exp(np.arange(7.0, 12.0))
    chance = np.array([[50.0, 0.0, -50.0]]) * np.array([1, -1, 1, -1, 1])[:, None]
    drawn = drawn_to_size(10.0 + chance + np.log(size)[:, None], size)
    assert drawn == pytest.approx(10.0 + np.log(size))


def test_sales_that_last_are_the_municipalitys_own() -> None:
    size = np.exp(np.arange(7.0, 12.0))
    own = np.array([100.0, 20.0, 70.0, 5.0, 60.0])
    assert drawn_to_size(np.tile(own[:, None], 5), size) == pytest.approx(own)


def test_sales_sum_to_the_countrys_and_a_gap_is_assumed(folder: Path) -> None:
    (folder / "population_total.csv").write_text(
        "code,year,population\n1,2015,2020\n2,2015,4040\n3,2015,6060\n"
    )
    places = open_places(Tables.open(folder), POPULATION)
    proceeds = np.array([[40.0, 60.0], [300.0, 100.0], [np.nan, np.nan]]) * 1000
    found = asset_sales(places, sold(proceeds, np.zeros((3, 2))))
    mean = (50_000 + 200_000) / (SIZE[0] + SIZE[1])
    assert found.values.sum() == pytest.approx(mean * SIZE.sum())
    assert found.values[2] == pytest.approx(mean * SIZE[2])
    assert found.status.tolist() == [ESTIMATED, ESTIMATED, ASSUMED]
    assert (found.values >= 0).all()


def test_without_accounts_sales_are_the_countrys_per_resident(folder: Path) -> None:
    found = asset_sales(open_places(Tables.open(folder), POPULATION), None)
    assert found.values == pytest.approx(anchor("asset_sales_book_value") / anchor("population") * SIZE)
    assert (found.status == ASSUMED).all()


def test_a_part_of_an_area_is_the_share_of_its_functions_and_a_blank_is_the_countrys() -> None:
    functions = Figures(
        (2017, 2018, 2019),
        {
            "libraries": np.array([[10.0, 10.0, 10.0], [np.nan] * 3]),
            "music": np.array([[20.0, np.nan, 10.0], [np.nan] * 3]),
            "museums": np.array([[-5.0, 0.0, 0.0], [np.nan] * 3]),
        },
    )
    found = share_of(functions, ("libraries",), ("libraries", "music", "museums"), np.ones(2))
    assert found.values == pytest.approx([0.5, 0.5])
    assert found.status.tolist() == [ESTIMATED, ASSUMED]


def test_the_grants_criteria_share_out_what_the_law_gives_and_none_on_aland(folder: Path) -> None:
    (folder / "unemployment.csv").write_text(
        "code,unemployed,labour_force\n1,100,1000\n2,100,2000\n3,50,1000\n"
    )
    facts = grant_criteria_facts(Tables.open(folder), POPULATION)
    by_rate = facts["grant_unemployment_eur"]
    assert by_rate[2] == 0.0
    # Residents × rate: 2,020 × 0.10 and 4,040 × 0.05.
    assert by_rate[0] == pytest.approx(by_rate[1])
    speakers = facts["grant_foreign_language_eur"]
    assert speakers[2] == 0.0
    assert speakers[1] == pytest.approx(2 * speakers[0])


@pytest.mark.data
def test_real_parts_lie_inside_their_wholes_and_the_cash_flow_closes(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    population = base_population(tables).count
    facts = finance_facts(tables, population)
    assert (facts["cost_library"] > 0).all()
    assert all((facts[f"cost_{part}"] >= 0.0).all() for part in ("art", "culture", "business", "employment"))
    # Libraries take 299 of the 852 M€ of culture, art 433; the employment duty most of business.
    parts = ("library", "art", "culture", "employment")
    country = {part: facts[f"cost_{part}"].sum() / 1e6 for part in parts}
    assert country["library"] + country["art"] + country["culture"] == pytest.approx(852.0, abs=1.0)
    assert country["library"] == pytest.approx(299.0, abs=5.0)
    assert country["employment"] > 1400.0
    places = open_places(tables, population)
    accounts = read_accounts(tables, places.codes)
    assert accounts is not None
    size = places.size_in(accounts.years)
    proceeds = np.nanmean(accounts["asset_proceeds"] / size, axis=1)
    assert np.quantile(proceeds, [0.1, 0.5, 0.9]) == pytest.approx([15, 60, 229], rel=0.1)
    per_resident = facts["asset_sales_eur"].sum() / places.size.sum()
    assert per_resident == pytest.approx(
        np.nansum(book_value(accounts).mean(axis=1)) / size[:, -1].sum(), rel=0.05
    )
    criteria = grant_criteria_facts(tables, population)
    assert 80e6 < criteria["grant_unemployment_eur"].sum() < 120e6
    assert 160e6 < criteria["grant_foreign_language_eur"].sum() < 240e6
