from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED
from framsyn.calibrate.languages import language_facts, part_in_growth
from framsyn.calibrate.offences import offence_facts
from framsyn.calibrate.places import open_places
from framsyn.calibrate.population import base_population
from framsyn.calibrate.short_moves import counts, distances, short_move_facts
from framsyn.calibrate.youth_outside import relative_level, youth_facts
from framsyn.places.tables import Tables

POPULATION = np.ones((3, 2, 101)) * np.array([10.0, 20.0, 30.0])[:, None, None]
#: One degree of latitude, km.
DEGREE = 6371.0 * np.pi / 180.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "municipalities.csv").write_text(
        "code,name,region_code,latitude,longitude\n1,One,A,60,20\n2,Two,A,60.5,20\n3,Three,B,63,20\n"
    )
    return tmp_path


def test_distances_are_along_the_great_circle(folder: Path) -> None:
    apart = distances(open_places(Tables.open(folder), POPULATION))
    assert apart is not None
    assert apart == pytest.approx(DEGREE * np.array([[0, 0.5, 3.0], [0.5, 0, 2.5], [3.0, 2.5, 0]]), abs=1e-6)


def test_moves_of_the_last_five_years_are_short_within_sixty_km(folder: Path) -> None:
    (folder / "flows.csv").write_text(
        "origin,destination,year,persons\n1,2,2010,500\n1,2,2018,30\n3,2,2014,10\n2,1,2018,5\n1,3,2018,7\n"
    )
    places = open_places(Tables.open(folder), POPULATION)
    apart = distances(places)
    assert apart is not None
    near, every = counts(places, places.tables.need("flows"), apart)
    assert near.tolist() == [5.0, 30.0, 0.0]
    assert every.tolist() == [5.0, 40.0, 7.0]


def test_few_moves_are_drawn_to_what_the_neighbourhood_makes_usual(folder: Path) -> None:
    (folder / "flows.csv").write_text(
        "origin,destination,year,persons\n1,2,2018,900\n3,2,2018,100\n2,1,2018,1\n"
    )
    facts = short_move_facts(Tables.open(folder), POPULATION)
    share = facts["short_move_share"]
    assert ((share > 0) & (share < 1)).all()
    assert share[1] == pytest.approx(0.9, abs=0.02)
    assert facts.status_of("short_move_share").tolist() == [ESTIMATED, ESTIMATED, ASSUMED]


def test_without_coordinates_the_share_is_the_countrys(tmp_path: Path) -> None:
    (tmp_path / "municipalities.csv").write_text("code,name,region_code\n1,One,A\n2,Two,A\n3,Three,B\n")
    (tmp_path / "flows.csv").write_text("origin,destination,year,persons\n1,2,2018,9\n")
    facts = short_move_facts(Tables.open(tmp_path), POPULATION)
    assert facts["short_move_share"] == pytest.approx([anchor("short_move_share")] * 3)
    assert (facts.status == ASSUMED).all()


def test_offences_leave_out_traffic_and_other_laws(folder: Path) -> None:
    header = (
        "code,year,all,property,life_and_health,sexual,justice_authorities_order,traffic,other_criminal_code"
    )
    rows = [f"{code},{year},900,40,5,1,2,300,2" for code in (1, 2, 3) for year in (2017, 2018, 2019, 2020)]
    (folder / "crimes_per_1000.csv").write_text("\n".join([header, *rows]))
    facts = offence_facts(Tables.open(folder), POPULATION)
    assert facts["offences_per_1000"] == pytest.approx([50.0] * 3, rel=0.01)


def test_offences_of_a_small_municipality_are_drawn_nearer_those_of_its_size(folder: Path) -> None:
    header = "code,year,property,life_and_health,sexual,justice_authorities_order,other_criminal_code"
    rows = [f"{code},2020,{rate},0,0,0,0" for code, rate in ((1, 90), (2, 30), (3, 31))]
    (folder / "crimes_per_1000.csv").write_text("\n".join([header, *rows]))
    crowd = POPULATION * np.array([0.01, 10.0, 10.0])[:, None, None]
    found = offence_facts(Tables.open(folder), crowd)["offences_per_1000"]
    assert found[0] < 90.0
    assert found[1:] == pytest.approx([30.0, 31.0], abs=1.0)


def test_those_whose_number_fell_have_no_part_in_growth() -> None:
    part = part_in_growth(np.array([30.0, 5.0, np.nan, 20.0]), np.array([10.0, 9.0, 3.0, 10.0]))
    assert part is not None
    assert part == pytest.approx([2 / 3, 0.0, 0.0, 1 / 3])
    assert part_in_growth(np.ones(2), np.ones(2)) is None


def test_speakers_are_those_of_the_last_year_and_a_part_of_the_countrys_growth(folder: Path) -> None:
    (folder / "sotkanet.csv").write_text(
        "code,year,foreign_language_per_1000\n1,2006,10\n1,2012,30\n2,2006,10\n2,2012,20\n3,2006,10\n3,2012,\n"
    )
    (folder / "population_total.csv").write_text(
        "code,year,population\n1,2006,2020\n2,2006,4040\n3,2006,6060\n1,2012,2020\n2,2012,4040\n3,2012,6060\n"
    )
    facts = language_facts(Tables.open(folder), POPULATION)
    # Speakers 60.6 and 80.8 in 2012, both 40.4 more than in 2006: each gets half of the growth.
    more = (anchor("foreign_language_pct") / 100 * 6060 - 60.6 - 80.8) / 2
    assert facts["foreign_language_share"][:2] == pytest.approx([(60.6 + more) / 2020, (80.8 + more) / 4040])
    assert facts["foreign_language_share"][2] == pytest.approx(anchor("foreign_language_pct") / 100)
    assert facts.status_of("foreign_language_share").tolist() == [ESTIMATED, ESTIMATED, ASSUMED]


def test_net_immigration_is_the_mean_of_the_last_three_years_with_everyone(folder: Path) -> None:
    header = "code,year,births,deaths,immigration,emigration"
    rows = [
        f"{code},{year},0,0,{code * (year - 2000)},{code}"
        for code in (1, 2, 3)
        for year in (2019, 2021, 2022, 2025)
    ]
    (folder / "components.csv").write_text("\n".join([header, *rows]))
    facts = language_facts(Tables.open(folder), POPULATION)
    yearly = (21 + 22 + 25) / 3 - 1
    assert facts["net_immigration"] == pytest.approx([yearly, 2 * yearly, 3 * yearly])
    assert (facts.status_of("net_immigration") == OBSERVED).all()


def test_without_tables_youth_outside_is_the_countrys_and_assumed(folder: Path) -> None:
    facts = youth_facts(Tables.open(folder), POPULATION)
    assert facts["youth_outside_pct"] == pytest.approx([anchor("youth_outside_pct")] * 3)
    assert (facts.status == ASSUMED).all()


def test_youth_outside_follows_main_activity_and_closes_to_the_country(tmp_path: Path) -> None:
    codes = range(100, 140)
    (tmp_path / "municipalities.csv").write_text(
        "code,name,region_code\n" + "".join(f"{code},N{code},A\n" for code in codes)
    )
    rng = np.random.default_rng(5)
    shares = {code: rng.uniform(0.02, 0.1) for code in codes}
    activity, youth = [], []
    for code, share in shares.items():
        for year in (1998, 2011, 2021):
            now = 2.0 * share if (code, year) == (100, 2021) else share
            activity.append(f"{code},{year},18_64,10000,{10000 * now:.3f},500,700")
        youth += [f"{code},{year},{200 * share:.6f}" for year in (1998, 2011)]
    (tmp_path / "main_activity.csv").write_text(
        "code,year,age,population,other_outside,unemployed,students\n" + "\n".join(activity)
    )
    (tmp_path / "sotkanet.csv").write_text("code,year,youth_17_24_outside_education_pct\n" + "\n".join(youth))
    tables, people = Tables.open(tmp_path), np.full((40, 2, 101), 10.0)
    level = relative_level(open_places(tables, people))
    assert level is not None
    # Youth outside was 200 × the share: twice the share of 2021 is twice the youth.
    assert level / (200 * np.array(list(shares.values()))) == pytest.approx([2.0, *[1.0] * 39], rel=1e-3)
    facts = youth_facts(tables, people)
    assert facts["youth_outside_pct"].mean() == pytest.approx(anchor("youth_outside_pct"))


@pytest.mark.data
def test_real_shares_are_those_that_are_published(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    population = base_population(tables).count
    codes = tables.need("municipalities").sort("code")["code"].to_list()
    short = short_move_facts(tables, population)["short_move_share"]
    assert np.quantile(short, [0.1, 0.5, 0.9]) == pytest.approx([0.22, 0.54, 0.80], abs=0.04)
    languages = language_facts(tables, population)
    share = dict(zip(codes, languages["foreign_language_share"], strict=True))
    # At the end of 2021: Vantaa 23.0 %, Espoo 20.1, Närpes 18.3, Helsinki 17.3; all have grown since.
    assert share["092"] > 0.23
    assert share["092"] > share["049"] > share["091"] > 0.173
    assert share["545"] > 0.183
    country = float(languages["foreign_language_share"] @ population.sum(axis=(1, 2)) / population.sum())
    assert country == pytest.approx(anchor("foreign_language_pct") / 100, rel=0.01)
    offences = dict(zip(codes, offence_facts(tables, population)["offences_per_1000"], strict=True))
    assert offences["091"] > 90 > 30 > offences["545"]
    youth = youth_facts(tables, population)["youth_outside_pct"]
    assert 4.0 < youth.min() < 7.0 < 14.0 < youth.max() < 23.0
