from pathlib import Path

import numpy as np
import pytest

from framsyn.calibrate.history import finance_history, population_history
from framsyn.places.tables import Tables

CODES = ("01", "02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "municipalities.csv").write_text("code,name,region_code\n01,One,A\n02,Two,A\n")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.csv").write_text(text)


def test_a_year_that_is_not_published_stays_unknown(folder: Path) -> None:
    write(folder, "population_total", "code,year,population\n01,2022,10\n02,2022,20\n01,2024,12\n02,2024,\n")
    years, persons = population_history(Tables.open(folder), CODES)
    assert years.tolist() == [2022, 2023, 2024]
    assert persons[:, 0].tolist() == [10, 20]
    assert np.isnan(persons[:, 1]).all()
    assert persons[0, 2] == 12
    assert np.isnan(persons[1, 2])


def test_population_falls_back_on_groups_and_on_single_ages(folder: Path) -> None:
    write(folder, "population_groups", "code,year,0-64,65+,total\n01,2000,7,3,10\n02,2000,1,1,2\n")
    ages = "code,year,age,male,female\n01,2001,0,5,6\n01,2001,1,1,0\n02,2001,0,1,\n02,2001,1,1,1\n"
    write(folder, "population_age_sex", ages)
    years, persons = population_history(Tables.open(folder), CODES)
    assert years.tolist() == [2000, 2001]
    assert persons[:, 0].tolist() == [10, 2]
    assert persons[0, 1] == 12
    assert np.isnan(persons[1, 1])


def test_abolished_municipalities_are_merged_by_population(folder: Path) -> None:
    write(folder, "merges", "old_code,code_2026\n99,02\n")
    header = "code,year,Vuosikate_euroa_asukas,Lainakanta_euroa_asukas,Vakiluku\n"
    rows = "01,2010,100,1000,50\n02,2010,200,2000,30\n99,2010,600,,10\n"
    write(folder, "key_figures", header + rows)
    years, margin, loans = finance_history(Tables.open(folder), CODES)
    assert years.tolist() == [2010]
    assert margin[:, 0] == pytest.approx([100.0, 300.0])
    assert loans[0, 0] == 1000
    assert np.isnan(loans[1, 0])


def test_the_accounts_win_over_key_figures_and_are_per_resident(folder: Path) -> None:
    write(folder, "population_total", "code,year,population\n01,2015,10\n02,2015,20\n")
    header = "code,year,Vuosikate_euroa_asukas,Lainakanta_euroa_asukas,Vakiluku\n"
    write(folder, "key_figures", header + "01,2015,1,7,10\n02,2015,2,8,20\n")
    write(
        folder,
        "accounts",
        "code,year,item,eur\n01,2015,Annual contribution margin +/-,5000\n"
        "02,2015,Annual contribution margin +/-,\n"
        "01,2015,Long-term bonds,100\n01,2015,Short-term bonds,50\n",
    )
    years, margin, loans = finance_history(Tables.open(folder), CODES)
    assert years.tolist() == [2015]
    assert margin[:, 0].tolist() == [500.0, 2.0]
    assert loans[:, 0].tolist() == [15.0, 8.0]


def test_without_tables_of_money_there_are_no_years(folder: Path) -> None:
    years, margin, loans = finance_history(Tables.open(folder), CODES)
    assert years.size == 0
    assert margin.shape == loans.shape == (2, 0)


@pytest.mark.data
def test_the_real_histories_hold_the_published_sums(data_folder: Path) -> None:
    tables = Tables.open(data_folder)
    codes = sorted(tables.need("municipalities")["code"])
    years, persons = population_history(tables, codes)
    at = {int(year): persons[:, i] for i, year in enumerate(years)}
    assert at[2025].sum() == 5_652_881
    assert np.isnan(at[2023]).all()
    money_years, margin, loans = finance_history(tables, codes)
    now = money_years.tolist().index(2019)
    assert (margin[:, now] * at[2019]).sum() == pytest.approx(1.748e9, rel=1e-3)
    assert (loans[:, money_years.tolist().index(2020)] * at[2020]).sum() == pytest.approx(19.08e9, rel=2e-3)
    assert np.isfinite(margin[:, money_years <= 2019]).all()
