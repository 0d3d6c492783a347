from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.calibrate.anchors import anchor, anchors
from framsyn.calibrate.cost_parts import PARTS, model_areas
from framsyn.calibrate.costs import (
    AREAS,
    HEALTH_SOCIAL,
    area_costs,
    area_of_function,
    employment_duty,
    need_of,
)
from framsyn.calibrate.economy import economy_facts
from framsyn.calibrate.fact_table import ASSUMED, ESTIMATED, OBSERVED, Column, FactTable
from framsyn.calibrate.finance import finance_facts, tax_revenue
from framsyn.calibrate.known import Floats
from framsyn.calibrate.levels import clip_to_mean, closed, mean_at_last, persistence, winsorised
from framsyn.calibrate.margin import national_result
from framsyn.calibrate.places import open_places
from framsyn.calibrate.population import base_population
from framsyn.calibrate.tax_baseline import closed_base, rate_of_accounts
from framsyn.places.tables import Tables

# Net operating cost of 2024 in published accounts, EUR/resident: Lapua, Seinäjoki, Kauhava.
PUBLISHED_2024 = {"408": 2595.0, "743": 2684.0, "233": 2551.0}
MARGIN_2024 = {"408": 535.0, "743": 271.0, "233": 635.0}
BELOW_A_CENT = 0.005
DEPRECIATION = "Depreciations and reduction in value"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Three municipalities, one of them on Åland, with nothing but their population."""
    (tmp_path / "municipalities.csv").write_text("code,name,region_code\n1,One,02\n2,Two,02\n3,Ö,21\n")
    rows = [
        f"{code},{year},{age},{10 * code},{10 * code}"
        for code in (1, 2, 3)
        for year in (2019, 2020)
        for age in range(101)
    ]
    (tmp_path / "population_age_sex.csv").write_text("code,year,age,male,female\n" + "\n".join(rows))
    return tmp_path


POPULATION = np.ones((3, 2, 101)) * np.array([10.0, 20.0, 30.0])[:, None, None]


def total_cost(facts: FactTable) -> Floats:
    cost: Floats = sum((facts[f"cost_{area}"] for area in model_areas()), np.zeros(len(facts.values)))
    return cost


def imbalance(facts: FactTable) -> Floats:
    interest = facts["interest_rate_pct"] / 100.0 * facts["loans_eur"]
    income = tax_revenue(facts) + facts["state_grant_eur"] + facts["net_financial_income_eur"]
    return income - interest - total_cost(facts) - facts["annual_margin_eur"]


def parts_of_grant(facts: FactTable) -> Floats:
    return facts["grant_age_part_eur"] + facts["grant_equalisation_eur"] + facts["grant_other_eur"]


def test_mean_of_years_stands_at_the_level_of_the_last() -> None:
    values = np.array([[10.0, 30.0], [30.0, 50.0], [np.nan, 5.0]])
    mean = mean_at_last(values)
    assert mean[:2] == pytest.approx([25.0, 55.0])
    assert np.isnan(mean[2])


def test_closed_values_sum_to_the_total_and_gaps_are_marked() -> None:
    found = closed(np.array([10.0, 30.0, np.nan]), np.array([1.0, 1.0, 2.0]), 80.0)
    assert found.values == pytest.approx([10.0, 30.0, 40.0])
    assert found.status.tolist() == [ESTIMATED, ESTIMATED, ASSUMED]


def test_odd_values_are_held_within_multiples_of_the_mean() -> None:
    held = clip_to_mean(np.array([1.0, 10.0, 49.0]), np.ones(3), (0.25, 2.0))
    assert held == pytest.approx([5.0, 10.0, 40.0])
    assert winsorised(np.arange(101.0), 0.05)[[0, 50, 100]] == pytest.approx([5.0, 50.0, 95.0])


def test_what_persists_fully_has_slope_one_and_noise_has_none() -> None:
    level = np.linspace(-100.0, 100.0, 41)
    assert persistence(np.tile(level[:, None], (1, 5)), np.ones(41)) == pytest.approx(1.0)
    mirrored = np.concatenate([np.tile(level[:, None], (1, 3)), np.tile(-level[:, None], (1, 2))], axis=1)
    assert persistence(mirrored, np.ones(41)) == 0.0


def test_the_base_closes_at_todays_rates() -> None:
    rate = Column(np.array([5.0, 10.0, 10.0]), np.zeros(3, dtype=np.uint8))
    base = closed_base(np.array([100.0, 300.0, np.nan]), rate, np.array([1.0, 1.0, 1.0]), 110.0)
    assert base.values == pytest.approx([200.0, 600.0, 400.0])
    assert base.status.tolist() == [ESTIMATED, ESTIMATED, ASSUMED]


def test_the_cut_of_2023_is_put_back_on_the_mainland_only(bare: Path) -> None:
    places = open_places(Tables.open(bare), POPULATION)
    rate = np.array([7.57, 9.0, 18.0])
    assert rate_of_accounts(places, rate, 2019) == pytest.approx([19.88, 21.31, 18.0])
    assert rate_of_accounts(places, rate, 2024) == pytest.approx(rate)


def test_the_structural_result_leaves_out_sales_above_a_normal_year() -> None:
    assert national_result() == pytest.approx(740e6 - (1000e6 - 610e6))


def test_the_employment_duty_goes_by_unemployed_and_age_but_not_to_aland(bare: Path) -> None:
    places = open_places(Tables.open(bare), POPULATION)
    duty = employment_duty(places, np.array([30.0, 10.0, 99.0]))
    total = anchor("employment_duty") * places.scale
    assert duty / total == pytest.approx([0.5 * 0.75 + 0.5 / 3, 0.5 * 0.25 + 0.5 * 2 / 3, 0.0])


def test_need_counts_the_ages_of_each_area() -> None:
    assert need_of(POPULATION)[0].tolist() == [100.0, 200.0, 60.0, *[2020.0] * 8]


def test_without_accounts_all_is_assumed_the_books_close_and_nothing_is_blank(bare: Path) -> None:
    facts = finance_facts(Tables.open(bare), POPULATION)
    assert np.isfinite(facts.values).all()
    assert (np.abs(imbalance(facts)) < BELOW_A_CENT).all()
    assert facts.status_of("cost_culture").tolist() == [ASSUMED] * 3
    assert facts.status_of("state_grant_eur").tolist() == [ASSUMED] * 3
    assert facts.status_of("income_tax_rate_pct").tolist() == [ASSUMED] * 3
    assert facts["grant_age_part_eur"][2] == facts["grant_equalisation_eur"][2] == 0.0


def test_a_small_country_gets_its_share_of_the_anchors(bare: Path) -> None:
    facts = finance_facts(Tables.open(bare), POPULATION)
    share = POPULATION.sum() / anchor("population")
    assert total_cost(facts).sum() == pytest.approx(anchor("net_operating_cost") * share)
    assert facts["state_grant_eur"].sum() == pytest.approx(anchor("state_grant") * share)
    assert facts["property_tax_eur"].sum() == pytest.approx(anchor("property_tax") * share)


def test_a_blank_function_cost_is_never_read_as_zero(bare: Path) -> None:
    accounts = ["code,year,item,eur"]
    costs = ["code,year,function,net_cost_eur"]
    for code in ("1", "2", "3"):
        accounts += [f"{code},2019,Operating margin +/-,-100000", f"{code},2019,{DEPRECIATION},10000"]
        for function, area in area_of_function().items():
            number = "110000" if area == "total" else "2500"
            costs.append(f"{code},2019,{function},{'' if code == '2' and function == 'music' else number}")
    (bare / "accounts.csv").write_text("\n".join(accounts))
    (bare / "net_costs.csv").write_text("\n".join(costs))
    places = open_places(Tables.open(bare), POPULATION)
    found = area_costs(places, np.ones(3))
    assert found.status.tolist() == [ESTIMATED, ASSUMED, ESTIMATED]
    assert (found.cost[:, :HEALTH_SOCIAL] > 0).all()
    assert found.cost.sum() == pytest.approx(anchor("net_operating_cost") * places.scale)


def test_every_anchor_has_source_and_status() -> None:
    for one in anchors().values():
        assert one.source
        assert one.unit
        assert one.status in {"observed", "estimated", "assumed"}


@cache
def real(folder: Path) -> tuple[tuple[str, ...], Floats, FactTable, Floats]:
    """Codes, residents, finance facts and the employment duty of the real municipalities."""
    tables = Tables.open(folder)
    population = base_population(tables).count
    places = open_places(tables, population)
    duty = employment_duty(places, economy_facts(tables, population)["unemployed"])
    return places.codes, places.size, finance_facts(tables, population), duty


@pytest.mark.data
def test_the_books_of_every_real_municipality_close_to_the_cent(data_folder: Path) -> None:
    codes, _, facts, _ = real(data_folder)
    tables = Tables.open(data_folder)
    assert len(codes) == len(facts.values) == tables.need("municipalities").height
    assert np.isfinite(facts.values).all()
    assert (np.abs(imbalance(facts)) < BELOW_A_CENT).all()
    assert (np.abs(parts_of_grant(facts) - facts["state_grant_eur"]) < BELOW_A_CENT).all()


@pytest.mark.data
def test_real_sums_are_the_anchors(data_folder: Path) -> None:
    _, size, facts, _ = real(data_folder)
    assert size.sum() == anchor("population")
    assert total_cost(facts).sum() == pytest.approx(anchor("net_operating_cost"))
    assert facts["state_grant_eur"].sum() == pytest.approx(anchor("state_grant"))
    margin = facts["annual_margin_eur"] - facts["depreciation_eur"]
    assert margin.sum() == pytest.approx(national_result())
    flow = facts["annual_margin_eur"] + facts["asset_sales_eur"] - facts["investment_eur"]
    assert flow.sum() == pytest.approx(anchor("cash_flow") + national_result() - anchor("result"))


@pytest.mark.data
def test_real_figures_are_sane_in_the_smallest_too(data_folder: Path) -> None:
    _, size, facts, _ = real(data_folder)
    for area in AREAS[:HEALTH_SOCIAL]:
        parts = [facts[f"cost_{part}"] for part in PARTS.get(area, (area,))]
        assert (np.sum(parts, axis=0) > 0).all()
        assert (np.min(parts, axis=0) >= 0).all()
    positive = ("income_tax_base_eur", "corporate_tax_eur", "property_tax_eur", "depreciation_eur")
    for name in (*positive, "fixed_assets_eur", "investment_eur", "annual_margin_eur", "municipal_jobs"):
        assert (facts[name] > 0).all(), name
    for name in ("loans_eur", "cash_eur"):
        assert (facts[name] >= 0).all(), name
    assert (facts["group_loans_eur"] >= facts["loans_eur"]).all()
    assert (total_cost(facts) / size < 10_000).all()
    assert (facts["income_tax_base_eur"] / size < 60_000).all()
    assert facts.status_of("income_tax_rate_pct").tolist() == [OBSERVED] * len(size)


@pytest.mark.data
def test_a_merger_missing_among_the_functions_does_not_shrink_its_cost(data_folder: Path) -> None:
    codes, size, facts, _ = real(data_folder)
    for code in ("214", "507"):
        at = codes.index(code)
        assert 1800 < total_cost(facts)[at] / size[at] < 3600


@pytest.mark.data
def test_cost_of_2024_is_near_three_published_accounts(data_folder: Path) -> None:
    codes, size, facts, duty = real(data_folder)
    before = (total_cost(facts) - duty) / size
    for code, published in PUBLISHED_2024.items():
        assert before[codes.index(code)] == pytest.approx(published, rel=0.10)


@pytest.mark.data
def test_annual_margin_is_near_three_published_accounts(data_folder: Path) -> None:
    codes, size, facts, _ = real(data_folder)
    margin = facts["annual_margin_eur"] / size
    for code, published in MARGIN_2024.items():
        assert margin[codes.index(code)] == pytest.approx(published, abs=150.0)


@pytest.mark.data
def test_the_grants_of_aland_come_near_those_of_2019(data_folder: Path) -> None:
    codes, _, facts, _ = real(data_folder)
    tables = Tables.open(data_folder)
    aland = tables.need("municipalities").filter(pl.col("region_code") == "21")["code"].to_list()
    grant = pl.col("item") == "Central government transfers to local government"
    then = tables.need("accounts").filter(grant & (pl.col("year") == 2019) & pl.col("code").is_in(aland))
    now = sum(facts["state_grant_eur"][codes.index(code)] for code in aland)
    assert now == pytest.approx(then["eur"].sum(), rel=0.35)
