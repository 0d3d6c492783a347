from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.anchors import anchor
from framsyn.calibrate.community import community_facts
from framsyn.calibrate.economy import economy_facts
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, dictionary, fact_meanings, fact_table
from framsyn.calibrate.fact_table import column as one_column
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

POPULATION = np.ones((3, 2, 101)) * np.array([10.0, 20.0, 30.0])[:, None, None]


def test_a_blank_of_unemployed_takes_the_rate_of_its_region(folder: Path) -> None:
    text = "code,unemployed,labour_force\n1,50,500\n2,,900\n3,300,1000\n"
    (folder / "unemployment_2026.csv").write_text(text)
    facts = economy_facts(Tables.open(folder), POPULATION)
    assert facts["unemployed"] == pytest.approx([50.0, 90.0, 300.0])
    assert facts.status_of("unemployed").tolist() == [OBSERVED, ESTIMATED, OBSERVED]
    assert facts["employed"] == pytest.approx([450.0, 810.0, 700.0])


def test_jobs_follow_the_commuting_of_the_last_year(folder: Path) -> None:
    (folder / "unemployment_2026.csv").write_text(
        "code,unemployed,labour_force\n1,50,500\n2,90,900\n3,300,1000\n"
    )
    (folder / "commuting.csv").write_text(
        "code,year,education,agegroup,works_in_home_municipality,in_commute,out_commute\n"
        "1,2015,all,all,1,100,1\n1,2016,all,young,30,10,20\n1,2016,all,old,20,0,30\n2,2016,all,all,10,30,0\n"
    )
    facts = economy_facts(Tables.open(folder), POPULATION)
    assert facts["jobs"] == pytest.approx([450.0 * 60 / 100, 810.0 * 4.0, 700.0])
    assert facts.status_of("jobs").tolist() == [ESTIMATED, ESTIMATED, ASSUMED]


def test_jobs_that_bring_money_in_are_those_of_fields_and_factories(folder: Path) -> None:
    (folder / "unemployment_2026.csv").write_text(
        "code,unemployed,labour_force\n1,50,500\n2,90,900\n3,300,1000\n"
    )
    (folder / "merges.csv").write_text("old_code,code_2026\n9,2\n")
    (folder / "key_figures.csv").write_text(
        "code,year,Alkutuotannon_tyopaikkojen_osuus,Jalostuksen_tyopaikkojen_osuus,"
        "Alueella_olevien_tyopaikkojen_lukumaara\n"
        "1,2015,50,50,100\n1,2016,10,20,100\n2,2016,0,10,300\n9,2016,40,10,100\n"
    )
    facts = economy_facts(Tables.open(folder), POPULATION)
    assert facts["jobs_tradable"] == pytest.approx([450 * 0.3, 810 * 0.2, 700 * anchor("tradable_share")])
    assert facts.status_of("jobs_tradable").tolist() == [ASSUMED] * 3  # jobs themselves are assumed here


def test_shares_of_commuting_are_those_of_the_last_year(folder: Path) -> None:
    (folder / "commuting.csv").write_text(
        "code,year,education,agegroup,works_in_home_municipality,in_commute,out_commute\n"
        "1,2016,all,young,30,10,20\n1,2016,all,old,20,0,30\n2,2016,all,all,10,30,0\n"
    )
    facts = economy_facts(Tables.open(folder), POPULATION)
    gap = anchor("local_share_of_jobs")
    assert facts["local_share_of_jobs"] == pytest.approx([50 / 60, 10 / 40, gap])
    assert facts["home_share_of_employed"] == pytest.approx([50 / 100, 1.0, gap])


def test_without_tables_everything_is_assumed_and_nothing_is_blank(folder: Path) -> None:
    tables = Tables.open(folder)
    for facts in (economy_facts(tables, POPULATION), community_facts(tables, POPULATION)):
        assert np.isfinite(facts.values).all()
        assert (facts.status == ASSUMED).all()


def test_gaps_in_the_community_are_filled_and_marked(folder: Path) -> None:
    (folder / "turnout.csv").write_text("code,turnout_pct\n1,50\n2,80\n")
    (folder / "income.csv").write_text("code,low_income_pct,child_low_income_pct\n1,10,5\n2,20,10\n3,8,\n")
    facts = community_facts(Tables.open(folder), POPULATION)
    assert facts["turnout_pct"] == pytest.approx([50.0, 80.0, (50 * 10 + 80 * 20) / 30])
    assert facts.status_of("turnout_pct").tolist() == [OBSERVED, OBSERVED, ASSUMED]
    assert facts["child_low_income_pct"] == pytest.approx([5.0, 10.0, 4.0])
    assert facts.status_of("child_low_income_pct").tolist() == [OBSERVED, OBSERVED, ESTIMATED]


def test_a_population_of_the_wrong_shape_is_refused(folder: Path) -> None:
    with pytest.raises(FramsynError, match="shape"):
        economy_facts(Tables.open(folder), POPULATION[:2])


def test_a_fact_that_is_not_finite_or_not_explained_is_refused() -> None:
    with pytest.raises(FramsynError, match="number 2"):
        fact_table({"jobs": one_column(np.array([1.0, np.nan]), OBSERVED)})
    with pytest.raises(FramsynError, match=r"facts\.csv"):
        fact_table({"happiness": one_column(np.ones(2), OBSERVED)})


def test_every_fact_is_explained() -> None:
    for meaning in fact_meanings().values():
        assert meaning.unit
        assert meaning.source
        assert meaning.method
        assert meaning.status in {"observed", "estimated", "assumed"}
    assert set(dictionary(["jobs"])["jobs"]) == {"unit", "year", "status", "source", "method"}


@pytest.mark.data
def test_every_real_municipality_has_people_at_work(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    places = tables.need("municipalities").height
    facts = economy_facts(tables, np.ones((places, 2, 101)))
    force = tables.need("unemployment")["labour_force"].sum()
    assert facts["labour_force"].sum() == pytest.approx(force)
    assert (facts["employed"] > 0).all()
    assert (facts["jobs"] > 0).all()
    assert facts["employed"] + facts["unemployed"] == pytest.approx(facts["labour_force"])
