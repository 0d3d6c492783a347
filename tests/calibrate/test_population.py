from pathlib import Path

import numpy as np
import polars as pl
import pytest

from framsyn.calibrate import cohorts
from framsyn.calibrate.fitting import sum_by
from framsyn.calibrate.known import Floats, margins_of, mean_age, read_known
from framsyn.calibrate.population import BasePopulation, base_population
from framsyn.calibrate.population_score import (
    errors,
    held_out,
    markdown,
    score_method,
    weighted_error,
)
from framsyn.errors import FramsynError
from framsyn.places.tables import Tables

CODES = ("01", "02", "x9")
REGIONS = ("A", "A", "B")
REGION_OF = np.array([0, 0, 1])


def structure(seed: int) -> Floats:
    return np.random.default_rng(seed).integers(1, 90, size=(3, 2, 101)).astype(float)


def aged(count: Floats, born: float = 20.0) -> Floats:
    older = cohorts.grow_older(count, np.ones_like(count))
    older[:, :, 0] = born
    return older


def long(count: Floats, key: str, codes: tuple[str, ...], year: int) -> pl.DataFrame:
    place, age = np.divmod(np.arange(len(codes) * 101), 101)
    return pl.DataFrame(
        {
            key: [codes[i] for i in place],
            "year": year,
            "age": age,
            "male": count[place, 0, age],
            "female": count[place, 1, age],
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = zip(CODES, REGIONS, strict=True)
    text = "code,name,region_code\n" + "".join(f"{c},Town {c},{r}\n" for c, r in rows)
    (tmp_path / "municipalities.csv").write_text(text)
    before = structure(1)
    frames = [long(before, "code", CODES, 2018), long(aged(before), "code", CODES, 2019)]
    pl.concat(frames).write_csv(tmp_path / "population_age_sex.csv")
    return tmp_path


def base(folder: Path) -> BasePopulation:
    return base_population(Tables.open(folder))


def write_regions(folder: Path, *years: tuple[int, Floats]) -> None:
    frames = [long(sum_by(count, REGION_OF, 2), "region_code", ("A", "B"), year) for year, count in years]
    pl.concat(frames).write_csv(folder / "region_population_age_sex.csv")


def write_margins(folder: Path, truth: Floats, year: int) -> None:
    margins = margins_of(truth, year)
    pl.DataFrame(
        {
            "code": CODES,
            "population": margins.total,
            "male": margins.sex[:, 0],
            "female": margins.sex[:, 1],
            "share_u15": margins.young,
            "share_65p": margins.old,
        }
    ).write_csv(folder / f"population_margins_{year}.csv")


def test_with_the_minimum_tables_the_base_is_the_last_observation(folder: Path) -> None:
    found = base(folder)
    assert (found.base_year, found.observed, found.codes) == (2019, True, CODES)
    assert (found.count == aged(structure(1))).all()


def test_totals_alone_carry_the_base_to_their_year(folder: Path) -> None:
    rows = [f"{code},{year},5000\n" for code in CODES for year in (2020, 2021)]
    (folder / "population_total.csv").write_text("code,year,population\n" + "".join(rows))
    found = base(folder)
    assert (found.base_year, found.observed) == (2021, False)
    assert found.count.sum((1, 2)).tolist() == [5000.0] * 3
    assert found.count.min() >= 0
    assert any("no population_margins" in note for note in found.notes)
    assert any("births" in note for note in found.notes)


def test_a_cohort_that_only_grows_older_is_recovered(folder: Path) -> None:
    # Nobody dies or moves in the made-up country, so the truth is the structure grown older.
    truth = aged(aged(structure(1)), born=20.0)
    write_regions(folder, (2019, aged(structure(1))), (2020, truth))
    write_margins(folder, truth, 2020)
    found = base(folder)
    assert found.base_year == 2020
    assert (found.count.sum(2) == truth.sum(2)).all()
    assert (sum_by(found.count, REGION_OF, 2) == sum_by(truth, REGION_OF, 2)).all()
    assert weighted_error(found.count, truth) < 0.1


def test_a_region_table_that_contradicts_gives_its_shape_only(folder: Path) -> None:
    truth = aged(aged(structure(1)))
    write_regions(folder, (2019, aged(structure(1))), (2020, truth * 2))
    write_margins(folder, truth, 2020)
    found = base(folder)
    assert (found.count.sum(2) == truth.sum(2)).all()
    assert any("its shape is used" in note for note in found.notes)


def test_a_municipality_without_population_is_refused(folder: Path) -> None:
    text = "code,year,population\n01,2020,9\n02,2020,9\nx9,2020,\n"
    (folder / "population_total.csv").write_text(text)
    with pytest.raises(FramsynError, match=r"population_total\.csv: municipality x9 has no pop"):
        base(folder)


def test_a_municipality_without_a_row_is_refused(folder: Path) -> None:
    (folder / "population_total.csv").write_text("code,year,population\n01,2020,9\n02,2020,9\n")
    with pytest.raises(FramsynError, match=r"municipality x9 has no population in 2020"):
        base(folder)


def test_a_structure_with_a_missing_age_is_refused(folder: Path) -> None:
    path = folder / "population_age_sex.csv"
    frame = pl.read_csv(path, schema_overrides={"code": pl.String})
    frame.filter(~((pl.col("code") == "02") & (pl.col("age") == 7))).write_csv(path)
    with pytest.raises(FramsynError, match="municipality 02 has no population of age 7"):
        base(folder)


def test_one_observed_year_is_too_little(folder: Path) -> None:
    long(structure(1), "code", CODES, 2018).write_csv(folder / "population_age_sex.csv")
    with pytest.raises(FramsynError, match="at least two are needed"):
        base(folder)


def test_nobody_is_lost_in_the_open_age() -> None:
    count = np.zeros((1, 2, 101))
    count[0, 0, 100], count[0, 0, 99], count[0, 1, 4] = 1000.0, 7.0, 3.0
    older = cohorts.grow_older(count, np.ones_like(count))
    assert (older[0, 0, 100], older[0, 1, 5], older.sum()) == (1007.0, 3.0, 1010.0)


def test_absorbing_moves_the_mobile_ages_most() -> None:
    weight = np.full(101, 0.1)
    weight[20] = 1.0
    tilted = cohorts.absorb(np.full((1, 2, 101), 10.0), np.array([2100.0]), weight)
    assert tilted.sum() == pytest.approx(2100)
    assert tilted[0, 0, 20] / 10 > tilted[0, 0, 40] / 10 > 1


def test_the_mean_age_counts_half_a_year_more_than_completed_years() -> None:
    count = np.zeros((1, 2, 101))
    count[0, 0, 10], count[0, 1, 20] = 1, 1
    assert mean_age(count).tolist() == [15.5]


def test_the_weighted_error_is_as_computed_by_hand() -> None:
    truth, estimate = np.array([10.0, 30.0]), np.array([12.0, 26.0])
    assert weighted_error(estimate, truth) == pytest.approx(15.0)
    assert np.isnan(weighted_error(np.ones(1), np.zeros(1)))


def test_a_perfect_estimate_has_no_error() -> None:
    found = errors(structure(2), structure(2))
    assert {value for value in found.values() if value == value} == {0.0}


def test_a_score_renders_as_a_markdown_table() -> None:
    table = pl.DataFrame({"method": ["a", "b"], "all": [1.234, float("nan")]})
    assert markdown(table) == "| | a | b |\n| --- | ---: | ---: |\n| all | 1.23 | – |\n"


def test_a_year_without_observation_cannot_be_scored(folder: Path) -> None:
    with pytest.raises(FramsynError, match="has no year 2020: choose among 2018, 2019"):
        score_method(Tables.open(folder), 2018, 2020)


@pytest.mark.data
def test_scoring_uses_nothing_later_than_the_origin(data_folder: Path) -> None:
    known = read_known(Tables.open(data_folder)).as_of(2018, 2020)
    assert list(known.observed) == [2018]
    assert max(known.totals) == max(known.births) == max(known.regional) == 2020
    assert all(edition.base <= 2018 for edition in known.projections)


@pytest.fixture(scope="module")
def tables(data_folder: Path) -> Tables:
    return Tables.open(data_folder)


@pytest.fixture(scope="module")
def finland(tables: Tables) -> BasePopulation:
    return base_population(tables)


@pytest.mark.data
def test_the_base_population_meets_what_is_published(tables: Tables, finland: BasePopulation) -> None:
    known = read_known(tables)
    assert known.margins is not None
    assert finland.base_year == 2025
    assert finland.count.sum() == 5652881
    assert (finland.count.sum(2) == known.margins.sex).all()
    narpes = finland.codes.index("545")
    assert finland.count[narpes].sum() == known.margins.total[narpes] == 9538
    regional = sum_by(finland.count, known.region_of, 19)
    assert (regional == known.regional[2025]).all()


@pytest.mark.data
def test_shares_of_the_base_population_lie_within_their_rounding(
    tables: Tables, finland: BasePopulation
) -> None:
    margins = read_known(tables).margins
    assert margins is not None
    young = 100 * finland.count[:, :, :15].sum((1, 2)) / margins.total
    old = 100 * finland.count[:, :, 65:].sum((1, 2)) / margins.total
    assert np.abs(young - margins.young).max() <= 0.05
    assert np.abs(old - margins.old).max() <= 0.05


@pytest.mark.data
def test_the_base_population_is_finite_and_never_negative(finland: BasePopulation) -> None:
    assert np.isfinite(finland.count).all()
    assert finland.count.min() >= 0
    assert (finland.count * 1024 % 1 == 0).all()


@pytest.mark.data
def test_the_base_population_is_the_same_every_time(data_folder: Path, finland: BasePopulation) -> None:
    assert (base(data_folder).count == finland.count).all()


@pytest.mark.data
def test_the_method_beats_aging_everyone_where_the_truth_is_known(tables: Tables) -> None:
    rows = {row["method"]: row for row in score_method(tables, 2018, 2020).to_dicts()}
    ours, theirs = rows["Framsyn"], rows["age everyone"]
    assert ours["all"] < 2.8
    assert theirs["all"] > 4.3
    worse = {name for name in ours if name != "method" and ours[name] > theirs[name]}
    assert worse == set()


@pytest.mark.data
def test_the_method_beats_aging_everyone_over_the_real_gap(tables: Tables) -> None:
    rows = {row["method"]: row for row in held_out(tables).to_dicts()}
    ours, theirs = rows["Framsyn"], rows["age everyone"]
    assert all(ours[name] < theirs[name] / 2 for name in ours if name != "method")


@pytest.mark.data
def test_the_error_tables_in_the_docs_are_the_computed_ones(tables: Tables) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs"
    told = "".join(path.read_text(encoding="utf-8") for path in sorted(docs.glob("*.md")))
    assert markdown(score_method(tables, 2018, 2020)) in told
    assert markdown(score_method(tables, 2019, 2020)) in told
    assert markdown(held_out(tables), 3) in told
