"""A start from accounts of a year before the reform: nothing later is read, and the books close."""

from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.accounts import accounts_items
from framsyn.calibrate.accounts_start import AccountsStart, start_from_accounts
from framsyn.calibrate.cost_parts import PARTS, model_areas
from framsyn.calibrate.costs import AREAS, area_of_function
from framsyn.calibrate.finance import tax_revenue
from framsyn.calibrate.known import Floats
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

CODES = ("1", "2", "3")
FLOWS = {
    "Operating margin +/-": -6000.0,
    "Operating revenue total": 1500.0,
    "Personnel expenses": 3000.0,
    "Fees and charges": 300.0,
    "Sales revenue": 500.0,
    "Subsidies and grants received": 100.0,
    "Municipal income tax": 4000.0,
    "Share of corporation tax": 300.0,
    "Other tax income": 200.0,
    "Central government transfers to local government": 1900.0,
    "Financing income and expenses +/-": 30.0,
    "Annual contribution margin +/-": 430.0,
    "Depreciations and reduction in value": 400.0,
    "Interest expenses": 12.0,
}


def write(folder: Path, later: float) -> Tables:
    """Three municipalities, one on Åland, with accounts of 2015 and 2016; `later` scales 2016."""
    (folder / "municipalities.csv").write_text("code,name,region_code\n1,One,02\n2,Two,02\n3,Ö,21\n")
    (folder / "population_total.csv").write_text(
        "code,year,population\n" + "".join(f"{code},{year},1000\n" for code in CODES for year in (2015, 2016))
    )
    (folder / "income_tax.csv").write_text(
        "code,year,income_tax_pct\n" + "".join(f"{code},2026,8.0\n" for code in CODES)
    )
    items = ["code,year,item,eur"]
    costs = ["code,year,function,net_cost_eur"]
    commuting = ["code,year,education,agegroup,works_in_home_municipality,in_commute,out_commute"]
    months = ["code,month,unemployed,labour_force"]
    names = sorted({item for _, item in accounts_items()})
    for code in CODES:
        for year in (2015, 2016):
            size = 1000.0 * (later if year == 2016 else 1.0)
            items += [f'{code},{year},"{item}",{size * FLOWS.get(item, 100.0)}' for item in names]
            for function, area in area_of_function().items():
                lacks = "early_childhood_education" if year == 2015 else "child_day_care_2015"
                value = "" if function == lacks else size * (6400.0 if area == "total" else 100.0)
                costs.append(f"{code},{year},{function},{value}")
            commuting.append(f"{code},{year},all,all,{300 * size},{100 * size},{200 * size}")
            months += [f"{code},{year}M{month:02d},{'' if code == '2' else 50},600" for month in (1, 2)]
    for name, lines in (
        ("accounts", items),
        ("net_costs", costs),
        ("commuting", commuting),
        ("unemployment_monthly", months),
    ):
        (folder / f"{name}.csv").write_text("\n".join(lines))
    return Tables.open(folder)


def imbalance(start: AccountsStart) -> Floats:
    facts = start.facts
    interest = facts["interest_rate_pct"] / 100.0 * facts["loans_eur"]
    income = tax_revenue(facts) + facts["state_grant_eur"] + facts["net_financial_income_eur"]
    return income - interest - total(start, "cost") - facts["annual_margin_eur"]


def total(start: AccountsStart, kind: str) -> Floats:
    summed: Floats = np.sum([start.facts[f"{kind}_{area}"] for area in model_areas()], axis=0)
    return summed


def test_the_books_close_as_published_with_health_care_as_an_area(tmp_path: Path) -> None:
    start = start_from_accounts(write(tmp_path, 1.0), 2015)
    assert imbalance(start) == pytest.approx(np.zeros(3), abs=1e-4)
    assert total(start, "cost") == pytest.approx([6_000_000.0] * 3)
    assert total(start, "income") == pytest.approx([1_500_000.0] * 3)
    functions = sum(area == "health_social" for area in area_of_function().values())
    assert start.facts["cost_health_social"] == pytest.approx([functions * 100_000.0] * 3)
    assert start.facts["income_tax_rate_pct"] == pytest.approx([20.31, 20.31, 8.0])


def test_nothing_later_than_the_year_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = start_from_accounts(write(tmp_path / "a", 1.0), 2015)
    other = start_from_accounts(write(tmp_path / "b", 7.0), 2015)
    assert one.facts.ids == other.facts.ids
    assert one.facts.values == pytest.approx(other.facts.values, rel=1e-12)


def test_day_care_of_2015_and_early_childhood_education_of_2016_are_one_area(tmp_path: Path) -> None:
    tables = write(tmp_path, 1.0)
    before, after = start_from_accounts(tables, 2015), start_from_accounts(tables, 2016)
    assert before.facts["cost_early_childhood"] == pytest.approx(after.facts["cost_early_childhood"])
    assert (before.facts["cost_early_childhood"] > 0.0).all()


def test_a_blank_of_unemployed_takes_those_per_employed_of_its_region(tmp_path: Path) -> None:
    facts = start_from_accounts(write(tmp_path, 1.0), 2015).facts
    assert facts["unemployed"] == pytest.approx([50.0, 50.0, 50.0])
    assert facts["labour_force"] == pytest.approx(facts["employed"] + facts["unemployed"])


def test_a_year_without_accounts_is_refused_and_the_years_that_are_known_are_told(tmp_path: Path) -> None:
    with pytest.raises(FramsynError, match="2015, 2016"):
        start_from_accounts(write(tmp_path, 1.0), 2013)


@pytest.mark.data
def test_real_starts_close_and_what_came_after_has_the_same_shape(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    start = start_from_accounts(tables, 2018)
    later = {2019: start_from_accounts(tables, 2019)}
    for one in (start, later[2019]):
        assert one.facts.ids == start.facts.ids
        assert np.abs(imbalance(one)).max() < 0.01
        assert all((one.facts[f"cost_{area}"] > 0.0).all() for area in AREAS if area not in PARTS)
        assert all((one.facts[f"cost_{area}"] >= 0.0).all() for area in model_areas())
        assert (one.facts["group_loans_eur"] >= one.facts["loans_eur"]).all()
    assert total(later[2019], "cost").sum() == pytest.approx(30.499e9, rel=1e-4)
    assert later[2019].facts["cost_health_social"].sum() == pytest.approx(19.1e9, rel=0.01)
