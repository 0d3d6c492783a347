from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED
from framsyn.calibrate.growth import growth_facts
from framsyn.calibrate.homes import homes_facts, owner_share
from framsyn.calibrate.house_prices import PriceLevels, Sales, fitted_levels, shrunk
from framsyn.calibrate.household_growth import HouseholdGrowth
from framsyn.calibrate.places import open_places
from framsyn.calibrate.population import base_population
from framsyn.calibrate.vacancy import market_vacancy, register_vacancy
from framsyn.places.bundle import shipped_bundle
from framsyn.places.tables import Tables

#: 2,020, 4,040 and 6,060 residents.
POPULATION = np.ones((3, 2, 101)) * np.array([10.0, 20.0, 30.0])[:, None, None]


def test_without_tables_homes_are_the_countrys_and_assumed(folder: Path) -> None:
    facts = homes_facts(Tables.open(folder), POPULATION)
    assert (facts.status == ASSUMED).all()
    households = np.array([2020.0, 4040.0, 6060.0]) / anchor("persons_per_household")
    assert facts["households"] == pytest.approx(households)
    assert facts["homes"] == pytest.approx(households / (1.0 - anchor("register_vacancy")))
    assert facts["house_price_eur_m2"] == pytest.approx([anchor("house_price")] * 3)


def test_households_follow_residents_less_than_one_for_one_beside_their_own_trend() -> None:
    growth = HouseholdGrowth(trend=0.01, decline=0.5, growth=0.8)
    carried = growth.carried(np.array([100.0, 100.0, 100.0]), np.array([0.9, 1.0, 1.1]), 10.0)
    assert carried == pytest.approx(
        [100 * np.exp(0.1) * 0.9**0.5, 100 * np.exp(0.1), 100 * np.exp(0.1) * 1.1**0.8]
    )


def test_households_of_merged_municipalities_are_added_before_they_are_carried(folder: Path) -> None:
    (folder / "merges.csv").write_text("old_code,code_2026\n9,2\n")
    (folder / "key_figures.csv").write_text(
        "code,year,Asuntokuntien_lukumaara,Vakiluku\n1,2016,1000,2020\n2,2016,1500,3040\n9,2016,500,1000\n"
    )
    facts = homes_facts(Tables.open(folder), POPULATION)
    trend = np.exp(9 * anchor("household_trend"))
    assert facts["households"][:2] == pytest.approx([1000 * trend, 2000 * trend])
    assert facts["households"][2] == pytest.approx(6060 / anchor("persons_per_household"))


def test_register_vacancy_is_what_dwellings_have_beyond_households_over_three_years(folder: Path) -> None:
    (folder / "housing.csv").write_text(
        "code,year,dwellings,households\n1,2013,100,10\n1,2015,100,90\n1,2016,100,80\n1,2017,100,70\n"
        "2,2017,200,190\n3,2017,,50\n"
    )
    found = register_vacancy(open_places(Tables.open(folder), POPULATION))
    assert found.values == pytest.approx([0.2, 0.05, anchor("register_vacancy")])
    assert found.status.tolist() == [ESTIMATED, ESTIMATED, ASSUMED]


def test_a_gap_of_owners_takes_what_does_not_rent_and_else_the_regions_mean(folder: Path) -> None:
    (folder / "housing.csv").write_text(
        "code,year,dwellings,households,households_owner,households_renter,households_other\n"
        "1,2017,100,90,60,25,5\n2,2017,100,90,,,\n3,2017,100,90,,,\n"
    )
    (folder / "key_figures.csv").write_text(
        "code,year,Vuokra_asunnoissa_asuvien_asuntokuntien_osuus,Vakiluku\n3,2016,20,6060\n"
    )
    found = owner_share(open_places(Tables.open(folder), POPULATION))
    assert found.values == pytest.approx([60 / 90, 60 / 90, 0.8])
    assert found.status.tolist() == [ESTIMATED, ASSUMED, ESTIMATED]


def test_prices_of_kinds_and_years_are_brought_to_all_kinds_in_the_last_year() -> None:
    # ln price = place (7, 7.5) + kind (0, 0.2) + 0.1 a year; place 1 sells kind 1, not in the last year.
    rows = [(0, 0, 4), (0, 1, 5), (0, 0, 5), (1, 1, 4), (1, 1, 3), (0, 1, 3)]
    place, kind, year = (np.array(column) for column in zip(*rows, strict=True))
    price = np.array([7.0, 7.5])[place] + np.array([0.0, 0.2])[kind] + 0.1 * year
    found = fitted_levels(Sales(place, kind, year, price, np.ones(len(price))), 3, 0)
    assert found.level[:2] == pytest.approx([7.5, 8.0], abs=1e-6)
    assert np.isnan(found.level[2])


def test_a_price_is_drawn_to_the_usual_the_more_the_fewer_its_sales() -> None:
    found = PriceLevels(np.array([7.0, 7.0, 6.0, np.nan]), np.array([0.0, 1.0, 0.0, np.inf]))
    level = shrunk(found, np.full(4, 6.5))
    assert level[0] == pytest.approx(7.0)
    assert 6.5 < level[1] < 6.8
    assert level[3] == 6.5


def test_ten_years_of_growth_are_taken_from_the_nearest_year_published(folder: Path) -> None:
    (folder / "population_total.csv").write_text(
        "code,year,population\n1,2015,2000\n1,2014,1000\n2,2015,4400\n2,2014,4000\n3,2014,6060\n"
    )
    facts = growth_facts(Tables.open(folder), POPULATION)
    assert facts["growth_10_years_pct"] == pytest.approx([1.0, 100 * (4040 / 4400 - 1), 0.0])
    assert facts.status_of("growth_10_years_pct").tolist() == [0, 0, ASSUMED]


@pytest.mark.data
def test_real_homes_hold_the_country_and_second_homes_are_no_slack(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    population = base_population(tables).count
    facts = homes_facts(tables, population)
    assert 2.7e6 < facts["households"].sum() < 2.95e6
    assert 2.95e6 < facts["homes"].sum() < 3.3e6
    places = open_places(tables, population)
    register = register_vacancy(places)
    market = market_vacancy(places, register)
    assert (market.values <= register.values + 1e-12).all()
    hanko, helsinki = (places.codes.index(code) for code in ("078", "091"))
    assert market.values[hanko] < register.values[hanko] - 0.03
    assert market.values[helsinki] == pytest.approx(register.values[helsinki])
    assert facts["house_price_eur_m2"].argmax() == helsinki


def test_the_shipped_homes_have_households_in_most_of_them() -> None:
    bundle = shipped_bundle()
    ids = list(map(str, bundle["fact_id"]))
    homes, households = (bundle["facts"][:, ids.index(name)] for name in ("homes", "households"))
    assert ((households > 0.5 * homes) & (households < homes)).all()
